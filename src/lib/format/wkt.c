/* SPDX-License-Identifier: MIT */
#include "format/wkt.h"

#include "base/bytes.h"
#include "format/java_number.h"
#include "value/types.h"

enum {
	COORDINATE = 8, HEAD = 5,       /* byte order u8, type u32 */
	MAX_DEPTH = 100,        /* of collections; a server has fewer */
};

enum wkb_type {
	WKB_POINT = 1, WKB_LINESTRING, WKB_POLYGON, WKB_MULTIPOINT,
	WKB_MULTILINESTRING, WKB_MULTIPOLYGON, WKB_COLLECTION,
};

struct reader {
	struct cursor in;
	struct buf *out;
	struct buf number;
	bool big;               /* big-endian */
	int depth;
};

static bool put_geometry(struct reader *r, bool named);

static uint32_t
take_number(struct reader *r)
{
	return (uint32_t)(r->big ? take_be(&r->in, 4) : take_le(&r->in, 4));
}

static bool
put_coordinate(struct reader *r)
{
	uint64_t bits = r->big ? take_be(&r->in, COORDINATE) :
	    take_le(&r->in, COORDINATE);
	double v;

	memcpy(&v, &bits, sizeof(v));
	if (r->in.bad || v - v != 0)    /* infinite, or none */
		return false;
	r->number.n = 0;
	value_put_double(&r->number, v);
	return java_number_plain(r->out, buf_view(&r->number));
}

static bool
put_pair(struct reader *r)
{
	if (!put_coordinate(r))
		return false;
	buf_char(r->out, ' ');
	return put_coordinate(r);
}

static bool
put_point(struct reader *r)
{
	buf_char(r->out, '(');
	if (!put_pair(r))
		return false;
	buf_char(r->out, ')');
	return true;
}

/* A count, and so many of what put() writes, each at least `least` bytes. */
static bool
put_list(struct reader *r, bool put(struct reader *), size_t least)
{
	uint32_t n = take_number(r);

	if (r->in.bad || n > cursor_left(&r->in) / least)
		return false;
	if (n == 0) {
		buf_str(r->out, "EMPTY");
		return true;
	}
	buf_char(r->out, '(');
	for (uint32_t i = 0; i < n; i++) {
		if (i)
			buf_str(r->out, ", ");
		if (!put(r))
			return false;
	}
	buf_char(r->out, ')');
	return true;
}

static bool
put_line(struct reader *r)
{
	return put_list(r, put_pair, (size_t)2 * COORDINATE);
}

static bool
put_polygon(struct reader *r)
{
	return put_list(r, put_line, 4);
}

static bool
put_part(struct reader *r)
{
	return put_geometry(r, false);
}

static bool
put_member(struct reader *r)
{
	return put_geometry(r, true);
}

static bool
put_parts(struct reader *r)
{
	return put_list(r, put_part, HEAD);
}

static bool
put_members(struct reader *r)
{
	return put_list(r, put_member, HEAD);
}

/* THE TABLE: by type */
static const struct {
	const char *name;
	bool (*put)(struct reader *r);
} types[] = {
	[WKB_POINT] = { "POINT ", put_point },
	[WKB_LINESTRING] = { "LINESTRING ", put_line },
	[WKB_POLYGON] = { "POLYGON ", put_polygon },
	[WKB_MULTIPOINT] = { "MULTIPOINT ", put_parts },
	[WKB_MULTILINESTRING] = { "MULTILINESTRING ", put_parts },
	[WKB_MULTIPOLYGON] = { "MULTIPOLYGON ", put_parts },
	[WKB_COLLECTION] = { "GEOMETRYCOLLECTION ", put_members },
};

static bool
put_geometry(struct reader *r, bool named)
{
	uint8_t order = take_u8(&r->in);
	uint32_t type;
	bool good;

	r->big = order == 0;
	type = take_number(r);
	if (r->in.bad || order > 1 || type < WKB_POINT ||
	    type > WKB_COLLECTION || r->depth == MAX_DEPTH)
		return false;
	if (named)
		buf_str(r->out, types[type].name);
	r->depth++;
	good = types[type].put(r);
	r->depth--;
	return good;
}

bool
wkt_put(struct buf *out, struct span wkb)
{
	struct reader r = { .in = cursor_of(wkb.p, wkb.n), .out = out };
	size_t at = out->n;
	bool good = put_geometry(&r, true) && !r.in.bad &&
	    cursor_left(&r.in) == 0;

	if (!good)
		out->n = at;
	buf_free(&r.number);
	return good;
}
