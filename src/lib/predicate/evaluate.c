/* SPDX-License-Identifier: MIT
 *
 * What a condition is worth for a row.  Three-valued logic: false, true, and
 * unknown, which is what NULL makes of a comparison.
 */
#include "predicate/node.h"

#include "json/object.h"
#include "json/scan.h"
#include "predicate/exact.h"
#include "predicate/like.h"

enum { SHOWN = 40 };            /* bytes of a value in a message */

enum truth { FALSE, TRUE, UNKNOWN };

static void
set_truth(struct operand *to, enum truth truth)
{
	static const struct operand operands[] = {
		[FALSE] = { OPERAND_NUMBER, true, { "0", 1 } },
		[TRUE] = { OPERAND_NUMBER, true, { "1", 1 } },
		[UNKNOWN] = { OPERAND_NULL, true, { NULL, 0 } },
	};

	*to = operands[truth];
}

static enum truth
not(enum truth truth)
{
	return truth == UNKNOWN ? UNKNOWN : !truth;
}

static int
shown(struct span text)
{
	return (int)(text.n < SHOWN ? text.n : SHOWN);
}

/* number: the other side, p NULL if there is none. */
static int
not_a_number(struct span text, struct span number, struct err *err)
{
	if (!number.p) {
		err_set(err, ERR_DATA, "--where uses the text '%.*s' as a "
		    "number", shown(text), text.p);
		return err_hint(err, "compare it with a text: column = '…'");
	}
	err_set(err, ERR_DATA, "--where compares the number %.*s with the "
	    "text '%.*s'", shown(number), number.p, shown(text), text.p);
	return err_hint(err, "compare numbers with numbers; cdc-tail prints "
	    "dates and times as numbers (of days, milliseconds, …), or with "
	    "--time string as text");
}

/* -1 where a text that is no number is used as a condition. */
static int
read_truth(const struct operand *operand, enum truth *truth, struct err *err)
{
	if (operand->kind == OPERAND_NULL) {
		*truth = UNKNOWN;
		return 0;
	}
	if (!exact_is_number(operand->text))
		return not_a_number(operand->text,
		    (struct span){ NULL, 0 }, err);
	*truth = exact_is_zero(operand->text) ? FALSE : TRUE;
	return 0;
}

static int
evaluate(struct node *node, const struct predicate_row *row, struct operand *to,
    struct err *err)
{
	return node->evaluate(node, row, to, err);
}

static int
evaluate_truth(struct node *node, const struct predicate_row *row,
    enum truth *truth, struct err *err)
{
	struct operand operand;

	return evaluate(node, row, &operand, err) < 0 ? -1 :
	    read_truth(&operand, truth, err);
}

/* ---- operands */

int
evaluate_constant(struct node *node, const struct predicate_row *row,
    struct operand *to, struct err *err)
{
	(void)row;
	(void)err;
	*to = node->constant;
	return 0;
}

/* A value of JSON; true and false are 1 and 0. */
static void
read_value(struct node *node, struct span value, struct operand *to)
{
	struct span inside = json_inside(value);

	if (inside.p)
		*to = (struct operand){ OPERAND_TEXT, false,
			json_string_text(inside, &node->scratch) };
	else if (span_is(value, "null"))
		set_truth(to, UNKNOWN);
	else if (span_is(value, "true") || span_is(value, "false"))
		set_truth(to, value.p[0] == 't' ? TRUE : FALSE);
	else if (value.p[0] == '{' || value.p[0] == '[')
		*to = (struct operand){ OPERAND_TEXT, true, value };
	else
		*to = (struct operand){ OPERAND_NUMBER, true, value };
}

/* A string that a schema knows to be a number, or to be none. */
static void
apply_type(const struct node *node, const struct predicate_row *row,
    struct operand *to)
{
	enum predicate_type type = PREDICATE_UNKNOWN;

	if (to->kind != OPERAND_TEXT || to->sure)
		return;
	if (row->type)
		type = row->type(row->arg, buf_view(&node->own));
	to->sure = type != PREDICATE_UNKNOWN;
	if (type == PREDICATE_NUMBER && exact_is_number(to->text))
		to->kind = OPERAND_NUMBER;
}

static struct span
find_image(const struct node *node, const struct predicate_row *row)
{
	switch (node->image) {
	case IMAGE_OF_BEFORE:
		return row->before;
	case IMAGE_OF_AFTER:
		return row->flat ? row->row : row->after;
	default:
		return row->row;
	}
}

int
evaluate_column(struct node *node, const struct predicate_row *row,
    struct operand *to, struct err *err)
{
	struct span image = find_image(node, row), value;

