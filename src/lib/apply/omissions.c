/* SPDX-License-Identifier: MIT */
#include "apply/omissions.h"

#include "base/alloc.h"
#include "base/array.h"
#include "base/log.h"
#include "convert/omitted.h"
#include "json/write.h"

/* A column that rows may lack, and can have. */
static void
note(struct source_table *t, const struct source_tables *all,
    const struct schema_column *from)
{
	int at = source_table_column(t, all, span_of(from->name));
	const struct target_column *to = &t->target->columns[at < 0 ? 0 : at];
	struct buf name = { 0 }, json = { 0 };
	struct omission *o;

	if (at < 0 || to->computed || from->generated || from->row_time ||
	    assignments_have(&all->opt->set, to))
		return;
	json_part(&name, span_of(from->name));
	o = ARRAY_ADD(t->omissions, t->nomissions);
	*o = (struct omission){ .name = buf_cstr(&name), .column = at,
		.from = from };
	if (omitted_value(t->schema, from, &all->modes, to, &json))
		o->json = xstrdup(buf_cstr(&json));
	buf_free(&json);
}

/* A key's columns are NOT NULL, even if nothing says so. */
static bool
differs_in_null(const struct source_table *t, const struct omission *o)
{
	const struct target_column *to = &t->target->columns[o->column];

	return to->key_part < 0 && to->nullable == o->from->required;
}

static int
refuse(const struct source_table *t, const struct omission *o, bool ours,
    struct err *err)
{
	err_set(err, ERR_DATA, "table %s.%s: a row without column %s, whose "
	    "default at the source is not known", t->db, t->name,
	    o->from->name);
	return err_hint(err, "binlog_row_image=FULL logs it; or give %s.%s the "
	    "source's %s, and use --accept-tables", t->target->db,
	    t->target->name, ours ? "defaults" : "defaults and NOT NULL");
}

static void
note_all(struct source_table *t, const struct source_tables *all)
{
	for (size_t i = 0; i < t->schema->ncolumns; i++)
		note(t, all, &t->schema->columns[i]);
}

static int
supply(struct source_table *t, const struct source_tables *all, bool ours,
    const struct omission *o, struct batch *b, size_t row, struct err *err)
{
	if (o->json)
		return source_table_read_member(t, all, span_of(o->name),
		    span_of(o->json), b, row, err);
	if (mapping_accepts(all->opt, t->db, t->name))
		return 0;
	if (ours || differs_in_null(t, o))
		return refuse(t, o, ours, err);
	if (!t->guesses)
		log_warn("table %s.%s: column %s is not in the log, and its "
		    "default at the source is not known: rows get that of "
		    "%s.%s", t->db, t->name, o->from->name, t->target->db,
		    t->target->name);
	t->guesses = true;
	return 0;
}

int
omissions_supply(struct source_table *t, const struct source_tables *all,
    bool ours, struct batch *b, size_t row, struct err *err)
{
	int status = 0;

	if (!t->schema || t->target->sequence ||
	    source_table_row_is_whole(t, all, b, row))
		return 0;
	if (!t->nomissions)
		note_all(t, all);
	for (size_t i = 0; i < t->nomissions && status == 0; i++) {
		const struct omission *o = &t->omissions[i];

		if (b->cells[row + (size_t)o->column].state == CELL_ABSENT)
			status = supply(t, all, ours, o, b, row, err);
	}
	return status;
}
