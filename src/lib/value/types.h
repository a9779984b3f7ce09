/* SPDX-License-Identifier: MIT
 *
 * Column values: from the bytes of a row image to JSON.
 *
 * A column is described once, from its table map (value_bind_column), and then
 * printed many times (column->print).  The table of types is types.def; what
 * the bytes mean follows MariaDB's sql/log_event.cc, sql/rpl_utility.cc and
 * strings/decimal.c, what the JSON looks like is cdc-event(5).
 */
#ifndef VALUE_TYPES_H
#define VALUE_TYPES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "charset/charset.h"

/* of a table map */
enum column_type {
#define LOG_TYPE(id, number, ...) COLUMN_##id = number,
#include "value/types.def"
};

/* What statements and schemas say: NONE of them, or nothing that a map does not
 * say as well. */
enum declared_type {
	DECLARED_NONE,
#define SQL_TYPE(id, ...) DECLARED_##id,
#include "value/types.def"
	DECLARED_TYPES
};

/* What a column's metadata in a map is; value_read_meta() reads it,
 * schema/synthesize_map.c writes it. */
enum column_meta {
	META_NONE,
	META_FLOAT,             /* bytes of a value */
	META_LOB,               /* bytes of a value's length */
	META_FSP,               /* digits of a temporal's fraction */
	META_DECIMAL,           /* digits, and those of the fraction */
	META_BIT,               /* bits, bytes */
	META_LABELS,            /* the type; bytes of a number, or of bits */
	META_CHAR, META_VARCHAR,        /* most bytes of a value */
};

enum decimal_mode {
	DECIMAL_STRING, DECIMAL_DOUBLE, DECIMAL_PRECISE, DECIMAL_NUMERIC,
};
enum time_mode {
	TIME_ADAPTIVE, TIME_CONNECT, TIME_ISOSTRING, TIME_STRING,
	TIME_MICROSECONDS, TIME_NANOSECONDS,
};
enum binary_mode { BINARY_BASE64, BINARY_BASE64_URL_SAFE, BINARY_HEX };
enum bigint_mode { BIGINT_NUMBER, BIGINT_STRING, BIGINT_PRECISE };
enum json_mode { JSON_STRING, JSON_EMBED };

/* How values are written: --decimal, --time, --binary, … */
struct value_modes {
	enum decimal_mode decimal;
	enum time_mode time;
	enum binary_mode binary;
	enum bigint_mode bigint;        /* number or string: all of them … */
	enum bigint_mode bigint_unsigned;       /* … but for what is named here
	                                 * of unsigned ones */
	enum json_mode json;
	bool history;           /* rows of system versioning that are past */
};

struct column;

/*
 * Append the value at the cursor as JSON and move over it.  0; -1 if the
 * bytes do not hold such a value: in->bad where they end too early, else
 * in->why says what is wrong.
 */
typedef int value_fn(const struct column *col, struct cursor *in,
    struct buf *out);

/* Append the bytes of a value as JSON; what they are is known. */
typedef void bytes_fn(const struct column *col, struct span bytes,
    struct buf *out);

enum { GEOMETRY_POINT = 1 };    /* of the map's geometry types */

struct column {
	value_fn *print;        /* set by value_bind_column() */
	bytes_fn *put_bytes;    /* of types with a length prefix */
	value_fn *later;        /* of mariadb-5.3's forms: prints today's */
	const char *refused;    /* print == NULL: why it cannot be printed */
	uint8_t type;           /* enum column_type; ENUM and SET unwrapped */
	uint8_t declared;       /* what a map cannot say, and a schema can:
	                         * enum declared_type */
	uint8_t len_bytes;      /* of a value's length prefix; 0: fixed */
	uint8_t fsp;            /* temporal: digits of the fraction */
	uint8_t precision, scale;       /* DECIMAL */
	uint8_t geometry;       /* GEOMETRY: which; 0: any */
	uint16_t meta;          /* as in the map, first byte low */
	bool nullable;
	bool is_unsigned;
	bool sign_known;
	bool hidden;            /* the server's own: in no record */
	bool json_known;        /* a schema says whether it is JSON */
	uint32_t length;        /* bytes: CHAR, VARCHAR; BIT: bits */
	uint64_t collation;     /* 0 unknown */
	const struct charset *charset;
	struct span name;       /* UTF-8 */
	struct span *labels;    /* ENUM, SET: as JSON strings, owned … */
	size_t nlabels;
	bool labels_ready;      /* … once they are */
	bool alike;             /* one is empty, or there twice */
	bool spelled;           /* of a copy: the text is after the number */
};

