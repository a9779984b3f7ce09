/* SPDX-License-Identifier: MIT */
#include "format/maxwell_schema.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/array.h"
#include "charset/charset.h"
#include "ddl/alter.h"
#include "follow/action.h"
#include "format/format.h"
#include "json/scan.h"
#include "json/write.h"
#include "schema/schema_file.h"

/* A table as the last record said it is. */
struct maxwell_table {
	struct span db, name;   /* owned */
	char *charset;          /* or NULL */
	struct buf columns;     /* [{"type":…},…]; empty: not known */
	struct buf key;         /* ["id"] */
};

/* What a statement's messages share. */
struct telling {
	struct formatter *f;
	struct maxwell_schema *m;
	const struct record *rec;
	struct action action;
	struct buf ddl, db;
};

/* ,"name":"text", or null */
static void
put_or_null(struct buf *out, const char *name, const char *text)
{
	if (text)
		json_member(out, name, span_of(text));
	else
		json_value_member(out, name, SPAN("null"));
}

/* ---- tables */

static uint64_t
hash_of(struct span db, struct span name)
{
	return hash_span(name, hash_span(db, hash_seed()));
}

static struct hash_slot *
slot_of(const struct maxwell_schema *m, struct span db, struct span name)
{
	struct hash_slot *slot = hash_find(&m->names, hash_of(db, name));

	for (; slot; slot = hash_next(&m->names, slot)) {
		const struct maxwell_table *t = &m->tables[hash_value(slot)];

		if (span_eq(t->db, db) && span_eq(t->name, name))
			return slot;
	}
	return NULL;
}

/* It is void when another one is made or dropped. */
static struct maxwell_table *
table_of(struct maxwell_schema *m, struct span db, struct span name)
{
	struct hash_slot *slot = slot_of(m, db, name);
	struct maxwell_table *t;

	if (slot)
		return &m->tables[hash_value(slot)];
	hash_add(&m->names, hash_of(db, name), m->n);
	t = ARRAY_ADD(m->tables, m->n);
	*t = (struct maxwell_table){ .db = { xmemdup(db.p, db.n), db.n },
		.name = { xmemdup(name.p, name.n), name.n } };
	return t;
}

static void
unlearn(struct maxwell_table *t)
{
	free(t->charset);
	t->charset = NULL;
	t->columns.n = t->key.n = 0;
}

static void
table_clear(struct maxwell_table *t)
{
	unlearn(t);
	free((void *)t->db.p);
	free((void *)t->name.p);
	buf_free(&t->columns);
	buf_free(&t->key);
}

/* The last one takes its place. */
static void
drop(struct maxwell_schema *m, struct maxwell_table *t)
{
	struct maxwell_table *last = &m->tables[m->n - 1];

	hash_remove(&m->names, slot_of(m, t->db, t->name));
	table_clear(t);
	if (t != last) {
		hash_remove(&m->names, slot_of(m, last->db, last->name));
		hash_add(&m->names, hash_of(last->db, last->name),
		    (uint64_t)(t - m->tables));
		*t = *last;
	}
	m->n--;
}

static void
copy(struct maxwell_table *to, const struct maxwell_table *from)
{
	unlearn(to);
	to->charset = from->charset ? xstrdup(from->charset) : NULL;
	buf_span(&to->columns, buf_view(&from->columns));
	buf_span(&to->key, buf_view(&from->key));
}

/* Of labels, which are JSON strings. */
static void
put_labels(struct buf *out, const struct schema_column *col)
{
	buf_str(out, ",\"enum-values\":[");
	for (size_t i = 0; i < col->nlabels; i++) {
		if (i)
			buf_char(out, ',');
		buf_str(out, col->labels[i]);
	}
	buf_char(out, ']');
}

static void
put_column(struct buf *out, const struct schema_column *col)
{
	const struct sql_type *type = schema_column_type(col);
	struct buf word = { 0 };

	buf_str(&word, type->word[0] ? type->word : col->type);
	for (size_t i = 0; i < word.n; i++)
		word.p[i] = (char)tolower((unsigned char)word.p[i]);
	json_first(out, "type", buf_view(&word));
	buf_free(&word);
	json_member(out, "name", span_of(col->name));
	if (type->class == CLASS_INT)
		buf_str(out, col->is_unsigned ? ",\"signed\":false" :
		    ",\"signed\":true");
	else if (type->class == CLASS_BINARY)
		buf_str(out, ",\"charset\":\"binary\"");
	else if (type->class == CLASS_TEXT && type->id != DECLARED_JSON)
		put_or_null(out, "charset", col->charset);
	else if (type->class == CLASS_ENUM || type->class == CLASS_SET)
		put_labels(out, col);
	else if (type->class >= CLASS_TIME && type->class <= CLASS_TIMESTAMP)
		buf_printf(out, ",\"column-length\":%lld",
		    col->length > 0 ? (long long)col->length : 0);
	buf_char(out, '}');
}

