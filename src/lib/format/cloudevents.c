/* SPDX-License-Identifier: MIT
 *
 * --to cloudevents: CloudEvents 1.0 in structured JSON, one a line, with the
 * attributes that Debezium gives them; with --batch an array of them for each
 * transaction, in the batch format.
 * https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
 *
 * An id is unique in its source: the transaction and the number of the record
 * in it; of a row that was copied its table, its key and the position.
 */
#include "format/format.h"
#include "format/format_time.h"
#include "format/transaction.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/url.h"
#include "io/stop.h"
#include "json/object.h"
#include "json/scan.h"
#include "json/write.h"

struct eventer {
	struct format_transaction transaction;
	struct buf id, text;
	struct buf batch;       /* events of it, without brackets */
	uint64_t events;
};

/* ---- attributes */

/* THE TABLE: Debezium's extensions, which are strings but for the row, and
 * left out where they are null. */
static const struct {
	const char *name;
	enum { OF_SOURCE, OF_TRANSACTION } place;
	enum member_id member;
} extensions[] = {
	{ "version", OF_SOURCE, M_VERSION },
	{ "connector", OF_SOURCE, M_CONNECTOR },
	{ "name", OF_SOURCE, M_NAME }, { "tsms", OF_SOURCE, M_TS_MS },
	{ "snapshot", OF_SOURCE, M_SNAPSHOT }, { "db", OF_SOURCE, M_DB },
	{ "table", OF_SOURCE, M_TABLE },
	{ "serverid", OF_SOURCE, M_SERVER_ID },
	{ "gtid", OF_SOURCE, M_GTID }, { "file", OF_SOURCE, M_FILE },
	{ "pos", OF_SOURCE, M_POS }, { "row", OF_SOURCE, M_ROW },
	{ "thread", OF_SOURCE, M_THREAD }, { "txid", OF_TRANSACTION, M_ID },
	{ "txtotalorder", OF_TRANSACTION, M_TOTAL_ORDER },
	{ "txdatacollectionorder", OF_TRANSACTION, M_DATA_COLLECTION_ORDER },
};

/* A string, but for a number that has to be one. */
static void
put_attribute(struct buf *out, struct span json, bool number)
{
	if (json.p[0] == '"' || number) {
		buf_span(out, json);
		return;
	}
	buf_char(out, '"');
	buf_span(out, json);
	buf_char(out, '"');
}

static void
put_extensions(struct buf *out, const struct record *rec)
{
	size_t n = sizeof(extensions) / sizeof(*extensions);

	for (size_t i = 0; i < n; i++) {
		struct span value = member_value(
		    extensions[i].place == OF_SOURCE ? &rec->block :
		    &rec->transaction_block, extensions[i].member);

		if (!value.p || value.p[0] == 'n' || value.p[0] == '{' ||
		    value.p[0] == '[')
			continue;
		buf_str(out, ",\"iodebezium");
		buf_str(out, extensions[i].name);
		buf_str(out, "\":");
		put_attribute(out, value, extensions[i].member == M_ROW);
	}
}

static void
put_time(struct buf *out, struct span ms)
{
	size_t at = out->n;

	buf_str(out, ",\"time\":\"");
	if (format_time_put(out, ms))
		buf_char(out, '"');
	else
		out->n = at;
}

/* ---- the id */

static void
put_json_text(struct buf *out, struct span json)
{
	struct buf scratch = { 0 };
	struct span text = json_value_text(json, &scratch);

	buf_span(out, text.p ? text : json);
	buf_free(&scratch);
}

/* A row that was copied is in no transaction: it is that row, as it was when
 * the copy was at that place. */
static int
put_copied_id(struct buf *id, const struct format_change *c, struct err *err)
{
	static const enum member_id places[] = { M_GTID, M_FILE, M_POS };
	const struct members *m = &c->rec->block;

	if (!c->key.json.p) {
		err_set(err, ERR_DATA, "table %s.%s: a copied row without a "
		    "key, which nothing tells from others like it",
		    c->table->db.p, c->table->name.p);
		return err_hint(err, "give the table a primary key, or leave "
		    "it out");
	}
	url_put(id, c->table->db);
	buf_char(id, '.');
	url_put(id, c->table->name);
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		struct span value = member_value(m, places[i]);

		buf_char(id, ':');
		if (value.p && value.p[0] != 'n')
			put_json_text(id, value);
	}
	buf_char(id, ':');
	url_put(id, c->key.json);
	return 0;
}

