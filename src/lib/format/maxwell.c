/* SPDX-License-Identifier: MIT
 *
 * --to maxwell: messages as Maxwell's daemon writes them.
 * https://maxwells-daemon.io/dataformat/
 *
 * The last row of a transaction says so.  So a row waits for the next record,
 * which tells whether it was the last: its line is kept, and where in it that
 * is to be said.
 */
#include "format/format.h"
#include "format/maxwell_row.h"
#include "format/maxwell_schema.h"
#include "format/transaction.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/log.h"
#include "io/stop.h"

struct maxwell {
	struct maxwell_rows rows;
	struct maxwell_schema schema;
	struct format_transaction transaction;
	uint64_t number;        /* of the line that waits, in its transaction */
	bool waits;
	struct buf line;        /* it … */
	size_t at;              /* … and where its place in it is told */
	struct format_table *copied;    /* the table that is copied; or NULL */
	bool warned;            /* of a truncate */
};

/* ---- transactions */

/* The line that waits, as the last one or another. */
static int
release(struct formatter *f, bool last, struct err *err)
{
	struct maxwell *m = f->own;
	struct buf *out = &f->out.text;

	if (!m->waits)
		return 0;
	buf_put(out, m->line.p, m->at);
	if (last) {
		buf_str(out, ",\"commit\":true");
	} else if (m->rows.on.xoffset) {
		buf_str(out, ",\"xoffset\":");
		buf_u64(out, m->number);
	}
	buf_put(out, m->line.p + m->at, m->line.n - m->at);
	m->line.n = 0;
	m->waits = false;
	m->number++;
	return format_output_commit(&f->out, err);
}

/* A record, maybe of another transaction than the one before. */
static int
enter(struct formatter *f, const struct record *rec, struct err *err)
{
	struct maxwell *m = f->own;
	unsigned edges = format_transaction_at(&m->transaction, rec);
	int status = release(f, edges & EDGE_ENDS, err);

	if (edges & EDGE_BEGINS)
		m->number = 0;
	return status;
}

/* ---- copies */

static int
end_copy(struct formatter *f, struct err *err)
{
	struct maxwell *m = f->own;

	if (!m->copied)
		return 0;
	maxwell_row_bound(f, &m->rows, m->copied, false);
	m->copied = NULL;
	return format_output_commit(&f->out, err);
}

static int
copied_row(struct formatter *f, const struct format_change *c,
    struct err *err)
{
	struct maxwell *m = f->own;
	size_t at;

	if (release(f, true, err) < 0 || (m->copied != c->table &&
	    end_copy(f, err) < 0))
		return -1;
	format_transaction_end(&m->transaction);
	if (!m->copied)
		maxwell_row_bound(f, &m->rows, c->table, true);
	m->copied = c->table;
	return maxwell_row_put(f, &m->rows, c, &f->out.text, &at, err);
}

/* ---- records */

static void
truncated(struct maxwell *m, const struct format_change *c)
{
	if (!m->warned)
		log_warn("table %s.%s was truncated, for which Maxwell has no "
		    "message (further ones are not reported)",
		    c->table->db.p, c->table->name.p);
	m->warned = true;
}

static int
change(struct formatter *f, const struct format_change *c, struct err *err)
{
	struct maxwell *m = f->own;

	if (c->op == 'r')
		return copied_row(f, c, err);
	if (enter(f, c->rec, err) < 0)
		return -1;
	if (c->op == 't') {
		truncated(m, c);
		return 0;
	}
	/* without its transaction nothing says which row is the last */
	if (!m->rows.on.commit_info || !m->transaction.id.n)
		return maxwell_row_put(f, &m->rows, c, &f->out.text, &m->at,
		    err);
	m->line.n = 0;
	if (maxwell_row_put(f, &m->rows, c, &m->line, &m->at, err) < 0)
		return -1;
	m->waits = true;
	return 0;
}

/* A heartbeat that is not of a copy. */
static bool
ends_copy(const struct record *rec)
{
	return rec->kind == KIND_HEARTBEAT &&
	    !object_member(rec->body, "end").p &&
	    !object_member(rec->body, "snapshot").p &&
	    !object_member(rec->body, "incremental").p;
}

static int
control(struct formatter *f, struct record *rec, struct err *err)
{
	struct maxwell *m = f->own;

	if (rec->kind == KIND_SCHEMA)
		return enter(f, rec, err) < 0 ? -1 :
		    maxwell_schema_take(f, &m->schema, rec, err);
	if (format_transaction_control(&m->transaction, rec) &&
	    release(f, true, err) < 0)
		return -1;
	return ends_copy(rec) ? end_copy(f, err) : 0;
}

/* What was cut off did not end. */
static int
finish(struct formatter *f, struct err *err)
{
	bool whole = f->failed == ERR_NONE && !stop_requested();

	if (release(f, whole, err) < 0)
		return -1;
	return whole ? end_copy(f, err) : 0;
}

static void
cut(struct formatter *f)
{
	struct err err = { 0 };

	release(f, false, &err);
}

static int
open_maxwell(struct formatter *f, struct err *err)
{
	struct maxwell *m = xcalloc(1, sizeof(*m));

	f->own = m;
	if (maxwell_settings_read(&m->rows.on, &f->opt->own.maxwell, err) < 0)
		return -1;
	m->schema.on = &m->rows.on;
	f->opt->own.schema_changes = m->rows.on.ddl;
	return 0;
}

static void
close_maxwell(struct formatter *f)
{
	struct maxwell *m = f->own;

	maxwell_rows_free(&m->rows);
	maxwell_schema_free(&m->schema);
	buf_free(&m->transaction.id);
	buf_free(&m->line);
	free(m);
}

const struct format format_maxwell = {
	.name = "maxwell",
	.apart = true,
	.options = "maxwell",
	.takes = TAKES_MOVES,
	.typed = true,
	.open = open_maxwell, .change = change, .control = control,
	.finish = finish, .cut = cut, .close = close_maxwell,
	.forget = maxwell_row_forget,
};
