/* SPDX-License-Identifier: MIT */
#include "incremental/queue.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "record/record.h"
#include "json/scan.h"
#include "json/write.h"

/* ---- JSON */

static bool
load_table(void *arg, struct span element)
{
	char *db = object_string(element, "db");
	char *name = object_string(element, "table");

	if (db && name)
		queue_tables_add(arg, span_of(db), span_of(name));
	free(db);
	free(name);
	return db && name;
}

static bool
load_copy(void *arg, struct span element)
{
	struct queue *q = arg;
	struct queue_copy *c;
	struct span moved;

	c = ARRAY_ADD(q->copies, q->ncopies);
	*c = (struct queue_copy){ .signal = object_string(element, "signal"),
		.rows = object_number(element, "rows") };
	object_take(&c->conditions, element, "conditions", '[');
	object_take(&c->key, element, "key", '{');
	object_take(&c->max, element, "max", '{');
	moved = object_member(element, "moved");
	return c->signal && json_each(object_member(element, "tables"),
	    load_table, &c->tables) && c->tables.n &&
	    (!moved.p || moved_load(&c->moved, moved));
}

void
queue_add_signal(struct queue *q, char *id, char *type, struct span data)
{
	struct queue_signal *s;

	s = ARRAY_ADD(q->signals, q->nsignals);
	*s = (struct queue_signal){ .id = id, .type = type };
	json_put_line(&s->data, data);          /* it becomes part of one */
}

static bool
load_signal(void *arg, struct span element)
{
	struct queue *q = arg;
	struct buf data = { 0 };

	object_take(&data, element, "data", '{');
	queue_add_signal(q, object_string(element, "id"),
	    object_string(element, "type"), buf_view(&data));
	buf_free(&data);
	return q->signals[q->nsignals - 1].id &&
	    q->signals[q->nsignals - 1].type;
}

int
queue_load(struct queue *q, struct span json, struct err *err)
{
	q->paused = span_is(object_member(json, "paused"), "true");
	q->window = object_string(json, "window");
	if (json_each(object_member(json, "signals"), load_signal, q) &&
	    json_each(object_member(json, "copies"), load_copy, q))
		return 0;
	return err_set(err, ERR_DATA, "its member incremental is malformed");
}

static void
put_signal(struct buf *out, const struct queue_signal *s)
{
	json_first(out, "id", span_of(s->id));
	json_member(out, "type", span_of(s->type));
	json_value_member(out, "data", buf_view(&s->data));
	buf_char(out, '}');
}

static void
put_copy(struct buf *out, const struct queue_copy *c)
{
	json_first(out, "signal", span_of(c->signal));
	buf_str(out, ",\"tables\":[");
	for (size_t i = 0; i < c->tables.n; i++) {
		buf_str(out, i ? "," : "");
		json_first(out, "db", span_of(c->tables.v[i].db));
		json_member(out, "table", span_of(c->tables.v[i].name));
		buf_char(out, '}');
	}
	buf_char(out, ']');
	json_value_member(out, "conditions", buf_view(&c->conditions));
	json_value_member(out, "key", buf_view(&c->key));
	json_value_member(out, "max", buf_view(&c->max));
	if (c->moved.n) {
		buf_str(out, ",\"moved\":");
		moved_put(&c->moved, out);
	}
	buf_printf(out, ",\"rows\":%" PRIu64 "}", c->rows);
}

void
queue_put(const struct queue *q, struct buf *out)
{
	if (!q->nsignals && !q->ncopies)
		return;
	buf_printf(out, "{\"paused\":%s", q->paused ? "true" : "false");
	json_member(out, "window", span_of(q->window ? q->window : ""));
	buf_str(out, ",\"signals\":[");
	for (size_t i = 0; i < q->nsignals; i++) {
		buf_str(out, i ? "," : "");
		put_signal(out, &q->signals[i]);
	}
	buf_str(out, "],\"copies\":[");
	for (size_t i = 0; i < q->ncopies; i++) {
		buf_str(out, i ? "," : "");
		put_copy(out, &q->copies[i]);
	}
	buf_str(out, "]}");
}

/* ---- what is left */

static void
free_table(struct queue_table *t)
{
	free(t->db);
	free(t->name);
}

void
queue_start_over(struct queue_copy *c)
{
	c->key.n = c->max.n = 0;
	moved_clear(&c->moved);
	c->rows = 0;
}

