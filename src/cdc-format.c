/* SPDX-License-Identifier: MIT
 *
 * cdc-format - write records in the formats of other systems
 *
 * Records in, their changes out: as SQL, as CSV, … (--to FORMAT).  What a value
 * is, its column's schema record says.  A format is a file of format/.  See
 * cdc-format(1).
 */
#include "cdc.h"
#include "format/format.h"

#define OPTIONS struct format_options

static const struct option_row options[] = {
	HEADING_ROW("Format"),
	CHOICE_ROW("to", to, format_names, "which format (required)"),
	TEXT_ROW("schema", schema, "FILE",
	    "schema records that give the types of columns"),

	HEADING_ROW("What only some formats take"),
	FLAG_ROW("query", own.query,
	    "sql: also the statement that made the change, as a comment"),
	FLAG_ROW("schema-changes", own.schema_changes,
	    "sql, canal: also the statements of schema records"),
	TEXT_ROW("split", own.split, "DIR",
	    "csv, tsv: a file for each table, in this folder"),
	COUNT_ROW("batch", own.batch, "N",
	    "cloudevents: an array for each transaction, of at most N events; "
	    "es-bulk: an empty line after N changes; canal: at most N rows in "
	    "a message"),
	FLAG_ROW("es-template", own.es_template,
	    "es-bulk: index templates of the tables, in place of changes"),
	FORMAT_OWN_ROWS(own),

	HEADING_ROW("Lines"),
	SHAPE_ROW(shape),
	HEADING_ROW("How values are written, if no heartbeat says so"),
	DECIMAL_ROW(modes),
	TIME_ROW(modes),
	BINARY_ROW(modes),
	BIGINT_UNSIGNED_ROW(modes),
	JSON_ROW(modes),
	END_ROW
};

static const struct tool tool = {
	.name = "cdc-format",
	.summary = "write records in the formats of other systems",
	.synopsis = "--to FORMAT [options] < RECORDS",
	.options = options,
};

/* Files, unlike stdout, are written out here before a read that may wait. */
static int
next_line(struct formatter *f, struct lines *in, struct line *line,
    struct err *err)
{
	if (!lines_ready(in) && format_output_flush(&f->out, err) < 0)
		return -1;
	return lines_next(in, line, err);
}

static void
convert_all(struct formatter *f, struct err *err)
{
	struct record rec = { .shape = (enum record_shape)f->opt->shape };
	struct lines in;
	struct line line;

	lines_open(&in);
	while (next_line(f, &in, &line, err) > 0)
		if (record_scan(&rec, &line, err) < 0 ||
		    format_record(f, &rec, err) < 0)
			break;
	format_finish(f, err);
	lines_close(&in);
	record_clear(&rec);
}

int
main(int argc, char **argv)
{
	struct format_options opt = FORMAT_OPTIONS_DEFAULT;
	struct formatter f;
	struct err err = { 0 };
	int first = cli_parse(&tool, argc, argv, &opt);

	if (first < argc)
		cli_no_file(&tool, argv[first]);
	if (opt.to < 0)
		cli_usage(&tool, "--to FORMAT is missing");
	if (format_options_check(format_named(format_names[opt.to]), options,
	    &opt, &opt.own, &err) < 0)
		cli_usage(&tool, "%s", err.text);
	if (format_open(&f, &opt, &err) == 0)
		convert_all(&f, &err);
	format_close(&f);
	format_options_clear(&opt);
	return cli_finish(&err);
}
