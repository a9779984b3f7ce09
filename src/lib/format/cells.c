/* SPDX-License-Identifier: MIT */
#include "format/cells.h"

#include <stdlib.h>

#include "base/array.h"
#include "format/format.h"
#include "json/scan.h"

static int
add(struct format_cells *cells, struct formatter *f,
    struct format_table *table, struct span name, struct span json,
    size_t *next, struct err *err)
{
	struct format_cell cell = { .json = json };

	if (format_tables_column(&f->tables, table, name, next, &cell.column,
	    err) < 0)
		return -1;
	cells->whole = cells->whole && cell.column->at == cells->n;
	*ARRAY_PUSH(cells->v, cells->n, cells->cap) = cell;
	return 0;
}

/* A row, of which there is an outline. */
static int
read_row(struct format_cells *cells, struct formatter *f,
    struct format_table *table, const struct format_image *image,
    struct err *err)
{
	struct outline_pos at = outline_at(record_outline(image->rec),
	    image->json);
	struct span name;
	size_t next = 0;

	outline_enter(&at);
	while (outline_next(&at, &name))
		if (add(cells, f, table, name, outline_value(&at), &next,
		    err) < 0)
			return -1;
	return 0;
}

/* A key, which is small. */
static int
read_key(struct format_cells *cells, struct formatter *f,
    struct format_table *table, const struct format_image *image,
    struct err *err)
{
	struct json_pos at = json_at(image->json);
	struct span name, json;
	size_t next = 0;

	if (record_check_key(image->rec, err) < 0)
		return -1;
	json_enter(&at, '{');
	while (json_next(&at, &name) > 0 && json_value(&at, &json))
		if (add(cells, f, table, name, json, &next, err) < 0)
			return -1;
	return 0;
}

int
format_cells_read(struct format_cells *cells, struct formatter *f,
    struct format_table *table, const struct format_image *image,
    struct err *err)
{
	int status = 0;

	cells->n = 0;
	cells->whole = true;
	if (image->json.p)
		status = (image->json.p == image->rec->key.p ? read_key :
		    read_row)(cells, f, table, image, err);
	cells->whole = cells->whole && cells->n == table->ncolumns;
	return status;
}

const struct format_cell *
format_cells_find(const struct format_cells *cells,
    const struct format_column *column)
{
	if (column->at < cells->n &&
	    cells->v[column->at].column == column)
		return &cells->v[column->at];
	for (size_t i = 0; i < cells->n; i++)
		if (cells->v[i].column == column)
			return &cells->v[i];
	return NULL;
}

bool
format_cells_lack(const struct format_cells *cells,
    const struct format_table *table)
{
	const struct schema_table *schema = table->schema;
	size_t lacking = 0;

	if (!schema)
		return false;
	for (size_t i = 0; i < schema->ncolumns; i++)
		lacking += !schema->columns[i].row_time;
	for (size_t i = 0; i < cells->n; i++) {
		const struct schema_column *column =
		    cells->v[i].column->schema;

		lacking -= column && !column->row_time;
	}
	return lacking > 0;
}

void
format_cells_free(struct format_cells *cells)
{
	free(cells->v);
	*cells = (struct format_cells){ 0 };
}