void
queue_drop_table(struct queue_copy *c, size_t i)
{
	free_table(&c->tables.v[i]);
	c->tables.n--;
	memmove(c->tables.v + i, c->tables.v + i + 1, (c->tables.n - i) *
	    sizeof(*c->tables.v));
	if (i == 0)
		queue_start_over(c);
}

static bool
acts_on(const struct act *act, const struct queue_table *t)
{
	return act->name && (act->changes || act->renamed) &&
	    strcmp(act->db, t->db) == 0 && strcmp(act->name, t->name) == 0;
}

static bool
has_any(const struct queue_tables *tables, const struct act *acts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < tables->n; k++)
			if (acts_on(&acts[i], &tables->v[k]))
				return true;
	return false;
}

bool
queue_follow(struct queue *q, const struct action *s,
    struct table_filter *filter)
{
	struct queue_tables first = { NULL, 0 };
	bool in_hand;

	if (q->ncopies)
		first = (struct queue_tables){ q->copies[0].tables.v, 1 };
	in_hand = has_any(&first, s->acts, s->nacts);
	for (size_t c = 0; c < q->ncopies && s->form != FORM_DROP; c++) {
		struct queue_tables *tables = &q->copies[c].tables;

		if (!has_any(tables, s->acts, s->nacts))
			continue;
		for (size_t i = 0; i < s->nacts; i++) {
			const struct act *a = &s->acts[i];

			if (a->name && (a->changes || a->renamed) &&
			    !has_any(tables, a, 1) && table_filter_keeps(filter,
			    span_of(a->db), span_of(a->name)))
				queue_tables_add(tables, span_of(a->db),
				    span_of(a->name));
		}
	}
	return in_hand;
}

static void
free_copy(struct queue_copy *c)
{
	free(c->signal);
	queue_tables_clear(&c->tables);
	buf_free(&c->conditions);
	buf_free(&c->key);
	buf_free(&c->max);
	moved_clear(&c->moved);
}

void
queue_promote(struct queue *q, size_t c, size_t k)
{
	const struct queue_copy *of = &q->copies[c];
	struct queue_copy one = { .signal = xstrdup(of->signal) };

	queue_tables_add(&one.tables, span_of(of->tables.v[k].db),
	    span_of(of->tables.v[k].name));
	buf_span(&one.conditions, buf_view(&of->conditions));
	queue_drop_table(&q->copies[c], k);
	queue_tidy(q);
	q->copies = xreallocarray(q->copies, q->ncopies + 1,
	    sizeof(*q->copies));
	memmove(q->copies + 1, q->copies, q->ncopies * sizeof(*q->copies));
	q->copies[0] = one;
	q->ncopies++;
}

void
queue_tidy(struct queue *q)
{
	size_t kept = 0;

	for (size_t i = 0; i < q->ncopies; i++) {
		if (q->copies[i].tables.n)
			q->copies[kept++] = q->copies[i];
		else
			free_copy(&q->copies[i]);
	}
	q->ncopies = kept;
	q->paused = q->paused && kept;
}

struct queue_copy *
queue_current(const struct queue *q)
{
	return q->ncopies && !q->paused ? &q->copies[0] : NULL;
}

void
queue_table_done(struct queue *q)
{
	queue_drop_table(&q->copies[0], 0);
	queue_tidy(q);
}

/* ---- memory */

static void
free_signal(struct queue_signal *s)
{
	free(s->id);
	free(s->type);
	buf_free(&s->data);
}

void
queue_drop_signal(struct queue *q)
{
	free_signal(&q->signals[0]);
	q->nsignals--;
	memmove(q->signals, q->signals + 1, q->nsignals *
	    sizeof(*q->signals));
}

void
queue_tables_add(struct queue_tables *t, struct span db, struct span name)
{
	*ARRAY_ADD(t->v, t->n) = (struct queue_table){
		.db = xmemdup(db.p, db.n), .name = xmemdup(name.p, name.n) };
}

void
queue_tables_clear(struct queue_tables *t)
{
	for (size_t i = 0; i < t->n; i++)
		free_table(&t->v[i]);
	free(t->v);
	*t = (struct queue_tables){ 0 };
}

void
queue_clear(struct queue *q)
{
	for (size_t i = 0; i < q->nsignals; i++)
		free_signal(&q->signals[i]);
	for (size_t i = 0; i < q->ncopies; i++)
		free_copy(&q->copies[i]);
	free(q->signals);
	free(q->copies);
	free(q->window);
	*q = (struct queue){ 0 };
}
