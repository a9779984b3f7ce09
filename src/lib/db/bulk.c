/* SPDX-License-Identifier: MIT */
#include "db/bulk.h"

#include <stdlib.h>

#include <mysql.h>

#include "base/alloc.h"
#include "db/inside.h"

enum { SHOWN = 60 };            /* bytes of a statement in messages */

struct db_statement {
	struct db *db;
	MYSQL_STMT *stmt;
	char *sql;
	MYSQL_BIND *binds;
	size_t nbinds;
	char **indicators;      /* of each parameter, `room` of them */
	size_t room;
};

/* What was to be done: a statement's first words. */
static int
failed(struct db_statement *s, struct err *err)
{
	return db_failed(s->db, err, span_of(s->sql), mysql_stmt_errno(s->stmt),
	    mysql_stmt_error(s->stmt));
}

struct db_statement *
db_prepare(struct db *db, const struct statement *statement, struct err *err)
{
	struct db_statement *s;
	struct buf shown = { 0 };
	struct span sql;

	if (statement_text(statement, &sql, err) < 0)
		return NULL;
	s = xcalloc(1, sizeof(*s));
	s->db = db;
	if (!db->mysql) {
		free(s);
		db_unconnected(db, err);
		return NULL;
	}
	buf_printf(&shown, "%.*s%s", SPAN_SHOWN(sql, SHOWN));
	s->sql = buf_cstr(&shown);      /* and its memory */
	s->stmt = mysql_stmt_init(db_enter(db));
	if (!s->stmt || mysql_stmt_prepare(s->stmt, sql.p,
	    (unsigned long)sql.n) != 0) {
		if (s->stmt)
			failed(s, err);
		else
			db_unconnected(db, err);
		db_statement_free(s);
		return NULL;
	}
	s->nbinds = mysql_stmt_param_count(s->stmt);
	s->binds = xcalloc(s->nbinds + 1, sizeof(*s->binds));
	s->indicators = xcalloc(s->nbinds + 1, sizeof(*s->indicators));
	return s;
}

void
db_statement_free(struct db_statement *s)
{
	if (!s)
		return;
	db_enter(s->db);
	if (s->stmt)
		mysql_stmt_close(s->stmt);
	for (size_t i = 0; i < s->nbinds; i++)
		free(s->indicators[i]);
	free(s->indicators);
	free(s->binds);
	free(s->sql);
	free(s);
}

static void
make_room(struct db_statement *s, size_t rows)
{
	if (rows <= s->room)
		return;
	for (size_t i = 0; i < s->nbinds; i++)
		s->indicators[i] = xrealloc(s->indicators[i], rows);
	s->room = rows;
}

static void
bind(struct db_statement *s, size_t i, const struct db_values *values,
    size_t rows)
{
	for (size_t r = 0; r < rows; r++)
		s->indicators[i][r] = values->p[r] ? STMT_INDICATOR_NONE :
		    STMT_INDICATOR_NULL;
	s->binds[i] = (MYSQL_BIND){
		.buffer_type = values->binary ? MYSQL_TYPE_BLOB :
		    MYSQL_TYPE_STRING,
		.buffer = (void *)values->p,
		.length = (unsigned long *)values->n,
		.u.indicator = s->indicators[i],
	};
}

_Static_assert(sizeof(unsigned long) == sizeof(size_t),
    "lengths are handed on as they are");

int
db_bulk(struct db_statement *s, const struct db_values *params,
    size_t nparams, size_t rows, uint64_t *matched, struct err *err)
{
	unsigned n = (unsigned)rows;

	if (nparams != s->nbinds)
		return err_set(err, ERR_BUG, "%zu values for %zu parameters: "
		    "%s", nparams, s->nbinds, s->sql);
	make_room(s, rows);
	db_enter(s->db);
	for (size_t i = 0; i < nparams; i++)
		bind(s, i, &params[i], rows);
	if (mysql_stmt_attr_set(s->stmt, STMT_ATTR_ARRAY_SIZE, &n) != 0 ||
	    (nparams && mysql_stmt_bind_param(s->stmt, s->binds) != 0) ||
	    mysql_stmt_execute(s->stmt) != 0)
		return failed(s, err);
	*matched = mysql_stmt_affected_rows(s->stmt);
	return 0;
}
