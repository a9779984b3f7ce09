/* SPDX-License-Identifier: MIT
 *
 * cdc-filter - keep records by database, table, operation and value
 *
 * Records in, the same records out, without unwanted ones and without unwanted
 * columns.  A record that is not changed leaves byte for byte.  The lists apply
 * to schemas and statements as they do to rows.  A line that does not tell what
 * an option depends on is an error.  See cdc-filter(1).
 */
#include "cdc.h"

enum image { IMAGE_ANY, IMAGE_BEFORE, IMAGE_AFTER };

struct options {
	struct table_filter names;
	struct named_ops ops;
	struct where where;
	enum image where_image;
	bool partition_moves;
	bool skip_unchanged;
	int shape;
	bool pass_unknown;
};

static const char *const images[] = { "any", "before", "after", 0 };
#define OPTIONS struct options
OPTION_READER(read_ops, value_named_ops, struct named_ops)
OPTION_READER(read_condition, where_add, struct where)

static const struct option_row options[] = {
	HEADING_ROW("Tables"),
	TABLE_ROWS(names),
	ONLINE_DDL_ROW(names,
	    "also the shadow tables of gh-ost, pt-osc that belong to a table "
	    "that is kept"),

	HEADING_ROW("Rows"),
	CALL_ROW("op", ops, read_ops, "OPS",
	    "only these operations: c, u, d, t, r"),
	CALL_ROW("where", where, read_condition, "CONDITION",
	    "only rows with COLUMN=VALUE or COLUMN~REGEX; if repeated, all "
	    "must be true"),
	CHOICE_ROW("where-image", where_image, images,
	    "row image that --where examines"),
	FLAG_ROW("partition-moves", partition_moves,
	    "turn an update that leaves --where into a delete, and one that "
	    "enters it into a create"),
	FLAG_ROW("skip-unchanged", skip_unchanged,
	    "drop updates that change none of the kept columns"),

	HEADING_ROW("Columns"),
	COLUMN_ROWS(names, "not these columns (db.table.column)"),
	HEADING_ROW("Names"),
	STRICT_ROW,
	HEADING_ROW("Lines"),
	SHAPE_ROW(shape),
	PASS_UNKNOWN_ROW(pass_unknown),
	END_ROW
};

static const struct tool tool = {
	.name = "cdc-filter",
	.summary = "keep records by database, table, operation and value",
	.synopsis = "[options] < RECORDS",
	.options = options,
};

struct stage {
	struct options *opt;
	bool needs_table, needs_row;    /* to know */
	struct column_filter *columns;
	struct schema_lists schemas;
	struct lists lists;             /* that heartbeats tell of */
	struct buf before, after;       /* images without dropped columns */
	struct deletes last;
	struct buf prefix;              /* of heartbeats that came */
};

static bool
wanted_op(const struct options *opt, char op)
{
	return value_named_ops_have(&opt->ops, op);
}

