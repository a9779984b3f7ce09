/* SPDX-License-Identifier: MIT */
#include "unwrap/unwrap.h"

#include "json/scan.h"
#include "json/write.h"

/* Columns that a header lists, a JSON array or a string that holds one. */
static bool
add_listed(struct name_set *set, struct span header)
{
	struct buf text = { 0 };
	bool good = true;

	if (header.p && header.p[0] == '"') {
		json_unescape(&text, json_inside(header));
		header = buf_view(&text);
		good = json_valid(header);
	}
	if (good && header.p)
		good = name_set_add_json(set, header);
	buf_free(&text);
	return good;
}

/* Find the columns to drop from this record. */
static int
find_dropped(struct unwrapper *st, struct record *rec, struct err *err)
{
	const struct named_text *drop = &st->opt->drop_header;
	struct span header;

	st->dropped = &st->opt->drop;
	if (!drop->text)
		return 0;
	if (record_check_headers(rec, err) < 0)
		return -1;
	st->dropped = &st->listed;
	name_set_clear(&st->listed);
	name_set_join(&st->listed, &st->opt->drop);
	header = record_header(rec, drop->text);
	named_look(drop->named, header.p);
	return add_listed(&st->listed, header) ? 0 :
	    record_fault(rec, "its header is not a list of columns", err);
}

/* Would a column that is left be there twice, with what is added? */
static bool
clashes(struct unwrapper *st, struct record *rec, struct span image)
{
	const struct unwrap_options *opt = st->opt;
	const struct outline *o;
	struct outline_pos at;
	struct span name, text;
	bool found = false;

	if ((!opt->fields.n && st->mode.action != DELETE_REWRITE &&
	    !opt->diff && !opt->to_fields.n) ||
	    template_knows(rec, TEMPLATE_TOOL))
		return false;
	o = record_outline(rec);
	at = outline_at(o, image);
	outline_enter(&at);
	while (!found && outline_next(&at, &name)) {
		outline_value(&at);
		text = o->escapes ? json_string_text(name, &st->name) : name;
		found = field_list_makes(&opt->fields, opt->fields_prefix,
		    text) || (st->mode.action == DELETE_REWRITE &&
		    span_is(text, "__deleted")) || (opt->diff &&
		    span_is(text, opt->diff)) ||
		    header_fields_make(&opt->to_fields, text);
		found = found && !name_set_has(st->dropped, name);
	}
	if (!found && !opt->drop_header.text)   /* which may drop others */
		template_note(rec, TEMPLATE_TOOL);
	return found;
}

static void
put_diff(struct unwrapper *st, struct buf *out)
{
	if (!st->opt->diff)
		return;
	buf_char(out, ',');
	json_words(out, span_of(st->opt->diff));
	buf_char(out, ':');
	buf_span(out, buf_view(&st->update.diff));
}

/* The row, then __deleted, then the added fields. */
static int
make_row(struct unwrapper *st, struct record *rec, struct span image,
    struct err *err)
{
	struct buf *out = &st->row;
	size_t end;

	out->n = 0;
	if (clashes(st, rec, image))
		return record_fault(rec, "its row has a column of the name "
		    "of an added field", err);
	if (st->opt->only_changed && record_op(rec) == 'u')
		image = buf_view(&st->update.row);
	name_set_copy_without(st->dropped, image, out);
	do
		out->n--;               /* its '}' comes last */
	while (json_is_blank(out->p[out->n - 1]));
	end = out->n;
	if (st->mode.action == DELETE_REWRITE)
		buf_str(out, record_op(rec) == 'd' ?
		    ",\"__deleted\":\"true\"" : ",\"__deleted\":\"false\"");
	field_list_put(&st->opt->fields, st->opt->fields_prefix, rec, out);
	put_diff(st, out);
	header_fields_put(&st->opt->to_fields, rec, &st->headers, out);
	buf_char(out, '}');
	if (end == 1 && out->p[1] == ',') {     /* no column of its own */
		memmove(out->p + 1, out->p + 2, out->n - 2);
		out->n--;
	}
	return 0;
}

static bool
compares_images(const struct unwrap_options *opt)
{
	return opt->changed || opt->unchanged || opt->diff ||
	    opt->only_changed;
}

/* Before rows and keys are looked into: no name may be there twice. */
static int
check_names(struct unwrapper *st, struct record *rec, struct err *err)
{
	const struct unwrap_options *opt = st->opt;
	bool compares = compares_images(opt);
	bool looks = st->dropped->n || opt->route_field.text || compares;

	return (looks && record_check_rows(rec, err) < 0) ||
	    ((opt->drop_from_key || compares) &&
	    record_check_key(rec, err) < 0) || (opt->to_fields.n &&
	    record_check_headers(rec, err) < 0) ? -1 : 0;
}

/* What goes in front of the payload: the position. */
static void
keep_position(struct unwrapper *st, struct record *rec)
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

/* ,"name":[…] */
static void
put_list(struct buf *out, const char *name, const struct buf *list)
{
	if (!name)
		return;
	buf_char(out, ',');
	json_words(out, span_of(name));
	buf_char(out, ':');
	buf_span(out, buf_view(list));
}

/* Those that are added to an envelope, or (without it) to a tombstone. */
static void
make_headers(struct unwrapper *st, const struct record *rec, bool row)
{
	const struct unwrap_options *opt = st->opt;
	struct buf *out = &st->headers;

	out->n = 0;
	if (row)
		field_list_put_headers(&opt->headers, opt->headers_prefix,
		    rec, out);
	else if (field_list_has(&opt->headers, "op"))
		field_put(opt->headers_prefix, "op", "d", out);
	if (rec->kind != KIND_ENVELOPE)
		return;
	put_list(out, opt->changed, &st->update.names);
	put_list(out, opt->unchanged, &st->update.others);
}

