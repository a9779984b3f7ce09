/* SPDX-License-Identifier: MIT
 *
 * Schema records: columns have the types of what is printed; what tells values
 * of masked columns (defaults, labels, comments, statements) is left out.
 * Cold: clarity before speed.
 */
#include "mask/masker_parts.h"

#include <inttypes.h>

#include "base/log.h"
#include "json/scan.h"
#include "json/write.h"
#include "mask/masked_type.h"
#include "mask/masker_ddl.h"
#include "record/table_id.h"
#include "sql/lex.h"

/* Of a record: how many tables it describes, and how many of them have masked
 * columns. */
struct described {
	size_t tables, masked;
};

/* ---- columns */

static int64_t
number_of(struct span object, const char *name)
{
	uint64_t v;

	return object_whole(object, name, &v) && v <= INT64_MAX ? (int64_t)v :
	    -1;
}

static void
put_number(struct buf *out, int64_t v)
{
	if (v < 0)
		buf_str(out, "null");
	else
		buf_i64(out, v);
}

static bool
put_length(struct buf *out, const struct masked_type *t)
{
	put_number(out, t->length);
	return true;
}

static bool
put_scale(struct buf *out, const struct masked_type *t)
{
	put_number(out, t->scale);
	return true;
}

static bool
put_type(struct buf *out, const struct masked_type *t)
{
	if (t->changes)
		json_words(out, buf_view(&t->name));
	return t->changes;
}

static bool
put_jdbc(struct buf *out, const struct masked_type *t)
{
	if (t->changes)
		buf_i64(out, t->jdbc);
	return t->changes;
}

static bool
put_charset(struct buf *out, const struct masked_type *t)
{
	if (t->text)
		buf_str(out, "\"utf8mb4\"");
	else if (t->changes)
		buf_str(out, "null");
	return t->text || t->changes;
}

static bool
put_false(struct buf *out, const struct masked_type *t)
{
	(void)t;
	buf_str(out, "false");
	return true;
}

static bool
put_as_it_is(struct buf *out, const struct masked_type *t)
{
	(void)out;
	(void)t;
	return false;
}

/* Members of a column that is masked: each writes what becomes of it, or it
 * stays (false); the others become null. */
static const struct {
	const char *name;
	bool (*put)(struct buf *out, const struct masked_type *t);
} members[] = {
	{ "name", put_as_it_is }, { "position", put_as_it_is },
	{ "optional", put_as_it_is }, { "jdbcType", put_jdbc },
	{ "typeName", put_type }, { "typeExpression", put_type },
	{ "charsetName", put_charset }, { "length", put_length },
	{ "scale", put_scale }, { "autoIncremented", put_false },
	{ "generated", put_false }, { "hasDefaultValue", put_false },
};

enum { MEMBERS_OF_COLUMN = sizeof(members) / sizeof(*members) };

static void
put_member(struct buf *out, struct span name, struct span value,
    const struct mask_rule *rule, const struct masked_type *t)
{
	size_t i = 0;

	while (i < MEMBERS_OF_COLUMN && !json_inside_is(name,
	    members[i].name))
		i++;
	if (i == MEMBERS_OF_COLUMN)
		buf_str(out, "null");
	else if (rule->kind == MASK_NULL && json_inside_is(name, "optional"))
		buf_str(out, "true");
	else if (!members[i].put(out, t))
		buf_span(out, value);
}

/* {"name":…} as it becomes. */
static void
put_column(struct buf *out, struct span column, const struct mask_rule *rule,
    const struct masked_type *t)
{
	struct json_pos at = json_at(column);
	struct span name, value;
	char sign = '{';

	json_enter(&at, '{');
	while (json_next(&at, &name) > 0 && json_value(&at, &value)) {
		buf_char(out, sign);
		buf_put(out, name.p - 1, name.n + 2);
		buf_char(out, ':');
		put_member(out, name, value, rule, t);
		sign = ',';
	}
	buf_str(out, sign == '{' ? "{}" : "}");
}

/* A column of those of the table in hand: 1 it is masked, 0, -1. */
static int
mask_column(struct masker *m, struct record *rec, struct span columns,
    struct span column, struct buf *out, struct err *err)
{
	struct span name = json_inside(object_member(column, "name"));
	struct masked_type t = { .jdbc = 0 };
	const struct mask_column *c;
	struct buf type = { 0 }, plain = { 0 };
	int64_t length = number_of(column, "length");
	const char *why;

