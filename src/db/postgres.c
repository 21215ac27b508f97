#include "db/engine.h"
bool postgres_open(struct db **out, struct str where, enum db_access access, struct err *err)
{
	(void)out; (void)where; (void)access;
	return err_set(err, ERR_UNAVAILABLE, "db.cannot_open", "not yet");
}
