/* SPDX-License-Identifier: MIT */
#include "target/left.h"

#include <stdlib.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/buf.h"
#include "base/log.h"
#include "sql/lex.h"

enum { MOST = 1000 };           /* a stream may have any number */

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
		buf_printf(out, "column %s of ", n->column);
	else
		buf_str(out, "table ");
	buf_printf(out, "%s.%s was %s", n->db, n->table, verbs[n->action]);
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
}

void
left_add(struct left *left, const struct left_note *n)
{
	const char *column = n->to ? n->to : n->column;
	struct buf text = { 0 };

	put_change(&text, n);
	if (n->cannot)
		buf_str(&text, ", which is not followed where values could "
		    "be lost");
	else
		buf_printf(&text, ": --evolve %s=ignore left it",
		    ways_word(n->action));
	log_warn("%s", buf_cstr(&text));
	for (size_t i = 0; i < left->n; i++)
		if (strcmp(left->list[i].db, n->db) == 0 &&
		    strcmp(left->list[i].table, n->table) == 0 &&
		    is_same(left->list[i].column, column))
			drop(left, i--);
	if (left->n == MOST)
		drop(left, 0);
	*ARRAY_ADD(left->list, left->n) = (struct left_change){
		.db = xstrdup(n->db), .table = xstrdup(n->table),
		.column = column ? xstrdup(column) : NULL,
		.action = n->action,
		.text = xstrdup(buf_cstr(&text)),
	};
	buf_free(&text);
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

		if (strcmp(c->db, db) != 0 || strcmp(c->table, table) != 0)
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

		if (c->action == action && strcmp(c->db, db) == 0 &&
		    strcmp(c->table, table) == 0 && is_same(c->column, column))
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
