/* SPDX-License-Identifier: MIT */
#include "mask/masker_parts.h"

#include <inttypes.h>

#include "json/scan.h"

enum {
	NONE_NAMED = sizeof("no rule names it") - 1,
	MOST_NAMES = 400,       /* characters of further columns in a message */
};

int
masker_place(const struct record *rec, struct err *err)
{
	struct span gtid = json_inside(object_member(record_source(rec),
	    "gtid"));

	return err_wrap(err, "line %" PRIu64 "%s%.*s", rec->line.number,
	    gtid.n ? ", GTID " : "", (int)gtid.n, gtid.n ? gtid.p : "");
}

int
masker_refuse(const struct masker *m, const struct record *rec,
    struct span column, const char *why, struct err *err)
{
	const struct mask_table *t = m->table;

	return err_set(err, ERR_DATA, "line %" PRIu64 ": column "
	    "%.*s.%.*s.%.*s: %s", rec->line.number, (int)t->db.n, t->db.p,
	    (int)t->table.n, t->table.p, (int)column.n, column.p, why);
}

/* The next column of an object that has them as members, or of an array of
 * objects that describe them. */
static bool
next_column(struct json_pos *at, bool array, struct span *name)
{
	struct span value;

	if (array ? json_next_element(at) <= 0 : json_next(at, name) <= 0)
		return false;
	if (!json_value(at, &value))
		return false;
	if (array)
		*name = json_inside(object_member(value, "name"));
	return true;
}

int
masker_refuse_unlisted(struct masker *m, const struct record *rec,
    struct span columns, struct err *err)
{
	struct json_pos at = json_at(columns);
	bool array = columns.p[0] == '[';
	struct span first = { NULL, 0 }, name;
	struct buf why = { 0 };
	size_t more = 0;

	buf_str(&why, "no rule names it");
	json_enter(&at, array ? '[' : '{');
	while (next_column(&at, array, &name)) {
		if (!name.p || mask_columns_find(&m->columns, m->table, name,
		    SIZE_MAX)->rule)
			continue;
		if (!first.p)
			first = name;
		else if (why.n + name.n > MOST_NAMES)
			more++;
		else
			buf_printf(&why, "%s%.*s", why.n == NONE_NAMED ?
			    ", nor " : ", ", (int)name.n, name.p);
	}
	if (more)
		buf_printf(&why, " and %zu more", more);
	masker_refuse(m, rec, first, buf_cstr(&why), err);
	buf_free(&why);
	return err_hint(err, "--fail-on-unlisted: add a rule for each, or "
	    "name it in --pass");
}