static void
learn(struct maxwell_table *t, const struct schema_table *schema)
{
	const struct schema_key *key = schema->nkeys ? &schema->keys[0] : NULL;

	t->columns.n = t->key.n = 0;
	if (schema->charset) {
		free(t->charset);
		t->charset = xstrdup(schema->charset);
	}
	for (size_t i = 0; i < schema->ncolumns; i++) {
		buf_char(&t->columns, i ? ',' : '[');
		put_column(&t->columns, &schema->columns[i]);
	}
	buf_str(&t->columns, schema->ncolumns ? "]" : "[]");
	buf_char(&t->key, '[');
	for (size_t i = 0; key && i < key->ncolumns; i++) {
		if (i)
			buf_char(&t->key, ',');
		json_string(&t->key, span_of(key->columns[i]));
	}
	buf_char(&t->key, ']');
}

static void
put_definition(struct buf *out, const char *name,
    const struct maxwell_table *t)
{
	buf_str(out, name);
	if (!t->columns.n) {
		buf_str(out, "null");
		return;
	}
	json_first(out, "database", t->db);
	put_or_null(out, "charset", t->charset);
	json_member(out, "table", t->name);
	buf_str(out, ",\"columns\":");
	buf_span(out, buf_view(&t->columns));
	buf_str(out, ",\"primary-key\":");
	buf_span(out, buf_view(&t->key));
	buf_char(out, '}');
}

/* ---- messages */

static void
put_begin(struct telling *t, const char *type, struct span db)
{
	struct buf *out = &t->f->out.text;

	json_first(out, "type", span_of(type));
	json_member(out, "database", db);
}

static void
put_end(struct telling *t)
{
	struct buf *out = &t->f->out.text;
	struct span file = member_value(&t->rec->block, M_FILE);
	struct span pos = member_value(&t->rec->block, M_POS);

	json_value_member(out, "ts", member_value(&t->rec->block, M_TS_MS));
	json_value_member(out, "sql", object_member(t->rec->body, "ddl"));
	if (t->m->on->binlog_position && json_inside(file).p && pos.p) {
		buf_str(out, ",\"position\":\"");
		buf_span(out, json_inside(file));
		buf_char(out, ':');
		buf_span(out, pos);
		buf_char(out, '"');
	}
	if (t->m->on->gtid_position)
		json_value_member(out, "gtid",
		    member_value(&t->rec->block, M_GTID));
	buf_str(out, "}\n");
}

static void
tell_table(struct telling *t, const char *type, struct maxwell_table *old,
    struct maxwell_table *table)
{
	struct buf *out = &t->f->out.text;

	put_begin(t, type, old ? old->db : table->db);
	json_member(out, "table", old ? old->name : table->name);
	if (old)
		put_definition(out, ",\"old\":", old);
	if (table->columns.n || old)
		put_definition(out, ",\"def\":", table);
	put_end(t);
}

static bool
names(const struct act *act, const struct maxwell_table *table)
{
	return act->name && act->db && span_eq(span_of(act->name),
	    table->name) && span_eq(span_of(act->db), table->db);
}

/* What the table was called before; itself, where it is called so still. */
static struct span
old_name(const struct telling *t, const struct maxwell_table *table,
    struct span *db)
{
	const struct action *a = &t->action;

	for (size_t i = 1; i < a->nacts; i++)
		for (size_t k = i; names(&a->acts[i], table) &&
		    a->acts[i].renamed && k-- > 0;)
			if (a->acts[k].changes && !a->acts[k].renamed &&
			    a->acts[k].name && a->acts[k].db) {
				*db = span_of(a->acts[k].db);
				return span_of(a->acts[k].name);
			}
	*db = table->db;
	return table->name;
}

/* An ALTER or RENAME; schema NULL: it only gets another name. */
static void
tell_alter(struct telling *t, struct span db, struct span name,
    const struct schema_table *schema)
{
	struct maxwell_table old = { .db = db, .name = name }, *table;

	old.name = old_name(t, &old, &old.db);
	copy(&old, table_of(t->m, old.db, old.name));
	if (!span_eq(old.name, name) || !span_eq(old.db, db))
		drop(t->m, table_of(t->m, old.db, old.name));
	table = table_of(t->m, db, name);
	if (schema && !table->charset && old.charset)
		table->charset = xstrdup(old.charset);
	if (schema)
		learn(table, schema);
	else
		copy(table, &old);
	tell_table(t, "table-alter", &old, table);
	unlearn(&old);
	buf_free(&old.columns);
	buf_free(&old.key);
}

