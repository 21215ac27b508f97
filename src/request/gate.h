/*
 * gate.h - what an agency puts before the signature of a reply: that a second
 * person agreed, that the legal adviser gave an opinion, that a leader signed.
 *
 * Gates are facts beside the case, not states of it (docs/decisions/0008): who,
 * when, for or against, and the digest of the words they stood for, so that a
 * changed draft has passed none. VERB_DECIDE is refused without them, whoever
 * asks. No person stands in two gates of one reply. 条例第四十五条: 审核 and 答复
 * leave a record. That a second person and an adviser are needed is the rule of
 * the offices, not of the 条例; a unit may set it otherwise.
 */
#ifndef REQUEST_GATE_H
#define REQUEST_GATE_H

#include "request/request.h"

enum gate { GATE_DRAFT, GATE_REVIEW, GATE_ADVICE, GATE_SIGN, GATE_COUNT };
struct str gate_code(enum gate g);
struct str gate_label(enum gate g);
bool gate_from(struct str code, enum gate *out);

/* What a unit asks for. sign_off off: the reviewer may sign too; somebody always signs. */
struct gates {
	bool review, advice, sign_off;
};
/* All on where nothing was set. */
NODISCARD bool gates_of_unit(struct ctx *ctx, struct unit_id unit, struct gates *out,
			     struct err *err);
NODISCARD bool gates_set(struct ctx *ctx, struct unit_id unit, const struct gates *gates,
			 struct err *err);

struct gate_pass {
	enum gate gate;
	int64_t account, at;
	struct str person, digest, remark; /* digest: hex; remark: empty for an opinion */
	bool agrees;
};
struct gate_new {
	struct request_id request;
	int64_t reply; /* of the room that writes replies */
	enum gate gate;
	bool agrees;
	struct str digest, remark;
};
/*
 * The acting person stands in a gate; the event is the caller's. ERR_FORBIDDEN "gate.no_person",
 * ERR_CONFLICT "gate.same_person".
 */
NODISCARD bool gate_record(struct ctx *ctx, const struct gate_new *in, struct err *err);
/* May the acting person? For buttons; gate_record decides. */
NODISCARD bool gate_may(struct ctx *ctx, struct unit_id unit, int64_t reply, enum gate gate,
			bool *may, struct err *err);
/* Of one reply, oldest first. */
NODISCARD bool gate_passes(struct ctx *ctx, int64_t reply, struct gate_pass **out, size_t *count,
			   struct err *err);
/* ERR_CONFLICT "gate.not_passed" names the gate that is missing for these words. */
NODISCARD bool gate_check(struct ctx *ctx, const struct request *r, int64_t reply,
			  struct str digest, struct err *err);
#endif
