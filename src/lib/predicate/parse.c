/* SPDX-License-Identifier: MIT
 *
 * From a condition's text to its tree, one function for each level of
 * precedence, from the loosest: OR; XOR; AND; NOT; comparisons and IS; IN,
 * BETWEEN, LIKE, REGEXP; operands.
 */
#include "predicate/node.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "predicate/exact.h"
#include "sql/lex.h"

enum {
	MAX_DEPTH = 200,        /* of parentheses and NOTs */
	MAX_PAIRS = 4000,       /* operators, which may form a chain */
	SHOWN = 40,             /* bytes of what is wrong, in a message */
};

struct parser {
	struct sql sql;
	const char *text;
	int depth, pairs, columns;
	struct err *err;
};

static struct node *parse_condition(struct parser *p);
static struct node *parse_predicate(struct parser *p);

static void
node_free(struct node *node)
{
	if (!node)
		return;
	for (size_t i = 0; i < node->n; i++)
		node_free(node->args[i]);
	free(node->args);
	free(node->text);
	buf_free(&node->own);
	buf_free(&node->scratch);
	pattern_free(node->regex);
	free(node);
}

static struct node *
node_new(evaluate_fn *evaluate)
{
	struct node *node = xcalloc(1, sizeof(*node));

	node->evaluate = evaluate;
	return node;
}

/* Adopt an operand: false, and the node is gone, if there is none. */
static bool
node_add(struct node **node, struct node *arg)
{
	if (!arg) {
		node_free(*node);
		*node = NULL;
		return false;
	}
	*ARRAY_ADD((*node)->args, (*node)->n) = arg;
	return true;
}


static struct node *
wrong(struct parser *p, const char *wanted)
{
	size_t left;

	sql_more(&p->sql);
	left = (size_t)(p->sql.end - p->sql.p);
	if (left)
		err_set(p->err, ERR_USAGE, "condition '%s': %s expected at "
		    "'%.*s%s'", p->text, wanted, (int)(left < SHOWN ? left :
		    SHOWN), p->sql.p, left < SHOWN ? "" : "…");
	else
		err_set(p->err, ERR_USAGE, "condition '%s': %s expected at "
		    "the end", p->text, wanted);
	return NULL;
}

static struct node *
too_many(struct parser *p, struct node *node)
{
	node_free(node);
	return wrong(p, "fewer operators");
}

/* a OP b, of which a is there. */
static struct node *
node_pair(struct parser *p, evaluate_fn *evaluate, struct node *a,
    struct node *(*parse)(struct parser *p))
{
	struct node *node = node_new(evaluate);

	node_add(&node, a);
	if (++p->pairs > MAX_PAIRS)
		return too_many(p, node);
	node_add(&node, parse(p));
	return node;
}

/* ---- operands */

static struct node *
parse_constant(struct operand operand)
{
	struct node *node = node_new(evaluate_constant);

	if (operand.text.p)
		buf_span(&node->own, operand.text);
	node->constant = operand;
	if (operand.text.p)
		node->constant.text = buf_view(&node->own);
	return node;
}

static struct node *
parse_string(struct parser *p)
{
	struct buf text = { 0 };
	struct node *node;

	if (!sql_string(&p->sql, &text)) {
		buf_free(&text);
		return wrong(p, "the end of a string");
	}
	node = parse_constant((struct operand){ OPERAND_TEXT, false,
		buf_view(&text) });
	buf_free(&text);
	return node;
}

/* A number that begins here, with its sign; an empty span if none does. */
static struct span
number_at(const struct sql *s)
{
	const char *p = s->p, *best = p;

	if (p < s->end && (*p == '-' || *p == '+'))
		p++;
	for (; p < s->end && (sql_name_char(*p) || *p == '.' ||
	    ((*p == '-' || *p == '+') && (p[-1] == 'e' || p[-1] == 'E')));)
		if (exact_is_number(span_between(s->p, ++p)))
			best = p;
	/* 1abc, 0x1F and 1.2.3 are no numbers */
	return span_between(s->p, best == p ? best : s->p);
}

