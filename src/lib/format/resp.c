/* SPDX-License-Identifier: MIT
 *
 * --to resp: commands of Redis's protocol, as `redis-cli --pipe` takes them: a
 * hash for each row, `HSET table:key column value …`, or --resp-command.
 *
 * A row is written whole, so that it is right whatever was there before it: in
 * a cache a hash may have expired.  NULL is a field that is not there.
 */
#include "format/format.h"
#include "format/format_key.h"
#include "format/format_names.h"
#include "format/placed.h"
#include "format/resp_array.h"

#include <stdlib.h>

#include "base/array.h"

/* What is written again and again for a table. */
struct hashes {
	struct buf prefix;      /* of its keys: "table:" */
	struct buf names;       /* of its columns, as arguments; … */
	size_t *ends;           /* … where each ends, by place */
	size_t n;
};

struct commander {
	struct format_cells cells;
	struct buf key, fields, gone;   /* a key, as an argument; arguments */
	struct buf expire;      /* of EXPIRE: the time, as an argument */
	bool in_ms;
	struct format_names prefixes;
	struct placed placed;   /* of --resp-command */
};

static int
open_commander(struct formatter *f, struct err *err)
{
	struct commander *w = xcalloc(1, sizeof(*w));
	int64_t ms = f->opt->own.expire;
	const struct format_own *own = &f->opt->own;
	struct buf digits = { 0 };

	f->own = w;
	if (own->resp_commands.n && own->expire)
		return err_set(err, ERR_USAGE, "--expire is of hashes, not of "
		    "--resp-command: give an EXPIRE as one");
	if (own->null && !own->resp_commands.n)
		return err_set(err, ERR_USAGE, "--null is of --resp-command: a "
		    "hash has no field that is NULL");
	w->placed.option = "--resp-command";
	resp_commands_need(&own->resp_commands, &w->placed);
	w->in_ms = ms % 1000 != 0;
	buf_u64(&digits, (uint64_t)(w->in_ms ? ms : ms / 1000));
	resp_array_put_argument(&w->expire, buf_view(&digits));
	buf_free(&digits);
	return 0;
}

/* ---- what a table has */

static int
make_hashes(struct formatter *f, struct format_table *table, struct err *err)
{
	struct commander *w = f->own;
	struct hashes *h = xcalloc(1, sizeof(*h));

	table->own = h;
	format_key_put_part(&h->prefix, table->name);
	buf_char(&h->prefix, ':');
	if (format_names_take(&w->prefixes, "keys that begin with",
	    buf_view(&h->prefix), table->db, table->name, err) == 0)
		return 0;
	return err_hint(err, "choose one of them: cdc-filter --include-table");
}

static struct span
name_argument(struct hashes *h, const struct format_table *table, size_t at)
{
	size_t from;

	for (; h->n <= at; *ARRAY_ADD(h->ends, h->n) = h->names.n)
		resp_array_put_argument(&h->names,
		    table->columns[h->n]->text);
	from = at ? h->ends[at - 1] : 0;
	return span_between(h->names.p + from, h->names.p + h->ends[at]);
}

static void
forget(struct format_table *table, bool gone)
{
	struct hashes *h = table->own;

	h->names.n = h->n = 0;
	if (!gone)
		return;
	buf_free(&h->prefix);
	buf_free(&h->names);
	free(h->ends);
	free(h);
	table->own = NULL;
}

/* ---- commands */

static void
begin(struct formatter *f, const char *command, size_t arguments)
{
	const struct commander *w = f->own;
	struct buf *out = &f->out.text;

	resp_array_put(out, arguments + 2);
	resp_array_put_argument(out, span_of(command));
	buf_span(out, buf_view(&w->key));
}

static int
make_key(struct formatter *f, const struct format_change *c, struct err *err)
{
	struct commander *w = f->own;
	struct buf text = w->gone;      /* not in use yet */
	int status;

	if (!c->table->own && make_hashes(f, c->table, err) < 0)
		return -1;
	text.n = w->key.n = 0;
	buf_span(&text, buf_view(&((struct hashes *)c->table->own)->prefix));
	status = format_key_put(f, c, &w->cells, KEY_BYTES, &text, err);
	if (status == 0)
		resp_array_put_argument(&w->key, buf_view(&text));
	w->gone = text;
	return status;
}

