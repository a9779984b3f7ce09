/* SPDX-License-Identifier: MIT
 *
 * One compiled regular expression.  PCRE2 with its JIT; patterns match the
 * whole subject unless they are made to match a part of it, and '.' matches
 * every character, including newlines.  This is the only file that uses PCRE2.
 */
#ifndef MATCH_PATTERN_H
#define MATCH_PATTERN_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/span.h"

struct pattern;

enum pattern_case {
	PATTERN_CASE, PATTERN_NOCASE,
	PATTERN_UNICODE,        /* PATTERN_NOCASE, and \w is any letter */
	PATTERN_WITHIN,         /* case matters; any part of the subject */
};

/* Compile; NULL and err (ERR_USAGE, naming the place) where it is none. */
struct pattern *pattern_new(struct span text, enum pattern_case fold,
    struct err *err);
/* A person gave it, as a name (match/named.h).  Did nothing match it yet? */
void pattern_is_named(struct pattern *re);
bool pattern_is_missed(const struct pattern *re);

void pattern_free(struct pattern *re);

/* Does the whole subject match?  Where PCRE2 cannot tell (its limits; memory)
 * the program ends: a wrong answer would drop or keep records in silence. */
bool pattern_matches(struct pattern *re, struct span subject);

/* The same for a name that does not exist: it does not count as met
 * (named.h). */
bool pattern_would_match(struct pattern *re, struct span subject);

/* Could it match a text that begins so?  A yes may be one too many. */
bool pattern_may_begin(struct pattern *re, struct span front);

/* The expression, as given. */
const char *pattern_text(const struct pattern *re);

/* After pattern_matches() said yes: group n of it.  p == NULL if that
 * group took no part. */
struct span pattern_group(const struct pattern *re, struct span subject,
    int n);

/* Number of a named group, or -1; and how many groups there are. */
int pattern_group_named(const struct pattern *re, struct span name);
int pattern_group_count(const struct pattern *re);

#endif
