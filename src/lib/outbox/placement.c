/* SPDX-License-Identifier: MIT */
#include "outbox/placement.h"

#include <stdlib.h>

#include "base/array.h"
#include "json/object.h"
#include "json/scan.h"
#include "json/write.h"

static const char *const kind_names[] = { "header", "envelope", "partition" };

enum { KINDS = sizeof(kind_names) / sizeof(*kind_names) };

/* ---- --placement */

static struct span
take_word(struct span *text, char separator)
{
	const char *end = memchr(text->p, separator, text->n);
	struct span word = *text;

	if (end) {
		word.n = (size_t)(end - text->p);
		*text = (struct span){ end + 1, text->n - word.n - 1 };
	} else {
		*text = (struct span){ NULL, 0 };
	}
	return word;
}

static int
add_one(struct placements *all, struct span one, struct err *err)
{
	struct span rest = one, column = take_word(&rest, ':'), kind, alias;
	int found = 0;

	if (!rest.p || !column.n) {
		err_set(err, ERR_USAGE, "'%.*s' says no place", (int)one.n,
		    one.p);
		return err_hint(err, "it is COLUMN:header, COLUMN:envelope or "
		    "COLUMN:partition, and may end with :NAME");
	}
	kind = take_word(&rest, ':');
	alias = rest.p ? rest : column;
	while (found < KINDS && !span_is(kind, kind_names[found]))
		found++;
	if (found == KINDS)
		return err_set(err, ERR_USAGE, "'%.*s' is not header, envelope "
		    "or partition", (int)kind.n, kind.p);
	if (!alias.n || !json_utf8_valid(one))
		return err_set(err, ERR_USAGE, "'%.*s' gives no name",
		    (int)one.n, one.p);
	*ARRAY_ADD(all->v, all->n) = (struct placement){
		.column = xmemdup(column.p, column.n),
		.alias = xmemdup(alias.p, alias.n),
		.kind = (enum placement_kind)found,
	};
	return 0;
}

int
placements_add(struct placements *all, const char *text, struct err *err)
{
	struct span rest = span_of(text);

	do
		if (add_one(all, take_word(&rest, ','), err) < 0)
			return -1;
	while (rest.p);
	return 0;
}

/* Names that an event has already. */
static bool
is_taken(const struct placement *p)
{
	static const char *const headers[] = { "id", "traceparent",
		"tracestate" };

	if (p->kind == PLACE_ENVELOPE)
		return strcmp(p->alias, "payload") == 0;
	for (size_t i = 0; p->kind == PLACE_HEADER && i < 3; i++)
		if (strcmp(p->alias, headers[i]) == 0)
			return true;
	return false;
}

int
placements_check(const struct placements *all, struct err *err)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct placement *p = &all->v[i];
		bool twice = is_taken(p);

		for (size_t k = 0; k < i; k++)
			twice |= all->v[k].kind == p->kind && (p->kind ==
			    PLACE_PARTITION || strcmp(all->v[k].alias,
			    p->alias) == 0);
		if (twice)
			return err_set(err, ERR_USAGE, "--placement: an event "
			    "would have two of the %s %s",
			    kind_names[p->kind], p->alias);
	}
	return 0;
}

bool
placements_have(const struct placements *all, enum placement_kind kind)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].kind == kind)
			return true;
	return false;
}

void
placements_clear(struct placements *all)
{
	for (size_t i = 0; i < all->n; i++) {
		free(all->v[i].column);
		free(all->v[i].alias);
	}
	free(all->v);
	*all = (struct placements){ 0 };
}

/* ---- columns */

struct outbox_column {
	const char *name;
	struct span value;
};

/* A name as rows have it at a place, and which column it is: n where it is
 * none. */
struct outbox_place {
	char *name;             /* as it stands between the quotes, owned */
	size_t n, column;
};

enum { MAX_PLACES = 4096 };     /* of a server's table */

size_t
outbox_columns_add(struct outbox_columns *all, const char *name)
{
	for (size_t i = 0; i < all->n; i++)
		if (strcmp(all->v[i].name, name) == 0)
			return i;
	*ARRAY_ADD(all->v, all->n) = (struct outbox_column){ name,
		{ NULL, 0 } };
	return all->n - 1;
}

static size_t
find_column(struct outbox_columns *all, struct span name)
{
	struct span text = json_string_text(name, &all->scratch);
	size_t i = 0;

	while (i < all->n && !span_is(text, all->v[i].name))
		i++;
	return i;
}

/* The column of that name, which is the i-th of the row. */
static size_t
column_at(struct outbox_columns *all, struct span name, size_t i)
{
	struct outbox_place *p;

	if (i < all->nplaces) {
		p = &all->places[i];
		if (p->n == name.n && memcmp(p->name, name.p, name.n) == 0)
			return p->column;
		free(p->name);
	} else if (i == all->nplaces && i < MAX_PLACES) {
		p = ARRAY_ADD(all->places, all->nplaces);
	} else {
		return find_column(all, name);
	}
	*p = (struct outbox_place){ xmemdup(name.p, name.n), name.n,
		find_column(all, name) };
	return p->column;
}

void
outbox_columns_read(struct outbox_columns *all, struct span row)
{
	struct json_pos at = json_at(row);
	struct span name, value;
	size_t left = all->n;

	for (size_t i = 0; i < all->n; i++)
		all->v[i].value.p = NULL;
	json_enter(&at, '{');
	for (size_t i = 0; left && json_next(&at, &name) > 0 &&
	    json_value(&at, &value); i++) {
		size_t column = column_at(all, name, i);

		if (column == all->n)
			continue;
		all->v[column].value = value;
		left--;
	}
}

struct span
outbox_columns_value(const struct outbox_columns *all, size_t i)
{
	return all->v[i].value;
}

const char *
outbox_columns_name(const struct outbox_columns *all, size_t i)
{
	return all->v[i].name;
}

void
outbox_columns_clear(struct outbox_columns *all)
{
	for (size_t i = 0; i < all->nplaces; i++)
		free(all->places[i].name);
	free(all->places);
	free(all->v);
	buf_free(&all->scratch);
	*all = (struct outbox_columns){ 0 };
}
