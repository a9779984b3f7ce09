/* SPDX-License-Identifier: MIT
 *
 * Records that are not rows: heartbeats, the beginning and end of
 * transactions, schemas.  Cold: clarity before speed.
 */
#include "tail/printer.h"

#include "base/clock.h"
#include "io/out.h"
#include "json/write.h"
#include "tail/modes.h"
#include "value/sqltype.h"

static void
print_line(struct buf *line)
{
	buf_char(line, '\n');
	out_put(line->p, line->n);
	buf_free(line);
}

/* Where to begin again while XA transactions are undecided. */
static void
put_restart(struct buf *line, const struct gtid_list *restart)
{
	struct buf gtids = { 0 };

	if (!restart)
		return;
	gtid_list_print(restart, &gtids);
	json_member(line, "restart", buf_view(&gtids));
	buf_free(&gtids);
}

void
printer_beat(struct printer *p, const char *beat,
    const struct group_reader *r, const struct gtid_list *done)
{
	const struct value_modes *m = &p->opt->modes;
	struct buf line = { 0 };
	struct buf gtids = { 0 };

	p->beat_due = false;
	p->last_beat_ms = clock_steady_ms();
	if (!p->opt->control)
		return;
	gtid_list_print(done, &gtids);
	buf_str(&line, "{\"topic\":\"__debezium-heartbeat.");
	buf_put(&line, p->prefix.p + 1, p->prefix.n - 1);
	buf_str(&line, ",\"key\":{\"serverName\":");
	buf_span(&line, buf_view(&p->prefix));
	buf_printf(&line, "},\"payload\":{\"ts_ms\":%lld,\"beat\":\"%s\"",
	    (long long)clock_now_ms(), beat);
	json_member(&line, "gtid", buf_view(&gtids));
	json_member(&line, "file", span_of(group_file(r)));
	buf_printf(&line, ",\"pos\":%llu,\"source_ts_ms\":%llu,\"modes\":{"
	    "\"decimal\":\"%s\",\"time\":\"%s\",\"binary\":\"%s\","
	    "\"bigint_unsigned\":\"%s\",\"json\":\"%s\"},\"filter\":\"%s\"",
	    (unsigned long long)group_offset(r),
	    (unsigned long long)group_time(r) * 1000,
	    decimal_modes[m->decimal], time_modes[m->time],
	    binary_modes[m->binary], bigint_modes[m->bigint_unsigned],
	    json_modes[m->json], p->fingerprint);
	put_restart(&line, group_restart(r));
	buf_str(&line, "}}");
	buf_free(&gtids);
	print_line(&line);
}

/* {"topic":"<prefix>.transaction","key":{"id":…},"payload":{"status":… */
static void
transaction_front(struct printer *p, struct buf *line, const char *status)
{
	buf_str(line, "{\"topic\":\"");
	buf_put(line, p->prefix.p + 1, p->prefix.n - 2);
	buf_str(line, ".transaction\",\"key\":{\"id\":");
	buf_span(line, buf_view(&p->id));
	buf_printf(line, "},\"payload\":{\"status\":\"%s\",\"id\":", status);
	buf_span(line, buf_view(&p->id));
}

void
control_begin(struct printer *p)
{
	struct buf line = { 0 };

	transaction_front(p, &line, "BEGIN");
	buf_printf(&line, ",\"event_count\":null,\"data_collections\":null,"
	    "\"ts_ms\":%llu}}",
	    (unsigned long long)p->group->timestamp * 1000);
	print_line(&line);
}

void
control_end(struct printer *p)
{
	struct buf line = { 0 };

	transaction_front(p, &line, "END");
	buf_printf(&line, ",\"event_count\":%llu,\"data_collections\":[",
	    (unsigned long long)p->total_order);
	for (size_t i = 0; i < p->ntouched; i++) {
		buf_str(&line, i ? ",{\"data_collection\":" :
		    "{\"data_collection\":");
		json_words(&line, buf_view(&p->touched[i].name));
		buf_printf(&line, ",\"event_count\":%llu}",
		    (unsigned long long)p->touched[i].records);
	}
	buf_printf(&line, "],\"ts_ms\":%llu}}",
	    (unsigned long long)p->group->timestamp * 1000);
	print_line(&line);
}

