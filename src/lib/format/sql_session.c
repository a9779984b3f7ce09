/* SPDX-License-Identifier: MIT
 *
 * Statements of the source, each in its own session.
 */
#include "format/sql.h"

#include "base/hex.h"
#include "charset/charset.h"
#include "evolve/source_session.h"
#include "format/format_statement.h"
#include "json/object.h"
#include "json/scan.h"
#include "sql/lex.h"

void
sql_session_put(struct statement *sql, bool first)
{
	if (first)      /* no statement can run a program of the client's */
		statement_add(sql,
		    SQL("/*M!999999\\- enable the sandbox mode */\n"));
	statement_add(sql, SQL("SET NAMES utf8mb4;\n"
	    "SET SESSION time_zone='+00:00', sql_mode='" SQL_STRICT_MODE
	    "', foreign_key_checks=1, unique_checks=1, "
	    "check_constraint_checks=1"));
	if (!first)
		statement_add(sql, SQL(", timestamp=DEFAULT, "
		    "sql_auto_is_null=0, auto_increment_increment=DEFAULT, "
		    "auto_increment_offset=DEFAULT, lc_time_names=DEFAULT "
		    "/*M!100502 , sql_if_exists=0 */ "
		    "/*M!101100 , system_versioning_insert_history=0 */ "
		    "/*M!110201 , character_set_collations=DEFAULT */"));
	statement_add(sql, SQL(";\n"));
}

/* May it stand as it is, whatever reads it, as one statement?  A comment, a
 * backslash, a second statement or an odd line end is read otherwise by one or
 * the other. */
static bool
stands_alone(struct span text, unsigned mode)
{
	struct sql at = sql_in(text, mode);
	struct sql_token token;
	size_t i;

	for (i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];

		if ((c < ' ' && c != '\n' && c != '\t') || c == '\\' ||
		    c == '#' || c == ';' || (i && c == '-' &&
		    text.p[i - 1] == '-') || (i && c == '*' &&
		    text.p[i - 1] == '/'))
			return false;
	}
	while (sql_token(&at, &token) != TOKEN_END)
		if (token.kind == TOKEN_BROKEN)
			return false;
	return text.n > 0 && !charset_has_strays(text);
}

/* The default collations of character sets, which have numbers alone. */
static void
put_collations(struct statement *sql, struct span session)
{
	struct json_pos at = json_at(object_member(session,
	    "character_set_collations"));
	struct sql_part word = SQL("");
	struct span id;

	if (!at.p || !json_enter(&at, '['))
		return;
	statement_add(sql, SQL("/*M!110201 SET SESSION "
	    "character_set_collations=COALESCE((SELECT GROUP_CONCAT("
	    "CHARACTER_SET_NAME, '=', FULL_COLLATION_NAME) FROM "
	    "information_schema.COLLATION_CHARACTER_SET_APPLICABILITY "
	    "WHERE ID IN ("));
	while (json_next_element(&at) > 0 && json_value(&at, &id)) {
		statement_add(sql, word, SQL_DECIMAL(id));
		word = SQL(", ");
	}
	statement_add(sql, SQL(")), '') */;\n"));
}

/* Of a database, which may be the session's own and need not be there. */
static bool
is_of_database(struct span ddl, unsigned mode)
{
	struct sql at = sql_in(ddl, mode);

	if (sql_word(&at, "CREATE")) {
		if (sql_word(&at, "OR"))
			sql_word(&at, "REPLACE");
	} else if (!sql_word(&at, "DROP")) {
		sql_word(&at, "ALTER");
	}
	return sql_word(&at, "DATABASE") || sql_word(&at, "SCHEMA");
}

static int
put_session(struct sql_writer *w, struct span session, bool uses,
    struct err *err)
{
	struct buf database = { 0 };
	struct statement *sql = &w->sql;
	int status;

	object_text(&database, session, "database");
	if (database.n && uses)
		statement_add(sql, SQL("USE "),
		    SQL_NAME(buf_view(&database)), SQL(";\n"));
	buf_free(&database);
	put_collations(sql, session);
	statement_add(sql, SQL("SET SESSION "
	    "system_versioning_alter_history='KEEP'"));
	status = source_session_put(sql, session, err);
	statement_add(sql, SQL(";\n"));
	return status;
}

/* Its bytes, where its text is not all of it: literals of bytes, a character
 * set of its own. */
static int
put_bytes(struct sql_writer *w, struct span session, struct span text,
    struct err *err)
{
	const char *client = "utf8mb4";

	w->bytes.n = 0;
	if (source_session_bytes(session, text, &w->bytes, &client, err) < 0)
		return -1;
	if (!w->bytes.n)
		buf_span(&w->bytes, text);
	statement_add(&w->sql, SQL_COMMENT(text), SQL("SET "
	    "character_set_client="), SQL_WORD(span_of(client)),
	    SQL(";\nEXECUTE IMMEDIATE CONVERT("),
	    SQL_BYTES(buf_view(&w->bytes)), SQL(" USING "),
	    SQL_WORD(span_of(client)), SQL(");\n"));
	return 0;
}

static int
refuse_failed(struct span ddl, struct err *err)
{
	err_set(err, ERR_DATA, "a statement failed at the source after part "
	    "of its work: %.*s", (int)(ddl.n < 80 ? ddl.n : 80), ddl.p);
	return err_hint(err, "execute by hand what it did, and leave the "
	    "record out");
}

static int
put_statement(struct sql_writer *w, struct span session, struct span ddl,
    struct err *err)
{
	unsigned mode = (unsigned)object_number(session, "sql_mode") &
	    SQL_MODES;
	bool has_bytes = json_inside(object_member(session, "statement")).n;

	if (object_number(session, "error"))
		return refuse_failed(ddl, err);
	if (put_session(w, session, !is_of_database(ddl, mode), err) < 0)
		return -1;
	if (!has_bytes && stands_alone(ddl, mode))
		statement_add(&w->sql, SQL_FOREIGN(ddl), SQL(";\n"));
	else if (put_bytes(w, session, ddl, err) < 0)
		return -1;
	sql_session_put(&w->sql, false);
	return 0;
}

int
sql_session_statement(struct sql_writer *w, const struct record *rec,
    struct err *err)
{
	struct span json = object_member(rec->body, "ddl");
	struct buf text = { 0 };
	int status = 0;

	if (!json.p || json.p[0] != '"' ||
	    format_statement_again(&w->place, rec, json))
		return 0;
	if (!json_unescape(&text, json_inside(json)) || !text.n)
		status = err_set(err, ERR_DATA, "a schema record whose ddl is "
		    "no statement");
	else
		status = put_statement(w, object_member(rec->body, "session"),
		    buf_view(&text), err);
	buf_free(&text);
	return status;
}
