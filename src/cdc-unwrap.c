/* SPDX-License-Identifier: MIT
 *
 * cdc-unwrap - turn envelopes into flat rows
 *
 * Records in, rows after the change out, like Debezium's
 * ExtractNewRecordState.  The position survives: source, transaction and op
 * move to the line, byte for byte.  Whatever is not an envelope (a heartbeat, a
 * schema, …) passes.  See cdc-unwrap(1).
 */
#include "cdc.h"
#include "unwrap/unwrap.h"

enum { UNSET = -1, DELETES_TOMBSTONE = 1 };

/* --deletes: what becomes of a delete, and of the tombstone after it. */
static const struct delete_mode delete_modes[] = {
	{ "drop", DELETE_DROP, false },
	{ "tombstone", DELETE_NULL, false },
	{ "rewrite", DELETE_REWRITE, false },
	{ "rewrite-with-tombstone", DELETE_REWRITE, true },
	{ "delete-to-tombstone", DELETE_NULL, false },
};

static const char *const delete_names[] = {
	"drop", "tombstone", "rewrite", "rewrite-with-tombstone",
	"delete-to-tombstone", 0,
};

/* The pair of options before Debezium 2.5. */
static const char *const handling_names[] = { "drop", "rewrite", "none", 0 };
static const enum delete_action handling_actions[] = {
	DELETE_DROP, DELETE_REWRITE, DELETE_NULL,
};
static const char *const movings[] = { "move", "copy", 0 };
static const char *const booleans[] = { "false", "true", 0 };

#define OPTIONS struct unwrap_options
OPTION_READER(read_fields, field_list_add, struct field_list)
OPTION_READER(read_header_fields, header_fields_add, struct header_fields)
OPTION_READER(read_names, name_set_add, struct name_set)
OPTION_READER(read_name, named_text_set, struct named_text)

static const struct option_row options[] = {
	HEADING_ROW("Deletes"),
	CHOICE_ROW("deletes", deletes, delete_names,
	    "what to do with deletes and tombstones (tombstone)"),
	CHOICE_ROW("delete-handling-mode", handling, handling_names,
	    "the same, as in Debezium before 2.5"),
	CHOICE_ROW("drop-tombstones", drop_tombstones, booleans,
	    "with --delete-handling-mode (true)"),

	HEADING_ROW("Metadata"),
	CALL_ROW("add-fields", fields, read_fields, "FIELD[:NAME],...",
	    "add these to the row: op, table, source.ts_ms, …"),
	TEXT_ROW("add-fields-prefix", fields_prefix, "TEXT",
	    "prefix of their names (__)"),
	CALL_ROW("add-headers", headers, read_fields, "FIELD[:NAME],...",
	    "add these as headers"),
	TEXT_ROW("add-headers-prefix", headers_prefix, "TEXT",
	    "prefix of their names (__)"),

	CALL_ROW("header-to-field", to_fields, read_header_fields,
	    "HEADER=FIELD,...", "make members of the row of these headers"),
	CHOICE_ROW("headers", headers_copy, movings,
	    "what becomes of such headers (move)"),

	HEADING_ROW("What an update changed"),
	TEXT_ROW("changed", changed, "NAME",
	    "add a header of this name: the columns that it changed"),
	TEXT_ROW("unchanged", unchanged, "NAME",
	    "add a header of this name: the other columns"),
	TEXT_ROW("diff", diff, "NAME",
	    "add a member of this name: what was, and what is"),
	FLAG_ROW("only-changed", only_changed,
	    "of the row of an update, only the key and what it changed"),

	HEADING_ROW("Columns and topics"),
	CALL_ROW("drop-fields", drop, read_names, "COLUMN,...",
	    "remove these columns from the row"),
	CALL_ROW("drop-fields-header", drop_header, read_name, "NAME",
	    "remove the columns listed in this header"),
	FLAG_ROW("drop-fields-from-key", drop_from_key,
	    "remove them from the key too"),
	CALL_ROW("route-by-field", route_field, read_name, "COLUMN",
	    "use the value of this column as the topic"),

	STRICT_ROW,
	HEADING_ROW("Lines"),
	SHAPE_ROW(shape),
	PASS_UNKNOWN_ROW(pass_unknown),
	END_ROW
};

