/* SPDX-License-Identifier: MIT
 *
 * TABLE_MAP:
 *   id u48 | flags u16 | db length u8, db NUL | name length u8, name NUL |
 *   columns lenenc | types | metadata lenenc + bytes | nullable bits |
 *   optional metadata: type u8, length lenenc, value …
 */
#include "binlog/table_map.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "json/write.h"

enum { POST_HEADER = 8 };

enum metadata_type {
	SIGNEDNESS = 1, DEFAULT_CHARSET = 2, COLUMN_CHARSET = 3,
	COLUMN_NAME = 4, SET_LABELS = 5, ENUM_LABELS = 6,
	GEOMETRY_TYPE = 7, SIMPLE_PRIMARY_KEY = 8, PRIMARY_KEY_WITH_PREFIX = 9,
	LABEL_DEFAULT_CHARSET = 10, LABEL_COLUMN_CHARSET = 11,
};

/* Labels; bytes of a name, which is 64 characters. */
enum { MAX_ENUM = 65535, MAX_SET = 64, MAX_NAME = 4 * 64 };

typedef bool column_test(const struct column *col);

static bool
is_numeric(const struct column *col)
{
	return value_type(col->type)->numeric;
}

static bool
is_character(const struct column *col)
{
	return value_type(col->type)->character;
}

/* MySQL counts no GEOMETRY here. */
static bool
is_mysql_character(const struct column *col)
{
	return is_character(col) && col->type != COLUMN_GEOMETRY;
}

static bool
is_geometry(const struct column *col)
{
	return col->type == COLUMN_GEOMETRY;
}

static bool
is_enum(const struct column *col)
{
	return col->type == COLUMN_ENUM;
}

static bool
is_set(const struct column *col)
{
	return col->type == COLUMN_SET;
}

static bool
is_label(const struct column *col)
{
	return is_enum(col) || is_set(col);
}

/* The next column from *i on that passes; NULL after the last. */
static struct column *
next_column(struct table *t, size_t *i, column_test *test)
{
	while (*i < t->ncolumns) {
		struct column *col = &t->columns[(*i)++];

		if (!test || test(col))
			return col;
	}
	return NULL;
}

static bool
read_signs(struct table *t, struct cursor *in)
{
	struct column *col;
	size_t i = 0;
	uint8_t bits = 0;

	for (int bit = 0; (col = next_column(t, &i, is_numeric)); bit++) {
		if (bit % 8 == 0)
			bits = take_u8(in);
		col->is_unsigned = bits >> (7 - bit % 8) & 1;
		col->sign_known = true;
	}
	return !in->bad;
}

static void
set_collation(struct column *col, uint64_t collation)
{
	col->collation = collation;
	col->charset = charset_of_collation(collation);
}

/* The default, then (index among such columns, collation) where it differs. */
static bool
read_default_charset(struct table *t, struct cursor *in, column_test *test)
{
	uint64_t standard = take_lenenc(in);
	struct column *which[MAX_COLUMNS], *col;
	size_t i = 0, n = 0;

	while ((col = next_column(t, &i, test))) {
		set_collation(col, standard);
		which[n++] = col;
	}
	while (cursor_left(in) > 0 && !in->bad) {
		uint64_t index = take_lenenc(in);
		uint64_t collation = take_lenenc(in);

		if (index >= n)
			return false;
		set_collation(which[index], collation);
	}
	return !in->bad;
}

static bool
read_charsets(struct table *t, struct cursor *in, column_test *test)
{
	struct column *col;
	size_t i = 0;

	while ((col = next_column(t, &i, test)))
		set_collation(col, take_lenenc(in));
	return !in->bad && cursor_left(in) == 0;
}

static bool
read_names(struct table *t, struct cursor *in)
{
	for (size_t i = 0; i < t->ncolumns; i++) {
		t->columns[i].name = take_span(in, take_lenenc(in));
		if (t->columns[i].name.n > MAX_NAME)
			return false;
	}
	t->named = !in->bad;
	return !in->bad;
}

/* Labels stay raw here; quote_labels() turns them into JSON when the
 * character set is known. */
static bool
read_labels(struct table *t, struct cursor *in, column_test *test)
{
	struct column *col;
	size_t i = 0;

	while ((col = next_column(t, &i, test))) {
		uint64_t n = take_lenenc(in);

		if (in->bad || n > cursor_left(in) || col->labels ||
		    n > (col->type == COLUMN_ENUM ? MAX_ENUM : MAX_SET))
			return false;
		col->labels = xcalloc(n ? n : 1, sizeof(*col->labels));
		col->nlabels = n;
		for (size_t k = 0; k < n; k++)
			col->labels[k] = take_span(in, take_lenenc(in));
	}
	return !in->bad;
}

