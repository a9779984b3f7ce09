/* SPDX-License-Identifier: MIT */
#include "source/gtid_pos.h"

#include <stdbool.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/integer.h"
#include "binlog/event.h"
#include "db/query.h"

enum { TRIES = 10 };

/* A GTID list that the server tells. */
static int
ask_list(struct db *db, struct gtid_list *list, struct err *err,
    const struct sql_part *sql, size_t n)
{
	char *text = db_ask(db, err, sql, n);
	int status = err->kind ? -1 : 0;

	if (status == 0 && !text)
		status = err_set(err, ERR_CONFIG, "%s has no such place in its "
		    "binlog", db_name(db));
	if (status == 0) {
		gtid_list_clear(list);
		status = gtid_list_parse(list, text, err);
	}
	free(text);
	return status;
}

int
gtid_pos_now(struct db *db, struct gtid_list *list, struct err *err)
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
		at->pos = integer_or(values[1], 0);
	}
	return 1;
}

int
gtid_pos_newest(struct db *db, char **file, uint64_t *pos, struct err *err)
{
	struct place at = { 0 };

	if (db_rows(db, take_place, &at, err, SQL("SHOW MASTER STATUS")) < 0)
		return -1;
	*file = at.file;
	*pos = at.pos;
	return at.file != NULL;
}

static bool
same_place(const struct place *a, const struct place *b)
{
	return a->file && b->file && a->pos == b->pos &&
	    strcmp(a->file, b->file) == 0;
}

/* The server tells them by two statements: where the place is the same in
 * front of the list and after it, it is the list's. */
