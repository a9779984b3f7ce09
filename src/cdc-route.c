/* SPDX-License-Identifier: MIT
 *
 * cdc-route - choose topics, keys and partitions
 *
 * Records in, the same records out under other topics: Kafka's RegexRouter and
 * Debezium's logical table routing; and in partitions, as its PartitionRouting
 * chooses them.  What is not changed leaves byte for byte.  See cdc-route(1).
 */
#include "cdc.h"
#include "route/router.h"

#define OPTIONS struct route_options
OPTION_READER(read_keys, key_columns_add, struct key_columns)
OPTION_READER(read_fields, partition_add_fields, struct partition_fields)

static const struct option_row options[] = {
	HEADING_ROW("Rules"),
	TEXT_ROW("rules", topics.rules_file, "FILE",
	    "more rules, one per line: REGEX REPLACEMENT"),
	HEADING_ROW("Keys of tables that share a topic"),
	TEXT_ROW("key-field", topics.key_field, "NAME",
	    "add the original topic to the key, in this member"),
	TEXT_ROW("key-field-regex", topics.key_field_regex, "REGEX",
	    "if this matches the original topic, add …"),
	TEXT_ROW("key-field-replacement", topics.key_field_replacement, "TEXT",
	    "… this replacement instead"),
	HEADING_ROW("Keys of other columns"),
	CALL_ROW("key-columns", keys, read_keys, "TABLE:COLUMN,...;...",
	    "make keys of these columns, not of the primary key"),
	FLAG_ROW("tombstones", tombstones,
	    "print a tombstone after the delete of a row whose key changed"),
	HEADING_ROW("Partitions"),
	CALL_ROW("partition-by", partition.by, read_fields, "FIELD,...",
	    "choose the partition by these: change.COLUMN, source.NAME, …"),
	COUNT_ROW("partitions", partition.count, "N",
	    "how many partitions there are"),
	CHOICE_ROW("hash", partition.hash, partition_hashes,
	    "how the values are hashed (murmur2)"),
	HEADING_ROW("Time zones"),
	TEXT_ROW("timestamp-zone", times.timestamp_zone, "ZONE",
	    "write TIMESTAMP columns with the offset of this zone"),
	TEXT_ROW("datetime-zone", times.datetime_zone, "ZONE",
	    "DATETIME columns are of clocks in this zone: make them moments"),
	CHOICE_ROW("datetime-doubt", times.doubt, times_doubts,
	    "if clocks never showed that, or twice: the offset before their "
	    "change (before), after it, or error"),
	NAMES_ROW("zone-include", times.columns.include_column,
	    "only these columns (db.table.column)"),
	NAMES_ROW("zone-exclude", times.columns.exclude_column,
	    "not these columns"),
	TIME_ROW(times),
	HEADING_ROW("Types of columns"),
	TEXT_ROW("schema", schema, "FILE",
	    "also the schema records of this file"),
	HEADING_ROW("Lines"),
	SHAPE_ROW(shape),
	STRICT_ROW,
	END_ROW
};

static const struct tool tool = {
	.name = "cdc-route",
	.summary = "choose topics, keys and partitions",
	.synopsis = "[options] [REGEX REPLACEMENT ...] < RECORDS",
	.options = options,
};

static void
check_usage(const struct route_options *opt, int nwords)
{
	const struct routes_options *t = &opt->topics;

	if (nwords % 2)
		cli_usage(&tool, "a rule has two parts: REGEX REPLACEMENT");
	if (nwords == 0 && !t->rules_file && !opt->partition.by.n &&
	    !opt->times.timestamp_zone && !opt->times.datetime_zone &&
	    !key_columns_active(&opt->keys))
		cli_usage(&tool, "no rule given");
	if (t->key_field && !json_utf8_valid(span_of(t->key_field)))
		cli_usage(&tool, "--key-field is not UTF-8");
	if (!t->key_field_regex != !t->key_field_replacement)
		cli_usage(&tool, "--key-field-regex and "
		    "--key-field-replacement go together");
	if (!opt->partition.by.n != !opt->partition.count)
		cli_usage(&tool, "--partition-by and --partitions go "
		    "together");
	if (opt->partition.count > INT32_MAX)
		cli_usage(&tool, "--partitions: at most %d", INT32_MAX);
}

static void
route(struct router *r, struct err *err)
{
	struct record rec = { .shape = (enum record_shape)r->opt->shape };
	struct lines in;
	struct line line;

	lines_open(&in);
	while (lines_next(&in, &line, err) > 0)
		if (record_scan(&rec, &line, err) < 0 ||
		    router_record(r, &rec, &in, err) < 0)
			break;
	if (!err->kind && !stop_requested())
		router_end(r, err);
	lines_close(&in);
	record_clear(&rec);
}

int
main(int argc, char **argv)
{
	struct route_options opt = { .times.time = -1 };
	struct router r;
	struct err err = { 0 };
	int first = cli_parse(&tool, argc, argv, &opt);

	check_usage(&opt, argc - first);
	if (router_open(&r, &opt, argc - first, argv + first, &err) == 0)
		route(&r, &err);
	router_clear(&r);
	return cli_finish(&err);
}
