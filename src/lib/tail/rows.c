/* SPDX-License-Identifier: MIT
 *
 * Row events:
 *   table id u48 | flags u16 | [v2: length u16, extra data] | columns lenenc |
 *   present bits | [update: present bits of the after image] | images …
 * https://mariadb.com/kb/en/rows_event_v1v2-rows_compressed_event_v1/
 */
#include "tail/printer.h"

#include "base/log.h"
#include "binlog/events.h"
#include "binlog/limits.h"
#include "incremental/incremental.h"

enum { DUMMY_ID_24 = 0xFFFFFF, DUMMY_ID_32 = 0xFFFFFFFF, EXTRA_SELF = 2 };

/* An event of rows, opened. */
struct rows {
	char op;
	bool signal;            /* of the signal table */
	struct cursor in;
	struct record_template *plan;
	struct table *table;
	struct image_layout first, second;      /* second: update's after */
	uint64_t row;
	bool current;           /* of a system-versioned table: only the lives
	                         * of its current rows */
	bool partial;           /* an update's images do not hold all columns */
};

static size_t
count_bits(const uint8_t *bits, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += bits[i / 8] >> i % 8 & 1;
	return count;
}

static int
read_layout(const struct printer *p, struct rows *rows,
    struct image_layout *layout, struct err *err)
{
	size_t n = rows->table->ncolumns;

	layout->table = rows->table;
	layout->plan = rows->plan;
	layout->unavailable = buf_view(&p->unavailable);
	layout->completes = rows->current;
	layout->present = take(&rows->in, (n + 7) / 8);
	if (!layout->present)
		return err_set(err, ERR_DATA, "row event is cut short");
	layout->npresent = count_bits(layout->present, n);
	return 0;
}

/* binlog_row_image=MINIMAL of a row of nothing but defaults; 11.8 of generated
 * columns.  A replica takes them for one row. */
static int
no_columns(struct err *err)
{
	err_set(err, ERR_DATA, "a row event without a column: the log does "
	    "not say how many rows it affects");
	return err_hint(err, "set binlog_row_image=FULL on the server, or give "
	    "the table a key; then leave it out (--exclude-table) and copy it "
	    "again");
}

/* Everything in front of the images.  An update's images may hold different
 * columns (binlog_row_image): then the one before completes the one after. */
static int
read_front(const struct printer *p, struct rows *rows,
    const struct event_kind *type, struct err *err)
{
	uint64_t n;

	if (type->version == 2) {
		uint16_t extra = take_u16(&rows->in);

		if (extra < EXTRA_SELF ||
		    !take(&rows->in, extra - EXTRA_SELF))
			return err_set(err, ERR_DATA,
			    "row event is cut short");
	}
	n = take_lenenc(&rows->in);
	if (rows->in.bad || n != rows->table->ncolumns)
		return err_set(err, ERR_DATA, "row event of %llu column%s, "
		    "but its table map has %zu", (unsigned long long)n,
		    plural(n), rows->table->ncolumns);
	if (read_layout(p, rows, &rows->first, err) < 0)
		return -1;
	if (rows->first.npresent == 0)
		return no_columns(err);
	if (type->op != 'u')
		return 0;
	if (read_layout(p, rows, &rows->second, err) < 0)
		return -1;
	rows->first.completes |= memcmp(rows->first.present,
	    rows->second.present, (n + 7) / 8) != 0;
	for (size_t i = 0; i < n; i++)
		rows->partial |= !((rows->first.present[i / 8] |
		    rows->second.present[i / 8]) >> i % 8 & 1);
	return 0;
}

static void
tell_chunk(struct printer *p, const struct row_image *row)
{
	if (p->chunk)
		chunk_change(p->chunk, buf_view(&p->key),
		    buf_view(&row->json), buf_view(&p->unavailable));
}

static void
print_insert(struct printer *p, const struct rows *rows)
{
	p->key.n = 0;
	row_image_key(&p->key, &p->before, NULL, &rows->first);
	tell_chunk(p, &p->before);
	data_record_print(p, rows->plan, rows->table, &(struct tail_record){
	    .op = 'c', .row = rows->row, .key = &p->key,
	    .after = &p->before.json });
}

static void
print_delete(struct printer *p, const struct rows *rows)
{
	p->key.n = 0;
	row_image_key(&p->key, &p->before, NULL, &rows->first);
	if (p->chunk)
		chunk_forget(p->chunk, buf_view(&p->key));
	data_record_print(p, rows->plan, rows->table, &(struct tail_record){
	    .op = 'd', .row = rows->row, .key = &p->key,
	    .before = &p->before.json });
}

static void
tell_move(struct printer *p, const struct rows *rows)
{
	bool dropped = p->chunk && chunk_forget(p->chunk, buf_view(&p->key));

	dropped |= p->chunk && chunk_forget(p->chunk, buf_view(&p->old_key));
	if (rows->partial && p->feed->incremental)
		incremental_moved(p->feed->incremental, rows->table, &p->before,
		    &p->after, dropped);
}

/* An update that moves a row to another key: d and c, each of which names
 * the other's key. */
static void
print_move(struct printer *p, const struct rows *rows)
{
	p->old_key.n = 0;
	row_image_key(&p->old_key, &p->before, NULL, &rows->first);
	tell_move(p, rows);
	data_record_print(p, rows->plan, rows->table, &(struct tail_record){
	    .op = 'd', .row = rows->row, .key = &p->old_key,
	    .header = "__debezium.newkey", .header_key = &p->key,
	    .before = &p->before.json });
	data_record_print(p, rows->plan, rows->table, &(struct tail_record){
	    .op = 'c', .row = rows->row, .key = &p->key,
	    .header = "__debezium.oldkey", .header_key = &p->old_key,
	    .after = &p->after.json });
}