static void
put_number_or_null(struct buf *line, const char *name, int64_t v)
{
	buf_printf(line, ",\"%s\":", name);
	if (v < 0)
		buf_str(line, "null");
	else
		buf_u64(line, (uint64_t)v);
}

static void
put_labels(struct buf *line, const struct column *col)
{
	if (!col->nlabels) {
		buf_str(line, "null");
		return;
	}
	buf_char(line, '[');
	for (size_t i = 0; i < col->nlabels; i++) {
		if (i)
			buf_char(line, ',');
		buf_span(line, col->labels[i]);
	}
	buf_char(line, ']');
}

/* One column, as far as a table map says it; what it does not say is null. */
static void
put_column(struct buf *line, const struct column *col, size_t position)
{
	struct sql_type type = column_sql_type(col);
	const char *sign = col->is_unsigned ? " UNSIGNED" : "";

	buf_str(line, "{\"name\":");
	json_words(line, col->name);
	buf_printf(line, ",\"jdbcType\":%d,\"nativeType\":null,"
	    "\"typeName\":\"%s%s\",\"typeExpression\":\"%s%s\","
	    "\"charsetName\":", type.jdbc, type.name, sign, type.name, sign);
	if (col->collation && col->charset &&
	    col->collation != COLLATION_BINARY)
		json_words(line, span_of(col->charset->name));
	else
		buf_str(line, "null");
	put_number_or_null(line, "length", type.length);
	put_number_or_null(line, "scale", type.scale);
	buf_printf(line, ",\"position\":%zu,\"optional\":%s,"
	    "\"autoIncremented\":null,\"generated\":null,\"comment\":null,"
	    "\"defaultValueExpression\":null,\"enumValues\":", position,
	    col->nullable ? "true" : "false");
	put_labels(line, col);
	buf_char(line, '}');
}

/* System versioning, which Debezium does not know, as table attributes. */
static void
put_versioning(struct buf *line, const struct table *t)
{
	if (t->row_end < 0)
		return;
	buf_str(line, ",\"attributes\":[{\"name\":\"rowStart\"");
	json_member(line, "value", t->columns[t->row_start].name);
	buf_str(line, "},{\"name\":\"rowEnd\"");
	json_member(line, "value", t->columns[t->row_end].name);
	buf_str(line, "}]");
}

static void
put_table(struct buf *line, const struct table *t)
{
	buf_str(line, "{\"defaultCharsetName\":null,"
	    "\"primaryKeyColumnNames\":[");
	for (size_t k = 0; k < t->nkey; k++) {
		if (k)
			buf_char(line, ',');
		json_words(line, t->columns[t->key[k]].name);
	}
	buf_str(line, "],\"columns\":[");
	for (size_t i = 0; i < t->ncolumns; i++) {
		if (i)
			buf_char(line, ',');
		put_column(line, &t->columns[i], i + 1);
	}
	buf_str(line, "],\"comment\":null");
	put_versioning(line, t);
	buf_char(line, '}');
}

/* Everything of a schema record in front of its ddl. */
static void
schema_front(struct printer *p, struct buf *line,
    const struct binlog_event *ev, struct span db, struct span table)
{
	struct buf names = { 0 };

	buf_str(&names, ",\"snapshot\":\"false\"");
	json_member(&names, "db", db);
	buf_str(&names, ",\"table\":");
	if (table.p)
		json_words(&names, table);
	else
		buf_str(&names, "null");
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
control_schema(struct printer *p, const struct table *t,
    const struct binlog_event *ev)
{
	struct buf line = { 0 };
	struct buf id = { 0 };

	schema_front(p, &line, ev, t->db, t->name);
	buf_str(&id, "\"");
	buf_span(&id, t->db);
	buf_str(&id, "\".\"");
	buf_span(&id, t->name);
	buf_str(&id, "\"");
	buf_str(&line, "null,\"tableChanges\":[{\"type\":\"CREATE\",\"id\":");
	json_words(&line, buf_view(&id));
	buf_str(&line, ",\"table\":");
	put_table(&line, t);
	buf_str(&line, "}]}}");
	buf_free(&id);
	print_line(&line);
}

void
control_ddl(struct printer *p, const struct binlog_event *ev, struct span db,
    struct span text)
{
	struct buf line = { 0 };

	schema_front(p, &line, ev, db, (struct span){ NULL, 0 });
	buf_span(&line, text);
	buf_str(&line, ",\"tableChanges\":[]}}");
	print_line(&line);
}
