/* SPDX-License-Identifier: MIT
 *
 * Maps completed by schemas.
 */
#include "schema/schema.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/log.h"

/* What no map says. */
static void
apply_declared(struct column *col, const struct schema_column *from)
{
	enum declared_type declared = schema_column_type(from)->id;
	bool old = value_is_old_temporal(col->type);

	col->json_known = true;
	if (!declared_type_fits(col, declared) || (old && from->length > 6))
		return;
	col->declared = (uint8_t)declared;
	if (old)
		col->fsp = from->length > 0 ? (uint8_t)from->length : 0;
}

void
schema_apply_labels(struct column *col, const struct schema_column *from)
{
	if (col->nlabels || !from->nlabels)
		return;
	col->labels = xcalloc(from->nlabels, sizeof(*col->labels));
	for (size_t i = 0; i < from->nlabels; i++)
		col->labels[i] = span_of(xstrdup(from->labels[i]));
	col->nlabels = from->nlabels;
	col->labels_ready = true;
}

/* 0 if nothing tells. */
static uint64_t
collation_of(const struct schema_column *from)
{
	const struct sql_type *type = schema_column_type(from);

	if (sqltype_is_bytes(type))
		return COLLATION_BINARY;
	if (type->id == DECLARED_JSON && !from->charset)
		return COLLATION_UTF8MB4_BIN;
	return from->charset ? charset_collation(from->charset) : 0;
}

/* What a map says only with binlog_row_metadata=MINIMAL or FULL. */
static void
apply_all(struct column *col, const struct schema_column *from)
{
	const struct value_type *logged = value_type(col->type);
	const struct sql_type *type = schema_column_type(from);

	if (logged->numeric && !col->sign_known)
		col->is_unsigned = from->is_unsigned;
	if ((logged->character || logged->meta == META_LABELS) &&
	    !col->collation) {
		col->collation = collation_of(from);
		col->charset = charset_of_collation(col->collation);
	}
	if (col->type == COLUMN_GEOMETRY && type->id == DECLARED_POINT)
		col->geometry = GEOMETRY_POINT;
	apply_declared(col, from);
}

static int64_t
or_zero(int64_t n)
{
	return n < 0 ? 0 : n;
}

/* Of a geometry a map need not tell which, of a hidden type nothing else. */
static bool
may_be(const struct sql_type *is, const struct sql_type *want)
{
	return is == want || (is->class == want->class &&
	    is->log == want->log && is->width == want->width &&
	    (is->class == CLASS_GEOMETRY || (want->hidden && !is->hidden)));
}

/* Does the column that was completed look as the record says? */
static bool
looks_alike(const struct column *col, const struct schema_column *from)
{
	struct sized_type is = sqltype_of_column(col);
	const struct sql_type *want = schema_column_type(from);

	if (!may_be(is.type, want))
		return false;
	if (value_type(col->type)->numeric && col->type != COLUMN_YEAR &&
	    col->is_unsigned != from->is_unsigned)
		return false;
	switch (value_type(col->type)->meta) {
	case META_LABELS:
		return !from->nlabels || !col->nlabels ||
		    col->nlabels == from->nlabels;
	case META_FSP:
		return or_zero(is.length) == or_zero(from->length);
	case META_CHAR:
	case META_VARCHAR:
	case META_DECIMAL:
	case META_BIT:
		return col->type != is.type->log ||     /* compressed */
		    from->length < 0 || is.length < 0 ||
		    (is.length == from->length &&
		    or_zero(is.scale) == or_zero(from->scale));
	default:
		return true;
	}
}

/* The column, completed by what a record says of it; false if the two do
 * not agree. */
static bool
fits(const struct column *logged, const struct schema_column *from)
{
	struct column col = *logged;

	apply_all(&col, from);
	return looks_alike(&col, from);
}

/* Columns of a map that no record lists, at its end: the hashes of UNIQUE of
 * long columns, and before or after them the times of implicit
 * versioning, which a server's record lists, and a statement does not. */
struct unlisted {
	size_t at, n;           /* the hashes */
	size_t times_at, times;
};

static bool
has_times_at(const struct table *t, size_t i)
{
	const struct column *col = &t->columns[i];

	return i + 2 <= t->ncolumns && col[0].type == COLUMN_TIMESTAMP2 &&
	    col[0].fsp == 6 && col[1].type == COLUMN_TIMESTAMP2 &&
	    col[1].fsp == 6;
}

