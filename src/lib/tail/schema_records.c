/* SPDX-License-Identifier: MIT
 *
 * Schema records: a table as its map says it, and what a statement changes.
 * Cold: clarity before speed.
 */
#include "tail/printer.h"

#include "json/write.h"
#include "print/schema_record.h"
#include "print/session_record.h"
#include "follow/follow.h"

/* Everything of a schema record in front of its ddl. */
static void
put_front(struct printer *p, struct buf *line,
    const struct binlog_event *ev, struct span db, struct span table)
{
	struct buf names = { 0 };

	buf_str(&names, ",\"snapshot\":\"false\"");
	json_member(&names, "db", db);
	schema_record_put_text(&names, "table", table);
	buf_str(&names, ",\"server_id\":");
	data_record_begin(p, ev, buf_view(&names));
	buf_free(&names);

	buf_str(line, "{\"topic\":");
	buf_span(line, buf_view(&p->prefix));
	buf_str(line, ",\"key\":{\"databaseName\":");
	json_words(line, db);
	buf_str(line, "},\"payload\":{");
	buf_put(line, p->source.p + 1, p->source.n - 1);
	buf_char(line, '0');
	buf_span(line, buf_view(&p->source_end));
	buf_printf(line, ",\"ts_ms\":%lld", (long long)p->ts_ms);
	json_member(line, "databaseName", db);
	buf_str(line, ",\"schemaName\":null,\"ddl\":");
}

void
schema_records_print_map(struct printer *p, const struct table *t,
    const struct binlog_event *ev)
{
	struct buf line = { 0 };

	put_front(p, &line, ev, t->db, t->name);
	buf_str(&line, "null,\"tableChanges\":[");
	schema_record_put_front(&line, "CREATE", t->db, t->name);
	schema_record_put_mapped(&line, t, schemas_definition(p->opt->schemas,
	    t, p->group->rows_file, ev->pos));
	buf_str(&line, "}]}}");
	control_print(&line);
}

/* What became of the table; nothing where that is not known: of an ALTER of a
 * table whose CREATE we never saw, or that was renamed again. */
static void
put_change(struct printer *p, struct buf *line,
    const struct schema_change *change)
{
	static const char *const types[] = { "CREATE", "ALTER", "DROP" };
	const struct schema_entry *entry = schemas_entry(p->opt->schemas,
	    span_of(change->db), span_of(change->name), false);
	bool known = entry && entry->learned && entry->learned->complete;

	if (change->type == CHANGE_INDEX || (change->type != CHANGE_DROP &&
	    !known))
		return;
	schema_record_put_front(line, types[change->type], span_of(change->db),
	    span_of(change->name));
	if (change->type == CHANGE_DROP)
		buf_str(line, "null");
	else
		schema_record_put_defined(line, entry->learned);
	buf_char(line, '}');
}

void
schema_records_print_changes(struct printer *p, const struct binlog_event *ev,
    const struct schema_changes *changes)
{
	for (size_t i = 0; i < changes->n; i++) {
		const struct schema_change *change = &changes->list[i];
		struct span db = span_of(change->db);
		struct span name = span_of(change->name);
		struct buf table = { 0 }, line = { 0 };

		if (table_filter_keeps(&p->opt->filter, db, name))
			put_change(p, &table, change);
		if (table.n) {
			put_front(p, &line, ev, db, name);
			buf_str(&line, "null,\"tableChanges\":[");
			buf_span(&line, buf_view(&table));
			buf_str(&line, "]}}");
			control_print(&line);
		}
		buf_free(&table);
	}
}

/* All tables of a statement are in each of its records, unless that is more
 * than so many bytes. */
enum { MOST_NAMES = 8192 };

/* The tables of a statement, as source.table tells them; under lists those of
 * the record's own statement, which are all followed. */
static void
name_tables(const struct printer *p, const struct schema_changes *changes,
    const struct schema_change *change, const struct following *followed,
    struct buf *names)
{
	names->n = 0;
	if (changes->n && table_filter_active(&p->opt->filter)) {
		buf_span(names, buf_view(&followed->tables));
		return;
	}
	for (size_t i = 0; i < changes->n && names->n <= MOST_NAMES; i++) {
		if (i)
			buf_char(names, ',');
		buf_str(names, changes->list[i].name);
	}
	if (names->n > MOST_NAMES) {
		names->n = 0;
		buf_str(names, change->name);
	}
}