/* Words that SQL reserves: a column of such a name stands in backticks. */
static bool
at_reserved(const struct sql *s)
{
	static const char *const words[] = {
		"AND", "OR", "NOT", "XOR", "IN", "IS", "NULL", "BETWEEN",
		"LIKE", "REGEXP", "RLIKE", "CAST", "TRUE", "FALSE", 0,
	};

	for (size_t i = 0; words[i]; i++) {
		struct sql at = *s;

		if (sql_word(&at, words[i]))
			return true;
	}
	return false;
}

/* x, `x`, before.x, after.x */
static struct node *
parse_column(struct parser *p)
{
	const char *from = p->sql.p;
	struct span image = { NULL, 0 }, name;
	struct node *node;
	char *plain;

	if (at_reserved(&p->sql) || !sql_table(&p->sql, &image, &name))
		return wrong(p, "a column or a value");
	if (image.p && !span_is_nocase(image, "before") &&
	    !span_is_nocase(image, "after")) {
		p->sql.p = from;
		return wrong(p, "before.COLUMN, after.COLUMN or COLUMN");
	}
	node = node_new(evaluate_column);
	plain = sql_unquote(name);
	buf_str(&node->own, plain);
	free(plain);
	while (p->sql.p > from && p->sql.p[-1] == ' ')
		p->sql.p--;
	node->text = xmemdup(from, (size_t)(p->sql.p - from));
	p->columns++;
	if (image.p)
		node->image = span_is_nocase(image, "before") ?
		    IMAGE_OF_BEFORE : IMAGE_OF_AFTER;
	return node;
}

/* (x AS CHAR), after CAST */
static struct node *
parse_cast(struct parser *p)
{
	struct node *node = node_new(evaluate_text);

	if (!sql_sign(&p->sql, '(')) {
		node_free(node);
		return wrong(p, "'('");
	}
	if (!node_add(&node, parse_condition(p)))
		return NULL;
	if (sql_word(&p->sql, "AS") && sql_word(&p->sql, "CHAR") &&
	    sql_sign(&p->sql, ')'))
		return node;
	node_free(node);
	return wrong(p, "AS CHAR)");
}

static struct node *
parse_parenthesis(struct parser *p)
{
	struct node *node = parse_condition(p);

	if (!node || sql_sign(&p->sql, ')'))
		return node;
	node_free(node);
	return wrong(p, "')'");
}

/* THE TABLE: words that are values. */
static const struct {
	const char *word;
	struct operand operand;
} words[] = {
	{ "NULL", { OPERAND_NULL, true, { NULL, 0 } } },
	{ "TRUE", { OPERAND_NUMBER, true, { "1", 1 } } },
	{ "FALSE", { OPERAND_NUMBER, true, { "0", 1 } } },
	{ "UNKNOWN", { OPERAND_NULL, true, { NULL, 0 } } }, /* after IS */
};
enum { WORDS = sizeof(words) / sizeof(*words) };

static struct node *
parse_word(struct parser *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (sql_word(&p->sql, words[i].word))
			return parse_constant(words[i].operand);
	return NULL;
}

static struct node *
parse_operand(struct parser *p)
{
	struct span number;
	struct node *node;

	if (!sql_more(&p->sql))
		return wrong(p, "a column or a value");
	if (sql_at_string(&p->sql))
		return parse_string(p);
	number = number_at(&p->sql);
	if (number.n) {
		p->sql.p += number.n;
		return parse_constant((struct operand){ OPERAND_NUMBER, true,
			number });
	}
	if (sql_sign(&p->sql, '('))
		return parse_parenthesis(p);
	if (sql_word(&p->sql, "CAST"))
		return parse_cast(p);
	node = parse_word(p, WORDS - 1);
	return node ? node : parse_column(p);
}

/* x + 0, which is x as a number */
static struct node *
parse_sum(struct parser *p)
{
	struct node *x = parse_operand(p), *node;
	struct span number;

	if (!x || !sql_sign(&p->sql, '+'))
		return x;
	node = node_new(evaluate_number);
	node_add(&node, x);
	sql_more(&p->sql);
	number = number_at(&p->sql);
	if (number.n && exact_is_zero(number)) {
		p->sql.p += number.n;
		return node;
	}
	node_free(node);
	return wrong(p, "0, which makes a text a number,");
}

