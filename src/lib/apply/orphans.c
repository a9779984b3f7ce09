/* SPDX-License-Identifier: MIT */
#include "apply/orphans.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/log.h"
#include "db/query.h"

bool
orphans_are_due(struct applier *a, const struct record *rec)
{
	struct span copy = object_member(rec->body, "snapshot");
	bool was = a->copying;

	if (rec->kind != KIND_HEARTBEAT)
		return false;
	/* of one that was taken up: until no event is older than a row */
	a->copying = object_member(copy, "start").p ||
	    object_member(copy, "table").p || a->progress.state.snapshot.n;
	return was && !a->copying;
}

/* A column of a foreign key. */
enum { KEY, CHILD_DB, CHILD, COLUMN, PARENT_DB, PARENT, REFERENCED, ALL };

struct foreign_part {
	char *v[ALL];
	bool numbers;           /* ENUM, SET: a key has these, not labels */
};

struct parts {
	struct foreign_part *v;
	size_t n;
};

static int
take_part(void *arg, char **v, size_t n)
{
	struct parts *parts = arg;
	struct foreign_part *part;

	for (size_t i = 0; i < ALL; i++)
		if (n < ALL || !v[i])
			return 0;
	part = ARRAY_ADD(parts->v, parts->n);
	for (size_t i = 0; i < ALL; i++)
		part->v[i] = xstrdup(v[i]);
	part->numbers = false;
	return 0;
}

static void
free_parts(struct parts *parts)
{
	for (size_t i = 0; i < parts->n; i++)
		for (size_t k = 0; k < ALL; k++)
			free(parts->v[i].v[k]);
	free(parts->v);
}

static bool
same_key(const struct foreign_part *x, const struct foreign_part *y)
{
	return strcmp(x->v[KEY], y->v[KEY]) == 0 &&
	    strcmp(x->v[CHILD_DB], y->v[CHILD_DB]) == 0 &&
	    strcmp(x->v[CHILD], y->v[CHILD]) == 0;
}

/* Did rows of it come? */
static bool
is_ours(const struct applier *a, const char *db, const char *table)
{
	for (const struct source_table *t = a->tables.all; t; t = t->next)
		if (t->target && strcmp(t->target->db, db) == 0 &&
		    strcmp(t->target->name, table) == 0)
			return true;
	return false;
}

#define NAMED(text) SQL_NAME(span_of(text))

/* Rows whose key is not NULL, and no row has it. */
static void
put_question(struct statement *sql, const struct foreign_part *part, size_t n)
{
	statement_add(sql, SQL("SELECT COUNT(*) FROM "),
	    SQL_TABLE(span_of(part->v[CHILD_DB]), span_of(part->v[CHILD])),
	    SQL(" AS c LEFT JOIN "),
	    SQL_TABLE(span_of(part->v[PARENT_DB]), span_of(part->v[PARENT])),
	    SQL(" AS p ON "));
	for (size_t i = 0; i < n; i++) {
		struct sql_part as = part[i].numbers ? SQL("+0") : SQL("");

		statement_add(sql, i ? SQL(" AND c.") : SQL("c."),
		    NAMED(part[i].v[COLUMN]), as, SQL(" = p."),
		    NAMED(part[i].v[REFERENCED]), as);
	}
	statement_add(sql, SQL(" WHERE p."), NAMED(part->v[REFERENCED]),
	    SQL(" IS NULL"));
	for (size_t i = 0; i < n; i++)
		statement_add(sql, SQL(" AND c."), NAMED(part[i].v[COLUMN]),
		    SQL(" IS NOT NULL"));
}

static int
ask_type(struct applier *a, struct foreign_part *part, struct err *err)
{
	char *type = db_value(a->db, err, SQL("SELECT DATA_TYPE FROM "
	    "information_schema.COLUMNS WHERE TABLE_SCHEMA="),
	    SQL_TEXT(span_of(part->v[CHILD_DB])), SQL(" AND TABLE_NAME="),
	    SQL_TEXT(span_of(part->v[CHILD])), SQL(" AND COLUMN_NAME="),
	    SQL_TEXT(span_of(part->v[COLUMN])));

	part->numbers = type && (strcmp(type, "enum") == 0 ||
	    strcmp(type, "set") == 0);
	free(type);
	return err->kind ? -1 : 0;
}

static int
look_at(struct applier *a, struct foreign_part *part, size_t n,
    struct err *err)
{
	enum { NO_SUCH_TABLE = 1146 };
	struct statement sql = { 0 };
	char *count;

	for (size_t i = 0; i < n; i++)
		if (ask_type(a, &part[i], err) < 0)
			return -1;
	put_question(&sql, part, n);
	count = db_value(a->db, err, SQL_OF(&sql));
	statement_free(&sql);
	if (count && strcmp(count, "0") != 0)
		log_warn("table %s.%s: %s rows refer to rows of %s.%s that do "
		    "not exist (foreign key %s)", part->v[CHILD_DB],
		    part->v[CHILD], count, part->v[PARENT_DB],
		    part->v[PARENT], part->v[KEY]);
	free(count);
	/* types do not compare; or the server itself has lost the parent, as
	 * ALTER TABLE … ADD FOREIGN KEY …, RENAME of one table makes it */
	if (err->kind == ERR_DATA || db_errno(a->db) == NO_SUCH_TABLE) {
		log_warn("table %s.%s: cannot check whether its rows refer to "
		    "existing ones (foreign key %s): %s", part->v[CHILD_DB],
		    part->v[CHILD], part->v[KEY], err->text);
		err_clear(err);
	}
	return err->kind ? -1 : 0;
}

int
orphans_look(struct applier *a, struct err *err)
{
	struct parts parts = { 0 };
	size_t first = 0;
	int status = a->opt->dry_run ? 0 : db_rows(a->db, take_part, &parts,
	    err, SQL("SELECT CONSTRAINT_NAME, TABLE_SCHEMA, TABLE_NAME, "
	    "COLUMN_NAME, REFERENCED_TABLE_SCHEMA, REFERENCED_TABLE_NAME, "
	    "REFERENCED_COLUMN_NAME FROM information_schema.KEY_COLUMN_USAGE "
	    "WHERE REFERENCED_TABLE_NAME IS NOT NULL ORDER BY TABLE_SCHEMA, "
	    "TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION"));

	for (size_t i = 0; i < parts.n && status == 0; i++) {
		struct foreign_part *part = &parts.v[first];

		if (i + 1 < parts.n && same_key(part, &parts.v[i + 1]))
			continue;
		if (is_ours(a, part->v[CHILD_DB], part->v[CHILD]) ||
		    is_ours(a, part->v[PARENT_DB], part->v[PARENT]))
			status = look_at(a, part, i + 1 - first, err);
		first = i + 1;
	}
	free_parts(&parts);
	return status;
}
