/* SPDX-License-Identifier: MIT
 *
 * Topics that become others by rules (match/rule.h), and what is added to the
 * keys of their records.
 */
#ifndef ROUTE_ROUTES_H
#define ROUTE_ROUTES_H

#include "base/buf.h"
#include "base/err.h"
#include "match/rule.h"

struct routes_options {
	const char *rules_file;
	const char *key_field;
	const char *key_field_regex, *key_field_replacement;
};

/* What a topic becomes; found once for each. */
struct route {
	struct buf topic;       /* as it stands in a line */
	struct buf renamed;     /* a JSON string, or empty: stays */
	struct buf member;      /* "name":"…" for the key, if there is one */
};

enum { ROUTES_SLOTS = 1024 };

struct routes {
	const struct routes_options *opt;
	struct rule *rules;
	size_t nrules;
	struct rule *key_rule;
	struct route slots[ROUTES_SLOTS];
	struct route *last;
};

/* Rules from words, pairs of REGEX and REPLACEMENT, and from the file.
 * ERR_USAGE.  opt is kept by reference. */
int routes_make(struct routes *routes, const struct routes_options *opt,
    int n, char **words, struct err *err);

/* Of a topic as it stands in a line; borrowed until the next call. */
const struct route *routes_find(struct routes *routes, struct span topic);
void routes_clear(struct routes *routes);

#endif
