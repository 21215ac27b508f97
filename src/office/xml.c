#include "office/xml.h"

#include "base/limits.h"

#include <assert.h>
#include <string.h>

static int read_part(void *context, char *bytes, int size)
{
	return part_read(context, bytes, size);
}

/* The part is closed by xml_close, whether or not the reader was ever made. */
static int leave_part(void *context)
{
	(void)context;
	return 0;
}

/* Instead of libxml2's own printing on standard error. The first fault is the one that tells. */
static void note_fault(void *context, xmlError *fault)
{
	struct xml *x = context;

	if (fault->level == XML_ERR_FATAL && x->bad_line == 0)
		x->bad_line = fault->line > 0 ? fault->line : 1;
}

static bool bad_xml(struct xml *x, const char *why, struct err *err)
{
	int line = x->bad_line > 0 ? x->bad_line : xmlTextReaderGetParserLineNumber(x->reader);

	if (!part_error(x->part, err))
		return false;
	return err_set(err, ERR_INVALID, "office.bad_xml", STR_FMT "|%d|%s",
		       STR_ARG(part_name(x->part)), line, why);
}

bool xml_open(struct xml *x, struct package *p, struct str part, struct err *err)
{
	*x = (struct xml){ .arena = p->arena };
	if (!part_open(p, part, &x->part, err))
		return false;
	x->reader = xmlReaderForIO(read_part, leave_part, x->part, NULL, NULL,
				   XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_COMPACT);
	if (x->reader == NULL) {
		part_close(x->part);
		return err_set(err, ERR_INTERNAL, "office.reader_failed", "no XML reader");
	}
	xmlTextReaderSetStructuredErrorHandler(x->reader, note_fault, x);
	return true;
}

void xml_close(struct xml *x)
{
	if (x->reader != NULL)
		xmlFreeTextReader(x->reader);
	if (x->part != NULL)
		part_close(x->part);
	*x = (struct xml){ 0 };
}

/* true if the node is an event of ours, false if it says nothing to us. */
static bool take_node(struct xml *x, int type)
{
	switch (type) {
	case XML_READER_TYPE_ELEMENT:
		x->event = XML_OPEN;
		x->empty = xmlTextReaderIsEmptyElement(x->reader) == 1;
		x->depth = xmlTextReaderDepth(x->reader) + 1;
		return true;
	case XML_READER_TYPE_END_ELEMENT:
		x->event = XML_CLOSE;
		x->depth = xmlTextReaderDepth(x->reader) + 1;
		return true;
	case XML_READER_TYPE_TEXT:
	case XML_READER_TYPE_CDATA:
	case XML_READER_TYPE_WHITESPACE:
	case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
		x->event = XML_TEXT;
		return true;
	default:
		return false; /* comments, processing instructions */
	}
}

bool xml_next(struct xml *x, struct err *err)
{
	if (x->event == XML_OPEN && x->empty) {
		x->event = XML_CLOSE;
		x->empty = false;
		return true;
	}
	for (;;) {
		int got = xmlTextReaderRead(x->reader);
		if (got < 0 || x->bad_line != 0)
			return bad_xml(x, "syntax", err);
		if (got == 0) {
			x->event = XML_END;
			return part_error(x->part, err);
		}
		int type = xmlTextReaderNodeType(x->reader);
		if (type == XML_READER_TYPE_DOCUMENT_TYPE || type == XML_READER_TYPE_ENTITY ||
		    type == XML_READER_TYPE_ENTITY_REFERENCE)
			return bad_xml(x, "DOCTYPE", err);
		if (!take_node(x, type))
			continue;
		if (x->depth > LIMIT_XML_DEPTH)
			return err_set(err, ERR_LIMIT, "office.too_deep", "%d", LIMIT_XML_DEPTH);
		return true;
	}
}

bool xml_skip(struct xml *x, struct err *err)
{
	int depth = x->depth;

	assert(x->event == XML_OPEN);
	do {
		if (!xml_next(x, err))
			return false;
		if (x->event == XML_END)
			return bad_xml(x, "end", err);
	} while (x->event != XML_CLOSE || x->depth != depth);
	return true;
}

bool xml_is(const struct xml *x, const char *local_name)
{
	const char *name = (const char *)xmlTextReaderConstLocalName(x->reader);

	return name != NULL && strcmp(name, local_name) == 0;
}

bool xml_in(const struct xml *x, const char *namespace_end)
{
	const char *uri = (const char *)xmlTextReaderConstNamespaceUri(x->reader);

	return uri != NULL && str_ends(str_from_c(uri), str_from_c(namespace_end));
}

struct str xml_text(const struct xml *x)
{
	assert(x->event == XML_TEXT);
	return str_from_c((const char *)xmlTextReaderConstValue(x->reader));
}

struct opt_str xml_attr(struct xml *x, const char *local_name)
{
	struct opt_str found = { .known = false };

	assert(x->event == XML_OPEN);
	for (int more = xmlTextReaderMoveToFirstAttribute(x->reader); more == 1;
	     more = xmlTextReaderMoveToNextAttribute(x->reader)) {
		const char *name = (const char *)xmlTextReaderConstLocalName(x->reader);
		if (name == NULL || strcmp(name, local_name) != 0 ||
		    xmlTextReaderIsNamespaceDecl(x->reader) == 1)
			continue;
		found.known = true;
		found.v = str_from_c((const char *)xmlTextReaderConstValue(x->reader));
		break;
	}
	(void)xmlTextReaderMoveToElement(x->reader);
	return found;
}

uint32_t xml_attr_number(struct xml *x, const char *local_name, uint32_t max, uint32_t otherwise)
{
	struct opt_str attr = xml_attr(x, local_name);
	struct str digits = attr.known ? str_trim(attr.v) : STR_NONE;
	uint64_t n = 0;

	if (!str_take_u64(&digits, max, &n) || digits.len > 0)
		return otherwise;
	return (uint32_t)n;
}

bool xml_attr_on(struct xml *x, const char *local_name)
{
	struct opt_str attr = xml_attr(x, local_name);

	return !attr.known || str_equal_c(attr.v, "1") || str_equal_c(attr.v, "true") ||
	       str_equal_c(attr.v, "on");
}