/* --where, which may turn an update into a delete or a create. */
static bool
keep_row(const struct stage *st, struct record *rec, char op)
{
	struct options *opt = st->opt;
	bool before, after;

	if (!opt->where.n || op == 't')
		return true;
	if (rec->kind == KIND_ROW)
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

/* Take columns away from *row; false if one is there twice. */
static bool
drop_columns(struct stage *st, struct record *rec, struct span db,
    struct span table, struct span *row, struct buf *out)
{
	struct span kept = *row;

	if (!column_filter_row(st->columns, record_outline(rec), db, table,
	    &kept, out))
		return false;
	if (kept.p != row->p)
		record_replace(rec, *row, kept);
	*row = kept;
	return true;
}

/* The statement may tell values of all columns, whatever the record holds. */
static void
hide_query(const struct stage *st, struct record *rec)
{
	struct span query = member_value(&rec->block, M_QUERY);

	if (st->columns && query.p && !span_is(query, "null"))
		record_replace(rec, query, SPAN("null"));
}

/* Take the columns away: 1, 0 if an update is left without a change, -1. */
static int
keep_columns(struct stage *st, struct record *rec, struct span db,
    struct span table, char op, struct err *err)
{
	struct span before = rec->before, after = rec->after;
	bool row = rec->kind == KIND_ROW, good = true;

	if (st->columns && row)
		good = drop_columns(st, rec, db, table, &rec->body,
		    &st->after);
	else if (st->columns)
		good = drop_columns(st, rec, db, table, &before,
		    &st->before) && drop_columns(st, rec, db, table, &after,
		    &st->after);
	if (!good)
		return record_check_rows(rec, err);
	return !st->opt->skip_unchanged || op != 'u' || row ||
	    !json_same(before, after);
}

/* Does the record say what the options need to know? */
static bool
is_known(const struct stage *st, struct record *rec, struct span *db,
    struct span *table)
{
	bool has_table = record_table(rec, db, table);

	if (rec->kind == KIND_UNKNOWN)
		return false;
	if (record_is_control(rec))
		return true;
	return (has_table || !st->needs_table) && (!st->opt->ops.ops.v[0] ||
	    record_op(rec) || record_is_tombstone(rec));
}

/* Is a row wanted?  1, 0, -1. */
static int
judge_row(struct stage *st, struct record *rec, struct span db,
    struct span table, struct err *err)
{
	char op = record_op(rec);

	if (!wanted_op(st->opt, op))
		return 0;
	if (!st->needs_row || op == 't')
		return 1;
	if (op == 'd' && rec->kind == KIND_ENVELOPE &&
	    (!rec->before.n || rec->before.p[0] != '{'))
		return record_fault(rec, "a delete without its row", err);
	if ((st->opt->where.n || !st->columns) &&
	    record_check_rows(rec, err) < 0)
		return -1;
	return keep_row(st, rec, op) ? keep_columns(st, rec, db, table, op,
	    err) : 0;
}

/* Is the record wanted?  1, 0, -1. */
static int
keep_record(struct stage *st, struct record *rec, struct err *err)
{
	struct span db = { NULL, 0 }, table = { NULL, 0 };
	int kept;

	if (record_is_tombstone(rec) && deletes_has(&st->last, rec))
		return st->last.kept;
	if (!is_known(st, rec, &db, &table))
		return st->opt->pass_unknown ? 1 : record_unknown(rec,
		    st->needs_table && !(db.n && table.n) ?
		    table_filter_option(&st->opt->names) : NULL, err);
	if (rec->kind == KIND_SCHEMA && st->needs_table)
		return followed_record_make(&st->schemas, rec, err);
	kept = !db.p || table_filter_keeps(&st->opt->names, db, table);
	if (record_is_tombstone(rec))
		return kept && wanted_op(st->opt, 'd');
	end_note(&st->prefix, rec);
	if (lists_stamp(rec, &st->lists, &st->before, err) < 0)
		return -1;
	if (record_is_control(rec))
		return kept;
	if (kept)
		kept = judge_row(st, rec, db, table, err);
	if (record_op(rec) == 'd')
		deletes_set(&st->last, rec, kept > 0);
	return kept;
}

static void
stage_open(struct stage *st, struct options *opt)
{
	bool edits = table_filter_edits(&opt->names);

	st->opt = opt;
	st->schemas.lists = &opt->names;
	st->needs_table = table_filter_active(&opt->names) || edits;
	st->needs_row = opt->where.n || opt->skip_unchanged || edits;
	st->columns = edits ? column_filter_new(&opt->names) : NULL;
	lists_add_filter(&st->lists, &opt->names);
	lists_add_ops(&st->lists, "op", opt->ops.ops.v);
	where_tell(&opt->where, opt->partition_moves ? "partition-moves" :
	    opt->where_image ? images[opt->where_image] : "", &st->lists);
}

static void
stage_clear(struct stage *st, struct record *rec)
{
	record_clear(rec);
	column_filter_free(st->columns);
	buf_free(&st->before);
	buf_free(&st->after);
	buf_free(&st->prefix);
	deletes_clear(&st->last);
	followed_lists_clear(&st->schemas);
	lists_clear(&st->lists);
	table_filter_clear(&st->opt->names);
	where_clear(&st->opt->where);
}

static void
filter(struct stage *st, struct err *err)
{
	struct record rec = { .shape = (enum record_shape)st->opt->shape };
	struct lines in;
	struct line line;
	int kept = 0;

	lines_open(&in);
	while (kept >= 0 && lines_next(&in, &line, err) > 0) {
		if (record_scan(&rec, &line, err) < 0)
			break;
		kept = keep_record(st, &rec, err);
		if (kept <= 0)
			continue;
		hide_query(st, &rec);
		record_emit(&rec, &in);
	}
	lines_close(&in);
	end_print(buf_view(&st->prefix), err);
	stage_clear(st, &rec);
}

int
main(int argc, char **argv)
{
	struct options opt = { 0 };
	struct stage st = { 0 };
	struct err err = { 0 };
	int first = cli_parse(&tool, argc, argv, &opt);

	if (first < argc)
		cli_usage(&tool, "records come from standard input, not from "
		    "'%s'", argv[first]);
	if ((opt.partition_moves || opt.where_image) && !opt.where.n)
		cli_usage(&tool, "--%s needs --where", opt.where_image ?
		    "where-image" : "partition-moves");
	stage_open(&st, &opt);
	filter(&st, &err);
	return cli_finish(&err);
}
