/* SPDX-License-Identifier: MIT
 *
 * cdc-filter - keep records by database, table, operation and value
 *
 * Records in, the same records out, without those that are not wanted and
 * without the columns that are not.  A record that is not changed leaves byte
 * for byte; one that is no row (a heartbeat, a transaction's end) passes, a
 * table's schema shares the table's fate.  Nothing is remembered from line to
 * line but the verdict on the last delete, for its tombstone.  See
 * cdc-filter(1).
 */
#include <stdbool.h>
#include <stdlib.h>

#include "cdc.h"

enum image { IMAGE_ANY, IMAGE_BEFORE, IMAGE_AFTER };

struct options {
	struct table_filter names;
	char ops[OPS_TEXT];
	struct where where;
	enum image where_image;
	bool partition_moves;
	bool skip_unchanged;
};

static const char *const images[] = { "any", "before", "after", 0 };

#define AT(field) offsetof(struct options, field)

static const struct option_row options[] = {
	{ OPT_GROUP, 0, "Tables", 0, 0, 0, 0, 0, 0 },
	{ OPT_NAMES, 0, "include-db", AT(names.include_db), "REGEX,...",
	    "only these databases", 0, 0, 0 },
	{ OPT_NAMES, 0, "exclude-db", AT(names.exclude_db), "REGEX,...",
	    "not these databases", 0, 0, 0 },
	{ OPT_NAMES, 't', "include-table", AT(names.include_table),
	    "REGEX,...", "only these tables (db.table)", 0, 0, 0 },
	{ OPT_NAMES, 0, "exclude-table", AT(names.exclude_table),
	    "REGEX,...", "not these tables (db.table)", 0, 0, 0 },

	{ OPT_GROUP, 0, "Rows", 0, 0, 0, 0, 0, 0 },
	{ OPT_CALL, 0, "op", AT(ops), "OPS",
	    "only these operations: c, u, d, t, r", 0, value_ops, 0 },
	{ OPT_CALL, 0, "where", AT(where), "CONDITION",
	    "only rows with COLUMN=VALUE or COLUMN~REGEX; repeated: all of "
	    "them", 0, where_add, 0 },
	{ OPT_CHOICE, 0, "where-image", AT(where_image), 0,
	    "the image that --where looks at", images, 0, 0 },
	{ OPT_FLAG, 0, "partition-moves", AT(partition_moves), 0,
	    "an update that leaves --where is a delete, one that enters it "
	    "a create", 0, 0, 0 },
	{ OPT_FLAG, 0, "skip-unchanged", AT(skip_unchanged), 0,
	    "drop updates that change no kept column", 0, 0, 0 },

	{ OPT_GROUP, 0, "Columns", 0, 0, 0, 0, 0, 0 },
	{ OPT_NAMES, 0, "include-column", AT(names.include_column),
	    "REGEX,...", "only these columns (db.table.column)", 0, 0, 0 },
	{ OPT_NAMES, 0, "exclude-column", AT(names.exclude_column),
	    "REGEX,...", "not these columns (db.table.column)", 0, 0, 0 },
	{ 0 },
};

static const struct tool tool = {
	.name = "cdc-filter",
	.summary = "keep records by database, table, operation and value",
	.synopsis = "[options] < RECORDS",
	.options = options,
};

struct stage {
	struct options *opt;
	enum record_want want;
	struct column_filter *columns;
	struct buf before, after;       /* images without dropped columns */
	struct buf last_key;            /* of the last delete … */
	bool last_kept;                 /* … and what became of it */
};

static bool
wanted_op(const struct options *opt, char op)
{
	return !opt->ops[0] || (op && strchr(opt->ops, op));
}

/* The tombstone of a delete shares its fate. */
static bool
keep_tombstone(const struct stage *st, const struct record *rec)
{
	if (!wanted_op(st->opt, 'd'))
		return false;
	return !st->opt->where.n || !span_eq(rec->key,
	    buf_view(&st->last_key)) || st->last_kept;
}