static void
find_times(struct unlisted *u, const struct table *t,
    const struct schema_table *record)
{
	size_t n = record->ncolumns;

	if (!record->versioned || t->ncolumns < n + 2)
		return;
	for (size_t i = 0; i < n; i++)
		if (record->columns[i].row_time)
			return;
	u->times_at = has_times_at(t, n) ? n : t->ncolumns - 2;
	u->times = has_times_at(t, u->times_at) ? 2 : 0;
	if (u->times && u->times_at == n)
		u->at += 2;
}

static bool
are_hashes(const struct table *t, struct unlisted u)
{
	for (size_t i = 0; i < u.n; i++) {
		const struct column *col = &t->columns[u.at + i];

		if (col->type != COLUMN_LONGLONG ||
		    (col->sign_known && !col->is_unsigned))
			return false;
	}
	return true;
}

static struct unlisted
find_unlisted(const struct table *t, const struct schema_table *record)
{
	struct unlisted u = { .at = record->ncolumns };
	size_t hashed = 0, listed;

	for (size_t i = 0; i < record->nkeys; i++)
		hashed += record->keys[i].hashed && !record->keys[i].plain &&
		    !record->keys[i].primary;
	find_times(&u, t, record);
	listed = record->ncolumns + u.times;
	/* an ALTER makes a short one, USING HASH, a tree */
	if (t->ncolumns > listed && t->ncolumns - listed <= hashed)
		u.n = t->ncolumns - listed;
	if (u.n && !are_hashes(t, u) && record->ncolumns > 2 &&
	    record->columns[record->ncolumns - 1].row_time)
		u.at -= 2;
	if (!are_hashes(t, u))
		u.n = 0;
	return u;
}

/* Where the map has a record's column. */
static size_t
place(struct unlisted u, size_t i)
{
	return i < u.at ? i : i + u.n;
}

static bool
is_as_long(const struct table *t, const struct schema_table *record)
{
	struct unlisted u = find_unlisted(t, record);

	return record->ncolumns + u.n + u.times == t->ncolumns;
}

/* The first column of a record that contradicts the map; its number of
 * columns: none. */
static size_t
first_misfit(const struct table *t, const struct schema_table *record)
{
	struct unlisted u = find_unlisted(t, record);

	for (size_t i = 0; i < record->ncolumns; i++)
		if (place(u, i) >= t->ncolumns ||
		    !fits(&t->columns[place(u, i)], &record->columns[i]))
			return i;
	return record->ncolumns;
}

static bool
agrees(const struct table *t, const struct schema_table *record)
{
	return is_as_long(t, record) &&
	    first_misfit(t, record) == record->ncolumns;
}

/* May the record be used?  What a server says now, only for events after it,
 * unless the map has names, and so cannot be misread. */
static bool
is_usable(const struct schema_table *record, const struct table *t,
    const char *file, uint64_t pos)
{
	return !record->live || record->trusted || t->named ||
	    schema_table_is_before(record, file, pos);
}

/* Of the records that agree with a map the newest that was printed before its
 * position, else the oldest. */
static const struct schema_table *
choose_record(const struct schema_entry *entry, const struct table *t,
    const char *file, uint64_t pos)
{
	const struct schema_table *chosen = NULL;

	for (size_t i = 0; i < entry->nrecords; i++) {
		const struct schema_table *record = entry->records[i];

		if (!is_usable(record, t, file, pos) || !agrees(t, record))
			continue;
		if (!chosen || schema_table_is_before(record, file, pos))
			chosen = record;
	}
	return chosen;
}

static int
too_new(struct err *err)
{
	err_set(err, ERR_CONFIG, "the log does not name its columns, and the "
	    "server's schema is newer than this event");
	return err_hint(err, "SET GLOBAL binlog_row_metadata=FULL on the "
	    "server; for what is already logged, use --schema FILE, or "
	    "--trust-current-schema if no table was altered since");
}

static int
no_record_fits(const struct schema_entry *entry, const struct table *t,
    const char *file, uint64_t pos, struct err *err)
{
	const struct schema_table *last = NULL;
	size_t i;

	for (i = 0; i < entry->nrecords; i++)
		if (is_usable(entry->records[i], t, file, pos))
			last = entry->records[i];
	if (!last)
		return too_new(err);
	i = first_misfit(t, last);
	if (!is_as_long(t, last))
		err_set(err, ERR_DATA, "the log has %zu column%s, its schema "
		    "record %zu", t->ncolumns, plural(t->ncolumns),
		    last->ncolumns);
	else
		err_set(err, ERR_DATA, "column %zu is %s in the log, %s "
		    "(%s) in its schema record", i + 1,
		    value_type(t->columns[i].type)->name,
		    last->columns[i].type, last->columns[i].name);
	return err_hint(err, "give --schema a record of the table as it was "
	    "when the log was written");
}

