/* SPDX-License-Identifier: MIT
 *
 * Row images: a byte of choices, the length of a TABLE_MAP body (u16), that
 * body, then images that hold every column.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "print/row_image.h"

enum { CHOOSE_MYSQL = 1, CHOOSE_OLD_TIMES = 2 };

static struct value_modes
choose_modes(uint8_t choice)
{
	return (struct value_modes){
		.decimal = (choice >> 2) % 4, .time = (choice >> 4) % 6,
		.binary = (choice >> 6) % 3, .json = choice >> 7,
		.bigint_unsigned = choice % 3,
	};
}

static void
read_images(struct table *t, struct cursor in)
{
	uint8_t *all = xmalloc(t->ncolumns / 8 + 1);
	struct image_layout layout = {
		.table = t, .plan = record_template_of(t, "fuzz"), .present = all,
		.npresent = t->ncolumns, .completes = true,
	};
	struct row_image image = { 0 };
	struct buf key = { 0 };
	struct err err = { 0 };

	memset(all, 0xFF, t->ncolumns / 8 + 1);
	while (cursor_left(&in) > 0) {
		const uint8_t *from = in.p;

		if (row_image_read(&image, &layout, &in, &err) < 0 ||
		    in.p == from)
			break;
		key.n = 0;
		row_image_key(&key, &image, NULL, &layout);
	}
	record_template_forget(t);
	row_image_free(&image);
	buf_free(&key);
	free(all);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cursor in = cursor_of(data, size);
	uint8_t choice = take_u8(&in);
	uint16_t n = take_u16(&in);
	struct span body = take_span(&in, n);
	struct binlog_format format = {
		.mariadb = !(choice & CHOOSE_MYSQL),
		.old_times = choice & CHOOSE_OLD_TIMES,
	};
	struct binlog_event ev = {
		.body = (const uint8_t *)body.p, .body_n = body.n,
	};
	struct value_modes modes = choose_modes(choice);
	struct table table = { 0 };
	struct err err = { 0 };

	if (in.bad)
		return 0;
	if (table_map_parse(&table, &ev, &format, &err) == 0) {
		table_map_bind(&table, &modes);
		read_images(&table, in);
	}
	table_map_clear(&table);
	return 0;
}
