/* SPDX-License-Identifier: MIT */
#include "format/placed.h"

#include "format/format.h"

void
placed_need(struct placed *placed, const struct placeholders *all)
{
	for (size_t i = 0; i < all->n; i++)
		placed->needs[all->v[i].kind] = true;
}

int
placed_read(struct placed *placed, struct formatter *f,
    const struct format_change *c, struct err *err)
{
	const struct format_image *images[] = {
		[PLACE_ROW] = c->op == 'd' ? &c->before : &c->after,
		[PLACE_BEFORE] = &c->before, [PLACE_AFTER] = &c->after,
		[PLACE_KEY] = &c->key,
	};

	for (size_t i = PLACE_ROW; i <= PLACE_KEY; i++)
		if (placed->needs[i] && format_cells_read(&placed->images[i], f,
		    c->table, images[i], err) < 0)
			return -1;
	return 0;
}

bool
placed_is_nothing(const struct format_change *c, enum placeholder_kind kind)
{
	char op = c->op;

	if (op == 't')
		return true;
	return kind == PLACE_BEFORE ? c->rec->kind != KIND_ROW &&
	    (op == 'c' || op == 'r') : kind == PLACE_AFTER && op == 'd';
}

static int
refuse_place(const struct placed *placed, const struct format_change *c,
    const struct placeholder *place, struct err *err)
{
	const char *db = c->table->db.p, *table = c->table->name.p;
	int n = (int)place->text.n;

	if (format_table_check_column(c->table, place->text, placed->option,
	    err) < 0)
		return -1;
	if (place->kind == PLACE_KEY)
		return err_set(err, ERR_DATA, "table %s.%s: %.*s is not in the "
		    "key of the record (%s)", db, table, n, place->text.p,
		    placed->option);
	err_set(err, ERR_DATA, "table %s.%s: the record does not say what %.*s "
	    "%s, which is not NULL but unknown (%s)", db, table, n,
	    place->text.p, place->kind == PLACE_BEFORE ? "was" : "is",
	    placed->option);
	return err_hint(err, "set binlog_row_image=FULL, and leave out "
	    "cdc-unwrap where there is {before.%.*s}", n, place->text.p);
}

static const struct format_cell *
find_cell(const struct format_cells *cells, struct span name, size_t *found)
{
	if (*found < cells->n &&
	    span_eq(cells->v[*found].column->text, name))
		return &cells->v[*found];
	for (size_t i = 0; i < cells->n; i++)
		if (span_eq(cells->v[i].column->text, name)) {
			*found = i;
			return &cells->v[i];
		}
	return NULL;
}

int
placed_cell(struct placed *placed, const struct formatter *f,
    const struct format_change *c, const struct placeholder *place,
    size_t *found, const struct format_cell **cell, struct err *err)
{
	*cell = find_cell(&placed->images[place->kind], place->text, found);
	if (*cell)
		return 0;
	if (!placed_is_nothing(c, place->kind))
		return refuse_place(placed, c, place, err);
	return f->tables.typed ? format_table_check_column(c->table,
	    place->text, placed->option, err) : 0;
}

void
placed_clear(struct placed *placed)
{
	for (size_t i = 0; i <= PLACE_KEY; i++)
		format_cells_free(&placed->images[i]);
}
