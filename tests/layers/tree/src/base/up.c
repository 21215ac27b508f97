#include "base/good.h"
#include "db/db.h"
#include "law/nowhere.h"
