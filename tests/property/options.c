/* Tools with options, and the tables and columns that those leave out. */
#include "property.h"

#include <ctype.h>
#include <string.h>

const char *const tool_names[TOOLS] = {
	"cdc-filter", "cdc-unwrap", "cdc-route", "cdc-audit", "cdc-mask"
};

static void
arg(struct stage *s, struct text a)
{
	if (s->args < ARGS - 1)
		s->arg[s->args++] = text_dup(a.p, a.n).p;
}

static void
option(struct stage *s, const char *name, struct text value)
{
	arg(s, str(name));
	arg(s, value);
}

static bool
plain(int c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') ||
	    c == '_' || c < 0 || c == '-';
}

/* A name as a regular expression in a list, whose commas separate. */
static struct text
quoted(struct text name, bool prefix)
{
	struct buf b = { 0 };
	struct text t;

	put_str(&b, "");
	for (size_t i = 0; i < name.n; i++) {
		int c = name.p[i];

		if (plain(c))
			put(&b, name.p + i, 1);
		else if (c <= ' ' || c == ',' || c == 127 || chance(200))
			put_str(&b, fmt("\\x%02x", c).p);
		else
			put_str(&b, fmt("\\%c", c).p);
	}
	put_str(&b, prefix ? ".*" : "");
	t = text_dup(b.p, b.n);
	buf_free(&b);
	return t;
}

/* The beginning of a name, of whole characters. */
static struct text
beginning(struct text name)
{
	size_t n = below((unsigned)name.n + 1);

	while (n < name.n && (name.p[n] & 0xc0) == 0x80)
		n++;
	return (struct text){ name.p, n };
}

static void
list_add(struct stage *s, struct list *l, const char *name, struct text what)
{
	struct pattern p = { what, chance(300) };

	if (p.prefix)
		p.name = beginning(what);
	if (!p.prefix && !what.n)
		p.prefix = true;
	l->p[l->count++] = p;
	option(s, name, quoted(p.name, p.prefix));
}

/* Lists of Canal are lists, too, but a backslash in a name would be twice in
 * an expression, which they refuse. */
static const char *
list_of(const struct stage *s, struct text name, const char *ours,
    const char *canals)
{
	return s->tool == FILTER && chance(300) && !(name.n &&
	    memchr(name.p, '\\', name.n)) ? canals : ours;
}

static void
table_lists(struct stage *s, struct world *w)
{
	struct filter *f = &s->filter;
	struct table *t;

	for (size_t i = below(3); i; i--) {
		t = &w->table[below((unsigned)w->tables)];
		switch (below(6)) {
		case 0:
			list_add(s, &f->include_db, "--include-db", t->db);
			break;
		case 1:
			list_add(s, &f->exclude_db, "--exclude-db", t->db);
			break;
		case 2:
		case 3:
			list_add(s, &f->include_table, list_of(s, t->joined,
			    below(2) ? "-t" : "--include-table",
			    "--canal-filter"), t->joined);
			break;
		default:
			list_add(s, &f->exclude_table, list_of(s, t->joined,
			    "--exclude-table", "--canal-black-filter"),
			    t->joined);
		}
	}
}

static void
column_lists(struct stage *s, struct world *w)
{
	struct filter *f = &s->filter;
	bool include = chance(300);

	for (size_t i = below(4); i; i--) {
		struct table *t = &w->table[below((unsigned)w->tables)];
		struct text column = t->column[below((unsigned)t->columns)];

		list_add(s, include ? &f->include_column : &f->exclude_column,
		    include ? "--include-column" : "--exclude-column",
		    join3(t->joined, str("."), column));
	}
}

static bool
sayable(struct text name)
{
	return name.n && !memchr(name.p, 0, name.n) &&
	    !memchr(name.p, ',', name.n);
}

/* May --where be COLUMN=VALUE?  What is not is SQL, of which
 * tests/server/where.t asks a server. */
static bool
needs_no_quotes(struct text column, struct text value)
{
	for (size_t i = 0; i < column.n; i++) {
		unsigned char c = (unsigned char)column.p[i];

		if (c < 0x80 && !isalnum(c) && c != '_' && c != '$')
			return false;
	}
	for (size_t i = 0; i < value.n; i++)
		if (!value.p[i] || strchr(" '\"`()=<>!&|", value.p[i]))
			return false;
	return column.n > 0;
}

static void
conditions(struct stage *s, struct world *w)
{
	struct filter *f = &s->filter;
	struct table *t = &w->table[below((unsigned)w->tables)];
	struct text column = t->column[t->pooled];
	const struct node *value = w->pool[below(POOL)];

	if (chance(300)) {
		strcpy(f->ops, (const char *[]){ "c", "u", "d", "ct", "cud",
		    "r" }[below(6)]);
		arg(s, str("--op"));
		arg(s, f->ops[1] == 't' ? str("c,t") :
		    f->ops[1] ? str("c,u,d") : str(f->ops));
	}
	if (chance(300) && needs_no_quotes(column, value->text)) {
		f->where = true;
		f->where_column = column;
		f->where_value = value;
		option(s, "--where", join3(column, str("="), value->text));
		f->partition = chance(300);
		if (f->partition) {
			arg(s, str("--partition-moves"));
		} else if (chance(300)) {
			f->image = 1 + below(2);
			option(s, "--where-image", str(f->image ==
			    IMAGE_BEFORE ? "before" : "after"));
		}
	}
	if (chance(150)) {
		f->skip_unchanged = true;
		arg(s, str("--skip-unchanged"));
		w->style = (struct style){ 0 };
	}
}

