/* SPDX-License-Identifier: MIT */
#include "ddl/ddl.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "ddl/alter.h"
#include "ddl/definition.h"
#include "ddl/phrases.h"
#include "ddl/learned.h"
#include "ddl/settle.h"
#include "sql/statement.h"

static void
create_like(struct ddl *d, struct schema_entry *entry)
{
	struct ddl_target target;
	const struct schema_entry *like;

	entry->learned = schema_table_new();
	if (!ddl_target(d, &target))
		return;
	like = ddl_entry(d, &target, false);
	if (like && like != entry && like->learned) {
		schema_entry_forget(entry);
		entry->learned = schema_table_copy(like->learned);
	}
	if (!entry->learned->complete)
		phrase_trouble(entry->learned, "what it is like is not "
		    "known");
	ddl_target_clear(&target);
}

static void
create_definitions(struct ddl *d, struct schema_entry *entry)
{
	struct schema_table *t = schema_table_new();
	const char *charset = schemas_db_charset(d->schemas,
	    span_of(entry->db), d->file, d->pos);

	entry->learned = t;
	if (sql_sign(&d->sql, '(')) {
		definition_parse_all(&d->sql, t);
		t->complete = true;
	}
	while (sql_more(&d->sql))
		if (!sql_sign(&d->sql, ','))
			alter_option(&d->sql, t);
	if (!t->complete)
		phrase_trouble(t, "its columns come from elsewhere");
	if (t->charset && !t->charset[0]) {     /* DEFAULT */
		free(t->charset);
		t->charset = NULL;
	}
	if (!t->charset && charset)
		t->charset = xstrdup(charset);
	if (d->sql.mode & SQL_OLD_TIMESTAMPS)
		settle_timestamps(t);
	settle_table(t, NULL);
}

/* LIKE …, or (LIKE …) */
static bool
take_like(struct ddl *d)
{
	struct sql at = d->sql;

	sql_sign(&at, '(');
	if (!sql_word(&at, "LIKE"))
		return false;
	d->sql = at;
	return true;
}

/* IF NOT EXISTS: may it have been there?  MariaDB logs that in no format, but
 * for a table that its session has locked: one of which nothing was seen is
 * none of those. */
static bool
may_be_old(struct ddl *d, const struct schema_entry *entry)
{
	return !schemas_is_absent(d->schemas, entry) &&
	    (d->query->logs_vain || entry->learned || entry->unnamed);
}

static bool
create_table(struct ddl *d)
{
	bool maybe = phrase_if_exists(&d->sql);
	struct schema_entry *entry;
	struct ddl_target target;

	if (!ddl_target(d, &target))
		return false;
	entry = ddl_entry(d, &target, true);
	if (maybe && entry->learned && entry->learned->complete) {
		ddl_target_clear(&target);
		return false;
	}
	maybe = maybe && may_be_old(d, entry);
	schema_entry_forget(entry);
	entry->dropped = 0;
	if (take_like(d))
		create_like(d, entry);
	else
		create_definitions(d, entry);
	if (maybe)
		phrase_trouble(entry->learned, "it may have been there "
		    "before, as another");
	ddl_settle(d, entry);
	ddl_add_change(d, CHANGE_CREATE, &target, NULL);
	ddl_target_clear(&target);
	return true;
}

/* As sql_sequence.cc has them, and information_schema. */
static const char sequence_columns[] =
    "(next_not_cached_value BIGINT(21) NOT NULL,"
    "minimum_value BIGINT(21) NOT NULL,maximum_value BIGINT(21) NOT NULL,"
    "start_value BIGINT(21) NOT NULL COMMENT 'start value when sequences is "
    "created or value if RESTART is used',"
    "increment BIGINT(21) NOT NULL COMMENT 'increment value',"
    "cache_size BIGINT(21) UNSIGNED NOT NULL,"
    "cycle_option TINYINT(1) UNSIGNED NOT NULL COMMENT '0 if no cycles are "
    "allowed, 1 if the sequence should begin a new cycle when "
    "maximum_value is passed',"
    "cycle_count BIGINT(21) NOT NULL COMMENT 'How many cycles have been "
    "done')";

/* A table of one row, which all have the same columns; of another type (AS)
 * they are not known. */
