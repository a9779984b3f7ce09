/* SPDX-License-Identifier: MIT */
#include "follow/clauses.h"


#include "base/alloc.h"
#include "base/array.h"
#include "ddl/phrases.h"

void
action_trouble(struct action *s, const char *why)
{
	if (!s->trouble)
		s->trouble = why;
}

/* ---- names of tables */

struct act *
action_add(struct action *s, struct act act)
{
	struct act *a = ARRAY_ADD(s->acts, s->nacts);

	*a = act;
	return a;
}

/* [db.]name, or .name; not db.name.more. */
struct act *
clause_act(struct reading_of *r, int part)
{
	struct act act = { .changes = true, .part = part };
	struct sql_token first, second, dot;
	struct sql at;
	const char *from;

	sql_token(&r->sql, &first);
	from = first.text.p;
	if (sql_token_sign(&first, '.'))
		sql_token(&r->sql, &first);
	if (!sql_token_names(&first)) {
		action_trouble(r->to, "no table is named where one "
		    "should be");
		return NULL;
	}
	at = r->sql;
	sql_token(&at, &dot);
	if (sql_token_sign(&dot, '.')) {
		sql_token(&at, &second);
		r->sql = at;
		if (!sql_token_names(&second) || sql_sign(&at, '.')) {
			action_trouble(r->to, "a name of three parts");
			return NULL;
		}
		act.db = sql_token_name(&first);
		act.name = sql_token_name(&second);
		act.qualified = true;
	} else {
		act.db = xmemdup(r->db.p ? r->db.p : "", r->db.n);
		act.name = sql_token_name(&first);
	}
	act.at = span_between(from, r->sql.p);
	return action_add(r->to, act);
}

/* ---- parts */

void
action_add_part(struct action *s, struct span at)
{
	*ARRAY_ADD(s->parts, s->nparts) = (struct part){ .at = at };
}

void
clause_parts(struct reading_of *r, bool inside)
{
	const char *from = NULL, *to = r->sql.p;
	struct sql_token token;
	size_t depth = 0;

	for (;;) {
		enum token_kind kind = sql_token(&r->sql, &token);

		if (kind == TOKEN_BROKEN)
			action_trouble(r->to, "a quote that is not closed");
		if (kind == TOKEN_END || kind == TOKEN_BROKEN || (inside &&
		    depth == 0 && sql_token_sign(&token, ')')))
			break;
		if (depth == 0 && sql_token_sign(&token, ',')) {
			if (from)
				action_add_part(r->to, span_between(from, to));
			from = NULL;
			continue;
		}
		depth += sql_token_sign(&token, '(');
		depth -= depth && sql_token_sign(&token, ')');
		from = from ? from : token.text.p;
		to = token.text.p + token.text.n;
	}
	if (from)
		action_add_part(r->to, span_between(from, to));
}

/* ---- what a part is */

static void
add_column(struct part *p, const struct sql_token *token)
{
	if (!sql_token_names(token))
		return;
	*ARRAY_ADD(p->columns, p->ncolumns) = sql_token_name(token);
}

/* A column's name, over which it goes. */
static void
take_column(struct sql *at, struct part *p)
{
	struct sql_token token;

	sql_token(at, &token);
	add_column(p, &token);
}

/* [COLUMN] [IF EXISTS] */
static void
over_column(struct sql *at)
{
	sql_word(at, "COLUMN");
	phrase_if_exists(at);
}

/* [CONSTRAINT [name]] KEY | UNIQUE | FOREIGN | CHECK | PRIMARY …; false if
 * it is a column. */
