/* SPDX-License-Identifier: MIT */
#include "schema/ddl.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "binlog/sql.h"
#include "schema/alter.h"
#include "schema/definition.h"
#include "sql/write.h"
#include "value/charset.h"

/* A statement in hand. */
struct ddl {
	struct schemas *schemas;
	struct sql sql;
	const struct query *query;
	const char *file;       /* where it is in the log */
	uint64_t pos;
	struct schema_changes *changes;
};

/* A table that it names. */
struct target {
	char *db, *name;
};

static void
target_clear(struct target *t)
{
	free(t->db);
	free(t->name);
}

static bool
take_target(struct ddl *d, struct target *t)
{
	struct span db = d->query->default_db, name;

	if (!sql_table(&d->sql, &db, &name))
		return false;
	t->db = sql_unquote(db);
	t->name = sql_unquote(name);
	return true;
}

/* What is known of it before the statement: what statements said, else the
 * newest record. */
static struct schema_entry *
entry_of(struct ddl *d, const struct target *t, bool make)
{
	struct schema_entry *entry = schemas_entry(d->schemas,
	    span_of(t->db), span_of(t->name), make);
	const struct schema_table *record;

	if (!entry)
		return NULL;
	record = entry->learned ? NULL :
	    schema_entry_record(entry, d->file, d->pos);
	if (record)
		entry->learned = schema_table_copy(record);
	schema_entry_outdate(d->schemas, entry);
	return entry;
}

static void
add_change(struct ddl *d, enum change_type type, const struct target *t,
    char *text)
{
	struct schema_changes *c = d->changes;

	c->list = xreallocarray(c->list, c->n + 1, sizeof(*c->list));
	c->list[c->n++] = (struct schema_change){
		.type = type, .db = xstrdup(t->db), .name = xstrdup(t->name),
		.text = text,
	};
}

void
schema_changes_clear(struct schema_changes *c)
{
	for (size_t i = 0; i < c->n; i++) {
		free(c->list[i].db);
		free(c->list[i].name);
		free(c->list[i].text);
	}
	free(c->list);
	free(c->db);
}

static void
create_like(struct ddl *d, struct schema_entry *entry)
{
	struct target target;
	const struct schema_entry *like;

	if (!take_target(d, &target))
		return;
	like = entry_of(d, &target, false);
	if (like && like != entry && like->learned)
		entry->learned = schema_table_copy(like->learned);
	target_clear(&target);
}

static void
create_definitions(struct ddl *d, struct schema_entry *entry)
{
	struct schema_table *t = schema_table_new();
	const char *charset = schemas_db_charset(d->schemas,
	    span_of(entry->db));

	entry->learned = t;
	if (sql_sign(&d->sql, '(')) {
		definitions_parse(&d->sql, t);
		t->complete = !t->overflown;
	}
	while (sql_more(&d->sql))
		alter_option(&d->sql, t);
	if (!t->charset && charset)
		t->charset = xstrdup(charset);
	alter_settle(t);
}

static bool
create(struct ddl *d, struct schema_entry *entry, bool maybe)
{
	struct sql at;

	if (maybe && entry->learned && entry->learned->complete)
		return false;
	schema_entry_forget(entry);
	at = d->sql;
	sql_sign(&at, '(');
	if (sql_word(&at, "LIKE")) {
		d->sql = at;
		create_like(d, entry);
	} else {
		create_definitions(d, entry);
	}
	return true;
}

static bool
create_table(struct ddl *d)
{
	bool maybe = sql_if_exists(&d->sql), made;
	struct target target;

	if (!take_target(d, &target))
		return false;
	made = create(d, entry_of(d, &target, true), maybe);
	if (made)
		add_change(d, CHANGE_CREATE, &target, NULL);
	target_clear(&target);
	return made;
}

static void
move_learned(struct schema_entry *from, struct schema_entry *to)
{
	if (!from || !to || from == to)
		return;
	schema_entry_forget(to);
	to->learned = from->learned;
	from->learned = NULL;
}

/* An ALTER TABLE: the table that it is on, which it may rename. */
struct alter {
	struct ddl *d;
	struct schema_entry *entry;
	struct target target;
};

