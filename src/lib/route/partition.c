/* SPDX-License-Identifier: MIT */
#include "route/partition.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/integer.h"
#include "base/murmur.h"
#include "json/scan.h"
#include "match/named.h"
#include "route/java_hash.h"

const char *const partition_hashes[] = { "murmur2", "java", "debezium", NULL };

enum place { OF_CHANGE, OF_BEFORE, OF_AFTER, OF_SOURCE, PLACES };
static const char *const places[] = { "change.", "before.", "after.",
	"source." };

struct partition_field {
	enum place of;
	char *name;
	struct named *named;
	bool instead;           /* of the one before, if that is not there */
};

static int
add(struct partition_fields *by, struct span text, bool instead,
    struct err *err)
{
	for (size_t i = 0; i < PLACES; i++) {
		size_t n = strlen(places[i]);

		if (text.n <= n || memcmp(text.p, places[i], n) != 0)
			continue;
		*ARRAY_ADD(by->v, by->n) = (struct partition_field){
			(enum place)i, xmemdup(text.p + n, text.n - n),
			named_add(text), instead };
		return 0;
	}
	err_set(err, ERR_USAGE, "'%.*s' is not a field", (int)text.n, text.p);
	return err_hint(err, "change.COLUMN, before.COLUMN, after.COLUMN or "
	    "source.NAME");
}

int
partition_add_fields(struct partition_fields *by, const char *list,
    struct err *err)
{
	for (bool instead = false;; list++) {
		size_t n = strcspn(list, ",|");

		if (add(by, (struct span){ list, n }, instead, err) < 0)
			return -1;
		list += n;
		instead = *list == '|';
		if (!*list)
			return 0;
	}
}

bool
partition_has_choice(const struct partition_fields *by)
{
	for (size_t i = 0; i < by->n; i++)
		if (by->v[i].instead)
			return true;
	return false;
}

/* ---- values */

static struct span
row_of(const struct routed *parts, enum place of)
{
	return of == OF_BEFORE || (of == OF_CHANGE && parts->op == 'd') ?
	    parts->before : parts->after;
}

/* p NULL: there is none. */
static struct span
value_of(const struct partition_field *field, struct record *rec,
    const struct routed *parts)
{
	struct span object = field->of == OF_SOURCE ? record_source(rec) :
	    rec->kind == KIND_TOMBSTONE ? parts->key :
	    row_of(parts, field->of);
	struct span value = object_member(object, field->name);

	named_look(field->named, value.p);
	return value;
}

static int
refuse(struct record *rec, const struct partition_field *field,
    const char *why, struct err *err)
{
	struct buf words = { 0 };

	buf_printf(&words, "%s%s %s", places[field->of], field->name, why);
	record_fault(rec, buf_cstr(&words), err);
	buf_free(&words);
	return -1;
}

/* What a schema record says of the column; NULL if none does. */
static const struct schema_column *
column_of(const struct partition *p, struct record *rec,
    const struct partition_field *field)
{
	const struct schema_table *schema = NULL;
	struct span db, table;

	if (field->of == OF_SOURCE)
		return NULL;
	if (p->told->ntables && record_table(rec, &db, &table))
		schema = told_table(p->told, db, table);
	return schema ? schema_column_find(schema, span_of(field->name)) :
	    NULL;
}

static const struct sql_type *
type_of(const struct partition *p, struct record *rec,
    const struct partition_field *field)
{
	const struct schema_column *column = column_of(p, rec, field);

	return column ? schema_column_type(column) : NULL;
}

/*
 * The value of the i-th field, or of the first of those named instead of it
 * that is there; p NULL: none is, or it is NULL.  *i becomes the field, *next
 * the one after them all.
 */
static int
choose(struct partition *p, struct record *rec, const struct routed *parts,
    size_t *i, size_t *next, struct span *value, struct err *err)
{
	const struct partition_fields *by = &p->opt->by;

	*next = *i + 1;
	while (*next < by->n && by->v[*next].instead)
		++*next;
	for (;; ++*i) {
		const struct partition_field *field = &by->v[*i];

		*value = value_of(field, rec, parts);
		if (value->p || *i + 1 == *next)
			break;
		if (field->of == OF_CHANGE && column_of(p, rec, field)) {
			refuse(rec, field, "is not in the row, but in its "
			    "table: another field instead is wrong", err);
			return err_hint(err, "partial row images lack "
			    "columns: set binlog_row_image = FULL");
		}
	}
	if (span_is(*value, "null"))
		*value = (struct span){ NULL, 0 };
	return 0;
}

/* Java's type of a column whose values are whole numbers. */
enum java_type { JAVA_UNKNOWN, JAVA_INT, JAVA_LONG, JAVA_REAL };

static enum java_type
java_type(const struct sql_type *type)
{
	static const enum java_type types[] = {
		[CLASS_YEAR] = JAVA_INT, [CLASS_DATE] = JAVA_INT,
		[CLASS_TIME] = JAVA_LONG, [CLASS_DATETIME] = JAVA_LONG,
		[CLASS_FLOAT] = JAVA_REAL, [CLASS_DOUBLE] = JAVA_REAL,
		[CLASS_DECIMAL] = JAVA_REAL, [CLASS_VECTOR] = JAVA_UNKNOWN,
	};

	if (!type)
		return JAVA_UNKNOWN;
	if (type->class == CLASS_INT)
		return type->id == DECLARED_BIGINT ? JAVA_LONG : JAVA_INT;
	return types[type->class];
}

