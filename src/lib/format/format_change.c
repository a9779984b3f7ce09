/* SPDX-License-Identifier: MIT */
#include "format/format_change.h"

#include <inttypes.h>

#include "format/cells.h"
#include "format/format.h"
#include "json/object.h"
#include "record/fields.h"

static bool
is_object(struct span json)
{
	return json.n && json.p[0] == '{';
}

static struct format_image
image_of(struct record *rec, struct span json)
{
	return (struct format_image){ rec, is_object(json) ? json :
	    (struct span){ NULL, 0 } };
}

/* Debezium's mark, in a row that has no op beside it. */
static bool
says_deleted(struct span row)
{
	struct span mark = object_member(row, "__deleted");

	return json_is_text(mark, "true") || span_is(mark, "true");
}

static void
read_row(struct record *rec, struct format_change *c)
{
	if (!c->op)
		c->op = says_deleted(rec->body) ? 'd' : 'r';
	*(c->op == 'd' ? &c->before : &c->after) = image_of(rec, rec->body);
}

static int
refuse_row(const struct formatter *f, const struct record *rec,
    struct err *err)
{
	record_fault(rec, "a row without its envelope", err);
	return err_hint(err, "--to %s needs to know what was before: leave "
	    "out cdc-unwrap", f->format->name);
}

/* The table; of a tombstone that of the delete before it, for its topic has
 * other characters in place of those that topics have not. */
static int
find_table(struct formatter *f, struct record *rec,
    const struct format_change *c, struct format_table **table,
    struct err *err)
{
	if (rec->kind == KIND_TOMBSTONE && f->topic_table &&
	    span_eq(rec->topic, buf_view(&f->topic))) {
		*table = f->topic_table;
		return 0;
	}
	if (format_tables_find(&f->tables, rec, table, err) < 0)
		return err_wrap(err, "line %" PRIu64, rec->line.number);
	if (c->op == 'd') {
		f->topic.n = 0;
		buf_span(&f->topic, rec->topic);
		f->topic_table = *table;
	}
	return 0;
}

int
format_change_read(struct formatter *f, struct record *rec,
    struct format_change *c, struct err *err)
{
	*c = (struct format_change){ .rec = rec, .op = record_op(rec),
		.key = image_of(rec, rec->key) };
	if (rec->kind == KIND_ROW && !(f->format->takes & TAKES_ROWS))
		return refuse_row(f, rec, err);
	if (record_check_rows(rec, err) < 0)
		return -1;
	if (find_table(f, rec, c, &c->table, err) < 0)
		return -1;
	if (rec->kind == KIND_ROW) {
		read_row(rec, c);
	} else if (rec->kind == KIND_TOMBSTONE) {
		c->op = '\0';
	} else {
		c->before = image_of(rec, rec->before);
		c->after = image_of(rec, rec->after);
	}
	return 0;
}

bool
format_change_is_first(struct record *rec)
{
	return rec->kind == KIND_ENVELOPE && record_op(rec) == 'd' &&
	    rec->headers.p &&
	    record_header(rec, "__debezium.newkey").p;
}

/* The second one, beside its first or not. */
static bool
has_old_key(struct record *rec)
{
	return rec->kind == KIND_ENVELOPE && record_op(rec) == 'c' &&
	    rec->headers.p && record_header(rec, "__debezium.oldkey").p;
}

bool
format_change_is_second(const struct format_held *held, struct record *rec)
{
	return held->waits && has_old_key(rec) &&
	    json_same(record_source(rec), record_source(&held->rec));
}

int
format_change_check_half(struct formatter *f, const struct format_change *c,
    struct err *err)
{
	struct format_cells cells = { 0 };
	int status;

	if (c->op != 'c' || !has_old_key(c->rec))
		return 0;
	status = format_cells_read(&cells, f, c->table, &c->after, err);
	if (status == 0 && format_cells_lack(&cells, c->table)) {
		err_set(err, ERR_DATA, "table %s.%s: a row that got another "
		    "key, of which some columns are missing, without its "
		    "delete, which makes it an update", c->table->db.p,
		    c->table->name.p);
		status = err_hint(err, "set binlog_row_image=FULL, or keep the "
		    "record before it");
	}
	format_cells_free(&cells);
	return status;
}

int
format_change_hold(struct format_held *held, const struct record *rec,
    struct err *err)
{
	struct line line = rec->line;

	held->line.n = 0;
	buf_span(&held->line, line.text);
	buf_room(&held->line, COPY_SLACK);
	line.text.p = held->line.p;
	held->rec.shape = rec->shape;
	held->waits = true;
	return record_scan(&held->rec, &line, err);
}
