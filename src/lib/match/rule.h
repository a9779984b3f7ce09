/* SPDX-License-Identifier: MIT
 *
 * Replacement rules like those of Kafka's RegexRouter: a regular expression
 * that must match the whole text, and a replacement for it, in which $1 and
 * ${name} are groups and "\$" is a dollar sign.
 */
#ifndef MATCH_RULE_H
#define MATCH_RULE_H

#include "base/buf.h"
#include "base/err.h"

struct rule {
	struct pattern *pattern;
	struct rule_part *parts;
	size_t nparts;
	char *text;             /* of the replacement, owned */
	struct rule *next;
};

/* ERR_USAGE if the expression is none, or names a group it has not. */
struct rule *rule_new(struct span regex, struct span replacement,
    struct err *err);
struct rule *rule_last(struct rule *rule);

/* Append what text becomes; false, and nothing appended, where the rule does
 * not match. */
bool rule_apply(struct rule *rule, struct span text, struct buf *out);

/* Free a rule and those after it. */
void rule_free(struct rule *rule);

#endif
