/* SPDX-License-Identifier: MIT */
#include "follow/hidden_tables.h"

#include <inttypes.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "binlog/limits.h"
#include "follow/calls.h"
#include "json/object.h"
#include "json/scan.h"
#include "json/write.h"

/* A key is server id and thread id, and each name with a NUL after it. */
enum { WHO = 2 * sizeof(uint32_t) };

struct name {
	struct span key;        /* owned; the first: span_order() */
	struct name *next;      /* hidden_tables_put() */
};

static void
name_free(void *name)
{
	struct name *n = name;

	free((char *)n->key.p);
	free(n);
}

void
hidden_tables_clear(struct temporaries *t)
{
	while (t->names) {
		struct name *n = *(struct name **)t->names;

		tdelete(n, &t->names, span_order);
		name_free(n);
	}
	t->changed |= t->n > 0;
	t->n = 0;
}

static void
put_name(const struct temporary_statement *st, const char *name,
    struct buf *key)
{
	char *own = schemas_lower(st->schemas, xstrdup(name));

	buf_put(key, own, strlen(own) + 1);
	free(own);
}

static struct span
key_of(const struct temporary_statement *st, const struct act *act,
    struct buf *key)
{
	uint32_t who[] = { st->server_id, st->query->thread_id };

	key->n = 0;
	buf_put(key, who, sizeof(who));
	put_name(st, act->db, key);
	put_name(st, act->name ? act->name : "", key);
	return buf_view(key);
}

static bool
has(struct temporaries *t, const struct temporary_statement *st,
    const struct act *act)
{
	struct buf key = { 0 };
	struct span at = key_of(st, act, &key);
	bool found = tfind(&at, &t->names, span_order) != NULL;

	buf_free(&key);
	return found;
}

static int
add_key(struct temporaries *t, struct span key, struct err *err)
{
	struct name *name;

	if (tfind(&key, &t->names, span_order))
		return 0;
	if (t->n == LIMIT_TEMPORARY)
		return err_set(err, ERR_DATA, "more than %d temporary tables "
		    "exist at one time", LIMIT_TEMPORARY);
	name = xcalloc(1, sizeof(*name));
	name->key = (struct span){ xmemdup(key.p, key.n), key.n };
	if (!tsearch(name, &t->names, span_order))
		log_die(ERR_OS, "out of memory for a temporary table's name");
	t->n++;
	t->changed = true;
	return 0;
}

static int
add(struct temporaries *t, const struct temporary_statement *st,
    const struct act *act, struct err *err)
{
	struct buf key = { 0 };
	int status = add_key(t, key_of(st, act, &key), err);

	buf_free(&key);
	return status;
}

/* Was it there? */
static bool
drop(struct temporaries *t, const struct temporary_statement *st,
    const struct act *act)
{
	struct buf key = { 0 };
	struct span at = key_of(st, act, &key);
	void *found = tfind(&at, &t->names, span_order);
	struct name *name = found ? *(struct name **)found : NULL;

	if (name) {
		tdelete(name, &t->names, span_order);
		name_free(name);
		t->n--;
		t->changed = true;
	}
	buf_free(&key);
	return name != NULL;
}

static enum temporary_use
use_of(size_t hits, size_t all)
{
	return hits == 0 ? TEMPORARY_NONE : hits == all ? TEMPORARY_ALONE :
	    TEMPORARY_PART;
}

static int
use_drop(struct temporaries *t, const struct temporary_statement *st)
{
	const struct action *s = st->action;
	size_t hits = 0;

	for (size_t i = 0; i < s->nacts; i++)
		hits += drop(t, st, &s->acts[i]);
	return use_of(hits, s->nacts);
}

/* Pairs, one after the other: what the first has renamed the second finds. */
static int
use_rename(struct temporaries *t, const struct temporary_statement *st)
{
	const struct action *s = st->action;
	size_t hits = 0, pairs = 0;

	for (size_t i = 0; i + 1 < s->nacts; i += 2, pairs++)
		if (drop(t, st, &s->acts[i])) {
			add(t, st, &s->acts[i + 1], NULL);      /* one less */
			hits++;
		}
	return use_of(hits, pairs);
}

/* Of its own session's tables it can name what it is like. */
static int
use_create(struct temporaries *t, const struct temporary_statement *st)
{
	const struct action *s = st->action;

	for (size_t i = 1; i < s->nacts; i++)
		if (!s->acts[i].clause.p && has(t, st, &s->acts[i]))
			return TEMPORARY_PART;
	return TEMPORARY_NONE;
}

/* ALTER, TRUNCATE, CREATE INDEX, …: on the first. */
static int
use_change(struct temporaries *t, const struct temporary_statement *st)
{
	const struct action *s = st->action;

	if (!has(t, st, &s->acts[0]))
		return st->specific && !st->known ? TEMPORARY_MAYBE :
		    TEMPORARY_NONE;
	for (size_t i = 1; i < s->nacts; i++)
		if (s->acts[i].renamed) {
			drop(t, st, &s->acts[0]);
			add(t, st, &s->acts[i], NULL);          /* one less */
			break;
		}
	return TEMPORARY_ALONE;
}

static bool
creates(const struct query *query)
{
	struct sql at = query_statement(query);

	return sql_word(&at, "CREATE");
}

/* May it do more than change the rows of what it names?  A query may read a
 * view; that, and what is called, may be a stored function. */
