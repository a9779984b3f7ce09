/* SPDX-License-Identifier: MIT
 *
 * A condition as a tree, shared by parse.c and evaluate.c.
 */
#ifndef PREDICATE_NODE_H
#define PREDICATE_NODE_H

#include "base/buf.h"
#include "match/pattern.h"
#include "predicate/predicate.h"

/* What an operand or a condition is worth.  Truth is a number: 1, 0, or NULL
 * for unknown. */
struct operand {
	enum { OPERAND_NULL, OPERAND_NUMBER, OPERAND_TEXT } kind;
	bool sure;              /* a text that is meant as one */
	struct span text;
};

enum { LESS = 1, EQUAL = 2, GREATER = 4 };
enum predicate_image { IMAGE_OF_ROW, IMAGE_OF_BEFORE, IMAGE_OF_AFTER };

struct node;

/* 0; -1 and err. */
typedef int evaluate_fn(struct node *node, const struct predicate_row *row,
    struct operand *to, struct err *err);

struct node {
	evaluate_fn *evaluate;
	struct node **args;     /* owned */
	size_t n;
	bool negated;           /* NOT IN, NOT LIKE, IS NOT … */
	unsigned outcomes;      /* of a comparison: LESS, … that make it true */
	bool null_safe;         /* <=> */
	enum predicate_image image;     /* of a column */
	char *text;             /* name of a column, as the user wrote it */
	struct operand constant;
	struct buf own;         /* the constant's characters; LIKE's escape */
	struct buf scratch;     /* a value, unescaped */
	struct pattern *regex;
};

struct predicate {
	struct node *root;
};

evaluate_fn evaluate_constant, evaluate_column, evaluate_text,
    evaluate_number, evaluate_comparison, evaluate_in, evaluate_between,
    evaluate_like, evaluate_regexp, evaluate_is, evaluate_not, evaluate_and,
    evaluate_or, evaluate_xor;

#endif
