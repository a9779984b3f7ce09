/* SPDX-License-Identifier: MIT
 *
 * Statements by which the values of a masked column come under another name:
 * they rename the column or its table, or make another table of it.  Where no
 * rule decides about the new name, the values would pass.  Cold: clarity before
 * speed.
 */
#include "mask/masker_parts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "follow/action.h"
#include "json/object.h"

/* A table before the statement, and the table that has its columns after. */
struct mask_move {
	struct masker *m;
	const struct record *rec;
	const struct action *s;
	const struct act *from, *to;
};

static const struct mask_rule *
rule_of(const struct mask_move *v, const struct act *table, struct span column)
{
	return mask_rules_find(v->m->columns.rules, span_of(table->db),
	    span_of(table->name), column);
}

static bool
masks(const struct mask_rule *rule)
{
	return rule && rule->kind != MASK_PASS;
}

/* ---- refusals */

static int
finish(const struct mask_move *v, struct err *err)
{
	masker_place(v->rec, err);
	return err_hint(err, "add a rule for the new name, or let its values "
	    "pass as they are with --pass");
}

static int
refuse_column(const struct mask_move *v, struct span old, struct span new,
    struct err *err)
{
	err_set(err, ERR_CONFIG, "a statement by which the masked column "
	    "%s.%s.%.*s becomes %s.%s.%.*s, which no rule names", v->from->db,
	    v->from->name, (int)old.n, old.p, v->to->db, v->to->name,
	    (int)new.n, new.p);
	return finish(v, err);
}

static int
refuse_table(const struct mask_move *v, struct err *err)
{
	err_set(err, ERR_CONFIG, "a statement by which rows of the table "
	    "%s.%s, which may have masked columns, become rows of %s.%s, "
	    "whose columns no rule names", v->from->db, v->from->name,
	    v->to->db, v->to->name);
	return finish(v, err);
}

/* ---- columns that keep their names */

/* Columns of a table, as they are known, that are masked in `from` and that no
 * rule names in `to`. */
static int
check_known(const struct mask_move *v, const struct mask_table *t,
    struct err *err)
{
	for (size_t i = 0; i < t->ncolumns; i++) {
		struct buf scratch = { 0 };
		struct span name = json_string_text((struct span){
		    t->columns[i].name, t->columns[i].n }, &scratch);
		bool leaks = masks(rule_of(v, v->from, name)) &&
		    !rule_of(v, v->to, name);

		if (leaks)
			refuse_column(v, name, name, err);
		buf_free(&scratch);
		if (leaks)
			return -1;
	}
	return 0;
}

/* A name that no column has: a rule that names it names all. */
#define ANY_COLUMN SPAN("\x1f")

/* Nothing is known of its columns: is there a rule for whatever it has, or may
 * each expression that masks one mask the new one? */
static int
check_unknown(const struct mask_move *v, struct err *err)
{
	if (rule_of(v, v->to, ANY_COLUMN) || mask_rules_follow(
	    v->m->columns.rules, span_of(v->from->db), span_of(v->from->name),
	    span_of(v->to->db), span_of(v->to->name)))
		return 0;
	return refuse_table(v, err);
}

static struct mask_table *
table_of(const struct mask_move *v, const struct act *act)
{
	return mask_columns_table(&v->m->columns, span_of(act->db),
	    span_of(act->name));
}

/* The record describes one of them, or (a name in the middle of several
 * renames, a table that nobody knows) neither. */
static int
check_table(const struct mask_move *v, struct err *err)
{
	struct mask_table *t = table_of(v, v->to);

	if (t->described)
		return check_known(v, t, err);
	t = table_of(v, v->from);
	if (check_known(v, t, err) < 0)
		return -1;
	return t->described ? 0 : check_unknown(v, err);
}

static bool
same_table(const struct act *a, const struct act *b)
{
	return a->name && b->name && strcmp(a->name, b->name) == 0 &&
	    strcmp(a->db, b->db) == 0;
}

