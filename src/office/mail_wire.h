/* mail_wire.h - a message as bytes, from the reader to its parent; for office/ alone. */
#ifndef OFFICE_MAIL_WIRE_H
#define OFFICE_MAIL_WIRE_H

#include "base/buf.h"
#include "office/mail.h"

void mail_wire_add(struct buf *out, const struct mail *m);
/* ERR_INTERNAL "office.reader_failed" if the bytes are no answer. */
NODISCARD bool mail_wire_read(struct arena *a, struct str bytes, struct mail *out,
			      struct err *err);
#endif
