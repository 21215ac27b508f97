#include "base/good.h"
const char *markup = "<p>";
