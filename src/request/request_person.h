/*
 * request_person.h - what the page of an applicant draws; private to the edge of src/request.
 */
#ifndef REQUEST_REQUEST_PERSON_H
#define REQUEST_REQUEST_PERSON_H

#include "attachment/attachment.h"
#include "request/request_pages.h"

enum { PERSON_LOOKS_MAX = 500, PERSON_LINES_MAX = 12 };

/* One look at the person or at a paper of its case. */
struct person_look { int64_t at; struct str who, what, why; };
struct person_view {
	struct form_state form;
	const struct request *r;
	bool has_person, erased, may_look;
	bool full; /* the lines tell everything: the answer of a look, this once */
	struct summary_row lines[PERSON_LINES_MAX];
	size_t lines_count;
	struct str why;
	const struct person_look *looks;
	size_t looks_count;
	const struct attachment *files;
	size_t files_count;
};
struct person_file_view {
	struct form_state form;
	const struct request *r;
	const struct attachment *file;
	struct str why;
	bool may_look;
};

web_handler request_person_page, request_person_post, request_file_page, request_file_post;
extern const struct field request_form_look[];
#endif
