/* SPDX-License-Identifier: MIT */
#include "incremental/signal_row.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/log.h"
#include "record/record.h"
#include "record/unique.h"
#include "json/scan.h"
#include "match/table_filter.h"
#include "sql/statement.h"

/* ---- what a signal may say */

static bool
is_string(void *arg, struct span element)
{
	(void)arg;
	return json_inside(element).p;
}

static bool
are_names(struct span value)
{
	return json_each(value, is_string, NULL);
}

static bool
is_condition(void *arg, struct span element)
{
	char *filter = object_string(element, "filter");
	bool good = filter && !sql_expression_fault(span_of(filter)) &&
	    json_inside(object_member(element, "data-collection")).p;

	(void)arg;
	free(filter);
	return good;
}

static bool
are_conditions(struct span value)
{
	return json_each(value, is_condition, NULL);
}

/* Debezium's other kind, BLOCKING, is cdc-snapshot's. */
static bool
is_incremental(struct span value)
{
	struct buf scratch = { 0 };
	bool is = span_is_nocase(json_value_text(value, &scratch),
	    "incremental");

	buf_free(&scratch);
	return is;
}

static const struct member {
	const char *name;
	bool (*valid)(struct span value);
	const char *want;
} members[] = {
	{ "type", is_incremental, "\"incremental\"" },
	{ "data-collections", are_names, "an array of names" },
	{ "additional-conditions", are_conditions,
	    "an array of {\"data-collection\", \"filter\"}, "
	    "each filter one expression" },
};

/* Warn of what a signal cannot say; false then. */
static bool
check_member(const char *id, struct span name, struct span value)
{
	const struct member *m = members;
	const struct member *end = m + sizeof(members) / sizeof(*members);
	struct buf scratch = { 0 };

	while (m < end && !json_inside_is(name, m->name))
		m++;
	if (m < end && m->valid(value))
		return true;
	name = json_string_text(name, &scratch);
	log_warn("signal %s: %.*s is %s%s: it is ignored", id,
	    (int)name.n, name.p, m < end ? "not " : "not known here",
	    m < end ? m->want : "");
	buf_free(&scratch);
	return false;
}

/* The same of all that it says. */
static bool
check_data(const char *id, struct span data)
{
	struct json_pos at = json_at(data);
	struct span name, value;
	bool good = true;

	if (!json_valid(data) || !json_enter(&at, '{')) {
		log_warn("signal %s: its data is not a JSON object: it is "
		    "ignored", id);
		return false;
	}
	if (!unique_json(data)) {
		log_warn("signal %s: its data has a name twice: it is ignored",
		    id);
		return false;
	}
	while (good && json_next(&at, &name) > 0 && json_value(&at, &value))
		good = check_member(id, name, value);
	return good;
}

/* ---- obeying */

/* Debezium's rule: a regular expression that matches the whole of db.table.
 * One that is none matches nothing, and is warned of. */
static struct name_list
pattern_of(struct span json, const char *id)
{
	char *text = json_text(json);
	struct name_list list = { 0 };
	struct err err = { 0 };

	if (text && name_list_add_data(&list, text, &err) < 0)
		log_warn("signal %s: %s", id, err.text);
	free(text);
	return list;
}

static bool
matches(const struct name_list *pattern, const struct queue_table *t)
{
	struct buf name = { 0 };
	bool found;

	buf_printf(&name, "%s.%s", t->db, t->name);
	found = name_list_has(pattern, buf_view(&name));
	buf_free(&name);
	return found;
}

static bool
has_table(const struct queue_tables *t, const struct queue_table *one)
{
	for (size_t i = 0; i < t->n; i++)
		if (strcmp(t->v[i].db, one->db) == 0 &&
		    strcmp(t->v[i].name, one->name) == 0)
			return true;
	return false;
}

struct choosing {
	const struct queue_signal *signal;
	const struct queue_tables *all;
	struct queue_tables chosen;
};

/* The tables of one data collection. */
static bool
choose(void *arg, struct span pattern)
{
	struct choosing *c = arg;
	struct name_list list = pattern_of(pattern, c->signal->id);
	bool found = false;

	for (size_t i = 0; i < c->all->n; i++) {
		const struct queue_table *t = &c->all->v[i];

		if (!matches(&list, t))
			continue;
		found = true;
		if (!has_table(&c->chosen, t))
			queue_tables_add(&c->chosen, span_of(t->db),
			    span_of(t->name));
	}
	if (!found)
		log_warn("signal %s: %.*s is not a captured table",
		    c->signal->id, (int)pattern.n, pattern.p);
	name_list_clear(&list);
	return true;
}

static struct queue_tables
choose_tables(const struct queue_signal *s, const struct queue_tables *all)
{
	struct choosing c = { .signal = s, .all = all };

	json_each(object_member(buf_view(&s->data), "data-collections"),
	    choose, &c);
	return c.chosen;
}