/* A hash that is not there yet, or that may have expired, would have some of
 * its fields for ever. */
static int
check_whole(const struct formatter *f, const struct format_change *c,
    struct err *err)
{
	const struct commander *w = f->own;
	bool expires = f->opt->own.expire > 0;

	if ((c->op == 'u' && !expires) ||
	    !format_cells_lack(&w->cells, c->table))
		return 0;
	err_set(err, ERR_DATA, "table %s.%s: a row of which some columns are "
	    "missing, for a hash that %s", c->table->db.p, c->table->name.p,
	    c->op == 'u' ? "may have expired (--expire)" : "is not there yet");
	return err_hint(err, "set binlog_row_image=FULL%s",
	    c->rec->kind == KIND_ROW && c->op == 'r' ? "; a row that was "
	    "updated needs its op (cdc-unwrap --add-fields op)" : "");
}

static int
put_row(struct formatter *f, const struct format_change *c, struct err *err)
{
	struct commander *w = f->own;
	struct hashes *h = c->table->own;
	size_t fields = 0, gone = 0;
	struct format_value v;

	if (format_cells_read(&w->cells, f, c->table, &c->after, err) < 0)
		return -1;
	if (check_whole(f, c, err) < 0)
		return -1;
	w->fields.n = w->gone.n = 0;
	for (size_t i = 0; i < w->cells.n; i++) {
		const struct format_cell *cell = &w->cells.v[i];
		struct span name = name_argument(h, c->table,
		    cell->column->at);

		if (format_key_bytes(f, c->table, cell, &v, err) < 0)
			return -1;
		if (v.kind == VALUE_NULL) {
			buf_span(&w->gone, name);
			gone++;
			continue;
		}
		buf_span(&w->fields, name);
		resp_array_put_argument(&w->fields, v.bytes);
		fields++;
	}
	if (fields) {
		begin(f, "HSET", 2 * fields);
		buf_span(&f->out.text, buf_view(&w->fields));
	}
	if (gone) {
		begin(f, "HDEL", gone);
		buf_span(&f->out.text, buf_view(&w->gone));
	}
	if (f->opt->own.expire) {
		begin(f, w->in_ms ? "PEXPIRE" : "EXPIRE", 1);
		buf_span(&f->out.text, buf_view(&w->expire));
	}
	return 0;
}

static int
refuse_truncate(const struct format_change *c, struct err *err)
{
	err_set(err, ERR_DATA, "a truncate of %s.%s: no command of Redis "
	    "deletes all keys that begin alike", c->table->db.p,
	    c->table->name.p);
	return err_hint(err, "give a --resp-command for it, or leave the "
	    "record out: cdc-filter --op c,u,d,r");
}

static int
put_commands(struct formatter *f, const struct format_change *c,
    struct err *err)
{
	struct commander *w = f->own;
	const struct format_own *own = &f->opt->own;
	struct span null = own->null ? span_of(own->null) :
	    (struct span){ NULL, 0 };
	struct format_change d = *c;

	if (!c->op) {           /* of its row the key is known */
		d.op = 'd';
		d.before = c->key;
	}
	return resp_commands_put(&own->resp_commands, &w->placed, f, &d, null,
	    err);
}

static int
change(struct formatter *f, const struct format_change *c, struct err *err)
{
	if (f->opt->own.resp_commands.n)
		return put_commands(f, c, err);
	if (c->op == 't')
		return refuse_truncate(c, err);
	if (make_key(f, c, err) < 0)
		return -1;
	if (c->op && c->op != 'd')      /* a tombstone is a delete */
		return put_row(f, c, err);
	begin(f, "DEL", 0);
	return 0;
}

static void
close_commander(struct formatter *f)
{
	struct commander *w = f->own;

	format_cells_free(&w->cells);
	buf_free(&w->key);
	buf_free(&w->fields);
	buf_free(&w->gone);
	buf_free(&w->expire);
	format_names_clear(&w->prefixes);
	placed_clear(&w->placed);
	free(w);
}

const struct format format_resp = {
	.name = "resp",
	.apart = true,
	.options = "expire resp-command null raw",
	.takes = TAKES_ROWS | TAKES_LONE_TOMBSTONES, .typed = true,
	.open = open_commander, .change = change,
	.close = close_commander, .forget = forget,
};
