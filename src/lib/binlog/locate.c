/* SPDX-License-Identifier: MIT */
#include "binlog/locate.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "db/query.h"

enum { LOG_START = 4, TRIES = 10 };

/* A GTID list that the server tells. */
static int
ask_list(struct db *db, struct gtid_list *list, struct err *err,
    const struct sql_part *sql, size_t n)
{
	char *text = db_ask(db, err, sql, n);
	int status = err->kind ? -1 : 0;

	if (status == 0 && !text)
		status = err_set(err, ERR_CONFIG, "%s: no answer where a "
		    "position was asked for", db_name(db));
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
	return ask_list(db, list, err,
	    SQL_PARTS(SQL("SELECT @@global.gtid_binlog_pos")));
}

struct place {
	char *file;
	uint64_t pos;
};

static int
take_place(void *arg, char **values, size_t n)
{
	struct place *at = arg;

	if (n > 1 && values[0] && values[1]) {
		at->file = xstrdup(values[0]);
		at->pos = strtoull(values[1], NULL, 10);
	}
	return 1;
}

static bool
same_place(const struct place *a, const struct place *b)
{
	return a->file && b->file && a->pos == b->pos &&
	    strcmp(a->file, b->file) == 0;
}

/* The server tells them by two statements: where the place is the same in
 * front of the list and behind it, it is the list's. */
int
locate_end(struct db *db, struct gtid_list *list, char **file,
    uint64_t *pos, struct err *err)
{
	const struct sql_part status = SQL("SHOW MASTER STATUS");

	for (int i = 0; i < TRIES; i++) {
		struct place before = { 0 }, behind = { 0 };
		bool same;

		if (db_rows(db, take_place, &before, &(struct err){ 0 },
		    status) < 0)
			return locate_now(db, list, err);
		if (locate_now(db, list, err) == 0)
			db_rows(db, take_place, &behind, err, status);
		same = same_place(&before, &behind);
		free(behind.file);
		if (same) {
			*file = before.file;
			*pos = before.pos;
			return 1;
		}
		free(before.file);
		if (err->kind)
			return -1;
	}
	return 0;
}

/* The GTIDs in front of an offset of a log. */
int
locate_offset(struct db *db, struct gtid_list *list, const char *file,
    uint64_t offset, struct err *err)
{
	int status = ask_list(db, list, err, SQL_PARTS(
	    SQL("SELECT BINLOG_GTID_POS("), SQL_TEXT(span_of(file)),
	    SQL(", "), SQL_NUMBER(offset), SQL(")")));

	if (status < 0)
		err_hint(err, "SHOW BINARY LOGS names the logs that there are");
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
	    SQL("SHOW BINARY LOGS"));

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
