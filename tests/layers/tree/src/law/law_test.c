#include "web/web.h"

const char *want = "<p>";
const char *key = "base.tested";
const char *tamper = "DELETE FROM t";
