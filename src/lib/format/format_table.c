/* SPDX-License-Identifier: MIT */
#include "format/format_table.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/array.h"
#include "format/format.h"
#include "json/scan.h"
#include "schema/schema_file.h"

enum { MAX_TABLES = 1 << 20 };  /* no server has as many */

void
format_tables_open(struct format_tables *t, const struct format *format,
    const struct known_modes *modes, bool typed)
{
	*t = (struct format_tables){ .format = format, .modes = *modes,
		.typed = typed, .schemas = schemas_new() };
}

/* Its columns may be others now. */
static void
forget(struct format_tables *t, struct format_table *table, bool gone)
{
	if (table->own)
		t->format->forget(table, gone);
	for (size_t i = 0; i < table->ncolumns; i++) {
		source_column_clear(&table->columns[i]->as);
		free((void *)table->columns[i]->name.p);
		free((void *)table->columns[i]->text.p);
		free(table->columns[i]);
	}
	free(table->columns);
	table->columns = NULL;
	table->ncolumns = 0;
	table->nkey = table->schema && table->schema->nkeys ?
	    table->schema->keys[0].ncolumns : 0;
	table->version = ++t->versions;
}

void
format_tables_close(struct format_tables *t)
{
	for (size_t i = 0; i < t->n; i++) {
		forget(t, t->all[i], true);
		free((void *)t->all[i]->db.p);
		free((void *)t->all[i]->name.p);
		free(t->all[i]);
	}
	free(t->all);
	hash_clear(&t->names);
	if (t->schemas)
		schemas_free(t->schemas);
	*t = (struct format_tables){ 0 };
}

static uint64_t
hash_of(struct span db, struct span name)
{
	return hash_span(name, hash_span(db, hash_seed()));
}

static struct format_table *
known_table(const struct format_tables *t, struct span db, struct span name)
{
	struct hash_slot *slot = hash_find(&t->names, hash_of(db, name));

	for (; slot; slot = hash_next(&t->names, slot)) {
		struct format_table *table = t->all[hash_value(slot)];

		if (span_eq(name, table->name) && span_eq(db, table->db))
			return table;
	}
	return NULL;
}

static struct format_table *
new_table(struct format_tables *t, struct span db, struct span name)
{
	struct format_table *table = xcalloc(1, sizeof(*table));

	table->db = (struct span){ xmemdup(db.p, db.n), db.n };
	table->name = (struct span){ xmemdup(name.p, name.n), name.n };
	table->schema = schemas_newest(t->schemas, table->db, table->name,
	    true);
	forget(t, table, false);
	hash_add(&t->names, hash_of(db, name), t->n);
	*ARRAY_ADD(t->all, t->n) = table;
	return table;
}

static int
no_schema(const struct format_tables *t, const struct format_table *table,
    struct err *err)
{
	err_set(err, ERR_DATA, "no schema record describes table %s.%s, and "
	    "--to %s needs the types of its columns", table->db.p,
	    table->name.p, t->format->name);
	return err_hint(err, "cdc-tail --control prints schema records; "
	    "--schema FILE reads those of another stream");
}

int
format_tables_named(struct format_tables *t, struct span db, struct span name,
    struct format_table **found, struct err *err)
{
	struct format_table *table;

	if (!name.n || memchr(name.p, '\0', name.n) ||
	    (db.n && memchr(db.p, '\0', db.n)))
		return err_set(err, ERR_DATA, "the name of its table is none");
	table = known_table(t, db, name);
	if (!table && t->n == MAX_TABLES)
		return err_set(err, ERR_DATA, "more than %d tables",
		    MAX_TABLES);
	*found = table ? table : new_table(t, db, name);
	return 0;
}

int
format_tables_find(struct format_tables *t, struct record *rec,
    struct format_table **found, struct err *err)
{
	struct format_table *table = t->last;
	struct span db, name;

	if (!record_table(rec, &db, &name) &&
	    !record_topic_table(rec, &db, &name))
		return err_set(err, ERR_DATA, "the record names no table");
	if ((!table || !span_eq(name, table->name) ||
	    !span_eq(db, table->db)) &&
	    format_tables_named(t, db, name, &table, err) < 0)
		return -1;
	t->last = *found = table;
	return t->typed && !table->schema ? no_schema(t, table, err) : 0;
}

/* Those that cdc-unwrap adds (__op, __deleted) have no type. */
static bool
is_added(struct span text)
{
	return text.n > 2 && text.p[0] == '_' && text.p[1] == '_';
}

static int
no_column(const struct format_tables *t, const struct format_table *table,
    struct span text, struct err *err)
{
	err_set(err, ERR_DATA, "the schema record of table %s.%s has no "
	    "column %.*s, and --to %s needs its type", table->db.p,
	    table->name.p, (int)text.n, text.p, t->format->name);
	return err_hint(err, "the record is of another version of the table: "
	    "use the schema records of this stream (cdc-tail --control)");
}

