/* SPDX-License-Identifier: MIT */
#include "format/format_names.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"

struct format_name {
	char *text, *db, *table;
};

static int
refuse(const struct format_name *has, const char *what, struct span db,
    struct span table, struct err *err)
{
	if (span_is(db, has->db) && span_is(table, has->table))
		return 0;
	return err_set(err, ERR_DATA, "tables %s.%s and %.*s.%.*s would both "
	    "have %s %s", has->db, has->table, (int)db.n, db.p, (int)table.n,
	    table.p, what, has->text);
}

static const struct format_name *
find(const struct format_names *names, struct span name)
{
	struct hash_slot *slot = hash_find(&names->hash, hash_span(name,
	    hash_seed()));

	for (; slot; slot = hash_next(&names->hash, slot))
		if (span_is(name, names->all[hash_value(slot)].text))
			return &names->all[hash_value(slot)];
	return NULL;
}

bool
format_names_find(const struct format_names *names, struct span name,
    struct span *db, struct span *table)
{
	const struct format_name *has = find(names, name);

	if (!has)
		return false;
	*db = span_of(has->db);
	*table = span_of(has->table);
	return true;
}

int
format_names_take(struct format_names *names, const char *what,
    struct span name, struct span db, struct span table, struct err *err)
{
	const struct format_name *has = find(names, name);

	if (has)
		return refuse(has, what, db, table, err);
	hash_add(&names->hash, hash_span(name, hash_seed()), names->n);
	*ARRAY_ADD(names->all, names->n) = (struct format_name){
		xmemdup(name.p, name.n), xmemdup(db.p, db.n),
		xmemdup(table.p, table.n) };
	return 0;
}

void
format_names_clear(struct format_names *names)
{
	for (size_t i = 0; i < names->n; i++) {
		free(names->all[i].text);
		free(names->all[i].db);
		free(names->all[i].table);
	}
	free(names->all);
	hash_clear(&names->hash);
	*names = (struct format_names){ 0 };
}
