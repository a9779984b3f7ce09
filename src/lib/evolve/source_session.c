/* SPDX-License-Identifier: MIT */
#include "evolve/source_session.h"

#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "base/integer.h"
#include "charset/charset.h"
#include "db/query.h"
#include "evolve/collations.h"
#include "evolve/denied.h"
#include "json/object.h"
#include "json/scan.h"
#include "json/write.h"
#include "sql/lex.h"
#include "value/types.h"

enum {
	READ_TIMEOUT_S = 300,
	NO_DIR_IN_CREATE = 128, /* of sql_mode: the target's own */
	MODES = 35,             /* bits of it */
	MICROSECONDS = 6,       /* digits */
};

/* The default database of a statement's session. */
static void
put_database(struct span session, struct span record_db, struct buf *out)
{
	if (object_member(session, "database").p)
		object_text(out, session, "database");
	else
		buf_span(out, record_db);
}

/* A new connection is in no database, and stays so where the target has not the
 * one that is wanted; no statement leaves a database but for another. */
static bool
may_be_in(struct db *db, struct span session, struct span record_db)
{
	struct buf wanted = { 0 };
	struct err ignored = { 0 };
	char *may;
	bool is;

	put_database(session, record_db, &wanted);
	may = db_value(db, &ignored, SQL("SELECT DATABASE() IS NULL OR EXISTS "
	    "(SELECT 1 FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = "),
	    SQL_TEXT(wanted.n ? buf_view(&wanted) : SPAN("")), SQL(")"));
	is = may && *may == '1';
	free(may);
	buf_free(&wanted);
	return is;
}

/* The one of the last statement, made what a new one is. */
static struct db *
take_spare(struct evolver *e, struct span session, struct span record_db)
{
	struct db *db = e->spare;

	e->spare = NULL;
	if (db && strcmp(db_name(db), db_name(e->db)) == 0 && db_renew(db) &&
	    may_be_in(db, session, record_db))
		return db;
	db_free(db);
	return NULL;
}

static int
set_own(struct evolver *e, struct db *db, struct err *err)
{
	return db_execute(db, err, SQL("SET SESSION lock_wait_timeout=30, "
	    "sql_mode='ALLOW_INVALID_DATES', "
	    "system_versioning_alter_history='KEEP'"),
	    e->skip_replication ? SQL(", skip_replication=1") : SQL(""));
}

struct db *
source_session_connect(struct evolver *e, struct span session,
    struct span record_db, struct err *err)
{
	struct db *db = take_spare(e, session, record_db);
	struct err ignored = { 0 };

	if (db && set_own(e, db, &ignored) == 0)
		return db;
	db_free(db);
	db = db_twin(e->db);
	for (uint64_t tries = 0; db_connect(db, READ_TIMEOUT_S, err) < 0 ||
	    set_own(e, db, err) < 0; tries++)
		if (!e->again(e->arg, tries, err)) {
			denied_hint(e->evolution, db, SPAN(""), err);
			db_free(db);
			return NULL;
		}
	return db;
}

/* Nobody waits for the lock of who executes statements (executed.h). */
void
source_session_leave(struct evolver *e, struct db *db, bool well)
{
	if (well && db_renew(db) && !e->spare)
		e->spare = db;
	else
		db_free(db);
}

/* ---- variables */

static int
refuse(const char *name, struct span value, struct err *err)
{
	return err_set(err, ERR_DATA, "a schema record's session: %s is "
	    "%.*s", name, (int)(value.n < 40 ? value.n : 40), value.p);
}

/* A whole number of JSON, at most that; 1, 0 where there is none, -1. */
static int
take_number(struct span session, const char *name, uint64_t most,
    uint64_t *v, struct err *err)
{
	struct span value = object_member(session, name);

	*v = 0;
	if (!value.p || span_is(value, "null"))
		return 0;
	return integer_read(value, most, v) ? 1 : refuse(name, value, err);
}

/* THE TABLE: what is set as it is told; else to what a server that does not
 * tell means, or not at all. */
static const struct variable {
	const char *name;
	struct sql_part sql;
	uint64_t most;
	enum { LEAVE, SET_1, SET_0, ONLY_SET } otherwise;
} variables[] = {
	{ "foreign_key_checks", SQL_INIT(", foreign_key_checks="), 1, SET_1 },
	{ "unique_checks", SQL_INIT(", unique_checks="), 1, SET_1 },
	{ "check_constraint_checks", SQL_INIT(", check_constraint_checks="),
	    1, SET_1 },
	{ "sql_auto_is_null", SQL_INIT(", sql_auto_is_null="), 1, SET_0 },
	/* servers that are older have neither */
	{ "sql_if_exists", SQL_INIT(", sql_if_exists="), 1, ONLY_SET },
	{ "system_versioning_insert_history",
	    SQL_INIT(", system_versioning_insert_history="), 1, ONLY_SET },
	{ "auto_increment_increment", SQL_INIT(", auto_increment_increment="),
	    65535, SET_1 },
	{ "auto_increment_offset", SQL_INIT(", auto_increment_offset="),
	    65535, SET_1 },
	{ "lc_time_names", SQL_INIT(", lc_time_names="), 65535, LEAVE },
	{ "collation_connection", SQL_INIT(", collation_connection="), 65535,
	    LEAVE },
	{ "collation_server", SQL_INIT(", collation_server="), 65535, LEAVE },
	{ "collation_database", SQL_INIT(", collation_database="), 65535,
	    LEAVE },
};