static bool
read_geometries(struct table *t, struct cursor *in)
{
	struct column *col;
	size_t i = 0;

	while ((col = next_column(t, &i, is_geometry)))
		col->geometry = (uint8_t)take_lenenc(in);
	return !in->bad;
}

static bool
read_key(struct table *t, struct cursor *in, bool with_prefix)
{
	t->nkey = 0;
	while (cursor_left(in) > 0) {
		uint64_t column = take_lenenc(in);

		if (with_prefix)
			take_lenenc(in);
		if (in->bad || column >= t->ncolumns ||
		    t->nkey == t->ncolumns)
			return false;
		*ARRAY_ADD(t->key, t->nkey) = (uint16_t)column;
	}
	return true;
}

static bool
read_metadata(struct table *t, uint8_t type, struct cursor *in)
{
	column_test *character = t->mysql ? is_mysql_character : is_character;

	switch (type) {
	case SIGNEDNESS:
		return read_signs(t, in);
	case DEFAULT_CHARSET:
		return read_default_charset(t, in, character);
	case COLUMN_CHARSET:
		return read_charsets(t, in, character);
	case COLUMN_NAME:
		return read_names(t, in);
	case SET_LABELS:
		return read_labels(t, in, is_set);
	case ENUM_LABELS:
		return read_labels(t, in, is_enum);
	case GEOMETRY_TYPE:
		return read_geometries(t, in);
	case SIMPLE_PRIMARY_KEY:
		return read_key(t, in, false);
	case PRIMARY_KEY_WITH_PREFIX:
		return read_key(t, in, true);
	case LABEL_DEFAULT_CHARSET:
		return read_default_charset(t, in, is_label);
	case LABEL_COLUMN_CHARSET:
		return read_charsets(t, in, is_label);
	default:
		return true;    /* newer metadata: nothing depends on it */
	}
}

/* Replace each label by its JSON string.  False where their character set is
 * not known. */
static bool
quote_labels(struct column *col)
{
	bool bytes = col->collation == COLLATION_BINARY;
	bool good = bytes || (col->charset && col->charset->put);

	if (col->labels_ready)
		return true;
	col->labels_ready = true;
	for (size_t i = 0; i < col->nlabels; i++) {
		struct buf json = { 0 };

		if (bytes)
			json_data(&json, col->labels[i]);
		else if (good)
			charset_put(col->charset, &json,
			    col->labels[i]);
		else
			buf_str(&json, "\"\"");
		col->labels[i] = buf_view(&json);
	}
	return good || !col->nlabels;
}

/* The ids, names and lengths in front; the cursor is left after them. */
static bool
read_front(struct cursor *in, uint64_t *id, struct span *db,
    struct span *name)
{
	*id = take_le(in, 6);
	take_u16(in);
	*db = take_span(in, take_u8(in));
	take_u8(in);
	*name = take_span(in, take_u8(in));
	take_u8(in);
	return !in->bad;
}

bool
table_map_peek(const struct binlog_event *ev, uint64_t *id, struct span *db,
    struct span *name)
{
	struct cursor in = cursor_of(ev->body, ev->body_n);

	return read_front(&in, id, db, name);
}

/* Types, metadata and nullable bits of the columns. */
static int
read_columns(struct table *t, struct cursor *in, struct err *err)
{
	uint64_t n = take_lenenc(in);
	const uint8_t *types = n <= MAX_COLUMNS ? take(in, n) : NULL;
	struct span meta_bytes;
	struct cursor meta;
	const uint8_t *nulls;

	if (n > MAX_COLUMNS)
		return err_set(err, ERR_DATA, "%llu columns; no server has "
		    "more than %d", (unsigned long long)n, MAX_COLUMNS);
	if (!types)
		return err_set(err, ERR_DATA, "TABLE_MAP event is cut short");
	t->ncolumns = n;
	t->columns = xcalloc(n ? n : 1, sizeof(*t->columns));
	meta_bytes = take_span(in, take_lenenc(in));
	nulls = take(in, (n + 7) / 8);
	if (!nulls || !meta_bytes.p)
		return err_set(err, ERR_DATA, "TABLE_MAP event is cut short");
	meta = cursor_of(meta_bytes.p, meta_bytes.n);
	for (size_t i = 0; i < n; i++) {
		struct column *col = &t->columns[i];

		col->type = types[i];
		col->nullable = nulls[i / 8] >> i % 8 & 1;
		if (!value_type(types[i]) || !value_read_meta(col, &meta))
			return err_set(err, ERR_DATA,
			    "column %zu: unknown type %u, metadata 0x%04x",
			    i + 1, types[i], col->meta);
	}
	if (cursor_left(&meta) > 0)
		return err_set(err, ERR_DATA, "TABLE_MAP event: %zu bytes of "
		    "metadata belong to no column", cursor_left(&meta));
	return 0;
}

