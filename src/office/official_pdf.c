/*
 * official_pdf.c - an official letter on pages, every element where GB/T 9704-2012 puts it.
 */
#include "base/limits.h"
#include "office/official.h"
#include "office/pdf_block.h"
#include "office/readers.h"

#include <math.h>

#define MM POINTS_PER_MM

static const double body_points = 16, head_points_max = 42;
static const double seal_points = 42 * POINTS_PER_MM;
enum { BLANK_ABOVE_SIGNATURE = 2, SIGNATURE_LINES = 2, DATE_BLANK = 4, TITLE_CHARACTERS = 20 };

/* ---- pieces of lines */

struct piece {
	enum font_role role;
	double points, spacing;
	enum side side;
	const char *tag;
};

/* One line of text with its top at y of the text block; x from the left of the page. */
static void show(struct pdf *p, const struct piece *piece, struct str text, double x, double y,
		 double width)
{
	const struct type type = { piece->role, piece->points, false, piece->spacing };
	PangoLayout *layout = typeset_text(p->ts, type, clean_text(p->arena, text),
					   width, 0, piece->side);

	pdf_tag(p, piece->tag);
	typeset_show(p->cr, layout,
		     (struct setting){ .x = x,
				       .y = PDF_TOP + y,
				       .pitch = PDF_PITCH,
				       .points = piece->points,
				       .count = 1 });
	pdf_end_tag(p, piece->tag);
	g_object_unref(layout);
}

static double width_of(struct pdf *p, const struct piece *piece, struct str text)
{
	const struct type type = { piece->role, piece->points, false, piece->spacing };
	PangoLayout *layout =
		typeset_text(p->ts, type, clean_text(p->arena, text), 0, 0, SIDE_LEFT);
	double width = typeset_width(layout);

	g_object_unref(layout);
	return width;
}

static struct piece body_piece(enum side side)
{
	return (struct piece){ FONT_BODY, body_points, PDF_CHARACTER - body_points, side, "P" };
}

/* ---- the head */

static void red_line(struct pdf *p, double x, double y, double width, double thickness)
{
	cairo_set_source_rgb(p->cr, 0.85, 0.07, 0.09);
	cairo_set_line_width(p->cr, thickness);
	cairo_move_to(p->cr, x, y);
	cairo_line_to(p->cr, x + width, y);
	cairo_stroke(p->cr);
	cairo_set_source_rgb(p->cr, 0, 0, 0);
}

/* As large as the width allows. Draws with its top at y, which may lie above the text block. */
static double red_name(struct pdf *p, struct str name, double y)
{
	struct piece piece = { FONT_TITLE, head_points_max, 0, SIDE_CENTRE, "P" };
	double width = width_of(p, &piece, name);

	if (width > PDF_WIDTH)
		piece.points = floor(head_points_max * PDF_WIDTH / width * 2) / 2;
	cairo_set_source_rgb(p->cr, 0.85, 0.07, 0.09);
	show(p, &piece, name, PDF_LEFT, y + (piece.points - PDF_PITCH) / 2, PDF_WIDTH + 1);
	cairo_set_source_rgb(p->cr, 0, 0, 0);
	return piece.points;
}

/* To the line of the grid that is nearest below. */
static void go_to(struct pdf *p, double y)
{
	p->y = ceil(y / PDF_PITCH - 0.4) * PDF_PITCH;
}

static void add_red_head(struct pdf *p, const struct official *o)
{
	const struct piece piece = body_piece(SIDE_CENTRE);
	double y = 35 * MM;

	y += red_name(p, o->organ, y) + 2 * PDF_PITCH;
	if (o->number.len > 0)
		show(p, &piece, o->number, PDF_LEFT, y, PDF_WIDTH);
	y += PDF_PITCH + 4 * MM;
	red_line(p, PDF_LEFT, PDF_TOP + y, PDF_WIDTH, 1.4);
	go_to(p, y + 2 * PDF_PITCH);
}