static bool
reaches_out(const struct action *s)
{
	static const char *const reads[] = { "SELECT", "TABLE", "WITH",
		"NEXT", "PREVIOUS", "NEXTVAL", "SETVAL", NULL };
	struct sql at = sql_in(s->text, s->mode);
	struct sql_token t;

	if (calls_stored(at, s->acts[0].at.p + s->acts[0].at.n))
		return true;
	while (sql_token(&at, &t) != TOKEN_END)
		for (size_t i = 0; reads[i]; i++)
			if (sql_token_is(&t, reads[i]))
				return true;
	return false;
}

/* CREATE TEMPORARY TABLE … SELECT.  A view that calls one looks like a table.
 * (A sequence is never changed by a statement in the log: its engine has no
 * format but ROW.) */
static bool
calls_in_query(const struct action *s)
{
	static const char *const begins[] = { "SELECT", "VALUES", "WITH",
		NULL };
	struct sql at = sql_in(s->text, s->mode);
	struct sql_token t;

	while (s->queries && sql_token(&at, &t) != TOKEN_END)
		for (size_t i = 0; begins[i]; i++)
			if (sql_token_is(&t, begins[i])) {
				at.p = t.text.p;
				return calls_stored(at, NULL);
			}
	return false;
}

/* INSERT, UPDATE, DELETE */
static int
use_rows(struct temporaries *t, const struct temporary_statement *st)
{
	const struct action *s = st->action;
	size_t hits = 0;

	for (size_t i = 0; i < s->nacts; i++)
		hits += has(t, st, &s->acts[i]);
	return hits && hits == s->nacts && !s->trouble && !s->versions &&
	    !reaches_out(s) ? TEMPORARY_ALONE : TEMPORARY_NONE;
}

int
hidden_tables_take(struct temporaries *t, const struct temporary_statement *st,
    struct err *err)
{
	const struct action *s = st->action;

	if (s->on == ON_TEMPORARY) {
		if (s->form == FORM_DROP)
			use_drop(t, st);
		else if (s->nacts && !st->query->error &&
		    add(t, st, &s->acts[0], err) < 0)
			return -1;
		return calls_in_query(s) ? TEMPORARY_CALLS : TEMPORARY_ALONE;
	}
	if (s->on == ON_ROWS)
		return use_rows(t, st);
	if (s->on != ON_TABLES || !s->nacts)
		return TEMPORARY_NONE;
	if (s->form == FORM_DROP)
		return use_drop(t, st);
	if (s->form == FORM_RENAME)
		return use_rename(t, st);
	if (s->form != FORM_INDEX && creates(st->query))
		return use_create(t, st);
	return use_change(t, st);
}

/* ---- across runs */

bool
hidden_tables_knows(const struct group_sessions *s, uint32_t server_id,
    uint32_t thread_id)
{
	return s->known && (s->after == 0 || (s->server_id == server_id &&
	    thread_id > s->after));
}

static void
link_name(const void *node, VISIT order, void *list_end)
{
	struct name *name = *(struct name *const *)node, ***end = list_end;

	if (order == postorder || order == leaf) {
		**end = name;
		*end = &name->next;
	}
}

static void
put_key(struct buf *out, struct span key)
{
	const char *db = key.p + WHO, *table = db + strlen(db) + 1;
	uint32_t who[2];

	memcpy(who, key.p, WHO);
	buf_printf(out, "{\"server_id\":%" PRIu32 ",\"thread\":%" PRIu32,
	    who[0], who[1]);
	json_member(out, "db", span_of(db));
	json_member(out, "table", span_of(table));
	buf_char(out, '}');
}

void
hidden_tables_put(struct temporaries *t, const struct group_sessions *s,
    struct buf *out)
{
	struct name *list = NULL, **end = &list;

	t->changed = false;
	if (!s->known && !t->n)
		return;
	buf_char(out, '{');
	if (s->known)
		buf_printf(out, "\"server_id\":%" PRIu32 ",\"after\":%" PRIu64
		    ",", s->server_id, s->after);
	if (s->started)
		buf_printf(out, "\"started\":%" PRIu64 ",", s->started);
	buf_str(out, "\"tables\":[");
	twalk_r(t->names, link_name, &end);
	*end = NULL;
	for (; list; list = list->next) {
		put_key(out, list->key);
		buf_str(out, list->next ? "," : "");
	}
	buf_str(out, "]}");
}

static bool
load_name(void *tables, struct span element)
{
	uint32_t who[] = { (uint32_t)object_number(element, "server_id"),
		(uint32_t)object_number(element, "thread") };
	struct buf key = { 0 }, text = { 0 };
	struct err ignored = { 0 };
	bool good = true;

	buf_put(&key, who, sizeof(who));
	for (int i = 0; i < 2; i++) {
		object_text(&text, element, i ? "table" : "db");
		good &= text.n > 0 && !memchr(text.p, 0, text.n);
		buf_span(&key, buf_view(&text));
		buf_char(&key, '\0');
	}
	good = good && add_key(tables, buf_view(&key), &ignored) == 0;
	buf_free(&key);
	buf_free(&text);
	return good;
}

static bool
is_number(struct span value)
{
	return value.n && value.p[0] >= '0' && value.p[0] <= '9';
}

int
hidden_tables_load(struct temporaries *t, struct group_sessions *s,
    struct span json, struct err *err)
{
	hidden_tables_clear(t);
	*s = (struct group_sessions){
		.known = is_number(object_member(json, "server_id")),
		.server_id = (uint32_t)object_number(json, "server_id"),
		.after = object_number(json, "after"),
		.started = object_number(json, "started"),
	};
	if ((!s->known || is_number(object_member(json, "after"))) &&
	    json_each(object_member(json, "tables"), load_name, t))
		return 0;
	return err_set(err, ERR_DATA, "its member temporary is not what a "
	    "heartbeat says");
}
