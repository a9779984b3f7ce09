/* SPDX-License-Identifier: MIT */
#include "format/es_template.h"

#include <stdlib.h>

#include "base/array.h"
#include "format/es_index.h"
#include "format/format.h"
#include "json/write.h"

#define TEXT "{\"type\":\"text\"}"
#define WORDS "{\"type\":\"text\",\"fields\":{\"keyword\":" \
    "{\"type\":\"keyword\",\"ignore_above\":256}}}"
#define KEYWORD "{\"type\":\"keyword\"}"
#define DATE "{\"type\":\"date\",\"ignore_malformed\":true}"
#define BINARY "{\"type\":\"binary\"}"
#define OBJECT "{\"type\":\"object\",\"enabled\":false}"
#define NUMBER(type) "{\"type\":\"" type "\"}"

/* THE TABLE, by DECLARED_….  A date that is none (0000-00-00), and what is
 * inside of JSON, is in the document and cannot be searched for. */
static const struct {
	enum declared_type id;
	const char *mapping;
	const char *of_unsigned;        /* NULL: the same */
} mappings[] = {
	{ DECLARED_TINYINT, NUMBER("byte"), NUMBER("short") },
	{ DECLARED_SMALLINT, NUMBER("short"), NUMBER("integer") },
	{ DECLARED_MEDIUMINT, NUMBER("integer"), NULL },
	{ DECLARED_INT, NUMBER("integer"), NUMBER("long") },
	{ DECLARED_BIGINT, NUMBER("long"), NUMBER("unsigned_long") },
	{ DECLARED_FLOAT, NUMBER("float"), NULL },
	{ DECLARED_DOUBLE, NUMBER("double"), NULL },
	{ DECLARED_DECIMAL, NUMBER("double"), NULL },
	{ DECLARED_YEAR, NUMBER("short"), NULL },
	{ DECLARED_DATE, DATE, NULL },
	{ DECLARED_TIME, KEYWORD, NULL },
	{ DECLARED_DATETIME, DATE, NULL },
	{ DECLARED_TIMESTAMP, DATE, NULL },
	{ DECLARED_CHAR, WORDS, NULL },
	{ DECLARED_VARCHAR, WORDS, NULL },
	{ DECLARED_TINYTEXT, WORDS, NULL },
	{ DECLARED_BINARY, BINARY, NULL },
	{ DECLARED_VARBINARY, BINARY, NULL },
	{ DECLARED_TINYBLOB, BINARY, NULL },
	{ DECLARED_BLOB, BINARY, NULL },
	{ DECLARED_MEDIUMBLOB, BINARY, NULL },
	{ DECLARED_LONGBLOB, BINARY, NULL },
	{ DECLARED_ENUM, KEYWORD, NULL },
	{ DECLARED_SET, KEYWORD, NULL },
	{ DECLARED_JSON, OBJECT, NULL },
	{ DECLARED_UUID, KEYWORD, NULL },
	{ DECLARED_INET4, NUMBER("ip"), NULL },
	{ DECLARED_INET6, NUMBER("ip"), NULL },
	{ DECLARED_VECTOR, NUMBER("float"), NULL },
};

static const char *
mapping_of(const struct schema_column *column)
{
	const struct sql_type *type = schema_column_type(column);

	if (type->class == CLASS_BIT)
		return column->length == 64 ? NUMBER("unsigned_long") :
		    column->length > 1 ? NUMBER("long") : NUMBER("boolean");
	if (type->class == CLASS_GEOMETRY)
		return OBJECT;
	for (size_t i = 0; i < sizeof(mappings) / sizeof(*mappings); i++)
		if (mappings[i].id == type->id)
			return column->is_unsigned &&
			    mappings[i].of_unsigned ?
			    mappings[i].of_unsigned : mappings[i].mapping;
	return TEXT;
}

struct described {
	struct span name, db;   /* in this order: see span_order() */
};

struct list {
	struct described *v;
	size_t n;
};

static void
add(void *arg, const struct schema_entry *entry)
{
	struct list *all = arg;

	if (entry->db && entry->name)
		*ARRAY_ADD(all->v, all->n) = (struct described){
			span_of(entry->name), span_of(entry->db) };
}

static int
compare(const void *a, const void *b)
{
	const struct described *x = a, *y = b;
	int order = span_order(&x->db, &y->db);

	return order ? order : span_order(&x->name, &y->name);
}

static void
put_properties(struct buf *out, const struct schema_table *table)
{
	buf_str(out, "{\"properties\":{");
	for (size_t i = 0; i < table->ncolumns; i++) {
		json_string(out, span_of(table->columns[i].name));
		buf_char(out, ':');
		buf_str(out, mapping_of(&table->columns[i]));
		buf_char(out, ',');
	}
	buf_str(out, "\"_cdc_timestamp\":" DATE ",\"_cdc_operation\":" KEYWORD
	    "}}");
}

/* An index keeps the versions of deleted documents so long. */
#define SETTINGS "{\"index\":{\"gc_deletes\":\"1d\"}}"

static int
put_table(struct formatter *f, const char *pattern,
    const struct described *which, struct format_names *names,
    struct err *err)
{
	const struct schema_table *table = schemas_newest(f->tables.schemas,
	    which->db, which->name, true);
	struct buf *out = &f->out.text, index = { 0 };
	int status;

	if (!table)
		return 0;
	status = es_index_put(&index, pattern, which->db, which->name, err);
	if (status == 0)
		status = es_index_take(names, buf_view(&index), which->db,
		    which->name, err);
	if (status == 0) {
		json_first(out, "name", buf_view(&index));
		buf_str(out, ",\"index_template\":{\"index_patterns\":[");
		json_string(out, buf_view(&index));
		buf_str(out, "],\"template\":{\"settings\":" SETTINGS
		    ",\"mappings\":");
		put_properties(out, table);
		buf_str(out, "}}}\n");
	}
	buf_free(&index);
	return status < 0 ? err_wrap(err, "table %.*s.%.*s",
	    (int)which->db.n, which->db.p, (int)which->name.n,
	    which->name.p) : 0;
}

int
es_template_put_all(struct formatter *f, const char *pattern,
    struct err *err)
{
	struct list all = { 0 };
	struct format_names names = { 0 };
	int status = 0;

	schemas_each(f->tables.schemas, add, &all);
	if (all.n)
		qsort(all.v, all.n, sizeof(*all.v), compare);
	for (size_t i = 0; i < all.n && status == 0; i++)
		status = put_table(f, pattern, &all.v[i], &names, err);
	format_names_clear(&names);
	free(all.v);
	return status;
}
