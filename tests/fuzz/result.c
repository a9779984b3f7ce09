/* SPDX-License-Identifier: MIT
 *
 * Rows of a result: a byte of choices, the length of a list of columns (u16),
 * as CREATE TABLE has it, then rows of the binary protocol, each behind its
 * length (u16).
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "copy/encode_image.h"
#include "print/row_image.h"
#include "ddl/ddl.h"
#include "schema/synthesize_map.h"

static void
read_rows(struct table *t, struct cursor in)
{
	uint8_t *all = xmalloc(t->ncolumns / 8 + 1);
	struct image_layout layout = {
		.table = t, .plan = record_template_of(t, "fuzz"), .present = all,
		.npresent = t->ncolumns,
	};
	struct row_image image = { 0 };
	struct buf row = { 0 }, key = { 0 };
	struct err err = { 0 };

	memset(all, 0xFF, t->ncolumns / 8 + 1);
	while (cursor_left(&in) > 0 && !err.kind) {
		struct span raw = take_span(&in, take_u16(&in));
		struct cursor at;

		row.n = key.n = 0;
		if (in.bad || encode_row(&row, t, (const uint8_t *)raw.p,
		    raw.n, &err) < 0)
			break;
		buf_room(&row, COPY_SLACK);
		at = cursor_of(row.p, row.n);
		if (row_image_read(&image, &layout, &at, &err) == 0)
			row_image_key(&key, &image, NULL, &layout);
	}
	record_template_forget(t);
	row_image_free(&image);
	buf_free(&row);
	buf_free(&key);
	free(all);
}

static void
make_table(const struct schema_table *learned, uint8_t choice,
    struct cursor in)
{
	struct value_modes modes = {
		.decimal = choice % 4, .time = (choice >> 2) % 6,
		.binary = (choice >> 5) % 3,
	};
	struct table table;
	struct err err = { 0 };

	if (schema_make_table(&table, "db", "t", learned, &err) < 0)
		return;
	encode_prepare(&table);
	table_map_bind(&table, &modes);
	read_rows(&table, in);
	table_map_clear(&table);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cursor in = cursor_of(data, size);
	uint8_t choice = take_u8(&in);
	uint16_t n = take_u16(&in);
	struct span columns = take_span(&in, n);
	struct schemas *s = schemas_new();
	struct schema_changes changes = { 0 };
	struct schema_entry *entry;
	struct buf sql = { 0 };

	buf_str(&sql, "CREATE TABLE t (");
	if (!in.bad)
		buf_span(&sql, columns);
	buf_str(&sql, ") CHARSET=utf8mb4");
	ddl_learn(s, &(struct query){ .text = buf_view(&sql),
	    .default_db = SPAN("db") }, "log.000001", 4, &changes);
	entry = schemas_entry(s, SPAN("db"), SPAN("t"), false);
	if (entry && entry->learned &&
	    entry->learned->ncolumns < MAX_COLUMNS)
		make_table(entry->learned, choice, in);
	ddl_changes_clear(&changes);
	schemas_free(s);
	buf_free(&sql);
	return 0;
}
