/* SPDX-License-Identifier: MIT
 *
 * --to kcat: messages of one topic as `kcat -P -K $'\t' -Z` reads them.
 *
 * kcat gives all messages of a run the same topic, partition and headers.  So
 * records of two topics, or with headers of their own, are refused.
 */
#include "format/format.h"
#include "format/kcat_line.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "json/object.h"
#include "json/scan.h"

/* Where messages go: stdout, or (--split) a file for each table. */
struct outlet {
	bool used;
	struct buf topic;       /* as it stands in the record */
	struct format_file *file;
};

static int
open_outlet(struct formatter *f, struct err *err)
{
	(void)err;
	f->own = xcalloc(1, sizeof(struct outlet));
	return 0;
}

static void
forget(struct format_table *table, bool gone)
{
	struct outlet *o = table->own;

	if (!gone)
		return;
	buf_free(&o->topic);
	free(o);
	table->own = NULL;
}

static struct outlet *
outlet_of(struct formatter *f, struct format_table *table)
{
	struct outlet *o;

	if (!f->opt->own.split)
		return f->own;
	if (!table->own) {
		o = table->own = xcalloc(1, sizeof(*o));
		o->file = format_output_file(&f->out, f->opt->own.split,
		    table->db, table->name, 1, ".kcat");
	}
	return table->own;
}

static int
take_topic(struct outlet *o, const struct format_change *c, struct err *err)
{
	struct span topic = c->rec->topic.p ? c->rec->topic : SPAN("");

	if (!o->used)
		buf_span(&o->topic, topic);
	o->used = true;
	if (span_eq(topic, buf_view(&o->topic)) ||
	    (topic.n && o->topic.n && json_same(topic, buf_view(&o->topic))))
		return 0;
	err_set(err, ERR_DATA, "table %s.%s: a second topic, %.*s after %.*s",
	    c->table->db.p, c->table->name.p, (int)topic.n, topic.p,
	    (int)o->topic.n, o->topic.n ? o->topic.p : "");
	return err_hint(err, o->file ? "a table's file is of one topic: "
	    "leave out cdc-route" : "kcat -P writes to one topic: keep one "
	    "table (cdc-filter --include-table), or write a file for each "
	    "(--split DIR)");
}

/* What no line can say. */
static int
check(const struct formatter *f, const struct format_change *c,
    struct err *err)
{
	const struct record *rec = c->rec;

	if (rec->headers.p && rec->headers.p[0] != 'n' &&
	    !f->opt->own.drop_headers) {
		err_set(err, ERR_DATA, "table %s.%s: a record with headers, "
		    "which kcat -P cannot give to one message: %.*s%s",
		    c->table->db.p, c->table->name.p,
		    SPAN_SHOWN(rec->headers, 80));
		return err_hint(err, "--drop-headers leaves them out");
	}
	if (!rec->partition.p || rec->offset.p)
		return 0;
	err_set(err, ERR_DATA, "table %s.%s: a record for partition %.*s, "
	    "which kcat -P cannot give to one message", c->table->db.p,
	    c->table->name.p, (int)rec->partition.n, rec->partition.p);
	return err_hint(err, "run one kcat -p for each partition, as "
	    "cdc-route(1) shows, or leave out cdc-route --partitions");
}

/* The key as it stands in the line, with its schema if it has one; of kcat -J
 * it is a string that holds it. */
static struct span
key_of(struct formatter *f, const struct record *rec)
{
	struct span key = member_value(&rec->members, M_KEY);

	if (!key.p || span_is(key, "null"))
		return (struct span){ NULL, 0 };
	if (!rec->kcat || key.p[0] != '"')
		return key;
	f->scratch.n = 0;
	json_unescape(&f->scratch, json_inside(key));
	return buf_view(&f->scratch);
}

/* Debezium's schema stays beside what it is of. */
static struct span
value_of(const struct format_change *c)
{
	const struct record *rec = c->rec;

	if (!c->op)
		return (struct span){ NULL, 0 };
	if (!rec->schema.p)
		return rec->body;
	return rec->wrapper.p ? rec->wrapper : rec->line.text;
}

static int
change(struct formatter *f, const struct format_change *c, struct err *err)
{
	struct outlet *o = outlet_of(f, c->table);

	if (take_topic(o, c, err) < 0 || check(f, c, err) < 0)
		return -1;
	f->out.to = o->file;
	if (kcat_line_put(&f->out.text, key_of(f, c->rec), value_of(c)))
		return 0;
	err_set(err, ERR_DATA, "table %s.%s: a key with a tab or the end of a "
	    "line in it", c->table->db.p, c->table->name.p);
	return err_hint(err, "it stands between parts of the key's JSON, where "
	    "cdc-tail prints nothing: jq -c takes it out");
}

static void
close_outlet(struct formatter *f)
{
	struct outlet *o = f->own;

	buf_free(&o->topic);
	free(o);
}

const struct format format_kcat = {
	.name = "kcat",
	.apart = true,
	.options = "split drop-headers",
	.takes = TAKES_ROWS | TAKES_TOMBSTONES,
	.open = open_outlet, .change = change, .close = close_outlet,
	.forget = forget,
};
