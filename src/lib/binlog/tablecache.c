/* SPDX-License-Identifier: MIT
 *
 * Open addressing by table id, at most half full.
 */
#include "binlog/tablemap.h"

#include <stdlib.h>

#include "base/alloc.h"

enum { SLOTS = 2048, CAP = SLOTS / 2 };

struct table_cache {
	struct value_modes modes;
	table_complete_fn *complete;
	void *arg;
	void (*forget)(struct table *table);
	const struct binlog_format *format;
	bool mariadb;
	struct table *slots[SLOTS];
	struct table *last;
	size_t n;
	uint64_t group, clock;
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
	return cache;
}

static void
drop(struct table_cache *cache, struct table *t)
{
	if (cache->forget)
		cache->forget(t);
	table_clear(t);
	free(t);
}

void
table_cache_clear(struct table_cache *cache)
{
	for (size_t i = 0; i < SLOTS; i++) {
		if (cache->slots[i])
			drop(cache, cache->slots[i]);
		cache->slots[i] = NULL;
	}
	cache->n = 0;
	cache->last = NULL;
}

void
table_cache_free(struct table_cache *cache)
{
	table_cache_clear(cache);
	free(cache);
}

void
table_cache_begin(struct table_cache *cache,
    const struct binlog_format *format)
{
	if (format->mariadb != cache->mariadb)
		table_cache_clear(cache);
	cache->mariadb = format->mariadb;
	cache->format = format;
	cache->group++;
	cache->last = NULL;
}

/* The slot of id: its table's, or the empty one where it would go. */
static size_t
slot_of(const struct table_cache *cache, uint64_t id)
{
	size_t i = (size_t)(id * 0x9E3779B97F4A7C15u >> 40) % SLOTS;

	while (cache->slots[i] && cache->slots[i]->id != id)
		i = (i + 1) % SLOTS;
	return i;
}

/* Take a table out and close the gap in its run. */
static void
take_out(struct table_cache *cache, size_t i)
{
	struct table *t = cache->slots[i];

	cache->slots[i] = NULL;
	cache->n--;
	for (i = (i + 1) % SLOTS; cache->slots[i]; i = (i + 1) % SLOTS) {
		struct table *moved = cache->slots[i];

		cache->slots[i] = NULL;
		cache->slots[slot_of(cache, moved->id)] = moved;
	}
	if (cache->last == t)
		cache->last = NULL;
	drop(cache, t);
}

static int
make_room(struct table_cache *cache, struct err *err)
{
	size_t oldest = SLOTS;

	if (cache->n < CAP)
		return 0;
	for (size_t i = 0; i < SLOTS; i++) {
		struct table *t = cache->slots[i];

		if (t && t->group != cache->group && (oldest == SLOTS ||
		    t->used < cache->slots[oldest]->used))
			oldest = i;
	}
	if (oldest == SLOTS)
		return err_set(err, ERR_DATA,
		    "one transaction maps more than %d tables", CAP);
	take_out(cache, oldest);
	return 0;
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

struct table *
table_cache_map(struct table_cache *cache, const struct binlog_event *ev,
    struct err *err)
{
	uint64_t id = ev->body_n >= 6 ? load_le(ev->body, 6) : 0;
	size_t i = slot_of(cache, id);
	struct table *t = cache->slots[i];

	if (t && (t->raw_n != ev->body_n ||
	    memcmp(t->raw, ev->body, ev->body_n) != 0)) {
		take_out(cache, i);
		t = NULL;
	}
	if (!t) {
		if (make_room(cache, err) < 0)
			return NULL;
		t = xcalloc(1, sizeof(*t));
		if (table_map_parse(t, ev, cache->format, err) < 0 ||
		    complete(cache, t, ev, err) < 0) {
			table_clear(t);
			free(t);
			return NULL;
		}
		table_bind(t, &cache->modes);
		cache->slots[slot_of(cache, id)] = t;
		cache->n++;
	}
	t->group = cache->group;
	t->used = ++cache->clock;
	cache->last = t;
	return t;
}

struct table *
table_cache_find(struct table_cache *cache, uint64_t id)
{
	struct table *t = cache->last;

	if (t && t->id == id)
		return t;
	t = cache->slots[slot_of(cache, id)];
	return t && t->group == cache->group ? t : NULL;
}