/* A map without names takes everything. */
static int
name_columns(struct table *t, const struct schema_table *record)
{
	struct unlisted u = find_unlisted(t, record);

	for (size_t i = 0; i < record->ncolumns; i++) {
		struct column *col = &t->columns[place(u, i)];
		const struct schema_column *from = &record->columns[i];

		apply_all(col, from);
		schema_apply_labels(col, from);
		table_map_name_column(t, place(u, i), from->name);
	}
	for (size_t i = 0; i < u.n; i++)
		t->columns[u.at + i].hidden = true;
	if (u.times) {
		table_map_name_column(t, u.times_at, "row_start");
		table_map_name_column(t, u.times_at + 1, "row_end");
	}
	t->named = true;
	return 0;
}

static int
column_index(const struct table *t, const char *name)
{
	struct schema_table as_text = { 0 };

	for (size_t i = 0; i < t->ncolumns; i++) {
		struct schema_column one = { .name = (char *)name };

		as_text.columns = &one;
		as_text.ncolumns = 1;
		if (schema_column_find(&as_text, t->columns[i].name))
			return (int)i;
	}
	return -1;
}

/* Take a key, if all its columns are there and none may be NULL. */
static bool
take_key(struct table *t, const struct schema_key *key)
{
	uint16_t *columns = xcalloc(key->ncolumns + 1, sizeof(*columns));

	for (size_t i = 0; i < key->ncolumns; i++) {
		int at = column_index(t, key->columns[i]);

		if (at < 0 || t->columns[at].nullable) {
			free(columns);
			return false;
		}
		columns[i] = (uint16_t)at;
	}
	free(t->key);
	t->key = columns;
	t->nkey = key->ncolumns;
	return true;
}

void
schema_apply_keys(struct table *t, const struct schema_table *from)
{
	if (t->nkey || !from->complete)
		return;
	for (int primary = 1; primary >= 0; primary--)
		for (size_t i = 0; i < from->nkeys; i++)
			if (from->keys[i].primary == primary &&
			    !from->keys[i].plain && take_key(t, &from->keys[i]))
				return;
}

/* An UPDATE of an outer join writes maps in which every column may be NULL. */
static bool
is_outer(const struct table *t)
{
	for (size_t i = 0; i < t->ncolumns; i++)
		if (!t->columns[i].nullable)
			return false;
	return true;
}

/* What may not be NULL nonetheless is what others say. */
static void
apply_required(struct table *t, const struct schema_table *from)
{
	for (size_t i = 0; i < t->ncolumns; i++) {
		const struct schema_column *c = schema_column_find(from,
		    t->columns[i].name);

		if (c && c->required)
			t->columns[i].nullable = false;
	}
}

static bool
is_row_time(const struct column *col, bool outer)
{
	return (!col->nullable || outer) &&
	    ((col->type == COLUMN_TIMESTAMP2 && col->fsp == 6) ||
	    (col->type == COLUMN_LONGLONG && col->is_unsigned));
}

static void
set_row_times(struct table *t, int start, int end, bool outer)
{
	struct column *from = &t->columns[start], *to = &t->columns[end];

	if (!is_row_time(from, outer) || !is_row_time(to, outer))
		return;
	t->row_start = start;
	t->row_end = end;
	from->nullable = to->nullable = false;
}

static void
apply_versioning(struct table *t, const struct schema_table *from, bool outer)
{
	int start = column_index(t, "row_start");
	int end = column_index(t, "row_end");

	if (!from->versioned)
		return;
	for (size_t i = 0; i < from->ncolumns; i++) {
		if (from->columns[i].row_time == ROW_START)
			start = column_index(t, from->columns[i].name);
		if (from->columns[i].row_time == ROW_END)
			end = column_index(t, from->columns[i].name);
	}
	if (start >= 0 && end >= 0)
		set_row_times(t, start, end, outer);
}

static void
apply_by_name(struct table *t, const struct schema_table *from, bool outer)
{
	if (outer)
		apply_required(t, from);
	for (size_t i = 0; i < t->ncolumns; i++) {
		const struct schema_column *c = schema_column_find(from,
		    t->columns[i].name);

		if (c)
			apply_declared(&t->columns[i], c);
	}
	schema_apply_keys(t, from);
	apply_versioning(t, from, outer);
}

/* The hidden columns of implicit versioning: the last two, with these names,
 * and the server has made row_end a part of the primary key. */
