/* SPDX-License-Identifier: MIT
 *
 * QUERY:
 *   thread u32 | seconds u32 | db length u8 | error u16 | status length u16 |
 *   status variables | db NUL | text
 * https://mariadb.com/kb/en/query_event/
 *
 * EXECUTE_LOAD_QUERY has in front of its status variables:
 *   file u32 | its name in the text, from u32, to u32 | duplicates u8
 */
#include "binlog/query_event.h"

#include "binlog/events.h"
#include "sql/lex.h"

/* TRUNCATE [TABLE] [db.]table */
static void
parse_truncate(struct query *query, struct sql *s)
{
	sql_word(s, "TABLE");
	query->db = query->default_db;
	if (sql_table(s, &query->db, &query->table))
		query->kind = QUERY_TRUNCATE;
}

static void
parse_rollback(struct query *query, struct sql *s)
{
	query->kind = QUERY_ROLLBACK;
	if (!sql_word(s, "TO"))
		return;
	sql_word(s, "SAVEPOINT");
	if (sql_name(s, &query->name))
		query->kind = QUERY_ROLLBACK_TO;
}

static void
parse_savepoint(struct query *query, struct sql *s)
{
	if (sql_name(s, &query->name))
		query->kind = QUERY_SAVEPOINT;
}

static void
parse_xa(struct query *query, struct sql *s)
{
	if (sql_word(s, "COMMIT"))
		query->kind = QUERY_XA_COMMIT;
	else if (sql_word(s, "ROLLBACK"))
		query->kind = QUERY_XA_ROLLBACK;
}

/* SET STATEMENT … FOR statement: what counts is the statement. */
struct sql
query_statement_of(struct sql all)
{
	struct sql at = all;

	if (!sql_word(&at, "SET") || !sql_word(&at, "STATEMENT"))
		return all;
	while (sql_more(&at)) {
		if (sql_word(&at, "FOR"))
			return at;
		sql_skip(&at);
	}
	return all;
}

/* Of MySQL's logs a part tells it that MariaDB's do not have. */
static bool
has_old_timestamps(const struct query_session *s)
{
	if (s->parts & SESSION_TIMESTAMPS)
		return !s->explicit_timestamps;
	return s->parts & SESSION_FLAGS &&
	    !(s->flags & SESSION_EXPLICIT_TIMESTAMPS);
}

struct sql
query_statement(const struct query *query)
{
	const struct query_session *session = &query->session;
	struct sql sql = sql_of(query->text);

	sql.mode = session->sql_mode & SQL_MODES;
	if (has_old_timestamps(session))
		sql.mode |= SQL_OLD_TIMESTAMPS;
	return query_statement_of(sql);
}

/* MySQL's CREATE TABLE … SELECT: its rows follow, and a COMMIT. */
static bool
starts_transaction(struct span text)
{
	static const char tail[] = " START TRANSACTION";
	struct sql s = sql_of(text);
	size_t n = sizeof(tail) - 1;

	return sql_word(&s, "CREATE") && sql_word(&s, "TABLE") &&
	    text.n > n && memcmp(text.p + text.n - n, tail, n) == 0;
}

static void
classify(struct query *query)
{
	static const struct {
		const char *word;
		enum query_kind kind;
		void (*parse)(struct query *, struct sql *);
	} words[] = {
		{ "BEGIN", QUERY_BEGIN, 0 },
		{ "START", QUERY_BEGIN, 0 },
		{ "COMMIT", QUERY_COMMIT, 0 },
		{ "ROLLBACK", QUERY_ROLLBACK, parse_rollback },
		{ "SAVEPOINT", QUERY_OTHER, parse_savepoint },
		{ "RELEASE", QUERY_RELEASE, 0 },
		{ "XA", QUERY_XA, parse_xa },
		{ "TRUNCATE", QUERY_OTHER, parse_truncate },
		{ "INSERT", QUERY_DML, 0 },
		{ "UPDATE", QUERY_DML, 0 },
		{ "DELETE", QUERY_DML, 0 },
		{ "REPLACE", QUERY_DML, 0 },
		{ "LOAD", QUERY_DML, 0 },
		{ "WITH", QUERY_DML, 0 },
		{ "CALL", QUERY_DML, 0 },
		{ "SELECT", QUERY_DML, 0 },
	};
	struct sql s = query_statement(query);

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (!sql_word(&s, words[i].word))
			continue;
		query->kind = words[i].kind;
		if (words[i].parse)
			words[i].parse(query, &s);
		return;
	}
	if (starts_transaction(query->text))
		query->kind = QUERY_BEGIN;
}

void
query_convert(struct query *query, struct span text)
{
	query->bytes = query->text;
	query->text = text;
	query->kind = QUERY_OTHER;
	classify(query);
}

int
query_parse(struct query *query, const struct binlog_event *ev,
    struct err *err)
{
	struct cursor in = cursor_of(ev->body, ev->body_n);
	uint8_t db_n;
	uint16_t status_n;
	struct span status;

	*query = (struct query){ .kind = QUERY_OTHER };
	query->thread_id = take_u32(&in);
	take_u32(&in);          /* seconds */
	db_n = take_u8(&in);
	query->error = take_u16(&in);
	status_n = take_u16(&in);
	if (event_kind(ev->type)->loads)
		take(&in, 4 + 4 + 4 + 1);
	status = take_span(&in, status_n);
	query->default_db = take_span(&in, db_n);
	take_u8(&in);
	if (in.bad)
		return err_set(err, ERR_DATA, "QUERY event is cut short");
	query->text = take_span(&in, cursor_left(&in));
	query_session_read(&query->session, status);
	query->collation = query->session.client;
	query->server_collation = query->session.server;
	classify(query);
	return 0;
}
