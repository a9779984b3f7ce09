/* SPDX-License-Identifier: MIT */
#include "filter/filter.h"

#include <inttypes.h>

#include "json/object.h"
#include "json/scan.h"
#include "record/end.h"
#include "record/fault.h"
#include "value/sqltype.h"

const char *const filter_images[] = { "any", "before", "after", 0 };

static bool
wanted_op(const struct filter_options *opt, char op)
{
	return !opt->ops.ops.v[0] || value_named_ops_have(&opt->ops, op);
}

/* What a column's strings are compared as, if a schema record told. */
static enum predicate_type
type_of(void *arg, struct span column)
{
	const struct schema_table *table = ((const struct filter *)arg)->schema;

	for (size_t i = 0; table && i < table->ncolumns; i++) {
		const struct schema_column *c = &table->columns[i];
		enum type_class class = sqltype_named(span_of(c->type))->class;

		if (span_is(column, c->name))
			return class == CLASS_INT || class == CLASS_DECIMAL ?
			    PREDICATE_NUMBER : PREDICATE_TEXT;
	}
	return PREDICATE_UNKNOWN;
}

/* Does an image meet --where, and is it in the share?  1, 0, -1. */
static int
judge_image(struct filter *f, const struct record *rec, struct span image,
    struct err *err)
{
	struct predicate_row row = {
		.row = image, .before = rec->before, .after = rec->after,
		.flat = rec->kind == KIND_ROW,
		.type = type_of, .arg = f,
	};
	int meets = where_matches(&f->opt->where, &row, err);

	if (meets > 0 && share_active(&f->opt->share))
		meets = image.p && image.p[0] == '{' ?
		    share_has(&f->opt->share, image, rec->key, err) : 0;
	return meets < 0 ? err_wrap(err, "line %" PRIu64, rec->line.number) :
	    meets;
}

static bool
judges_images(const struct filter_options *opt)
{
	return opt->where.n || share_active(&opt->share) ||
	    opt->names.maxwell.of_rows;
}

struct image {
	struct span row;
	struct buf *scratch;
};

static bool
value_of(void *arg, const char *column, struct span *text)
{
	const struct image *image = arg;
	struct span value = object_member(image->row, column);

	if (!value.p)
		return false;
	if (value.p[0] != 'n') {
		*text = json_value_text(value, image->scratch);
		*text = text->p ? *text : value;
	}
	return true;
}

/* Is an image among those that Maxwell's rules include? */
static bool
rules_keep(struct filter *f, struct span db, struct span table,
    struct span row)
{
	struct image image = { row, &f->text };

	return !f->opt->names.maxwell.of_rows || !row.p || row.p[0] != '{' ||
	    maxwell_rules_keep_row(&f->opt->names.maxwell, db, table,
	    value_of, &image);
}

/* What images must meet, which may turn an update into a delete or a create:
 * 1, 0, -1.  Maxwell looks at the row after an update alone. */
static int
keep_row(struct filter *f, struct record *rec, struct span db,
    struct span table, char op, struct err *err)
{
	struct filter_options *opt = f->opt;
	int before = 0, after = 0;
	bool was, is;

	if (op == 't')
		return 1;
	if (rec->kind == KIND_ROW)
		return rules_keep(f, db, table, rec->body) ?
		    judge_image(f, rec, rec->body, err) : 0;
	was = rules_keep(f, db, table, rec->before);
	is = rules_keep(f, db, table, rec->after);
	if (!opt->partition_moves && !(op == 'd' ? was : is))
		return 0;
	if (opt->where_image != FILTER_AFTER)
		before = judge_image(f, rec, rec->before, err);
	if (before >= 0 && opt->where_image != FILTER_BEFORE)
		after = judge_image(f, rec, rec->after, err);
	if (before < 0 || after < 0)
		return -1;
	if (opt->partition_moves) {
		before = before && was;
		after = after && is;
	}
	if (opt->partition_moves && op == 'u' && before != after) {
		record_replace(rec, before ? rec->after : rec->before,
		    SPAN("null"));
		record_replace(rec, rec->op,
		    before ? SPAN("\"d\"") : SPAN("\"c\""));
	}
	return before || after;
}