int
gtid_pos_end(struct db *db, struct gtid_list *list, char **file,
    uint64_t *pos, struct err *err)
{
	for (int i = 0; i < TRIES; i++) {
		struct place before = { 0 }, behind = { 0 };
		bool same;

		if (gtid_pos_newest(db, &before.file, &before.pos,
		    &(struct err){ 0 }) < 0)
			return gtid_pos_now(db, list, err);
		if (gtid_pos_now(db, list, err) == 0)
			gtid_pos_newest(db, &behind.file, &behind.pos, err);
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

/* @@gtid_binlog_state has the newest of each server. */
bool
gtid_pos_knows(struct db *db, const struct gtid *gtid, struct err *err)
{
	char *text = db_value(db, err,
	    SQL("SELECT @@global.gtid_binlog_state"));
	bool knows = false;

	for (const char *p = text; p && *p && !knows;) {
		size_t n = strcspn(p, ",");
		struct gtid have;

		knows = gtid_parse(&have, (struct span){ p, n }) &&
		    have.domain == gtid->domain &&
		    have.server == gtid->server && have.seq >= gtid->seq;
		p += n + (p[n] == ',');
	}
	free(text);
	return knows;
}

/* The GTIDs in front of an offset of a log. */
int
gtid_pos_offset(struct db *db, struct gtid_list *list, const char *file,
    uint64_t offset, struct err *err)
{
	return ask_list(db, list, err, SQL_PARTS(
	    SQL("SELECT BINLOG_GTID_POS("), SQL_TEXT(span_of(file)),
	    SQL(", "), SQL_NUMBER(offset), SQL(")")));
}

int
gtid_pos_option(struct db *db, struct gtid_list *list, const char *option,
    const char *file, uint64_t offset, struct err *err)
{
	struct err why = { 0 }, none = { 0 };

	if (gtid_pos_offset(db, list, file, offset, &why) == 0)
		return 0;
	if (why.kind != ERR_CONFIG || db_errno(db)) {
		*err = why;
		return err_wrap(err, "%s %s:%" PRIu64, option, file, offset);
	}
	if (gtid_pos_offset(db, list, file, LOG_START, &none) == 0) {
		err_set(err, ERR_CONFIG, "%s %s:%" PRIu64 ": the log of %s has "
		    "no event there", option, file, offset, db_name(db));
		return err_hint(err, "SHOW BINLOG EVENTS lists its offsets");
	}
	err_set(err, ERR_CONFIG, "%s %s:%" PRIu64 ": %s has no log %s", option,
	    file, offset, db_name(db), file);
	return err_hint(err, "SHOW BINARY LOGS lists those that exist");
}

bool
gtid_pos_is(struct db *db, const struct gtid_list *list, const char *file,
    uint64_t offset)
{
	struct gtid_list there = { 0 };
	struct err none = { 0 };
	bool same = offset >= LOG_START && offset <= UINT32_MAX &&
	    gtid_pos_offset(db, &there, file, offset, &none) == 0 &&
	    gtid_list_equal(&there, list);

	gtid_list_clear(&there);
	return same;
}

/* Of SHOW BINLOG EVENTS; may a transaction begin with it, or after it? */
static bool
is_between(const char *event_type)
{
	static const char *const types[] = {
		"Gtid", "Format_desc", "Gtid_list", "Binlog_checkpoint",
		"Rotate", "Stop", "Start_encryption",
	};

	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (strcmp(event_type, types[i]) == 0)
			return true;
	return false;
}

/* Log_name, Pos, Event_type, … */
static int
judge_event(void *arg, char **values, size_t n)
{
	bool *between = arg;

	*between = n < 3 || !values[2] || is_between(values[2]);
	return 1;
}

int
gtid_pos_start(struct db *db, struct gtid_list *list, const char *file,
    uint64_t offset, struct err *err)
{
	struct err denied = { 0 };
	bool between = true;

	if (gtid_pos_option(db, list, "--from", file, offset, err) < 0)
		return -1;
	if (offset >= LOG_START)
		db_rows(db, judge_event, &between, &denied,
		    SQL("SHOW BINLOG EVENTS IN "), SQL_TEXT(span_of(file)),
		    SQL(" FROM "), SQL_NUMBER(offset), SQL(" LIMIT 1"));
	if (between)
		return 0;
	err_set(err, ERR_USAGE, "--from %s:%" PRIu64 " lies inside a "
	    "transaction", file, offset);
	return err_hint(err, "SHOW BINLOG EVENTS shows where it begins");
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
gtid_pos_earliest(struct db *db, struct gtid_list *list, struct err *err)
{
	char *file = NULL;
	int status = db_rows(db, first_column, &file, err,
	    SQL("SHOW BINARY LOGS"));

	if (status < 0)
		err_hint(err, "GRANT BINLOG MONITOR ON *.* TO the account, or "
		    "start --from a GTID");
	else if (!file)
		status = err_set(err, ERR_CONFIG, "%s: the server has no "
		    "binlog", db_name(db));
	else
		status = gtid_pos_offset(db, list, file, LOG_START, err);
	free(file);
	return status;
}

struct search {
	const struct gtid_list *list;
	struct gtid_list at;    /* where the events of the log have come to */
	bool wanted;            /* that is list … */
	uint64_t pos;           /* … up to this offset; 0: not known yet */
	bool found;             /* what follows it was seen … */
	bool again;             /* … and then the list again */
};

/* Log_name, Pos, Event_type, Server_id, End_log_pos, Info: "BEGIN GTID
 * 0-1-3".  The place is the last one: what stands between two transactions
 * belongs to neither. */
static int
search_event(void *arg, char **values, size_t n)
{
	struct search *s = arg;
	const char *text = n > 5 && values[5] ? strstr(values[5], "GTID ") :
	    NULL;
	struct gtid gtid;

	if (n < 6 || !values[1] || !values[2] || !values[4])
		return 0;
	if (s->wanted && !s->found && is_between(values[2]))
		s->pos = integer_or(values[1], 0);
	if (strcmp(values[2], "Gtid") != 0 || !text)
		return 0;
	text += strlen("GTID ");
	if (!gtid_parse(&gtid, (struct span){ text, strcspn(text, " ") }))
		return 0;
	s->found |= s->wanted;
	gtid_list_set(&s->at, &gtid);
	s->wanted = gtid_list_equal(&s->at, s->list);
	s->again = s->found && s->wanted;
	return s->again;
}

static int
search_log(struct db *db, struct search *s, const char *file,
    struct err *err)
{
	int status = gtid_pos_offset(db, &s->at, file, LOG_START, err);

	s->wanted = status == 0 && gtid_list_equal(&s->at, s->list);
	s->found = false;
	s->pos = s->wanted ? LOG_START : 0;
	if (status == 0)
		status = db_rows(db, search_event, s, err,
		    SQL("SHOW BINLOG EVENTS IN "), SQL_TEXT(span_of(file)));
	return status;
}

struct names {
	char **v;
	size_t n;
};

static int
take_name(void *arg, char **values, size_t n)
{
	struct names *names = arg;

	if (n == 0 || !values[0])
		return 0;
	*ARRAY_ADD(names->v, names->n) = xstrdup(values[0]);
	return 0;
}

static void
names_clear(struct names *names)
{
	for (size_t i = 0; i < names->n; i++)
		free(names->v[i]);
	free(names->v);
}

static int
take_last(void *arg, char **values, size_t n)
{
	uint64_t *pos = arg;

	if (n > 2 && values[1] && values[2] && strcmp(values[2], "Gtid") == 0)
		*pos = integer_or(values[1], 0);
	return 0;
}

int
gtid_pos_last(struct db *db, char **file, uint64_t *pos)
{
	struct names logs = { 0 };
	struct err err = { 0 };
	int status = db_rows(db, take_name, &logs, &err,
	    SQL("SHOW BINARY LOGS"));

	*pos = 0;
	for (size_t i = logs.n; status == 0 && *pos == 0 && i-- > 0;) {
		status = db_rows(db, take_last, pos, &err,
		    SQL("SHOW BINLOG EVENTS IN "),
		    SQL_TEXT(span_of(logs.v[i])));
		if (status == 0 && *pos)
			*file = xstrdup(logs.v[i]);
	}
	names_clear(&logs);
	return status == 0 && *pos;
}

uint64_t
gtid_pos_log_number(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot ? integer_or(dot + 1, 0) : 0;
}

static int
is_there_twice(const struct gtid_list *list, const char *option,
    const char *file, struct err *err)
{
	struct buf text = { 0 };

	gtid_list_print(list, &text);
	err_set(err, ERR_CONFIG, "%s %s: it occurs twice in %s", option,
	    buf_cstr(&text), file);
	buf_free(&text);
	return err_hint(err, "use LOG:OFFSET to say which one is meant; SHOW "
	    "BINLOG EVENTS lists both");
}

int
gtid_pos_place(struct db *db, const struct gtid_list *list, const char *option,
    char **file, uint64_t *pos, struct err *err)
{
	struct search s = { .list = list };
	struct names logs = { 0 };
	struct err denied = { 0 };
	int status = db_rows(db, take_name, &logs, &denied,
	    SQL("SHOW BINARY LOGS"));

	for (size_t i = logs.n; status == 0 && s.pos == 0 && i-- > 0;) {
		status = search_log(db, &s, logs.v[i], &denied);
		if (status == 0 && s.again)
			is_there_twice(list, option, logs.v[i], err);
		if (status == 0 && s.pos) {
			*file = xstrdup(logs.v[i]);
			*pos = s.pos;
		}
	}
	names_clear(&logs);
	gtid_list_clear(&s.at);
	return err->kind ? -1 : status == 0 && s.pos != 0;
}
