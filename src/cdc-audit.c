/* SPDX-License-Identifier: MIT
 *
 * cdc-audit - turn records into rows of an audit table
 *
 * Records in, records out: each describes one change of a row, and is itself
 * the create of a row in the audit table, for cdc-apply or a topic.  The origin
 * of the change (gtid, file, pos, row, transaction) is kept.  Nothing is
 * remembered from line to line.  See cdc-audit(1).
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "audit/changes.h"
#include "audit/table.h"
#include "cdc.h"

struct options {
	const char *table;      /* db.table */
	bool reads;
	bool ddl;
	uint64_t months;
	int shape;
	bool pass_unknown;
};

/* Milliseconds of 15 digits are in the year 33658. */
#define LAST_MS UINT64_C(999999999999999)

#define OPTIONS struct options

static const struct option_row options[] = {
	HEADING_ROW("What to print"),
	TEXT_ROW("table", table, "DB.TABLE",
	    "name of the audit table (audit.audit_trail)"),
	FLAG_ROW("reads", reads,
	    "also print the rows of a snapshot, as INSERT"),

	HEADING_ROW("The audit table"),
	FLAG_ROW("ddl", ddl, "print the statement that creates the table, and "
	    "exit"),
	COUNT_ROW("partition-months", months, "N",
	    "print statements that add missing partitions for this month and "
	    "N more, and exit"),

	HEADING_ROW("Lines"),
	SHAPE_ROW(shape),
	PASS_UNKNOWN_ROW(pass_unknown),
	END_ROW
};

static const struct tool tool = {
	.name = "cdc-audit",
	.summary = "turn records into rows of an audit table",
	.synopsis = "[options] < RECORDS",
	.options = options,
};

/* Operation of the source -> what the table calls it. */
static const char *const operations[256] = {
	['c'] = "INSERT", ['u'] = "UPDATE", ['d'] = "DELETE",
	['t'] = "DELETE", ['r'] = "INSERT",
};

struct stage {
	const struct options *opt;
	struct buf db, name;            /* of the table, as JSON's inside */
	struct buf row, topic;          /* of the record in hand */
	struct buf changed;             /* names, as a JSON array */
};

/* ,"name":"…": a JSON text as a string, or null. */
static void
put_json(struct buf *out, const char *name, struct span json)
{
	buf_printf(out, ",\"%s\":", name);
	if (json.p && json.p[0] != 'n')
		json_string(out, json);
	else
		buf_str(out, "null");
}

/* Milliseconds since 1970 as MariaDB's text; null where they are none. */
static void
put_moment(struct buf *out, struct span ts_ms)
{
	uint64_t ms = 0;
	bool good = ts_ms.p && integer_read(ts_ms, LAST_MS, &ms);
	time_t s = (time_t)(ms / 1000);
	struct tm t;
	char text[64];
	size_t n;

	if (!good || !gmtime_r(&s, &t)) {
		buf_str(out, ",\"event_timestamp\":null");
		return;
	}
	n = strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S", &t);
	snprintf(text + n, sizeof(text) - n, ".%03d000", (int)(ms % 1000));
	json_member(out, "event_timestamp", span_of(text));
}

static void
put_position(struct buf *out, struct span source)
{
	struct span file = json_inside(object_member(source, "file"));
	struct span pos = object_member(source, "pos");
	uint64_t number;

	if (!file.p || !integer_read(pos, UINT64_MAX, &number)) {
		buf_str(out, ",\"source_position\":null");
		return;
	}
	buf_str(out, ",\"source_position\":\"");
	buf_span(out, file);
	buf_char(out, ':');
	buf_span(out, pos);
	buf_char(out, '"');
}

/* The audit table's row. */
static void
make_row(struct stage *st, const struct record *rec, char op)
{
	struct buf *row = &st->row;
	struct span source = record_source(rec);

	row->n = 0;
	buf_str(row, "{\"source_database\":\"");
	buf_span(row, rec->db);
	buf_str(row, "\",\"source_table\":\"");
	buf_span(row, rec->table);
	buf_char(row, '"');
	put_position(row, source);
	json_member(row, "operation",
	    span_of(operations[(unsigned char)op]));
	put_json(row, "record_key", rec->key.p && rec->key.p[0] == '{' ?
	    rec->key : SPAN("{}"));
	put_json(row, "data_before", rec->before);
	put_json(row, "data_after", rec->after);
	st->changed.n = 0;
	if (op == 'u')
		changes_put(&st->changed, rec->before, rec->after);
	put_json(row, "changed_fields", st->changed.n ?
	    buf_view(&st->changed) : SPAN("null"));
	put_moment(row, object_member(source, "ts_ms"));
	buf_char(row, '}');
}

