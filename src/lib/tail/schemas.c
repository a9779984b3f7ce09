/* SPDX-License-Identifier: MIT
 *
 * Schema records: a table as its map says it, and what a statement changes.
 * Cold: clarity before speed.
 */
#include "tail/printer.h"

#include "json/write.h"
#include "print/schema.h"

/* Everything of a schema record in front of its ddl. */
static void
put_front(struct printer *p, struct buf *line,
    const struct binlog_event *ev, struct span db, struct span table)
{
	struct buf names = { 0 };

	buf_str(&names, ",\"snapshot\":\"false\"");
	json_member(&names, "db", db);
	json_text_or_null(&names, "table", table);
	buf_str(&names, ",\"server_id\":");
	record_begin(p, ev, buf_view(&names));
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
schemas_print_map(struct printer *p, const struct table *t,
    const struct binlog_event *ev)
{
	struct buf line = { 0 };

	put_front(p, &line, ev, t->db, t->name);
	buf_str(&line, "null,\"tableChanges\":[");
	json_change_front(&line, "CREATE", t->db, t->name);
	json_mapped_table(&line, t);
	buf_str(&line, "}]}}");
	control_print(&line);
}

/* What became of the table; nothing where that is not known: of an ALTER of a
 * table whose CREATE nobody told us of, or that was renamed again. */
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
	json_change_front(line, types[change->type], span_of(change->db),
	    span_of(change->name));
	if (change->type == CHANGE_DROP)
		buf_str(line, "null");
	else
		json_defined_table(line, entry->learned);
	buf_char(line, '}');
}

/* All tables of a statement are in each of its records, unless that is more
 * than so many bytes. */
enum { MOST_NAMES = 8192 };

/* The tables of a statement, as source.table tells them. */
static struct span
name_tables(const struct schema_changes *changes, struct buf *names)
{
	for (size_t i = 0; i < changes->n; i++) {
		if (i)
			buf_char(names, ',');
		buf_str(names, changes->list[i].name);
	}
	return buf_view(names);
}

void
schemas_print_ddl(struct printer *p, const struct binlog_event *ev,
    const struct schema_changes *changes, struct span db, struct span text)
{
	struct buf names = { 0 };
	struct span tables = name_tables(changes, &names);
	bool many = tables.n > MOST_NAMES;
	size_t n = changes->n ? changes->n : 1;

	for (size_t i = 0; i < n; i++) {
		const struct schema_change *change = changes->n ?
		    &changes->list[i] : NULL;
		struct buf line = { 0 };

		put_front(p, &line, ev, change ? span_of(change->db) :
		    changes->db ? span_of(changes->db) : db,
		    many ? span_of(change->name) : tables);
		if (change && change->text)
			json_words(&line, span_of(change->text));
		else
			buf_span(&line, text);
		buf_str(&line, ",\"tableChanges\":[");
		if (change)
			put_change(p, &line, change);
		buf_str(&line, "]}}");
		control_print(&line);
	}
	buf_free(&names);
}
