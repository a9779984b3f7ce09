/* SPDX-License-Identifier: MIT */
#include "copy/resume_key.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/hex.h"
#include "record/record.h"
#include "json/scan.h"

static const struct value_modes canonical = {
	.decimal = DECIMAL_STRING, .time = TIME_STRING, .binary = BINARY_HEX,
};

/* How a key's value becomes SQL again, if it does. */
static enum type_literal
literal_of(const struct resume_key *k, struct span column)
{
	const struct schema_column *c = schema_column_find(k->schema, column);

	return c ? schema_column_type(c)->literal : LITERAL_NONE;
}

static struct span
key_column(const struct resume_key *k, size_t part)
{
	const struct table *t = &k->rows.table;

	return t->columns[t->key[part]].name;
}

/* Of a text. */
static const struct charset *
key_charset(const struct resume_key *k, size_t part)
{
	const struct table *t = &k->rows.table;

	return t->columns[t->key[part]].charset;
}

int
resume_key_open(struct resume_key *k, const char *db, const char *name,
    const struct schema_table *schema, const char *prefix, struct err *err)
{
	bool ordered;

	if (copy_rows_open(&k->rows, db, name, schema, &canonical, prefix,
	    err) < 0)
		return -1;
	k->schema = schema_table_copy(schema);
	ordered = k->rows.table.nkey > 0;
	for (size_t i = 0; i < k->rows.table.nkey; i++)
		ordered = ordered && literal_of(k, key_column(k, i));
	if (!ordered)
		resume_key_close(k);
	return ordered;
}

void
resume_key_close(struct resume_key *k)
{
	copy_rows_close(&k->rows);
	if (k->schema)
		schema_table_free(k->schema);
	k->schema = NULL;
	row_image_free(&k->image);
	k->image = (struct row_image){ 0 };
}

int
resume_key_of(struct resume_key *k, const struct buf *image, struct buf *key,
    struct err *err)
{
	if (copy_rows_image(&k->rows, image, &k->image, err) < 0)
		return -1;
	key->n = 0;
	row_image_key(key, &k->image, NULL, &k->rows.layout);
	return 0;
}

/* A text of the key; false where it cannot be written. */
static bool
put_text(const struct charset *set, struct buf *text, struct statement *sql)
{
	enum taken taken = charset_take(set, set, text, 0);

	if (taken == TAKEN_BYTES)
		statement_add(sql, SQL("_"), SQL_WORD(span_of(set->name)),
		    SQL_BYTES(buf_view(text)));
	else
		statement_add(sql, SQL_TEXT(buf_view(text)));
	return taken != TAKEN_NOT;
}

/* A value of the key, as it was written; false where it cannot be. */
static bool
put_literal(enum type_literal how, const struct charset *set, struct span json,
    struct statement *sql)
{
	struct span inside = json.n && json.p[0] == '"' ? json_inside(json) :
	    json;
	struct buf text = { 0 }, scratch = { 0 };
	bool ok = how == LITERAL_NUMBER || (how == LITERAL_BYTES ?
	    hex_take(&text, json_string_text(inside, &scratch)) :
	    json_unescape(&text, inside));

	if (!ok)
		;
	else if (how == LITERAL_NUMBER)
		statement_add(sql, SQL_DECIMAL(inside));
	else if (how == LITERAL_BYTES)
		statement_add(sql, SQL_BYTES(buf_view(&text)));
	else
		ok = put_text(set, &text, sql);
	buf_free(&text);
	buf_free(&scratch);
	return ok;
}

bool
resume_key_of_logged(const struct table *t, const struct row_image *image,
    const struct row_image *other, struct buf *key)
{
	const struct record_template *plan = t->user;

	key->n = 0;
	for (size_t k = 0; k < t->nkey; k++) {
		struct column col = t->columns[t->key[k]];
		const struct row_image *from =
		    image->parts[k].n ? image : other;
		struct cursor in = cursor_of(from->parts[k].raw.p,
		    from->parts[k].raw.n);

		if (!from->parts[k].n)
			return false;
		buf_span(key, plan->key_members[k]);
		value_bind_column(&col, &canonical);
		if (!col.print || col.print(&col, &in, key) < 0)
			return false;
	}
	if (!key->n)
		return false;
	key->p[0] = '{';
	buf_char(key, '}');
	return true;
}

/* (a > 1 OR (a = 1 AND (b > 2 …))), or (a = 1 AND (b = 2 …)) */
static bool
put_parts(const struct resume_key *k, enum keys_side side, struct span key,
    struct statement *sql)
{
	static const struct sql_part first[] = {
		[KEYS_BEHIND] = SQL_INIT(" > "), [KEYS_UP_TO] = SQL_INIT(" < "),
		[KEYS_AT] = SQL_INIT(" = "),
	}, last[] = {
		[KEYS_BEHIND] = SQL_INIT(" > "),
		[KEYS_UP_TO] = SQL_INIT(" <= "),
		[KEYS_AT] = SQL_INIT(" = "),
	};
	size_t n = k->rows.table.nkey;

	for (size_t i = 0; i < n; i++) {
		struct span column = key_column(k, i);
		const struct charset *set = key_charset(k, i);
		char *name = xmemdup(column.p, column.n);
		struct span value = object_member(key, name);
		enum type_literal how = literal_of(k, column);

		free(name);
		if (!value.p)
			return false;
		statement_add(sql, SQL("("), SQL_NAME(column),
		    i + 1 == n ? last[side] : first[side]);
		if (!put_literal(how, set, value, sql))
			return false;
		if (i + 1 == n)
			break;
		if (side != KEYS_AT) {
			statement_add(sql, SQL(" OR ("), SQL_NAME(column),
			    SQL(" = "));
			put_literal(how, set, value, sql);
		}
		statement_add(sql, SQL(" AND "));
	}
	for (size_t i = 0; i < n; i++)
		statement_add(sql, i + 1 < n && side != KEYS_AT ?
		    SQL("))") : SQL(")"));
	return true;
}

bool
resume_key_put(const struct resume_key *k, enum keys_side side, struct span key,
    struct statement *sql)
{
	struct statement parts = { 0 };
	struct err bad = { 0 };
	struct span text;
	bool ok = put_parts(k, side, key, &parts) &&
	    statement_text(&parts, &text, &bad) == 0;

	if (ok)
		statement_add(sql, SQL_OF(&parts));
	statement_free(&parts);
	return ok;
}
