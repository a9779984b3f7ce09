/* SPDX-License-Identifier: MIT */
#include "format/format.h"

#include <inttypes.h>

#include "format/format_statement.h"
#include "record/end.h"
#include "record/fault.h"
#include "schema/schema_file.h"

#define FORMAT(name, variable) extern const struct format variable;
#include "format/formats.def"
#undef FORMAT

static const struct format *const formats[] = {
#define FORMAT(name, variable) &variable,
#include "format/formats.def"
#undef FORMAT
};

const char *const format_names[] = {
#define FORMAT(name, variable) name,
#include "format/formats.def"
#undef FORMAT
	NULL,
};

const struct format *
format_named(const char *name)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++)
		if (strcmp(formats[i]->name, name) == 0)
			return formats[i];
	return NULL;
}

int
format_place(const char *name)
{
	for (int i = 0; format_names[i]; i++)
		if (strcmp(format_names[i], name) == 0)
			return i;
	return -1;
}

int
format_open(struct formatter *f, struct format_options *opt, struct err *err)
{
	*f = (struct formatter){ .opt = opt,
		.format = format_named(format_names[opt->to]) };
	format_tables_open(&f->tables, f->format, &opt->modes,
	    f->format->typed && !opt->own.raw);
	if (opt->own.split && format_output_check(opt->own.split, err) < 0)
		return -1;
	if (opt->schema && schemas_load(f->tables.schemas, opt->schema,
	    err) < 0)
		return -1;
	if (f->format->open && f->format->open(f, err) < 0)
		return -1;
	return format_output_commit(&f->out, err);
}

/* ---- records */

/* Does the format want a tombstone? */
static bool
takes_tombstone(const struct formatter *f, const struct format_change *c)
{
	if (f->format->takes & TAKES_LONE_TOMBSTONES)
		return f->deleted != c->table ||
		    !json_same(buf_view(&f->deleted_key), c->key.json);
	return f->format->takes & TAKES_TOMBSTONES;
}

static void
remember_delete(struct formatter *f, const struct format_change *c)
{
	f->deleted = NULL;
	if (c->op != 'd' || !c->key.json.p)
		return;
	f->deleted = c->table;
	f->deleted_key.n = 0;
	buf_span(&f->deleted_key, c->key.json);
}

static int
give(struct formatter *f, const struct format_change *c, struct err *err)
{
	if (!c->op && !takes_tombstone(f, c))
		return 0;
	if (((f->format->takes & TAKES_MOVES) &&
	    format_change_check_half(f, c, err) < 0) ||
	    f->format->change(f, c, err) < 0 ||
	    format_output_commit(&f->out, err) < 0)
		return err_wrap(err, "line %" PRIu64, c->rec->line.number);
	if (f->format->takes & TAKES_LONE_TOMBSTONES)
		remember_delete(f, c);
	return 0;
}

static int
read_and_give(struct formatter *f, struct record *rec, struct err *err)
{
	struct format_change c;

	if (rec->kind == KIND_TOMBSTONE && !(f->format->takes &
	    (TAKES_TOMBSTONES | TAKES_LONE_TOMBSTONES)))
		return 0;
	if (format_change_read(f, rec, &c, err) < 0)
		return -1;
	return give(f, &c, err);
}

/* The delete that waited for its create, which did not come. */
static int
settle(struct formatter *f, struct err *err)
{
	if (!f->held.waits)
		return 0;
	f->held.waits = false;
	return read_and_give(f, &f->held.rec, err);
}

/* Both halves as one update. */
static int
give_move(struct formatter *f, struct record *rec, struct err *err)
{
	struct format_change first, c;

	f->held.waits = false;
	if (format_change_read(f, &f->held.rec, &first, err) < 0 ||
	    format_change_read(f, rec, &c, err) < 0)
		return -1;
	if (first.table != c.table) {
		if (give(f, &first, err) < 0)
			return -1;
		return give(f, &c, err);
	}
	c.op = 'u';
	c.moves = true;
	c.before = first.before.json.p ? first.before : first.key;
	return give(f, &c, err);
}

static int
take_data(struct formatter *f, struct record *rec, struct err *err)
{
	if (!(f->format->takes & TAKES_MOVES))
		return read_and_give(f, rec, err);
	if (format_change_is_second(&f->held, rec))
		return give_move(f, rec, err);
	if (rec->kind == KIND_TOMBSTONE && f->held.waits)
		return 0;
	if (settle(f, err) < 0)
		return -1;
	return format_change_is_first(rec) ?
	    format_change_hold(&f->held, rec, err) :
	    read_and_give(f, rec, err);
}

static int
take_control(struct formatter *f, struct record *rec, struct err *err)
{
	struct span modes = member_value(&rec->value, M_MODES);
	int status = 0;

	if (settle(f, err) < 0)
		return -1;
	if (record_check_control(rec, err) < 0)
		return -1;
	if (rec->kind == KIND_HEARTBEAT) {
		f->failed = end_kind(rec);
		if (modes.p)
			format_tables_take_modes(&f->tables, modes);
	} else if (rec->kind == KIND_SCHEMA) {
		status = format_statement_take(f, rec, err);
		if (status == 0)
			status = format_tables_learn(&f->tables, rec, err);
	}
	if (status == 0 && f->format->control)
		status = f->format->control(f, rec, err);
	if (status == 0)
		status = format_output_commit(&f->out, err);
	return status < 0 ? err_wrap(err, "line %" PRIu64,
	    rec->line.number) : 0;
}

static int
refuse_message(const struct formatter *f, const struct record *rec,
    struct err *err)
{
	record_fault(rec, "an outbox event, which is no change of a row", err);
	return err_hint(err, "--to %s writes changes: leave out cdc-outbox, or "
	    "keep changes with cdc-filter --op c,u,d,r,t", f->format->name);
}

int
format_record(struct formatter *f, struct record *rec, struct err *err)
{
	f->failed = ERR_NONE;
	if (record_op(rec) == 'm')
		return refuse_message(f, rec, err);
	if (rec->kind == KIND_UNKNOWN)
		return record_fault(rec, "neither a change nor a control "
		    "record", err);
	return record_is_control(rec) ? take_control(f, rec, err) :
	    take_data(f, rec, err);
}

int
format_finish(struct formatter *f, struct err *err)
{
	if (err->kind == ERR_NONE && settle(f, err) == 0 &&
	    f->format->finish && f->format->finish(f, err) == 0) {
		format_output_commit(&f->out, err);
	} else if (err->kind != ERR_IO && f->format->cut) {
		f->out.text.n = 0;      /* of the record that failed */
		f->format->cut(f);
	}
	if (err->kind != ERR_IO) {      /* what is whole is written */
		struct err later = { 0 };

		if (format_output_flush(&f->out, &later) < 0 && !err->kind)
			*err = later;
	}
	return err->kind ? -1 : 0;
}

void
format_close(struct formatter *f)
{
	format_tables_close(&f->tables);
	if (f->own && f->format->close)
		f->format->close(f);
	format_output_close(&f->out);
	record_clear(&f->held.rec);
	buf_free(&f->held.line);
	buf_free(&f->topic);
	buf_free(&f->deleted_key);
	buf_free(&f->scratch);
}
