/* SPDX-License-Identifier: MIT */
#include "schema/schema_file.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "sql/lex.h"
#include "record/record.h"
#include "record/unique.h"
#include "io/textfile.h"
#include "json/scan.h"
#include "json/write.h"
#include "schema/kinds.h"

/* A member's text; NULL where it is null, no string, or not there, and where it
 * holds a NUL, behind which nobody would see more of it. */
static char *
text_member(struct span object, const char *name)
{
	struct span inside = json_inside(object_member(object, name));
	struct buf text = { 0 };
	char *copy = NULL;

	if (inside.p && json_unescape(&text, inside) &&
	    !(text.n && memchr(text.p, '\0', text.n)))
		copy = xmemdup(text.p ? text.p : "", text.n);
	buf_free(&text);
	return copy;
}

/* Is a member's text lost that is there? */
static bool
lost(const char *text, struct span object, const char *name)
{
	return !text && json_inside(object_member(object, name)).p;
}

static int64_t
number_member(struct span object, const char *name)
{
	struct span value = object_member(object, name);
	int64_t n = -1;

	for (size_t i = 0; i < value.n && i < 18 &&
	    isdigit((unsigned char)value.p[i]); i++)
		n = (n < 0 ? 0 : n * 10) + (value.p[i] - '0');
	return n;
}