	if (!name.p)
		return record_fault(rec, "a column without a name", err);
	c = mask_columns_find(&m->columns, m->table, name, SIZE_MAX);
	if (!c->rule && m->opt->fail_on_unlisted)
		return masker_refuse_unlisted(m, rec, columns, err);
	if (!c->rule || c->rule->kind == MASK_PASS) {
		buf_span(out, column);
		return 0;
	}
	object_text(&type, column, "typeName");
	why = masked_type_find(c->rule, buf_view(&type), length,
	    number_of(column, "scale"), &t);
	if (why) {
		masker_refuse(m, rec, name, why, err);
	} else {
		put_column(out, column, c->rule, &t);
		mask_columns_know(&m->columns, m->table->db,
		    m->table->table, json_string_text(name, &plain),
		    c->rule->digest ? masked_type_limit(c->rule,
		    buf_view(&type), length) : 0);
	}
	buf_free(&t.name);
	buf_free(&type);
	buf_free(&plain);
	return why ? -1 : 1;
}

/* Does the server calculate it, maybe of what is masked, without a rule? */
static bool
is_doubtful(struct masker *m, struct span column)
{
	struct span name = json_inside(object_member(column, "name"));

	return name.p && span_is(object_member(column, "generated"),
	    "true") && !span_is(object_member(column, "autoIncremented"),
	    "true") && !mask_columns_find(&m->columns, m->table, name,
	    SIZE_MAX)->rule;
}

/* The record does not tell of what a column is generated. */
static void
warn_generated(struct masker *m, struct span array)
{
	struct json_pos at = json_at(array);
	struct buf plain = { 0 };
	struct span column;

	json_enter(&at, '[');
	while (json_next_element(&at) > 0 && json_value(&at, &column)) {
		struct span name;

		if (!is_doubtful(m, column))
			continue;
		name = json_value_text(object_member(column, "name"), &plain);
		log_warn("column %s.%s.%.*s is generated and may repeat a "
		    "masked value: no rule decides about it", m->table->db.p,
		    m->table->table.p, (int)name.n, name.p);
	}
	buf_free(&plain);
}

/* ---- tables */

/* An array of columns; *masked: how many of them are. */
static int
put_columns(struct masker *m, struct record *rec, struct span array,
    struct buf *out, size_t *masked, struct err *err)
{
	struct json_pos at = json_at(array);
	struct span element;
	size_t n = 0;
	char sign = '[';

	json_enter(&at, '[');
	for (; json_next_element(&at) > 0 && json_value(&at, &element); n++) {
		int got;

		buf_char(out, sign);
		sign = ',';
		got = mask_column(m, rec, array, element, out, err);
		if (got < 0)
			return -1;
		*masked += (size_t)got;
	}
	m->table->described = n && m->table->ncolumns >= n;
	if (*masked)
		warn_generated(m, array);
	buf_str(out, sign == '[' ? "[]" : "]");
	return 0;
}

/* Attributes but for those that call a masked column's default an
 * expression. */
static void
put_attributes(struct masker *m, struct span array, struct buf *out)
{
	struct json_pos at = json_at(array);
	struct span element;
	char sign = '[';

	json_enter(&at, '[');
	while (json_next_element(&at) > 0 && json_value(&at, &element)) {
		struct span column = json_inside(object_member(element,
		    "value"));
		const struct mask_column *c = column.p ?
		    mask_columns_find(&m->columns, m->table, column,
		    SIZE_MAX) : NULL;

		if (c && c->rule && c->rule->kind != MASK_PASS &&
		    json_is_text(object_member(element, "name"),
		    "defaultExpression"))
			continue;
		buf_char(out, sign);
		buf_span(out, element);
		sign = ',';
	}
	buf_str(out, sign == '[' ? "[]" : "]");
}

/* {"primaryKeyColumnNames":…,"columns":…}; it is put as it stands if none of
 * them is masked. */
static int
put_table(struct masker *m, struct record *rec, struct span table,
    struct buf *out, size_t *masked, struct err *err)
{
	struct json_pos at = json_at(table);
	struct span name, value;
	size_t start = out->n;
	char sign = '{';

	if (!json_enter(&at, '{')) {
		buf_span(out, table);
		return 0;
	}
	while (json_next(&at, &name) > 0 && json_value(&at, &value)) {
		buf_char(out, sign);
		sign = ',';
		buf_put(out, name.p - 1, name.n + 2);
		buf_char(out, ':');
		if (json_inside_is(name, "columns") && value.p[0] == '[') {
			if (put_columns(m, rec, value, out, masked, err) < 0)
				return -1;
		} else if (json_inside_is(name, "attributes") &&
		    value.p[0] == '[') {
			put_attributes(m, value, out);
		} else if (json_inside_is(name, "comment")) {
			buf_str(out, "null");
		} else {
			buf_span(out, value);
		}
	}
	buf_str(out, sign == '{' ? "{}" : "}");
	if (*masked == 0) {
		out->n = start;
		buf_span(out, table);
	}
	return 0;
}

