/* SPDX-License-Identifier: MIT */
#include "evolve/queued.h"

enum { SHOWN = 120 };

static int
must_wait(const struct evolver *e, struct span table, struct span what,
    struct err *err)
{
	bool cut = what.n > SHOWN;

	err_set(err, ERR_DATA, "table %.*s: records of it are in %s, and must "
	    "be applied before: %.*s%s", (int)table.n, table.p, e->queue,
	    (int)(cut ? SHOWN : what.n), what.p, cut ? "…" : "");
	return err_hint(err, "fix what the records fail on and apply them with "
	    "--replay-dlq %s, or remove them from the file; then run it again",
	    e->queue);
}

int
queued_check_table(const struct evolver *e, const char *db, const char *name,
    struct span what, struct err *err)
{
	struct buf table = { 0 };
	int status = 0;

	if (!e->held || !e->held->n)
		return 0;
	buf_printf(&table, "%s.%s", db, name);
	if (blocked_keys_has_any(e->held, buf_view(&table)))
		status = must_wait(e, buf_view(&table), what, err);
	buf_free(&table);
	return status;
}

/* DROP DATABASE */
static int
check_database(const struct evolver *e, const char *db, struct span what,
    struct err *err)
{
	struct buf tables = { 0 };
	int status = 0;

	if (!e->held || !e->held->n)
		return 0;
	buf_printf(&tables, "%s.", db);
	if (blocked_keys_has_within(e->held, buf_view(&tables))) {
		buf_char(&tables, '*');
		status = must_wait(e, buf_view(&tables), what, err);
	}
	buf_free(&tables);
	return status;
}

/* What is only named (LIKE, REFERENCES) stays as it is, and so do rows where
 * the defaults of their database become others. */
int
queued_check_statement(const struct evolver *e, const struct action *s,
    struct err *err)
{
	int status = 0;

	for (size_t i = 0; i < s->nacts && status == 0; i++) {
		const struct act *act = &s->acts[i];

		if (act->changes && act->name)
			status = queued_check_table(e, act->db, act->name,
			    s->text, err);
		else if (s->form == FORM_DROP_DATABASE)
			status = check_database(e, act->db, s->text, err);
	}
	return status;
}
