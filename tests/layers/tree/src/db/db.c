#include "base/good.h"

/* SQL may stand here. */
const char *text = "SELECT a FROM b";
