#include "tool.h"
#include "base/good.h"
#include "db/db.h"
const char *markup = "<p>";
void *p = malloc(1);