/* 信函格式: lines of 170 mm, thick above thin under the name, thin above thick at the foot. */
static void add_letter_head(struct pdf *p, const struct official *o)
{
	const struct piece piece = body_piece(SIDE_RIGHT);
	double x = (210 - 170) / 2.0 * MM, y = 30 * MM - PDF_TOP;

	y += red_name(p, o->organ, y) + 4 * MM;
	red_line(p, x, PDF_TOP + y, 170 * MM, 2.2);
	red_line(p, x, PDF_TOP + y + 2.6, 170 * MM, 0.8);
	red_line(p, x, 277 * MM - 2.6, 170 * MM, 0.8);
	red_line(p, x, 277 * MM, 170 * MM, 2.2);
	y += 2.6 + 7.0 / 8 * body_points - (PDF_PITCH - body_points) / 2;
	if (o->number.len > 0)
		show(p, &piece, o->number, PDF_LEFT, y, PDF_WIDTH);
	go_to(p, y + 3 * PDF_PITCH);
	p->first_unnumbered = true;
}

static void add_title(struct pdf *p, struct str title)
{
	const struct pdf_look look = pdf_title_look();
	struct str *lines, text = STR_NONE;
	size_t count = official_title_lines(p->arena, title, TITLE_CHARACTERS, &lines);

	for (size_t i = 0; i < count; i++)
		text = str_concat(p->arena, str_concat(p->arena, text, i > 0 ? STR("\n") : STR("")),
				  lines[i]);
	pdf_add_text(p, &look, text);
}

static void add_head(struct pdf *p, const struct official *o)
{
	const struct piece number = body_piece(SIDE_CENTRE);

	switch (o->style) {
	case OFFICIAL_PLAIN:
		break;
	case OFFICIAL_RED_HEAD:
		add_red_head(p, o);
		break;
	case OFFICIAL_LETTER:
		add_letter_head(p, o);
		break;
	}
	add_title(p, o->title);
	if (o->style == OFFICIAL_PLAIN && o->number.len > 0) {
		show(p, &number, o->number, PDF_LEFT, p->y, PDF_WIDTH);
		p->y += PDF_PITCH;
	}
	p->y += PDF_PITCH;
	struct pdf_look look = pdf_body_look();
	look.indent = 0;
	pdf_add_text(p, &look, str_concat(p->arena, o->addressee, STR("：")));
}

/* ---- attachments, signature */

/* Names hang: what does not fit on a line goes on under the first character of the name. */
static void add_attachment(struct pdf *p, const struct official *o, size_t index)
{
	const struct piece word = body_piece(SIDE_LEFT);
	struct pdf_look look = pdf_body_look();
	double x = PDF_LEFT + 5 * PDF_CHARACTER;
	struct str number = STR_NONE;

	if (o->attachments_count > 1)
		number = str_format(p->arena, "%zu. ", index + 1);
	double hang = number.len > 0 ? width_of(p, &word, number) + body_points / 4 : 0;
	PangoLayout *layout = typeset_text(
		p->ts, look.type, clean_text(p->arena, o->attachments[index]),
		PDF_LEFT + PDF_WIDTH - x - hang, 0, SIDE_LEFT);
	int lines = typeset_lines(layout);
	pdf_make_room(p, lines * PDF_PITCH);
	if (index == 0)
		show(p, &word, STR("附件："), PDF_LEFT + 2 * PDF_CHARACTER, p->y, 0);
	if (number.len > 0)
		show(p, &word, number, x, p->y, 0);
	pdf_tag(p, "P");
	typeset_show(p->cr, layout,
		     (struct setting){ .x = x + hang,
				       .y = PDF_TOP + p->y,
				       .pitch = PDF_PITCH,
				       .points = body_points,
				       .count = lines });
	pdf_end_tag(p, "P");
	p->y += lines * PDF_PITCH;
	g_object_unref(layout);
}

static void add_attachments(struct pdf *p, const struct official *o)
{
	if (o->attachments_count > 0 && p->y > 0)
		p->y += PDF_PITCH;
	for (size_t i = 0; i < o->attachments_count; i++)
		add_attachment(p, o, i);
}

/* Where the seal goes, in a draft: centred over name and date. A drawing, not a word. */
static void mark_seal(struct pdf *p, double centre_x, double centre_y)
{
	static const double dashes[] = { 4, 4 };

	cairo_save(p->cr);
	cairo_set_source_rgb(p->cr, 0.95, 0.65, 0.65);
	cairo_set_dash(p->cr, dashes, 2, 0);
	cairo_set_line_width(p->cr, 0.8);
	cairo_new_path(p->cr);
	cairo_arc(p->cr, centre_x, centre_y, seal_points / 2, 0, 2 * 3.14159265358979);
	cairo_stroke(p->cr);
	cairo_restore(p->cr);
}