/* "prefix.db.table" becomes "prefix.audit.audit_trail". */
static void
make_topic(struct stage *st, struct record *rec)
{
	struct span db, table, topic, prefix = { NULL, 0 };

	if (record_topic_table(rec, &db, &table)) {
		topic = json_string_text(
		    json_inside(rec->topic), &rec->scratch[0]);
		prefix = (struct span){ topic.p, (size_t)(db.p - topic.p) };
	}
	st->topic.n = 0;
	buf_char(&st->topic, '"');
	json_words_part(&st->topic, prefix);
	buf_span(&st->topic, buf_view(&st->db));
	buf_char(&st->topic, '.');
	buf_span(&st->topic, buf_view(&st->name));
	buf_char(&st->topic, '"');
}

static void
audit(struct stage *st, struct record *rec, char op)
{
	make_row(st, rec, op);
	make_topic(st, rec);
	record_replace(rec, rec->topic, buf_view(&st->topic));
	record_replace(rec, rec->key, SPAN("null"));
	record_replace(rec, rec->before, SPAN("null"));
	record_replace(rec, rec->after, buf_view(&st->row));
	record_replace(rec, rec->db, buf_view(&st->db));
	record_replace(rec, rec->table, buf_view(&st->name));
	record_replace(rec, rec->op, SPAN("\"c\""));
	record_replace(rec, rec->schema, SPAN("null"));
}

/* One record: 1 it leaves, 0 it does not, -1. */
static int
audit_record(struct stage *st, struct record *rec, struct err *err)
{
	char op = record_op(rec);

	if (record_is_tombstone(rec) || rec->kind == KIND_SCHEMA)
		return 0;       /* told already; of tables that end here */
	if (record_is_control(rec))
		return 1;
	if (rec->kind == KIND_UNKNOWN && st->opt->pass_unknown)
		return 1;
	if (rec->kind != KIND_ENVELOPE || !rec->db.p || !rec->table.p ||
	    !rec->before.p || !rec->after.p)
		return record_fault(rec, "not an envelope with before, after "
		    "and source", err);
	if (!operations[(unsigned char)op] || (op == 'r' && !st->opt->reads))
		return 0;
	if (record_check_rows(rec, err) < 0 || record_check_key(rec, err) < 0)
		return -1;
	audit(st, rec, op);
	return 1;
}

/* db.table, without the quotes of JSON. */
static void
read_table(struct stage *st, const char **db, const char **name)
{
	const char *dot = strchr(st->opt->table, '.');

	if (!dot || dot == st->opt->table || !dot[1] ||
	    strpbrk(st->opt->table, "`'\"\\"))
		cli_usage(&tool, "'%s' is not DB.TABLE", st->opt->table);
	buf_put(&st->db, st->opt->table, (size_t)(dot - st->opt->table));
	buf_str(&st->name, dot + 1);
	*db = buf_cstr(&st->db);
	*name = buf_cstr(&st->name);
}

static void
filter(struct stage *st, struct err *err)
{
	struct lines in;
	struct line line;
	struct record rec = { .shape = (enum record_shape)st->opt->shape };
	int got = 0;

	lines_open(&in);
	while (got >= 0 && lines_next(&in, &line, err) > 0) {
		if (record_scan(&rec, &line, err) < 0)
			break;
		got = audit_record(st, &rec, err);
		if (got > 0)
			record_emit(&rec, &in);
	}
	lines_close(&in);
	record_clear(&rec);
}

int
main(int argc, char **argv)
{
	struct options opt = { .table = "audit.audit_trail" };
	struct stage st = { .opt = &opt };
	struct buf *all[] = { &st.db, &st.name, &st.row, &st.topic,
		&st.changed };
	struct err err = { 0 };
	const char *db, *name;
	int first = cli_parse(&tool, argc, argv, &opt);

	if (first < argc)
		cli_no_file(&tool, argv[first]);
	read_table(&st, &db, &name);
	out_open();
	if (opt.ddl || opt.months)
		audit_table_print(db, name, opt.ddl, opt.months, &err);
	else
		filter(&st, &err);
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		buf_free(all[i]);
	return cli_finish(&err);
}