static void
execute(struct queue *q, const struct queue_signal *s,
    const struct queue_tables *all)
{
	struct queue_copy copy = { .tables = choose_tables(s, all) };

	if (!copy.tables.n)
		return;
	log_note("signal %s: %zu table%s to be copied", s->id,
	    copy.tables.n, copy.tables.n == 1 ? " is" : "s are");
	copy.signal = xstrdup(s->id);
	buf_span(&copy.conditions, object_member(buf_view(&s->data),
	    "additional-conditions"));
	*ARRAY_ADD(q->copies, q->ncopies) = copy;
}

/* Of the collections that it names, or of all. */
static void
stop(struct queue *q, const struct queue_signal *s,
    const struct queue_tables *all)
{
	bool some = object_member(buf_view(&s->data), "data-collections").p;
	struct queue_tables chosen = choose_tables(s, all);

	for (size_t i = 0; i < q->ncopies; i++) {
		struct queue_copy *c = &q->copies[i];

		for (size_t k = c->tables.n; k-- > 0;)
			if (!some || has_table(&chosen, &c->tables.v[k]))
				queue_drop_table(c, k);
	}
	queue_tables_clear(&chosen);
	queue_tidy(q);
}

static void
halt(struct queue *q, const struct queue_signal *s,
    const struct queue_tables *all)
{
	(void)s;
	(void)all;
	q->paused = q->ncopies > 0;
}

static void
resume(struct queue *q, const struct queue_signal *s,
    const struct queue_tables *all)
{
	(void)s;
	(void)all;
	q->paused = false;
}

static const struct kind {
	const char *type;
	bool needs_tables;
	void (*obey)(struct queue *q, const struct queue_signal *s,
	    const struct queue_tables *all);
} kinds[] = {
	{ "execute-snapshot", true, execute },
	{ "stop-snapshot", false, stop },
	{ "pause-snapshot", false, halt },
	{ "resume-snapshot", false, resume },
};

static const struct kind *
kind_of(const char *type)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strcmp(type, kinds[i].type) == 0)
			return &kinds[i];
	return NULL;
}

/* It was read before: the stream begins in front of it again. */
static bool
is_known(const struct queue *q, const char *id, const struct kind *kind)
{
	for (size_t i = 0; i < q->nsignals; i++)
		if (strcmp(q->signals[i].id, id) == 0 &&
		    strcmp(q->signals[i].type, kind->type) == 0)
			return true;
	for (size_t i = 0; i < q->ncopies; i++)
		if (kind->needs_tables && strcmp(q->copies[i].signal, id) == 0)
			return true;
	return false;
}

static bool
is_wanted(const struct queue *q, const char *id, const char *type,
    struct span data)
{
	const struct kind *kind = kind_of(type);

	if (!kind) {
		log_warn("signal %s: unknown type %s: it is ignored", id, type);
		return false;
	}
	if (is_known(q, id, kind)) {
		log_note("signal %s has already been processed", id);
		return false;
	}
	if (data.n && !check_data(id, data))
		return false;
	if (kind->needs_tables && !object_member(data, "data-collections").p) {
		log_warn("signal %s: it names no data-collections: it is "
		    "ignored", id);
		return false;
	}
	return true;
}

bool
signal_take(struct queue *q, struct span id, struct span type,
    struct span data)
{
	char *i = xmemdup(id.p ? id.p : "", id.n);
	char *t = xmemdup(type.p ? type.p : "", type.n);

	if (is_wanted(q, i, t, data)) {
		queue_add_signal(q, i, t, data);
		return true;
	}
	free(i);
	free(t);
	return false;
}

/* An expression that is none is warned of when it is obeyed. */
static bool
add_pattern(void *arg, struct span pattern)
{
	char *text = json_text(pattern);
	struct err none = { 0 };

	if (text)
		name_list_add_data(arg, text, &none);
	free(text);
	return true;
}

bool
signal_asks(const struct queue *q, struct table_filter *asked)
{
	const struct queue_signal *s = &q->signals[0];
	const struct kind *kind = kind_of(s->type);

	if (!kind || !kind->needs_tables)
		return false;
	json_each(object_member(buf_view(&s->data), "data-collections"),
	    add_pattern, &asked->include_table);
	return asked->include_table.n > 0;
}

void
signal_obey(struct queue *q, const struct queue_tables *all)
{
	const struct queue_signal *s = &q->signals[0];
	const struct kind *kind = kind_of(s->type);

	if (kind)
		kind->obey(q, s, all);
	queue_drop_signal(q);
}

struct filter_finding {
	const struct queue_copy *copy;
	struct span filter;
};

static bool
find_filter(void *arg, struct span condition)
{
	struct filter_finding *f = arg;
	struct name_list list = pattern_of(object_member(condition,
	    "data-collection"), f->copy->signal);

	if (matches(&list, &f->copy->tables.v[0]))
		f->filter = object_member(condition, "filter");
	name_list_clear(&list);
	return !f->filter.p;
}

struct span
signal_filter(const struct queue_copy *copy)
{
	struct filter_finding f = { .copy = copy };

	json_each(buf_view(&copy->conditions), find_filter, &f);
	return f.filter;
}
