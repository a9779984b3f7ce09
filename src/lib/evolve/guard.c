/* SPDX-License-Identifier: MIT */
#include "evolve/guard.h"

#include "base/log.h"
#include "follow/follow.h"
#include "match/system.h"

enum { SHOWN = 120 };

static int
refuse_system(struct span db, struct span name, struct err *err)
{
	err_set(err, ERR_CONFIG, "%.*s.%.*s belongs to the server itself",
	    (int)db.n, db.p, (int)name.n, name.p);
	return err_hint(err, "leave it out with cdc-filter --exclude-db, "
	    "write it elsewhere with --map, or allow it with --system-tables");
}

static int
refuse_own(const struct table_options *opt, struct err *err)
{
	err_set(err, ERR_CONFIG, "database %s keeps the position of this "
	    "cdc-apply", opt->offsets_db);
	return err_hint(err, "leave it out with cdc-filter --exclude-db, or "
	    "keep the position elsewhere: --offsets-db");
}

int
guard_table(const struct table_options *opt, struct span db,
    struct span name, struct err *err)
{
	if (system_is_schema(db) && !opt->system_tables)
		return refuse_system(db, name, err);
	if (!system_is_position_table(name))
		return 1;
	if (!opt->system_tables)
		return 0;
	return span_is_nocase(db, opt->offsets_db) ? refuse_own(opt, err) : 1;
}

/* ---- statements */

static int
leave_out(const struct buf *text, const char *on)
{
	log_warn("not executed, a statement on %s: %.*s%s", on,
	    (int)(text->n < SHOWN ? text->n : SHOWN), text->p,
	    text->n < SHOWN ? "" : "…");
	return 0;
}

static int
refuse_text(const struct buf *text, const char *why, struct err *err)
{
	err_set(err, ERR_CONFIG, "a statement that is not executed: %s: "
	    "%.*s%s", why, (int)(text->n < SHOWN ? text->n : SHOWN), text->p,
	    text->n < SHOWN ? "" : "…");
	return err_hint(err, "execute by hand what you need, then continue "
	    "after it with --schema-evolution none");
}

/* The database of the position is there, and stays. */
static int
guard_database(const struct table_options *opt, const struct action *s,
    const struct buf *text, struct err *err)
{
	if (!span_is_nocase(span_of(s->acts[0].db), opt->offsets_db))
		return 1;
	return s->form == FORM_DROP_DATABASE ? refuse_own(opt, err) :
	    leave_out(text, "the database of the position");
}

/* Without the tables of positions. */
static int
guard_positions(const struct action *s, struct buf *text, struct span db,
    struct err *err)
{
	struct table_filter lists = { .source = true,
		.system_schemas = true };
	struct following out = { 0 };
	int got = follow_statement(s, &lists, db, NULL, 0, &out, err);

	if (got == FOLLOW_NOTHING)
		leave_out(text, "tables of positions");
	if (got == FOLLOW_PART) {
		text->n = 0;
		buf_span(text, buf_view(&out.text));
	}
	follow_clear(&out);
	table_filter_clear(&lists);
	return got < 0 ? -1 : got != FOLLOW_NOTHING;
}

static int
guard_acts(const struct table_options *opt, const struct action *s,
    struct err *err)
{
	for (size_t i = 0; i < s->nacts; i++) {
		const struct act *act = &s->acts[i];
		struct span db = span_of(act->db);
		struct span name = span_of(act->name ? act->name : "*");

		if (act->changes && system_is_schema(db) &&
		    !opt->system_tables)
			return refuse_system(db, name, err);
		if (act->changes && opt->system_tables && act->name &&
		    guard_table(opt, db, name, err) < 0)
			return -1;
	}
	return 1;
}

/* Who may write to a view writes to what it reads. */
static bool
reads_what_is_kept(const struct table_options *opt, const struct action *s)
{
	for (size_t i = 1; i < s->nacts; i++) {
		struct span db = span_of(s->acts[i].db);

		if (opt->system_tables ? span_is_nocase(db, opt->offsets_db) :
		    system_is_schema(db) && !span_is_nocase(db,
		    "information_schema"))
			return true;
		if (system_is_position_table(span_of(s->acts[i].name)) &&
		    !opt->system_tables)
			return true;
	}
	return false;
}

static int
judge(const struct table_options *opt, const struct action *s,
    struct buf *text, struct span db, struct err *err)
{
	if (s->on == ON_UNKNOWN)
		return refuse_text(text, "its effect is unknown", err);
	if (!action_is_schema_change(s))
		return leave_out(text, action_class_name(s->on));
	if (s->trouble || s->nacts == 0)
		return refuse_text(text, s->trouble ? s->trouble :
		    "it names nothing", err);
	if (guard_acts(opt, s, err) < 0)
		return -1;
	if (s->on == ON_VIEWS && s->form != FORM_DROP &&
	    reads_what_is_kept(opt, s))
		return leave_out(text, "a view of what belongs to the server "
		    "or keeps positions");
	if (s->on == ON_DATABASES)
		return guard_database(opt, s, text, err);
	return opt->system_tables ? 1 : guard_positions(s, text, db, err);
}

int
guard_statement(const struct table_options *opt, struct buf *text,
    struct span db, unsigned mode, struct err *err)
{
	struct buf copy = { 0 };
	struct action s;
	int got;

	buf_span(&copy, buf_view(text));
	action_read(&s, buf_view(&copy), db, mode);
	got = judge(opt, &s, text, db, err);
	action_clear(&s);
	buf_free(&copy);
	return got;
}
