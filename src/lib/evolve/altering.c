/* SPDX-License-Identifier: MIT */
#include "evolve/altering.h"

#include <strings.h>

#include "follow/cuts.h"
#include "target/left.h"

static bool
begins(struct sql at, const char *first, const char *second)
{
	return sql_word(&at, first) && sql_word(&at, second);
}

enum evolve_action
altering_of_part(const struct action *s, const struct part *part)
{
	struct sql at = sql_in(part->at, s->mode);

	if (begins(at, "CONVERT", "TO"))
		return ALTER_COLUMN_TYPE;
	if (begins(at, "DROP", "PARTITION") ||
	    begins(at, "TRUNCATE", "PARTITION"))
		return TRUNCATE_TABLE;
	if (part->type != CLAUSE_COLUMN || !part->ncolumns)
		return NO_ACTION;
	if (sql_word(&at, "ADD"))
		return ADD_COLUMN;
	if (sql_word(&at, "DROP"))
		return REMOVE_COLUMN;
	if (sql_word(&at, "MODIFY"))
		return ALTER_COLUMN_TYPE;
	if (sql_word(&at, "RENAME"))
		return RENAME_COLUMN_TO;
	if (!sql_word(&at, "CHANGE") || part->ncolumns < 2)
		return NO_ACTION;
	return strcasecmp(part->columns[0], part->columns[1]) == 0 ?
	    ALTER_COLUMN_TYPE : RENAME_COLUMN_TO;
}

enum evolve_action
altering_of_statement(const struct action *s)
{
	bool database = s->on == ON_DATABASES;

	if ((s->on != ON_TABLES && !database) || !s->nacts ||
	    s->acts[0].is_column_free)
		return NO_ACTION;
	if (s->form == FORM_DROP || s->form == FORM_DROP_DATABASE)
		return DROP_TABLE;
	if (s->form != FORM_CREATE)
		return NO_ACTION;
	/* OR REPLACE */
	return action_removes_rows(s) ? DROP_TABLE : CREATE_TABLE;
}

bool
altering_acts(const struct action *s)
{
	bool partitions = false, renames = s->form == FORM_RENAME;

	for (size_t i = 0; i < s->nparts; i++)
		partitions = partitions || altering_of_part(s, &s->parts[i]) ==
		    TRUNCATE_TABLE;
	for (size_t i = 0; i < s->nacts; i++)
		renames = renames || s->acts[i].renamed;
	return s->on == ON_TABLES && !partitions &&
	    (s->form == FORM_DROP || renames);
}

/* ---- apply-ddl */

struct judging {
	const struct ways *ways;
	struct left *left;
	const struct action *s;
	const char *gtid;
	struct err *err;
};

/* 1, 0: it is left out; -1 */
static int
judge_one(const struct judging *j, enum evolve_action action,
    const struct act *table, const struct part *part)
{
	enum evolve_way way = ways_of(j->ways, false, action);
	bool renames = action == RENAME_COLUMN_TO && part->ncolumns == 2;
	struct left_note note = { .action = action, .db = table->db,
		.table = table->name ? table->name : "*", .gtid = j->gtid,
		.to = renames ? part->columns[1] : NULL };

	if (way == WAY_FOLLOW)
		return 1;
	if (way == WAY_STOP) {
		note.column = part && part->ncolumns ? part->columns[0] : NULL;
		return left_stop(&note, j->err);
	}
	for (size_t i = 0; part && i < (renames ? 1 : part->ncolumns); i++) {
		note.column = part->columns[i];
		left_add(j->left, &note);
	}
	if (!part || !part->ncolumns)
		left_add(j->left, &note);
	return 0;
}

static int
put_rest(const struct judging *j, const struct cuts *cuts, struct buf *text)
{
	const char *why = cuts_fault(cuts);

	if (why) {
		err_set(j->err, ERR_CONFIG, "a statement that --evolve cannot "
		    "take apart: %s: %.*s", why, (int)j->s->text.n,
		    j->s->text.p);
		return err_hint(j->err, "execute by hand the parts that you "
		    "need, then continue after it with --schema-evolution "
		    "none");
	}
	text->n = 0;
	cuts_put(cuts, text);
	return 1;
}

/* The parts of an ALTER TABLE. */
static int
judge_parts(const struct judging *j, struct buf *text)
{
	const struct action *s = j->s;
	struct cuts cuts;
	int may = 1;

	cuts_open(&cuts, s);
	for (size_t i = 0; i < s->nparts && may >= 0; i++) {
		may = judge_one(j, altering_of_part(s, &s->parts[i]),
		    &s->acts[0], &s->parts[i]);
		if (may == 0)
			cuts_part(&cuts, i);
	}
	if (may >= 0)
		may = !cuts_are_all(&cuts);
	if (may > 0 && !cuts_are_none(&cuts))
		may = put_rest(j, &cuts, text);
	cuts_clear(&cuts);
	return may;
}

int
altering_judge(const struct ways *ways, struct left *left,
    const struct action *s, bool replaces, const char *gtid, struct buf *text,
    struct err *err)
{
	const struct judging j = { ways, left, s, gtid, err };
	enum evolve_action action = altering_of_statement(s);
	int may = 1;

	if (!ways->any)
		return 1;
	if (replaces)
		action = CREATE_TABLE;
	if (s->form == FORM_ALTER && s->on == ON_TABLES && s->nacts)
		return judge_parts(&j, text);
	if (action == DROP_TABLE && s->form == FORM_CREATE)
		may = judge_one(&j, CREATE_TABLE, &s->acts[0], NULL);
	/* of several that one DROP names, all or none */
	for (size_t i = 0; i < s->nacts && may > 0; i++)
		if (s->acts[i].changes || !i)
			may = judge_one(&j, action, &s->acts[i], NULL);
	return may;
}