/* A statement, or the part of it that is on one table. */
struct ddl_record {
	const struct schema_change *change;     /* or NULL */
	struct span db, text;
	struct buf tables;
	const struct query *query;      /* of which it is, or is a part */
};

static void
put_session(struct printer *p, struct buf *line,
    const struct binlog_event *ev, const struct ddl_record *r)
{
	struct session_print more = {
		.format = group_format(p->reader), .seconds = ev->timestamp,
	};

	if (r->text.p == r->query->text.p)
		more.bytes = r->query->bytes;
	session_record_put(line, r->query, &more);
}

static void
print_ddl_record(struct printer *p, const struct binlog_event *ev,
    const struct ddl_record *r)
{
	struct buf line = { 0 };

	put_front(p, &line, ev, r->db, buf_view(&r->tables));
	json_words(&line, r->text);
	buf_str(&line, ",\"tableChanges\":[");
	if (r->change)
		put_change(p, &line, r->change);
	buf_char(&line, ']');
	put_session(p, &line, ev, r);
	buf_str(&line, "}}");
	control_print(&line);
}

/* The database that the record is of. */
static struct span
record_db(const struct schema_changes *changes,
    const struct schema_change *change, const struct action *s,
    struct span db)
{
	if (change)
		return span_of(change->db);
	if (changes->db)
		return span_of(changes->db);
	return s->nacts ? span_of(s->acts[0].db) : db;
}

/* A kind that no server had when this was written: who executes statements
 * would miss it. */
static int
refuse_unknown(const struct action *s, struct err *err)
{
	static const char *const verbs[] = { "CREATE", "ALTER", "DROP",
		"RENAME" };
	struct sql at = query_statement_of(sql_in(s->text, s->mode));
	size_t i = 0;

	while (i < sizeof(verbs) / sizeof(*verbs) && !sql_word(&at, verbs[i]))
		i++;
	if (s->on != ON_UNKNOWN || i == sizeof(verbs) / sizeof(*verbs))
		return 0;
	err_set(err, ERR_CONFIG, "a statement of an unknown kind: %.*s%s",
	    SPAN_SHOWN(s->text, 60));
	return err_hint(err, "execute it by hand at the target if needed, and "
	    "leave it out with --on-error warn");
}

static int
follow_record(struct printer *p, const struct binlog_event *ev,
    const struct schema_changes *changes, struct ddl_record *r,
    struct span db, struct err *err)
{
	struct following followed = { 0 };
	struct action s;
	int got = FOLLOW_NOTHING;

	action_read(&s, r->text, db, query_statement(r->query).mode);
	r->db = record_db(changes, r->change, &s, db);
	if (action_is_schema_change(&s))
		got = follow_statement(&s, &p->opt->filter, r->db, NULL, 0,
		    &followed, err);
	else
		got = refuse_unknown(&s, err);
	if (got == FOLLOW_PART)
		r->text = buf_view(&followed.text);
	if (got > 0 && ev) {
		name_tables(p, changes, r->change, &followed, &r->tables);
		print_ddl_record(p, ev, r);
	}
	action_clear(&s);
	follow_clear(&followed);
	return got < 0 ? -1 : 0;
}

/* Each part of a statement; ev NULL: only whether it can be done. */
static int
follow_all(struct printer *p, const struct binlog_event *ev,
    const struct schema_changes *changes, const struct query *query,
    struct err *err)
{
	size_t n = changes->n ? changes->n : 1;
	int status = 0;

	for (size_t i = 0; i < n && status == 0; i++) {
		struct ddl_record r = { .text = query->text,
			.query = query };

		r.change = changes->n ? &changes->list[i] : NULL;
		if (r.change && r.change->text)
			r.text = span_of(r.change->text);
		status = follow_record(p, ev, changes, &r, query->default_db,
		    err);
		buf_free(&r.tables);
	}
	return status;
}

/* All of it or nothing: an error comes before the first part is printed. */
int
schema_records_print_ddl(struct printer *p, const struct binlog_event *ev,
    const struct schema_changes *changes, const struct query *query,
    struct err *err)
{
	if (changes->n > 1 && follow_all(p, NULL, changes, query, err) < 0)
		return -1;
	return follow_all(p, ev, changes, query, err);
}