/* `!` binds more tightly than everything but an operand. */
static struct node *
parse_bang(struct parser *p)
{
	struct node *node;

	if (!sql_more(&p->sql) || *p->sql.p != '!' ||
	    (p->sql.end - p->sql.p > 1 && p->sql.p[1] == '='))
		return parse_sum(p);
	if (p->depth == MAX_DEPTH)
		return wrong(p, "less nesting");
	p->sql.p++;
	p->depth++;
	node = node_new(evaluate_not);
	node_add(&node, parse_bang(p));
	p->depth--;
	return node;
}

/* ---- IN, BETWEEN, LIKE, REGEXP */

/* (a, b, …) */
static struct node *
parse_in(struct parser *p, struct node *node)
{
	node->evaluate = evaluate_in;
	if (!sql_sign(&p->sql, '(')) {
		node_free(node);
		return wrong(p, "'('");
	}
	do {
		if (!node_add(&node, parse_condition(p)))
			return NULL;
	} while (sql_sign(&p->sql, ','));
	if (sql_sign(&p->sql, ')'))
		return node;
	node_free(node);
	return wrong(p, "',' or ')'");
}

/* a AND b */
static struct node *
parse_between(struct parser *p, struct node *node)
{
	node->evaluate = evaluate_between;
	if (!node_add(&node, parse_bang(p)))
		return NULL;
	if (!sql_word(&p->sql, "AND")) {
		node_free(node);
		return wrong(p, "AND");
	}
	node_add(&node, parse_predicate(p));
	return node;
}

/* pattern [ESCAPE 'c'] */
static struct node *
parse_like(struct parser *p, struct node *node)
{
	node->evaluate = evaluate_like;
	if (!node_add(&node, parse_bang(p)))
		return NULL;
	buf_char(&node->own, '\\');
	if (!sql_word(&p->sql, "ESCAPE"))
		return node;
	node->own.n = 0;
	if (sql_string(&p->sql, &node->own) && (node->own.n < 2 ||
	    ((unsigned char)node->own.p[0] >= 0xC0 && node->own.n <= 4)))
		return node;
	node_free(node);
	return wrong(p, "one character in quotes");
}

/* 'expression' */
static struct node *
parse_regexp(struct parser *p, struct node *node)
{
	struct buf text = { 0 };

	node->evaluate = evaluate_regexp;
	if (sql_string(&p->sql, &text))
		node->regex = pattern_new(buf_view(&text), PATTERN_WITHIN,
		    p->err);
	else
		wrong(p, "a regular expression in quotes");
	buf_free(&text);
	if (node->regex)
		return node;
	node_free(node);
	return NULL;
}

/* THE TABLE: operators that are words, and what follows them. */
static const struct {
	const char *word;
	struct node *(*parse)(struct parser *p, struct node *node);
} operators[] = {
	{ "IN", parse_in },
	{ "BETWEEN", parse_between },
	{ "LIKE", parse_like },
	{ "REGEXP", parse_regexp },
	{ "RLIKE", parse_regexp },
};

static struct node *
parse_predicate(struct parser *p)
{
	struct node *x = parse_bang(p);
	bool negated = x && sql_word(&p->sql, "NOT");

	for (size_t i = 0; x && i < sizeof(operators) / sizeof(*operators);
	    i++) {
		struct node *node;

		if (!sql_word(&p->sql, operators[i].word))
			continue;
		node = node_new(NULL);
		node->negated = negated;
		node_add(&node, x);
		return operators[i].parse(p, node);
	}
	if (!negated)
		return x;
	node_free(x);
	return wrong(p, "IN, BETWEEN, LIKE or REGEXP");
}

/* ---- comparisons and logic */

/* THE TABLE: the longest first. */
static const struct comparison {
	const char *sign;
	unsigned outcomes;
	bool null_safe;
} comparisons[] = {
	{ "<=>", EQUAL, true },
	{ "<=", LESS | EQUAL, false },
	{ ">=", GREATER | EQUAL, false },
	{ "<>", LESS | GREATER, false },
	{ "!=", LESS | GREATER, false },
	{ "=", EQUAL, false },
	{ "<", LESS, false },
	{ ">", GREATER, false },
};

