/* SPDX-License-Identifier: MIT */
#include "follow/calls.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A server looks for a function of its own first; another one's name is
 * qualified then, or quoted. */
static const char *const own[] = {
#include "follow/functions.inc"
};

enum { LONGEST = 64 };          /* characters of a name */

static int
compare(const void *name, const void *row)
{
	return strcasecmp(name, *(const char *const *)row);
}

static bool
is_own(const struct sql_token *t)
{
	char name[LONGEST + 1];

	if (t->kind != TOKEN_WORD || t->text.n > LONGEST)
		return false;
	memcpy(name, t->text.p, t->text.n);
	name[t->text.n] = '\0';
	return bsearch(name, own, sizeof(own) / sizeof(*own), sizeof(*own),
	    compare);
}

/* WITH name (column, …) */
static bool
gives_name(const struct sql_token *before)
{
	return sql_token_is(before, "WITH") ||
	    sql_token_is(before, "RECURSIVE");
}

bool
calls_stored(struct sql at, const char *table)
{
	struct sql_token t = { 0 }, before = { 0 };

	while (sql_token(&at, &t) != TOKEN_END) {
		struct sql ahead = at;

		if (t.kind == TOKEN_BROKEN)
			return true;
		if (sql_token_names(&t) && sql_sign(&ahead, '(') &&
		    t.text.p + t.text.n != table && !gives_name(&before) &&
		    (sql_token_sign(&before, '.') || !is_own(&t)))
			return true;
		before = t;
	}
	return false;
}
