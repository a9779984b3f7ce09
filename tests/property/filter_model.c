/* What the manuals say that becomes of a line: cdc-filter, cdc-route. */
#include "property.h"

#include <string.h>

static bool
begins(struct text name, struct text with)
{
	return name.n >= with.n &&
	    text_fold_eq((struct text){ name.p, with.n }, with);
}

static bool
list_matches(const struct list *l, struct text name)
{
	for (size_t i = 0; i < l->count; i++) {
		const struct pattern *p = &l->p[i];

		if (p->prefix ? begins(name, p->name) :
		    text_fold_eq(name, p->name))
			return true;
	}
	return false;
}

static bool
admitted(const struct list *in, const struct list *out, struct text name)
{
	if (in->count && !list_matches(in, name))
		return false;
	return !list_matches(out, name);
}

static bool
has_tables(const struct filter *f)
{
	return f->include_db.count || f->exclude_db.count ||
	    f->include_table.count || f->exclude_table.count;
}

static bool
has_columns(const struct filter *f)
{
	return f->include_column.count || f->exclude_column.count;
}

bool
table_admitted(const struct filter *f, const struct table *t)
{
	return admitted(&f->include_db, &f->exclude_db, t->db) &&
	    admitted(&f->include_table, &f->exclude_table, t->joined);
}

bool
column_admitted(const struct filter *f, const struct table *t,
    struct text column)
{
	return admitted(&f->include_column, &f->exclude_column,
	    join3(t->joined, str("."), column));
}

/* A value as --where compares it. */
static struct text
as_text(const struct node *v)
{
	switch (v->kind) {
	case J_NULL:
		return str("null");
	case J_TRUE:
		return str("true");
	case J_FALSE:
		return str("false");
	case J_STRING:
	case J_NUMBER:
		return v->text;
	default:
		return str("");
	}
}

/* 1, 0, or -1: how it is written would tell. */
static int
holds(const struct filter *f, const struct node *image)
{
	const struct node *v = get_text(image, f->where_column);

	if (!v)
		return 0;
	if (v->kind == J_OBJECT || v->kind == J_ARRAY || v->kind == J_EMBED)
		return -1;
	return text_eq(as_text(v), as_text(f->where_value));
}

static struct node *
part(const struct rec *r, const char *name)
{
	struct node *p = get(payload_of(r), name);

	return p && p->kind == J_OBJECT ? p : NULL;
}

static void
part_set(struct rec *r, const char *name, struct node *value)
{
	payload_set(r, with_s(payload_of(r), name, value));
	r->bytes.p = NULL;
}

static enum fate
moved(struct rec *r, int was, int is)
{
	if (!was && !is)
		return DROPPED;
	if (was && is)
		return PASSED;
	part_set(r, was ? "after" : "before", j_word(J_NULL));
	part_set(r, "op", j_string(str(was ? "d" : "c")));
	r->op = was ? 'd' : 'c';
	return PASSED;
}

static enum fate
where(const struct filter *f, struct rec *r)
{
	int was, is;

	if (r->op == 't')
		return PASSED;
	if (r->what == ROW) {
		if (f->image != IMAGE_ANY || f->partition)
			return SKIPPED;
		was = is = holds(f, payload_of(r));
	} else {
		was = holds(f, part(r, "before"));
		is = holds(f, part(r, "after"));
	}
	if (was < 0 || is < 0)
		return SKIPPED;
	if (f->partition && r->op == 'u')
		return moved(r, was, is);
	if (f->image == IMAGE_BEFORE)
		is = 0;
	if (f->image == IMAGE_AFTER)
		was = 0;
	return was || is ? PASSED : DROPPED;
}

/* Where a row without source comes from: the last parts of its topic. */
static const struct table *
placed(const struct rec *r)
{
	struct node *topic = r->shape == BARE ? NULL : get(r->line, "topic");
	struct table *t = arena(sizeof *t);
	const char *db, *name, *end;

	if (!topic || topic->kind != J_STRING)
		return NULL;
	end = topic->text.p + topic->text.n;
	if (!(name = memrchr(topic->text.p, '.', topic->text.n)))
		return NULL;
	db = memrchr(topic->text.p, '.', (size_t)(name - topic->text.p));
	db = db ? db + 1 : topic->text.p;
	if (name == db || name + 1 == end)
		return NULL;
	*t = (struct table){ .db = { db, (size_t)(name - db) },
		.name = { name + 1, (size_t)(end - name - 1) },
		.joined = { db, (size_t)(end - db) } };
	return t;
}

