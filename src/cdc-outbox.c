/* SPDX-License-Identifier: MIT
 *
 * cdc-outbox - turn rows of an outbox table into events
 *
 * Records in, the events of an outbox table out, under the topic, the key and
 * the headers that its columns say, like Debezium's outbox EventRouter.  The
 * payload leaves with all its digits.  Other records pass.  See cdc-outbox(1).
 */
#include "cdc.h"
#include "outbox/outbox.h"

static const char *const missing_names[] = { "error", "ignore", 0 };
static const char *const update_names[] = { "warn", "error", "fatal", 0 };

#define OPTIONS struct outbox_options
OPTION_READER(read_placements, placements_add, struct placements)

static const struct option_row options[] = {
	HEADING_ROW("Outbox tables; other tables pass (all)"),
	TABLE_ROWS(names),

	HEADING_ROW("Columns of an event"),
	TEXT_ROW("event-id", id, "COLUMN", "the header id (id)"),
	TEXT_ROW("event-key", key, "COLUMN", "the key (aggregateid)"),
	TEXT_ROW("event-payload", payload, "COLUMN", "the payload (payload)"),
	TEXT_ROW("event-timestamp", timestamp, "COLUMN[:UNIT]",
	    "the timestamp (ts_ms of the envelope); UNIT of a number is ms, "
	    "us or ns"),
	CALL_ROW("placement", placements, read_placements,
	    "COLUMN:PLACE[:NAME],...",
	    "add columns: PLACE is header, envelope or partition"),
	CHOICE_ROW("missing", missing, missing_names,
	    "what to do if a row lacks a column of --placement (error)"),
	TEXT_ROW("tracing-field", tracing, "COLUMN",
	    "tracing context, for the header traceparent "
	    "(tracingspancontext)"),

	HEADING_ROW("Topics"),
	TEXT_ROW("route-by-field", route_by, "COLUMN",
	    "the column that decides the topic (aggregatetype)"),
	TEXT_ROW("topic-regex", topic_regex, "REGEX",
	    "an expression that matches its value "
	    "((?<routedByValue>.*))"),
	TEXT_ROW("topic-replacement", topic_replacement, "TEXT",
	    "the topic then (outbox.event.${routedByValue})"),

	HEADING_ROW("Payloads and operations"),
	FLAG_ROW("expand-json", expand_json,
	    "print a payload that is a string of JSON as JSON"),
	FLAG_ROW("tombstone-on-empty", tombstones,
	    "print null for an empty payload"),
	CHOICE_ROW("on-update", update, update_names,
	    "what to do with updates, besides dropping them (warn)"),

	HEADING_ROW("Lines"),
	SHAPE_ROW(shape),
	STRICT_ROW,
	PASS_UNKNOWN_ROW(pass_unknown),
	END_ROW
};

static const struct tool tool = {
	.name = "cdc-outbox",
	.summary = "turn rows of an outbox table into events",
	.synopsis = "[options] < RECORDS",
	.options = options,
};

static void
check_texts(const struct outbox_options *opt)
{
	const char *const texts[] = { opt->id, opt->key, opt->payload,
		opt->timestamp, opt->tracing, opt->route_by,
		opt->topic_replacement };

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (texts[i] && !json_utf8_valid(span_of(texts[i])))
			cli_usage(&tool, "an argument is not UTF-8");
}

static void
filter(struct outbox *o, struct err *err)
{
	struct record rec = { .shape = (enum record_shape)o->opt->shape };
	struct lines in;
	struct line line;
	int kept = 0;

	lines_open(&in);
	while (kept >= 0 && lines_next(&in, &line, err) > 0) {
		if (record_scan(&rec, &line, err) < 0)
			break;
		kept = outbox_record(o, &rec, err);
		if (kept > 0)
			record_emit(&rec, &in);
	}
	lines_close(&in);
	record_clear(&rec);
}

int
main(int argc, char **argv)
{
	struct outbox_options opt = {
		.id = "id", .key = "aggregateid", .payload = "payload",
		.route_by = "aggregatetype", .tracing = "tracingspancontext",
		.topic_regex = "(?<routedByValue>.*)",
		.topic_replacement = "outbox.event.${routedByValue}",
	};
	struct outbox outbox = { .opt = &opt };
	struct err err = { 0 };
	int first = cli_parse(&tool, argc, argv, &opt);

	if (first < argc)
		cli_no_file(&tool, argv[first]);
	check_texts(&opt);
	if (outbox_open(&outbox, &opt, &err) == 0)
		filter(&outbox, &err);
	outbox_close(&outbox);
	return cli_finish(&err);
}
