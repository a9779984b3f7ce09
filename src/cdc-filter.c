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
#include "filter/filter.h"

#define OPTIONS struct filter_options
OPTION_READER(read_canal, name_list_add_canal, struct name_list)
OPTION_READER(read_ops, value_named_ops, struct named_ops)
OPTION_READER(read_condition, where_add, struct where)
OPTION_READER(read_sample, share_set_sample, struct sample)
OPTION_READER(read_shard, share_set_shard, struct shard)
OPTION_READER(read_columns, share_add_columns, struct columns_by)
OPTION_READER(read_rules, maxwell_rules_add, struct maxwell_rules)

static const struct option_row options[] = {
	HEADING_ROW("Tables"),
	TABLE_ROWS(names),
	CALL_ROW("canal-filter", names.include_table, read_canal, "REGEX,...",
	    "only these tables, as canal.instance.filter.regex has them"),
	CALL_ROW("canal-black-filter", names.exclude_table, read_canal,
	    "REGEX,...", "not these: canal.instance.filter.black.regex"),
	ONLINE_DDL_ROW(names,
	    "also the shadow tables of gh-ost, pt-osc that belong to a table "
	    "that is kept"),
	CALL_ROW("maxwell-filter", names.maxwell, read_rules, "RULES",
	    "also what Maxwell's filter excludes is left out: 'exclude: *.*, "
	    "include: shop.orders'"),

	HEADING_ROW("Rows"),
	CALL_ROW("op", ops, read_ops, "OPS",
	    "only these operations: c, u, d, t, r"),
	CALL_ROW("where", where, read_condition, "CONDITION",
	    "only rows for which this is true: SQL, COLUMN=VALUE or "
	    "COLUMN~REGEX; if repeated, all must be"),
	CALL_ROW("sample", share.sample, read_sample, "PERCENT%",
	    "only this share of the rows, by the hash of their key"),
	CALL_ROW("shard", share.shard, read_shard, "I/N",
	    "only the I-th of N shares of the rows"),
	CALL_ROW("by", share.by, read_columns, "COLUMN,...",
	    "--sample and --shard by the first of these columns that a row "
	    "has, not the key"),
	CHOICE_ROW("where-image", where_image, filter_images,
	    "row image that --where and --by examine"),
	FLAG_ROW("partition-moves", partition_moves,
	    "turn an update that leaves --where or --by into a delete, and "
	    "one that enters into a create"),
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

static void
run(struct filter *f, struct err *err)
{
	struct record rec = { .shape = (enum record_shape)f->opt->shape };
	struct lines in;
	struct line line;
	int kept = 0;

	lines_open(&in);
	while (kept >= 0 && lines_next(&in, &line, err) > 0) {
		if (record_scan(&rec, &line, err) < 0)
			break;
		kept = filter_record(f, &rec, err);
		if (kept > 0)
			record_emit(&rec, &in);
	}
	lines_close(&in);
	record_clear(&rec);
	end_print(buf_view(&f->prefix), err);
}

int
main(int argc, char **argv)
{
	struct filter_options opt = { 0 };
	struct filter f = { 0 };
	struct err err = { 0 };
	int first = cli_parse(&tool, argc, argv, &opt);

	if (first < argc)
		cli_no_file(&tool, argv[first]);
	if ((opt.where_image || (opt.partition_moves &&
	    !opt.names.maxwell.of_rows)) && !opt.where.n && !opt.share.by.n)
		cli_usage(&tool, "--%s needs --where or --by",
		    opt.where_image ? "where-image" : "partition-moves");
	if (opt.share.by.n && !share_active(&opt.share))
		cli_usage(&tool, "--by needs --sample or --shard");
	filter_open(&f, &opt);
	run(&f, &err);
	filter_clear(&f);
	return cli_finish(&err);
}
