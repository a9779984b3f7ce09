/* SPDX-License-Identifier: MIT */
#include "incremental/first_table.h"

#include "base/log.h"

int
first_table_define(struct table_reader *r, struct queue *q, struct err *err)
{
	return table_reader_define(r, &q->copies[0].tables.v[0], err);
}

static void
warn_of_loop(const struct queue_copy *copy)
{
	log_warn("signal %s: table %s.%s: a foreign key changes its own rows, "
	    "which no log records: rows that it changes during the copy may "
	    "differ at the target", copy->signal, copy->tables.v[0].db,
	    copy->tables.v[0].name);
}

/* Where nothing loops, each is nearer to one without parents. */
int
first_table_begin(struct table_reader *r, struct queue *q, bool *changed,
    struct err *err)
{
	struct queue_tables *tables = &q->copies[0].tables;

	for (size_t tries = tables->n; tries > 1 &&
	    parents_first(&r->parents, tables); tries--)
		if (first_table_define(r, q, err) < 0)
			return -1;
	if (r->parents.loops)
		warn_of_loop(&q->copies[0]);
	else if (parents_promote(&r->parents, q)) {
		*changed = true;
		return first_table_define(r, q, err) < 0 ? -1 :
		    first_table_begin(r, q, changed, err);
	}
	return 0;
}

bool
first_table_is_overtaken(struct table_reader *r, struct queue *q)
{
	const struct queue_copy *copy = &q->copies[0];
	struct queue_table *t = &copy->tables.v[0];
	bool begun = copy->key.n > 0;

	if (r->parents.loops || !parents_promote(&r->parents, q))
		return false;
	if (begun)
		log_warn("signal %s asks for what changes rows of table %s.%s, "
		    "of which some are copied: its copy starts over after it, "
		    "but rows that went by the foreign key stay in a sink, "
		    "which names them as orphans", q->copies[0].signal, t->db,
		    t->name);
	return true;
}
