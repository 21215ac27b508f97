#include "office/pdf_page.h"

#include "base/limits.h"

#include <cairo-pdf.h>

static const double page_width = 210 * POINTS_PER_MM, page_height = 297 * POINTS_PER_MM;

static cairo_status_t take_bytes(void *out, const unsigned char *bytes, unsigned len)
{
	struct buf *file = out;

	buf_add_bytes(file, bytes, len);
	return buf_ok(file) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

bool pdf_open(struct pdf *p, struct arena *a, struct str title, struct err *err)
{
	*p = (struct pdf){ .arena = a, .page = 1, .bytes = buf_open(a, 256 * KIB, LIMIT_UPLOAD) };
	if (!typeset_open(a, &p->ts, err))
		return false;
	p->surface =
		cairo_pdf_surface_create_for_stream(take_bytes, &p->bytes, page_width, page_height);
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_TITLE, str_to_c(a, title));
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATE_DATE,
				       "2020-01-01T00:00:00+08:00");
	p->cr = cairo_create(p->surface);
	pdf_tag(p, "Document");
	return true;
}

/* — 1 — seven millimetres under the text, one character in from the outer side. */
static void draw_page_number(struct pdf *p)
{
	if (p->page == 1 && p->first_unnumbered)
		return;
	const struct type type = { FONT_SONG, 14, false, 0 };
	struct str number = str_format(p->arena, "— %d —", p->page);
	PangoLayout *layout = typeset_text(p->ts, type, number, 0, 0, SIDE_LEFT);
	double width = typeset_width(layout);
	bool odd = p->page % 2 == 1;

	typeset_show(p->cr, layout,
		     (struct setting){ .x = odd ? PDF_LEFT + PDF_WIDTH - width - 14 : PDF_LEFT + 14,
				       .y = PDF_TOP + PDF_HEIGHT + 7 * POINTS_PER_MM - 7,
				       .pitch = 14, .points = 14, .count = 1 });
	g_object_unref(layout);
}

double pdf_room(const struct pdf *p)
{
	return PDF_HEIGHT - p->y;
}

void pdf_next_page(struct pdf *p)
{
	if (p->y <= 0)
		return;
	draw_page_number(p);
	cairo_show_page(p->cr);
	p->page++;
	p->y = 0;
}

void pdf_tag(struct pdf *p, const char *tag)
{
	cairo_tag_begin(p->cr, tag, NULL);
}

void pdf_end_tag(struct pdf *p, const char *tag)
{
	cairo_tag_end(p->cr, tag);
}

bool pdf_close(struct pdf *p, struct str *out, struct err *err)
{
	draw_page_number(p);
	pdf_end_tag(p, "Document");
	cairo_show_page(p->cr);
	/* A tag out of place shows only here, and would leave a file without pages. */
	cairo_status_t status = cairo_status(p->cr);
	cairo_destroy(p->cr);
	cairo_surface_finish(p->surface);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(p->surface);
	cairo_surface_destroy(p->surface);
	typeset_close(p->ts);
	if (!buf_ok(&p->bytes))
		return err_set(err, ERR_LIMIT, "office.too_large", "%d", LIMIT_UPLOAD);
	if (status != CAIRO_STATUS_SUCCESS)
		return err_set(err, ERR_UNAVAILABLE, "office.cannot_write", "pdf: %s",
			       cairo_status_to_string(status));
	*out = buf_str(&p->bytes);
	return true;
}
