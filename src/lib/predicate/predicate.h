/* SPDX-License-Identifier: MIT
 *
 * Conditions on rows, as SQL has them:
 *
 *     status IN ('paid', 'sent') AND (price > 9.50 OR price IS NULL)
 *     before.status <> after.status AND NOT email LIKE '%@example.org'
 *
 * Operators, their precedence and three-valued logic are MariaDB's
 * (https://mariadb.com/kb/en/operator-precedence/).  Two things are not:
 * texts are compared by their bytes, whatever the collation, and numbers by
 * their digits, never as doubles.
 *
 * What a condition cannot mean is an error and never false: a column that a
 * row does not have, a number compared with a text that is none.
 */
#ifndef PREDICATE_PREDICATE_H
#define PREDICATE_PREDICATE_H

#include <stdbool.h>

#include "base/err.h"
#include "base/span.h"

struct predicate;

/* A row to be judged.  Spans are JSON objects; null, or p == NULL, is an image
 * that the record does not have. */
struct predicate_row {
	struct span row;        /* in which x is looked up … */
	struct span before, after;      /* … before.x, and after.x */
	bool flat;              /* a row without images: before.x is an error */

	/* What a schema says of a column, or NULL */
	enum predicate_type (*type)(void *arg, struct span column);
	void *arg;
};

/* What is compared as what where a record has a string. */
enum predicate_type {
	PREDICATE_UNKNOWN,
	PREDICATE_NUMBER,       /* DECIMAL, BIGINT as text */
	PREDICATE_TEXT,
};

/* NULL and ERR_USAGE, naming the place, if the text is no condition. */
struct predicate *predicate_new(const char *text, struct err *err);
void predicate_free(struct predicate *p);

/* Is it true?  1; 0 if it is false or unknown; -1, ERR_DATA. */
int predicate_holds(struct predicate *p, const struct predicate_row *row,
    struct err *err);

#endif