	if (node->image == IMAGE_OF_BEFORE && row->flat)
		return err_set(err, ERR_DATA, "--where names %s, and a flat "
		    "row has no before", node->text);
	if (!image.p || image.p[0] != '{') {
		set_truth(to, UNKNOWN);
		return 0;
	}
	value = object_member_named(image, buf_view(&node->own));
	if (!value.p) {
		err_set(err, ERR_DATA, "--where names %s, and the row has no "
		    "such column", node->text);
		return err_hint(err, "keep to tables that have it with "
		    "--include-table; a text is quoted: 'paid'; partial row "
		    "images lack columns; COLUMN=VALUE, without quotes, skips "
		    "such rows");
	}
	read_value(node, value, to);
	apply_type(node, row, to);
	return 0;
}

/* CAST(x AS CHAR) */
int
evaluate_text(struct node *node, const struct predicate_row *row,
    struct operand *to, struct err *err)
{
	if (evaluate(node->args[0], row, to, err) < 0)
		return -1;
	if (to->kind == OPERAND_NUMBER)
		to->kind = OPERAND_TEXT;
	to->sure = true;
	return 0;
}

/* x + 0 */
int
evaluate_number(struct node *node, const struct predicate_row *row,
    struct operand *to, struct err *err)
{
	if (evaluate(node->args[0], row, to, err) < 0)
		return -1;
	if (to->kind == OPERAND_TEXT && !exact_is_number(to->text))
		return not_a_number(to->text, (struct span){ NULL, 0 }, err);
	if (to->kind == OPERAND_TEXT)
		to->kind = OPERAND_NUMBER;
	return 0;
}

/* ---- comparisons */

static int
order(int sign)
{
	return sign < 0 ? LESS : sign > 0 ? GREATER : EQUAL;
}

/* Two texts, which may be meant as numbers or not: it must
 * make no difference. */
static int
compare_texts(const struct operand *a, const struct operand *b,
    unsigned true_for, struct err *err)
{
	int as_texts = order(span_order(&a->text, &b->text));

	if (!a->sure && !b->sure && exact_is_number(a->text) &&
	    exact_is_number(b->text) && !(as_texts & (int)true_for) !=
	    !(order(exact_compare(a->text, b->text)) & (int)true_for)) {
		err_set(err, ERR_DATA, "--where compares '%.*s' with '%.*s', "
		    "which are different as texts and as numbers",
		    shown(a->text), a->text.p, shown(b->text), b->text.p);
		return err_hint(err, "say which: CAST(column AS CHAR) is a "
		    "text, column + 0 a number; or let cdc-tail --control "
		    "tell the column's type");
	}
	return as_texts;
}

/* LESS, EQUAL or GREATER; 0 where one is NULL; -1. */
static int
compare(const struct operand *a, const struct operand *b, unsigned true_for,
    struct err *err)
{
	const struct operand *text = a->kind == OPERAND_TEXT ? a : b;
	const struct operand *number = text == a ? b : a;

	if (a->kind == OPERAND_NULL || b->kind == OPERAND_NULL)
		return 0;
	if (a->kind == OPERAND_TEXT && b->kind == OPERAND_TEXT)
		return compare_texts(a, b, true_for, err);
	if (text->kind == OPERAND_TEXT && !exact_is_number(text->text))
		return not_a_number(text->text, number->text, err);
	return order(exact_compare(a->text, b->text));
}

/* Of two operands: is it one of these outcomes? */
static int
compare_truth(const struct operand *a, const struct operand *b,
    unsigned true_for, enum truth *truth, struct err *err)
{
	int outcome = compare(a, b, true_for, err);

	if (outcome < 0)
		return -1;
	*truth = !outcome ? UNKNOWN : (unsigned)outcome & true_for ? TRUE :
	    FALSE;
	return 0;
}

static int
evaluate_two(struct node *node, const struct predicate_row *row,
    struct operand two[2], struct err *err)
{
	return evaluate(node->args[0], row, &two[0], err) < 0 ? -1 :
	    evaluate(node->args[1], row, &two[1], err);
}

int
evaluate_comparison(struct node *node, const struct predicate_row *row,
    struct operand *to, struct err *err)
{
	struct operand two[2];
	enum truth truth;

	if (evaluate_two(node, row, two, err) < 0)
		return -1;
	if (node->null_safe && (two[0].kind == OPERAND_NULL ||
	    two[1].kind == OPERAND_NULL))
		truth = two[0].kind == two[1].kind;
	else if (compare_truth(&two[0], &two[1], node->outcomes, &truth,
	    err) < 0)
		return -1;
	set_truth(to, truth);
	return 0;
}

/* x IN (a, b): args[0] is x. */
int
evaluate_in(struct node *node, const struct predicate_row *row,
    struct operand *to, struct err *err)
{
	enum truth all = FALSE;
	struct operand x;

	if (evaluate(node->args[0], row, &x, err) < 0)
		return -1;
	for (size_t i = 1; i < node->n && all != TRUE; i++) {
		struct operand one;
		enum truth truth;

		if (evaluate(node->args[i], row, &one, err) < 0 ||
		    compare_truth(&x, &one, EQUAL, &truth, err) < 0)
			return -1;
		if (truth != FALSE)
			all = truth;
	}
	set_truth(to, node->negated ? not(all) : all);
	return 0;
}

