/* SPDX-License-Identifier: MIT */
#include "db/query.h"

#include <inttypes.h>

#include <mysql.h>

#include "base/alloc.h"
#include "db/inside.h"

enum { SHOWN = 60 };            /* bytes of a statement in messages */

/* The server closes the connection on a statement that is too long for it,
 * which would look like one that was lost. */
static int
send(struct db *db, struct span sql, struct err *err)
{
	if (!db->mysql)
		return db_unconnected(db, err);
	if (db->packet && sql.n >= db->packet)
		return err_set(err, ERR_DATA, "%s: a statement of %zu bytes, "
		    "where max_allowed_packet is %" PRIu64 ": %.*s%s",
		    db_name(db), sql.n, db->packet, SPAN_SHOWN(sql, SHOWN));
	if (mysql_real_query(db_enter(db), sql.p, (unsigned long)sql.n) == 0)
		return 0;
	return db_failed_now(db, err, sql);
}

static int
run(struct db *db, struct err *err, const struct sql_part *parts, size_t n)
{
	struct statement s = { 0 };
	struct span text;
	int status;

	statement_put(&s, parts, n);
	status = statement_text(&s, &text, err);
	if (status == 0)
		status = send(db, text, err);
	statement_free(&s);
	return status;
}

int
db_run(struct db *db, struct err *err, const struct sql_part *parts, size_t n)
{
	int status = run(db, err, parts, n);

	if (status == 0)
		mysql_free_result(mysql_store_result(db_enter(db)));
	return status;
}

uint64_t
db_affected(const struct db *db)
{
	return mysql_affected_rows(db->mysql);
}

static int
each_row(struct db *db, db_row_fn *row, void *arg, struct err *err)
{
	MYSQL_RES *result = mysql_store_result(db_enter(db));
	MYSQL_ROW values;
	int status = 0;

	if (!result)
		return mysql_errno(db->mysql) ?
		    db_failed_now(db, err, SPAN("cannot read a result")) : 0;
	while (status == 0 && (values = mysql_fetch_row(result)))
		status = row(arg, values, mysql_num_fields(result));
	mysql_free_result(result);
	return status < 0 ? -1 : 0;
}

int
db_each(struct db *db, db_row_fn *row, void *arg, struct err *err,
    const struct sql_part *parts, size_t n)
{
	return run(db, err, parts, n) < 0 ? -1 : each_row(db, row, arg, err);
}

static int
count_row(void *arg, char **values, size_t n)
{
	(void)values;
	(void)n;
	++*(size_t *)arg;
	return 0;
}

int
db_count(struct db *db, size_t *n, struct err *err, struct sql_part sql)
{
	*n = 0;
	return db_each(db, count_row, n, err, &sql, 1);
}

static int
take_value(void *arg, char **values, size_t n)
{
	char **value = arg;

	if (n && values[0] && !*value)
		*value = xstrdup(values[0]);
	return 1;
}

char *
db_ask(struct db *db, struct err *err, const struct sql_part *parts, size_t n)
{
	char *value = NULL;

	db_each(db, take_value, &value, err, parts, n);
	return value;
}