static bool
unchanged(const struct filter *f, const struct rec *r)
{
	const struct node *before = part(r, "before"), *after = part(r, "after");

	for (size_t i = 0; i < after->count; i++)
		if (column_admitted(f, r->table, after->name[i]) &&
		    !json_same(after->value[i],
		    get_text(before, after->name[i])))
			return false;
	return true;
}

static struct node *
stripped(const struct filter *f, const struct table *t, struct node *row)
{
	struct node *n = row;

	for (size_t i = 0; i < row->count; i++)
		if (!column_admitted(f, t, row->name[i]))
			n = without(n, row->name[i]);
	return n;
}

/* The statement may tell values of all columns. */
static void
hide_query(struct rec *r)
{
	bool beside = r->what == ROW || r->what == TOMB;
	struct node *holder = beside ? r->line : payload_of(r);
	struct node *source = r->what == UNPLACED ? NULL :
	    get(holder, "source"), *query;

	if (!source || source->kind != J_OBJECT ||
	    !(query = get(source, "query")) || query->kind == J_NULL)
		return;
	holder = with_s(holder, "source", with_s(source, "query",
	    j_word(J_NULL)));
	if (beside)
		r->line = holder;
	else
		payload_set(r, holder);
	r->bytes.p = NULL;
}

static void
strip(const struct filter *f, struct rec *r)
{
	static const char *const images[] = { "before", "after" };
	struct node *row, *n;

	if (!has_columns(f))
		return;
	if (r->what == ROW || r->what == UNPLACED) {
		row = payload_of(r);
		n = stripped(f, r->table, row);
		if (n->count != row->count) {
			payload_set(r, n);
			r->bytes.p = NULL;
		}
		return;
	}
	for (size_t i = 0; i < 2; i++) {
		if (!(row = part(r, images[i])))
			continue;
		n = stripped(f, r->table, row);
		if (n->count != row->count)
			part_set(r, images[i], n);
	}
}

static enum fate
row_fate(struct filter *f, struct rec *r)
{
	enum fate fate;

	/* --op of what was, or of what it becomes? */
	if (f->ops[0] && f->partition && r->op == 'u')
		return SKIPPED;
	if (f->ops[0] && !strchr(f->ops, r->op))
		return DROPPED;
	if (f->where && (fate = where(f, r)) != PASSED)
		return fate;
	if (f->skip_unchanged && r->what == ENVELOPE && r->op == 'u' &&
	    unchanged(f, r))
		return DROPPED;
	strip(f, r);
	return PASSED;
}

static bool
needs_more(const struct filter *f)
{
	return f->ops[0] || f->skip_unchanged || f->partition ||
	    f->image != IMAGE_ANY;
}

/* A heartbeat tells a sink what has been left out on the way. */
static void
beat_through(const struct filter *f, struct rec *r)
{
	if (!has_tables(f) && !has_columns(f) && !f->where && !f->ops[0])
		return;
	part_set(r, "filter", j_word(J_ANY));
	part_set(r, "lists", j_word(J_ANY));
}

static bool
part_empty(struct text topic)
{
	return !topic.n || topic.p[0] == '.' ||
	    topic.p[topic.n - 1] == '.' || memmem(topic.p, topic.n, "..", 2);
}

static enum fate
unplaced_fate(const struct filter *f, struct rec *r)
{
	int is;
	struct node *topic = get(r->line, "topic");

	if (!has_tables(f) && !has_columns(f) && !f->where && !needs_more(f))
		return PASSED;
	if (r->shape != BARE && topic && part_empty(topic->text))
		return SKIPPED;
	if (!(r->table = placed(r)))
		return f->where || needs_more(f) ? SKIPPED : REFUSED;
	if (needs_more(f))
		return SKIPPED;
	if (!table_admitted(f, r->table))
		return DROPPED;
	if (f->where && (is = holds(f, payload_of(r))) < 1)
		return is ? SKIPPED : DROPPED;
	strip(f, r);
	return PASSED;
}

