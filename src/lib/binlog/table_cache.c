/* SPDX-License-Identifier: MIT
 *
 * Tables are parsed as long as they fit; of one
 * that has to go while its group may still have rows of it, the map's bytes
 * are held (in memory, then in a file), and it is parsed again.
 */
#include "binlog/table_map.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/hash.h"
#include "base/spill.h"
#include "binlog/limits.h"

enum {
	PARSED = 1024,                  /* tables, and what they take: bytes */
	PARSED_BYTES = 8 << 20,
	HELD_BYTES = 1 << 20,           /* of maps in memory */
};

/* A table id. */
struct entry {
	uint64_t id;
	uint64_t group;                 /* that mapped it last */
	struct table *table;            /* parsed, or NULL */
	size_t cost;                    /* of table, bytes */
	bool left_out;                  /* of this group: not wanted */
	bool held;                      /* its map is, for this group */
	uint64_t at, pos;               /* where; in the log */
	size_t n;
	struct table_tally tally;       /* of a table that is not parsed */
	struct entry *prev, *next;      /* newer, older of its list */
};

struct list {
	struct entry *newest, *oldest;
};

struct table_cache {
	struct value_modes modes;
	table_complete_fn *complete;
	void *arg;
	void (*forget)(struct table *table);
	const struct binlog_format *format;
	bool mariadb;
	struct hash places;             /* of entries, by id */
	struct entry *last;             /* that was asked for */
	struct list parsed;
	size_t nparsed, cost;
	struct list bare;               /* of this group, not parsed */
	uint64_t group;
	size_t in_group;
	struct spill maps;
};

struct table_cache *
table_cache_new(const struct value_modes *modes,
    table_complete_fn *complete, void *arg,
    void (*forget)(struct table *table))
{
	struct table_cache *cache = xcalloc(1, sizeof(*cache));

	cache->modes = *modes;
	cache->complete = complete;
	cache->arg = arg;
	cache->forget = forget;
	cache->group = 1;
	spill_open(&cache->maps, HELD_BYTES);
	return cache;
}

/* ---- places */

static uint64_t
hash_of(uint64_t id)
{
	return hash_u64(id, hash_seed());
}

/* No two ids have one hash: it only mixes their bits. */
static struct entry *
entry_of(const struct table_cache *cache, uint64_t id)
{
	struct hash_slot *slot = hash_find(&cache->places, hash_of(id));

	return slot ? (struct entry *)(uintptr_t)hash_value(slot) : NULL;
}

/* ---- lists */

static void
unlink_entry(struct list *list, struct entry *e)
{
	*(e->prev ? &e->prev->next : &list->newest) = e->next;
	*(e->next ? &e->next->prev : &list->oldest) = e->prev;
	e->prev = e->next = NULL;
}

static void
link_newest(struct list *list, struct entry *e)
{
	e->next = list->newest;
	*(e->next ? &e->next->prev : &list->oldest) = e;
	list->newest = e;
}

/* ---- tables */

static void
drop_table(struct table_cache *cache, struct table *t)
{
	if (cache->forget)
		cache->forget(t);
	table_map_clear(t);
	free(t);
}

/* Not parsed any more: it is bare. */
static void
let_go(struct table_cache *cache, struct entry *e)
{
	unlink_entry(&cache->parsed, e);
	e->tally = e->table->tally;
	drop_table(cache, e->table);
	e->table = NULL;
	cache->cost -= e->cost;
	cache->nparsed--;
	link_newest(&cache->bare, e);
}

/* An entry and all of it. */
static void
drop(struct table_cache *cache, struct entry *e)
{
	if (e->table)
		let_go(cache, e);
	unlink_entry(&cache->bare, e);
	hash_remove(&cache->places, hash_find(&cache->places, hash_of(e->id)));
	if (cache->last == e)
		cache->last = NULL;
	free(e);
}

/* Hold the map of a table that its group may come back to. */
static int
hold_map(struct table_cache *cache, struct entry *e, struct err *err)
{
	if (e->held)
		return 0;
	e->at = cache->maps.n;
	e->n = e->table->raw_n;
	e->held = true;
	return spill_add(&cache->maps, e->table->raw, e->n, err);
}

static int
forget_oldest(struct table_cache *cache, struct err *err)
{
	struct entry *e = cache->parsed.oldest;

	if (e->group != cache->group) {
		drop(cache, e);
		return 0;
	}
	if (hold_map(cache, e, err) < 0)
		return -1;
	let_go(cache, e);
	return 0;
}

void
table_cache_clear(struct table_cache *cache)
{
	struct entry *older;

	for (struct entry *e = cache->parsed.oldest; e; e = older) {
		struct err err = { 0 };

		older = e->prev;
		e->table->tally.schema_said = false;
		if (e->group != cache->group || hold_map(cache, e, &err) < 0)
			drop(cache, e);
		else
			let_go(cache, e);
	}
	cache->last = NULL;
}

void
table_cache_free(struct table_cache *cache)
{
	while (cache->parsed.oldest)
		drop(cache, cache->parsed.oldest);
	while (cache->bare.newest)
		drop(cache, cache->bare.newest);
	spill_close(&cache->maps);
	hash_clear(&cache->places);
	free(cache);
}

