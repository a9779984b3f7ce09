/* SPDX-License-Identifier: MIT */
#include "format/format_body.h"

static int
put(void *arg, struct record *rec, struct buf *out, struct err *err)
{
	struct format_body *body = arg;

	body->formatter.out.into = out;
	return format_record(&body->formatter, rec, err);
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
	body->hooks = (struct delivery_body){ body, put, finish };
	delivery->body = &body->hooks;
	return format_open(&body->formatter, &body->opt, err);
}

void
format_body_close(struct format_body *body)
{
	if (body->opt.to >= 0)
		format_close(&body->formatter);
}
