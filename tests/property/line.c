/* Lines in every shape, whose meaning is known because it was chosen. */
#include "property.h"

#include <stdio.h>
#include <string.h>

struct text
topic_of(const struct table *t)
{
	struct buf b = { 0 };
	struct text topic;
	const char *p = t->joined.p, *end = p + t->joined.n;

	put_str(&b, "m.");
	for (; p < end; p++) {
		bool plain = *p > 0 && (strchr("._-", *p) ||
		    (*p >= '0' && *p <= '9') ||
		    ((*p | 32) >= 'a' && (*p | 32) <= 'z'));

		if (plain)
			put(&b, p, 1);
		else if ((*p & 0xc0) != 0x80)   /* a unit of UTF-16: _ */
			put_str(&b, (*p & 0xf8) == 0xf0 ? "__" : "_");
	}
	topic = text_dup(b.p, b.n);
	buf_free(&b);
	return topic;
}

static struct node *
source_make(struct world *w, const struct table *t)
{
	struct node *s = j_object();
	bool whole = !chance(200);

	if (whole) {
		s = with_s(s, "version", j_string(str("0.1.0")));
		s = with_s(s, "connector", j_string(str("mariadb")));
		s = with_s(s, "name", j_string(str("m")));
		s = with_s(s, "ts_ms", j_number(str("1760003600123")));
		s = with_s(s, "snapshot", j_string(str("false")));
	}
	s = with_s(s, "db", j_string(t->db));
	s = with_s(s, "table", j_string(t->name));
	if (!whole)
		return s;
	s = with_s(s, "server_id", j_number(str("1")));
	s = with_s(s, "gtid", j_string(fmt("0-1-%u", w->serial)));
	s = with_s(s, "file", j_string(str("bin.000001")));
	s = with_s(s, "pos", j_number(fmt("%u", w->serial++)));
	s = with_s(s, "row", j_number(str("0")));
	s = with_s(s, "thread", j_word(J_NULL));
	return with_s(s, "query", chance(800) ? j_word(J_NULL) :
	    j_string(str("\"},\"op\":\"t\",\"source\":{\"db\":\"x\"")));
}

static struct node *
transaction_make(struct world *w)
{
	struct node *t = j_object();

	if (chance(200))
		return j_word(J_NULL);
	t = with_s(t, "id", j_string(fmt("0-1-%u", w->serial)));
	t = with_s(t, "total_order", j_number(str("1")));
	return with_s(t, "data_collection_order", j_number(str("1")));
}

static struct node *
column_value(struct world *w, const struct table *t, size_t i)
{
	if (i == t->pooled && !t->hidden[i])
		return chance(100) ? j_word(J_NULL) : w->pool[below(POOL)];
	if (i < t->keys)
		return value_make(false);
	return value_make(t->hidden[i] || (!t->wanted && chance(500)));
}

/* A key's columns are never NULL. */
static struct node *
key_value(struct world *w, const struct table *t, size_t i)
{
	struct node *value = column_value(w, t, i);

	return value->kind == J_NULL ? j_number(str("0")) : value;
}

static struct node *
row_make(struct world *w, const struct table *t)
{
	struct node *row = j_object();

	row->name = arena(sizeof *row->name * COLUMNS);
	row->value = arena(sizeof *row->value * COLUMNS);
	for (size_t i = 0; i < t->columns; i++) {
		row->name[i] = t->column[i];
		row->value[i] = i < t->keys ? key_value(w, t, i) :
		    column_value(w, t, i);
	}
	row->count = t->columns;
	row->ordered = true;
	return row;
}

/* Some columns of a row, or none, changed. */
static struct node *
row_changed(struct world *w, const struct table *t, const struct node *row)
{
	struct node *n = with(row, t->column[0], row->value[0]);

	for (size_t i = t->keys; i < t->columns; i++)
		if (chance(200))
			n->value[i] = column_value(w, t, i);
	return n;
}

