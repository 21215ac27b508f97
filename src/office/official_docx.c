/*
 * official_docx.c - an official letter as a Word file that an office can go on editing.
 *
 * Word sets the lines itself, so places that a PDF measures are given here as indents made
 * of the widths of characters: a Han square of 15.75 points, half of 16 for digits.
 */
#include "base/limits.h"
#include "base/utf8.h"
#include "office/docx_out.h"
#include "office/official.h"

enum {
	LINE = 579,	     /* a line of the grid, in twentieths of a point */
	HAN = 315,	     /* a Han character with its spacing */
	NARROW = 160,	     /* a digit or Latin letter, on average */
	TEXT_WIDTH = 8844,
	HEAD_BELOW_TOP = 1984, /* 35 mm */
	HEAD_POINTS_MAX = 42,
	DATE_BLANK = 4 * HAN,
	TITLE_CHARACTERS = 20,
};
#define RED "<w:color w:val=\"D91217\"/>"
#define NO_INDENT "<w:ind w:firstLine=\"0\" w:firstLineChars=\"0\"/>"
#define TITLE_FACE                                                                                 \
	"<w:rFonts w:ascii=\"Times New Roman\" w:eastAsia=\"方正小标宋简体\" "                     \
	"w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\"/>"
#define HEADING_FACE                                                                               \
	"<w:rFonts w:ascii=\"Times New Roman\" w:eastAsia=\"黑体\" w:hAnsi=\"Times New Roman\" "   \
	"w:cs=\"Times New Roman\"/>"

/* Twentieths of a point that a text of 三号 takes, nearly. */
static int width_of(struct str s)
{
	uint32_t c;
	int width = 0;

	while (utf8_take(&s, &c))
		width += c < 0x80 ? NARROW : HAN;
	return width;
}

static int count_characters(struct str s)
{
	uint32_t c;
	int count = 0;

	while (utf8_take(&s, &c))
		count++;
	return count;
}

static struct docx_look placed(const char *align, struct str place)
{
	return (struct docx_look){ .align = align, .place = place };
}

/* ---- the head */

static int head_points(struct str name)
{
	int count = count_characters(name), fit = TEXT_WIDTH / 20 / (count > 0 ? count : 1);

	return fit < HEAD_POINTS_MAX ? fit : HEAD_POINTS_MAX;
}

static struct str head_letters(struct docx_out *o, int points)
{
	return str_format(o->arena, TITLE_FACE RED "<w:spacing w:val=\"0\"/><w:sz w:val=\"%d\"/>",
			  points * 2);
}

static void add_red_head(struct docx_out *o, const struct official *letter)
{
	int points = head_points(letter->organ);
	struct docx_look name = {
		.align = "center",
		.place = str_format(o->arena,
				    "<w:snapToGrid w:val=\"0\"/><w:spacing w:before=\"%d\" "
				    "w:line=\"%d\" w:lineRule=\"exact\"/>" NO_INDENT,
				    HEAD_BELOW_TOP, points * 22),
		.letters = head_letters(o, points),
	};
	struct docx_look number = placed(
		"center",
		str_format(
			o->arena,
			"<w:pBdr><w:bottom w:val=\"single\" w:sz=\"12\" w:space=\"11\" "
			"w:color=\"D91217\"/></w:pBdr>"
			"<w:spacing w:before=\"%d\" w:after=\"%d\"/>" NO_INDENT,
			2 * LINE, 2 * LINE));

	docx_add_paragraph(o, name, letter->organ);
	docx_add_paragraph(o, number, letter->number);
}

/* Name and double line stand in a frame 30 mm under the paper's edge, 170 mm wide. */
static void add_letter_head(struct docx_out *o, const struct official *letter)
{
	int points = head_points(letter->organ);
	struct docx_look name = {
		.align = "center",
		.place = str_format(
			o->arena,
			"<w:framePr w:w=\"9638\" w:wrap=\"notBeside\" w:vAnchor=\"page\" "
			"w:hAnchor=\"page\" w:xAlign=\"center\" w:y=\"1701\"/><w:pBdr><w:bottom "
			"w:val=\"thickThinSmallGap\" w:sz=\"24\" w:space=\"11\" "
			"w:color=\"D91217\"/>"
			"</w:pBdr><w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"%d\" "
			"w:lineRule=\"exact\"/>" NO_INDENT,
			points * 22),
		.letters = head_letters(o, points),
	};
	struct docx_look number =
		placed("right", str_format(o->arena,
					   "<w:spacing w:before=\"200\" w:after=\"%d\"/>" NO_INDENT,
					   2 * LINE));

	docx_add_paragraph(o, name, letter->organ);
	docx_add_paragraph(o, number, letter->number);
	o->first_footer = docx_fixed_part("data/docx/footer-first.xml");
}

static void add_title(struct docx_out *o, struct str title, int after)
{
	struct str *lines, text = STR_NONE;
	size_t count = official_title_lines(o->arena, title, TITLE_CHARACTERS, &lines);
	struct docx_look look = {
		.style = "Title",
		.place = str_format(o->arena,
				    "<w:spacing w:before=\"0\" w:after=\"%d\" w:line=\"700\" "
				    "w:lineRule=\"exact\"/>",
				    after)
	};

	for (size_t i = 0; i < count; i++)
		text = str_concat(o->arena, str_concat(o->arena, text, i > 0 ? STR("\n") : STR("")),
				  lines[i]);
	docx_add_breaking(o, look, text);
}