static enum truth
and(enum truth a, enum truth b)
{
	return a == FALSE || b == FALSE ? FALSE :
	    a == UNKNOWN || b == UNKNOWN ? UNKNOWN : TRUE;
}

/* x BETWEEN a AND b */
int
evaluate_between(struct node *node, const struct predicate_row *row,
    struct operand *to, struct err *err)
{
	struct operand x, end;
	enum truth low, high;

	if (evaluate(node->args[0], row, &x, err) < 0 ||
	    evaluate(node->args[1], row, &end, err) < 0 ||
	    compare_truth(&x, &end, EQUAL | GREATER, &low, err) < 0 ||
	    evaluate(node->args[2], row, &end, err) < 0 ||
	    compare_truth(&x, &end, LESS | EQUAL, &high, err) < 0)
		return -1;
	set_truth(to, node->negated ? not(and(low, high)) : and(low, high));
	return 0;
}

static void
set_match(const struct node *node, struct operand *to, bool matches)
{
	set_truth(to, matches != node->negated ? TRUE : FALSE);
}

int
evaluate_like(struct node *node, const struct predicate_row *row,
    struct operand *to, struct err *err)
{
	struct operand two[2];

	if (evaluate_two(node, row, two, err) < 0)
		return -1;
	if (two[0].kind == OPERAND_NULL || two[1].kind == OPERAND_NULL)
		set_truth(to, UNKNOWN);
	else
		set_match(node, to, like_matches(two[1].text,
		    buf_view(&node->own), two[0].text));
	return 0;
}

int
evaluate_regexp(struct node *node, const struct predicate_row *row,
    struct operand *to, struct err *err)
{
	struct operand x;

	if (evaluate(node->args[0], row, &x, err) < 0)
		return -1;
	if (x.kind == OPERAND_NULL)
		set_truth(to, UNKNOWN);
	else
		set_match(node, to, pattern_matches(node->regex, x.text));
	return 0;
}

/* x IS NULL, IS UNKNOWN; x IS TRUE, IS FALSE: args[1] is what it is to be. */
int
evaluate_is(struct node *node, const struct predicate_row *row,
    struct operand *to, struct err *err)
{
	struct operand two[2];
	enum truth is = UNKNOWN, wanted = UNKNOWN;

	if (evaluate_two(node, row, two, err) < 0 ||
	    read_truth(&two[1], &wanted, err) < 0)
		return -1;
	if (wanted == UNKNOWN)
		is = two[0].kind == OPERAND_NULL ? UNKNOWN : TRUE;
	else if (read_truth(&two[0], &is, err) < 0)
		return -1;
	set_match(node, to, is == wanted);
	return 0;
}

/* ---- logic */

int
evaluate_not(struct node *node, const struct predicate_row *row,
    struct operand *to, struct err *err)
{
	enum truth truth;

	if (evaluate_truth(node->args[0], row, &truth, err) < 0)
		return -1;
	set_truth(to, not(truth));
	return 0;
}

/* Of two, the second is looked at only if the first does not decide: then a
 * column that not all rows have may be asked for after the table. */
static int
evaluate_pair(struct node *node, const struct predicate_row *row,
    enum truth decides, enum truth two[2], struct err *err)
{
	two[1] = decides;
	if (evaluate_truth(node->args[0], row, &two[0], err) < 0)
		return -1;
	return two[0] == decides ? 0 :
	    evaluate_truth(node->args[1], row, &two[1], err);
}

int
evaluate_and(struct node *node, const struct predicate_row *row,
    struct operand *to, struct err *err)
{
	enum truth two[2];

	if (evaluate_pair(node, row, FALSE, two, err) < 0)
		return -1;
	set_truth(to, and(two[0], two[1]));
	return 0;
}

int
evaluate_or(struct node *node, const struct predicate_row *row,
    struct operand *to, struct err *err)
{
	enum truth two[2];

	if (evaluate_pair(node, row, TRUE, two, err) < 0)
		return -1;
	set_truth(to, not(and(not(two[0]), not(two[1]))));
	return 0;
}

int
evaluate_xor(struct node *node, const struct predicate_row *row,
    struct operand *to, struct err *err)
{
	enum truth two[2];

	if (evaluate_pair(node, row, UNKNOWN, two, err) < 0)
		return -1;
	set_truth(to, two[0] == UNKNOWN || two[1] == UNKNOWN ? UNKNOWN :
	    two[0] != two[1] ? TRUE : FALSE);
	return 0;
}

int
predicate_holds(struct predicate *p, const struct predicate_row *row,
    struct err *err)
{
	enum truth truth = UNKNOWN;

	return evaluate_truth(p->root, row, &truth, err) < 0 ? -1 :
	    truth == TRUE;
}
