/* SPDX-License-Identifier: MIT */
#include "show/show_value.h"

#include "json/object.h"
#include "json/scan.h"
#include "show/show_text.h"
#include "show/time_zone.h"

typedef size_t show_form(const struct show_page *p, struct buf *out,
    struct seen_column *col, struct span json, size_t room);

static size_t
show_null(const struct show_page *p, struct buf *out)
{
	page_paint(p, out, PAINT_NULL);
	buf_put(out, "NULL", 4);
	page_unpaint(p, out, PAINT_NULL);
	return 4;
}

static size_t
show_plain(const struct show_page *p, struct buf *out, struct seen_column *col,
    struct span json, size_t room)
{
	(void)col;
	if (json.p[0] == 'n')
		return show_null(p, out);
	if (json.p[0] == '"')
		return show_text(p, out, json_inside(json), true, TEXT_STRING,
		    room);
	return show_text(p, out, json, false, TEXT_BARE, room);
}

/* What needs no quotes: digits, and what stands between those of numbers and
 * times. */
static bool
is_number_like(struct span text)
{
	for (size_t i = 0; i < text.n; i++)
		if (!one_of(text.p[i], "0123456789+-.: eE"))
			return false;
	return text.n > 0;
}

/* A decimal as people write it: 0.5, not .5. */
static void
put_leading_zero(struct buf *out, size_t at)
{
	size_t point = at + (out->n > at && out->p[at] == '-');

	if (point == out->n || out->p[point] != '.')
		return;
	buf_room(out, 1);
	memmove(out->p + point + 1, out->p + point, out->n - point);
	out->p[point] = '0';
	out->n++;
}

/* A time with all digits of its column. */
static void
put_digits(struct buf *out, size_t at, unsigned digits)
{
	const char *point = digits ? memchr(out->p + at, '.', out->n - at) :
	    NULL;
	size_t has = point ? (size_t)(out->p + out->n - point) - 1 : 0;

	if (digits && !point)
		buf_char(out, '.');
	for (; has < digits; has++)
		buf_char(out, '0');
}

static size_t
show_number(const struct show_page *p, struct buf *out,
    struct seen_column *col, struct span json, size_t room)
{
	size_t at = out->n;

	if (convert(&col->conversion, json, out) == CONVERT_VALUE &&
	    is_number_like((struct span){ out->p + at, out->n - at }) &&
	    out->n - at + 8 <= room) {
		put_leading_zero(out, at);
		put_digits(out, at, col->digits);
		return out->n - at;
	}
	out->n = at;
	return show_plain(p, out, col, json, room);
}

static size_t
show_moment(const struct show_page *p, struct buf *out, struct seen_column *col,
    struct span json, size_t room)
{
	size_t at = out->n;

	if (json.p[0] == '"' && time_zone_put_iso(out, json_inside(json)))
		return out->n - at;
	out->n = at;
	return show_number(p, out, col, json, room);
}

static size_t
show_blob(const struct show_page *p, struct buf *out, struct seen_column *col,
    struct span json, size_t room)
{
	struct buf bytes = { 0 };
	size_t columns;

	if (json.p[0] == '"' &&
	    convert(&col->conversion, json, &bytes) == CONVERT_VALUE)
		columns = show_bytes(p, out, buf_view(&bytes), room);
	else
		columns = show_plain(p, out, col, json, room);
	buf_free(&bytes);
	return columns;
}

static size_t
show_bits(const struct show_page *p, struct buf *out, struct seen_column *col,
    struct span json, size_t room)
{
	struct buf bytes = { 0 };
	size_t at = out->n;

	if (convert(&col->conversion, json, &bytes) != CONVERT_VALUE ||
	    bytes.n > 8 || col->bits > 8 * bytes.n) {
		buf_free(&bytes);
		return show_plain(p, out, col, json, room);
	}
	buf_str(out, "b'");
	for (uint64_t i = col->bits; i-- > 0;)
		buf_char(out, (char)('0' + (bytes.p[bytes.n - 1 - i / 8] >>
		    i % 8 & 1)));
	buf_char(out, '\'');
	buf_free(&bytes);
	return out->n - at;
}

/* POINT(1 2), and which system of coordinates; of others the bytes. */
static size_t
show_geometry(const struct show_page *p, struct buf *out,
    struct seen_column *col, struct span json, size_t room)
{
	struct span x = object_member(json, "x"), y = object_member(json, "y");
	struct span srid = object_member(json, "srid");
	bool whole = srid.p && srid.p[0] != 'n';
	size_t at = out->n;

	if (!x.p || !y.p || !is_number_like(x) || !is_number_like(y) ||
	    (whole && !is_number_like(srid)) ||
	    x.n + y.n + srid.n + 16 > room)
		return show_plain(p, out, col, json, room);
	buf_str(out, "POINT(");
	buf_span(out, x);
	buf_char(out, ' ');
	buf_span(out, y);
	buf_char(out, ')');
	if (whole) {
		buf_str(out, " srid ");
		buf_span(out, srid);
	}
	return out->n - at;
}

size_t
show_value(const struct show_page *p, struct buf *out, struct seen_column *col,
    struct span json, size_t room)
{
	static show_form *const forms[] = {
		[FORM_PLAIN] = show_plain, [FORM_TEXT] = show_number,
		[FORM_MOMENT] = show_moment, [FORM_BYTES] = show_blob,
		[FORM_BITS] = show_bits, [FORM_GEOMETRY] = show_geometry,
	};

	return json.p[0] == 'n' ? show_null(p, out) :
	    forms[col->form](p, out, col, json, room);
}

size_t
show_name(const struct show_page *p, struct buf *out,
    const struct seen_column *col)
{
	page_paint(p, out, PAINT_KEY);
	buf_span(out, buf_view(&col->shown));
	page_unpaint(p, out, PAINT_KEY);
	page_paint(p, out, PAINT_DIM);
	buf_char(out, '=');
	page_unpaint(p, out, PAINT_DIM);
	return col->columns + 1;
}