static int
put_variables(struct statement *sql, struct span session, struct err *err)
{
	for (size_t i = 0; i < sizeof(variables) / sizeof(*variables); i++) {
		const struct variable *var = &variables[i];
		uint64_t v;
		int got = take_number(session, var->name, var->most, &v, err);

		if (got < 0)
			return -1;
		if (got == 0 && var->otherwise == SET_1)
			v = 1;
		if ((got == 0 && (var->otherwise == LEAVE ||
		    var->otherwise == ONLY_SET)) ||
		    (v == 0 && var->otherwise == ONLY_SET))
			continue;
		statement_add(sql, var->sql, SQL_NUMBER(v));
	}
	return 0;
}

static int
put_sql_mode(struct statement *sql, struct span session, struct err *err)
{
	uint64_t mode;
	int got = take_number(session, "sql_mode", (1ull << MODES) - 1,
	    &mode, err);

	if (got <= 0)
		return got;
	statement_add(sql, SQL(", sql_mode="),
	    SQL_NUMBER(mode & ~(uint64_t)NO_DIR_IN_CREATE),
	    SQL(" | IF(FIND_IN_SET('NO_DIR_IN_CREATE', @@GLOBAL.sql_mode), "),
	    SQL_NUMBER(NO_DIR_IN_CREATE), SQL(", 0)"));
	return 0;
}

/* 1500000000 or 1500000000.123456 */
static bool
is_time(struct span value)
{
	const char *dot = memchr(value.p, '.', value.n);
	size_t whole = dot ? (size_t)(dot - value.p) : value.n;
	uint64_t seconds = 0;

	if (whole == 0 || whole > 10 || (dot && (value.n == whole + 1 ||
	    value.n > whole + 1 + MICROSECONDS)))
		return false;
	for (size_t i = 0; i < value.n; i++) {
		if (i == whole)
			continue;
		if (value.p[i] < '0' || value.p[i] > '9')
			return false;
		if (i < whole)
			seconds = seconds * 10 + (uint64_t)(value.p[i] - '0');
	}
	return seconds <= UINT32_MAX;
}

/* 0 means "now" to SET, and is a time that no statement has. */
static int
put_time(struct statement *sql, struct span session, struct err *err)
{
	struct span value = object_member(session, "timestamp");

	if (!value.p || span_is(value, "null") || span_is(value, "0"))
		return 0;
	if (!is_time(value))
		return refuse("timestamp", value, err);
	statement_add(sql, SQL(", timestamp="), SQL_DECIMAL(value));
	return 0;
}

static void
put_time_zone(struct statement *sql, struct span session)
{
	struct buf zone = { 0 };

	object_text(&zone, session, "time_zone");
	if (zone.n)
		statement_add(sql, SQL(", time_zone="),
		    SQL_TEXT(buf_view(&zone)));
	buf_free(&zone);
}

int
source_session_put(struct statement *sql, struct span session,
    struct err *err)
{
	if (put_variables(sql, session, err) < 0 ||
	    put_sql_mode(sql, session, err) < 0 ||
	    put_time(sql, session, err) < 0)
		return -1;
	put_time_zone(sql, session);
	return 0;
}

/* What cannot be set before 10.8 is set where it is another alone. */
static int
put_timestamps(struct db *db, struct statement *sql, struct span session,
    struct err *err)
{
	uint64_t wanted;
	int got = take_number(session, "explicit_defaults_for_timestamp", 1,
	    &wanted, err);
	char *is;

	if (got <= 0)
		return got;
	is = db_value(db, err, SQL("SELECT "
	    "@@explicit_defaults_for_timestamp"));
	if (is && (*is == '1') != (wanted == 1))
		statement_add(sql, SQL(", explicit_defaults_for_timestamp="),
		    SQL_NUMBER(wanted));
	free(is);
	return err->kind ? -1 : 0;
}

static int
set_variables(struct db *db, struct span session, struct span text,
    struct err *err)
{
	struct statement sql = { 0 };
	int status = -1;