static int
read_optional(struct table *t, struct cursor *in, struct err *err)
{
	bool seen[256] = { false };

	while (cursor_left(in) > 0) {
		uint8_t type = take_u8(in);
		struct span value = take_span(in, take_lenenc(in));
		struct cursor part;

		if (in->bad)
			return err_set(err, ERR_DATA,
			    "TABLE_MAP event: optional metadata is cut "
			    "short");
		part = cursor_of(value.p, value.n);
		if (seen[type] || !read_metadata(t, type, &part))
			return err_set(err, ERR_DATA, "TABLE_MAP event: "
			    "optional metadata %u is malformed", type);
		seen[type] = true;
	}
	return 0;
}

int
table_map_parse(struct table *t, const struct binlog_event *ev,
    const struct binlog_format *format, struct err *err)
{
	struct cursor in;

	if (format->npost >= EVENT_TABLE_MAP &&
	    format->post[EVENT_TABLE_MAP - 1] != POST_HEADER)
		return err_set(err, ERR_DATA, "TABLE_MAP event of MySQL 5.1 "
		    "before its release: its rows are another form");
	*t = (struct table){
		.row_start = -1, .row_end = -1, .mysql = !format->mariadb,
	};
	t->raw = xmemdup(ev->body, ev->body_n);
	t->raw_n = ev->body_n;
	in = cursor_of(t->raw, t->raw_n);
	if (!read_front(&in, &t->id, &t->db, &t->name))
		return err_set(err, ERR_DATA, "TABLE_MAP event is cut short");
	if (read_columns(t, &in, err) < 0 || read_optional(t, &in, err) < 0)
		return err_wrap(err, "table %.*s.%.*s", (int)t->db.n,
		    t->db.p, (int)t->name.n, t->name.p);
	for (size_t i = 0; i < t->ncolumns && format->old_times; i++)
		if (value_is_old_temporal(t->columns[i].type))
			t->columns[i].declared = (uint8_t)
			    value_type(t->columns[i].type)->as;
	return 0;
}

void
table_map_name_column(struct table *t, size_t i, const char *name)
{
	if (!t->own_names)
		t->own_names = xcalloc(t->ncolumns, sizeof(*t->own_names));
	free(t->own_names[i]);
	t->own_names[i] = xstrdup(name);
	t->columns[i].name = span_of(t->own_names[i]);
}

static void
number_columns(struct table *t)
{
	for (size_t i = 0; i < t->ncolumns; i++) {
		struct buf name = { 0 };

		buf_printf(&name, "@%zu", i + 1);
		table_map_name_column(t, i, buf_cstr(&name));
		buf_free(&name);
	}
}

void
table_map_bind(struct table *t, const struct value_modes *modes)
{
	if (!t->named)
		number_columns(t);
	for (size_t i = 0; i < t->ncolumns; i++) {
		struct column *col = &t->columns[i];
		bool known = quote_labels(col);

		value_bind_column(col, modes);
		if (known)
			continue;
		col->print = NULL;
		col->refused = "the character set of its labels is not "
		    "decoded yet";
	}
}

size_t
table_map_cost(const struct table *t)
{
	size_t cost = sizeof(*t) + 2 * t->raw_n;

	for (size_t i = 0; i < t->ncolumns; i++)
		cost += sizeof(struct column) + 128 + t->columns[i].name.n +
		    t->columns[i].nlabels * (sizeof(struct span) + 80);
	return cost;
}

void
table_map_clear(struct table *t)
{
	for (size_t i = 0; t->columns && i < t->ncolumns; i++) {
		struct column *col = &t->columns[i];

		for (size_t k = 0; k < col->nlabels; k++)
			if (col->labels_ready)
				free((char *)col->labels[k].p);
		free(col->labels);
	}
	for (size_t i = 0; t->own_names && i < t->ncolumns; i++)
		free(t->own_names[i]);
	free(t->own_names);
	free(t->columns);
	free(t->key);
	free(t->raw);
	*t = (struct table){ 0 };
}

int
table_map_key_slot(const struct table *t, size_t column)
{
	for (size_t k = 0; k < t->nkey; k++)
		if (t->key[k] == column)
			return (int)k;
	return -1;
}

void
table_map_key_drop(struct table *t, size_t column)
{
	size_t n = 0;

	for (size_t k = 0; k < t->nkey; k++)
		if (t->key[k] != column)
			t->key[n++] = t->key[k];
	t->nkey = n;
}
