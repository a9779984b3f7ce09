/* SPDX-License-Identifier: MIT */
#include "show/seen.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/integer.h"
#include "json/object.h"
#include "json/scan.h"
#include "show/show_text.h"

/* More are forgotten, and learned again: no server has as many. */
enum {
	MOST_BYTES = 64 << 20,
	MOST_COLUMNS = 8192,    /* of a table, from row to row */
	NAME_ROOM = 64, WHOLE_NAME = 512,
};

static bool
same(struct span a, struct span b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static struct span
own(struct seen *k, struct span text)
{
	k->bytes += text.n + sizeof(struct seen_column);
	return (struct span){ xmemdup(text.p ? text.p : "", text.n), text.n };
}

static void
free_column(struct seen_column *c)
{
	free((char *)c->raw.p);
	buf_free(&c->shown);
	buf_free(&c->type);
}

static void
forget_columns(struct seen_table *t)
{
	for (size_t i = 0; i < t->ncolumns; i++)
		free_column(&t->columns[i]);
	free(t->columns);
	t->columns = NULL;
	t->ncolumns = t->cap = 0;
	hash_clear(&t->names);
}

static void
free_table(struct seen_table *t)
{
	forget_columns(t);
	free((char *)t->db.p);
	free((char *)t->name.p);
	buf_free(&t->shown);
	buf_free(&t->connect);
	free(t);
}

void
seen_clear(struct seen *k)
{
	for (size_t i = 0; i < k->ntables; i++)
		free_table(k->tables[i]);
	free(k->tables);
	hash_clear(&k->names);
	k->tables = NULL;
	k->ntables = k->cap = k->bytes = 0;
	k->last = NULL;
}

/* Names of a server are shown whole, in any letters. */
static size_t
name_room(struct span name)
{
	return name.n <= WHOLE_NAME ? SIZE_MAX / 2 : NAME_ROOM;
}

/* What a column is to the decoders: anything fits. */
static const struct target_column any = {
	.name = "", .type = "", .class = CLASS_OTHER, .nullable = true,
	.length = UINT64_MAX, .digits = 6, .key_part = -1,
};
static const struct target_column any_bits = {
	.name = "", .type = "", .class = CLASS_BIT, .nullable = true,
	.length = UINT64_MAX, .key_part = -1,
};

static enum seen_form
form_of(enum type_class class, enum encoding encoding)
{
	switch (encoding) {
	case ENC_DAYS:
	case ENC_TIME_MILLIS:
	case ENC_TIME_MICROS:
	case ENC_TIME_NANOS:
	case ENC_MILLIS:
	case ENC_MICROS:
	case ENC_NANOS:
	case ENC_UNSCALED:
		return FORM_TEXT;
	case ENC_ISO:
		return class == CLASS_TIMESTAMP ? FORM_MOMENT : FORM_TEXT;
	case ENC_BASE64:
	case ENC_HEX:
		return FORM_BYTES;
	case ENC_BITS:
		return FORM_BITS;
	case ENC_GEOMETRY:
		return FORM_GEOMETRY;
	case ENC_PLAIN:
		return class == CLASS_DECIMAL || class == CLASS_INT ?
		    FORM_TEXT : FORM_PLAIN;
	default:
		return FORM_PLAIN;
	}
}

/* "decimal(10,2)", as a person would write it. */
static void
put_type(struct seen *k, struct seen_column *c,
    const struct schema_column *from)
{
	enum type_class class = schema_column_type(from)->class;
	struct buf type = { 0 };

	for (const char *p = from->type; *p; p++)
		buf_char(&type, (char)tolower((unsigned char)*p));
	if (class == CLASS_ENUM || class == CLASS_SET)
		;               /* what is told is the length of a label */
	else if (from->length >= 0 && from->scale >= 0)
		buf_printf(&type, "(%lld,%lld)", (long long)from->length,
		    (long long)from->scale);
	else if (from->length >= 0)
		buf_printf(&type, "(%lld)", (long long)from->length);
	if (from->is_unsigned)
		buf_str(&type, " unsigned");
	c->type.n = 0;
	show_text(k->page, &c->type, buf_view(&type), false, TEXT_BARE,
	    NAME_ROOM);
	buf_free(&type);
}

static bool
has_fraction(enum type_class class)
{
	return class == CLASS_TIME || class == CLASS_DATETIME;
}

/* By a schema record. */
static void
bind_told(struct seen *k, struct seen_column *c,
    const struct schema_column *from)
{
	enum type_class class = schema_column_type(from)->class;

	c->conversion = (struct conversion){
		.encoding = encoding_of(from, &k->told->modes, &any),
		.scale = from->scale < 0 ? 0 : from->scale,
	};
	c->form = form_of(class, c->conversion.encoding);
	c->bits = from->length > 0 ? (uint64_t)from->length : 1;
	c->digits = has_fraction(class) && from->length > 0 &&
	    from->length <= 6 ? (unsigned)from->length : 0;
	put_type(k, c, from);
}

/* By a field of Debezium's schema; its type is the last word of its name. */
static void
bind_connect(struct seen *k, struct seen_column *c, struct span field)
{
	static const char zoned[] = "io.debezium.time.ZonedTimestamp";
	struct span name = json_inside(object_member(field, "name"));
	struct span type = json_inside(object_member(field, "type"));
	struct buf length = { 0 };

	c->conversion = (struct conversion){ 0 };
	c->conversion.encoding = encoding_of_connect(field,
	    &c->conversion.scale, &k->told->modes, &any);
	c->form = form_of(json_inside_is(name, zoned) ? CLASS_TIMESTAMP :
	    CLASS_OTHER, c->conversion.encoding);
	if (json_inside_is(type, "boolean"))
		c->form = FORM_PLAIN;
	object_text(&length, object_member(field, "parameters"), "length");
	if (!integer_read(buf_view(&length), 64, &c->bits))
		c->bits = 1;
	buf_free(&length);
	while (name.n && memchr(name.p, '.', name.n)) {
		name.p++;
		name.n--;
	}
	show_text(k->page, &c->type, name.n ? name : type, true, TEXT_BARE,
	    NAME_ROOM);
}

static void
bind_column(struct seen *k, const struct seen_table *t, struct seen_column *c)
{
	struct buf scratch = { 0 };
	struct span name = json_string_text(c->raw, &scratch);
	const struct schema_column *from = t->schema ?
	    schema_column_find(t->schema, name) : NULL;
	struct span field = t->connect.n ? encoding_connect_field(
	    buf_view(&t->connect), name) : (struct span){ NULL, 0 };

	c->form = FORM_PLAIN;
	c->type.n = c->digits = 0;
	if (field.p)
		bind_connect(k, c, field);
	else if (from)
		bind_told(k, c, from);
	c->conversion.to = c->form == FORM_BITS ? &any_bits : &any;
	buf_free(&scratch);
}

void
seen_connect(struct seen *k, struct seen_table *t, struct span schema)
{
	if (schema.p && schema.p[0] != '{')
		schema.n = 0;
	if (same(schema, buf_view(&t->connect)))
		return;
	k->bytes += schema.n;
	t->connect.n = 0;
	buf_span(&t->connect, schema);
	for (size_t i = 0; i < t->ncolumns; i++)
		bind_column(k, t, &t->columns[i]);
}

static void
bind_table(struct seen *k, struct seen_table *t)
{
	struct buf db = { 0 }, name = { 0 };

	t->told_round = k->told->round;
	t->schema = told_table(k->told, json_string_text(t->db, &db),
	    json_string_text(t->name, &name));
	/* they may have another order now, too */
	forget_columns(t);
	buf_free(&db);
	buf_free(&name);
}

static struct seen_table *
add_table(struct seen *k, struct span db, struct span name, uint64_t hash)
{
	struct seen_table *t = xcalloc(1, sizeof(*t));

	*t = (struct seen_table){ .db = own(k, db), .name = own(k, name) };
	if (db.n) {
		t->shown_columns = show_text(k->page, &t->shown, db, true,
		    TEXT_NAME, name_room(db)) + 1;
		buf_char(&t->shown, '.');
	}
	if (db.p || name.p) {
		t->shown_columns += show_text(k->page, &t->shown, name, true,
		    TEXT_NAME, name_room(name));
	} else {
		buf_str(&t->shown, "(a table that is not named)");
		t->shown_columns = t->shown.n;
	}
	hash_add(&k->names, hash, k->ntables);
	*ARRAY_PUSH(k->tables, k->ntables, k->cap) = t;
	return t;
}

static struct seen_table *
find_table(struct seen *k, struct span db, struct span name)
{
	uint64_t hash = hash_span(name, hash_span(db, hash_seed()));
	struct hash_slot *slot = hash_find(&k->names, hash);

	for (; slot; slot = hash_next(&k->names, slot)) {
		struct seen_table *t = k->tables[hash_value(slot)];

		if (same(t->db, db) && same(t->name, name))
			return t;
	}
	return add_table(k, db, name, hash);
}

struct seen_table *
seen_table(struct seen *k, struct span db, struct span name)
{
	if (k->bytes > MOST_BYTES)
		seen_clear(k);
	if (!k->last || !same(k->last->name, name) || !same(k->last->db, db))
		k->last = find_table(k, db, name);
	if (k->last->ncolumns > MOST_COLUMNS)
		forget_columns(k->last);
	if (k->last->told_round != k->told->round)
		bind_table(k, k->last);
	k->last->round++;
	return k->last;
}

static struct seen_column *
find_column(struct seen *k, struct seen_table *t, struct span name)
{
	uint64_t hash = hash_span(name, hash_seed());
	struct hash_slot *slot = hash_find(&t->names, hash);
	struct seen_column *c;

	for (; slot; slot = hash_next(&t->names, slot))
		if (same(t->columns[hash_value(slot)].raw, name))
			return &t->columns[hash_value(slot)];
	hash_add(&t->names, hash, t->ncolumns);
	c = ARRAY_PUSH(t->columns, t->ncolumns, t->cap);
	*c = (struct seen_column){ .raw = own(k, name) };
	c->columns = show_text(k->page, &c->shown, name, true, TEXT_NAME,
	    name_room(name));
	bind_column(k, t, c);
	return c;
}

void
seen_note(struct seen *k, struct seen_table *t, size_t i,
    struct span name, enum side side, struct span value)
{
	struct seen_column *c = i < t->ncolumns &&
	    same(t->columns[i].raw, name) ? &t->columns[i] :
	    find_column(k, t, name);

	c->side[side] = value;
	c->seen[side] = t->round;
}
