/* SPDX-License-Identifier: MIT */
#include "apply/half_copy.h"

#include <stdlib.h>

#include "apply/commit.h"
#include "apply/source_schema.h"
#include "apply/source_table.h"
#include "apply/unfinished.h"
#include "json/scan.h"
#include "sql/lex.h"

static int
empty_table(struct applier *a, struct span db, struct span name,
    struct err *err)
{
	struct source_table *table;
	uint64_t tries = 0;
	int status;

	do {
		status = source_tables_named(&a->tables, a->db, db, name,
		    &table, err);
	} while (status < 0 && err_may_pass(err) &&
	    commit_ask_again(a, tries++, err) == 0);
	if (status < 0 && err->kind == ERR_CONFIG) {
		err_clear(err);         /* not there, or not to be used */
		return 0;
	}
	return status < 0 || table->left_out ? status :
	    commit_empty(a, table->target, false, err);
}

/* "`db`.`table`" */
static int
empty_named(struct applier *a, struct span json, struct err *err)
{
	struct buf text = { 0 };
	struct sql sql;
	struct span db = { 0 }, name;
	int status = 0;

	json_unescape(&text, json_inside(json));
	sql = sql_of(buf_view(&text));
	if (sql_table(&sql, &db, &name) && db.n) {
		char *of = sql_unquote(db), *own = sql_unquote(name);

		if (!schemas_newest(a->tables.schemas, span_of(of),
		    span_of(own), false))
			status = empty_table(a, span_of(of), span_of(own),
			    err);
		free(of);
		free(own);
	}
	buf_free(&text);
	return status;
}

int
half_copy_empty(struct applier *a, struct err *err)
{
	struct span copy = buf_view(&a->half);
	struct span table = object_member(copy, "table"), done;
	struct json_pos at = json_at(object_member(copy, "done"));
	int status = copy.n ? unfinished_spill(a, err) : 0;

	if (object_member(copy, "done").p && json_enter(&at, '['))
		while (status == 0 && json_next_element(&at) > 0 &&
		    json_value(&at, &done))
			status = empty_named(a, done, err);
	if (status == 0 && table.n && table.p[0] == '"')
		status = empty_named(a, table, err);
	a->half.n = 0;
	return status;
}

int
half_copy_look(struct applier *a, bool before, struct err *err)
{
	if (before || !a->progress.empties)
		return half_copy_empty(a, err);
	a->half.n = 0;
	if (!a->opt->no_delete)         /* else schema records refuse it */
		buf_span(&a->half, buf_view(&a->position.stored.snapshot));
	return 0;
}