static bool
create_sequence(struct ddl *d)
{
	bool maybe = phrase_if_exists(&d->sql);
	struct schema_entry *entry;
	struct ddl_target target;

	if (!ddl_target(d, &target))
		return false;
	entry = ddl_entry(d, &target, true);
	maybe = maybe && may_be_old(d, entry);
	schema_entry_forget(entry);
	entry->dropped = 0;
	if (!maybe && !sql_word(&d->sql, "AS")) {
		d->sql = sql_of(span_of(sequence_columns));
		create_definitions(d, entry);
	}
	ddl_target_clear(&target);
	return true;
}

static bool
drop_sequences(struct ddl *d)
{
	struct schema_entry *entry;
	struct ddl_target target;

	phrase_if_exists(&d->sql);
	do {
		if (!ddl_target(d, &target))
			break;
		entry = ddl_entry(d, &target, true);
		schema_entry_forget(entry);
		entry->dropped = 1;
		ddl_target_clear(&target);
	} while (sql_sign(&d->sql, ','));
	return true;
}

static void
move_learned(struct schema_entry *from, struct schema_entry *to)
{
	if (!from || !to || from == to)
		return;
	schema_entry_forget(to);
	to->learned = from->learned;
	to->dropped = 0;
	from->learned = NULL;
	from->dropped = 1;
}

/* RENAME [TO|AS|=] name: of the table */
static bool
take_rename(struct sql *s)
{
	struct sql at = *s;

	if (!sql_word(&at, "RENAME") || sql_word(&at, "COLUMN") ||
	    sql_word(&at, "INDEX") || sql_word(&at, "KEY"))
		return false;
	if (!sql_word(&at, "TO") && !sql_word(&at, "AS"))
		sql_sign(&at, '=');
	*s = at;
	return true;
}

/* CONVERT PARTITION part TO TABLE name: a table like this one; CONVERT TABLE
 * name TO PARTITION …: it is gone. */
static void
convert_part(struct ddl *d, struct sql at, const struct schema_table *t)
{
	struct schema_entry *entry;
	struct ddl_target target;
	struct span part;
	bool makes;

	if (!sql_word(&at, "CONVERT"))
		return;
	makes = sql_word(&at, "PARTITION") && sql_name(&at, &part) &&
	    sql_word(&at, "TO");
	d->sql = at;
	if (!sql_word(&d->sql, "TABLE") || !ddl_target(d, &target))
		return;
	entry = ddl_entry(d, &target, true);
	if (entry->learned != t) {      /* no server converts a table itself */
		schema_entry_forget(entry);
		if (makes)
			entry->learned = schema_table_copy(t);
	}
	ddl_target_clear(&target);
}

/* All changes are read, then made; to: what it is called then. */
static void
alter_changes(struct ddl *d, struct schema_entry *entry, struct ddl_target *to)
{
	struct alteration a;
	struct sql at = d->sql;

	if (!entry->learned)
		entry->learned = schema_table_new();
	alter_begin(&a, entry->learned, schemas_db_charset(d->schemas,
	    span_of(entry->db), d->file, d->pos));
	convert_part(d, at, entry->learned);
	d->sql = at;
	do {
		if (!take_rename(&d->sql)) {
			alter_read(&a, &d->sql);
			continue;
		}
		ddl_target_clear(to);
		*to = (struct ddl_target){ NULL, NULL };
		if (!ddl_target(d, to))
			break;
	} while (sql_sign(&d->sql, ','));
	if (sql_more(&d->sql))
		phrase_trouble(a.defined, "unknown text after a change");
	alter_end(&a, &d->sql);
}

static bool
alter_table(struct ddl *d)
{
	struct ddl_target target, to = { NULL, NULL };
	struct schema_entry *entry;

	phrase_if_exists(&d->sql);
	if (!ddl_target(d, &target))
		return false;
	ddl_over_wait(&d->sql);
	entry = ddl_entry(d, &target, true);
	alter_changes(d, entry, &to);
	ddl_settle(d, entry);
	if (to.name) {
		move_learned(entry, ddl_entry(d, &to, true));
		ddl_target_clear(&target);
		target = to;
	}
	ddl_add_change(d, CHANGE_ALTER, &target, NULL);
	ddl_target_clear(&target);
	return true;
}