/* The date has four blanks at its right; the name stands centred over it, both left of the edge. */
static void add_signature(struct pdf *p, const struct official *o)
{
	const struct piece piece = body_piece(SIDE_LEFT);
	double date = width_of(p, &piece, o->date), name = width_of(p, &piece, o->organ);
	double right = PDF_LEFT + PDF_WIDTH;
	double centre = right - DATE_BLANK * PDF_CHARACTER - date / 2;

	pdf_make_room(p, (BLANK_ABOVE_SIGNATURE + SIGNATURE_LINES) * PDF_PITCH);
	if (p->y > 0)
		p->y += BLANK_ABOVE_SIGNATURE * PDF_PITCH;
	if (centre + name / 2 > right)
		centre = right - name / 2;
	if (o->seal_mark)
		mark_seal(p, centre, PDF_TOP + p->y + PDF_PITCH);
	show(p, &piece, o->organ, centre - name / 2, p->y, 0);
	show(p, &piece, o->date, centre - date / 2, p->y + PDF_PITCH, 0);
	p->y += SIGNATURE_LINES * PDF_PITCH;
}

static double attachments_height(struct pdf *p, const struct official *o)
{
	const struct piece piece = body_piece(SIDE_LEFT);
	double room = PDF_WIDTH - 7 * PDF_CHARACTER, lines = 0;

	for (size_t i = 0; i < o->attachments_count; i++)
		lines += fmax(1, ceil(width_of(p, &piece, o->attachments[i]) / room));
	return o->attachments_count > 0 ? (lines + 1) * PDF_PITCH : 0;
}

/* ---- the whole */

static bool add_body(struct pdf *p, const struct official *o, struct err *err)
{
	double below = (BLANK_ABOVE_SIGNATURE + SIGNATURE_LINES) * PDF_PITCH +
		       attachments_height(p, o);
	bool ok = true;

	for (size_t i = 0; i < o->body->count && ok; i++) {
		bool last = i + 1 == o->body->count;
		p->below = last && below <= PDF_HEIGHT / 2 ? below : 0;
		ok = pdf_add_block(p, o->body, i, err);
	}
	p->below = 0;
	return ok;
}

/* 附件 in 黑体 on the first line, the title on the third. */
static bool add_annex(struct pdf *p, const struct official *o, size_t index, struct err *err)
{
	struct piece mark = body_piece(SIDE_LEFT);
	size_t number = o->attachments_count - o->annexes_count + index + 1;
	const struct official_annex *annex = &o->annexes[index];
	bool ok = true;

	pdf_next_page(p);
	mark.role = FONT_HEADING;
	show(p, &mark,
	     o->attachments_count == 1 ? STR("附件") : str_format(p->arena, "附件%zu", number),
	     PDF_LEFT, 0, 0);
	p->y = 2 * PDF_PITCH;
	add_title(p, annex->title);
	p->y += PDF_PITCH;
	for (size_t i = 0; i < annex->content->count && ok; i++)
		ok = pdf_add_block(p, annex->content, i, err);
	return ok;
}

bool official_has_body_font(struct arena *a)
{
	struct err ignored = { 0 };
	struct typeset *ts;

	if (!typeset_open(a, &ts, &ignored))
		return false;
	bool has = typeset_has_own(ts, FONT_BODY);
	typeset_close(ts);
	return has;
}

bool official_pdf(struct arena *a, const struct official *o, struct str *out, struct err *err)
{
	const struct pdf_look body = pdf_body_look();
	struct err ignored = { 0 };
	struct pdf p;

	if (!pdf_open(&p, a, clean_text(a, o->title), err))
		return false;
	add_head(&p, o);
	bool ok = add_body(&p, o, err);
	add_attachments(&p, o);
	add_signature(&p, o);
	if (o->note.len > 0)
		pdf_add_text(&p, &body, str_format(a, "（" STR_FMT "）", STR_ARG(o->note)));
	for (size_t i = 0; i < o->annexes_count && ok; i++)
		ok = add_annex(&p, o, i, err);
	return pdf_close(&p, out, ok ? err : &ignored) && ok;
}