static struct node *
key_of(const struct table *t, const struct node *row)
{
	struct node *key = j_object();

	if (!t->keys || row->kind != J_OBJECT)
		return j_word(J_NULL);
	for (size_t i = 0; i < t->keys; i++)
		key = with(key, t->column[i], row->value[i]);
	return key;
}

static struct node *
heartbeat(void)
{
	struct node *p = j_object();

	p = with_s(p, "ts_ms", j_number(str("1760003600123")));
	p = with_s(p, "beat", j_string(str("next")));
	p = with_s(p, "gtid", j_string(str("0-1-7,1-1-368")));
	p = with_s(p, "file", j_string(str("bin.000001")));
	p = with_s(p, "pos", j_number(str("256")));
	p = with_s(p, "source_ts_ms", j_number(str("1760003600123")));
	p = with_s(p, "modes", with_s(j_object(), "decimal",
	    j_string(str("string"))));
	return with_s(p, "filter", j_string(str("cbf29ce484222325")));
}

static struct node *
transaction_record(void)
{
	struct node *p = j_object();
	bool begin = below(2);

	p = with_s(p, "status", j_string(str(begin ? "BEGIN" : "END")));
	p = with_s(p, "id", j_string(str("0-1-7")));
	p = with_s(p, "event_count", begin ? j_word(J_NULL) :
	    j_number(str("3")));
	p = with_s(p, "data_collections", begin ? j_word(J_NULL) :
	    j_array(NULL, 0));
	return with_s(p, "ts_ms", j_number(str("1760003600123")));
}

/* "db"."table", quotes in them doubled */
static struct text
id_of(const struct table *t)
{
	struct text parts[] = { t->db, { t->joined.p + t->db.n + 1,
		t->joined.n - t->db.n - 1 } }, id;
	struct buf b = { 0 };

	for (size_t i = 0; i < 2; i++) {
		put_str(&b, i ? ".\"" : "\"");
		for (size_t k = 0; k < parts[i].n; k++) {
			if (parts[i].p[k] == '"')
				put_str(&b, "\"");
			put(&b, parts[i].p + k, 1);
		}
		put_str(&b, "\"");
	}
	id = text_dup(b.p, b.n);
	buf_free(&b);
	return id;
}

static struct node *
schema_record(struct world *w, const struct table *t)
{
	struct node *p = j_object(), *table = j_object(), *column, *change;
	struct node *columns[COLUMNS];

	for (size_t i = 0; i < t->columns; i++) {
		column = with_s(j_object(), "name", j_string(t->column[i]));
		column = with_s(column, "typeName", j_string(str("INT")));
		columns[i] = with_s(column, "optional", j_word(J_TRUE));
	}
	table = with_s(table, "primaryKeyColumnNames", j_array(NULL, 0));
	table = with_s(table, "columns", j_array(columns, t->columns));
	table = with_s(table, "comment", j_word(J_NULL));
	change = with_s(j_object(), "type", j_string(str("CREATE")));
	change = with_s(change, "id", j_string(id_of(t)));
	change = with_s(change, "table", table);
	p = with_s(p, "source", source_make(w, t));
	p = with_s(p, "ts_ms", j_number(str("1760003600123")));
	p = with_s(p, "databaseName", j_string(t->db));
	p = with_s(p, "schemaName", j_word(J_NULL));
	p = with_s(p, "ddl", j_word(J_NULL));
	return with_s(p, "tableChanges", j_array(&change, 1));
}

/* what a payload lies in */

/* Beside source and op of its own, a payload is a row in no schema. */
static bool
marked(const struct node *line)
{
	return get(line, "op") != NULL;
}

struct node *
payload_of(const struct rec *r)
{
	struct node *p;

	if (r->shape == BARE)
		return r->line;
	p = get(r->line, "payload");
	if (r->shape == KCAT_SCHEMA && p->kind == J_EMBED && !marked(r->line))
		return get(p->value[0], "payload");
	return p->kind == J_EMBED && r->shape != OURS ? p->value[0] : p;
}