static int
check_pair(struct mask_move *v, const struct act *from, const struct act *to,
    struct err *err)
{
	if (!from->name || !to->name || same_table(from, to))
		return 0;
	v->from = from;
	v->to = to;
	return check_table(v, err);
}

/* ---- forms of statements */

/* Of more pairs than people write, each is judged alone, which may refuse more
 * than it must. */
enum { MOST_CHAINED = 64 };

/* What the table of the i-th act is called before the statement. */
static const struct act *
origin_of(const struct action *s, size_t i)
{
	const struct act *from = &s->acts[i - 1];

	for (size_t k = i - 1; k-- > 1; )
		if (s->acts[k].renamed && same_table(&s->acts[k], from))
			from = &s->acts[k - 1];
	return from;
}

/* Is its new name only one on the way to another? */
static bool
is_passing(const struct action *s, size_t i)
{
	for (size_t k = i + 1; k < s->nacts; k++)
		if (s->acts[k].renamed && same_table(&s->acts[k - 1],
		    &s->acts[i]))
			return true;
	return false;
}

/* RENAME TABLE a TO b, …: pairs, each after those before it. */
static int
check_renames(struct mask_move *v, struct err *err)
{
	const struct action *s = v->s;
	bool chained = s->nacts <= MOST_CHAINED;

	for (size_t i = 1; i < s->nacts; i++) {
		if (!s->acts[i].renamed || (chained && is_passing(s, i)))
			continue;
		if (check_pair(v, chained ? origin_of(s, i) : &s->acts[i - 1],
		    &s->acts[i], err) < 0)
			return -1;
	}
	return 0;
}

/* CHANGE a b, RENAME COLUMN a TO b */
static bool
renames_column(const struct action *s, const struct part *p)
{
	struct sql at = sql_in(p->at, s->mode);

	return p->type == CLAUSE_COLUMN && p->ncolumns == 2 &&
	    (sql_word(&at, "CHANGE") || sql_word(&at, "RENAME"));
}

/* The table's name after an ALTER TABLE. */
static const struct act *
name_after(const struct action *s)
{
	const struct act *after = &s->acts[0];

	for (size_t i = 1; i < s->nacts; i++)
		if (s->acts[i].renamed)
			after = &s->acts[i];
	return after;
}

static int
check_columns(struct mask_move *v, struct err *err)
{
	v->from = &v->s->acts[0];
	v->to = name_after(v->s);
	for (size_t i = 0; i < v->s->nparts; i++) {
		const struct part *p = &v->s->parts[i];
		struct span old, new;

		if (!renames_column(v->s, p))
			continue;
		old = span_of(p->columns[0]);
		new = span_of(p->columns[1]);
		if (masks(rule_of(v, v->from, old)) &&
		    !rule_of(v, v->to, new))
			return refuse_column(v, old, new, err);
	}
	return 0;
}

/* ALTER TABLE a RENAME b; EXCHANGE PARTITION … WITH TABLE b, CONVERT PARTITION
 * … TO TABLE b, UNION = (b): rows of one are rows of the other. */
static int
check_alter(struct mask_move *v, struct err *err)
{
	const struct action *s = v->s;

	if (check_columns(v, err) < 0)
		return -1;
	for (size_t i = 1; i < s->nacts; i++) {
		const struct act *other = &s->acts[i];

		if (!other->changes)
			continue;
		if (check_pair(v, &s->acts[0], other, err) < 0 ||
		    (!other->renamed && check_pair(v, other, &s->acts[0],
		    err) < 0))
			return -1;
	}
	return 0;
}

