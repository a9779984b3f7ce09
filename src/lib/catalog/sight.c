/* SPDX-License-Identifier: MIT */
#include "catalog/sight.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "db/errors.h"
#include "match/spelled.h"
#include "match/system.h"
#include "catalog/information_schema.h"

enum { SHOWN = 280 };           /* bytes of statements in a hint */

/* Names that nothing has: of a table; of databases, where a pattern of grants
 * matches both of which only if it matches all. */
#define NO_TABLE "~ is there SELECT here?"
#define NO_DATABASE "~ is there SELECT everywhere?"
#define NOR_THIS "|"

struct look {
	struct sight *sight;
	struct db *db;
	struct table_filter *filter;
	struct spelled names;   /* that the lists spell out … */
	bool open;              /* … and there are others */
	struct spelled seen;    /* databases, or tables of one */
	struct err *err;
};

/* ---- the server's word */

/* A statement that needs a privilege: 1 there is one, 0 there is none, -1.
 * What a name cannot be is not there to be read. */
static int
probe(struct look *l, const struct statement *sql)
{
	static const unsigned refused[] = {
		ER_TABLEACCESS_DENIED_ERROR, ER_COLUMNACCESS_DENIED_ERROR,
		ER_DBACCESS_DENIED_ERROR,
	}, missing[] = {
		ER_NO_SUCH_TABLE, ER_BAD_DB_ERROR, ER_BAD_FIELD_ERROR,
		ER_TOO_LONG_IDENT, ER_WRONG_DB_NAME, ER_WRONG_TABLE_NAME,
	};
	struct err none = { 0 };
	struct span text;
	int got = -1;

	if (statement_text(sql, &text, &none) < 0 ||
	    db_execute(l->db, l->err, SQL_OF(sql)) == 0)
		return 1;
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++)
		if (db_errno(l->db) == refused[i])
			got = 0;
	for (size_t i = 0; i < sizeof(missing) / sizeof(*missing); i++)
		if (db_errno(l->db) == missing[i])
			got = 1;
	if (got >= 0)
		*l->err = none;
	return got;
}

/* SELECT … FROM a table; name n 0: all columns. */
static int
probe_column(struct look *l, struct span db, struct span table,
    struct span name)
{
	struct statement sql = { 0 };
	int got;

	statement_add(&sql, SQL("SELECT "), name.n ? SQL_NAME(name) :
	    SQL("*"), SQL(" FROM "), SQL_TABLE(db, table), SQL(" LIMIT 0"));
	got = probe(l, &sql);
	statement_free(&sql);
	return got;
}

/* All tables, also those to come. */
static int
probe_database(struct look *l, struct span db)
{
	return probe_column(l, db, SPAN(NO_TABLE), (struct span){ 0 });
}

/* ---- what is missing */

void
sight_put_account(struct statement *sql, const char *account)
{
	const char *at = strrchr(account, '@');
	struct span name = { account, at ? (size_t)(at - account) :
	    strlen(account) };

	statement_add(sql, SQL_TEXT(name), SQL("@"),
	    SQL_TEXT(span_of(at ? at + 1 : "%")));
}

void
sight_put_grant(struct buf *out, struct sql_part what, const char *account)
{
	struct statement sql = { 0 };

	statement_add(&sql, SQL("GRANT "), what, SQL(" ON *.* TO "));
	sight_put_account(&sql, account);
	buf_span(out, statement_view(&sql));
	statement_free(&sql);
}

/* A database as GRANT knows it: a pattern. */
static void
put_pattern(struct buf *out, struct span db)
{
	for (size_t i = 0; i < db.n; i++) {
		if (one_of(db.p[i], "_%\\"))
			buf_char(out, '\\');
		buf_char(out, db.p[i]);
	}
}

void
sight_put_grant_on(struct buf *out, struct sql_part what, struct span db,
    const char *account)
{
	struct statement sql = { 0 };
	struct buf pattern = { 0 };

	put_pattern(&pattern, db);
	statement_add(&sql, SQL("GRANT "), what, SQL(" ON "),
	    SQL_NAME(buf_view(&pattern)), SQL(".* TO "));
	sight_put_account(&sql, account);
	buf_span(out, statement_view(&sql));
	statement_free(&sql);
	buf_free(&pattern);
}