static int
make_id(struct buf *id, const struct format_change *c, struct err *err)
{
	struct span transaction = member_value(&c->rec->transaction_block,
	    M_ID);
	struct span order = member_value(&c->rec->transaction_block,
	    M_TOTAL_ORDER);

	id->n = 0;
	if (transaction.p && transaction.p[0] == '"' && order.p) {
		put_json_text(id, transaction);
		buf_char(id, ':');
		buf_span(id, order);
		return 0;
	}
	if (record_op(c->rec) == 'r')
		return put_copied_id(id, c, err);
	err_set(err, ERR_DATA, "table %s.%s: a record without its transaction "
	    "and number has no id", c->table->db.p, c->table->name.p);
	return err_hint(err, "cdc-tail prints both; cdc-unwrap keeps them");
}

/* ---- events */

/* /debezium/mariadb/NAME */
static void
put_source(struct buf *out, const struct record *rec, struct buf *text)
{
	struct span name = member_value(&rec->block, M_NAME);

	text->n = 0;
	if (name.p && name.p[0] == '"')
		json_unescape(text, json_inside(name));
	buf_str(out, ",\"source\":\"/debezium/mariadb/");
	url_put(out, buf_view(text));
	buf_char(out, '"');
}

static int
put_event(struct eventer *e, const struct format_change *c, struct buf *out,
    struct err *err)
{
	char op[] = { record_op(c->rec), '\0' };

	if (make_id(&e->id, c, err) < 0)
		return -1;
	json_first(out, "id", buf_view(&e->id));
	put_source(out, c->rec, &e->text);
	buf_str(out, ",\"specversion\":\"1.0\",\"type\":"
	    "\"io.debezium.connector.mariadb.DataChangeEvent\"");
	put_time(out, member_value(&c->rec->block, M_TS_MS));
	buf_str(out, ",\"datacontenttype\":\"application/json\","
	    "\"iodebeziumop\":\"");
	buf_str(out, op);
	buf_char(out, '"');
	put_extensions(out, c->rec);
	buf_str(out, ",\"data\":");
	buf_span(out, c->rec->body);
	buf_char(out, '}');
	return 0;
}

/* The batch that is full, or whose transaction ended. */
static void
end_batch(struct formatter *f)
{
	struct eventer *e = f->own;

	if (!e->events)
		return;
	buf_char(&f->out.text, '[');
	buf_span(&f->out.text, buf_view(&e->batch));
	buf_str(&f->out.text, "]\n");
	e->batch.n = e->events = 0;
}

static int
change(struct formatter *f, const struct format_change *c, struct err *err)
{
	struct eventer *e = f->own;

	if (!f->opt->own.batch) {
		if (put_event(e, c, &f->out.text, err) < 0)
			return -1;
		buf_char(&f->out.text, '\n');
		return 0;
	}
	if ((format_transaction_at(&e->transaction, c->rec) & EDGE_ENDS) ||
	    e->events == f->opt->own.batch)
		end_batch(f);
	if (e->events++)
		buf_char(&e->batch, ',');
	return put_event(e, c, &e->batch, err);
}

static int
control(struct formatter *f, struct record *rec, struct err *err)
{
	struct eventer *e = f->own;

	(void)err;
	if (format_transaction_control(&e->transaction, rec))
		end_batch(f);
	return 0;
}

static int
finish(struct formatter *f, struct err *err)
{
	(void)err;
	/* a transaction that was cut off is no batch */
	if (f->failed == ERR_NONE && !stop_requested())
		end_batch(f);
	return 0;
}

static int
open_eventer(struct formatter *f, struct err *err)
{
	(void)err;
	f->own = xcalloc(1, sizeof(struct eventer));
	return 0;
}

static void
close_eventer(struct formatter *f)
{
	struct eventer *e = f->own;

	buf_free(&e->transaction.id);
	buf_free(&e->id);
	buf_free(&e->text);
	buf_free(&e->batch);
	free(e);
}

const struct format format_cloudevents = {
	.name = "cloudevents",
	.apart = true,
	.options = "batch",
	.takes = TAKES_ROWS,
	.open = open_eventer, .change = change, .control = control,
	.finish = finish, .close = close_eventer,
};
