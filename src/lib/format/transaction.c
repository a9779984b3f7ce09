/* SPDX-License-Identifier: MIT */
#include "format/transaction.h"

#include "json/object.h"

enum { COPIED_ROWS = 1000 };    /* of one transaction */

/* Its id, or that of the event; "" of a row that was copied. */
static struct span
id_of(const struct record *rec)
{
	struct span id = member_value(&rec->transaction_block, M_ID);

	if (id.p && id.p[0] == '"')
		return id;
	id = member_value(&rec->block, M_GTID);
	return id.p && id.p[0] == '"' ? id : SPAN("");
}

/* However they are spelled. */
static bool
is_same(struct span a, struct span b)
{
	return span_eq(a, b) || (a.n && b.n && json_same(a, b));
}

unsigned
format_transaction_end(struct format_transaction *t)
{
	bool was = t->open;

	t->open = false;
	return was ? EDGE_ENDS : 0;
}

unsigned
format_transaction_at(struct format_transaction *t, const struct record *rec)
{
	struct span id = id_of(rec);
	unsigned edges;

	if (t->open && is_same(id, buf_view(&t->id)) &&
	    (id.n || t->rows < COPIED_ROWS)) {
		t->rows++;
		return 0;
	}
	edges = format_transaction_end(t) | EDGE_BEGINS;
	t->id.n = 0;
	buf_span(&t->id, id);
	t->open = true;
	t->rows = 1;
	return edges;
}

unsigned
format_transaction_control(struct format_transaction *t,
    const struct record *rec)
{
	bool ends = rec->kind == KIND_HEARTBEAT ?
	    !object_member(rec->body, "end").p :
	    rec->kind == KIND_TRANSACTION && json_is_text(object_member(
	    rec->body, "status"), "END");

	return ends ? format_transaction_end(t) : 0;
}