/* … ON …: what is missing; a column of it, or no table. */
static void
put_object(struct statement *sql, struct span db, struct span table,
    struct span column)
{
	struct buf pattern = { 0 };

	put_pattern(&pattern, db);
	statement_add(sql, SQL("GRANT SELECT "));
	if (column.n)
		statement_add(sql, SQL("("), SQL_NAME(column), SQL(") "));
	statement_add(sql, SQL("ON "));
	if (table.n)
		statement_add(sql, SQL_TABLE(db, table));
	else
		statement_add(sql, SQL_NAME(buf_view(&pattern)), SQL(".*"));
	buf_free(&pattern);
}

static void
put_name(struct buf *out, struct span db, struct span table,
    struct span column)
{
	buf_str(out, out->n ? ", " : "");
	sql_put_quoted(out, db, '`');
	buf_str(out, table.n ? "." : ".*");
	if (table.n)
		sql_put_quoted(out, table, '`');
	if (!column.n)
		return;
	buf_char(out, '.');
	sql_put_quoted(out, column, '`');
}

static void
miss(struct look *l, struct span db, struct span table, struct span column)
{
	struct sight *s = l->sight;
	struct statement sql = { 0 };
	struct buf grant = { 0 };

	put_object(&sql, db, table, column);
	statement_add(&sql, SQL(" TO "));
	sight_put_account(&sql, s->account);
	buf_span(&grant, statement_view(&sql));
	if (!strstr(buf_cstr(&s->grants), buf_cstr(&grant))) {
		s->nmissing++;
		buf_str(&s->grants, s->grants.n ? "; " : "");
		buf_span(&s->grants, buf_view(&grant));
		if (!s->shown || s->grants.n <= SHOWN)
			s->shown = s->grants.n;
		put_name(&s->missing, db, table, column);
	}
	statement_free(&sql);
	buf_free(&grant);
}

/* ---- tables and databases */

/* Of a table that may be read only by columns: those that an include list
 * spells out are enough. */
static int
look_at_columns(struct look *l, struct span db, struct span table)
{
	struct spelled columns = { 0 };
	struct buf front = { 0 };
	bool ends = spelled_texts(&l->filter->include_column, &columns);
	size_t wanted = 0;
	int got = 1;

	buf_span(&front, db);
	buf_char(&front, '.');
	buf_span(&front, table);
	buf_char(&front, '.');
	for (size_t i = 0; ends && i < columns.n && got >= 0; i++) {
		const char *name = columns.v[i].db;

		if (strncasecmp(name, buf_cstr(&front), front.n) != 0)
			continue;
		wanted++;
		got = probe_column(l, db, table, span_of(name + front.n));
		if (got == 0)
			miss(l, db, table, span_of(name + front.n));
	}
	if (!wanted && got >= 0)
		miss(l, db, table, (struct span){ 0 });
	spelled_clear(&columns);
	buf_free(&front);
	return got < 0 ? -1 : 0;
}

static int
look_at_table(struct look *l, struct span db, struct span table)
{
	int got = probe_column(l, db, table, (struct span){ 0 });

	return got == 0 ? look_at_columns(l, db, table) : got < 0 ? -1 : 0;
}

/* Is it among what is seen: databases, or tables? */
static bool
is_seen(const struct spelled *seen, const char *name)
{
	for (size_t i = 0; i < seen->n; i++)
		if (strcasecmp(seen->v[i].db, name) == 0)
			return true;
	return false;
}

static int
take_name(void *arg, char **v, size_t n)
{
	struct spelled *seen = arg;

	if (!n || !v[0])
		return 0;
	*ARRAY_ADD(seen->v, seen->n) =
	    (struct spelled_name){ xstrdup(v[0]), NULL };
	return 0;
}

static bool
wants_all(const struct look *l, const char *db)
{
	bool all = l->open;

	for (size_t i = 0; i < l->names.n && !all; i++)
		all = !l->names.v[i].table &&
		    strcasecmp(l->names.v[i].db, db) == 0;
	return all;
}

/* Tables that are spelled out, as the server spells them; others that are may
 * be there all the same. */