void
payload_set(struct rec *r, struct node *payload)
{
	struct node *old;

	if (r->shape == BARE) {
		r->line = payload;
		return;
	}
	if (r->shape == KCAT_SCHEMA && !marked(r->line)) {
		old = get(r->line, "payload");
		payload = with_s(old->value[0], "payload", payload);
	}
	if ((r->shape == KCAT && payload->kind != J_NULL) ||
	    (r->shape == KCAT_SCHEMA && !(marked(r->line) &&
	    payload->kind == J_NULL)))
		payload = j_embed(payload);
	r->line = with_s(r->line, "payload", payload);
}

static struct node *
wrapped(enum shape shape, struct node *n)
{
	struct node *w;

	if (shape == KCAT_SCHEMA) {
		w = with_s(j_object(), "schema", j_word(J_NULL));
		n = with_s(w, "payload", n);
	}
	if (n->kind == J_NULL || shape == OURS)
		return n;
	return j_embed(n);
}

static struct node *
headers_make(enum shape shape)
{
	struct node *h = j_object(), *kcat[4];

	if (shape == OURS) {
		h = with(h, str("a\"b"), j_string(name_make()));
		if (below(2))
			h = with_s(h, "__debezium.newkey", envelope_like());
		return h;
	}
	for (size_t i = 0; i < 4; i++)
		kcat[i] = j_string(name_make());
	return j_array(kcat, 4);
}

/* All in front of payload, of a line that has a topic. */
static struct node *
head_make(enum shape shape, struct text topic, struct node *key)
{
	struct node *l = with_s(j_object(), "topic", j_string(topic));

	if (shape != OURS) {
		l = with_s(l, "partition", j_number(str("0")));
		l = with_s(l, "offset", j_number(str("12345678901")));
		l = with_s(l, "tstype", j_string(str("create")));
		l = with_s(l, "ts", j_number(str("1760003600123")));
		l = with_s(l, "broker", j_number(str("1")));
		if (chance(100))
			l = with_s(l, "headers", headers_make(shape));
		return with_s(l, "key", wrapped(shape, key));
	}
	l = with_s(l, "key", key);
	return chance(100) ? with_s(l, "headers", headers_make(shape)) : l;
}

static void
lay(struct rec *r, struct node *head, struct node *payload)
{
	if (r->shape == BARE) {
		r->line = payload;
		return;
	}
	if (r->shape == SCHEMA)
		r->line = with_s(head, "payload", payload);
	else
		r->line = with_s(head, "payload", wrapped(r->shape ==
		    KCAT_SCHEMA && marked(head) ? KCAT : r->shape, payload));
}

static struct node *
position_in(struct world *w, struct node *head, const struct table *t, char op)
{
	head = with_s(head, "source", source_make(w, t));
	if (w->transactions)
		head = with_s(head, "transaction", transaction_make(w));
	return with_s(head, "op", j_string(text_dup(&op, 1)));
}

static struct node *
envelope_make(struct world *w, const struct table *t, char op,
    struct node **row)
{
	struct node *e = j_object(), *null = j_word(J_NULL);
	struct node *before = null, *after = null;

	*row = null;
	if (op == 'u' || op == 'd')
		*row = before = row_make(w, t);
	if (op == 'u')
		*row = after = row_changed(w, t, before);
	if (op == 'c' || op == 'r')
		*row = after = row_make(w, t);
	e = with_s(e, "before", before);
	e = with_s(e, "after", after);
	e = with_s(e, "source", source_make(w, t));
	e = with_s(e, "op", j_string(text_dup(&op, 1)));
	e = with_s(e, "ts_ms", j_number(str("1760003600999")));
	return w->transactions ?
	    with_s(e, "transaction", transaction_make(w)) : e;
}

static struct node *
empty_head(struct rec *r, struct text topic, struct node *key)
{
	if (r->shape == SCHEMA)
		return with_s(j_object(), "schema", r->what == ENVELOPE ?
		    envelope_like() : j_word(J_NULL));
	if (r->shape == BARE)
		return j_object();
	return head_make(r->shape, topic, key);
}