static void
find_implicit_versioning(struct table *t, bool outer)
{
	size_t n = t->ncolumns;

	if (n >= 3 && t->nkey && t->key[t->nkey - 1] == n - 1 &&
	    span_is(t->columns[n - 2].name, "row_start") &&
	    span_is(t->columns[n - 1].name, "row_end"))
		set_row_times(t, (int)n - 2, (int)n - 1, outer);
}

static bool
is_hash_name(struct span name)
{
	static const char begin[] = "DB_ROW_HASH_";
	size_t n = sizeof(begin) - 1;

	if (name.n <= n || memcmp(name.p, begin, n) != 0)
		return false;
	while (n < name.n && name.p[n] >= '0' && name.p[n] <= '9')
		n++;
	return n == name.n;
}

static bool
is_column_of(const struct schema_table *t, struct span name)
{
	return t && schema_column_find(t, name);
}

/* A UNIQUE of BLOB or of a long text is one of a hash, in a column that the
 * server adds at the end and never shows. */
static void
hide_hashes(struct table *t, const struct schema_table *record,
    const struct schema_table *learned)
{
	size_t n = t->row_end == (int)t->ncolumns - 1 ? t->ncolumns - 2 :
	    t->ncolumns;

	while (n > 1 && t->columns[n - 1].type == COLUMN_LONGLONG &&
	    is_hash_name(t->columns[n - 1].name) &&
	    !is_column_of(record, t->columns[n - 1].name) &&
	    !is_column_of(learned, t->columns[n - 1].name))
		t->columns[--n].hidden = true;
}

/* Does a definition say all of a map that has no names? */
static bool
names_all(const struct table *t, const struct schema_table *learned)
{
	struct unlisted u;

	if (!learned || !learned->complete || !agrees(t, learned))
		return false;
	u = find_unlisted(t, learned);
	for (size_t i = 0; i < learned->ncolumns; i++)
		if (schema_column_is_text(&learned->columns[i]) &&
		    !learned->columns[i].charset &&
		    !t->columns[place(u, i)].collation &&
		    !learned->columns[i].nlabels)
			return false;
	return true;
}

/* What the log's own statements say, where that is all.  Records that the user
 * gave come before them, whether they fit or not, but not before what
 * statements have made of one; nor do a server's, which are younger than rows
 * that follow a statement at once. */
static const struct schema_table *
choose_learned(const struct schemas *s, const struct schema_entry *entry,
    const struct table *t)
{
	if (t->named || t->mysql || !entry || !entry->learned ||
	    (entry->nrecords && !entry->learned->of_record &&
	    !schemas_ask_server(s)))
		return NULL;
	return names_all(t, entry->learned) ? entry->learned : NULL;
}

int
schemas_complete(struct schemas *s, struct table *t, const char *file,
    uint64_t pos, struct err *err)
{
	const struct schema_entry *entry = schemas_entry(s, t->db, t->name,
	    false);
	const struct schema_table *record = entry && entry->nrecords ?
	    choose_record(entry, t, file, pos) : NULL;
	bool outer = is_outer(t);

	for (size_t i = 0; outer && i < t->nkey; i++)
		t->columns[t->key[i]].nullable = false;
	if (!record)
		record = choose_learned(s, entry, t);
	else if (!record->live && !t->named && names_all(t, entry->learned))
		record = entry->learned;        /* it may be of an ALTER */
	if (!t->named && entry && entry->nrecords && !record)
		return no_record_fits(entry, t, file, pos, err);
	if (!t->named && record)
		name_columns(t, record);
	if (t->named && record)
		apply_by_name(t, record, outer);
	if (t->named && entry && entry->learned)
		apply_by_name(t, entry->learned, outer);
	if (t->named && t->row_end < 0)
		find_implicit_versioning(t, outer);
	if (t->named)
		hide_hashes(t, record, entry ? entry->learned : NULL);
	if (!t->named)
		schemas_entry(s, t->db, t->name, true)->unnamed = true;
	schemas_settle(s);
	return 0;
}

const struct schema_table *
schemas_definition(struct schemas *s, const struct table *t, const char *file,
    uint64_t pos)
{
	const struct schema_entry *entry = t->mysql ? NULL :
	    schemas_entry(s, t->db, t->name, false);
	const struct schema_table *from = entry ? entry->learned : NULL;

	if (entry && entry->nrecords && (!from || !from->complete))
		from = choose_record(entry, t, file, pos);
	return from && from->complete && agrees(t, from) &&
	    schema_table_is_before(from, file, pos) ? from : NULL;
}