static bool
read_key_part(struct sql at, struct part *p)
{
	static const char *const words[] = {
		"KEY", "INDEX", "UNIQUE", "FULLTEXT", "SPATIAL", "VECTOR",
		"FOREIGN", "CHECK",
	};
	struct sql_token token;

	if (sql_word(&at, "CONSTRAINT")) {
		struct sql named = at;

		p->type = CLAUSE_KEY;
		if (read_key_part(at, p))
			return true;
		sql_token(&named, &token);
		read_key_part(named, p);
		return true;
	}
	if (sql_word(&at, "PRIMARY")) {
		p->type = CLAUSE_PRIMARY;
		return true;
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (sql_word(&at, words[i])) {
			p->type = CLAUSE_KEY;
			return true;
		}
	return false;
}

/* PERIOD FOR …, PARTITION …, SYSTEM VERSIONING */
static bool
is_no_column(struct sql at)
{
	struct sql_token token;

	if (sql_word(&at, "PERIOD"))
		return sql_word(&at, "FOR");
	if (sql_word(&at, "SYSTEM"))
		return sql_word(&at, "VERSIONING");
	sql_token(&at, &token);
	return sql_token_is(&token, "PARTITION");
}

/* (name …, name …): an ADD of several. */
static void
read_columns(struct sql at, struct part *p)
{
	size_t depth = 0;
	struct sql_token token;
	bool first = true;

	while (sql_token(&at, &token) != TOKEN_END &&
	    token.kind != TOKEN_BROKEN) {
		if (first)
			add_column(p, &token);
		first = depth == 0 && sql_token_sign(&token, ',');
		depth += sql_token_sign(&token, '(');
		if (sql_token_sign(&token, ')') && depth-- == 0)
			return;
	}
}

static void
part_add(struct sql at, struct part *p, struct reading_of *r)
{
	(void)r;
	if (read_key_part(at, p) || is_no_column(at))
		return;
	p->type = CLAUSE_COLUMN;
	over_column(&at);
	if (sql_sign(&at, '('))
		read_columns(at, p);
	else
		take_column(&at, p);
}

static void
part_column(struct sql at, struct part *p, struct reading_of *r)
{
	(void)r;
	if (read_key_part(at, p) || is_no_column(at))
		return;
	p->type = CLAUSE_COLUMN;
	over_column(&at);
	take_column(&at, p);
}

static void
part_change(struct sql at, struct part *p, struct reading_of *r)
{
	(void)r;
	p->type = CLAUSE_COLUMN;
	over_column(&at);
	take_column(&at, p);
	take_column(&at, p);
}

/* RENAME COLUMN a TO b | KEY a TO b | [TO|AS|=] table */
static void
part_rename(struct sql at, struct part *p, struct reading_of *r)
{
	struct sql rest = r->sql;
	struct act *act;

	if (sql_word(&at, "COLUMN")) {
		p->type = CLAUSE_COLUMN;
		phrase_if_exists(&at);
		take_column(&at, p);
		if (sql_word(&at, "TO"))
			take_column(&at, p);
		return;
	}
	if (sql_word(&at, "KEY") || sql_word(&at, "INDEX")) {
		p->type = CLAUSE_KEY;
		return;
	}
	if (!sql_word(&at, "TO") && !sql_word(&at, "AS"))
		sql_sign(&at, '=');
	r->sql = at;
	act = clause_act(r, (int)(p - r->to->parts));
	r->sql = rest;
	if (act)
		act->renamed = true;
}

/* THE TABLE: what a change of an ALTER TABLE begins with. */
static const struct {
	const char *word;
	void (*read)(struct sql at, struct part *p, struct reading_of *r);
} changes[] = {
	{ "ADD", part_add }, { "DROP", part_column },
	{ "MODIFY", part_column }, { "CHANGE", part_change },
	{ "ALTER", part_column }, { "RENAME", part_rename },
};

static void
read_part(struct reading_of *r, struct part *p)
{
	struct sql at = sql_in(p->at, r->to->mode);

	at.skips_versions = r->sql.skips_versions;
	if (r->to->form == FORM_CREATE) {
		part_add(at, p, r);
		return;
	}
	for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++)
		if (sql_word(&at, changes[i].word)) {
			changes[i].read(at, p, r);
			return;
		}
}

/* ---- what names an index, a constraint or a view */

static const char *const by_name[][4] = {
	{ "DROP", "INDEX", 0 }, { "DROP", "KEY", 0 },
	{ "DROP", "CONSTRAINT", 0 }, { "DROP", "FOREIGN", "KEY", 0 },
	{ "RENAME", "INDEX", 0 }, { "RENAME", "KEY", 0 },
	{ "ALTER", "INDEX", 0 }, { "ALTER", "KEY", 0 },
	{ "DROP", "VIEW", 0 },
};

static bool
begins_with(struct sql *at, const char *const *words)
{
	while (*words && sql_word(at, *words))
		words++;
	return !*words;
}

const char *
clause_if_exists(struct span text, unsigned mode)
{
	for (size_t i = 0; i < sizeof(by_name) / sizeof(*by_name); i++) {
		struct sql at = sql_in(text, mode);
		struct sql_token name;

		if (!begins_with(&at, by_name[i]))
			continue;
		if (phrase_if_exists(&at) ||
		    sql_token(&at, &name) == TOKEN_END)
			return NULL;
		return name.text.p;
	}
	return NULL;
}

/* ---- clauses that name tables */

struct scan {
	struct reading_of r;
	int part;
	size_t depth;
	bool foreign;           /* FOREIGN was seen at this part's top */
	struct sql_token last;  /* the token before */
	const char *last_end;
};

/* [(…)] [MATCH x] [ON DELETE|UPDATE action] … */
static void
over_reference(struct sql *s)
{
	struct sql at = *s;

	if (sql_sign(&at, '('))
		sql_skip(s);
	for (;;) {
		if (sql_word(s, "MATCH")) {
			sql_skip(s);
		} else if (sql_word(s, "ON")) {
			sql_skip(s);
			if (!sql_word(s, "SET"))
				sql_word(s, "NO");
			sql_skip(s);
		} else {
			return;
		}
	}
}

/* REFERENCES table …, of the same database as the table that it is for.  A
 * foreign key can do without, as a whole part, and so can a column. */