static void
control_make(struct world *w, struct rec *r)
{
	struct node *p;
	struct text topic = str("m");
	struct node *key = with_s(j_object(), "id", j_string(str("0-1-7")));

	if (r->what == BEAT) {
		p = heartbeat();
		key = with_s(j_object(), "serverName", j_string(str("m")));
		topic = str("__debezium-heartbeat.m");
	} else if (r->what == TXN) {
		p = transaction_record();
		topic = str("m.transaction");
	} else {
		p = schema_record(w, r->table);
		key = with_s(j_object(), "databaseName",
		    j_string(r->table->db));
	}
	lay(r, empty_head(r, topic, key), p);
}

static enum what
what_make(void)
{
	unsigned n = below(100);

	return n < 70 ? ENVELOPE : n < 84 ? ROW : n < 90 ? UNPLACED :
	    n < 94 ? BEAT : n < 97 ? TXN : DDL;
}

/* The tombstone of a delete, in its shape; there is none without a topic. */
static bool
tombstone(struct world *w, const struct rec *d, struct rec *r)
{
	struct node *head = j_object(), *s;
	size_t i;

	if (d->shape == BARE || d->shape == SCHEMA || chance(400) ||
	    (d->shape != OURS && (left_out & NO_TOMBSTONES)))
		return false;
	*r = *d;
	r->what = TOMB;
	r->follows = true;
	for (i = 0; i < d->line->count; i++)
		if (!text_is(d->line->name[i], "payload"))
			head = with(head, d->line->name[i], d->line->value[i]);
	if (d->shape == OURS && !get(head, "source")) {
		s = get(payload_of(d), "source");
		head = with_s(head, "source", s);
		if (w->transactions)
			head = with_s(head, "transaction",
			    get(payload_of(d), "transaction"));
		head = with_s(head, "op", j_string(str("d")));
	}
	r->line = with_s(head, "payload", j_word(J_NULL));
	return true;
}

static const struct table *
open_table(const struct table *t)
{
	struct table *open = arena(sizeof *open);

	*open = *t;
	open->wanted = true;
	for (size_t i = 0; i < t->columns; i++)
		open->hidden[i] = false;
	return open;
}

size_t
line_make(struct world *w, struct rec rec[2])
{
	static const char ops[] = "cccuuuddrt";
	struct rec *r = rec;
	struct node *row, *payload, *head;
	const struct table *t = &w->table[below((unsigned)w->tables)];

	*r = (struct rec){ .shape = (enum shape)below(SHAPES), .table = t,
		.what = what_make(), .op = ops[below(10)] };
	if (r->what == BEAT || r->what == TXN || r->what == DDL) {
		control_make(w, r);
		return 1;
	}
	if (r->what == UNPLACED && (left_out & NO_UNPLACED))
		r->what = ROW;
	if ((r->what == ROW && r->shape == BARE) ||
	    (r->what != ENVELOPE && r->op == 't'))
		r->what = ENVELOPE;
	/* placed by its topic alone, where no list is that leaves it out */
	if (r->what == UNPLACED)
		t = open_table(t);
	payload = envelope_make(w, t, r->op, &row);
	if (r->what == ROW || r->what == UNPLACED)
		payload = row;
	head = empty_head(r, r->op != 'd' && chance(50) ? name_make() :
	    topic_of(t), key_of(t, row));
	if (r->what == ROW)
		head = position_in(w, head, t, r->op);
	lay(r, head, payload);
	return r->op == 'd' && r->what == ENVELOPE &&
	    tombstone(w, r, rec + 1) ? 2 : 1;
}

void
line_write(struct rec *r, struct buf *b, const struct style *style)
{
	size_t from = b->n;

	json_write(b, r->line, style);
	r->bytes = text_dup(b->p + from, b->n - from);
	put(b, "\n", 1);
}