/* Those that become fields of the row go, unless they are copied. */
static int
put_headers(struct unwrapper *st, struct record *rec, bool row,
    struct err *err)
{
	const struct unwrap_options *opt = st->opt;
	bool moves = row && opt->to_fields.n && !opt->headers_copy;

	if (!rec->payload_at.p && (opt->changed || opt->unchanged))
		return record_fault(rec, "its line has no place for headers: "
		    "it is an envelope alone", err);
	return (moves ? record_change_headers(rec, &opt->to_fields.headers,
	    &st->headers, &st->moved, &st->position) :
	    record_add_headers(rec, &st->headers, &st->position)) ? 0 :
	    record_fault(rec, "it has a header of the name of an added one",
	    err);
}

static void
route_by_field(struct unwrapper *st, struct record *rec, struct span image)
{
	struct span value;

	if (!st->opt->route_field.text || !image.p || image.p[0] != '{')
		return;
	value = object_member(image, st->opt->route_field.text);
	named_look(st->opt->route_field.named, value.p);
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
drop_from_key(struct unwrapper *st, struct record *rec)
{
	if (!st->opt->drop_from_key || !rec->key.p)
		return;
	st->key.n = 0;
	if (name_set_copy_without(st->dropped, rec->key, &st->key))
		record_replace(rec, rec->key, buf_view(&st->key));
}

static void
put_payload(struct unwrapper *st, struct record *rec, struct span row)
{
	if (rec->wrapper.p) {           /* a row beside source and op */
		record_replace(rec, rec->wrapper, row);
	} else {
		record_replace(rec, rec->payload, row);
		record_replace(rec, rec->schema, SPAN("null"));
	}
	record_replace(rec, rec->payload_at, buf_view(&st->position));
}

/* An envelope: 1, 0 if it is dropped, -1. */
static int
unwrap_envelope(struct unwrapper *st, struct record *rec, struct err *err)
{
	char op = record_op(rec);
	struct span image = op == 'd' ? rec->before : rec->after;
	bool row = op != 'd' || st->mode.action == DELETE_REWRITE;

	if (op == 't' || (op == 'd' && st->mode.action == DELETE_DROP))
		return 0;       /* a truncate has no row */
	if (row && (!image.p || image.p[0] != '{'))
		return record_fault(rec, "an envelope without its row", err);
	if (find_dropped(st, rec, err) < 0 ||
	    check_names(st, rec, err) < 0 || (compares_images(st->opt) &&
	    changed_find(&st->update, rec, st->dropped, err) < 0))
		return -1;
	keep_position(st, rec);
	make_headers(st, rec, row);
	if ((row && make_row(st, rec, image, err) < 0) ||
	    put_headers(st, rec, row, err) < 0)
		return -1;
	route_by_field(st, rec, image);
	drop_from_key(st, rec);
	put_payload(st, rec, row ? buf_view(&st->row) : SPAN("null"));
	return 1;
}

/* A row already: what is to be dropped is dropped from it, too. */
static int
edit_row(struct unwrapper *st, struct record *rec, struct err *err)
{
	if (find_dropped(st, rec, err) < 0)
		return -1;
	if (st->dropped->n == 0)
		return 1;
	if (check_names(st, rec, err) < 0)
		return -1;
	st->row.n = 0;
	if (name_set_copy_without(st->dropped, rec->body, &st->row))
		record_replace(rec, rec->payload, buf_view(&st->row));
	drop_from_key(st, rec);
	return 1;
}

/* A tombstone has the key of its delete. */
static int
edit_tombstone(struct unwrapper *st, struct record *rec, struct err *err)
{
	if (!st->mode.keep_tombstone)
		return 0;
	st->position.n = 0;
	if (find_dropped(st, rec, err) < 0 || check_names(st, rec, err) < 0)
		return -1;
	make_headers(st, rec, false);
	if (put_headers(st, rec, false, err) < 0)
		return -1;
	drop_from_key(st, rec);
	record_replace(rec, rec->payload_at, buf_view(&st->position));
	return 1;
}

int
unwrap_record(struct unwrapper *st, struct record *rec, struct err *err)
{
	switch (rec->kind) {
	case KIND_ENVELOPE:
		return unwrap_envelope(st, rec, err);
	case KIND_ROW:
		return edit_row(st, rec, err);
	case KIND_TOMBSTONE:
		return edit_tombstone(st, rec, err);
	case KIND_UNKNOWN:
		if (st->opt->pass_unknown)
			return 1;
		record_fault(rec, "neither an envelope nor a row", err);
		return err_hint(err, "--pass-unknown lets such lines pass");
	default:
		return 1;
	}
}

void
unwrap_clear(struct unwrapper *st)
{
	changed_clear(&st->update);
	buf_free(&st->moved);
	buf_free(&st->row);
	buf_free(&st->key);
	buf_free(&st->headers);
	buf_free(&st->position);
	buf_free(&st->topic);
	buf_free(&st->name);
	field_list_clear(&st->opt->fields);
	field_list_clear(&st->opt->headers);
	header_fields_clear(&st->opt->to_fields);
	name_set_clear(&st->opt->drop);
	name_set_clear(&st->listed);
}
