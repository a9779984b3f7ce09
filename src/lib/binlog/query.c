/* SPDX-License-Identifier: MIT
 *
 * QUERY:
 *   thread u32 | seconds u32 | db length u8 | error u16 | status length u16 |
 *   status variables | db NUL | text
 * https://mariadb.com/kb/en/query_event/
 */
#include "binlog/query.h"

#include <ctype.h>
#include <strings.h>

enum { Q_FLAGS2, Q_SQL_MODE, Q_CATALOG, Q_AUTO_INCREMENT, Q_CHARSET };

/* Status variables come in no fixed order, but the character set stands
 * behind none but these; an unknown one ends the search. */
static uint64_t
client_collation(struct span status)
{
	struct cursor in = cursor_of(status.p, status.n);

	while (cursor_left(&in) > 0 && !in.bad) {
		switch (take_u8(&in)) {
		case Q_FLAGS2:
			take(&in, 4);
			break;
		case Q_SQL_MODE:
			take(&in, 8);
			break;
		case Q_AUTO_INCREMENT:
			take(&in, 4);
			break;
		case 6:                 /* catalog without NUL */
			take_span(&in, take_u8(&in));
			break;
		case Q_CHARSET:
			return take_u16(&in);
		default:
			return 0;
		}
	}
	return 0;
}

/* Over blanks and comments.  The inside of a comment for servers only
 * (slash star bang) is text. */
static const char *
skip_space(const char *p, const char *end)
{
	for (;;) {
		const char *from = p;

		while (p < end && isspace((unsigned char)*p))
			p++;
		if (end - p >= 2 && p[0] == '/' && p[1] == '*') {
			const char *close = p + 2;

			if (close < end && (*close == '!' || *close == 'M')) {
				p = close + 1;
				while (p < end && (*p == '!' ||
				    isdigit((unsigned char)*p)))
					p++;
				continue;
			}
			while (end - close >= 2 &&
			    !(close[0] == '*' && close[1] == '/'))
				close++;
			p = end - close >= 2 ? close + 2 : end;
		} else if (end - p >= 2 && p[0] == '*' && p[1] == '/') {
			p += 2;
		} else if (p < end && (*p == '#' ||
		    (end - p >= 2 && p[0] == '-' && p[1] == '-'))) {
			while (p < end && *p != '\n')
				p++;
		}
		if (p == from)
			return p;
	}
}

/* Over a keyword, if the text there is it. */
static bool
accept_word(const char **p, const char *end, const char *word)
{
	const char *at = skip_space(*p, end);
	size_t n = strlen(word);

	if ((size_t)(end - at) < n || strncasecmp(at, word, n) != 0)
		return false;
	if (at + n < end && (isalnum((unsigned char)at[n]) || at[n] == '_'))
		return false;
	*p = skip_space(at + n, end);
	return true;
}

/* Over a name, quoted by backticks (or ") or not.  Doubled quotes stay
 * doubled: the caller compares names, or undoubles them. */
static bool
accept_name(const char **p, const char *end, struct span *name)
{
	const char *at = skip_space(*p, end);
	const char *start = at;

	if (at < end && (*at == '`' || *at == '"')) {
		char quote = *at++;

		start = at;
		while (at < end && (*at != quote ||
		    (at + 1 < end && at[1] == quote)))
			at += *at == quote ? 2 : 1;
		if (at >= end)
			return false;
		*name = (struct span){ start, (size_t)(at - start) };
		*p = at + 1;
		return true;
	}
	while (at < end && (isalnum((unsigned char)*at) || *at == '_' ||
	    *at == '$' || (unsigned char)*at >= 0x80))
		at++;
	*name = (struct span){ start, (size_t)(at - start) };
	*p = at;
	return name->n > 0;
}

/* TRUNCATE [TABLE] [db.]table */
static void
parse_truncate(struct query *query, const char *p, const char *end)
{
	struct span first;

	accept_word(&p, end, "TABLE");
	if (!accept_name(&p, end, &first))
		return;
	query->kind = QUERY_TRUNCATE;
	query->db = query->default_db;
	query->table = first;
	p = skip_space(p, end);
	if (p < end && *p == '.') {
		p++;
		query->db = first;
		if (!accept_name(&p, end, &query->table))
			query->kind = QUERY_OTHER;
	}
}

