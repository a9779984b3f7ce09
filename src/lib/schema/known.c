/* SPDX-License-Identifier: MIT
 *
 * Tables by name.  What statements said of those not asked for lately
 * is put away (stow.c); a database is an entry, too, whose table has no name.
 * Dropping one voids what was learned of its tables before: they find out
 * when they are asked for.
 */
#include "schema/schema.h"

#include <search.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/log.h"
#include "schema/pack.h"
#include "schema/stow.h"
#include "charset/fold.h"

enum { IN_MEMORY = 2 << 20, AN_ENTRY = 256 };   /* bytes */

struct schemas {
	void *tree;             /* of struct schema_entry */
	struct schema_entry *newest, *oldest;   /* by when they were asked */
	size_t cost;            /* of all, about */
	struct stow stow;
	uint64_t clock;         /* databases that were dropped */
	bool lower;             /* names are in small letters */
	bool asks;              /* of a server: outdated ones are listed */
	struct schema_entry *outdated;
};

struct schemas *
schemas_new(void)
{
	return xcalloc(1, sizeof(struct schemas));
}

static int
compare(const void *a, const void *b)
{
	const struct schema_entry *x = a, *y = b;
	int order = strcmp(x->db, y->db);

	return order ? order : strcmp(x->name, y->name);
}

/* ---- the list, newest first */

static void
detach(struct schemas *s, struct schema_entry *e)
{
	*(e->newer ? &e->newer->older : &s->newest) = e->older;
	*(e->older ? &e->older->newer : &s->oldest) = e->newer;
	e->newer = e->older = NULL;
}

static void
make_newest(struct schemas *s, struct schema_entry *e)
{
	e->older = s->newest;
	*(e->older ? &e->older->newer : &s->oldest) = e;
	s->newest = e;
	e->touched = true;
}

/* ---- what is put away */

static void
key_of(struct buf *key, const struct schema_entry *e)
{
	buf_put(key, e->db, strlen(e->db) + 1);
	buf_str(key, e->name);
}

static bool
put_away(struct schemas *s, const struct schema_entry *e)
{
	struct buf key = { 0 }, bytes = { 0 };
	bool done;

	key_of(&key, e);
	buf_le(&bytes, e->since, 8);
	buf_le(&bytes, e->dropped << 1 | e->created, 8);
	buf_le(&bytes, e->unnamed << 1 | e->doubted, 1);
	pack_text(&bytes, e->charset);
	if (e->learned)
		schema_pack(&bytes, e->learned);
	done = stow_put(&s->stow, buf_view(&key), buf_view(&bytes));
	buf_free(&key);
	buf_free(&bytes);
	return done;
}

static bool
take_back(struct schemas *s, struct schema_entry *e)
{
	struct buf key = { 0 }, bytes = { 0 };
	bool found;

	key_of(&key, e);
	found = stow_take(&s->stow, buf_view(&key), &bytes);
	if (found) {
		struct cursor in = cursor_of(bytes.p, bytes.n);
		unsigned flags;

		e->since = take_u64(&in);
		e->dropped = take_u64(&in);
		e->created = e->dropped & 1;
		e->dropped >>= 1;
		flags = take_u8(&in);
		e->doubted = flags & 1;
		e->unnamed = flags >> 1;
		e->charset = pack_take_text(&in);
		if (cursor_left(&in) > 0)
			e->learned = schema_unpack(&in);
	}
	buf_free(&key);
	buf_free(&bytes);
	return found;
}

static void
free_entry(struct schema_entry *e)
{
	schema_entry_forget(e);
	for (size_t i = 0; i < e->nrecords; i++)
		schema_table_free(e->records[i]);
	free(e->records);
	free(e->charset);
	free(e->db);
	free(e->name);
	free(e);
}

static void
drop(struct schemas *s, struct schema_entry *e)
{
	detach(s, e);
	s->cost -= e->cost;
	tdelete(e, &s->tree, compare);
	free_entry(e);
}

