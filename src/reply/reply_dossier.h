/*
 * reply_dossier.h - what belongs to the dossier of a request, file by file: what was asked, the
 * letters, what was given, the proofs. For the archive (条例第四十五条) and for an organ or court.
 *
 * A legal adviser's opinion is never among them. Papers that say who somebody is are left out
 * unless they are asked for.
 */
#ifndef REPLY_REPLY_DOSSIER_H
#define REPLY_REPLY_DOSSIER_H

#include "reply/reply.h"

/* path: folder/NN-code.ext in ASCII. Valid during the call. */
struct dossier_file { struct str path, title, content; };
typedef bool dossier_take(void *arg, const struct dossier_file *file, struct err *err);
enum dossier_papers { DOSSIER_WITHOUT_IDENTITY, DOSSIER_WITH_IDENTITY };
/* In the order of the dossier; one file in memory at a time. Reads only. */
NODISCARD bool dossier_collect(struct ctx *ctx, struct request_id request,
			       enum dossier_papers papers, dossier_take *take, void *arg,
			       struct err *err);
/* The request in words: number, days, class, what is asked for, what was corrected. */
NODISCARD bool dossier_request_text(struct ctx *ctx, const struct request *r, struct str *out,
				    struct err *err);
#endif