static void
parse_rollback(struct query *query, const char *p, const char *end)
{
	query->kind = QUERY_ROLLBACK;
	if (!accept_word(&p, end, "TO"))
		return;
	accept_word(&p, end, "SAVEPOINT");
	if (accept_name(&p, end, &query->name))
		query->kind = QUERY_ROLLBACK_TO;
}

static void
parse_savepoint(struct query *query, const char *p, const char *end)
{
	if (accept_name(&p, end, &query->name))
		query->kind = QUERY_SAVEPOINT;
}

static void
parse_xa(struct query *query, const char *p, const char *end)
{
	if (accept_word(&p, end, "COMMIT"))
		query->kind = QUERY_XA_COMMIT;
	else if (accept_word(&p, end, "ROLLBACK"))
		query->kind = QUERY_XA_ROLLBACK;
}

/* SET STATEMENT … FOR statement: what counts is the statement. */
static const char *
skip_set_statement(const char *p, const char *end)
{
	const char *at = p;

	if (!accept_word(&at, end, "SET") ||
	    !accept_word(&at, end, "STATEMENT"))
		return p;
	for (; at < end; at++) {
		if (isspace((unsigned char)at[-1]) &&
		    accept_word(&at, end, "FOR"))
			return at;
	}
	return p;
}

static void
classify(struct query *query)
{
	static const struct {
		const char *word;
		enum query_kind kind;
		void (*parse)(struct query *, const char *, const char *);
	} words[] = {
		{ "BEGIN", QUERY_BEGIN, 0 },
		{ "START", QUERY_BEGIN, 0 },
		{ "COMMIT", QUERY_COMMIT, 0 },
		{ "ROLLBACK", QUERY_ROLLBACK, parse_rollback },
		{ "SAVEPOINT", QUERY_SAVEPOINT, parse_savepoint },
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
	const char *end = query->text.p + query->text.n;
	const char *p = skip_set_statement(query->text.p, end);

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (!accept_word(&p, end, words[i].word))
			continue;
		query->kind = words[i].kind;
		if (words[i].parse)
			words[i].parse(query, p, end);
		return;
	}
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
	take(&in, 4 + 4);        /* thread, seconds */
	db_n = take_u8(&in);
	take_u16(&in);
	status_n = take_u16(&in);
	status = take_span(&in, status_n);
	query->default_db = take_span(&in, db_n);
	take_u8(&in);
	if (in.bad)
		return err_set(err, ERR_DATA, "QUERY event is cut short");
	query->text = take_span(&in, cursor_left(&in));
	query->collation = client_collation(status);
	classify(query);
	return 0;
}

bool
query_is_schema_change(const struct query *query)
{
	static const char *const verbs[] = { "CREATE", "ALTER", "DROP" };
	static const char *const not_tables[] = {
		"USER", "ROLE", "FUNCTION", "PROCEDURE", "PACKAGE", "TRIGGER",
		"VIEW", "EVENT", "SERVER", "AGGREGATE", "DEFINER", "ALGORITHM",
		"SQL", "TEMPORARY",
	};
	const char *end = query->text.p + query->text.n;
	const char *p = skip_set_statement(query->text.p, end);

	if (query->kind == QUERY_TRUNCATE)
		return false;
	if (accept_word(&p, end, "RENAME"))
		return accept_word(&p, end, "TABLE") ||
		    accept_word(&p, end, "TABLES");
	for (size_t i = 0; i < sizeof(verbs) / sizeof(*verbs); i++) {
		if (!accept_word(&p, end, verbs[i]))
			continue;
		if (accept_word(&p, end, "OR"))
			accept_word(&p, end, "REPLACE");
		for (size_t k = 0; k < sizeof(not_tables) /
		    sizeof(*not_tables); k++)
			if (accept_word(&p, end, not_tables[k]))
				return false;
		return true;
	}
	return false;
}
