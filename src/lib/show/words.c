/* SPDX-License-Identifier: MIT */
#include "show/words.h"

#include <ctype.h>

#include "json/scan.h"
#include "record/end.h"
#include "schema/schema_file.h"
#include "show/block.h"
#include "show/show_text.h"
#include "sql/lex.h"

enum {
	NAME_ROOM = 64, VECTOR_ROOM = 200,
	STATEMENT_LINES = 24,   /* of a definition */
	INDENT = 6,
};

/* ---- heartbeats */

static void
put_position(struct showing *s, struct span beat)
{
	struct show_page *p = &s->page;
	struct span gtid = object_member(beat, "gtid");
	struct span file = object_member(beat, "file");
	struct span ms = object_member(beat, "source_ts_ms");

	if (json_inside(gtid).n)
		show_text_words(p, PAINT_ID, gtid, VECTOR_ROOM);
	if (json_inside(file).n) {
		page_words(p, PAINT_NONE, json_inside(gtid).n ? ", " : "");
		show_text_words(p, PAINT_NONE, file, NAME_ROOM);
		page_words(p, PAINT_NONE, ":");
		show_text_words(p, PAINT_NONE, object_member(beat, "pos"),
		    NAME_ROOM);
	}
	if (ms.p && ms.p[0] != 'n' && !span_is(ms, "0")) {
		page_words(p, PAINT_NONE, ", ");
		block_moment(s, ms, true);
	}
}

/* What else it tells, as far as people ask for it. */
static void
put_progress(struct showing *s, struct span beat)
{
	static const struct { const char *name, *words; } rows[] = {
		{ "restart", "; transactions are prepared since " },
		{ "snapshot", "; a copy of tables is under way" },
		{ "incremental", "; an incremental snapshot is under way" },
	};
	struct show_page *p = &s->page;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct span v = object_member(beat, rows[i].name);

		if (!v.p || v.p[0] == 'n')
			continue;
		page_words(p, PAINT_NONE, rows[i].words);
		if (v.p[0] == '"')
			show_text_words(p, PAINT_ID, v, VECTOR_ROOM);
	}
}

static void
put_end(struct showing *s, const struct record *rec)
{
	struct show_page *p = &s->page;
	struct span status = object_member(object_member(rec->body, "end"),
	    "status");

	page_words(p, PAINT_ALARM, "the stream is incomplete");
	page_words(p, PAINT_NONE, ": a program before this one ended with "
	    "status ");
	show_text_words(p, PAINT_ALARM, status.p ? status : SPAN("?"),
	    NAME_ROOM);
	page_line(p);
}

void
words_heartbeat(struct showing *s, const struct record *rec)
{
	static const struct { const char *beat, *words; } rows[] = {
		{ "first", "the stream begins after " },
		{ "last", "the stream ends here, after " },
		{ NULL, "read up to " },
	};
	struct show_page *p = &s->page;
	struct span beat = object_member(rec->body, "beat");
	size_t i = 0;

	page_words(p, PAINT_DIM, "-- ");
	if (end_kind(rec) != ERR_NONE) {
		put_end(s, rec);
		return;
	}
	if (!beat.p) {                  /* Debezium's */
		page_words(p, PAINT_NONE, "heartbeat of ");
		block_moment(s, object_member(rec->body, "ts_ms"), true);
		page_line(p);
		return;
	}
	while (rows[i].beat && !json_is_text(beat, rows[i].beat))
		i++;
	page_words(p, PAINT_NONE, rows[i].words);
	put_position(s, rec->body);
	put_progress(s, rec->body);
	page_line(p);
}

/* ---- schema records */

/* Has it the words anywhere but in strings, names and parentheses? */
static bool
has_clause(struct sql sql, const char *words)
{
	while (sql_more(&sql)) {
		if (sql_words(&sql, words))
			return true;
		sql_skip(&sql);
	}
	return false;
}

/* What happened, of the words that a statement begins with; NULL: not one of
 * these. */
