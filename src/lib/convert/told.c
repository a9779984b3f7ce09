/* SPDX-License-Identifier: MIT */
#include "convert/told.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/log.h"
#include "json/scan.h"
#include "schema/schema_file.h"

/* A server has no tables that would take more. */
enum { MOST_BYTES = 256 << 20 };

struct told_table {
	char *db, *name;
	struct schema_table *schema;
	size_t bytes;
};

void
told_open(struct told *t)
{
	*t = (struct told){ .modes = { -1, -1, -1, -1, -1, -1 }, .round = 1 };
}

static void
forget_tables(struct told *t)
{
	for (size_t i = 0; i < t->ntables; i++) {
		free(t->tables[i].db);
		free(t->tables[i].name);
		schema_table_free(t->tables[i].schema);
	}
	t->ntables = 0;
	t->bytes = 0;
	hash_clear(&t->names);
}

void
told_clear(struct told *t)
{
	forget_tables(t);
	free(t->tables);
	t->tables = NULL;
}

static uint64_t
hash_names(struct span db, struct span name)
{
	return hash_span(name, hash_span(db, hash_seed()));
}

static struct told_table *
find(const struct told *t, struct span db, struct span name)
{
	struct hash_slot *slot = hash_find(&t->names, hash_names(db, name));

	for (; slot; slot = hash_next(&t->names, slot)) {
		struct told_table *table = &t->tables[hash_value(slot)];

		if (span_is(db, table->db) && span_is(name, table->name))
			return table;
	}
	return NULL;
}

const struct schema_table *
told_table(const struct told *t, struct span db, struct span name)
{
	const struct told_table *table = find(t, db, name);

	return table ? table->schema : NULL;
}

static void
keep(struct told *t, const char *db, const char *name,
    const struct schema_table *schema, size_t bytes)
{
	struct told_table *table;

	if (t->bytes + bytes > MOST_BYTES) {
		if (!t->forgot)
			log_warn("the stream describes tables of more than "
			    "%d MiB: earlier ones are forgotten, and their "
			    "values shown as they are written",
			    MOST_BYTES >> 20);
		t->forgot = true;
		forget_tables(t);
	}
	table = find(t, span_of(db), span_of(name));
	if (!table) {
		hash_add(&t->names, hash_names(span_of(db), span_of(name)),
		    t->ntables);
		table = ARRAY_PUSH(t->tables, t->ntables, t->cap);
		*table = (struct told_table){ xstrdup(db), xstrdup(name),
		    NULL, 0 };
	}
	if (table->schema)
		schema_table_free(table->schema);
	t->bytes += bytes - table->bytes;
	table->bytes = bytes;
	table->schema = schema_table_copy(schema);
}

struct keeping {
	struct told *told;
	size_t bytes;           /* of all its records */
};

static void
keep_entry(void *arg, const struct schema_entry *entry)
{
	const struct keeping *k = arg;

	if (entry->nrecords)
		keep(k->told, entry->db, entry->name,
		    entry->records[entry->nrecords - 1], k->bytes);
}

static int
take_schema(struct told *t, const struct record *rec, struct err *err)
{
	struct schemas *schemas = schemas_new();
	struct keeping k = { t, rec->body.n };
	int status = schemas_take(schemas, rec->body, err);

	if (status == 0)
		schemas_each(schemas, keep_entry, &k);
	schemas_free(schemas);
	return status < 0 ? err_wrap(err, "line %" PRIu64,
	    rec->line.number) : 0;
}

int
told_load(struct told *t, const char *path, struct err *err)
{
	struct schemas *schemas = schemas_new();
	struct keeping k = { t, 0 };
	int status = schemas_load(schemas, path, err);

	if (status == 0)
		schemas_each(schemas, keep_entry, &k);
	schemas_free(schemas);
	return status;
}

int
told_take(struct told *t, const struct record *rec, struct err *err)
{
	struct span modes = rec->kind == KIND_HEARTBEAT ?
	    object_member(rec->body, "modes") : (struct span){ NULL, 0 };

	if (rec->kind == KIND_SCHEMA && take_schema(t, rec, err) < 0)
		return -1;
	if (rec->kind == KIND_SCHEMA ||
	    (modes.p && known_modes_take(&t->modes, modes)))
		t->round++;
	return 0;
}