/* "BIGINT UNSIGNED ZEROFILL" is BIGINT and unsigned. */
static void
read_type(struct schema_column *col, struct span object)
{
	static const char *const suffixes[] = {
		" UNSIGNED", " ZEROFILL", " SIGNED", " BINARY",
	};
	char *type = text_member(object, "typeName");
	char *end = NULL;

	col->type = type ? type : xstrdup("");
	for (char *c = col->type; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	for (size_t i = 0; i < 4; i++) {
		char *at = strstr(col->type, suffixes[i]);

		if (at && (!end || at < end))
			end = at;
		col->is_unsigned = col->is_unsigned || (at && i < 2);
	}
	if (end) {
		col->suffix = xstrdup(end);
		*end = '\0';
	}
	col->length = number_member(object, "length");
	col->scale = number_member(object, "scale");
}

static void
read_rest(struct schema_column *col, struct span object)
{
	col->charset = text_member(object, "charsetName");
	col->required = span_is(object_member(object, "optional"), "false");
	col->auto_increment = span_is(object_member(object,
	    "autoIncremented"), "true");
	col->generated = !col->auto_increment &&
	    span_is(object_member(object, "generated"), "true");
	col->fallback = text_member(object, "defaultValueExpression");
	col->told = col->fallback || col->auto_increment ||
	    span_is(object_member(object, "autoIncremented"), "false");
	col->comment = text_member(object, "comment");
}

/* Debezium's labels are SQL: "'it''s'".  NULL where one begins as if it were,
 * and is none. */
static char *
plain_label(struct span json)
{
	struct buf sql = { 0 }, text = { 0 };
	struct sql in;
	char *copy = NULL;
	bool good = json_unescape(&sql, json_inside(json));

	in = sql_of(buf_view(&sql));
	in.mode = SQL_ANSI_QUOTES;
	if (good && sql.n && sql.p[0] == '\'') {
		good = sql_string(&in, &text) && in.p == in.end;
		sql.n = 0;
		json_string(&sql, buf_view(&text));
		json = buf_view(&sql);
	}
	if (good)
		copy = xmemdup(json.p, json.n);
	buf_free(&text);
	buf_free(&sql);
	return copy;
}

static bool
read_labels(struct schema_column *col, struct span list)
{
	struct json_pos at = json_at(list);
	struct span value;

	if (!list.p || !json_enter(&at, '['))
		return true;
	while (json_next_element(&at) > 0 && json_value(&at, &value)) {
		char *label = plain_label(value);

		if (!label)
			return false;
		*ARRAY_ADD(col->labels, col->nlabels) = label;
	}
	return true;
}

static bool
read_columns(struct schema_table *t, struct span list)
{
	struct json_pos at = json_at(list);
	struct span value;

	if (!list.p || !json_enter(&at, '['))
		return false;
	while (json_next_element(&at) > 0 && json_value(&at, &value)) {
		struct schema_column *col = schema_add_column(t);

		col->name = text_member(value, "name");
		if (!col->name)
			return false;
		read_type(col, value);
		read_rest(col, value);
		if (lost(col->charset, value, "charsetName") ||
		    !read_labels(col, object_member(value, "enumValues")))
			return false;
	}
	return true;
}

/* False where a name of a column is none. */
static bool
read_key(struct schema_table *t, struct span list)
{
	struct json_pos at = json_at(list);
	struct schema_key *key = NULL;
	struct span value;

	if (!list.p || !json_enter(&at, '['))
		return true;
	while (json_next_element(&at) > 0 && json_value(&at, &value)) {
		struct buf name = { 0 };
		bool whole;

		if (!key) {
			key = schema_add_key(t, true);
			key->name = xstrdup("PRIMARY");
		}
		if (json_inside(value).p)
			json_unescape(&name, json_inside(value));
		whole = !name.n || !memchr(name.p, '\0', name.n);
		schema_key_add(key, xmemdup(name.p ? name.p : "", name.n));
		buf_free(&name);
		if (!whole)
			return false;
	}
	return true;
}

/* [{"name":"rowStart","value":"row_start"},…]: what a column is. */
static void
read_attributes(struct schema_table *t, struct span list)
{
	struct json_pos at = json_at(list);
	struct span value;

	if (!list.p || !json_enter(&at, '['))
		return;
	while (json_next_element(&at) > 0 && json_value(&at, &value)) {
		char *name = text_member(value, "name");
		char *of = text_member(value, "value");
		struct schema_column *col = name && of ?
		    schema_column_find(t, span_of(of)) : NULL;

		if (col && strcmp(name, "rowStart") == 0)
			col->row_time = ROW_START;
		if (col && strcmp(name, "rowEnd") == 0)
			col->row_time = ROW_END;
		if (col && strcmp(name, "defaultExpression") == 0)
			col->computed = col->fallback != NULL;
		if (name && of && strcmp(name, "foreignKey") == 0) {
			schema_add_foreign(t, of);
			of = NULL;
		}
		t->versioned = t->versioned || (col && col->row_time);
		free(name);
		free(of);
	}
}

/* The table's names: from the id, "db"."table"; else from source, whose table
 * may be a list. */
bool
schemas_change_names(struct span payload, struct span change, char **db,
    char **name)
{
	struct span source = object_member(payload, "source");
	char *id = text_member(change, "id");
	struct sql sql = sql_of(span_of(id ? id : ""));
	struct span first = { NULL, 0 }, second;

	sql.mode = SQL_ANSI_QUOTES;
	if (sql_table(&sql, &first, &second) && first.p) {
		*db = sql_unquote(first);
		*name = sql_unquote(second);
	} else {
		*db = text_member(source, "db");
		*name = text_member(source, "table");
	}
	free(id);
	return *db && *name;
}

static void
read_position(struct schema_table *t, struct span payload)
{
	struct span source = object_member(payload, "source");

	t->file = text_member(source, "file");
	t->pos = (uint64_t)number_member(source, "pos");
}

static int
read_change(struct schemas *s, struct span payload, struct span change,
    struct err *err)
{
	struct span body = object_member(change, "table");
	struct schema_table *t;
	struct schema_entry *entry;
	char *db = NULL, *name = NULL;
	bool good;

	if (!body.p || body.p[0] != '{')        /* DROP */
		return 0;
	t = schema_table_new();
	good = schemas_change_names(payload, change, &db, &name) &&
	    read_columns(t, object_member(body, "columns")) &&
	    read_key(t, object_member(body, "primaryKeyColumnNames"));
	if (good) {
		t->charset = text_member(body, "defaultCharsetName");
		t->comment = text_member(body, "comment");
		read_attributes(t, object_member(body, "attributes"));
		read_position(t, payload);
		t->complete = true;
		entry = schemas_entry(s, span_of(db), span_of(name), true);
		*ARRAY_ADD(entry->records, entry->nrecords) = t;
	} else {
		schema_table_free(t);
	}
	free(db);
	free(name);
	return good ? 0 : err_set(err, ERR_DATA, "malformed schema record");
}

int
schemas_take(struct schemas *s, struct span line, struct err *err)
{
	struct span payload, changes, change;
	struct buf inner = { 0 };
	struct json_pos at;
	int status = 0;

	if (!json_valid(line))
		return err_set(err, ERR_DATA, "not JSON");
	if (!unique_json(line))
		return err_set(err, ERR_DATA, "a name occurs twice");
	payload = object_member(line, "payload");
	if (payload.p && payload.p[0] == '"') {         /* kcat -J */
		if (!json_unescape(&inner, json_inside(payload)) ||
		    !unique_json(buf_view(&inner))) {
			buf_free(&inner);
			return err_set(err, ERR_DATA, "its payload is not "
			    "JSON, or has a name twice");
		}
		payload = buf_view(&inner);
	}
	payload = payload.p ? payload : line;
	status = schema_kinds_check(payload, err);
	changes = object_member(payload, "tableChanges");
	at = json_at(changes);
	if (changes.p && json_enter(&at, '['))
		while (status == 0 && json_next_element(&at) > 0 &&
		    json_value(&at, &change))
			status = read_change(s, payload, change, err);
	buf_free(&inner);
	return status;
}

int
schemas_load(struct schemas *s, const char *path, struct err *err)
{
	FILE *f = fopen(path, "re");
	struct buf line = { 0 };
	unsigned long number = 0;
	int status = 1;
	bool cut;

	if (!f)
		return err_errno(err, ERR_IO, "cannot open %s", path);
	while (status > 0) {
		number++;
		status = textfile_line(f, &line, &cut, err);
		if (status > 0 && line.n > 0 && schemas_take(s,
		    buf_view(&line), err) < 0)
			status = -1;
	}
	if (status < 0)
		err_wrap(err, "%s:%lu", path, number);
	buf_free(&line);
	fclose(f);
	return status;
}
