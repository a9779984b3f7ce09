/* SPDX-License-Identifier: MIT
 *
 * cdc-mask's own room: which rule applies to a column, and what it needs.
 *
 * A rule is one or several expressions for db.table.column, separated by
 * commas, matched as in Debezium, and for some kinds an argument after '=':
 * REGEX[=ARGUMENT].  An '=' that belongs to an expression is written \=; one
 * in brackets, or in (?=...) and (?<=...), does not end it.  The first rule
 * that matches a column applies.
 */
#ifndef MASK_MASK_RULES_H
#define MASK_MASK_RULES_H

#include "base/buf.h"
#include "base/digest.h"
#include "base/err.h"
#include "match/table_filter.h"

enum mask_kind {
	MASK_PASS, MASK_NULL, MASK_STARS, MASK_REDACT, MASK_TRUNCATE,
	MASK_HASH, MASK_HASH_V1, MASK_TOKENIZE, MASK_EMAIL,
	MASK_KINDS,
};

struct mask_rule {
	enum mask_kind kind;
	struct name_list columns;
	uint64_t n;             /* MASK_STARS, MASK_TRUNCATE */
	struct buf text;        /* MASK_REDACT: the text; MASK_EMAIL: the
	                         * domain; MASK_HASH: the algorithm */
	struct digest *digest;  /* MASK_HASH, MASK_HASH_V1: made by
	                         * mask_rules_arm() */
};

struct mask_rules {
	struct mask_rule *v;
	size_t n;
};

/* Add a rule: 0; -1 and ERR_USAGE. */
int mask_rules_add(struct mask_rules *rules, enum mask_kind kind,
    const char *text, struct err *err);

/* Add those of a file, one on each line: KIND REGEX[=ARGUMENT].  Empty lines,
 * and those that begin with '#', are ignored. */
int mask_rules_read(struct mask_rules *rules, const char *path,
    struct err *err);

bool mask_rules_have(const struct mask_rules *rules, enum mask_kind kind);

/* Give the rules that hash their salt. */
int mask_rules_arm(struct mask_rules *rules, struct span salt,
    struct err *err);

/* The rule that applies to a column, NULL where there is none. */
const struct mask_rule *mask_rules_find(const struct mask_rules *rules,
    struct span db, struct span table, struct span column);

/* Could a column of the table be masked?  A yes may be one too many. */
bool mask_rules_may_mask(const struct mask_rules *rules, struct span db,
    struct span table);

/* May each expression that could mask a column of one table mask one of
 * another, too?  A yes may be one too many. */
bool mask_rules_follow(const struct mask_rules *rules, struct span db,
    struct span table, struct span to_db, struct span to_table);

void mask_rules_clear(struct mask_rules *rules);

#endif
