/* What the manuals say that becomes of a line: cdc-unwrap, cdc-audit, pipes. */
#include "property.h"

#include <string.h>

static bool
rewrites(const struct unwrap *u)
{
	return u->deletes == D_REWRITE || u->deletes == D_REWRITE_TOMBSTONE;
}

static void
header_add(struct rec *r, const char *name, struct node *value)
{
	struct node *h = get(r->line, "headers"), *all[16];
	size_t n = h ? h->count : 0;

	if (r->shape == OURS) {
		h = with_s(h ? h : j_object(), name, value);
	} else {
		for (size_t i = 0; i < n; i++)
			all[i] = h->value[i];
		all[n] = j_string(str(name));
		all[n + 1] = value;
		h = j_array(all, n + 2);
	}
	r->line = with_s(r->line, "headers", h);
	r->bytes.p = NULL;
}

static enum fate
headers_add(const struct unwrap *u, struct rec *r, const struct node *source)
{
	static const char op_name[] = "__op", db_name[] = "__db";

	if (!u->headers)
		return PASSED;
	if (r->shape == BARE || r->shape == SCHEMA)
		return SKIPPED;
	if (r->shape == OURS && (get(get(r->line, "headers"), op_name) ||
	    get(get(r->line, "headers"), db_name)))
		return SKIPPED;
	header_add(r, op_name, j_string(text_dup(&r->op, 1)));
	if (source)
		header_add(r, db_name, get(source, "db"));
	return PASSED;
}

static struct node *
field(struct node *row, const char *name, struct node *value)
{
	return value ? with_s(row, name, value) : row;
}

static struct node *
image(const struct rec *r)
{
	return get(payload_of(r), r->op == 'd' ? "before" : "after");
}

/* Has the row a column of the name of one that is added? */
static bool
collides(const struct unwrap *u, const struct node *row)
{
	return (rewrites(u) && get(row, "__deleted")) ||
	    (u->diff && get(row, "__diff")) ||
	    (u->fields && (get(row, "__op") || get(row, "__table") ||
	    get(row, "__source_pos")));
}

/* Is the update one whose images have the same columns? */
static bool
compares(const struct unwrap *u, const struct rec *r)
{
	struct node *e = payload_of(r);
	struct node *before = get(e, "before"), *after = get(e, "after");

	if (r->op != 'u' || (!u->diff && !u->only_changed))
		return true;
	if (!before || before->kind != J_OBJECT ||
	    before->count != after->count)
		return false;
	for (size_t i = 0; i < after->count; i++)
		if (!get_text(before, after->name[i]))
			return false;
	return true;
}

/* {"column":{"old":…,"new":…}} of those that changed. */
static struct node *
diff_of(const struct unwrap *u, const struct rec *r)
{
	struct node *e = payload_of(r), *n = j_object();
	struct node *before = get(e, "before"), *after = get(e, "after");

	for (size_t i = 0; r->op == 'u' && i < after->count; i++) {
		struct node *old = get_text(before, after->name[i]);

		if (json_same(old, after->value[i]) ||
		    (u->drop && text_eq(after->name[i], u->dropped)))
			continue;
		n = with(n, after->name[i], with_s(with_s(j_object(), "old",
		    old), "new", after->value[i]));
	}
	return n;
}

/* The row after with its key and what changed. */
static struct node *
changed_row(const struct rec *r)
{
	struct node *e = payload_of(r), *key = key_of_line(r);
	struct node *before = get(e, "before"), *after = get(e, "after");
	struct node *row = j_object();

	if (r->op != 'u' || !key)
		return image(r);
	for (size_t i = 0; i < after->count; i++)
		if (get_text(key, after->name[i]) || !json_same(get_text(
		    before, after->name[i]), after->value[i]))
			row = with(row, after->name[i], after->value[i]);
	return row;
}

static struct node *
row_of(const struct unwrap *u, const struct rec *r)
{
	struct node *e = payload_of(r);
	struct node *row = u->only_changed ? changed_row(r) : image(r);

	if (u->drop)
		row = without(row, u->dropped);
	if (rewrites(u))
		row = field(row, "__deleted", j_string(str(r->op == 'd' ?
		    "true" : "false")));
	if (u->fields) {
		row = field(row, "__op", get(e, "op"));
		row = field(row, "__table", get(get(e, "source"), "table"));
		row = field(row, "__source_pos", get(get(e, "source"), "pos"));
	}
	if (u->diff)
		row = field(row, "__diff", diff_of(u, r));
	return row;
}