/* ---- databases */

/* The one that is named, or "" and NULL: Maxwell's are never so. */
static void
put_charset(struct telling *t, bool creates)
{
	struct sql sql = sql_in(buf_view(&t->ddl), t->action.mode);
	const struct charset *server = charset_of_collation(object_number(
	    object_member(t->rec->body, "session"), "collation_server"));
	char *charset = creates ? xstrdup("") : NULL;

	while (sql_more(&sql))
		if (!alter_charset(&sql, &charset))
			sql_skip(&sql);
	put_or_null(&t->f->out.text, "charset", !charset ||
	    charset[0] ? charset : server ? server->name : NULL);
	free(charset);
}

static void
tell_database(struct telling *t)
{
	struct sql sql = sql_in(buf_view(&t->ddl), t->action.mode);
	struct span db = t->action.nacts && t->action.acts[0].db ?
	    span_of(t->action.acts[0].db) : buf_view(&t->db);
	bool creates = sql_word(&sql, "CREATE");
	bool drops = !creates && sql_word(&sql, "DROP");

	if (drops || t->action.form == FORM_DROP_DATABASE)
		for (size_t i = t->m->n; i-- > 0;)
			if (span_eq(t->m->tables[i].db, db))
				drop(t->m, &t->m->tables[i]);
	put_begin(t, drops ? "database-drop" : creates ? "database-create" :
	    "database-alter", db);
	if (!drops)
		put_charset(t, creates);
	put_end(t);
}

/* ---- records */

static void
tell_change(struct telling *t, struct span change, bool statement)
{
	struct span type = json_inside(object_member(change, "type"));
	const struct schema_table *schema = NULL;
	struct maxwell_table *table;
	char *db, *name;

	if (schemas_change_names(t->rec->body, change, &db, &name)) {
		schema = schemas_newest(t->f->tables.schemas, span_of(db),
		    span_of(name), true);
		table = table_of(t->m, span_of(db), span_of(name));
		if (span_is(type, "DROP")) {
			unlearn(table);
			if (statement)
				tell_table(t, "table-drop", NULL, table);
			drop(t->m, table);
		} else if (schema && statement && span_is(type, "ALTER")) {
			tell_alter(t, span_of(db), span_of(name), schema);
		} else if (schema) {
			if (statement)
				unlearn(table);
			learn(table, schema);
			if (statement)
				tell_table(t, "table-create", NULL, table);
		}
	}
	free(db);
	free(name);
}

/* Statements whose record describes no table. */
static void
tell_statement(struct telling *t)
{
	const struct action *a = &t->action;

	if (a->on == ON_DATABASES && !a->trouble) {
		tell_database(t);
		return;
	}
	if (a->on != ON_TABLES || (!action_only_renames(a) &&
	    a->form != FORM_ALTER))
		return;
	for (size_t i = 0; i < a->nacts; i++)
		if (a->acts[i].db && a->acts[i].name && a->acts[i].changes &&
		    (a->acts[i].renamed || a->nacts == 1))
			tell_alter(t, span_of(a->acts[i].db),
			    span_of(a->acts[i].name), NULL);
}

static void
tell(struct telling *t)
{
	struct span changes = object_member(t->rec->body, "tableChanges");
	struct json_pos at = json_at(changes);
	struct span change;
	bool any = false;

	if (changes.p && json_enter(&at, '['))
		while (json_next_element(&at) > 0 &&
		    json_value(&at, &change)) {
			any = true;
			tell_change(t, change, t->ddl.n > 0);
		}
	if (!any && t->ddl.n && !object_member(object_member(t->rec->body,
	    "session"), "error").p)
		tell_statement(t);
}

int
maxwell_schema_take(struct formatter *f, struct maxwell_schema *m,
    const struct record *rec, struct err *err)
{
	struct telling t = { .f = f, .m = m, .rec = rec };

	(void)err;
	if (!m->on->ddl)
		return 0;
	object_text(&t.ddl, rec->body, "ddl");
	object_text(&t.db, rec->body, "databaseName");
	action_read(&t.action, buf_view(&t.ddl), buf_view(&t.db),
	    (unsigned)object_number(object_member(rec->body, "session"),
	    "sql_mode") & SQL_MODES);
	tell(&t);
	action_clear(&t.action);
	buf_free(&t.ddl);
	buf_free(&t.db);
	return 0;
}

void
maxwell_schema_free(struct maxwell_schema *m)
{
	for (size_t i = 0; i < m->n; i++)
		table_clear(&m->tables[i]);
	free(m->tables);
	hash_clear(&m->names);
	*m = (struct maxwell_schema){ 0 };
}
