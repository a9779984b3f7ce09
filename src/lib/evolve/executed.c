/* SPDX-License-Identifier: MIT */
#include "evolve/executed.h"

#include <stdlib.h>

#include "base/log.h"
#include "binlog/query_event.h"
#include "db/errors.h"
#include "db/query.h"
#include "follow/action.h"
#include "io/stop.h"

enum { WAIT_S = 5 };

/* ---- one thing */

static int
take_definition(void *arg, char **values, size_t n)
{
	struct buf *text = arg;

	if (n > 1 && values[1])
		buf_str(text, values[1]);
	return 0;
}

/* Without " AUTO_INCREMENT=7", which follows the last parenthesis. */
static void
forget_counter(struct buf *text)
{
	static const char word[] = " AUTO_INCREMENT=";
	size_t n = sizeof(word) - 1, from = text->n, to;

	while (from > 0 && text->p[from - 1] != '\n')
		from--;
	for (; from + n < text->n; from++)
		if (memcmp(text->p + from, word, n) == 0)
			break;
	if (from + n >= text->n)
		return;
	for (to = from + n; to < text->n && text->p[to] >= '0' &&
	    text->p[to] <= '9'; to++)
		;
	memmove(text->p + from, text->p + to, text->n - to);
	text->n -= to - from;
}

static int
ask_into(struct buf *out, char *value, struct err *err)
{
	buf_char(out, ' ');
	if (value)
		buf_str(out, value);
	free(value);
	return err->kind ? -1 : 0;
}

static int
look_at_table(struct db *db, struct span schema, struct span name,
    struct buf *out, struct err *err)
{
	struct buf text = { 0 };
	int status = db_rows(db, take_definition, &text, err,
	    SQL("SHOW CREATE TABLE "), SQL_TABLE(schema, name));

	/* a MERGE table may be there and not be shown */
	if (status < 0 && db_errno(db) == ER_WRONG_MRG_TABLE)
		buf_str(&text, err->text);
	if (status < 0 && (db_errno(db) == ER_NO_SUCH_TABLE ||
	    db_errno(db) == ER_BAD_DB_ERROR || text.n)) {
		err_clear(err);
		status = 0;
	}
	if (text.n)
		forget_counter(&text);
	if (status == 0)
		status = ask_into(out, text.n ? db_value(db, err,
		    SQL("SELECT MD5("), SQL_BYTES(buf_view(&text)), SQL(")")) :
		    NULL, err);
	buf_free(&text);
	return status;
}

static int
look_at_database(struct db *db, struct span name, bool drops, struct buf *out,
    struct err *err)
{
	return ask_into(out, db_value(db, err, drops ? SQL("SELECT 1") :
	    SQL("SELECT MD5(CONCAT(DEFAULT_COLLATION_NAME, SCHEMA_COMMENT))"),
	    SQL(" FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = "),
	    SQL_TEXT(name)), err);
}

static int
take_checksum(void *arg, char **values, size_t n)
{
	struct buf *out = arg;

	buf_char(out, ':');
	if (n > 1 && values[1])
		buf_str(out, values[1]);
	return 0;
}

/* ---- a statement */

/* How many times does a word stand in it? */
static size_t
count_word(struct span text, const char *word)
{
	struct sql at = sql_of(text);
	struct sql_token token;
	size_t n = 0;

	while (sql_token(&at, &token) != TOKEN_END &&
	    token.kind != TOKEN_BROKEN)
		n += sql_token_is(&token, word);
	return n;
}

/* May it move rows between tables, or columns, that look alike?  Of EXCHANGE
 * the table that is no partition tells. */
static bool
needs_rows(const struct action *s, size_t act)
{
	if (s->form != FORM_ALTER)
		return false;
	if (count_word(s->text, "EXCHANGE"))
		return act > 0;
	return count_word(s->text, "CHANGE") + count_word(s->text, "RENAME") >
	    1;
}

static int
look_at(struct db *db, const struct action *s, size_t i, struct buf *out,
    struct err *err)
{
	struct span schema = span_of(s->acts[i].db);
	size_t before = out->n;

	if (!s->acts[i].name)
		return look_at_database(db, schema, s->form ==
		    FORM_DROP_DATABASE, out, err);
	if (look_at_table(db, schema, span_of(s->acts[i].name), out, err) < 0)
		return -1;
	if (out->n == before + 1 || !needs_rows(s, i))
		return 0;
	return db_rows(db, take_checksum, out, err, SQL("CHECKSUM TABLE "),
	    SQL_TABLE(schema, span_of(s->acts[i].name)));
}

int
executed_look(struct db *db, struct span text, struct span schema,
    unsigned mode, struct buf *out, struct err *err)
{
	struct action s;
	int status = 0;

	action_read(&s, text, schema, mode);
	for (size_t i = 0; i < s.nacts && status == 0; i++)
		if (s.acts[i].changes)
			status = look_at(db, &s, i, out, err);
	action_clear(&s);
	return status;
}

bool
executed_repeats(struct span text)
{
	struct sql at = query_statement_of(sql_of(text));

	return sql_word(&at, "CREATE") && sql_word(&at, "OR") &&
	    sql_word(&at, "REPLACE");
}

int
executed_be_alone(struct db *db, struct span position, struct err *err)
{
	bool said = false;

	for (;;) {
		char *got = db_value(db, err, SQL("SELECT GET_LOCK(CONCAT("
		    "'cdc-apply.ddl.', MD5("), SQL_TEXT(position), SQL(")), "),
		    SQL_NUMBER(WAIT_S), SQL(")"));
		bool alone = got && *got == '1';

		free(got);
		if (err->kind)
			return -1;
		if (alone)
			return 0;
		if (stop_requested())
			return err_set(err, ERR_RETRY, "stopped while a "
			    "statement of an earlier cdc-apply was still "
			    "running");
		if (!said)
			log_warn("a statement of an earlier cdc-apply is "
			    "still running: waiting for it to finish");
		said = true;
	}
}
