/* SPDX-License-Identifier: MIT
 *
 * Cold: clarity before speed.
 */
#include "follow/followed_records.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/array.h"
#include "json/scan.h"
#include "json/write.h"
#include "follow/follow.h"
#include "record/table_id.h"
#include "schema/kinds.h"

/* A table of tableChanges, and what has become of it. */
struct changed {
	struct schema_lists *l;
	struct buf db, name;
	bool edited;
	char **columns;         /* of all tables */
	size_t ncolumns;
};

/* The next member of an object that is rewritten: its name is there, and
 * what is in front of it.  false after the last. */
static bool
put_name(struct buf *out, struct json_pos *at, char *sign, struct span *name,
    struct span *value)
{
	if (json_next(at, name) <= 0 || !json_value(at, value))
		return false;
	buf_char(out, *sign);
	buf_put(out, name->p - 1, name->n + 2);
	buf_char(out, ':');
	*sign = ',';
	return true;
}

/* ---- columns */

static bool
keeps_column(struct changed *c, struct span json)
{
	struct buf name = { 0 };
	bool keeps = json_inside(json).p &&
	    json_unescape(&name, json_inside(json)) &&
	    table_filter_keeps_column(c->l->lists, buf_view(&c->db),
	    buf_view(&c->name), buf_view(&name));

	buf_free(&name);
	return keeps;
}

static void
note_column(struct changed *c, struct span json)
{
	char *column = json_text(json);

	if (column)
		*ARRAY_ADD(c->columns, c->ncolumns) = column;
}

/* A column at its new place. */
static void
put_column(struct buf *out, struct span object, size_t position)
{
	struct json_pos at = json_at(object);
	struct span name, value;
	char sign = '{';

	json_enter(&at, '{');
	while (put_name(out, &at, &sign, &name, &value))
		if (json_inside_is(name, "position"))
			buf_u64(out, position);
		else
			buf_span(out, value);
	buf_char(out, '}');
}

static bool
element_keeps(struct changed *c, struct span element, const char *member)
{
	struct span name = member ? object_member(element, member) : element;

	if (member && strcmp(member, "name") == 0)
		note_column(c, name);
	return keeps_column(c, name);
}

/* An array without what names columns that are left out: by that member of its
 * elements, or (NULL) by themselves. */
static void
put_array(struct changed *c, struct buf *out, struct span array,
    const char *member)
{
	struct json_pos at = json_at(array);
	struct span element;
	size_t n = 0, start = out->n, before = 0;

	if (!json_enter(&at, '[')) {
		buf_span(out, array);
		return;
	}
	buf_char(out, '[');
	while (json_next_element(&at) > 0 && json_value(&at, &element)) {
		before++;
		if (!element_keeps(c, element, member))
			continue;
		if (n++)
			buf_char(out, ',');
		if (member && strcmp(member, "name") == 0)
			put_column(out, element, n);
		else
			buf_span(out, element);
	}
	buf_char(out, ']');
	if (n < before) {
		c->edited = true;
		return;
	}
	out->n = start;
	buf_span(out, array);
}

/* {"primaryKeyColumnNames":…,"columns":…,"attributes":…} */
static void
put_table(struct changed *c, struct buf *out, struct span table)
{
	static const struct { const char *name, *member; } arrays[] = {
		{ "columns", "name" }, { "primaryKeyColumnNames", NULL },
		{ "attributes", "value" },
	};
	struct json_pos at = json_at(table);
	struct span name, value;
	char sign = '{';

	if (!json_enter(&at, '{')) {
		buf_span(out, table);
		return;
	}
	while (put_name(out, &at, &sign, &name, &value)) {
		size_t i = 0;

		while (i < 3 && !json_inside_is(name, arrays[i].name))
			i++;
		if (i < 3)
			put_array(c, out, value, arrays[i].member);
		else
			buf_span(out, value);
	}
	buf_char(out, '}');
}

/* ---- tables */

static bool
follows(struct schema_lists *l, const struct buf *db, const struct buf *name)
{
	return table_filter_keeps(l->lists, buf_view(db), buf_view(name));
}

static void
put_previous(struct changed *c, struct buf *out, struct span id)
{
	struct buf db = { 0 }, name = { 0 };

	if (table_id_take(id, &db, &name) && !follows(c->l, &db, &name)) {
		buf_str(out, "null");
		c->edited = true;
	} else {
		buf_span(out, id);
	}
	buf_free(&db);
	buf_free(&name);
}

static void
put_change(struct changed *c, struct buf *out, struct span change)
{
	struct json_pos at = json_at(change);
	struct span name, value;
	size_t start = out->n;
	bool edited = c->edited;
	char sign = '{';

	c->edited = false;
	json_enter(&at, '{');
	while (put_name(out, &at, &sign, &name, &value))
		if (json_inside_is(name, "table") &&
		    table_filter_edits(c->l->lists))
			put_table(c, out, value);
		else if (json_inside_is(name, "previousId"))
			put_previous(c, out, value);
		else
			buf_span(out, value);
	buf_char(out, '}');
	if (!c->edited) {               /* as it stands */
		out->n = start;
		buf_span(out, change);
	}
	c->edited = c->edited || edited;
}