/* Take columns away from *row; false if one is there twice. */
static bool
drop_columns(struct filter *f, struct record *rec, struct span db,
    struct span table, struct span *row, struct buf *out)
{
	struct span kept = *row;

	if (!column_filter_row(f->columns, record_outline(rec), db, table,
	    &kept, out))
		return false;
	if (kept.p != row->p)
		record_replace(rec, *row, kept);
	*row = kept;
	return true;
}

/* Has it a member that is called as a column of the exclude list? */
static bool
holds_dropped(const struct filter *f, struct span db, struct span table,
    struct span object)
{
	struct json_pos at = json_at(object);
	struct buf scratch = { 0 };
	struct span name, value;
	bool holds = false;

	json_enter(&at, '{');
	while (!holds && json_next(&at, &name) > 0 && json_value(&at, &value))
		holds = table_filter_excludes_column(&f->opt->names, db,
		    table, json_string_text(name, &scratch));
	buf_free(&scratch);
	return holds;
}

/* What was added to a row when it was unwrapped: a statement is hidden, a row
 * image or its like must not hold what is taken away.  -1: ERR_DATA. */
static int
hide_added(struct filter *f, struct record *rec, struct span db,
    struct span table, struct span *row, struct err *err)
{
	struct json_pos at = json_at(*row);
	struct span name, value;

	query_text_hide(rec, row, &f->before);
	if (!memchr(row->p + 1, '{', row->n - 1))
		return 0;
	json_enter(&at, '{');
	while (json_next(&at, &name) > 0 && json_value(&at, &value)) {
		if (value.p[0] != '{' || !holds_dropped(f, db, table, value))
			continue;
		err_set(err, ERR_DATA, "line %" PRIu64 ": column %.*s.%.*s."
		    "%.*s: it was added to the row, and holds columns that "
		    "are left out", rec->line.number, (int)db.n, db.p,
		    (int)table.n, table.p, (int)name.n, name.p);
		return err_hint(err, "filter before rows are unwrapped");
	}
	return 0;
}

/* The same of a row that was unwrapped. */
static int
drop_from_row(struct filter *f, struct record *rec, struct span db,
    struct span table, struct err *err)
{
	struct span kept = rec->body;

	if (!column_filter_row(f->columns, record_outline(rec), db, table,
	    &kept, &f->after))
		return record_check_rows(rec, err);
	if (hide_added(f, rec, db, table, &kept, err) < 0)
		return -1;
	if (kept.p != rec->body.p)
		record_replace(rec, rec->body, kept);
	return 1;
}

/* The statement may tell values of all columns, whatever the record holds. */
static void
hide_query(struct filter *f, struct record *rec)
{
	struct span query = member_value(&rec->block, M_QUERY);
	struct span headers = rec->headers;

	if (!f->columns)
		return;
	query_text_hide(rec, &headers, &f->headers);
	if (headers.p != rec->headers.p)
		record_replace(rec, rec->headers, headers);
	if (query.p && !span_is(query, "null"))
		record_replace(rec, query, SPAN("null"));
}

/* Take the columns away: 1, 0 if an update is left without a change, -1. */
static int
keep_columns(struct filter *f, struct record *rec, struct span db,
    struct span table, char op, struct err *err)
{
	struct span before = rec->before, after = rec->after;

	if (f->columns && rec->kind == KIND_ROW)
		return drop_from_row(f, rec, db, table, err);
	if (f->columns && (!drop_columns(f, rec, db, table, &before,
	    &f->before) || !drop_columns(f, rec, db, table, &after,
	    &f->after)))
		return record_check_rows(rec, err);
	return !f->opt->skip_unchanged || op != 'u' ||
	    rec->kind == KIND_ROW || !json_same(before, after);
}

/* Does the record say what the options need to know? */
static bool
is_known(const struct filter *f, struct record *rec, struct span *db,
    struct span *table)
{
	bool has_table = record_table(rec, db, table);

