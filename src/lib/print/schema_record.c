/* SPDX-License-Identifier: MIT
 *
 * Cold: clarity before speed.
 */
#include "print/schema_record.h"

#include "json/scan.h"
#include "json/write.h"
#include "sql/statement.h"
#include "value/sqltype.h"

/* true, false, or null: not known */
enum known { NOT_KNOWN = -1, NO, YES };

/* A column as a record shows it. */
struct shown {
	struct span name, charset, fallback, comment;   /* p NULL: null */
	const char *type, *suffix;      /* "INT", " UNSIGNED" */
	int jdbc;
	int64_t length, scale;          /* -1: null */
	enum known optional, auto_increment, generated;
};

void
schema_record_put_text(struct buf *line, const char *name, struct span text)
{
	buf_printf(line, ",\"%s\":", name);
	if (text.p)
		json_words(line, text);
	else
		buf_str(line, "null");
}

static void
put_number_or_null(struct buf *line, const char *name, int64_t v)
{
	buf_printf(line, ",\"%s\":", name);
	if (v < 0)
		buf_str(line, "null");
	else
		buf_u64(line, (uint64_t)v);
}

static void
put_known(struct buf *line, const char *name, enum known known)
{
	buf_printf(line, ",\"%s\":%s", name, known == NOT_KNOWN ? "null" :
	    known == YES ? "true" : "false");
}

/* A label, which is a JSON string, as the SQL string that declares it, which
 * is what Debezium prints. */
static void
put_label(struct buf *line, struct span json)
{
	struct buf text = { 0 }, sql = { 0 };

	json_unescape(&text, json_inside(json));
	buf_char(&sql, '\'');
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '\'' || text.p[i] == '\\')
			buf_char(&sql, text.p[i]);
		buf_char(&sql, text.p[i]);
	}
	buf_char(&sql, '\'');
	json_words(line, buf_view(&sql));
	buf_free(&text);
	buf_free(&sql);
}

/* A statement may call a type what it likes. */
static void
put_type(struct buf *line, const char *name, const struct shown *c)
{
	buf_printf(line, ",\"%s\":\"", name);
	json_words_part(line, span_of(c->type));
	json_words_part(line, span_of(c->suffix));
	buf_char(line, '"');
}

/* Everything of a column but its labels. */
static void
put_shown(struct buf *line, const struct shown *c, size_t position)
{
	buf_str(line, position > 1 ? ",{\"name\":" : "{\"name\":");
	json_words(line, c->name);
	buf_printf(line, ",\"jdbcType\":%d,\"nativeType\":null", c->jdbc);
	put_type(line, "typeName", c);
	put_type(line, "typeExpression", c);
	schema_record_put_text(line, "charsetName", c->charset);
	put_number_or_null(line, "length", c->length);
	put_number_or_null(line, "scale", c->scale);
	buf_printf(line, ",\"position\":%zu", position);
	put_known(line, "optional", c->optional);
	put_known(line, "autoIncremented", c->auto_increment);
	put_known(line, "generated", c->generated);
	schema_record_put_text(line, "comment", c->comment);
	schema_record_put_text(line, "defaultValueExpression", c->fallback);
	buf_str(line, ",\"enumValues\":");
}

static void
end_labels(struct buf *line, size_t n)
{
	buf_str(line, n ? "]}" : "null}");
}

static struct span
text_or_null(const char *text)
{
	return text ? span_of(text) : (struct span){ NULL, 0 };
}

/* What no map says. */
static void
add_told(struct shown *shown, const struct schema_column *told)
{
	if (!told || !told->told)
		return;
	shown->fallback = text_or_null(told->fallback);
	if (told->comment)
		shown->comment = span_of(told->comment);
	shown->auto_increment = told->auto_increment;
	shown->generated = told->auto_increment || told->generated;
}

/* One column, as far as a table map and a definition say it; what they do not
 * say is null. */
static void
put_mapped(struct buf *line, const struct column *col,
    const struct schema_column *told, size_t position)
{
	struct sized_type is = sqltype_of_column(col);
	struct shown shown = {
		.name = col->name, .type = is.type->word,
		.suffix = col->is_unsigned && col->type != COLUMN_YEAR ?
		    " UNSIGNED" : "",
		.jdbc = is.type->jdbc, .length = is.length, .scale = is.scale,
		.optional = col->nullable ? YES : NO,
		.auto_increment = NOT_KNOWN, .generated = NOT_KNOWN,
	};

	if (col->collation && col->charset &&
	    col->collation != COLLATION_BINARY)
		shown.charset = span_of(col->charset->name);
	add_told(&shown, told);
	put_shown(line, &shown, position);
	for (size_t i = 0; i < col->nlabels; i++) {
		buf_char(line, i ? ',' : '[');
		put_label(line, col->labels[i]);
	}
	end_labels(line, col->nlabels);
}

/* What Debezium has no member for: names of columns that are something, and of
 * constraints, as attributes of the table. */
struct attributes {
	struct buf *line;
	size_t n;
};

static void
put_attribute(struct attributes *a, const char *name, struct span of)
{
	if (!of.p)
		return;
	buf_str(a->line, a->n++ ? ",{\"name\":" :
	    ",\"attributes\":[{\"name\":");
	json_words(a->line, span_of(name));
	json_member(a->line, "value", of);
	buf_char(a->line, '}');
}

static void
end_attributes(struct attributes *a)
{
	if (a->n)
		buf_char(a->line, ']');
}