/* The table of a change: its id, else the record's. */
static bool
name_change(struct changed *c, struct record *rec, struct span change)
{
	struct span db, name;

	if (table_id_take(object_member(change, "id"), &c->db, &c->name))
		return true;
	if (object_member(change, "id").p || !record_table(rec, &db, &name))
		return false;
	c->db.n = c->name.n = 0;
	buf_span(&c->db, db);
	buf_span(&c->name, name);
	return true;
}

/* The followed tables of tableChanges, into l->changes: how many there are; -1
 * if one has no name. */
static int
follow_changes(struct changed *c, struct record *rec, struct span array,
    size_t *total)
{
	struct buf *out = &c->l->changes;
	struct json_pos at = json_at(array);
	struct span change;
	int n = 0;

	out->n = 0;
	buf_char(out, '[');
	if (array.p && json_enter(&at, '['))
		while (json_next_element(&at) > 0 &&
		    json_value(&at, &change)) {
			++*total;
			if (!name_change(c, rec, change))
				return -1;
			if (!follows(c->l, &c->db, &c->name))
				continue;
			if (n++)
				buf_char(out, ',');
			put_change(c, out, change);
		}
	buf_char(out, ']');
	return n;
}

/* ---- the record */

/* Put the followed tables' names where source.table has others. */
static void
replace_tables(struct schema_lists *l, struct record *rec,
    const struct buf *tables)
{
	struct buf scratch = { 0 };

	if (rec->table.p && table_filter_active(l->lists) && tables->n &&
	    !span_eq(
		json_string_text(rec->table, &scratch), buf_view(tables))) {
		l->tables_json.n = 0;
		json_part(&l->tables_json, buf_view(tables));
		record_replace(rec, rec->table, buf_view(&l->tables_json));
	}
	buf_free(&scratch);
}

/* The database under which a record's statement is read. */
static void
take_db(struct schema_lists *l, struct record *rec)
{
	struct span db = json_inside(object_member(rec->body,
	    "databaseName"));

	l->db.n = 0;
	if (!db.p)
		db = rec->db;
	if (db.p)
		json_unescape(&l->db, db);
}

/* A statement that is rewritten is not the source's any more, whose bytes
 * may tell what is left out. */
static void
forget_bytes(struct record *rec)
{
	struct span bytes = object_member(object_member(rec->body, "session"),
	    "statement");

	if (bytes.p)
		record_replace(rec, bytes, SPAN("null"));
}

static int
follow_ddl(struct schema_lists *l, struct record *rec, struct span ddl,
    const struct changed *c, struct err *err)
{
	struct following out = { 0 };
	struct action s;
	struct span db;
	int got;

	take_db(l, rec);
	db = l->db.n ? buf_view(&l->db) : SPAN("");
	l->ddl.n = 0;
	json_unescape(&l->ddl, json_inside(ddl));
	action_read(&s, buf_view(&l->ddl), db, (unsigned)object_number(
	    object_member(rec->body, "session"), "sql_mode") & SQL_MODES);
	got = follow_statement(&s, l->lists, db, c->columns, c->ncolumns, &out,
	    err);
	if (got == FOLLOW_PART) {
		l->ddl_json.n = 0;
		json_string(&l->ddl_json, buf_view(&out.text));
		record_replace(rec, ddl, buf_view(&l->ddl_json));
		forget_bytes(rec);
	}
	if (got > 0)
		replace_tables(l, rec, &out.tables);
	action_clear(&s);
	follow_clear(&out);
	return got < 0 ? err_wrap(err, "line %" PRIu64, rec->line.number) :
	    got != FOLLOW_NOTHING;
}

static int
no_name(const struct record *rec, struct err *err)
{
	err_set(err, ERR_DATA, "line %" PRIu64 ": a schema record that does "
	    "not name its table", rec->line.number);
	return err_hint(err, "lists cannot judge it: no id in tableChanges, "
	    "no db and table in source");
}

/* Without a statement: by its tables, else by its source. */
static int
follow_tables(struct schema_lists *l, struct record *rec, int kept,
    size_t total, struct err *err)
{
	struct span db, table;

	if (total)
		return kept > 0;
	if (!record_table(rec, &db, &table))
		return table_filter_active(l->lists) ? no_name(rec, err) : 1;
	return table_filter_keeps(l->lists, db, table);
}

int
followed_record_make(struct schema_lists *l, struct record *rec,
    struct err *err)
{
	struct span array = object_member(rec->body, "tableChanges");
	struct span ddl = object_member(rec->body, "ddl");
	struct changed c = { .l = l };
	size_t total = 0;
	int kept, got;

	if (record_check_control(rec, err) < 0)
		return -1;
	if (schema_kinds_check(rec->body, err) < 0)
		return err_wrap(err, "line %" PRIu64, rec->line.number);
	kept = follow_changes(&c, rec, array, &total);
	if (kept < 0)
		got = no_name(rec, err);
	else if (json_inside(ddl).p)
		got = follow_ddl(l, rec, ddl, &c, err);
	else
		got = follow_tables(l, rec, kept, total, err);
	if (got > 0 && ((size_t)kept < total || c.edited))
		record_replace(rec, array, buf_view(&l->changes));
	for (size_t i = 0; i < c.ncolumns; i++)
		free(c.columns[i]);
	free(c.columns);
	buf_free(&c.db);
	buf_free(&c.name);
	return got;
}

void
followed_lists_clear(struct schema_lists *l)
{
	buf_free(&l->db);
	buf_free(&l->ddl);
	buf_free(&l->changes);
	buf_free(&l->ddl_json);
	buf_free(&l->tables_json);
}