/* RENAME [TO|AS] name: of the table */
static bool
is_rename(struct sql *s)
{
	struct sql at = *s;

	if (!sql_word(&at, "RENAME") || sql_word(&at, "COLUMN") ||
	    sql_word(&at, "INDEX") || sql_word(&at, "KEY"))
		return false;
	if (!sql_word(&at, "TO"))
		sql_word(&at, "AS");
	*s = at;
	return true;
}

static void
alter_rename(struct alter *a)
{
	struct schema_entry *to;
	struct target target;

	if (!take_target(a->d, &target))
		return;
	to = entry_of(a->d, &target, true);
	move_learned(a->entry, to);
	a->entry = to;
	target_clear(&a->target);
	a->target = target;
}

static bool
alter_table(struct ddl *d)
{
	struct alter a = { .d = d };

	sql_if_exists(&d->sql);
	if (!take_target(d, &a.target))
		return false;
	a.entry = entry_of(d, &a.target, true);
	do {
		if (!a.entry->learned)
			a.entry->learned = schema_table_new();
		if (is_rename(&d->sql))
			alter_rename(&a);
		else
			alter_one(&d->sql, a.entry->learned);
	} while (sql_sign(&d->sql, ','));
	if (a.entry->learned) {
		alter_settle(a.entry->learned);
		a.entry->learned->complete &= !a.entry->learned->overflown;
	}
	add_change(d, CHANGE_ALTER, &a.target, NULL);
	target_clear(&a.target);
	return true;
}

static char *
drop_text(const struct target *t, bool maybe)
{
	struct statement text = { 0 };
	char *copy;

	statement_add(&text, maybe ? SQL("DROP TABLE IF EXISTS ") :
	    SQL("DROP TABLE "), SQL_TABLE(span_of(t->db), span_of(t->name)));
	copy = xmemdup(statement_view(&text).p, statement_size(&text));
	statement_free(&text);
	return copy;
}

static bool
drop_tables(struct ddl *d)
{
	bool maybe = sql_if_exists(&d->sql);
	struct target target;

	do {
		struct schema_entry *entry;

		if (!take_target(d, &target))
			break;
		entry = entry_of(d, &target, false);
		if (entry)
			schema_entry_forget(entry);
		add_change(d, CHANGE_DROP, &target, drop_text(&target, maybe));
		target_clear(&target);
	} while (sql_sign(&d->sql, ','));
	return true;
}

/* The text from there to here. */
static char *
rename_text(const char *from, const struct sql *here)
{
	struct buf text = { 0 };
	size_t n = (size_t)(here->p - from);

	while (n && isspace((unsigned char)*from))
		from++, n--;
	buf_str(&text, "RENAME TABLE ");
	buf_put(&text, from, n);
	buf_cstr(&text);
	return text.p;
}

static bool
rename_one(struct ddl *d)
{
	const char *start = d->sql.p;
	struct target from = { 0 }, to = { 0 };
	bool good = take_target(d, &from);

	while (sql_more(&d->sql) && !sql_word(&d->sql, "TO"))
		sql_skip(&d->sql);
	good = good && take_target(d, &to);
	if (good) {
		move_learned(entry_of(d, &from, true), entry_of(d, &to, true));
		add_change(d, CHANGE_ALTER, &to, rename_text(start, &d->sql));
	}
	target_clear(&from);
	target_clear(&to);
	return good;
}

static bool
rename_tables(struct ddl *d)
{
	struct schema_changes *c = d->changes;

	sql_if_exists(&d->sql);
	while (rename_one(d) && sql_sign(&d->sql, ','))
		;
	if (c->n == 1) {                /* the statement is its only part */
		free(c->list[0].text);
		c->list[0].text = NULL;
	}
	return true;
}

/* CREATE [UNIQUE] INDEX name … ON table (…) */
static bool
create_index(struct ddl *d, bool unique)
{
	struct schema_entry *entry;
	struct schema_key *key;
	struct target target;
	struct span name;

	sql_if_exists(&d->sql);
	if (!sql_name(&d->sql, &name))
		return false;
	while (sql_more(&d->sql) && !sql_word(&d->sql, "ON"))
		sql_skip(&d->sql);
	if (!take_target(d, &target))
		return false;
	entry = entry_of(d, &target, true);
	if (unique && !entry->learned)
		entry->learned = schema_table_new();
	if (unique && entry->learned->nkeys < MAX_KEYS) {
		key = schema_add_key(entry->learned, false);
		key->name = sql_unquote(name);
		definition_key_columns(&d->sql, key);
	}
	add_change(d, CHANGE_INDEX, &target, NULL);
	target_clear(&target);
	return true;
}

