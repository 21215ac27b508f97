#include "law/law.h"
void *p = malloc(1);
