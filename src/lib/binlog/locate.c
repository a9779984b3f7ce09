/* SPDX-License-Identifier: MIT */
#include "binlog/locate.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/alloc.h"

enum { LOG_START = 4 };

/* A GTID list that the server tells. */
static int
ask_list(struct db *db, struct gtid_list *list, struct err *err,
    const char *sql)
{
	char *text = db_value(db, err, "%s", sql);
	int status = err->kind ? -1 : 0;

	if (status == 0 && !text)
		status = err_set(err, ERR_CONFIG, "%s: %s: no answer",
		    db_name(db), sql);
	if (status == 0) {
		gtid_list_clear(list);
		status = gtid_list_parse(list, text, err);
	}
	free(text);
	return status;
}

int
locate_now(struct db *db, struct gtid_list *list, struct err *err)
{
	return ask_list(db, list, err, "SELECT @@global.gtid_binlog_pos");
}

/* The GTIDs in front of an offset of a log. */
int
locate_offset(struct db *db, struct gtid_list *list, const char *file,
    uint64_t offset, struct err *err)
{
	char *name = db_quote(db, file);
	struct buf sql = { 0 };
	int status;

	buf_printf(&sql, "SELECT BINLOG_GTID_POS(%s, %" PRIu64 ")", name,
	    offset);
	status = ask_list(db, list, err, buf_cstr(&sql));
	if (status < 0)
		err_hint(err, "SHOW BINARY LOGS names the logs that there are");
	buf_free(&sql);
	free(name);
	return status;
}

static int
first_column(void *arg, char **values, size_t n)
{
	char **first = arg;

	if (n && values[0])
		*first = xstrdup(values[0]);
	return 1;
}

/* The GTIDs in front of the oldest log that the server has. */
int
locate_earliest(struct db *db, struct gtid_list *list, struct err *err)
{
	char *file = NULL;
	int status = db_rows(db, first_column, &file, err,
	    "SHOW BINARY LOGS");

	if (status < 0)
		err_hint(err, "GRANT BINLOG MONITOR ON *.* TO the account, or "
		    "begin --from a GTID");
	else if (!file)
		status = err_set(err, ERR_CONFIG, "%s: the server has no "
		    "binlog", db_name(db));
	else
		status = locate_offset(db, list, file, LOG_START, err);
	free(file);
	return status;
}