/* What was asked for may have grown. */
static void
weigh(struct schemas *s)
{
	for (struct schema_entry *e = s->newest; e && e->touched;
	    e = e->older) {
		s->cost -= e->cost;
		e->cost = e->nrecords ? 0 : AN_ENTRY + (e->learned ?
		    schema_table_cost(e->learned) : 0);
		s->cost += e->cost;
		e->touched = false;
	}
}

/* Records of the user's stay, and what a server is to be asked about. */
static bool
may_go(struct schemas *s, const struct schema_entry *e)
{
	if (e->nrecords || e->outdated)
		return false;
	return !(e->learned || e->charset || e->dropped || e->created ||
	    e->doubted || e->unnamed) || put_away(s, e);
}

void
schemas_settle(struct schemas *s)
{
	const struct schema_entry *last = s->newest;
	bool more = last != NULL;

	weigh(s);
	while (more && s->cost > IN_MEMORY) {
		struct schema_entry *e = s->oldest;

		more = e != last;
		if (may_go(s, e)) {
			drop(s, e);
		} else {                /* out of the way */
			detach(s, e);
			make_newest(s, e);
		}
	}
}

/* ---- entries */

static struct schema_entry *
find(struct schemas *s, struct span db, struct span name, bool make)
{
	struct schema_entry *e = xcalloc(1, sizeof(*e));
	struct schema_entry **found;

	e->db = xmemdup(db.p, db.n);
	e->name = xmemdup(name.p, name.n);
	found = tfind(e, &s->tree, compare);
	if (found || (!take_back(s, e) && !make)) {
		free_entry(e);
		if (!found)
			return NULL;
		e = *found;
		detach(s, e);
	} else if (!tsearch(e, &s->tree, compare)) {
		log_die(ERR_OS, "out of memory for a table's name");
	}
	make_newest(s, e);
	return e;
}

struct schema_entry *
schemas_entry(struct schemas *s, struct span db, struct span name, bool make)
{
	struct schema_entry *e = find(s, db, name, make);
	const struct schema_entry *database;

	if (e && e->learned && e->since < s->clock) {
		database = find(s, db, SPAN(""), false);
		if (database && e->since < database->dropped)
			schema_entry_forget(e);
	}
	if (e)
		e->since = s->clock;
	return e;
}

const char *
schemas_db_charset(struct schemas *s, struct span db, const char *file,
    uint64_t pos)
{
	const struct schema_entry *e = find(s, db, SPAN(""), false);
	const struct schema_table *record = e && !e->charset ?
	    schema_entry_record(e, file, pos) : NULL;

	return record ? record->charset : e ? e->charset : NULL;
}

void
schemas_set_db_charset(struct schemas *s, struct span db,
    const char *charset)
{
	struct schema_entry *e = find(s, db, SPAN(""), charset != NULL);

	if (!e)
		return;
	free(e->charset);
	e->charset = charset ? xstrdup(charset) : NULL;
}

void
schemas_forget_db(struct schemas *s, struct span db)
{
	struct schema_entry *e = find(s, db, SPAN(""), true);

	e->dropped = ++s->clock;
	e->created = false;
	while (e->nrecords > 0)
		schema_table_free(e->records[--e->nrecords]);
	free(e->charset);
	e->charset = NULL;
}

void
schemas_make_db(struct schemas *s, struct span db)
{
	find(s, db, SPAN(""), true)->created = true;
}

bool
schemas_is_absent(struct schemas *s, const struct schema_entry *entry)
{
	const struct schema_entry *db = find(s, span_of(entry->db), SPAN(""),
	    false);

	return entry->dropped || (!entry->learned && !entry->nrecords && db &&
	    (db->created || db->dropped));
}

bool
schemas_db_is_gone(struct schemas *s, struct span db)
{
	const struct schema_entry *e = find(s, db, SPAN(""), false);

	return e && e->dropped && !e->charset;
}

struct schema_table *
schema_entry_newest(const struct schema_entry *entry)
{
	return entry && entry->nrecords ?
	    entry->records[entry->nrecords - 1] : NULL;
}

void
schemas_lower_names(struct schemas *s)
{
	s->lower = true;
}

char *
schemas_lower(const struct schemas *s, char *name)
{
	struct buf out = { 0 };

	if (!s->lower)
		return name;
	fold_name(&out, span_of(name), FOLD_LOWER);
	free(name);
	buf_cstr(&out);
	return out.p;
}

