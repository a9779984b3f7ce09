/* SPDX-License-Identifier: MIT */
#include "format/format_statement.h"

#include <inttypes.h>

#include "base/log.h"
#include "follow/action.h"
#include "json/object.h"
#include "json/scan.h"

enum { SHOWN = 120 };           /* bytes of a statement in a message */

static bool
changes_rows(const struct action *s)
{
	return action_removes_rows(s) || action_moves_rows(s) ||
	    action_alters_columns(s);
}

/* Its text, if rows that are there become others by it. */
static bool
read_statement(const struct record *rec, struct buf *text)
{
	struct span session = object_member(rec->body, "session");
	struct action action = { 0 };
	struct buf db = { 0 };
	bool is;

	object_text(text, rec->body, "ddl");
	if (!text->n)
		return false;
	object_text(&db, rec->body, "databaseName");
	action_read(&action, buf_view(text), buf_view(&db),
	    (unsigned)object_number(session, "sql_mode") & SQL_MODES);
	is = changes_rows(&action);
	action_clear(&action);
	buf_free(&db);
	return is;
}

static int
refuse(struct span text, struct err *err)
{
	err_set(err, ERR_CONFIG, "a statement removes or changes rows of which "
	    "no record tells, and is written only with --schema-changes: "
	    "%.*s%s", SPAN_SHOWN(text, SHOWN));
	return err_hint(err, "cdc-tail --schema-changes prints all statements, "
	    "and cdc-format --schema-changes writes them; if this one was "
	    "executed at the target by hand, leave its record out");
}

static void
warn(struct formatter *f, const struct record *rec, struct span text)
{
	if (!f->warned)
		log_warn("line %" PRIu64 ": a statement removes or changes "
		    "rows, and --to %s contains nothing of it (further ones "
		    "are not reported): %.*s%s", rec->line.number,
		    f->format->name, SPAN_SHOWN(text, SHOWN));
	f->warned = true;
}

int
format_statement_take(struct formatter *f, const struct record *rec,
    struct err *err)
{
	enum format_statements way = f->format->statements;
	struct buf text = { 0 };
	int status = 0;

	/* a copy begins with what it copies */
	if (way == STATEMENTS_WRITTEN || f->opt->own.schema_changes ||
	    json_is_text(object_member(object_member(rec->body, "source"),
	    "snapshot"), "true"))
		return 0;
	if (read_statement(rec, &text)) {
		if (way == STATEMENTS_REFUSED)
			status = refuse(buf_view(&text), err);
		else
			warn(f, rec, buf_view(&text));
	}
	buf_free(&text);
	return status;
}

bool
format_statement_again(struct buf *last, const struct record *rec,
    struct span ddl)
{
	static const enum member_id members[] = { M_GTID, M_FILE, M_POS };
	struct buf place = { 0 };
	bool same;

	for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
		buf_span(&place, member_value(&rec->block, members[i]));
		buf_char(&place, '\n');
	}
	buf_span(&place, ddl);
	same = span_eq(buf_view(&place), buf_view(last));
	buf_free(last);
	*last = place;
	return same;
}