/* Over a sign of several characters. */
static bool
over(struct parser *p, const char *sign)
{
	size_t n = strlen(sign);

	if (!sql_more(&p->sql) || (size_t)(p->sql.end - p->sql.p) < n ||
	    memcmp(p->sql.p, sign, n) != 0)
		return false;
	p->sql.p += n;
	return true;
}

static const struct comparison *
parse_sign(struct parser *p)
{
	for (size_t i = 0; i < sizeof(comparisons) / sizeof(*comparisons); i++)
		if (over(p, comparisons[i].sign))
			return &comparisons[i];
	return NULL;
}

/* [NOT] NULL, TRUE, FALSE, UNKNOWN, after IS */
static struct node *
parse_is(struct parser *p, struct node *x)
{
	struct node *node = node_new(evaluate_is), *is;

	node_add(&node, x);
	node->negated = sql_word(&p->sql, "NOT");
	is = parse_word(p, WORDS);
	if (!is)
		wrong(p, "NULL, TRUE, FALSE or UNKNOWN");
	node_add(&node, is);
	return node;
}

static struct node *
parse_comparison(struct parser *p)
{
	struct node *x = parse_predicate(p);
	const struct comparison *sign;

	while (x) {
		if (sql_word(&p->sql, "IS")) {
			x = ++p->pairs > MAX_PAIRS ? too_many(p, x) :
			    parse_is(p, x);
			continue;
		}
		sign = parse_sign(p);
		if (!sign)
			break;
		x = node_pair(p, evaluate_comparison, x, parse_predicate);
		if (x) {
			x->outcomes = sign->outcomes;
			x->null_safe = sign->null_safe;
		}
	}
	return x;
}

static struct node *
parse_not(struct parser *p)
{
	struct node *node;

	if (!sql_word(&p->sql, "NOT"))
		return parse_comparison(p);
	if (p->depth == MAX_DEPTH)
		return wrong(p, "less nesting");
	p->depth++;
	node = node_new(evaluate_not);
	node_add(&node, parse_not(p));
	p->depth--;
	return node;
}

static struct node *
parse_and(struct parser *p)
{
	struct node *x = parse_not(p);

	while (x && (over(p, "&&") || sql_word(&p->sql, "AND")))
		x = node_pair(p, evaluate_and, x, parse_not);
	return x;
}

static struct node *
parse_xor(struct parser *p)
{
	struct node *x = parse_and(p);

	while (x && sql_word(&p->sql, "XOR"))
		x = node_pair(p, evaluate_xor, x, parse_and);
	return x;
}

static struct node *
parse_condition(struct parser *p)
{
	struct node *x;

	if (p->depth == MAX_DEPTH)
		return wrong(p, "less nesting");
	p->depth++;
	x = parse_xor(p);
	while (x && (over(p, "||") || sql_word(&p->sql, "OR")))
		x = node_pair(p, evaluate_or, x, parse_xor);
	p->depth--;
	return x;
}

/* x alone is most likely half of a condition; IS TRUE makes it one. */
static bool
is_operand(const struct node *node)
{
	return node->evaluate == evaluate_column ||
	    node->evaluate == evaluate_constant ||
	    node->evaluate == evaluate_text ||
	    node->evaluate == evaluate_number;
}

struct predicate *
predicate_new(const char *text, struct err *err)
{
	struct parser p = {
		.sql = sql_of(span_of(text)), .text = text, .err = err,
	};
	struct node *root = parse_condition(&p);
	struct predicate *made;

	if (root && (sql_more(&p.sql) || is_operand(root))) {
		node_free(root);
		root = wrong(&p, "an operator");
	}
	if (root && !p.columns) {
		node_free(root);
		root = NULL;
		err_set(err, ERR_USAGE, "condition '%s' names no column; a "
		    "column has no quotes, or backticks", text);
	}
	if (!root)
		return NULL;
	made = xcalloc(1, sizeof(*made));
	made->root = root;
	return made;
}

void
predicate_free(struct predicate *p)
{
	if (!p)
		return;
	node_free(p->root);
	free(p);
}
