/* SPDX-License-Identifier: MIT
 *
 * cdc-unwrap - envelopes to flat rows
 *
 * Records in; out comes the row after the change instead of the envelope, as
 * Debezium's ExtractNewRecordState does it.  The position survives: source,
 * transaction and op move to the line, byte for byte.  What is no envelope (a
 * heartbeat, a schema, …) passes.  See cdc-unwrap(1).
 */
#include <stdbool.h>
#include <stdlib.h>

#include "cdc.h"

enum delete_action { DELETE_DROP, DELETE_NULL, DELETE_REWRITE };

enum { UNSET = -1, DELETES_TOMBSTONE = 1 };

/* --deletes: what becomes of a delete, and of the tombstone behind it. */
static const struct delete_mode {
	const char *name;
	enum delete_action action;
	bool keep_tombstone;
} delete_modes[] = {
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
static const char *const booleans[] = { "false", "true", 0 };

struct options {
	int deletes, handling, drop_tombstones;
	struct field_list fields, headers;
	const char *fields_prefix, *headers_prefix;
	struct name_set drop;
	const char *drop_header;
	bool drop_from_key;
	const char *route_field;
};

#define AT(field) offsetof(struct options, field)

static const struct option_row options[] = {
	{ OPT_GROUP, 0, "Deletes", 0, 0, 0, 0, 0, 0 },
	{ OPT_CHOICE, 0, "deletes", AT(deletes), 0,
	    "what becomes of deletes and tombstones (tombstone)",
	    delete_names, 0, 0 },
	{ OPT_CHOICE, 0, "delete-handling-mode", AT(handling), 0,
	    "the same as Debezium before 2.5 has it", handling_names, 0, 0 },
	{ OPT_CHOICE, 0, "drop-tombstones", AT(drop_tombstones), 0,
	    "with --delete-handling-mode (true)", booleans, 0, 0 },

	{ OPT_GROUP, 0, "Metadata", 0, 0, 0, 0, 0, 0 },
	{ OPT_CALL, 0, "add-fields", AT(fields), "FIELD[:NAME],...",
	    "add these to the row: op, table, source.ts_ms, …", 0,
	    field_list_add, 0 },
	{ OPT_TEXT, 0, "add-fields-prefix", AT(fields_prefix), "TEXT",
	    "in front of their names (__)", 0, 0, 0 },
	{ OPT_CALL, 0, "add-headers", AT(headers), "FIELD[:NAME],...",
	    "add these as headers", 0, field_list_add, 0 },
	{ OPT_TEXT, 0, "add-headers-prefix", AT(headers_prefix), "TEXT",
	    "in front of their names (__)", 0, 0, 0 },

	{ OPT_GROUP, 0, "Columns and topics", 0, 0, 0, 0, 0, 0 },
	{ OPT_CALL, 0, "drop-fields", AT(drop), "COLUMN,...",
	    "leave these columns out of the row", 0, name_set_add, 0 },
	{ OPT_TEXT, 0, "drop-fields-header", AT(drop_header), "NAME",
	    "leave out the columns that this header lists", 0, 0, 0 },
	{ OPT_FLAG, 0, "drop-fields-from-key", AT(drop_from_key), 0,
	    "leave them out of the key as well", 0, 0, 0 },
	{ OPT_TEXT, 0, "route-by-field", AT(route_field), "COLUMN",
	    "the topic is this column's value", 0, 0, 0 },
	{ 0 },
};

static const struct tool tool = {
	.name = "cdc-unwrap",
	.summary = "turn envelopes into flat rows",
	.synopsis = "[options] < RECORDS",
	.options = options,
};

struct stage {
	struct options *opt;
	struct delete_mode mode;
	struct name_set listed;         /* columns that the header lists */
	struct buf row, key, headers, position, topic;
};

/* The columns to drop from this record. */
static const struct name_set *
dropped(struct stage *st, const struct record *rec)
{
	if (!st->opt->drop_header)
		return &st->opt->drop;
	name_set_clear(&st->listed);
	name_set_join(&st->listed, &st->opt->drop);
	name_set_add_json(&st->listed,
	    object_member(rec->headers, st->opt->drop_header));
	return &st->listed;
}

/* The row, then __deleted, then the added fields. */
static struct span
make_row(struct stage *st, const struct record *rec, struct span image,
    bool deleted)
{
	struct buf *out = &st->row;

	out->n = 0;
	name_set_copy_without(dropped(st, rec), image, out);
	out->n--;               /* its '}' comes last */
	if (st->mode.action == DELETE_REWRITE)
		buf_str(out, deleted ? ",\"__deleted\":\"true\"" :
		    ",\"__deleted\":\"false\"");
	field_list_put(&st->opt->fields, st->opt->fields_prefix, rec, out);
	buf_char(out, '}');
	if (out->p[1] == ',') { /* the row had no column of its own */
		memmove(out->p + 1, out->p + 2, out->n - 2);
		out->n--;
	}
	return buf_view(out);
}

/* What goes in front of the payload: the position. */
static void
keep_position(struct stage *st, struct record *rec)
{
	const struct { const char *name; struct span value; } members[] = {
		{ "source", rec->source },
		{ "transaction", rec->transaction },
		{ "op", rec->op },
	};

	st->position.n = 0;
	for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
		if (!members[i].value.p)
			continue;
		buf_char(&st->position, '"');
		buf_str(&st->position, members[i].name);
		buf_str(&st->position, "\":");
		buf_span(&st->position, members[i].value);
		buf_char(&st->position, ',');
	}
}