void
schemas_ask_again(struct schemas *s)
{
	s->asks = true;
}

bool
schemas_ask_server(const struct schemas *s)
{
	return s->asks;
}

typedef bool drop_fn(const struct schema_table *record, const char *file,
    uint64_t pos);

static void
drop_records(struct schema_entry *entry, drop_fn *drops, const char *file,
    uint64_t pos)
{
	size_t n = 0;

	for (size_t i = 0; i < entry->nrecords; i++) {
		if (drops(entry->records[i], file, pos))
			schema_table_free(entry->records[i]);
		else
			entry->records[n++] = entry->records[i];
	}
	entry->nrecords = n;
}

static bool
is_live(const struct schema_table *record, const char *file, uint64_t pos)
{
	(void)file, (void)pos;
	return record->live;
}

/* One that does not say where it is from is the user's word. */
static bool
is_past(const struct schema_table *record, const char *file, uint64_t pos)
{
	int order = record->file ? strcmp(record->file, file) : 1;

	return !record->trusted && (order < 0 || (order == 0 &&
	    record->pos <= pos));
}

void
schema_entry_doubt(struct schema_entry *entry, const char *file,
    uint64_t pos)
{
	drop_records(entry, is_past, file, pos);
}

void
schema_entry_outdate(struct schemas *s, struct schema_entry *entry)
{
	drop_records(entry, is_live, NULL, 0);
	if (!s->asks || entry->outdated)
		return;
	entry->outdated = true;
	entry->next_outdated = s->outdated;
	s->outdated = entry;
}

struct schema_entry *
schemas_outdated(struct schemas *s)
{
	struct schema_entry *entry = s->outdated;

	if (!entry)
		return NULL;
	s->outdated = entry->next_outdated;
	entry->outdated = false;
	return entry;
}

void
schema_entry_forget(struct schema_entry *entry)
{
	schema_table_free(entry->learned);
	entry->learned = NULL;
}

void
schemas_each(struct schemas *s, schema_entry_fn *fn, void *arg)
{
	for (const struct schema_entry *e = s->oldest; e; e = e->newer)
		fn(arg, e);
}

void
schemas_free(struct schemas *s)
{
	while (s->newest)
		drop(s, s->newest);
	stow_clear(&s->stow);
	free(s);
}

/* A map says nothing of what a statement said before: of columns that are still
 * there. */
static void
inherit(struct schema_table *table, const struct schema_table *from)
{
	for (size_t i = 0; i < table->ncolumns; i++) {
		struct schema_column *col = &table->columns[i];
		const struct schema_column *was = schema_column_find(from,
		    span_of(col->name));

		if (!was || col->told || !was->told ||
		    strcmp(was->type, col->type) != 0)
			continue;
		col->told = true;
		col->auto_increment = was->auto_increment;
		col->generated = was->generated;
		col->computed = was->computed;
		if (was->fallback)
			col->fallback = xstrdup(was->fallback);
		if (was->comment && !col->comment)
			col->comment = xstrdup(was->comment);
	}
}

void
schemas_unlearn(struct schemas *s, struct span db, struct span name)
{
	struct schema_entry *entry = schemas_entry(s, db, name, false);
	struct schema_table *newest = entry && entry->nrecords ?
	    entry->records[entry->nrecords - 1] : NULL;

	for (size_t i = 0; newest && i < newest->ncolumns; i++)
		newest->columns[i].told = newest->columns[i].generated = false;
}

const struct schema_table *
schemas_newest(struct schemas *s, struct span db, struct span name,
    bool inherits)
{
	struct schema_entry *entry = schemas_entry(s, db, name, false);

	if (!entry || !entry->nrecords)
		return NULL;
	for (; entry->nrecords > 1; entry->nrecords--) {
		if (inherits)
			inherit(entry->records[1], entry->records[0]);
		schema_table_free(entry->records[0]);
		memmove(entry->records, entry->records + 1,
		    (entry->nrecords - 1) * sizeof(*entry->records));
	}
	return entry->records[0];
}
