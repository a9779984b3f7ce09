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

/* Is a member's text lost that is there? */
static bool
lost(const char *text, struct span object, const char *name)
{
	return !text && json_inside(object_member(object, name)).p;
}

static int64_t
number_member(struct span object, const char *name)
{
	uint64_t n;

	return object_whole(object, name, &n) && n <= INT64_MAX ?
	    (int64_t)n : -1;
}

/* "BIGINT UNSIGNED ZEROFILL" is BIGINT and unsigned. */
static void
read_type(struct schema_column *col, struct span object)
{
	static const char *const suffixes[] = {
		" UNSIGNED", " ZEROFILL", " SIGNED", " BINARY",
	};
	char *type = object_string(object, "typeName");
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
	col->charset = object_string(object, "charsetName");
	col->required = span_is(object_member(object, "optional"), "false");
	col->auto_increment = span_is(object_member(object,
	    "autoIncremented"), "true");
	col->generated = !col->auto_increment &&
	    span_is(object_member(object, "generated"), "true");
	col->fallback = object_string(object, "defaultValueExpression");
	col->told = col->fallback || col->auto_increment ||
	    span_is(object_member(object, "autoIncremented"), "false");
	col->comment = object_string(object, "comment");
}

/* Debezium's labels are SQL: "'it''s'".  NULL if one begins as if it were,
 * and is none. */
static char *
plain_label(struct span json)
{
	struct buf sql = { 0 }, text = { 0 }, label = { 0 };
	struct sql in;
	bool good = json_unescape(&sql, json_inside(json));

	in = sql_of(buf_view(&sql));
	in.mode = SQL_ANSI_QUOTES;
	if (good && sql.n && sql.p[0] == '\'')
		good = sql_string(&in, &text) && in.p == in.end;
	else
		buf_span(&text, buf_view(&sql));
	if (good)
		json_string(&label, buf_view(&text));
	buf_free(&text);
	buf_free(&sql);
	return good ? buf_cstr(&label) : NULL;
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

		col->name = object_string(value, "name");
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
		char *name = json_text(value);

		if (!name)
			return false;
		if (!key) {
			key = schema_add_key(t, true);
			key->name = xstrdup("PRIMARY");
		}
		schema_key_add(key, name);
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
		char *name = object_string(value, "name");
		char *of = object_string(value, "value");
		struct schema_column *col = name && of ?
		    schema_column_find(t, span_of(of)) : NULL;

		if (col && strcmp(name, "rowStart") == 0)
			col->row_time = ROW_START;
		if (col && strcmp(name, "rowEnd") == 0)
			col->row_time = ROW_END;
		if (col && strcmp(name, "defaultExpression") == 0)
			col->computed = col->fallback != NULL;
		if (name && of && strcmp(name, "engine") == 0)
			t->merges = strcmp(of, SCHEMA_MERGE) == 0;
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
	char *id = object_string(change, "id");
	struct sql sql = sql_of(span_of(id ? id : ""));
	struct span first = { NULL, 0 }, second;

	sql.mode = SQL_ANSI_QUOTES;
	if (sql_table(&sql, &first, &second) && first.p) {
		*db = sql_unquote(first);
		*name = sql_unquote(second);
	} else {
		*db = object_string(source, "db");
		*name = object_string(source, "table");
	}
	free(id);
	return *db && *name;
}

static void
read_position(struct schema_table *t, struct span payload)
{
	struct span source = object_member(payload, "source");

	t->file = object_string(source, "file");
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
		t->charset = object_string(body, "defaultCharsetName");
		t->comment = object_string(body, "comment");
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

	if (unique_check(line, err) < 0)
		return -1;
	payload = object_member(line, "payload");
	if (payload.p && payload.p[0] == '"') {         /* kcat -J */
		json_unescape(&inner, json_inside(payload));
		if (unique_check(buf_view(&inner), err) < 0) {
			buf_free(&inner);
			return err_wrap(err, "its payload");
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