static int
look_at_tables(struct look *l, const char *db)
{
	struct spelled tables = { 0 };
	int status = db_rows(l->db, take_name, &tables, l->err,
	    SQL("SELECT TABLE_NAME FROM information_schema.TABLES WHERE "
	    "TABLE_TYPE IN ('BASE TABLE','SYSTEM VERSIONED') AND "
	    "TABLE_SCHEMA="), SQL_TEXT(span_of(db)));

	for (size_t i = 0; i < tables.n && status == 0; i++)
		if (table_filter_keeps(l->filter, span_of(db),
		    span_of(tables.v[i].db)))
			status = look_at_table(l, span_of(db),
			    span_of(tables.v[i].db));
	for (size_t i = 0; i < l->names.n && status == 0; i++)
		if (strcasecmp(l->names.v[i].db, db) == 0 &&
		    !is_seen(&tables, l->names.v[i].table))
			status = look_at_table(l, span_of(db),
			    span_of(l->names.v[i].table));
	spelled_clear(&tables);
	return status;
}

static int
look_at_database(struct look *l, const char *db)
{
	struct sight *s = l->sight;
	int got;

	if (!table_filter_touches(l->filter, span_of(db)))
		return 0;
	got = probe_database(l, span_of(db));
	if (got > 0) {
		buf_printf(&s->whole, "%s%s", s->nwhole++ ? ", " : "", db);
		return 0;
	}
	if (got < 0 || !wants_all(l, db))
		return got < 0 ? -1 : look_at_tables(l, db);
	miss(l, span_of(db), (struct span){ 0 }, (struct span){ 0 });
	return 0;
}

static bool
is_virtual(struct span db)
{
	return system_is_schema(db) && !span_is_nocase(db, "mysql");
}

/* What lists spell out of databases that the account does not see. */
static int
look_at_unseen(struct look *l)
{
	for (size_t i = 0; i < l->names.n; i++) {
		const struct spelled_name *one = &l->names.v[i];
		struct span db = span_of(one->db);
		int got = 1;

		if (is_seen(&l->seen, one->db) || is_virtual(db))
			continue;
		if (one->table)
			got = look_at_table(l, db, span_of(one->table));
		else
			got = probe_database(l, db);
		if (got == 0 && !one->table)
			miss(l, db, (struct span){ 0 }, (struct span){ 0 });
		if (got < 0)
			return -1;
	}
	return 0;
}

static int
look_everywhere(struct look *l)
{
	int got = probe_database(l, SPAN(NO_DATABASE));

	if (got > 0)
		got = probe_database(l, SPAN(NOR_THIS));
	l->sight->all = got > 0;
	return got < 0 ? -1 : 0;
}

int
sight_look(struct sight *s, struct db *db, struct table_filter *filter,
    struct err *err)
{
	struct look l = { .sight = s, .db = db, .filter = filter,
		.err = err };
	int status = look_everywhere(&l);

	l.open = !spelled_tables(filter, &l.names);
	if (l.open)
		spelled_clear(&l.names);
	if (status == 0)
		s->account = db_value(db, err, SQL("SELECT CURRENT_USER()"));
	if (!s->account || db_rows(db, take_name, &l.seen, err,
	    SQL("SELECT SCHEMA_NAME FROM information_schema.SCHEMATA WHERE "
	    "SCHEMA_NAME NOT IN " VIRTUAL_SCHEMAS " ORDER BY BINARY "
	    "SCHEMA_NAME")) < 0)
		status = -1;
	for (size_t i = 0; i < l.seen.n && status == 0; i++)
		status = look_at_database(&l, l.seen.v[i].db);
	if (status == 0)
		status = look_at_unseen(&l);
	s->open = l.open;
	spelled_clear(&l.names);
	spelled_clear(&l.seen);
	return status;
}

void
sight_clear(struct sight *s)
{
	buf_free(&s->whole);
	buf_free(&s->missing);
	buf_free(&s->grants);
	free(s->account);
	*s = (struct sight){ 0 };
}

/* ---- what is reported */

/* As many statements as there is room for. */
static void
put_grants(struct buf *out, const struct sight *s)
{
	buf_put(out, s->grants.p, s->shown);
	if (s->shown < s->grants.n)
		buf_str(out, "; and so on");
	buf_cstr(out);
}