	if (rec->kind == KIND_UNKNOWN)
		return false;
	if (record_is_control(rec))
		return true;
	return (has_table || !f->needs_table) && (!f->opt->ops.ops.v[0] ||
	    record_op(rec) || record_is_tombstone(rec));
}

/* Is a row wanted?  1, 0, -1. */
static int
judge_row(struct filter *f, struct record *rec, struct span db,
    struct span table, struct err *err)
{
	char op = record_op(rec);
	int kept;

	if (!wanted_op(f->opt, op))
		return 0;
	if (!f->needs_row || op == 't')
		return 1;
	if (op == 'd' && rec->kind == KIND_ENVELOPE &&
	    (!rec->before.n || rec->before.p[0] != '{'))
		return record_fault(rec, "a delete without its row", err);
	if ((judges_images(f->opt) || !f->columns) &&
	    record_check_rows(rec, err) < 0)
		return -1;
	f->schema = f->told.ntables ? told_table(&f->told, db, table) : NULL;
	kept = judges_images(f->opt) ? keep_row(f, rec, db, table, op, err) :
	    1;
	return kept > 0 ? keep_columns(f, rec, db, table, op, err) : kept;
}

/* 1, 0, -1. */
static int
keep_record(struct filter *f, struct record *rec, struct err *err)
{
	struct span db = { NULL, 0 }, table = { NULL, 0 };
	int kept;

	if (record_is_tombstone(rec) && deletes_has(&f->last, rec))
		return f->last.kept;
	if (!is_known(f, rec, &db, &table))
		return f->opt->pass_unknown ? 1 : record_unknown(rec,
		    f->needs_table && !(db.n && table.n) ?
		    table_filter_option(&f->opt->names) : NULL, err);
	if (where_is_sql(&f->opt->where) && record_is_control(rec) &&
	    told_take(&f->told, rec, err) < 0)
		return -1;
	if (rec->kind == KIND_SCHEMA && f->needs_table)
		return followed_record_make(&f->schemas, rec, err);
	kept = !db.p || table_filter_keeps(&f->opt->names, db, table);
	if (record_is_tombstone(rec))
		return kept && wanted_op(f->opt, 'd');
	if (record_is_control(rec)) {
		end_note(&f->prefix, rec);
		return lists_stamp(rec, &f->lists, &f->before, err) < 0 ?
		    -1 : kept;
	}
	if (kept)
		kept = judge_row(f, rec, db, table, err);
	if (record_op(rec) == 'd')
		deletes_set(&f->last, rec, kept > 0);
	return kept;
}

int
filter_record(struct filter *f, struct record *rec, struct err *err)
{
	int kept = keep_record(f, rec, err);

	if (kept > 0)
		hide_query(f, rec);
	return kept;
}

void
filter_open(struct filter *f, struct filter_options *opt)
{
	bool edits = table_filter_edits(&opt->names);

	f->opt = opt;
	told_open(&f->told);
	f->schemas.lists = &opt->names;
	f->needs_table = table_filter_active(&opt->names) || edits;
	f->needs_row = judges_images(opt) || opt->skip_unchanged || edits;
	f->columns = edits ? column_filter_new(&opt->names) : NULL;
	lists_add_filter(&f->lists, &opt->names);
	lists_add_ops(&f->lists, "op", opt->ops.ops.v);
	share_tell(&opt->share, &f->lists);
	where_tell(&opt->where, opt->partition_moves ? "partition-moves" :
	    opt->where_image ? filter_images[opt->where_image] : "", &f->lists);
}

void
filter_clear(struct filter *f)
{
	column_filter_free(f->columns);
	buf_free(&f->before);
	buf_free(&f->after);
	buf_free(&f->headers);
	buf_free(&f->prefix);
	buf_free(&f->text);
	told_clear(&f->told);
	deletes_clear(&f->last);
	followed_lists_clear(&f->schemas);
	lists_clear(&f->lists);
	table_filter_clear(&f->opt->names);
	where_clear(&f->opt->where);
	share_clear(&f->opt->share);
}
