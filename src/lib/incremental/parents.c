/* SPDX-License-Identifier: MIT */
#include "incremental/parents.h"

#include <string.h>

#include "base/log.h"
#include "catalog/cascades.h"

bool
parents_have(const struct parents *p, struct span db, struct span name)
{
	for (size_t i = 0; i < p->all.n; i++)
		if (span_is(name, p->all.v[i].name) &&
		    span_is(db, p->all.v[i].db))
			return true;
	return false;
}

static bool
take_parent(void *arg, const char *schema, const char *table)
{
	struct parents *p = arg;

	if (!parents_have(p, span_of(schema), span_of(table)))
		queue_tables_add(&p->all, span_of(schema), span_of(table));
	return false;
}

/* Of a table that the account does not see no row is copied. */
static int
ask_parent(struct parents *p, struct db *db, const struct queue_table *t,
    struct err *err)
{
	int status = cascades_each(db, t->db, t->name, take_parent, p, err);

	if (status == 0 || err->kind != ERR_CONFIG)
		return status;
	err_clear(err);
	return 0;
}

int
parents_ask(struct parents *p, struct db *db, const struct queue_table *t,
    struct err *err)
{
	int status = cascades_each(db, t->db, t->name, take_parent, p, err);

	if (status < 0 && err->kind == ERR_CONFIG) {
		log_warn("table %s.%s: %s: whether a foreign key changes its "
		    "rows is unknown", t->db, t->name, err->text);
		err_clear(err);
		status = 0;
	}
	for (size_t i = 0; i < p->all.n && status == 0; i++)
		status = ask_parent(p, db, &p->all.v[i], err);
	p->loops = parents_have(p, span_of(t->db), span_of(t->name));
	return status;
}

bool
parents_first(const struct parents *p, struct queue_tables *tables)
{
	for (size_t i = 1; i < tables->n; i++) {
		struct queue_table t = tables->v[i];

		if (!parents_have(p, span_of(t.db), span_of(t.name)))
			continue;
		memmove(tables->v + 1, tables->v, i * sizeof(t));
		tables->v[0] = t;
		return true;
	}
	return false;
}

bool
parents_promote(const struct parents *p, struct queue *q)
{
	for (size_t c = 1; c < q->ncopies; c++) {
		const struct queue_tables *tables = &q->copies[c].tables;

		for (size_t k = 0; k < tables->n; k++) {
			if (!parents_have(p, span_of(tables->v[k].db),
			    span_of(tables->v[k].name)))
				continue;
			queue_start_over(&q->copies[0]);
			queue_promote(q, c, k);
			return true;
		}
	}
	return false;
}

void
parents_clear(struct parents *p)
{
	queue_tables_clear(&p->all);
	p->loops = false;
}