/* The table of a change: its id, else the record's. */
static bool
name_table(struct masker *m, struct record *rec, struct span change)
{
	struct span id = object_member(change, "id"), db, table;
	struct buf db_name = { 0 }, name = { 0 };
	bool named = table_id_take(id, &db_name, &name);

	if (named)
		m->table = mask_columns_table(&m->columns, buf_view(&db_name),
		    buf_view(&name));
	else if (!id.p && record_table(rec, &db, &table)) {
		m->table = mask_columns_table(&m->columns, db, table);
		named = true;
	}
	buf_free(&db_name);
	buf_free(&name);
	return named;
}

static int
put_change(struct masker *m, struct record *rec, struct span change,
    struct buf *out, struct described *is, struct err *err)
{
	struct span table = object_member(change, "table");
	size_t masked = 0;

	if (!name_table(m, rec, change))
		return record_fault(rec, "a schema record that does not name "
		    "its table", err);
	is->tables++;
	if (!table.p) {
		buf_span(out, change);
		return 0;
	}
	buf_put(out, change.p, (size_t)(table.p - change.p));
	if (put_table(m, rec, table, out, &masked, err) < 0)
		return -1;
	buf_put(out, table.p + table.n, (size_t)(change.p + change.n -
	    table.p - table.n));
	is->masked += masked > 0;
	return 0;
}

static int
put_changes(struct masker *m, struct record *rec, struct span array,
    struct described *is, struct err *err)
{
	struct json_pos at = json_at(array);
	struct span change;
	char sign = '[';

	m->changes.n = 0;
	if (!array.p || !json_enter(&at, '['))
		return 0;
	while (json_next_element(&at) > 0 && json_value(&at, &change)) {
		buf_char(&m->changes, sign);
		sign = ',';
		if (put_change(m, rec, change, &m->changes, is, err) < 0)
			return -1;
	}
	buf_str(&m->changes, sign == '[' ? "[]" : "]");
	return 0;
}

/* ---- statements */

static int
refuse_statement(const struct record *rec, const struct action *s,
    struct err *err)
{
	const struct act *on = s->nacts ? &s->acts[0] : NULL;

	err_set(err, ERR_CONFIG, "a statement%s%s%s%s whose values and "
	    "comments may be of masked columns", on ? " on " : "",
	    on ? on->db : "", on && on->name ? "." : "",
	    on && on->name ? on->name : "");
	masker_place(rec, err);
	return err_hint(err, "leave schema changes out, or let statements "
	    "pass as they are with --pass-statements");
}

/* CREATE SEQUENCE, ALTER SEQUENCE: they have no columns to mask. */
static bool
is_column_free(const struct action *s)
{
	return s->on == ON_TABLES && s->nacts == 1 && !s->trouble &&
	    s->acts[0].is_column_free;
}

/* The statement passes if it tells no values, or only those of a table that
 * has no masked columns; it is left out if tableChanges tell what it does. */
static int
mask_statement(struct masker *m, struct record *rec, const struct action *s,
    const struct described *is, struct err *err)
{
	struct span ddl = object_member(rec->body, "ddl");
	struct span session = object_member(rec->body, "session");
	struct masker_ddl has = masker_ddl_read(s->text, s->mode);
	bool of_none = is->tables ? !is->masked : is_column_free(s);

	if (m->opt->pass_statements || (!has.values && !has.comments) ||
	    (of_none && !has.comments && !has.selects))
		return 0;
	if (!is->tables)
		return refuse_statement(rec, s, err);
	record_replace(rec, ddl, SPAN("null"));
	if (session.p)
		record_replace(rec, session, SPAN("null"));
	return 0;
}

static int
judge_statement(struct masker *m, struct record *rec,
    const struct described *is, struct err *err)
{
	struct span ddl = json_inside(object_member(rec->body, "ddl"));
	struct span name = json_inside(object_member(rec->body,
	    "databaseName"));
	struct buf db = { 0 };
	struct action s;
	int status;

	if (!ddl.p)
		return 0;
	m->text.n = 0;
	json_unescape(&m->text, ddl);
	json_unescape(&db, name.p ? name : rec->db.p ? rec->db : SPAN(""));
	action_read(&s, buf_view(&m->text), db.n ? buf_view(&db) : SPAN(""),
	    (unsigned)object_number(object_member(rec->body, "session"),
	    "sql_mode") & SQL_MODES);
	status = masker_moves(m, rec, &s, err);
	if (status == 0)
		status = mask_statement(m, rec, &s, is, err);
	action_clear(&s);
	buf_free(&db);
	return status;
}

int
masker_schema(struct masker *m, struct record *rec, struct err *err)
{
	struct span array = object_member(rec->body, "tableChanges");
	struct described is = { 0, 0 };

	if (record_check_control(rec, err) < 0 ||
	    put_changes(m, rec, array, &is, err) < 0 ||
	    judge_statement(m, rec, &is, err) < 0)
		return -1;
	if (is.masked)
		record_replace(rec, array, buf_view(&m->changes));
	return 0;
}