static const char *
action_of(struct span ddl)
{
	static const struct { const char *first, *clause, *words; } rows[] = {
		{ "RENAME TABLE", NULL, "table renamed" },
		{ "TRUNCATE", NULL, "table truncated" },
		{ "ALTER TABLE", "TRUNCATE PARTITION",
		    "partition truncated: its rows are gone" },
		{ "ALTER TABLE", "DROP PARTITION",
		    "partition dropped, and its rows" },
		{ "CREATE DATABASE", NULL, "database created" },
		{ "CREATE SCHEMA", NULL, "database created" },
		{ "CREATE OR REPLACE DATABASE", NULL, "database replaced" },
		{ "ALTER DATABASE", NULL, "database altered" },
		{ "ALTER SCHEMA", NULL, "database altered" },
		{ "DROP DATABASE", NULL, "database dropped" },
		{ "DROP SCHEMA", NULL, "database dropped" },
		{ "CREATE INDEX", NULL, "index created" },
		{ "CREATE UNIQUE INDEX", NULL, "index created" },
		{ "DROP INDEX", NULL, "index dropped" },
		{ "DROP VIEW", NULL, "view dropped" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct sql sql = sql_of(ddl);

		if (sql_words(&sql, rows[i].first) && (!rows[i].clause ||
		    has_clause(sql, rows[i].clause)))
			return rows[i].words;
	}
	return NULL;
}

static void
put_action(struct showing *s, struct span type, struct span ddl)
{
	static const struct { const char *type, *words; } rows[] = {
		{ "CREATE", "table created" }, { "ALTER", "table altered" },
		{ "DROP", "table dropped" }, { NULL, "statement" },
	};
	const char *words = action_of(json_string_text(json_inside(ddl),
	    &s->scratch));
	size_t i = 0;

	while (rows[i].type && !json_is_text(type, rows[i].type))
		i++;
	page_words(&s->page, PAINT_OTHER, words ? words : rows[i].words);
}

static void
put_table(struct showing *s, const struct record *rec)
{
	struct show_page *p = &s->page;

	page_paint(p, &p->out, PAINT_TABLE);
	if (rec->db.n) {
		p->at += show_text(p, &p->out, rec->db, true, TEXT_NAME,
		    NAME_ROOM);
	}
	if (rec->db.n && rec->table.n)
		buf_char(&p->out, '.');
	if (rec->table.n)
		p->at += show_text(p, &p->out, rec->table, true, TEXT_NAME,
		    NAME_ROOM) + 1;
	page_unpaint(p, &p->out, PAINT_TABLE);
}

/* What is told of an ENUM or a SET is the length of a label. */
static bool
has_labels(struct span type)
{
	return span_is(type, "enum") || span_is(type, "set");
}

struct listing {
	struct showing *s;
	bool first, full;
};

/* "id int unsigned", after a comma; --full: on a line of its own. */
static bool
put_column(void *arg, struct span column)
{
	struct listing *l = arg;
	struct show_page *p = &l->s->page;
	struct buf *out = &l->s->text, type = { 0 };
	struct span name = json_inside(object_member(column, "name"));
	struct span length = object_member(column, "length");
	struct span scale = object_member(column, "scale");
	size_t n;

	out->n = 0;
	n = show_text(p, out, name, true, TEXT_NAME, NAME_ROOM) + 1;
	buf_char(out, ' ');
	object_text(&type, column, "typeName");
	for (size_t i = 0; i < type.n; i++)
		type.p[i] = (char)tolower((unsigned char)type.p[i]);
	if (length.p && length.p[0] != 'n' && !has_labels(buf_view(&type))) {
		buf_char(&type, '(');
		buf_span(&type, length);
		if (scale.p && scale.p[0] != 'n') {
			buf_char(&type, ',');
			buf_span(&type, scale);
		}
		buf_char(&type, ')');
	}
	n += show_text(p, out, buf_view(&type), false, TEXT_BARE, NAME_ROOM);
	buf_free(&type);
	if (l->full) {
		page_blanks(p, INDENT);
		page_put(p, PAINT_DIM, buf_view(out), n);
		page_line(p);
		return true;
	}
	if (p->at + 2 + n + 2 > p->width) {
		page_put(p, PAINT_DIM, SPAN(", …"), 3);
		return false;
	}
	page_words(p, PAINT_DIM, l->first ? ": " : ", ");
	l->first = false;
	page_put(p, PAINT_DIM, buf_view(out), n);
	return true;
}

static bool
put_change(void *arg, struct span change)
{
	struct listing *l = arg;

	l->first = true;
	json_each(object_member(object_member(change, "table"), "columns"),
	    put_column, l);
	return true;
}

static bool
first_type(void *arg, struct span change)
{
	struct span *type = arg;

	*type = object_member(change, "type");
	return false;
}

void
words_schema(struct showing *s, const struct record *rec)
{
	struct show_page *p = &s->page;
	struct span ddl = object_member(rec->body, "ddl");
	struct span changes = object_member(rec->body, "tableChanges");
	struct span error = object_member(object_member(rec->body,
	    "session"), "error");
	struct listing l = { s, true, s->opt->full && !s->opt->oneline };
	struct span type = { NULL, 0 };
	bool told = ddl.p && ddl.p[0] == '"';

	json_each(changes, first_type, &type);
	if (!s->opt->oneline)
		page_blanks(p, 2);
	page_words(p, told ? PAINT_OTHER : PAINT_DIM, told ? "! " : "· ");
	put_table(s, rec);
	page_blanks(p, 2);
	if (told)
		put_action(s, type, ddl);
	else
		page_words(p, PAINT_DIM, "columns");
	if (error.p) {
		page_words(p, PAINT_ALARM, ", but it failed with error ");
		show_text_words(p, PAINT_ALARM, error, NAME_ROOM);
	}
	if (told && s->opt->oneline)
		block_words(s, ddl);
	if (l.full || told)
		page_line(p);
	if (told)
		block_statement(s, ddl, STATEMENT_LINES);
	if (!told || l.full)
		json_each(changes, put_change, &l);
	if (!told && !l.full)
		page_line(p);
}

/* Of the delete in the line above. */
static bool
is_of_change(const struct showing *s, const struct record *rec)
{
	return !rec || (deletes_has(&s->gone, rec) &&
	    rec->line.number == s->gone.line + 1);
}

void
words_tombstone(struct showing *s, const struct record *rec)
{
	struct show_page *p = &s->page;
	bool of_change = is_of_change(s, rec);

	if (!of_change && !s->block.id.n)
		block_gap(s, BELOW_BEATS);
	page_blanks(p, s->opt->oneline ? 0 : 2);
	page_words(p, PAINT_DIM, "· tombstone");
	if (!of_change && rec->topic.p) {
		page_words(p, PAINT_DIM, " of ");
		show_text_words(p, PAINT_DIM, rec->topic, NAME_ROOM);
	}
	if (!of_change && rec->key.p && rec->key.p[0] != 'n') {
		page_words(p, PAINT_DIM, " ");
		show_text_words(p, PAINT_DIM, rec->key, NAME_ROOM);
	}
	page_line(p);
}

static size_t
rest_of_line(const struct showing *s)
{
	const struct show_page *p = &s->page;

	if (s->opt->full || p->width == SIZE_MAX)
		return SIZE_MAX;
	return p->width > p->at + TEXT_LEAST ? p->width - p->at : TEXT_LEAST;
}

/* An event of cdc-outbox. */
void
words_message(struct showing *s, const struct record *rec)
{
	struct show_page *p = &s->page;
	struct span inside = json_inside(rec->payload);

	if (rec->block.seen)
		block_enter(s, rec);
	if (s->opt->oneline)
		block_prefix(s, rec);
	page_blanks(p, s->opt->oneline ? 0 : 2);
	page_words(p, PAINT_OTHER, "> message");
	if (rec->topic.p) {
		page_words(p, PAINT_DIM, " to ");
		show_text_words(p, PAINT_TABLE, rec->topic, NAME_ROOM);
	}
	if (rec->key.p && rec->key.p[0] != 'n') {
		page_words(p, PAINT_DIM, "  key ");
		show_text_words(p, PAINT_KEY, rec->key, NAME_ROOM);
	}
	page_blanks(p, 2);
	p->at += show_text(p, &p->out, inside.p ? inside : rec->payload.p ?
	    rec->payload : SPAN("null"), inside.p, TEXT_BARE,
	    rest_of_line(s));
	page_line(p);
}

void
words_unknown(struct showing *s, const struct record *rec)
{
	struct show_page *p = &s->page;

	block_leave(s);
	block_gap(s, BELOW_BEATS);
	page_words(p, PAINT_OTHER, "? ");
	p->at += show_text(p, &p->out, rec->line.text, false, TEXT_BARE,
	    rest_of_line(s));
	page_line(p);
}