static void add_head(struct docx_out *o, const struct official *letter)
{
	bool number_below = letter->style == OFFICIAL_PLAIN && letter->number.len > 0;

	switch (letter->style) {
	case OFFICIAL_PLAIN:
		break;
	case OFFICIAL_RED_HEAD:
		add_red_head(o, letter);
		break;
	case OFFICIAL_LETTER:
		add_letter_head(o, letter);
		break;
	}
	add_title(o, letter->title, number_below ? 0 : LINE);
	if (number_below)
		docx_add_paragraph(
			o,
			placed("center",
			       str_format(o->arena, "<w:spacing w:after=\"%d\"/>" NO_INDENT, LINE)),
			letter->number);
	docx_add_paragraph(o, placed("left", STR(NO_INDENT)),
			   str_concat(o->arena, letter->addressee, STR("：")));
}

/* ---- attachments, signature */

static void add_attachments(struct docx_out *o, const struct official *letter)
{
	for (size_t i = 0; i < letter->attachments_count; i++) {
		bool numbered = letter->attachments_count > 1;
		struct str name = letter->attachments[i];
		int hang = numbered ? 2 * NARROW + 80 : 0, first = (i == 0 ? 3 : 0) * HAN + hang;
		struct str place = str_format(
			o->arena, "<w:spacing w:before=\"%d\"/><w:ind w:left=\"%d\" w:%s=\"%d\"/>",
			i == 0 ? LINE : 0, 5 * HAN + hang, first > 0 ? "hanging" : "firstLine",
			first);
		if (numbered)
			name = str_format(o->arena, "%zu. " STR_FMT, i + 1, STR_ARG(name));
		if (i == 0)
			name = str_concat(o->arena, STR("附件："), name);
		struct docx_look look = placed("left", place);
		look.keep_next = true;
		docx_add_paragraph(o, look, name);
	}
}

static void add_signature(struct docx_out *o, const struct official *letter)
{
	int date = width_of(letter->date), name = width_of(letter->organ);
	int date_right = DATE_BLANK, name_right = DATE_BLANK + (date - name) / 2;

	if (name_right < 0) {
		date_right -= name_right;
		name_right = 0;
	}
	struct docx_look look = placed(
		"right", str_format(o->arena,
				    "<w:spacing w:before=\"%d\"/><w:ind w:right=\"%d\" "
				    "w:firstLine=\"0\" w:firstLineChars=\"0\"/>",
				    2 * LINE, name_right));
	look.keep_next = true;
	docx_add_paragraph(o, look, letter->organ);
	docx_add_paragraph(o,
			   placed("right", str_format(o->arena,
						      "<w:ind w:right=\"%d\" w:firstLine=\"0\" "
						      "w:firstLineChars=\"0\"/>",
						      date_right)),
			   letter->date);
}

/* ---- the whole */

/* An address of the web that does not break would tear its line apart in justified text. */
static bool has_long_word(struct str s)
{
	enum { LONG = 18 };
	size_t run = 0;

	for (size_t i = 0; i < s.len && run < LONG; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		run = c > ' ' && c < 0x80 ? run + 1 : 0;
	}
	return run >= LONG;
}

/* The last paragraph goes with the signature: no page holds the seal alone. */
static bool add_body(struct docx_out *o, const struct official *letter, struct err *err)
{
	const struct doc *d = letter->body;

	for (size_t i = 0; i < d->count; i++) {
		const struct doc_block *block = &d->blocks[i];
		struct docx_look look = { .keep_next = i + 1 == d->count };
		if (has_long_word(block->text))
			look.align = "left";
		if (block->kind == DOC_PARAGRAPH)
			docx_add_paragraph(o, look, block->text);
		else if (!docx_add_block(o, block, err))
			return false;
	}
	return true;
}

static bool add_annex(struct docx_out *o, const struct official *letter, size_t index,
		      struct err *err)
{
	const struct official_annex *annex = &letter->annexes[index];
	size_t number = letter->attachments_count - letter->annexes_count + index + 1;
	struct docx_look look = {
		.align = "left",
		.place = str_format(o->arena,
				    "<w:pageBreakBefore/><w:spacing w:after=\"%d\"/>" NO_INDENT,
				    LINE),
		.letters = STR(HEADING_FACE),
	};

	docx_add_paragraph(o, look,
			   letter->attachments_count == 1
				   ? STR("附件")
				   : str_format(o->arena, "附件%zu", number));
	add_title(o, annex->title, LINE);
	for (size_t i = 0; i < annex->content->count; i++)
		if (!docx_add_block(o, &annex->content->blocks[i], err))
			return false;
	return true;
}

bool official_docx(struct arena *a, const struct official *letter, struct str *out,
		   struct err *err)
{
	struct docx_out *o = ARENA_NEW(a, struct docx_out);

	o->arena = a;
	o->body = buf_open(a, 32 * KIB, LIMIT_TEXT_BYTES);
	docx_begin(o);
	add_head(o, letter);
	if (!add_body(o, letter, err))
		return false;
	add_attachments(o, letter);
	add_signature(o, letter);
	if (letter->note.len > 0)
		docx_add_paragraph(o, (struct docx_look){ 0 },
				   str_format(a, "（" STR_FMT "）", STR_ARG(letter->note)));
	for (size_t i = 0; i < letter->annexes_count; i++)
		if (!add_annex(o, letter, i, err))
			return false;
	buf_add(&o->body, docx_fixed_part(o->first_footer.len > 0 ? "data/docx/section-first.xml"
								   : "data/docx/section.xml"));
	buf_add_c(&o->body, "</w:body></w:document>");
	if (!buf_ok(&o->body))
		return err_set(err, ERR_LIMIT, "office.too_large", "%d", LIMIT_TEXT_BYTES);
	return docx_pack(o, letter->title, out, err);
}
