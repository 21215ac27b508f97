/*
 * xml.h - pulling the events of one XML part of a package; for office/ alone.
 *
 * Names come without prefix; an empty element gives its opening and its closing
 * like any other. No document type, no entity, no network, no depth over
 * LIMIT_XML_DEPTH: a part with any of them is refused with its name and line.
 */
#ifndef OFFICE_XML_H
#define OFFICE_XML_H

#include "base/date.h"
#include "office/package.h"

#include <libxml/xmlreader.h>

enum xml_event { XML_OPEN, XML_CLOSE, XML_TEXT, XML_END };

struct xml {
	xmlTextReader *reader;
	struct part *part;
	struct arena *arena;
	enum xml_event event;
	bool empty;  /* the open element has no closing event of its own */
	int depth;   /* of the element last opened or closed; the root is 1 */
	int bad_line;
};

NODISCARD bool xml_open(struct xml *x, struct package *p, struct str part, struct err *err);
void xml_close(struct xml *x);
/* Moves to the next event; XML_END is the last one. */
NODISCARD bool xml_next(struct xml *x, struct err *err);
/* From an opening to its closing, over everything inside. */
NODISCARD bool xml_skip(struct xml *x, struct err *err);

bool xml_is(const struct xml *x, const char *local_name);
/* The namespace ends with this; the two dialects of OOXML differ in their beginnings. */
bool xml_in(const struct xml *x, const char *namespace_end);
struct str xml_text(const struct xml *x); /* of XML_TEXT; a view until the next event */
/* The attribute of that local name in any namespace, or not known. A view until the next call. */
struct opt_str xml_attr(struct xml *x, const char *local_name);
/* The same as a number from 0 to max; `otherwise` if it is missing or no such number. */
uint32_t xml_attr_number(struct xml *x, const char *local_name, uint32_t max, uint32_t otherwise);
/* on, true, 1 or no value at all: how OOXML writes a switch. */
bool xml_attr_on(struct xml *x, const char *local_name);
#endif