/* Is it the name of a table that may have masked columns? */
static bool
may_be_masked(struct mask_move *v, const struct sql_token *first, struct sql at)
{
	const struct mask_rules *rules = v->m->columns.rules;
	char *name = sql_token_name(first), *db = NULL;
	struct sql_token second;
	bool may;

	if (sql_sign(&at, '.') && sql_token(&at, &second) &&
	    sql_token_names(&second)) {
		db = name;
		name = sql_token_name(&second);
	}
	may = mask_rules_may_mask(rules, db ? span_of(db) :
	    span_of(v->to->db), span_of(name));
	free(name);
	free(db);
	return may;
}

/* A query tells its columns by names of its own: is there one of a table with
 * masked columns in it, as far as words can be such a name? */
static bool
reads_masked(struct mask_move *v)
{
	struct sql at = sql_in(v->s->text, v->s->mode);
	struct sql_token t, last = { .kind = TOKEN_END };
	bool tables = false;

	at.p = v->to->at.p + v->to->at.n;
	for (; sql_token(&at, &t) != TOKEN_END && t.kind != TOKEN_BROKEN;
	    last = t) {
		bool begins = sql_token_is(&last, "FROM") ||
		    sql_token_is(&last, "TABLE");

		tables |= begins;
		begins |= sql_token_sign(&last, ',') ||
		    sql_token_sign(&last, '(') ||
		    sql_token_is(&last, "JOIN") ||
		    sql_token_is(&last, "STRAIGHT_JOIN");
		if (tables && begins && sql_token_names(&t) &&
		    !sql_token_is(&t, "SELECT") && may_be_masked(v, &t, at))
			return true;
	}
	return false;
}

/* Has each column of the new table a rule? */
static bool
decides(const struct mask_move *v)
{
	struct mask_table *t = table_of(v, v->to);

	for (size_t i = 0; t->described && i < t->ncolumns; i++)
		if (!t->columns[i].rule)
			return false;
	return t->described || rule_of(v, v->to, ANY_COLUMN);
}

static int
check_query(struct mask_move *v, struct err *err)
{
	v->to = &v->s->acts[0];
	if (!v->s->queries || !reads_masked(v) || decides(v))
		return 0;
	err_set(err, ERR_CONFIG, "a statement by which a query on tables that "
	    "may have masked columns fills %s.%s, some of whose columns no "
	    "rule names", v->to->db, v->to->name);
	return finish(v, err);
}

/* CREATE TABLE a LIKE b, … UNION = (b), … AS SELECT … */
static int
check_create(struct mask_move *v, struct err *err)
{
	const struct action *s = v->s;

	for (size_t i = 1; i < s->nacts; i++)
		if (s->acts[i].part == NO_PART && check_pair(v, &s->acts[i],
		    &s->acts[0], err) < 0)
			return -1;
	return check_query(v, err);
}

/* What could not be read, and acts on a table with masked columns. */
static int
check_trouble(struct mask_move *v, struct err *err)
{
	for (size_t i = 0; i < v->s->nacts; i++) {
		const struct act *act = &v->s->acts[i];

		if (!act->name || !mask_rules_may_mask(v->m->columns.rules,
		    span_of(act->db), span_of(act->name)))
			continue;
		err_set(err, ERR_CONFIG, "a statement on %s.%s, of which it "
		    "cannot be told whether it renames masked columns: %s",
		    act->db, act->name, v->s->trouble);
		masker_place(v->rec, err);
		return err_hint(err, "leave its records out with cdc-filter");
	}
	return 0;
}

int
masker_moves(struct masker *m, const struct record *rec,
    const struct action *s, struct err *err)
{
	struct mask_move v = { .m = m, .rec = rec, .s = s };

	if (s->on != ON_TABLES || !s->nacts)
		return 0;
	if (s->trouble)
		return check_trouble(&v, err);
	switch (s->form) {
	case FORM_RENAME:
		return check_renames(&v, err);
	case FORM_ALTER:
		return check_alter(&v, err);
	case FORM_CREATE:
		return check_create(&v, err);
	default:
		return 0;
	}
}