static char *
drop_text(const struct ddl_target *t, bool maybe)
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
	bool maybe = phrase_if_exists(&d->sql);
	struct ddl_target target;

	do {
		struct schema_entry *entry;

		if (!ddl_target(d, &target))
			break;
		entry = ddl_entry(d, &target, true);
		schema_entry_forget(entry);
		entry->dropped = 1;
		ddl_add_change(d, CHANGE_DROP, &target,
		    drop_text(&target, maybe));
		ddl_target_clear(&target);
	} while (sql_sign(&d->sql, ','));
	return true;
}

/* The text from there to here. */
static char *
rename_text(const char *from, const struct sql *here, bool maybe)
{
	struct buf text = { 0 };
	size_t n = (size_t)(here->p - from);

	while (n && isspace((unsigned char)*from))
		from++, n--;
	buf_str(&text, maybe ? "RENAME TABLE IF EXISTS " : "RENAME TABLE ");
	buf_put(&text, from, n);
	buf_cstr(&text);
	return text.p;
}

static bool
rename_one(struct ddl *d, bool maybe)
{
	const char *start = d->sql.p;
	struct ddl_target from = { 0 }, to = { 0 };
	struct schema_entry *moved, *named;
	bool good = ddl_target(d, &from);

	while (sql_more(&d->sql) && !sql_word(&d->sql, "TO"))
		sql_skip(&d->sql);
	good = good && ddl_target(d, &to);
	if (good) {
		moved = ddl_entry(d, &from, true);
		named = ddl_entry(d, &to, true);
		if (!maybe || (moved->learned && !(named->learned &&
		    named->learned->complete)))
			move_learned(moved, named);     /* it was there */
		ddl_settle(d, named);
		ddl_add_change(d, CHANGE_ALTER, &to, rename_text(start, &d->sql,
		    maybe));
	}
	ddl_target_clear(&from);
	ddl_target_clear(&to);
	return good;
}

static bool
rename_tables(struct ddl *d)
{
	struct schema_changes *c = d->changes;
	bool maybe = phrase_if_exists(&d->sql);

	while (rename_one(d, maybe) && sql_sign(&d->sql, ','))
		;
	if (c->n == 1) {                /* the statement is its only part */
		free(c->list[0].text);
		c->list[0].text = NULL;
	}
	return true;
}

/* FULLTEXT, SPATIAL, VECTOR: of indexes that are not unique */
static bool
over_index_kind(struct sql *s)
{
	return sql_word(s, "FULLTEXT") || sql_word(s, "SPATIAL") ||
	    sql_word(s, "VECTOR");
}

static bool
learn_create(struct ddl *d)
{
	struct sql *s = &d->sql;
	bool unique;

	d->replaces = sql_word(s, "OR") && sql_word(s, "REPLACE");
	if (sql_word(s, "TABLE"))
		return create_table(d);
	if (sql_word(s, "SEQUENCE"))
		return create_sequence(d);
	if (sql_word(s, "DATABASE") || sql_word(s, "SCHEMA"))
		return ddl_create_database(d);
	sql_word(s, "ONLINE");                  /* of an index, by old words */
	unique = sql_word(s, "UNIQUE");
	if (!unique)
		over_index_kind(s);
	return sql_word(s, "INDEX") && ddl_create_index(d, unique);
}

static bool
learn_drop(struct ddl *d)
{
	struct sql *s = &d->sql;

	if (sql_word(s, "TABLE") || sql_word(s, "TABLES"))
		return drop_tables(d);
	if (sql_word(s, "SEQUENCE"))
		return drop_sequences(d);
	if (sql_word(s, "DATABASE") || sql_word(s, "SCHEMA"))
		return ddl_drop_database(d);
	return sql_word(s, "INDEX") && ddl_drop_index(d);
}

static bool
learn_alter(struct ddl *d)
{
	struct sql *s = &d->sql;

	if (sql_word(s, "DATABASE") || sql_word(s, "SCHEMA"))
		return ddl_alter_database(d);
	sql_word(s, "ONLINE");
	sql_word(s, "IGNORE");
	return sql_word(s, "TABLE") && alter_table(d);
}

bool
ddl_learn(struct schemas *schemas, const struct query *query,
    const char *file, uint64_t pos, struct schema_changes *changes)
{
	struct ddl d = {
		.schemas = schemas, .query = query, .file = file, .pos = pos,
		.sql = query_statement(query), .changes = changes,
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
