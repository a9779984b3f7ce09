/* SPDX-License-Identifier: MIT */
#include "copy/result_rows.h"

#include "copy/encode_image.h"
#include "db/errors.h"
#include "schema/synthesize_map.h"

enum {
	WRITE_TIMEOUT_S = 86400,
};

int
copy_rows_open(struct copy_rows *r, const char *db, const char *name,
    const struct schema_table *schema, const struct value_modes *modes,
    const char *prefix, struct err *err)
{
	if (schema_make_table(&r->table, db, name, schema, err) < 0)
		return -1;
	encode_prepare(&r->table);
	table_map_bind(&r->table, modes);
	r->plan = record_template_of(&r->table, prefix);
	memset(r->present, 0xFF, sizeof(r->present));
	r->layout = (struct image_layout){ .table = &r->table,
		.plan = r->plan, .present = r->present,
		.npresent = r->table.ncolumns };
	return 0;
}

void
copy_rows_close(struct copy_rows *r)
{
	if (!r->plan)
		return;
	record_template_forget(&r->table);
	table_map_clear(&r->table);
	r->plan = NULL;
}

int
copy_rows_session(struct db *db, struct err *err)
{
	return db_execute(db, err, SQL("SET max_statement_time=0, "
	    "tx_isolation='REPEATABLE-READ', net_write_timeout="),
	    SQL_NUMBER(WRITE_TIMEOUT_S));
}

void
copy_rows_select(const struct copy_rows *r, struct statement *sql)
{
	for (size_t i = 0; i < r->table.ncolumns; i++) {
		statement_add(sql, i ? SQL(", ") : SQL("SELECT "));
		encode_select(&r->table.columns[i], sql);
	}
	statement_add(sql, SQL(" FROM "),
	    SQL_TABLE(r->table.db, r->table.name));
}

void
copy_rows_order(const struct copy_rows *r, struct sql_part how,
    struct statement *sql)
{
	const struct table *t = &r->table;

	for (size_t k = 0; k < t->nkey; k++)
		statement_add(sql, k ? SQL(", ") : SQL(" ORDER BY "),
		    SQL_NAME(t->columns[t->key[k]].name), how);
}

bool
copy_rows_altered(const struct db *db)
{
	unsigned number = db_errno(db);

	return number == ER_TABLE_DEF_CHANGED || number == ER_BAD_FIELD_ERROR ||
	    number == ER_NO_SUCH_TABLE;
}

int
copy_rows_encode(const struct copy_rows *r, struct buf *image,
    const uint8_t *row, size_t n, struct err *err)
{
	image->n = 0;
	if (encode_row(image, &r->table, row, n, err) < 0)
		return -1;
	buf_room(image, COPY_SLACK);    /* printers read ahead */
	return 0;
}

int
copy_rows_image(const struct copy_rows *r, const struct buf *image,
    struct row_image *json, struct err *err)
{
	struct cursor in = cursor_of(image->p, image->n);

	return row_image_read(json, &r->layout, &in, err);
}