struct value_type {
	const char *name;       /* MariaDB's word for messages */
	enum column_meta meta;
	bool numeric;           /* counts in the SIGNEDNESS bits */
	bool character;         /* counts in the character set lists */
	enum declared_type as;  /* see types.def */
	void (*bind)(struct column *col, const struct value_modes *modes);
};

/* NULL if the byte is no type. */
const struct value_type *value_type(uint8_t type);

/* Bytes of a column's metadata. */
size_t value_meta_bytes(enum column_meta meta);

/* Is it a temporal as mariadb-5.3 logged it, whose fraction no map tells? */
bool value_is_old_temporal(uint8_t type);

/* Read col->meta (and type, length …) from a map's metadata; false if it
 * is cut or contradicts itself. */
bool value_read_meta(struct column *col, struct cursor *meta);

/* Can a column that is logged so be one that its map hides, or an old temporal
 * that was declared so?  (declared_types.c) */
bool declared_type_fits(const struct column *col,
    enum declared_type declared);

/* Its printer; NULL if the binder of what is logged sees to it. */
value_fn *declared_type_printer(enum declared_type declared);

/* Choose col->print for the modes; everything else in col is set. */
void value_bind_column(struct column *col, const struct value_modes *modes);

/* Of an ENUM or a SET: is a label empty, or there twice, so that a text need
 * not say which value it is? */
bool enum_set_labels_alike(const struct column *col);

/* The binders, one for each file of printers. */
void value_bind_integer(struct column *col, const struct value_modes *modes);
void value_bind_float(struct column *col, const struct value_modes *modes);
void value_bind_bit(struct column *col, const struct value_modes *modes);
void value_bind_year(struct column *col, const struct value_modes *modes);
void value_bind_decimal(struct column *col, const struct value_modes *modes);
void value_bind_date(struct column *col, const struct value_modes *modes);
void value_bind_time(struct column *col, const struct value_modes *modes);
void value_bind_datetime(struct column *col, const struct value_modes *modes);
void value_bind_timestamp(struct column *col, const struct value_modes *modes);
void value_bind_bytes(struct column *col, const struct value_modes *modes);
void value_bind_compressed(struct column *col, const struct value_modes *modes);
void value_bind_geometry(struct column *col, const struct value_modes *modes);
void value_bind_legacy_temporal(
    struct column *col, const struct value_modes *modes);
void value_bind_mysql_json(struct column *col, const struct value_modes *modes);
void value_bind_vector(struct column *col, const struct value_modes *modes);
void value_bind_label(struct column *col, const struct value_modes *modes);

/* Shared by printers: a number in the fewest digits that give it back. */
void value_put_double(struct buf *out, double v);
void value_put_float(struct buf *out, float v);

/* Append bytes as a JSON string in base64 (or hex). */
void value_put_base64(struct buf *out, struct span bytes, bool url_safe);
void value_put_hex(struct buf *out, struct span bytes);

/* Connect's Decimal: base64 of an unscaled integer, of whose n big-endian bytes
 * (two's complement) the shortest end is taken. */
void value_put_unscaled(struct buf *out, const uint8_t *p, size_t n);

/* Give up on a value, saying why. */
static inline int
value_bad(struct cursor *in, const char *why)
{
	in->why = why;
	return -1;
}

#endif
