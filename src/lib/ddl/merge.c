/* SPDX-License-Identifier: MIT */
#include "ddl/merge.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "ddl/phrases.h"
#include "ddl/settle.h"

/* The columns of afterwards, as they grow, and what each was called before if
 * it was changed or renamed, or NULL. */
struct merge {
	struct alteration *a;
	struct schema_column *columns;
	char **was;
	size_t n;
	bool *placed;           /* of the defined ones */
	char **before;          /* names of the old ones */
	size_t nbefore;
};

static const struct retouch *
find_retouch(const struct alteration *a, enum retouch_kind kind,
    const char *name)
{
	for (size_t i = 0; name && i < a->nretouches; i++)
		if (a->retouches[i].kind == kind &&
		    schema_same_name(a->retouches[i].name, span_of(name)))
			return &a->retouches[i];
	return NULL;
}

static void
put(struct merge *m, struct schema_column col, const char *was, size_t at)
{
	size_t n = m->n;

	*ARRAY_INSERT(m->was, n, at) = was ? xstrdup(was) : NULL;
	*ARRAY_INSERT(m->columns, m->n, at) = col;
}

static void
put_defined(struct merge *m, size_t i, size_t at)
{
	put(m, m->a->defined->columns[i], m->a->columns[i].was, at);
	m->placed[i] = true;
}

/* MODIFY, CHANGE of this column; ncolumns: none */
static size_t
find_change(const struct alteration *a, const char *name)
{
	size_t i = 0, n = a->defined->ncolumns;

	while (i < n && !(a->columns[i].was && schema_same_name(
	    a->columns[i].was, span_of(name))))
		i++;
	return i;
}

/* A literal default of an AUTO_INCREMENT column is taken, and not kept. */
static void
retouch_default(struct alteration *a, struct schema_column *col)
{
	const struct retouch *r = find_retouch(a, SET_DEFAULT, col->name);

	if (!r)
		return;
	type_name_set_default(col, r->text ? xstrdup(r->text) : NULL,
	    r->default_kind);
	if (col->auto_increment && !col->computed)
		type_name_set_default(col, NULL, DEFAULT_TEXT);
}

static void
retouch_column(struct alteration *a, struct schema_column *col)
{
	const struct retouch *r;

	retouch_default(a, col);
	r = find_retouch(a, RENAME_COLUMN, col->name);
	if (r) {
		free(col->name);
		col->name = xstrdup(r->text);
	}
}

/* One that was there: dropped, changed, or kept. */
static void
take_old(struct merge *m, struct schema_column *col)
{
	struct alteration *a = m->a;
	size_t change = find_change(a, col->name);
	const char *name = m->before[m->nbefore++] = xstrdup(col->name);

	if (find_retouch(a, DROP_COLUMN, col->name)) {
		schema_column_clear(col);
	} else if (change < a->defined->ncolumns) {
		if (!a->columns[change].first && !a->columns[change].after)
			put_defined(m, change, m->n);
		schema_column_clear(col);
	} else {
		retouch_column(a, col);
		put(m, *col, strcmp(col->name, name) != 0 ? name : NULL,
		    m->n);
	}
}

static size_t
place_after(struct merge *m, const char *name)
{
	for (size_t i = 0; i < m->n; i++)
		if (schema_same_name(m->columns[i].name, span_of(name)))
			return i + 1;
	if (m->a->before->complete)
		phrase_trouble(m->a->before, "AFTER a column that is "
		    "not known");
	return m->n;
}

/* Was it there, what it changes? */
static bool
was_there(const struct merge *m, const char *name)
{
	for (size_t i = 0; i < m->nbefore; i++)
		if (schema_same_name(m->before[i], span_of(name)))
			return true;
	return !m->a->before->complete;
}