static bool
drop_index(struct ddl *d)
{
	struct schema_entry *entry;
	struct target target;
	struct span name;

	sql_if_exists(&d->sql);
	if (!sql_name(&d->sql, &name) || !sql_word(&d->sql, "ON") ||
	    !take_target(d, &target))
		return false;
	entry = entry_of(d, &target, false);
	if (entry && entry->learned)
		schema_key_remove(entry->learned, name);
	add_change(d, CHANGE_INDEX, &target, NULL);
	target_clear(&target);
	return true;
}

/* [IF …] name: the database that the statement is on, unquoted. */
static struct span
take_database(struct ddl *d)
{
	struct span name;
	char *text;

	sql_if_exists(&d->sql);
	text = sql_name(&d->sql, &name) ? sql_unquote(name) :
	    xmemdup(d->query->default_db.p, d->query->default_db.n);
	d->changes->db = text;
	return span_of(text);
}

static void
take_db_charset(struct ddl *d, struct span db, char *charset)
{
	while (sql_more(&d->sql))
		if (!alter_charset(&d->sql, &charset))
			sql_skip(&d->sql);
	if (charset)
		schemas_set_db_charset(d->schemas, db, charset);
	free(charset);
}

static bool
create_database(struct ddl *d)
{
	const struct charset *server =
	    charset_of_collation(d->query->server_collation);
	struct span db = take_database(d);

	take_db_charset(d, db, server ? xstrdup(server->name) : NULL);
	return false;
}

/* ALTER DATABASE [name] …: a name, unless it is an option */
static bool
alter_database(struct ddl *d)
{
	struct sql at = d->sql;
	char *none = NULL;
	struct span db = d->query->default_db;

	if (alter_charset(&at, &none))
		d->changes->db = xmemdup(db.p, db.n);
	else
		db = take_database(d);
	free(none);
	take_db_charset(d, db, NULL);
	return false;
}

static bool
drop_database(struct ddl *d)
{
	schemas_forget_db(d->schemas, take_database(d));
	return true;
}

static bool
learn_create(struct ddl *d)
{
	struct sql *s = &d->sql;

	if (sql_word(s, "OR"))
		sql_word(s, "REPLACE");
	if (sql_word(s, "TABLE"))
		return create_table(d);
	if (sql_word(s, "DATABASE") || sql_word(s, "SCHEMA"))
		return create_database(d);
	if (sql_word(s, "UNIQUE"))
		return sql_word(s, "INDEX") && create_index(d, true);
	if (sql_word(s, "FULLTEXT") || sql_word(s, "SPATIAL"))
		return sql_word(s, "INDEX") && create_index(d, false);
	return sql_word(s, "INDEX") && create_index(d, false);
}

static bool
learn_drop(struct ddl *d)
{
	struct sql *s = &d->sql;

	if (sql_word(s, "TABLE") || sql_word(s, "TABLES"))
		return drop_tables(d);
	if (sql_word(s, "DATABASE") || sql_word(s, "SCHEMA"))
		return drop_database(d);
	return sql_word(s, "INDEX") && drop_index(d);
}

static bool
learn_alter(struct ddl *d)
{
	struct sql *s = &d->sql;

	if (sql_word(s, "DATABASE") || sql_word(s, "SCHEMA"))
		return alter_database(d);
	sql_word(s, "ONLINE");
	sql_word(s, "IGNORE");
	return sql_word(s, "TABLE") && alter_table(d);
}

bool
schemas_learn(struct schemas *schemas, const struct query *query,
    const char *file, uint64_t pos, struct schema_changes *changes)
{
	struct ddl d = {
		.schemas = schemas, .query = query, .file = file, .pos = pos,
		.sql = query_statement(query->text), .changes = changes,
	};
	struct sql *s = &d.sql;

	schemas_settle(schemas);
	if (sql_word(s, "CREATE"))
		return learn_create(&d);
	if (sql_word(s, "ALTER"))
		return learn_alter(&d);
	if (sql_word(s, "DROP"))
		return learn_drop(&d);
	return sql_word(s, "RENAME") && (sql_word(s, "TABLE") ||
	    sql_word(s, "TABLES")) && rename_tables(&d);
}
