/* SPDX-License-Identifier: MIT */
#include "route/key_columns.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "json/scan.h"
#include "match/pattern.h"

struct key_columns_entry {
	struct pattern *table;
	char *column;
	bool applies;           /* to k->table */
};

static bool
is_spelled(struct span column)
{
	for (size_t i = 0; i < column.n; i++)
		if (!isalnum((unsigned char)column.p[i]) &&
		    column.p[i] != '_')
			return false;
	return true;
}

/* "a|b" is one alternative of a longer expression only in brackets. */
static void
put_part(struct buf *out, struct span part)
{
	bool brackets = part.n && memchr(part.p, '|', part.n);

	buf_str(out, brackets ? "(?:" : "");
	buf_span(out, part);
	buf_str(out, brackets ? ")" : "");
}

static int
add_column(struct key_columns *k, struct span table, struct span column,
    struct err *err)
{
	struct buf regex = { 0 };
	struct pattern *re;
	int status;

	put_part(&regex, table);
	buf_str(&regex, "\\.");
	put_part(&regex, column);
	status = column.n ? name_list_add(&k->tables.include_column,
	    buf_cstr(&regex), err) : err_set(err, ERR_USAGE,
	    "a column without a name");
	buf_free(&regex);
	if (status < 0 || !is_spelled(column))
		return status;
	re = pattern_new(table, PATTERN_NOCASE, err);
	if (!re)
		return -1;
	*ARRAY_ADD(k->entries, k->n) = (struct key_columns_entry){ re,
		xmemdup(column.p, column.n), false };
	return 0;
}

/* db.table:column,… */
static int
add_entry(struct key_columns *k, struct span entry, struct err *err)
{
	const char *colon = entry.n ? memchr(entry.p, ':', entry.n) : NULL;
	const char *end = entry.p + entry.n;
	struct span table;
	char *text;
	int status;

	if (!colon || colon == entry.p || colon + 1 == end ||
	    memchr(colon + 1, ':', (size_t)(end - colon - 1))) {
		err_set(err, ERR_USAGE, "'%.*s' is not TABLE:COLUMN,...",
		    (int)entry.n, entry.p);
		return err_hint(err, "shop.orders:customer_id,id; several "
		    "tables are separated by semicolons");
	}
	table = span_between(entry.p, colon);
	text = xmemdup(table.p, table.n);
	status = name_list_add_data(&k->tables.include_table, text, err);
	free(text);
	for (const char *p = colon + 1; status == 0 && p <= end; p++) {
		const char *comma = memchr(p, ',', (size_t)(end - p));
		const char *stop = comma ? comma : end;

		status = add_column(k, table, span_between(p, stop), err);
		p = stop;
	}
	return status;
}

int
key_columns_add(struct key_columns *k, const char *list, struct err *err)
{
	for (;; list++) {
		size_t n = strcspn(list, ";");

		if (add_entry(k, (struct span){ list, n }, err) < 0)
			return -1;
		list += n;
		if (!list[0] || !list[1])       /* one may end it */
			return 0;
	}
}

bool
key_columns_apply(struct key_columns *k, struct span db, struct span table)
{
	return table_filter_keeps(&k->tables, db, table);
}

bool
key_columns_has(const struct key_columns *k, struct span db,
    struct span table, struct span column)
{
	return table_filter_keeps_column(&k->tables, db, table, column);
}

static bool
has_member(struct span row, const char *column)
{
	struct json_pos at = json_at(row);
	struct buf scratch = { 0 };
	struct span name, value;
	bool has = false;

	json_enter(&at, '{');
	while (!has && json_next(&at, &name) > 0 && json_value(&at, &value))
		has = span_is_nocase(json_string_text(name, &scratch), column);
	buf_free(&scratch);
	return has;
}

static void
choose_entries(struct key_columns *k, struct span db, struct span table)
{
	struct span was = buf_view(&k->table);

	if (was.n == db.n + 1 + table.n && memcmp(was.p, db.p, db.n) == 0 &&
	    memcmp(was.p + was.n - table.n, table.p, table.n) == 0 &&
	    was.p[db.n] == '.')
		return;
	k->table.n = 0;
	buf_span(&k->table, db);
	buf_char(&k->table, '.');
	buf_span(&k->table, table);
	for (size_t i = 0; i < k->n; i++)
		k->entries[i].applies = pattern_matches(k->entries[i].table,
		    buf_view(&k->table));
}

/* A column that is spelled out, is of the table, and is not there: a partial
 * image, or a typing error. */
static int
check_spelled(struct key_columns *k, const struct record *rec,
    struct span key, struct err *err)
{
	for (size_t i = 0; i < k->n; i++) {
		const struct key_columns_entry *e = &k->entries[i];

		if (!e->applies || has_member(key, e->column))
			continue;
		err_set(err, ERR_DATA, "line %" PRIu64 ": the row of %s has "
		    "no column %s, which --key-columns names",
		    rec->line.number, buf_cstr(&k->table), e->column);
		return err_hint(err, "partial row images lack columns: "
		    "binlog_row_image=FULL");
	}
	return 0;
}

int
key_columns_of(struct key_columns *k, struct record *rec, struct span db,
    struct span table, struct span row, struct buf *out, struct span *key,
    struct err *err)
{
	if (!row.p || row.p[0] != '{')
		return record_fault(rec, "a change without the row that its "
		    "key is made of", err);
	if (!k->filter)
		k->filter = column_filter_new(&k->tables);
	*key = row;
	if (!column_filter_row(k->filter, record_outline(rec), db, table, key,
	    out))
		return record_fault(rec, "a name occurs twice", err);
	choose_entries(k, db, table);
	return check_spelled(k, rec, *key, err) < 0 ? -1 : key->n > 2;
}

void
key_columns_clear(struct key_columns *k)
{
	for (size_t i = 0; i < k->n; i++) {
		pattern_free(k->entries[i].table);
		free(k->entries[i].column);
	}
	free(k->entries);
	buf_free(&k->table);
	column_filter_free(k->filter);
	table_filter_clear(&k->tables);
	*k = (struct key_columns){ 0 };
}