static void
take_defined(struct merge *m)
{
	for (size_t i = 0; i < m->a->defined->ncolumns; i++) {
		const struct altered *as = &m->a->columns[i];

		if (m->placed[i])
			continue;
		retouch_default(m->a, &m->a->defined->columns[i]);
		if (as->was && !was_there(m, as->was))
			phrase_trouble(m->a->before, "it changes a "
			    "column that is not known");
		put_defined(m, i, as->first ? 0 : as->after ?
		    place_after(m, as->after) : m->n);
	}
}

static void
merge_columns(struct merge *m)
{
	struct schema_table *t = m->a->before;

	for (size_t i = 0; i < t->ncolumns; i++)
		take_old(m, &t->columns[i]);
	take_defined(m);
	free(t->columns);
	t->columns = m->columns;
	t->ncolumns = m->n;
	if (t->ncolumns > MAX_COLUMNS)
		t->overflown = true;
}

/* ---- keys */

/* What a column of a key is called now, NULL if it is gone; itself where
 * that is not known. */
static char *
name_now(const struct merge *m, char *name)
{
	char *now = NULL;

	for (size_t i = 0; i < m->n && !now; i++)
		if (schema_same_name(m->was[i] ? m->was[i] :
		    m->columns[i].name, span_of(name)))
			now = xstrdup(m->columns[i].name);
	if (!now && !m->a->before->complete &&
	    !find_retouch(m->a, DROP_COLUMN, name))
		return name;
	free(name);
	return now;
}

static void
retouch_key(struct merge *m, struct schema_key *key)
{
	const struct retouch *r = find_retouch(m->a, RENAME_KEY, key->name);
	size_t n = 0;

	for (size_t i = 0; i < key->ncolumns; i++) {
		char *name = name_now(m, key->columns[i]);

		if (name)
			key->columns[n++] = name;
	}
	key->ncolumns = n;
	if (r && !key->period) {
		free(key->name);
		key->name = xstrdup(r->text);
	}
}

static bool
is_dropped(const struct alteration *a, const struct schema_key *key)
{
	if (key->period)
		return find_retouch(a, DROP_PERIOD, key->name);
	return find_retouch(a, DROP_KEY, key->name) ||
	    find_retouch(a, DROP_EITHER, key->name);
}

static void
merge_keys(struct merge *m)
{
	struct schema_table *t = m->a->before, *d = m->a->defined;

	for (size_t i = t->nkeys; i-- > 0;) {
		if (is_dropped(m->a, &t->keys[i])) {
			schema_key_drop(t, i);
			continue;
		}
		retouch_key(m, &t->keys[i]);
		if (t->keys[i].ncolumns == 0)
			schema_key_drop(t, i);
	}
	for (size_t i = 0; i < d->nkeys && t->nkeys < MAX_KEYS; i++) {
		schema_add_key(t, false);
		t->keys[t->nkeys - 1] = d->keys[i];
		d->keys[i] = (struct schema_key){ 0 };
	}
}

void
merge_alteration(struct alteration *a, bool old_timestamps)
{
	struct schema_table *t = a->before;
	struct merge m = {
		.a = a,
		.placed = xcalloc(a->defined->ncolumns + 1, sizeof(bool)),
		.before = xcalloc(t->ncolumns + 1, sizeof(char *)),
	};

	if (a->defined->trouble)
		phrase_trouble(t, a->defined->trouble);
	t->overflown |= a->defined->overflown;
	t->versioned |= a->defined->versioned;
	if (a->defined->engine)
		t->merges = a->defined->merges;
	merge_columns(&m);
	merge_keys(&m);
	for (size_t i = 0; i < m.nbefore; i++)
		free(m.before[i]);
	for (size_t i = 0; i < m.n; i++)
		free(m.was[i]);
	free(m.placed);
	free(m.before);
	free(m.was);
	free(a->defined->columns);      /* each was put somewhere */
	a->defined->columns = NULL;
	if (old_timestamps && a->defines)
		settle_timestamps(t);
	settle_table(t, a->convert);
}
