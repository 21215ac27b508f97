/*
 * type.h - what an uploaded file is, by its content. Names and declared types
 * are believed by nobody.
 *
 * Nothing is unpacked here: of an Office or OFD file only the directory at its
 * end is read, of a picture only its size.
 */
#ifndef ATTACHMENT_TYPE_H
#define ATTACHMENT_TYPE_H

#include "base/err.h"

enum attachment_type {
	ATTACHMENT_PDF,
	ATTACHMENT_OFD,
	ATTACHMENT_DOCX,
	ATTACHMENT_XLSX,
	ATTACHMENT_JPEG,
	ATTACHMENT_PNG,
	ATTACHMENT_TEXT,
	ATTACHMENT_TYPE_COUNT
};
struct str attachment_type_code(enum attachment_type t); /* pdf, also the usual extension */
struct str attachment_type_media(enum attachment_type t);
bool attachment_type_from(struct str code, enum attachment_type *out);

/*
 * ERR_INVALID "attachment.empty", "attachment.too_large", "attachment.unknown_type",
 * "attachment.too_many_pixels", "attachment.unpacks_too_large", "attachment.broken";
 * each with the field `file`.
 */
NODISCARD bool attachment_check(struct str content, enum attachment_type *type, struct err *err);
/*
 * What people call their files: without folders, control characters, marks that turn the direction
 * of writing, and what headers dislike; at its end a suffix of the type that was found, so that no
 * text is handed out as a program, and no document as one with macros. Applied again it changes
 * nothing.
 */
struct str attachment_plain_name(struct arena *a, struct str name, enum attachment_type t);
#endif