static void
print_update(struct printer *p, const struct rows *rows)
{
	p->key.n = 0;
	row_image_key(&p->key, &p->after, &p->before, &rows->second);
	if (row_image_key_changed(&p->before, &p->after, rows->table)) {
		print_move(p, rows);
		return;
	}
	tell_chunk(p, &p->after);
	data_record_print(p, rows->plan, rows->table, &(struct tail_record){
	    .op = 'u', .row = rows->row, .key = &p->key,
	    .before = &p->before.json, .after = &p->after.json });
}

/* The end of a row's time that has not come: 2038-01-19 03:14:07.999999, since
 * 11.5 2106-02-07 06:28:15.999999, or the last transaction id. */
static bool
is_current(const struct row_image *image, const struct table *t)
{
	static const char *const ends[] = {
		"\x7F\xFF\xFF\xFF\x0F\x42\x3F",
		"\xFF\xFF\xFF\xFF\x0F\x42\x3F",
		"\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF",
	};
	const struct value_place *place = &image->columns[t->row_end];

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (span_is(place->raw, ends[i]))
			return true;
	return !place->n;       /* not in this image: it did not change */
}

/* A system-versioned table: an update that ends a row's time is its delete;
 * what touches only history is not told. */
static void
print_current(struct printer *p, const struct rows *rows)
{
	if (!is_current(&p->before, rows->table))
		return;
	if (rows->op == 'c')
		print_insert(p, rows);
	else if (rows->op == 'd' || !is_current(&p->after, rows->table))
		print_delete(p, rows);
	else
		print_update(p, rows);
}

static void
print_row(struct printer *p, const struct rows *rows)
{
	if (rows->signal)
		copied_rows_row(p, rows->op);
	else if (rows->current)
		print_current(p, rows);
	else if (rows->op == 'c')
		print_insert(p, rows);
	else if (rows->op == 'd')
		print_delete(p, rows);
	else
		print_update(p, rows);
}

static int
print_all(struct printer *p, struct rows *rows, struct err *err)
{
	uint64_t printed = 0, most = LIMIT_IMAGES + LIMIT_RATIO *
	    (uint64_t)cursor_left(&rows->in);

	while (cursor_left(&rows->in) > 0) {
		const uint8_t *from = rows->in.p;

		if (row_image_read(&p->before, &rows->first, &rows->in, err) <
		    0)
			return -1;
		if (rows->op == 'u' && row_image_complete(&p->after,
		    &rows->second, rows->first.completes ? &p->before : NULL,
		    &rows->in, err) < 0)
			return -1;
		if (rows->in.p == from)
			return err_set(err, ERR_DATA, "row without columns");
		printed += p->before.json.n +
		    (rows->op == 'u' ? p->after.json.n : 0);
		if (printed > most)
			return err_set(err, ERR_DATA, "an event whose rows are "
			    "more than %llu bytes of JSON",
			    (unsigned long long)most);
		print_row(p, rows);
		rows->row++;
	}
	return 0;
}

static int
no_map(uint64_t id, struct err *err)
{
	return err_set(err, ERR_DATA,
	    "row event for table id %llu, which its transaction did not map",
	    (unsigned long long)id);
}

int
rows_print(struct printer *p, const struct binlog_event *ev, struct err *err)
{
	const struct event_kind *type = event_kind(ev->type);
	struct rows rows = { .op = type->op };
	uint64_t id;
	uint16_t flags;

	rows.in = cursor_of(ev->body, ev->body_n);
	id = take_le(&rows.in, 6);
	flags = take_u16(&rows.in);
	if (rows.in.bad)
		return err_set(err, ERR_DATA, "row event is cut short");
	if (table_cache_left_out(p->tables, id))
		return 0;
	rows.table = table_cache_find(p->tables, id, err);
	if (!rows.table && err->kind)
		return -1;
	if (!rows.table)
		return id == DUMMY_ID_24 || id == DUMMY_ID_32 ? 0 :
		    no_map(id, err);
	rows.signal = copied_rows_are_in(p, rows.table->db, rows.table->name);
	rows.current = rows.table->row_end >= 0 && !p->opt->modes.history;
	if (data_record_op_skipped(p, rows.op) && !rows.current && !rows.signal)
		return 0;
	rows.plan = record_template_of(rows.table, p->opt->prefix);
	if (p->opt->control && !rows.table->tally.schema_said && !rows.signal) {
		schema_records_print_map(p, rows.table, ev);
		rows.table->tally.schema_said = true;
	}
	data_record_begin(p, ev, buf_view(&rows.plan->source));
	data_record_unchecked(p, flags);
	if (p->feed->incremental && rows.op != 'c')
		incremental_cascaded(p->feed->incremental, rows.table);
	p->chunk = p->feed->incremental ? incremental_chunk(
	    p->feed->incremental, rows.table) : NULL;
	if (read_front(p, &rows, type, err) < 0 || print_all(p, &rows, err) < 0)
		goto out;
	if (rows.signal)
		copied_rows_print_chunk(p, ev);
	return 0;
out:
	return err_wrap(err, "table %.*s.%.*s", (int)rows.table->db.n,
	    rows.table->db.p, (int)rows.table->name.n, rows.table->name.p);
}
