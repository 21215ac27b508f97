/*
 * document.h - numbers of documents that say who somebody is.
 *
 * GB 11643-1999 公民身份号码 and GB 32100-2015 统一社会信用代码 carry a check
 * character, so a slip of the pen is noticed at the counter and not at the post
 * office. Numbers of other documents are only looked at for their characters:
 * a rule that is too strict would turn a person away who may ask (Art. 27).
 */
#ifndef IDENTITY_DOCUMENT_H
#define IDENTITY_DOCUMENT_H

#include "base/date.h"
#include "base/err.h"

enum identity_document {
	DOCUMENT_RESIDENT_ID, /* 居民身份证; also 港澳台居民居住证, whose numbers follow GB 11643 */
	DOCUMENT_PASSPORT,	   /* 护照 */
	DOCUMENT_HK_MACAO_PERMIT,  /* 港澳居民来往内地通行证 */
	DOCUMENT_TAIWAN_PERMIT,	   /* 台湾居民来往大陆通行证 */
	DOCUMENT_FOREIGN_RESIDENT, /* 外国人永久居留身份证 */
	DOCUMENT_OTHER,		   /* 其他有效证件 */
	DOCUMENT_CREDIT_CODE,	   /* 统一社会信用代码, of an organisation */
	DOCUMENT_OTHER_ORGANISATION,
	DOCUMENT_COUNT
};
struct str document_code(enum identity_document d); /* resident_id … */
struct str document_label(enum identity_document d);
bool document_from(struct str code, enum identity_document *out);
bool document_is_of_organisation(enum identity_document d);

/*
 * The number as it is kept: half-width, capitals, without blanks. ERR_INVALID
 * with field `document_no`: "identity.id_length", "identity.id_birth",
 * "identity.id_check", "identity.code_length", "identity.code_letter",
 * "identity.code_check", "identity.number_letters".
 */
NODISCARD bool document_check(struct arena *a, enum identity_document kind, struct str number,
			      struct date today, struct str *normal, struct err *err);
#endif