/* The same name, in another spelling. */
static struct format_column *
column_of(const struct format_table *table, struct span text)
{
	for (size_t i = 0; i < table->ncolumns; i++)
		if (span_eq(table->columns[i]->text, text))
			return table->columns[i];
	return NULL;
}

static int
bind(struct format_tables *t, struct format_table *table, struct span name,
    struct format_column **found, struct err *err)
{
	struct buf scratch = { 0 };
	struct span text = json_string_text(name, &scratch);
	const struct schema_column *from = table->schema ?
	    schema_column_find(table->schema, text) : NULL;
	struct format_column *column = column_of(table, text);
	int status = 0;

	if (column) {
		*found = column;
		goto out;
	}
	if (t->typed && !from && !is_added(text)) {
		status = no_column(t, table, text, err);
		goto out;
	}
	column = xcalloc(1, sizeof(*column));
	column->name = (struct span){ xmemdup(name.p, name.n), name.n };
	column->text = (struct span){ xmemdup(text.p, text.n), text.n };
	column->as.key_part = -1;
	column->schema = from;
	column->at = table->ncolumns;
	if (from) {
		column->type = schema_column_type(from);
		source_column_take(&column->as, table->schema, from);
		source_column_bind(&column->conversion, &column->as, from,
		    &t->modes);
	}
	*ARRAY_ADD(table->columns, table->ncolumns) = column;
	*found = column;
out:
	buf_free(&scratch);
	return status;
}

int
format_tables_column(struct format_tables *t, struct format_table *table,
    struct span name, size_t *next, struct format_column **column,
    struct err *err)
{
	struct format_column *expected = *next < table->ncolumns ?
	    table->columns[*next] : NULL;

	if (expected && span_eq(expected->name, name)) {
		*column = expected;
		++*next;
		return 0;
	}
	for (size_t i = 0; i < table->ncolumns; i++) {
		if (!span_eq(table->columns[i]->name, name))
			continue;
		*column = table->columns[i];
		*next = i + 1;
		return 0;
	}
	*next = table->ncolumns + 1;
	return bind(t, table, name, column, err);
}

static struct span
spelled(const struct format_table *table, struct span name)
{
	const struct schema_column *column = table->schema ?
	    schema_column_find(table->schema, name) : NULL;

	if (column)
		return span_of(column->name);
	for (size_t i = 0; i < table->ncolumns; i++)
		if (schema_same_name(table->columns[i]->text.p, name))
			return table->columns[i]->text;
	return (struct span){ NULL, 0 };
}

int
format_table_check_column(const struct format_table *table, struct span name,
    const char *option, struct err *err)
{
	struct span has;

	if (column_of(table, name))
		return 0;
	has = spelled(table, name);
	if (has.p && span_eq(has, name))
		return 0;
	err_set(err, ERR_DATA, "table %s.%s has no column %.*s (%s)",
	    table->db.p, table->name.p, (int)name.n, name.p, option);
	if (has.p)
		return err_hint(err, "it has %.*s: names are written as "
		    "records have them", (int)has.n, has.p);
	return err_hint(err, "cdc-filter --include-table keeps the tables that "
	    "have it");
}

/* What is known of tables may be something else now. */
static void
look_again(struct format_tables *t)
{
	for (size_t i = 0; i < t->n; i++) {
		struct format_table *table = t->all[i];
		const struct schema_table *schema = schemas_newest(t->schemas,
		    table->db, table->name, true);

		if (schema == table->schema)
			continue;
		table->schema = schema;
		forget(t, table, false);
	}
}

/* An ALTER not understood: it may have changed what its record does not
 * say. */
static void
unlearn(struct format_tables *t, const struct record *rec)
{
	struct span source = object_member(rec->body, "source");
	struct buf db = { 0 }, name = { 0 };

	if (json_inside(object_member(rec->body, "ddl")).p &&
	    span_is(object_member(rec->body, "tableChanges"), "[]")) {
		object_text(&db, source, "db");
		object_text(&name, source, "table");
		if (db.n && name.n)
			schemas_unlearn(t->schemas, buf_view(&db),
			    buf_view(&name));
	}
	buf_free(&db);
	buf_free(&name);
}

int
format_tables_learn(struct format_tables *t, const struct record *rec,
    struct err *err)
{
	unlearn(t, rec);
	if (schemas_take(t->schemas, rec->body, err) < 0)
		return -1;
	look_again(t);
	return 0;
}

void
format_tables_take_modes(struct format_tables *t, struct span modes)
{
	if (!known_modes_take(&t->modes, modes))
		return;
	for (size_t i = 0; i < t->n; i++)
		forget(t, t->all[i], false);
}