static int
not_all(struct sight *s, const char *server, struct err *err)
{
	struct buf grant = { 0 };

	sight_put_grant(&grant, SQL("SELECT"), s->account);
	err_set(err, ERR_CONFIG, "%s: the account may not read all databases, "
	    "and the lists do not name the ones that they mean",
	    server);
	err_hint(err, "%s; or name them%s%.80s", buf_cstr(&grant),
	    s->nwhole ? ": it may read all of --include-db " :
	    " (--include-db, -t)", s->nwhole ? buf_cstr(&s->whole) : "");
	buf_free(&grant);
	return -1;
}

static int
not_these(struct sight *s, const char *server, struct err *err)
{
	struct buf hint = { 0 };

	put_grants(&hint, s);
	err_set(err, ERR_CONFIG, "%s: the account may not read all of "
	    "%.400s%s, or the server does not have it", server,
	    buf_cstr(&s->missing), s->missing.n > 400 ? "…" : "");
	err_hint(err, "%s", buf_cstr(&hint));
	buf_free(&hint);
	return -1;
}

int
sight_check(struct db *db, struct table_filter *filter, struct err *err)
{
	struct sight s = { 0 };
	int status = sight_look(&s, db, filter, err);

	if (status == 0 && s.open && !s.all)
		status = not_all(&s, db_name(db), err);
	else if (status == 0 && s.nmissing)
		status = not_these(&s, db_name(db), err);
	sight_clear(&s);
	return status;
}

int
sight_check_table(struct db *db, const char *database, const char *table,
    struct err *err)
{
	struct sight s = { 0 };
	struct table_filter none = { 0 };
	struct look l = { .sight = &s, .db = db, .filter = &none,
		.err = err };
	int status = -1;

	s.account = db_value(db, err, SQL("SELECT CURRENT_USER()"));
	if (s.account)
		status = look_at_table(&l, span_of(database), span_of(table));
	if (status == 0 && s.nmissing)
		status = not_these(&s, db_name(db), err);
	sight_clear(&s);
	return status;
}

/* ---- other privileges */

/* Who asks for a privilege. */
struct right {
	const char *const *names;
	bool somewhere, found;
};

/* The end of a name in backticks, or where none begins. */
static const char *
behind_name(const char *p)
{
	if (*p != '`')
		return p;
	for (p++; *p && !(*p == '`' && *++p != '`');)
		p++;
	return p;
}

/* GRANT one, two ON …: where the privileges end. */
static const char *
privileges_end(const char *p)
{
	while (*p && strncmp(p, " ON ", 4) != 0)
		p = *p == '`' ? behind_name(p) : p + 1;
	return p;
}

static bool
has_name(struct span list, const char *name)
{
	size_t n = strlen(name);
	const char *end = list.p + list.n;

	for (const char *p = list.p; p < end;) {
		const char *comma = memchr(p, ',', (size_t)(end - p));

		comma = comma ? comma : end;
		if ((size_t)(comma - p) == n && memcmp(p, name, n) == 0)
			return true;
		p = comma + (comma < end);
		p += p < end && *p == ' ';
	}
	return false;
}

/* A line of SHOW GRANTS, which shows those of roles, too. */
static int
take_grant(void *arg, char **v, size_t n)
{
	struct right *r = arg;
	const char *front = "GRANT ", *end, *on;
	struct span list;

	if (!n || !v[0] || strncmp(v[0], front, strlen(front)) != 0)
		return 0;
	end = privileges_end(v[0]);
	on = *end ? end + strlen(" ON ") : end;
	if (strncmp(on, "*.* TO ", 7) != 0 && !(r->somewhere && *on == '`' &&
	    strncmp(behind_name(on), ".* TO ", 6) == 0))
		return 0;
	list = span_between(v[0] + strlen(front), end);
	r->found |= has_name(list, "ALL PRIVILEGES");
	for (size_t i = 0; r->names[i]; i++)
		r->found |= has_name(list, r->names[i]);
	return 0;
}

int
sight_may(struct db *db, const char *const *names, bool somewhere,
    struct err *err)
{
	struct right r = { names, somewhere, false };

	if (db_rows(db, take_grant, &r, err, SQL("SHOW GRANTS")) == 0)
		return r.found;
	if (db_errno(db) != ER_OPTION_PREVENTS_STATEMENT)
		return -1;
	err_clear(err);       /* --skip-grant-tables: it may all */
	return 1;
}
