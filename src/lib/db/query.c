/* SPDX-License-Identifier: MIT */
#include "db/query.h"

#include <stdlib.h>

#include <mysql.h>

#include "base/alloc.h"
#include "db/inside.h"

static int
failed(struct db *db, struct err *err, struct span what)
{
	MYSQL *mysql = db_handle(db);
	char *text = xmemdup(what.p, what.n);

	db_failed(db, err, text, mysql_errno(mysql), mysql_error(mysql));
	free(text);
	return -1;
}

static int
run(struct db *db, struct err *err, const struct sql_part *parts, size_t n)
{
	struct statement s = { 0 };
	struct span text;
	int status;

	statement_put(&s, parts, n);
	status = statement_text(&s, &text, err);
	if (status == 0 && mysql_real_query(db_handle(db), text.p,
	    (unsigned long)text.n) != 0)
		status = failed(db, err, text);
	statement_free(&s);
	return status;
}

int
db_run(struct db *db, struct err *err, const struct sql_part *parts, size_t n)
{
	int status = run(db, err, parts, n);

	if (status == 0)
		mysql_free_result(mysql_store_result(db_handle(db)));
	return status;
}

uint64_t
db_affected(const struct db *db)
{
	return mysql_affected_rows(db_handle(db));
}

static int
each_row(struct db *db, db_row_fn *row, void *arg, struct err *err)
{
	MYSQL_RES *result = mysql_store_result(db_handle(db));
	MYSQL_ROW values;
	int status = 0;

	if (!result)
		return mysql_errno(db_handle(db)) ?
		    failed(db, err, SPAN("cannot read a result")) : 0;
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
