/* SPDX-License-Identifier: MIT
 *
 * Names that the user gave in options (tables, columns, fields), and whether
 * anything that was read matched them.  A name that matches nothing is most
 * likely a typo; without a warning, too much or nothing would pass.
 */
#ifndef MATCH_NAMED_H
#define MATCH_NAMED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/span.h"

struct named {
	const char *dashes, *option;    /* that names it: "--", "where" */
	char *text;             /* owned */
	bool asked;             /* was something compared with it? */
	bool seen;              /* did something bear it? */
	bool told;              /* was it warned of? */
	struct named *next;
};

/* The option whose argument is read now; both are kept by reference. */
void named_option(const char *dashes, const char *option);

/* A name of its; kept until the end. */
struct named *named_add(struct span text);

/* An option that is a name. */
struct named_text {
	const char *text;       /* NULL: not given */
	struct named *named;
};
int named_text_set(struct named_text *name, const char *text,
    struct err *err);

/* Something was compared with it, and bore it or did not; NULL is passed
 * over. */
static inline void
named_look(struct named *n, bool bears)
{
	if (n) {
		n->asked = true;
		n->seen |= bears;
	}
}

/* --strict: a bool for options that are flags. */
void named_be_strict(void);

/* When all was read, at a good end: warn of those that something was compared
 * with in vain, once; with --strict that is an error, ERR_CONFIG. */
int named_report(struct err *err);

#endif