/* System versioning */
static void
put_versioning(struct attributes *a, struct span start, struct span end)
{
	if (!end.p)
		return;
	put_attribute(a, "rowStart", start);
	put_attribute(a, "rowEnd", end);
}

/* Columns whose defaults are expressions. */
static void
put_computed(struct attributes *a, const struct schema_table *t)
{
	for (size_t i = 0; t && i < t->ncolumns; i++)
		if (t->columns[i].computed)
			put_attribute(a, "defaultExpression",
			    span_of(t->columns[i].name));
}

/* Rows of a MERGE table are those of others. */
static void
put_engine(struct attributes *a, const struct schema_table *t)
{
	if (t && t->merges)
		put_attribute(a, "engine", SPAN(SCHEMA_MERGE));
}

void
schema_record_put_mapped(struct buf *line, const struct table *t,
    const struct schema_table *told)
{
	struct attributes attributes = { .line = line };

	buf_str(line, "{\"defaultCharsetName\":null,"
	    "\"primaryKeyColumnNames\":[");
	for (size_t k = 0; k < t->nkey; k++) {
		if (k)
			buf_char(line, ',');
		json_words(line, t->columns[t->key[k]].name);
	}
	buf_str(line, "],\"columns\":[");
	for (size_t i = 0; i < t->ncolumns; i++)
		if (!t->columns[i].hidden)
			put_mapped(line, &t->columns[i], told ?
			    schema_column_find(told, t->columns[i].name) :
			    NULL, i + 1);
	buf_str(line, "],\"comment\":null");
	if (t->row_end >= 0)
		put_versioning(&attributes, t->columns[t->row_start].name,
		    t->columns[t->row_end].name);
	put_computed(&attributes, told);
	put_engine(&attributes, told);
	end_attributes(&attributes);
	buf_char(line, '}');
}

/* One column, as statements defined it. */
static void
put_defined(struct buf *line, const struct schema_column *col,
    size_t position)
{
	struct shown shown = {
		.name = span_of(col->name), .type = col->type,
		.suffix = col->suffix ? col->suffix : "",
		.jdbc = sqltype_jdbc(col->type),
		.charset = text_or_null(col->charset),
		.length = col->length, .scale = col->scale,
		.comment = text_or_null(col->comment),
		.optional = !col->required,
		.auto_increment = NOT_KNOWN, .generated = NOT_KNOWN,
	};

	add_told(&shown, col);
	put_shown(line, &shown, position);
	for (size_t i = 0; i < col->nlabels; i++) {
		buf_char(line, i ? ',' : '[');
		put_label(line, span_of(col->labels[i]));
	}
	end_labels(line, col->nlabels);
}

/* May a key identify rows: is none of its columns ever NULL? */
static bool
identifies(const struct schema_table *t, const struct schema_key *key)
{
	for (size_t i = 0; i < key->ncolumns; i++) {
		const struct schema_column *col = schema_column_find(t,
		    span_of(key->columns[i]));

		if (!col || !col->required)
			return false;
	}
	return key->ncolumns > 0;
}

/* The primary key, else the first unique one that is as good. */
static const struct schema_key *
row_key(const struct schema_table *t)
{
	const struct schema_key *unique = NULL;

	for (size_t i = 0; i < t->nkeys; i++) {
		if (t->keys[i].primary)
			return &t->keys[i];
		if (!unique && !t->keys[i].plain && identifies(t, &t->keys[i]))
			unique = &t->keys[i];
	}
	return unique;
}

static struct span
row_time_column(const struct schema_table *t, enum row_time time)
{
	for (size_t i = 0; i < t->ncolumns; i++)
		if (t->columns[i].row_time == time)
			return span_of(t->columns[i].name);
	return (struct span){ NULL, 0 };
}

void
schema_record_put_defined(struct buf *line, const struct schema_table *t)
{
	const struct schema_key *key = row_key(t);
	struct attributes attributes = { .line = line };

	buf_str(line, "{\"defaultCharsetName\":");
	if (t->charset)
		json_words(line, span_of(t->charset));
	else
		buf_str(line, "null");
	buf_str(line, ",\"primaryKeyColumnNames\":[");
	for (size_t k = 0; key && k < key->ncolumns; k++) {
		if (k)
			buf_char(line, ',');
		json_words(line, span_of(key->columns[k]));
	}
	buf_str(line, "],\"columns\":[");
	for (size_t i = 0; i < t->ncolumns; i++)
		put_defined(line, &t->columns[i], i + 1);
	buf_char(line, ']');
	schema_record_put_text(line, "comment", text_or_null(t->comment));
	put_versioning(&attributes, row_time_column(t, ROW_START),
	    row_time_column(t, ROW_END));
	put_computed(&attributes, t);
	put_engine(&attributes, t);
	for (size_t i = 0; i < t->nforeign; i++)
		put_attribute(&attributes, "foreignKey",
		    span_of(t->foreign[i]));
	end_attributes(&attributes);
	buf_char(line, '}');
}

/* {"type":…,"id":"\"db\".\"table\"","table": */
void
schema_record_put_front(struct buf *line, const char *type, struct span db,
    struct span table)
{
	struct buf id = { 0 };

	sql_put_quoted(&id, db, '"');
	buf_char(&id, '.');
	sql_put_quoted(&id, table, '"');
	json_first(line, "type", span_of(type));
	json_member(line, "id", buf_view(&id));
	buf_str(line, ",\"table\":");
	buf_free(&id);
}