	statement_add(&sql, SQL("SET SESSION max_error_count=64"));
	if (source_session_put(&sql, session, err) == 0 &&
	    put_timestamps(db, &sql, session, err) == 0 &&
	    collations_put(db, &sql, session, text,
	    (unsigned)object_number(session, "sql_mode") & SQL_MODES,
	    err) == 0) {
		status = db_execute(db, err, SQL_OF(&sql));
		if (status < 0)
			err_wrap(err, "cannot set up the session in which the "
			    "source executed a statement");
	}
	statement_free(&sql);
	return status;
}

/* ---- the database, and all */

static int
be_in(struct db *db, struct span database, struct err *err)
{
	char *there;
	int status = 0;

	if (!database.n)
		return 0;
	there = db_value(db, err, SQL("SELECT 1 FROM information_schema."
	    "SCHEMATA WHERE SCHEMA_NAME = "), SQL_TEXT(database));
	if (there)
		status = db_execute(db, err, SQL("USE "), SQL_NAME(database));
	free(there);
	return err->kind ? -1 : status;
}

int
source_session_make(struct db *db, struct span session, struct span record_db,
    struct span text, struct err *err)
{
	struct buf database = { 0 };
	int status;

	put_database(session, record_db, &database);
	status = be_in(db, buf_view(&database), err);
	buf_free(&database);
	return status < 0 || !session.p ? status :
	    set_variables(db, session, text, err);
}

/* ---- the statement's own bytes */

static int
unreadable(struct err *err)
{
	err_set(err, ERR_DATA, "a statement whose bytes are not valid in its "
	    "client's character set");
	return err_hint(err, "execute by hand what it does, and leave it out "
	    "of the stream");
}

/* Is every byte that SQL may mean something by the character that it means,
 * and nothing else such a character? */
static bool
is_ascii_alike(struct span bytes, struct span text)
{
	size_t i = 0, k = 0;

	for (;;) {
		while (i < bytes.n && (unsigned char)bytes.p[i] >= 0x80)
			i++;
		while (k < text.n && (unsigned char)text.p[k] >= 0x80)
			k++;
		if (i == bytes.n || k == text.n)
			return i == bytes.n && k == text.n;
		if (bytes.p[i++] != text.p[k++])
			return false;
	}
}

/* Is there a byte in it that stands for itself, STRAY_BYTE? */
static bool
has_strays(struct span text)
{
	for (size_t i = 0; i + 1 < text.n; i++)
		if ((unsigned char)text.p[i] == 0xEE &&
		    (unsigned char)text.p[i + 1] >= 0xBC)
			return true;
	return !json_utf8_valid(text);
}

/* Does everybody read them as we do: where names and strings end?  Of UTF-8,
 * and sets of one byte that begin as ASCII does, whatever bytes they are; of
 * others, where all are characters. */
static bool
is_read_alike(const struct charset *set, struct span bytes, struct span text)
{
	if (!set->put || charset_is_utf8(set))
		return true;
	return set->mbmaxlen == 1 ? is_ascii_alike(bytes, text) :
	    !has_strays(text);
}

/* A text that is its own bytes: which set it was read in shows in views. */
static int
take_text(struct span session, struct span text, struct buf *bytes,
    const char **client, struct err *err)
{
	uint64_t id;
	int got = take_number(session, "character_set_client", 65535, &id, err);
	const struct charset *set = got > 0 ? charset_of_collation(id) : NULL;

	if (got < 0 || !set || !set->put)
		return got < 0 ? -1 : 0;
	for (size_t i = 0; i < text.n; i++)
		if ((unsigned char)text.p[i] >= 0x80 && !charset_is_utf8(set))
			return 0;
	buf_span(bytes, text);
	*client = set->name;
	return 1;
}

int
source_session_bytes(struct span session, struct span text, struct buf *bytes,
    const char **client, struct err *err)
{
	struct span hex = json_inside(object_member(session, "statement"));
	const struct charset *set;
	uint64_t id;
	struct buf json = { 0 }, as_text = { 0 };
	int got = 0;

	if (!hex.n)
		return take_text(session, text, bytes, client, err);
	if (!hex_take(bytes, hex))
		return refuse("statement", hex, err);
	if (take_number(session, "character_set_client", 65535, &id, err) < 0)
		return -1;
	set = charset_of_collation(id);
	if (!set || (!set->put && id != COLLATION_BINARY))
		return unreadable(err);
	*client = set->name;
	if (set->put && !charset_is_utf8(set))
		charset_put(set, &json, buf_view(bytes));
	else
		json_string(&json, buf_view(bytes));
	if (json_unescape(&as_text, json_inside(buf_view(&json))) &&
	    span_eq(buf_view(&as_text), text))
		got = is_read_alike(set, buf_view(bytes), text) ? 1 :
		    unreadable(err);
	buf_free(&json);
	buf_free(&as_text);
	return got;
}
