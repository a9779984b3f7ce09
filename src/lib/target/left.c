/* SPDX-License-Identifier: MIT */
#include "target/left.h"

#include <stdlib.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/buf.h"
#include "base/log.h"
#include "sql/lex.h"

static const char *const verbs[] = {
	[ADD_COLUMN] = "added", [ALTER_COLUMN_TYPE] = "changed",
	[RENAME_COLUMN_TO] = "renamed", [REMOVE_COLUMN] = "dropped",
	[CREATE_TABLE] = "created", [DROP_TABLE] = "dropped",
	[TRUNCATE_TABLE] = "emptied",
};

/* "column w of t.a was dropped at the source by 0-1-7" */
static void
put_change(struct buf *out, const struct left_note *n)
{
	if (n->column)
		buf_printf(out, "column %s of %s.%s", n->column, n->db,
		    n->table);
	else if (strcmp(n->table, "*") == 0)
		buf_printf(out, "database %s", n->db);
	else
		buf_printf(out, "table %s.%s", n->db, n->table);
	buf_printf(out, " was %s", verbs[n->action]);
	if (n->to)
		buf_printf(out, " to %s", n->to);
	buf_str(out, " at the source");
	if (*n->gtid)
		buf_printf(out, " by %s", n->gtid);
}

static bool
is_same(const char *a, const char *b)
{
	return a && b ? strcasecmp(a, b) == 0 : a == b;
}

static void
drop(struct left *left, size_t i)
{
	struct left_change *c = &left->list[i];

	free(c->db);
	free(c->table);
	free(c->column);
	free(c->text);
	memmove(c, c + 1, (--left->n - i) * sizeof(*c));
	left->changed = true;
}

static bool
is_of(const struct left_change *c, const char *db, const char *table)
{
	return strcmp(c->db, db) == 0 && strcmp(c->table, table) == 0;
}

/* Does more than the words of an error depend on it? */
static bool
is_needed(const struct left_change *c)
{
	return c->action == DROP_TABLE || c->action == REMOVE_COLUMN ||
	    c->action == RENAME_COLUMN_TO || c->action == NO_ACTION;
}

bool
left_is_full(const struct left *left)
{
	return left->n > LEFT_MOST;
}

/* A stream may have any number. */
static void
make_room(struct left *left)
{
	for (size_t i = 0; left->n >= LEFT_MOST && i < left->n; i++)
		if (!is_needed(&left->list[i]))
			drop(left, i--);
}

void
left_put(struct left *left, const struct left_change *c)
{
	left_forget(left, c->db, c->table, c->column);
	make_room(left);
	*ARRAY_ADD(left->list, left->n) = (struct left_change){
		.db = xstrdup(c->db), .table = xstrdup(c->table),
		.column = c->column ? xstrdup(c->column) : NULL,
		.action = c->action, .text = xstrdup(c->text),
	};
	left->changed = true;
}

/* A database was dropped: no table of it was made since then. */
static void
forget_made(struct left *left, const char *db)
{
	for (size_t i = 0; i < left->n; i++)
		if (left->list[i].action == NO_ACTION &&
		    strcmp(left->list[i].db, db) == 0)
			drop(left, i--);
}

void
left_add(struct left *left, const struct left_note *n)
{
	struct buf text = { 0 };
	struct left_change change;

	if (strcmp(n->table, "*") == 0)
		forget_made(left, n->db);
	put_change(&text, n);
	if (n->why)
		buf_str(&text, n->why);
	else
		buf_printf(&text, ": --evolve %s=ignore left it",
		    ways_word(n->action));
	if (!n->quiet)
		log_warn("%s", buf_cstr(&text));
	change = (struct left_change){ (char *)n->db, (char *)n->table,
		(char *)(n->to ? n->to : n->column), n->action,
		(char *)buf_cstr(&text) };
	left_put(left, &change);
	buf_free(&text);
}

void
left_forget(struct left *left, const char *db, const char *table,
    const char *column)
{
	for (size_t i = 0; i < left->n; i++)
		if (is_of(&left->list[i], db, table) &&
		    is_same(left->list[i].column, column))
			drop(left, i--);
}

void
left_forget_table(struct left *left, const char *db, const char *table)
{
	for (size_t i = 0; i < left->n; i++)
		if (is_of(&left->list[i], db, table) &&
		    left->list[i].action != NO_ACTION)
			drop(left, i--);
}

void
left_rename(struct left *left, const struct span from[2],
    const struct span to[2])
{
	for (size_t i = 0; i < left->n; i++) {
		struct left_change *c = &left->list[i];

		if (!span_is(from[0], c->db) || !span_is(from[1], c->table) ||
		    !c->column)
			continue;
		free(c->db);
		free(c->table);
		c->db = xmemdup(to[0].p, to[0].n);
		c->table = xmemdup(to[1].p, to[1].n);
		left->changed = true;
	}
}

void
left_make(struct left *left, const char *db, const char *table)
{
	char none[] = "";
	const struct left_change made = { (char *)db, (char *)table, NULL,
		NO_ACTION, none };

	left_put(left, &made);
}

bool
left_is_dropped(const struct left *left, const char *db, const char *table)
{
	return left_has(left, db, table, NULL, DROP_TABLE);
}

bool
left_is_dropped_with(const struct left *left, const char *db,
    const char *table)
{
	return left_has(left, db, "*", NULL, DROP_TABLE) &&
	    !left_has(left, db, table, NULL, NO_ACTION);
}

int
left_stop(const struct left_note *n, struct err *err)
{
	struct buf text = { 0 };

	put_change(&text, n);
	err_set(err, ERR_CONFIG, "%s: --evolve %s=stop", buf_cstr(&text),
	    ways_word(n->action));
	buf_free(&text);
	return err_hint(err, "change the target by hand and continue with "
	    "--evolve %s=ignore, or let it be followed with %s=follow",
	    ways_word(n->action), ways_word(n->action));
}

/* Does a message speak of the column? */
static bool
names(const struct err *err, const char *column)
{
	size_t n = strlen(column);

	for (const char *p = err->text; (p = strcasestr(p, column)); p++)
		if ((p == err->text || !sql_name_char(p[-1])) &&
		    !sql_name_char(p[n]))
			return true;
	return false;
}

int
left_say(const struct left *left, const char *db, const char *table,
    const char *column, struct err *err)
{
	for (size_t i = left ? left->n : 0; i-- > 0;) {
		const struct left_change *c = &left->list[i];

		if (!is_of(c, db, table) || !*c->text)
			continue;
		if (c->column && !(column ? is_same(c->column, column) :
		    names(err, c->column)))
			continue;
		return err_wrap(err, "%s", c->text);
	}
	return -1;
}

bool
left_has(const struct left *left, const char *db, const char *table,
    const char *column, enum evolve_action action)
{
	for (size_t i = 0; i < left->n; i++) {
		const struct left_change *c = &left->list[i];

		if (c->action == action && is_of(c, db, table) &&
		    is_same(c->column, column))
			return true;
	}
	return false;
}

void
left_clear(struct left *left)
{
	while (left->n)
		drop(left, left->n - 1);
	free(left->list);
	left->list = NULL;
}
