/*
 * bundle_check.h - does a bundle hold what its manifest says, and do its events bear out their
 * links of the chain? Without the site, its key or the network.
 */
#ifndef DISPUTE_BUNDLE_CHECK_H
#define DISPUTE_BUNDLE_CHECK_H

#include "base/err.h"
#include "office/package_digest.h"

enum bundle_fault_kind {
	FAULT_MISSING,	  /* the manifest names a file that is not there */
	FAULT_ADDED,	  /* a file that the manifest does not name */
	FAULT_CHANGED,	  /* another size or digest */
	FAULT_MANIFEST,	  /* manifest.json and manifest.digest do not fit */
	FAULT_EVENT,	  /* an event's text, what stood before it and its hashes do not fit */
	FAULT_ORDER,	  /* events out of order, or neighbours that do not join */
	FAULT_UNREADABLE, /* manifest.json or ledger.json is not of the known form */
	FAULT_KIND_COUNT
};
struct str bundle_fault_code(enum bundle_fault_kind k);
struct str bundle_fault_label(enum bundle_fault_kind k);
struct bundle_fault {
	enum bundle_fault_kind kind;
	struct str where; /* name of a file, or the position of an event */
};
enum { BUNDLE_FAULTS_MAX = 1000 };
struct bundle_verdict {
	struct str case_no, request, site, made_at; /* as the manifest says */
	struct str erased_on; /* its papers were gone by then, their time being over; or empty */
	struct str request_erased_on; /* the same of the request */
	struct digest manifest;	 /* SHA-256: to be compared with the site's ledger */
	int64_t files, events, withheld; /* withheld: events without their text */
	const struct bundle_fault *faults;
	size_t faults_count; /* 0: intact */
};
/* What must be asked of package_digests. */
#define BUNDLE_TEXTS STR("manifest.json|manifest.digest|ledger.json")
/*
 * Pure; believes nothing of what it reads. ERR_INVALID "dispute.no_bundle" if there is no manifest:
 * then it is some other zip.
 */
NODISCARD bool bundle_check(struct arena *a, const struct package_digest *parts, size_t count,
			    struct bundle_verdict *out, struct err *err);
/* Unpacks it in the limited child first. */
NODISCARD bool bundle_verify(struct arena *a, int fd, struct bundle_verdict *out, struct err *err);
#endif