static void
scan_references(struct scan *scan, const struct sql_token *token)
{
	struct action *s = scan->r.to;
	struct span session = scan->r.db;
	struct act *act;

	if (s->nacts)
		scan->r.db = span_of(s->acts[0].db);
	act = clause_act(&scan->r, scan->part);
	scan->r.db = session;
	if (!act)
		return;
	act->changes = false;
	act->qualified = true;          /* as good as */
	over_reference(&scan->r.sql);
	if (scan->part == NO_PART || scan->depth)
		return;
	act->clause = scan->foreign ? s->parts[scan->part].at :
	    span_between(token->text.p, scan->r.sql.p);
}

/* (table, …) */
static void
scan_union(struct scan *scan)
{
	sql_sign(&scan->r.sql, '=');
	if (!sql_sign(&scan->r.sql, '(') || sql_sign(&scan->r.sql, ')'))
		return;
	while (clause_act(&scan->r, scan->part) &&
	    sql_sign(&scan->r.sql, ','))
		;
	sql_sign(&scan->r.sql, ')');
}

static void
scan_sequence(struct scan *scan)
{
	struct act *act = clause_act(&scan->r, scan->part);

	if (act)
		act->changes = false;
}

/* NEXT VALUE FOR s, PREVIOUS VALUE FOR s, NEXTVAL(s), … */
static bool
at_sequence(struct scan *scan, const struct sql_token *t)
{
	struct sql at = scan->r.sql;
	bool found = false;

	if (sql_token_is(t, "NEXT") || sql_token_is(t, "PREVIOUS"))
		found = sql_word(&at, "VALUE") && sql_word(&at, "FOR");
	else if (sql_token_is(t, "NEXTVAL") || sql_token_is(t, "LASTVAL") ||
	    sql_token_is(t, "SETVAL"))
		found = sql_sign(&at, '(');
	if (found)
		scan->r.sql = at;
	return found;
}

/* EXCHANGE … WITH TABLE t, CONVERT TABLE t, CONVERT PARTITION … TO TABLE t */
static bool
at_other_table(const struct scan *scan, const struct sql_token *t)
{
	return scan->r.to->form == FORM_ALTER && scan->depth == 0 &&
	    sql_token_is(t, "TABLE") && (sql_token_is(&scan->last, "WITH") ||
	    sql_token_is(&scan->last, "TO") ||
	    sql_token_is(&scan->last, "CONVERT"));
}

/* Words that begin a query; they are reserved: no name is one of them. */
static bool
at_query(const struct scan *scan, const struct sql_token *t)
{
	return sql_token_is(t, "SELECT") || (scan->part == NO_PART &&
	    scan->r.to->form == FORM_CREATE && scan->depth == 0 &&
	    (sql_token_is(t, "TABLE") || sql_token_is(t, "VALUES")));
}

/* AFTER column */
static void
scan_after(struct scan *scan, const struct sql_token *t)
{
	struct sql at = scan->r.sql;
	struct sql_token name;

	if (scan->part == NO_PART || scan->depth)
		return;
	sql_token(&at, &name);
	if (sql_token_names(&name))
		scan->r.to->parts[scan->part].after = span_between(t->text.p,
		    name.text.p + name.text.n);
}

static void
scan_token(struct scan *scan, const struct sql_token *t)
{
	struct action *s = scan->r.to;

	if (t->kind == TOKEN_BROKEN)
		action_trouble(s, "a quote that is not closed");
	else if (sql_token_sign(t, ';') && sql_more(&scan->r.sql))
		action_trouble(s, "more than one statement");
	else if (sql_token_is(t, "REFERENCES"))
		scan_references(scan, t);
	else if (sql_token_is(t, "UNION"))
		scan_union(scan);
	else if (sql_token_is(t, "AFTER"))
		scan_after(scan, t);
	else if (at_sequence(scan, t))
		scan_sequence(scan);
	else if (at_other_table(scan, t))
		clause_act(&scan->r, scan->part);
	else if (at_query(scan, t))
		s->queries = true;
}

static void
scan_all(struct scan *scan)
{
	struct sql_token token;

	scan->last = (struct sql_token){ .kind = TOKEN_END };
	while (sql_token(&scan->r.sql, &token) != TOKEN_END) {
		scan->foreign = scan->foreign || (scan->depth == 0 &&
		    sql_token_is(&token, "FOREIGN"));
		scan_token(scan, &token);
		scan->depth += sql_token_sign(&token, '(');
		scan->depth -= scan->depth && sql_token_sign(&token, ')');
		scan->last = token;
		if (token.kind == TOKEN_BROKEN)
			return;
	}
}

void
clause_scan_rest(struct reading_of *r)
{
	struct scan scan = { .r = *r, .part = NO_PART };

	scan_all(&scan);
	r->sql = scan.r.sql;
}

void
clause_scan_parts(struct reading_of *r)
{
	for (size_t i = 0; i < r->to->nparts; i++) {
		struct scan scan = { .r = *r, .part = (int)i };

		scan.r.sql = sql_in(r->to->parts[i].at, r->to->mode);
		scan.r.sql.skips_versions = r->sql.skips_versions;
		scan_all(&scan);
		read_part(r, &r->to->parts[i]);
	}
}
