/* SPDX-License-Identifier: MIT */
#include "format/format_body.h"

static int
put(void *arg, struct record *rec, struct buf *out, struct err *err)
{
	struct format_body *body = arg;
	size_t from = out->n;

	body->formatter.out.into = out;
	if (format_record(&body->formatter, rec, err) == 0)
		return 0;
	/* nothing of it may stand in front of the next one */
	body->formatter.out.text.n = 0;
	out->n = from;
	return -1;
}

/* How values are written, for the replay of an entry. */
static void
describe(void *arg, struct buf *headers)
{
	const struct format_body *body = arg;

	known_modes_put(&body->formatter.tables.modes, headers);
}

static void
learn(void *arg, struct span headers)
{
	struct format_body *body = arg;
	struct span modes = object_member(headers, "modes");

	if (modes.p)
		format_tables_take_modes(&body->formatter.tables, modes);
}

static int
finish(void *arg, struct buf *out, struct err *err)
{
	struct format_body *body = arg;

	body->formatter.out.into = out;
	return format_finish(&body->formatter, err);
}

/* Each batch is read by itself, so nothing may stand in the first alone. */
static int
check_apart(const struct format *format, const struct format_own *own,
    struct err *err)
{
	bool header = (strcmp(format->name, "csv") == 0 ||
	    strcmp(format->name, "tsv") == 0) && !own->no_header;

	if (format->apart && !header)
		return 0;
	err_set(err, ERR_USAGE, "--to %s begins with what holds for all that "
	    "follows, and batches are read apart", format->name);
	return header ? err_hint(err, "--no-header leaves it out") : -1;
}

int
format_body_open(struct format_body *body, const struct option_row *rows,
    const void *values, struct delivery_options *delivery, struct err *err)
{
	const char *name = body->opt.to < 0 ? NULL : format_names[body->opt.to];

	if (format_options_check(name ? format_named(name) : NULL, rows,
	    values, &body->opt.own, err) < 0)
		return -1;
	if (!name)
		return 0;
	if (check_apart(format_named(name), &body->opt.own, err) < 0)
		return -1;
	body->opt.shape = delivery->shape;
	body->hooks = (struct delivery_body){ body, put, finish, describe,
	    learn };
	delivery->body = &body->hooks;
	return format_open(&body->formatter, &body->opt, err);
}

void
format_body_close(struct format_body *body)
{
	if (body->opt.to >= 0)
		format_close(&body->formatter);
	format_options_clear(&body->opt);
}