static bool
said_by_topic(const struct rec *r)
{
	const struct table *t = placed(r);

	return t && text_eq(t->joined, r->table->joined) &&
	    text_eq(t->db, r->table->db);
}

static enum fate
judged(struct filter *f, struct rec *r)
{
	enum fate fate;

	if (f->include_table.count && r->what != BEAT && r->what != TXN &&
	    r->table && memchr(r->table->db.p, '.', r->table->db.n)) {
		f->kept_delete = false;
		return SKIPPED;         /* which dot does the list mean? */
	}
	switch (r->what) {
	case BEAT:
		beat_through(f, r);
		return PASSED;
	case TXN:
		return PASSED;
	case UNPLACED:
		return unplaced_fate(f, r);
	case DDL:
		if (!table_admitted(f, r->table))
			return DROPPED;
		return has_columns(f) ? SKIPPED : PASSED;
	case TOMB:
		if (r->follows && !get(r->line, "source") &&
		    (has_tables(f) || has_columns(f)) && !said_by_topic(r))
			return SKIPPED;
		if (r->follows)
			return f->kept_delete ? PASSED : DROPPED;
		if (!table_admitted(f, r->table) ||
		    (f->ops[0] && !strchr(f->ops, 'd')))
			return DROPPED;
		return f->where ? SKIPPED : PASSED;
	default:
		break;
	}
	fate = table_admitted(f, r->table) ? row_fate(f, r) : DROPPED;
	f->kept_delete = fate == PASSED;
	return fate;
}

enum fate
filter_model(struct filter *f, struct rec *r)
{
	enum fate fate = judged(f, r);

	if (fate == PASSED && has_columns(f))
		hide_query(r);
	return fate;
}

/* route */

static struct text
shortened(struct text topic)
{
	const char *one = memchr(topic.p, '.', topic.n), *two;
	const char *end = topic.p + topic.n;
	struct text none = { 0 };

	if (!one || one == topic.p)
		return none;
	two = memchr(one + 1, '.', (size_t)(end - one - 1));
	if (!two || two == one + 1 || two + 1 == end ||
	    memchr(two + 1, '.', (size_t)(end - two - 1)))
		return none;
	return join3((struct text){ topic.p, (size_t)(one - topic.p) },
	    str("-"), (struct text){ two + 1, (size_t)(end - two - 1) });
}

static struct text
routed(const struct route *o, struct text topic)
{
	switch (o->rule) {
	case R_ALL:
		return join3(str("x\""), topic, str("\\"));
	case R_THREE:
		return shortened(topic);
	case R_ONE:
		if (text_eq(topic, o->one))
			return o->becomes;
		break;
	default:
		break;
	}
	return (struct text){ 0 };
}

/* The key as an object, or NULL. */
struct node *
key_of_line(const struct rec *r)
{
	struct node *k = r->shape == BARE || r->shape == SCHEMA ? NULL :
	    get(r->line, "key");

	if (k && k->kind == J_EMBED)
		k = k->value[0];
	if (k && r->shape == KCAT_SCHEMA)
		k = get(k, "payload");
	return k && k->kind == J_OBJECT ? k : NULL;
}

void
key_set(struct rec *r, struct node *key)
{
	struct node *k = get(r->line, "key");

	if (r->shape == KCAT_SCHEMA)
		key = with_s(k->value[0], "payload", key);
	if (k->kind == J_EMBED)
		key = j_embed(key);
	r->line = with_s(r->line, "key", key);
	r->bytes.p = NULL;
}

enum fate
route_model(const struct route *o, struct rec *r)
{
	struct node *topic = get(r->line, "topic"), *key;
	struct text to;

	if (r->shape == BARE || r->shape == SCHEMA)
		return PASSED;
	if (topic->kind == J_ANY)
		return SKIPPED;
	to = routed(o, topic->text);
	if (!to.p)
		return PASSED;
	r->line = with_s(r->line, "topic", j_string(to));
	r->bytes.p = NULL;
	if (o->key && (key = key_of_line(r))) {
		if (get(key, "shard"))
			return SKIPPED;
		key_set(r, with_s(key, "shard", topic));
	}
	return PASSED;
}
