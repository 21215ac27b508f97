/* mailroom_view.h - what the pages of the mailroom draw; private to its edge. */
#ifndef MAILROOM_MAILROOM_VIEW_H
#define MAILROOM_MAILROOM_VIEW_H

#include "attachment/attachment.h"
#include "html/parts.h"
#include "mailroom/mailroom.h"
#include "mailroom/reader.h"
#include "request/request_pages.h"

struct mail_row {
	const struct inbox_mail *m;
	struct str from;   /* name or address */
	struct str number; /* of its case, or of the one that is proposed */
	struct str number_href; /* empty: not the reader's */
	struct str unit;
};
struct mail_list_view {
	bool mail_stays; /* no server to send by has been set up */
	const struct list_tab *tabs;
	size_t tabs_count;
	struct str title;
	const struct mail_row *rows;
	size_t count;
	struct str next;
	struct list_foot foot;
	bool all_units, pen;
};
struct mail_view {
	struct form_state form;
	struct mail_row row;
	const struct attachment *files;
	size_t files_count;
	struct str why; /* of the proposal, or how it came to its case */
	bool may_settle, may_move, in_pen;
	struct choice *units;
	size_t units_count;
	struct str number, reason, unit;
};

struct notice_row {
	const struct notice *n;
	struct str to; /* masked */
	struct str case_href;
	enum tag_colour colour;
	bool may_resend;
};
struct notice_list_view {
	bool mail_stays; /* no server to send by has been set up */
	struct form_state form;
	const struct list_tab *tabs;
	size_t tabs_count;
	struct str title;
	const struct notice_row *rows;
	size_t count;
	struct str next;
	struct list_foot foot;
};

struct told_view {
	struct form_state form;
	struct reader reader;
	struct str email, digest, scope;
	struct choice digests[READER_DIGEST_COUNT], scopes[FEED_SCOPE_COUNT];
	size_t scopes_count;
	struct str address; /* of a calendar that has just been made; else empty */
};

/* The mail of the path's :id, if the reader may see it; ERR_NOT_FOUND otherwise. */
NODISCARD bool mail_of_path(struct web_request *rq, struct inbox_mail *out, struct err *err);
struct str mail_from(const struct inbox_mail *m);
enum tag_colour notice_colour(enum notice_state state);

web_handler mail_list_page, mail_list_json, mail_list_file, mail_page, mail_json, mail_file_post;
web_handler mail_assign_post, mail_discard_post, mail_forward_post;
web_handler told_page, told_json, told_post, feed_open_post, feed_close_post, feed_ics;
web_handler notice_list_page, notice_list_json, notice_list_file, notice_resend_post;
#endif