/* --where, which may turn an update into a delete or a create. */
static bool
keep_row(const struct stage *st, struct record *rec, char op)
{
	struct options *opt = st->opt;
	bool before, after;

	if (!opt->where.n || op == 't')
		return true;
	if (!rec->envelope)     /* an unwrapped row */
		return where_matches(&opt->where, rec->body);
	before = opt->where_image != IMAGE_AFTER &&
	    where_matches(&opt->where, rec->before);
	after = opt->where_image != IMAGE_BEFORE &&
	    where_matches(&opt->where, rec->after);
	if (opt->partition_moves && op == 'u' && before != after) {
		record_replace(rec, before ? rec->after : rec->before,
		    SPAN("null"));
		record_replace(rec, rec->op,
		    before ? SPAN("\"d\"") : SPAN("\"c\""));
	}
	return before || after;
}

static struct span
drop_columns(struct stage *st, struct record *rec, struct span db,
    struct span table, struct span row, struct buf *out)
{
	struct span kept = column_filter_row(st->columns, db, table, row, out);

	if (kept.p != row.p)
		record_replace(rec, row, kept);
	return kept;
}

/* Take the columns away; false where an update is left without a change. */
static bool
keep_columns(struct stage *st, struct record *rec, struct span db,
    struct span table, char op)
{
	struct span before = rec->before, after = rec->after;

	if (st->columns && !rec->envelope) {
		drop_columns(st, rec, db, table, rec->body, &st->after);
	} else if (st->columns) {
		before = drop_columns(st, rec, db, table, before,
		    &st->before);
		after = drop_columns(st, rec, db, table, after, &st->after);
	}
	return !st->opt->skip_unchanged || op != 'u' || !rec->envelope ||
	    !span_eq(before, after);
}

static bool
keep_record(struct stage *st, struct record *rec)
{
	struct span db, table;
	char op;
	bool kept;

	if (!record_table(rec, &db, &table))
		return true;
	if (!table_filter_keeps(&st->opt->names, db, table))
		return false;
	if (record_is_tombstone(rec))
		return keep_tombstone(st, rec);
	if (st->want == RECORD_TABLE || rec->control)
		return true;
	op = record_op(rec);
	kept = wanted_op(st->opt, op) && keep_row(st, rec, op) &&
	    keep_columns(st, rec, db, table, op);
	if (op == 'd' && st->opt->where.n) {
		st->last_key.n = 0;
		buf_span(&st->last_key, rec->key);
		st->last_kept = kept;
	}
	return kept;
}

/* How far a line must be read for what was asked. */
static enum record_want
want_for(const struct options *opt)
{
	if (opt->where.n || opt->skip_unchanged ||
	    table_filter_edits(&opt->names))
		return RECORD_WHOLE;
	return opt->ops[0] ? RECORD_OP : RECORD_TABLE;
}

static void
stage_clear(struct stage *st, struct record *rec)
{
	record_clear(rec);
	if (st->columns)
		column_filter_free(st->columns);
	buf_free(&st->before);
	buf_free(&st->after);
	buf_free(&st->last_key);
	table_filter_clear(&st->opt->names);
	where_clear(&st->opt->where);
}

int
main(int argc, char **argv)
{
	struct options opt = { 0 };
	struct stage st = { .opt = &opt };
	struct lines in;
	struct line line;
	struct record rec = { 0 };
	struct err err = { 0 };
	int first = cli_parse(&tool, argc, argv, &opt);

	if (first < argc)
		cli_usage(&tool, "records come from standard input, not from "
		    "'%s'", argv[first]);
	if (opt.partition_moves && !opt.where.n)
		cli_usage(&tool, "--partition-moves needs --where");
	st.want = want_for(&opt);
	if (table_filter_edits(&opt.names))
		st.columns = column_filter_new(&opt.names);

	lines_open(&in);
	while (lines_next(&in, &line, &err) > 0) {
		if (record_scan(&rec, &line, st.want, &err) < 0)
			break;
		if (keep_record(&st, &rec))
			record_emit(&rec, &in);
	}
	lines_close(&in);
	stage_clear(&st, &rec);
	return cli_finish(&err);
}