/* Numbers from 0 on hash alike, be they an int or a long. */
static int
hash_number(const struct partition *p, struct record *rec,
    const struct partition_field *field, struct span value, uint32_t *hash,
    struct err *err)
{
	enum java_type type = java_type(type_of(p, rec, field));
	uint64_t whole;
	int64_t v;

	if (integer_read(value, UINT64_MAX, &whole) && type != JAVA_REAL) {
		*hash = java_hash_long(whole);
		return 0;
	}
	if (type == JAVA_REAL || !integer_read_signed(value, &v)) {
		refuse(rec, field, "is no whole number: --hash murmur2 alone "
		    "has a hash for it", err);
		return -1;
	}
	if (type == JAVA_UNKNOWN && v >= INT32_MIN) {
		refuse(rec, field, "is negative: its hash depends on the "
		    "type, which no schema record tells", err);
		return err_hint(err, "cdc-tail --control prints schema "
		    "records; --hash murmur2 needs none");
	}
	*hash = type == JAVA_INT ? java_hash_int(v) :
	    java_hash_long((uint64_t)v);
	return 0;
}

/* As PartitionRouting does it. */
static int
hash_of(struct partition *p, struct record *rec,
    const struct partition_field *field, struct span value, uint32_t *hash,
    struct err *err)
{
	bool murmur = p->opt->hash == HASH_DEBEZIUM;
	struct span text = json_value_text(value, &p->scratch);
	uint32_t code = 0;

	if (text.p) {
		*hash = murmur ? java_hash_murmur(text) : java_hash_text(text);
		return 0;
	}
	if (one_of(value.p[0], "{["))
		return refuse(rec, field, "is neither a number nor a text",
		    err);
	if (one_of(value.p[0], "tf"))
		code = java_hash_bool(value.p[0] == 't');
	else if (hash_number(p, rec, field, value, &code, err) < 0)
		return -1;
	*hash = murmur ? java_hash_murmur_code(code) : code;
	return 0;
}

/* ---- of all fields */

/* Kafka's: of the values as text, each but the first after a zero byte. */
static int
find_murmur2(struct partition *p, struct record *rec,
    const struct routed *parts, uint32_t *hash, struct err *err)
{
	size_t found = 0;

	p->text.n = 0;
	for (size_t i = 0, next; i < p->opt->by.n; i = next) {
		struct span value, text;

		if (choose(p, rec, parts, &i, &next, &value, err) < 0)
			return -1;
		if (!value.p)
			continue;
		text = json_value_text(value, &p->scratch);
		if (found++)
			buf_char(&p->text, '\0');
		buf_span(&p->text, text.p ? text : value);
	}
	*hash = murmur_hash(buf_view(&p->text));
	return found > 0;
}

/* The sum of the hashes. */
static int
find_java(struct partition *p, struct record *rec,
    const struct routed *parts, uint32_t *sum, struct err *err)
{
	size_t found = 0;
	uint32_t hash = 0;

	*sum = 0;
	for (size_t i = 0, next; i < p->opt->by.n; i = next) {
		struct span value;

		if (choose(p, rec, parts, &i, &next, &value, err) < 0)
			return -1;
		if (!value.p)
			continue;
		if (hash_of(p, rec, &p->opt->by.v[i], value, &hash, err) < 0)
			return -1;
		*sum += hash;
		found++;
	}
	return found > 0;
}

/* A tombstone has no row: its key must have all of the columns.  One that it
 * lacks may be in the row, and another is then not looked at. */
static int
check_tombstone(struct partition *p, struct record *rec,
    const struct routed *parts, struct err *err)
{
	for (size_t i = 0; i < p->opt->by.n; i++) {
		const struct partition_field *field = &p->opt->by.v[i];
		struct span object = field->of == OF_SOURCE ?
		    record_source(rec) : parts->key;

		if (field->instead || object_member(object, field->name).p)
			continue;
		refuse(rec, field, "is not known of a tombstone that does not "
		    "follow its delete", err);
		return err_hint(err, "use columns of the key, or put "
		    "cdc-unwrap and filters after cdc-route");
	}
	return 0;
}

int
partition_find(struct partition *p, struct record *rec,
    const struct routed *parts, uint32_t *number, struct err *err)
{
	uint32_t hash = 0;
	int found;

	if (record_check_rows(rec, err) < 0 || (rec->kind == KIND_TOMBSTONE &&
	    (record_check_key(rec, err) < 0 ||
	    check_tombstone(p, rec, parts, err) < 0)))
		return -1;
	found = p->opt->hash == HASH_MURMUR2 ?
	    find_murmur2(p, rec, parts, &hash, err) :
	    find_java(p, rec, parts, &hash, err);
	if (found <= 0)
		return found;
	hash &= INT32_MAX;
	if (hash == INT32_MAX && p->opt->hash != HASH_MURMUR2)
		hash = 0;
	*number = hash % (uint32_t)p->opt->count;
	return 1;
}

void
partition_clear(struct partition *p)
{
	buf_free(&p->text);
	buf_free(&p->scratch);
}

void
partition_fields_clear(struct partition_fields *by)
{
	for (size_t i = 0; i < by->n; i++)
		free(by->v[i].name);
	free(by->v);
	*by = (struct partition_fields){ 0 };
}