static void
add_headers(struct stage *st, struct record *rec, bool tombstone)
{
	struct buf *out = &st->headers;

	out->n = 0;
	if (!tombstone)
		field_list_put_headers(&st->opt->headers,
		    st->opt->headers_prefix, rec, out);
	else if (field_list_has(&st->opt->headers, "op"))
		buf_printf(out, ",\"%sop\":\"d\"", st->opt->headers_prefix);
	record_add_headers(rec, out, &st->position);
}

static void
route_by_field(struct stage *st, struct record *rec, struct span image)
{
	struct span value;

	if (!st->opt->route_field)
		return;
	value = object_member(image, st->opt->route_field);
	if (!value.p || span_is(value, "null"))
		return;
	st->topic.n = 0;
	if (value.p[0] == '"')
		buf_span(&st->topic, value);
	else
		json_words(&st->topic, value);
	record_replace(rec, rec->topic, buf_view(&st->topic));
}

static void
drop_from_key(struct stage *st, struct record *rec)
{
	if (!st->opt->drop_from_key || !rec->key.p)
		return;
	st->key.n = 0;
	name_set_copy_without(dropped(st, rec), rec->key, &st->key);
	record_replace(rec, rec->key, buf_view(&st->key));
}

/* An envelope; false where it is dropped. */
static bool
unwrap_envelope(struct stage *st, struct record *rec)
{
	char op = record_op(rec);
	struct span image = op == 'd' ? rec->before : rec->after;
	struct span row = SPAN("null");

	if (op == 'd' && st->mode.action == DELETE_DROP)
		return false;
	if (!image.p || image.p[0] != '{')
		return false;   /* a truncate: there is no row */
	keep_position(st, rec);
	if (op != 'd' || st->mode.action == DELETE_REWRITE)
		row = make_row(st, rec, image, op == 'd');
	add_headers(st, rec, row.n == 4);
	route_by_field(st, rec, image);
	drop_from_key(st, rec);
	record_replace(rec, rec->payload, row);
	record_replace(rec, rec->schema, SPAN("null"));
	record_replace(rec, rec->payload_at, buf_view(&st->position));
	return true;
}

static bool
unwrap(struct stage *st, struct record *rec)
{
	if (rec->envelope)
		return unwrap_envelope(st, rec);
	if (!record_is_tombstone(rec) || !st->mode.keep_tombstone)
		return !record_is_tombstone(rec);
	st->position.n = 0;
	add_headers(st, rec, true);
	record_replace(rec, rec->payload_at, buf_view(&st->position));
	return true;
}

static struct delete_mode
choose_mode(const struct options *opt)
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

static void
stage_clear(struct stage *st)
{
	buf_free(&st->row);
	buf_free(&st->key);
	buf_free(&st->headers);
	buf_free(&st->position);
	buf_free(&st->topic);
	field_list_clear(&st->opt->fields);
	field_list_clear(&st->opt->headers);
	name_set_clear(&st->opt->drop);
	name_set_clear(&st->listed);
}

int
main(int argc, char **argv)
{
	struct options opt = {
		.deletes = UNSET, .handling = UNSET, .drop_tombstones = UNSET,
		.fields_prefix = "__", .headers_prefix = "__",
	};
	struct stage st = { .opt = &opt };
	struct lines in;
	struct line line;
	struct record rec = { 0 };
	struct err err = { 0 };
	int first = cli_parse(&tool, argc, argv, &opt);

	if (first < argc)
		cli_usage(&tool, "records come from standard input, not from "
		    "'%s'", argv[first]);
	st.mode = choose_mode(&opt);
	lines_open(&in);
	while (lines_next(&in, &line, &err) > 0) {
		if (record_scan(&rec, &line, RECORD_MEMBERS, &err) < 0)
			break;
		if (unwrap(&st, &rec))
			record_emit(&rec, &in);
	}
	lines_close(&in);
	record_clear(&rec);
	stage_clear(&st);
	return cli_finish(&err);
}
