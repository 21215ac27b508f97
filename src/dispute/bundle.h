/*
 * bundle.h - the evidence bundle of a proceeding: a ZIP for the organ, the court or the archive
 * that is read in a browser without the site, and that proves itself without it.
 *
 * In it: index.html; the request and its papers, letters, what was given, proofs; the papers of
 * the proceeding; the working of both clocks; every event of the ledger with its canonical text
 * and the hashes that bind it into the chain; a manifest with size, SHA-256 and SM3 of every file.
 * The words of a legal adviser's opinion, and the event that says whether it was for or against,
 * are left out unless asked for; that there was one is told by its digest and its link.
 *
 * A bundle is made for a reason. It is made reading only; bundle_note, in a transaction, records
 * that it was, and every look at a person that it took.
 */
#ifndef DISPUTE_BUNDLE_H
#define DISPUTE_BUNDLE_H

#include "dispute/dossier.h"

struct bundle_options {
	struct str reason; /* for whom and what; into the ledger */
	bool identity;	   /* papers of identity, name and address of the applicant */
	bool opinion;	   /* the adviser's words, as far as the actor may read them */
	/* What happened to the request, in words of the room that tells it; may be none. */
	const struct history_line *request_events;
	size_t request_events_count;
};
struct bundle {
	int fd; /* the zip, for reading; the caller closes it */
	int64_t bytes;
	size_t files;
	struct digest manifest; /* SHA-256 of manifest.json */
};
/* ERR_INVALID "dispute.no_text" with the field "reason". */
NODISCARD bool bundle_make(struct ctx *ctx, struct dispute_id id, const struct bundle_options *o,
			   struct bundle *out, struct err *err);
NODISCARD bool bundle_note(struct ctx *ctx, struct dispute_id id, const struct bundle_options *o,
			   const struct bundle *made, struct err *err);
#endif