void
table_cache_begin(struct table_cache *cache,
    const struct binlog_format *format)
{
	while (cache->bare.newest)
		drop(cache, cache->bare.newest);
	cache->group++;
	cache->in_group = 0;
	cache->last = NULL;
	if (cache->maps.n)
		spill_clear(&cache->maps);
	if (format->mariadb != cache->mariadb)
		table_cache_clear(cache);
	cache->mariadb = format->mariadb;
	cache->format = format;
}

static int
complete(struct table_cache *cache, struct table *t,
    const struct binlog_event *ev, struct err *err)
{
	if (!cache->complete || cache->complete(cache->arg, t, ev, err) == 0)
		return 0;
	return err_wrap(err, "table %.*s.%.*s", (int)t->db.n, t->db.p,
	    (int)t->name.n, t->name.p);
}

/* Parse a bare entry's map, which is ev's body. */
static int
parse(struct table_cache *cache, struct entry *e,
    const struct binlog_event *ev, struct err *err)
{
	struct table *t = xcalloc(1, sizeof(*t));

	if (table_map_parse(t, ev, cache->format, err) < 0 ||
	    complete(cache, t, ev, err) < 0) {
		table_map_clear(t);
		free(t);
		return -1;
	}
	table_map_bind(t, &cache->modes);
	t->tally = e->tally;
	unlink_entry(&cache->bare, e);
	e->table = t;
	e->cost = table_map_cost(t);
	link_newest(&cache->parsed, e);
	cache->nparsed++;
	cache->cost += e->cost;
	while (cache->parsed.oldest != e && (cache->nparsed > PARSED ||
	    cache->cost > PARSED_BYTES))
		if (forget_oldest(cache, err) < 0)
			return -1;
	return 0;
}

/* The entry of an id in the group in hand; a new one is bare. */
static struct entry *
enter(struct table_cache *cache, uint64_t id, struct err *err)
{
	struct entry *e = entry_of(cache, id);

	if (e && e->group == cache->group)
		return e;
	if (cache->in_group == LIMIT_TABLES) {
		err_set(err, ERR_DATA, "one transaction maps more than %d "
		    "tables", LIMIT_TABLES);
		return NULL;
	}
	cache->in_group++;
	if (!e) {
		e = xcalloc(1, sizeof(*e));
		e->id = id;
		link_newest(&cache->bare, e);
		hash_add(&cache->places, hash_of(id), (uintptr_t)e);
	}
	e->group = cache->group;
	e->left_out = e->held = false;
	return e;
}

/* Is the map the one that the entry has? */
static bool
is_same(struct table_cache *cache, struct entry *e,
    const struct binlog_event *ev)
{
	const uint8_t *raw = NULL;
	struct err err = { 0 };

	if (e->table)
		return e->table->raw_n == ev->body_n &&
		    memcmp(e->table->raw, ev->body, ev->body_n) == 0;
	return e->held && e->n == ev->body_n &&
	    spill_read(&cache->maps, e->at, e->n, &raw, &err) == 0 &&
	    memcmp(raw, ev->body, ev->body_n) == 0;
}

/* The table of an entry that was asked for. */
static struct table *
give(struct table_cache *cache, struct entry *e)
{
	unlink_entry(&cache->parsed, e);
	link_newest(&cache->parsed, e);
	cache->last = e;
	return e->table;
}

struct table *
table_cache_map(struct table_cache *cache, const struct binlog_event *ev,
    struct err *err)
{
	struct cursor in = cursor_of(ev->body, ev->body_n);
	struct entry *e = enter(cache, take_le(&in, 6), err);

	if (!e)
		return NULL;
	if (!is_same(cache, e, ev)) {
		if (e->table)
			let_go(cache, e);
		e->held = false;
		e->tally = (struct table_tally){ 0 };
	}
	e->left_out = false;
	e->pos = ev->pos;
	cache->last = NULL;
	if (!e->table && parse(cache, e, ev, err) < 0)
		return NULL;
	return give(cache, e);
}

int
table_cache_leave_out(struct table_cache *cache, uint64_t id,
    struct err *err)
{
	struct entry *e = enter(cache, id, err);

	if (!e)
		return -1;
	if (e->table)
		let_go(cache, e);
	e->left_out = true;
	if (cache->last == e)
		cache->last = NULL;
	return 0;
}

bool
table_cache_left_out(const struct table_cache *cache, uint64_t id)
{
	const struct entry *e = cache->last;

	if (e && e->id == id)
		return false;
	e = entry_of(cache, id);
	return e && e->group == cache->group && e->left_out;
}

struct table *
table_cache_find(struct table_cache *cache, uint64_t id, struct err *err)
{
	struct entry *e = cache->last;
	struct binlog_event ev = { 0 };

	if (e && e->id == id)
		return e->table;
	e = entry_of(cache, id);
	if (!e || e->group != cache->group || (!e->table && !e->held))
		return NULL;
	cache->last = NULL;
	if (!e->table) {
		if (spill_read(&cache->maps, e->at, e->n, &ev.body, err) < 0)
			return NULL;
		ev.pos = e->pos;
		ev.body_n = e->n;
		if (parse(cache, e, &ev, err) < 0)
			return NULL;
	}
	return give(cache, e);
}