static void
key_dropped(const struct unwrap *u, struct rec *r)
{
	struct node *key = key_of_line(r);

	if (u->drop_key && key && get_text(key, u->dropped))
		key_set(r, without(key, u->dropped));
}

/* The envelope's members that move to the line. */
static void
positioned(struct rec *r)
{
	static const char *const names[] = { "source", "transaction", "op" };
	struct node *e = payload_of(r), *v;

	if (r->shape == BARE)
		return;
	for (size_t i = 0; i < 3; i++)
		if ((v = get(e, names[i])))
			r->line = with_s(r->line, names[i], v);
	if (r->shape == SCHEMA)
		r->line = with_s(r->line, "schema", j_word(J_NULL));
}

static enum fate
envelope_unwrapped(const struct unwrap *u, struct rec *r)
{
	struct node *source = get(payload_of(r), "source"), *row;
	bool gone = r->op == 'd' && !rewrites(u);

	if (r->op == 't' || (gone && u->deletes == D_DROP))
		return DROPPED;
	if ((gone && r->shape == BARE) || collides(u, image(r)) ||
	    !compares(u, r))
		return SKIPPED;
	row = gone ? j_word(J_NULL) : row_of(u, r);
	key_dropped(u, r);
	positioned(r);
	payload_set(r, row);
	r->bytes.p = NULL;
	r->what = r->shape == BARE ? UNPLACED : gone ? TOMB : ROW;
	return headers_add(u, r, gone ? NULL : source);
}

/* Of a row already, columns are left out, too. */
static enum fate
row_dropped(const struct unwrap *u, struct rec *r)
{
	struct node *row = payload_of(r);

	if (!u->drop)
		return PASSED;
	if (row->kind != J_OBJECT)
		return SKIPPED;
	if (get_text(row, u->dropped)) {
		payload_set(r, without(row, u->dropped));
		r->bytes.p = NULL;
	}
	key_dropped(u, r);
	return PASSED;
}

static enum fate
unwrap_model(const struct unwrap *u, struct rec *r)
{
	if (r->what == ENVELOPE)
		return envelope_unwrapped(u, r);
	if (r->what == ROW || r->what == UNPLACED)
		return row_dropped(u, r);
	if (r->what != TOMB)
		return PASSED;
	if (u->deletes != D_REWRITE_TOMBSTONE)
		return DROPPED;
	if ((left_out & NO_TOMBSTONES) && (u->drop_key || u->headers))
		return SKIPPED;
	key_dropped(u, r);
	return headers_add(u, r, NULL);
}

/* audit */

static struct node *
changed_fields(const struct audit *a, const struct rec *r)
{
	struct node *e = payload_of(r);
	struct node *before = get(e, "before"), *after = get(e, "after");
	struct node *names[COLUMNS];
	size_t n = 0;

	if (r->op != 'u')
		return j_word(J_NULL);
	if (!a->plain)
		return j_word(J_ANY);
	for (size_t i = 0; i < after->count; i++)
		if (!json_same(get_text(before, after->name[i]),
		    after->value[i]))
			names[n++] = j_string(after->name[i]);
	return j_embed(j_array(names, n));
}

static struct node *
or_null(struct node *image)
{
	return image->kind == J_OBJECT ? j_embed(image) : image;
}

static struct node *
audit_row(const struct audit *a, const struct rec *r)
{
	struct node *e = payload_of(r), *s = get(e, "source"), *n = j_object();
	struct node *file = get(s, "file"), *pos = get(s, "pos");
	struct node *key = key_of_line(r);
	const char *operation = r->op == 'u' ? "UPDATE" :
	    r->op == 'd' || r->op == 't' ? "DELETE" : "INSERT";

	n = with_s(n, "source_database", get(s, "db"));
	n = with_s(n, "source_table", get(s, "table"));
	n = with_s(n, "source_position", !file ? j_word(J_NULL) :
	    j_string(join3(file->text, str(":"), pos->text)));
	n = with_s(n, "operation", j_string(str(operation)));
	n = with_s(n, "record_key", j_embed(key ? key : j_object()));
	n = with_s(n, "data_before", or_null(get(e, "before")));
	n = with_s(n, "data_after", or_null(get(e, "after")));
	n = with_s(n, "changed_fields", changed_fields(a, r));
	n = with_s(n, "event_timestamp", !get(s, "ts_ms") ? j_word(J_ANY) :
	    j_string(str("2025-10-09 09:53:20.123000")));
	n->ordered = true;
	return n;
}

