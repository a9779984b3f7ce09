/* SPDX-License-Identifier: MIT
 *
 * Maxwell's filter: rules of which the last that applies counts.
 * https://maxwells-daemon.io/filtering/
 *
 *     exclude: *.*, include: shop./order_\d+/, exclude: shop.users.role=admin
 *
 *     rules   = { rule [ "," ] }
 *     rule    = ("include" | "exclude" | "blacklist") ":" name "." name
 *               [ "." column "=" name ]
 *     name    = "*" | word | `word` | 'word' | "word" | "/" regex "/"
 *
 * A word is the whole name, a regular expression is found anywhere in it, and
 * case matters in both.  A rule with a column applies to rows that have it with
 * such a value, and to nothing else.  Without a rule that applies, all is
 * included.
 */
#ifndef MATCH_MAXWELL_RULES_H
#define MATCH_MAXWELL_RULES_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/span.h"

struct maxwell_rule;

struct maxwell_rules {
	struct maxwell_rule *v;
	size_t n;
	bool of_rows;           /* some have a column */
	struct buf text;        /* as they were given */
};

/* Add rules.  -1: ERR_USAGE, which names the place. */
int maxwell_rules_add(struct maxwell_rules *r, const char *text,
    struct err *err);

/* May any of a table's rows be included? */
bool maxwell_rules_keep(const struct maxwell_rules *r, struct span db,
    struct span table);

/* The text of a row's column, p == NULL: it is NULL; false: it has none. */
typedef bool maxwell_value_fn(void *row, const char *column,
    struct span *text);

/* Is this row of it? */
bool maxwell_rules_keep_row(const struct maxwell_rules *r, struct span db,
    struct span table, maxwell_value_fn *value, void *row);

/* Are all tables that a database may have included; could any of them be?
 * Where that cannot be told, the first is no, the second yes. */
bool maxwell_rules_cover(const struct maxwell_rules *r, struct span db);
bool maxwell_rules_touch(const struct maxwell_rules *r, struct span db);

/* Does a rule include this database, this table by name, in a word? */
bool maxwell_rules_name_db(const struct maxwell_rules *r, struct span db);
bool maxwell_rules_name_table(const struct maxwell_rules *r,
    struct span table);

void maxwell_rules_clear(struct maxwell_rules *r);

#endif
