/* SPDX-License-Identifier: MIT
 *
 * Spatial types: SRID u32, then WKB, in the form of Debezium's Geometry and
 * Point.  WKB is base64, whatever --binary says.
 */
#include "value/types.h"

#include <math.h>

enum {
	SRID = 4,
	WKB_POINT = 1 + 4 + 8 + 8,      /* byte order, type, x, y */
	LITTLE = 1,
};

/* {"wkb":"…","srid":null} or, after a '{' and members, the rest. */
static void
put_wkb(struct buf *out, struct span wkb, uint32_t srid)
{
	buf_str(out, "\"wkb\":");
	value_put_base64(out, wkb, false);
	buf_str(out, ",\"srid\":");
	if (srid)
		buf_u64(out, srid);
	else
		buf_str(out, "null");
	buf_char(out, '}');
}

static double
coordinate(const uint8_t *p, bool little)
{
	uint64_t bits = little ? load_le(p, 8) : load_be(p, 8);
	double v;

	memcpy(&v, &bits, sizeof(v));
	return v;
}

static int
take_geometry(const struct column *col, struct cursor *in, uint32_t *srid,
    struct span *wkb)
{
	struct span value = take_span(in, take_le(in, col->len_bytes));

	if (in->bad)
		return -1;
	*srid = 0;
	*wkb = (struct span){ NULL, 0 };
	if (value.n == 0)
		return 0;       /* ALTER … ADD p POINT NOT NULL makes it */
	if (value.n < SRID)
		return value_bad(in, "no geometry: too short");
	*srid = (uint32_t)load_le((const uint8_t *)value.p, SRID);
	*wkb = (struct span){ value.p + SRID, value.n - SRID };
	return 0;
}

static int
put_geometry(const struct column *col, struct cursor *in, struct buf *out)
{
	struct span wkb;
	uint32_t srid;

	if (take_geometry(col, in, &srid, &wkb) < 0)
		return -1;
	buf_char(out, '{');
	put_wkb(out, wkb, srid);
	return 0;
}

static int
put_point(const struct column *col, struct cursor *in, struct buf *out)
{
	const uint8_t *p;
	struct span wkb;
	uint32_t srid;
	double x, y;

	if (take_geometry(col, in, &srid, &wkb) < 0)
		return -1;
	if (!wkb.p) {
		buf_char(out, '{');
		put_wkb(out, wkb, srid);
		return 0;
	}
	p = (const uint8_t *)wkb.p;
	if (wkb.n != WKB_POINT)
		return value_bad(in, "no point");
	x = coordinate(p + 5, p[0] == LITTLE);
	y = coordinate(p + 13, p[0] == LITTLE);
	if (!isfinite(x) || !isfinite(y))
		return value_bad(in, "no point");
	buf_str(out, "{\"x\":");
	value_put_double(out, x);
	buf_str(out, ",\"y\":");
	value_put_double(out, y);
	buf_char(out, ',');
	put_wkb(out, wkb, srid);
	return 0;
}

void
value_bind_geometry(struct column *col, const struct value_modes *modes)
{
	(void)modes;
	col->print = col->geometry == GEOMETRY_POINT ? put_point :
	    put_geometry;
}
