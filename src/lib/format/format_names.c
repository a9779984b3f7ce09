/* SPDX-License-Identifier: MIT */
#include "format/format_names.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"

struct format_name {
	char *text;
	const struct format_table *table;
};

int
format_names_take(struct format_names *names, const char *what,
    struct span name, const struct format_table *table, struct err *err)
{
	uint64_t hash = hash_span(name, hash_seed());
	struct hash_slot *slot = hash_find(&names->hash, hash);

	for (; slot; slot = hash_next(&names->hash, slot)) {
		const struct format_name *has = &names->all[hash_value(slot)];

		if (!span_is(name, has->text))
			continue;
		return has->table == table ? 0 : err_set(err, ERR_DATA,
		    "tables %s.%s and %s.%s would both have %s %s",
		    has->table->db.p, has->table->name.p, table->db.p,
		    table->name.p, what, has->text);
	}
	hash_add(&names->hash, hash, names->n);
	*ARRAY_ADD(names->all, names->n) = (struct format_name){
		xmemdup(name.p, name.n), table };
	return 0;
}

void
format_names_clear(struct format_names *names)
{
	for (size_t i = 0; i < names->n; i++)
		free(names->all[i].text);
	free(names->all);
	hash_clear(&names->hash);
	*names = (struct format_names){ 0 };
}