static const struct table audit_table = {
	.db = { "audit", 5 }, .name = { "audit_trail", 11 },
	.joined = { "audit.audit_trail", 17 },
};

static void
audited(const struct audit *a, struct rec *r)
{
	struct node *row = audit_row(a, r), *e = payload_of(r);
	struct node *source = get(e, "source"), *key;

	source = with_s(source, "db", j_string(audit_table.db));
	source = with_s(source, "table", j_string(audit_table.name));
	e = with_s(e, "before", j_word(J_NULL));
	e = with_s(e, "after", row);
	e = with_s(e, "source", source);
	e = with_s(e, "op", j_string(str("c")));
	payload_set(r, e);
	r->op = 'c';
	r->table = &audit_table;
	r->bytes.p = NULL;
	if (r->shape == SCHEMA)
		r->line = with_s(r->line, "schema", j_word(J_NULL));
	if (r->shape == BARE || r->shape == SCHEMA)
		return;
	key = j_word(J_NULL);
	if (r->shape == KCAT_SCHEMA && get(r->line, "key")->kind == J_EMBED)
		key = j_embed(with_s(get(r->line, "key")->value[0], "payload",
		    key));
	r->line = with_s(r->line, "key", key);
	r->line = with_s(r->line, "topic", j_word(J_ANY));
}

static enum fate
audit_model(const struct audit *a, struct rec *r)
{
	switch (r->what) {
	case BEAT:
	case TXN:
		return PASSED;
	case TOMB:
	case DDL:
		return DROPPED;
	case ROW:
	case UNPLACED:
		return REFUSED;
	default:
		break;
	}
	if (r->op == 'r' && !a->reads)
		return DROPPED;
	audited(a, r);
	return PASSED;
}

static bool
only(const struct node *object, const char *const *names)
{
	for (size_t i = 0; i < object->count; i++) {
		const char *const *n = names;

		while (*n && !text_is(object->name[i], *n))
			n++;
		if (!*n)
			return false;
	}
	return true;
}

static bool
is_kind(const struct node *n, enum kind kind)
{
	return n && n->kind == kind;
}

/* A row that could be something else: an error, or left open. */
static enum fate
ambiguous(const struct rec *r)
{
	static const char *const envelope[] = { "source", "op", "before",
		"after", "ts_ms", "ts_us", "ts_ns", "transaction", NULL };
	static const char *const line[] = { "topic", "key", "headers",
		"payload", "source", "op", "transaction", "schema",
		"partition", "offset", "timestamp", "tstype", "ts", "broker",
		"key_error", "payload_error", "key_schema_id",
		"value_schema_id", NULL };
	const struct node *row = payload_of(r), *op, *source;
	const struct node *before, *after;

	if (r->what != UNPLACED || row->kind != J_OBJECT)
		return PASSED;
	if (r->shape == BARE && get(row, "payload") && only(row, line))
		return SKIPPED;
	op = get(row, "op");
	source = get(row, "source");
	before = get(row, "before");
	after = get(row, "after");
	if (is_kind(before, J_OBJECT) || is_kind(after, J_OBJECT))
		return REFUSED;
	if (is_kind(source, J_OBJECT) && (op ||
	    (is_kind(get(source, "db"), J_STRING) &&
	    is_kind(get(source, "table"), J_STRING))))
		return REFUSED;
	if (only(row, envelope) && (is_kind(before, J_NULL) ||
	    is_kind(after, J_NULL) || (is_kind(op, J_STRING) &&
	    op->text.n == 1 && strchr("cudrt", *op->text.p))))
		return REFUSED;
	return PASSED;
}

static enum fate
stage_model(struct stage *s, struct rec *r)
{
	enum fate fate = ambiguous(r);

	if (fate != PASSED)
		return fate;
	switch (s->tool) {
	case FILTER:
		return filter_model(&s->filter, r);
	case UNWRAP:
		return unwrap_model(&s->unwrap, r);
	case ROUTE:
		return route_model(&s->route, r);
	case MASK:
		return mask_model(&s->filter, r);
	default:
		return audit_model(&s->audit, r);
	}
}

enum fate
pipeline_model(struct pipeline *p, struct rec *r, size_t *stage)
{
	enum fate fate = PASSED;

	for (*stage = 0; *stage < p->stages && fate == PASSED; ++*stage)
		fate = stage_model(&p->stage[*stage], r);
	if (fate != PASSED)
		--*stage;
	return fate;
}