static const struct tool tool = {
	.name = "cdc-unwrap",
	.summary = "turn envelopes into flat rows",
	.synopsis = "[options] < RECORDS",
	.options = options,
};

static struct delete_mode
choose_mode(const struct unwrap_options *opt)
{
	struct delete_mode mode = delete_modes[opt->deletes == UNSET ?
	    DELETES_TOMBSTONE : opt->deletes];

	if (opt->handling == UNSET && opt->drop_tombstones == UNSET)
		return mode;
	if (opt->deletes != UNSET)
		cli_usage(&tool, "--deletes replaces --delete-handling-mode "
		    "and --drop-tombstones: give one or the other");
	mode.action = handling_actions[opt->handling == UNSET ? 0 :
	    opt->handling];
	mode.keep_tombstone = opt->drop_tombstones == 0;
	return mode;
}

static bool
is_utf8(const char *name)
{
	return !name || json_utf8_valid(span_of(name));
}

static bool
is_made(const struct unwrap_options *opt, const char *name)
{
	return name && (field_list_makes(&opt->fields, opt->fields_prefix,
	    span_of(name)) || header_fields_make(&opt->to_fields,
	    span_of(name)));
}

/* Headers that make a delete and a create a change of key. */
static bool
is_movement(const char *header)
{
	return strcmp(header, "__debezium.newkey") == 0 ||
	    strcmp(header, "__debezium.oldkey") == 0;
}

/* Names that are added: to a row, and to headers. */
static void
check_names(const struct unwrap_options *opt, enum delete_action action)
{
	if (!is_utf8(opt->fields_prefix) || !is_utf8(opt->headers_prefix))
		cli_usage(&tool, "a prefix that is not UTF-8");
	if (!is_utf8(opt->changed) || !is_utf8(opt->unchanged) ||
	    !is_utf8(opt->diff))
		cli_usage(&tool, "a name that is not UTF-8");
	if (action == DELETE_REWRITE && (is_made(opt, "__deleted") ||
	    (opt->diff && strcmp(opt->diff, "__deleted") == 0)))
		cli_usage(&tool, "two fields are called __deleted");
	if (is_made(opt, opt->diff))
		cli_usage(&tool, "two fields are called %s", opt->diff);
	for (size_t i = 0; i < opt->to_fields.headers.n; i++)
		if (field_list_makes(&opt->fields, opt->fields_prefix,
		    header_fields_name(&opt->to_fields, i)))
			cli_usage(&tool, "a header and a field of "
			    "--add-fields have the same name");
	if ((opt->changed && is_movement(opt->changed)) ||
	    (opt->unchanged && is_movement(opt->unchanged)))
		cli_usage(&tool, "__debezium.newkey and __debezium.oldkey say "
		    "that a key moves");
	if (opt->headers_copy && !opt->to_fields.n)
		cli_usage(&tool, "--headers needs --header-to-field");
	if (opt->changed && opt->unchanged && strcmp(opt->changed,
	    opt->unchanged) == 0)
		cli_usage(&tool, "two headers are called %s", opt->changed);
}

static void
filter(struct unwrapper *st, struct err *err)
{
	struct record rec = { .shape = (enum record_shape)st->opt->shape };
	struct lines in;
	struct line line;
	int kept = 0;

	lines_open(&in);
	while (kept >= 0 && lines_next(&in, &line, err) > 0) {
		if (record_scan(&rec, &line, err) < 0)
			break;
		kept = unwrap_record(st, &rec, err);
		if (kept > 0)
			record_emit(&rec, &in);
	}
	lines_close(&in);
	record_clear(&rec);
}

int
main(int argc, char **argv)
{
	struct unwrap_options opt = {
		.deletes = UNSET, .handling = UNSET, .drop_tombstones = UNSET,
		.fields_prefix = "__", .headers_prefix = "__",
	};
	struct unwrapper st = { .opt = &opt };
	struct err err = { 0 };
	int first = cli_parse(&tool, argc, argv, &opt);

	if (first < argc)
		cli_no_file(&tool, argv[first]);
	st.mode = choose_mode(&opt);
	check_names(&opt, st.mode.action);
	filter(&st, &err);
	unwrap_clear(&st);
	return cli_finish(&err);
}