static void
filter_make(struct stage *s, struct world *w)
{
	if (chance(100))
		return;
	if (chance(600))
		table_lists(s, w);
	if (chance(400))
		column_lists(s, w);
	if (chance(500))
		conditions(s, w);
}

static void
unwrap_make(struct stage *s, struct world *w)
{
	static const char *const modes[] = { "tombstone", "drop", "rewrite",
		"rewrite-with-tombstone", "delete-to-tombstone" };
	struct unwrap *u = &s->unwrap;
	struct table *t = &w->table[below((unsigned)w->tables)];
	bool alike = !w->style.escape && !w->style.shuffle && !w->style.space;

	u->deletes = below(5);
	if (u->deletes != D_TOMBSTONE || below(2))
		option(s, "--deletes", str(modes[u->deletes]));
	if (chance(300)) {
		u->fields = true;
		option(s, "--add-fields", str("op,table,source.pos"));
	}
	if (chance(200)) {
		u->headers = true;
		option(s, "--add-headers", str("op,db"));
	}
	/* JSON in a string is the same only if it is written alike */
	u->diff = alike && chance(500);
	u->only_changed = alike && chance(500);
	if (u->diff)
		option(s, "--diff", str("__diff"));
	if (u->only_changed)
		arg(s, str("--only-changed"));
	u->dropped = t->column[below((unsigned)t->columns)];
	if (chance(300) && sayable(u->dropped)) {
		u->drop = true;
		option(s, "--drop-fields", u->dropped);
		if ((u->drop_key = below(2)))
			arg(s, str("--drop-fields-from-key"));
	}
}

static void
route_make(struct stage *s, struct world *w)
{
	struct route *o = &s->route;

	o->rule = below(4);
	o->key = chance(300);
	if (o->key)
		option(s, "--key-field", str("shard"));
	switch (o->rule) {
	case R_ALL:
		option(s, "[\\s\\S]*", str("x\"$0\\\\"));
		break;
	case R_THREE:
		option(s, "([^.]+)\\.([^.]+)\\.([^.]+)", str("$1-$3"));
		break;
	case R_NONE:
		option(s, "nothing like it", str("x"));
		break;
	case R_ONE:
		o->one = topic_of(&w->table[0]);
		o->becomes = str("new\n\"}topic\x01");
		option(s, quoted(o->one, false).p, o->becomes);
		break;
	}
}

/* Columns that become null. */
static void
mask_make(struct stage *s, struct world *w)
{
	for (size_t i = 1 + below(3); i; i--) {
		struct table *t = &w->table[below((unsigned)w->tables)];
		struct text column = t->column[below((unsigned)t->columns)];

		list_add(s, &s->filter.exclude_column, "--null",
		    join3(t->joined, str("."), column));
	}
}

static void
stage_make(struct stage *s, struct world *w)
{
	s->arg[0] = tool_names[s->tool];
	s->args = 1;
	arg(s, str("-q"));
	switch (s->tool) {
	case FILTER:
		filter_make(s, w);
		break;
	case UNWRAP:
		unwrap_make(s, w);
		break;
	case ROUTE:
		route_make(s, w);
		break;
	case MASK:
		mask_make(s, w);
		break;
	default:
		s->audit.plain = !w->style.escape && !w->style.shuffle;
		if ((s->audit.reads = below(2)))
			arg(s, str("--reads"));
	}
	s->arg[s->args] = NULL;
}

/* What the first filter leaves out has tokens where it would be seen. */
static void
mark(const struct filter *f, struct world *w)
{
	for (size_t i = 0; i < w->tables; i++) {
		struct table *t = &w->table[i];

		t->wanted = table_admitted(f, t);
		for (size_t c = 0; c < t->columns; c++)
			t->hidden[c] = !column_admitted(f, t, t->column[c]);
	}
}

void
pipeline_make(struct pipeline *p, struct world *w)
{
	*p = (struct pipeline){ .stages = 1 };
	while (p->stages < STAGES && chance(300))
		p->stages++;
	for (size_t i = 0; i < p->stages; i++) {
		static const enum tool often[] = { FILTER, FILTER, FILTER,
			UNWRAP, UNWRAP, ROUTE, AUDIT };

		p->stage[i].tool = i == 0 && chance(200) ? MASK :
		    often[below(7)];
		stage_make(&p->stage[i], w);
	}
	if (p->stage[0].tool == FILTER || p->stage[0].tool == MASK)
		mark(&p->stage[0].filter, w);
}
