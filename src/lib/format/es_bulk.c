/* SPDX-License-Identifier: MIT
 *
 * --to es-bulk: requests of the _bulk API of Elasticsearch and OpenSearch: an
 * index action with the row as its document, or a delete action.
 * https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-bulk
 *
 * The row is copied as it stands in the record; only values of other types than
 * JSON's are replaced in it (es_value.h).
 */
#include "format/es_index.h"
#include "format/es_template.h"
#include "format/es_value.h"
#include "format/es_version.h"
#include "format/format.h"
#include "format/format_key.h"
#include "format/format_names.h"
#include "format/format_time.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "json/write.h"

enum { LONGEST_ID = 512 };      /* bytes */

const char *const es_version_names[] = { "gtid", "none", NULL };

/* What is kept of a table. */
struct documents {
	struct buf index;       /* "_index":"cdc-t","_id": */
	struct es_domain domain;
	struct es_plan plan;    /* of its columns */
	bool checked;           /* their names */
};

struct indexer {
	const char *pattern;
	bool versions;
	struct format_names indexes;
	struct format_cells cells;
	struct es_clock clock;
	struct buf id, scratch;
	struct buf ms, time;    /* of the last record: digits, text */
	uint64_t changes;       /* since the last empty line */
};

static int
open_indexer(struct formatter *f, struct err *err)
{
	const struct format_own *own = &f->opt->own;
	struct indexer *w = xcalloc(1, sizeof(*w));

	f->own = w;
	w->pattern = own->es_index ? own->es_index : "cdc-{table}";
	w->versions = own->es_version != ES_VERSION_NONE;
	if (own->es_template)
		f->tables.typed = false;
	if (own->es_template && (own->batch || own->raw ||
	    own->es_version >= 0))
		return err_set(err, ERR_USAGE, "--%s is of changes, and "
		    "--es-template writes none", own->batch ? "batch" :
		    own->raw ? "raw" : "es-version");
	return es_index_check(w->pattern, err);
}

/* ---- what a table has */

static int
make_documents(struct formatter *f, struct format_table *table,
    struct err *err)
{
	struct indexer *w = f->own;
	struct documents *d = xcalloc(1, sizeof(*d));
	struct buf name = { 0 };
	int status;

	table->own = d;
	status = es_index_put(&name, w->pattern, table->db, table->name, err);
	if (status == 0)
		status = es_index_take(&w->indexes, buf_view(&name),
		    table->db, table->name, err);
	buf_str(&d->index, "{\"_index\":");
	json_string(&d->index, buf_view(&name));
	buf_str(&d->index, ",\"_id\":");
	buf_free(&name);
	return status < 0 ? err_wrap(err, "table %s.%s", table->db.p,
	    table->name.p) : 0;
}

static void
forget(struct format_table *table, bool gone)
{
	struct documents *d = table->own;

	es_plan_clear(&d->plan);
	d->checked = false;
	if (!gone)
		return;
	buf_free(&d->index);
	free(d);
	table->own = NULL;
}

/* Names that documents have themselves, and ours. */
static const char *const taken[] = {
	"_cdc_timestamp", "_cdc_operation", "_id", "_index", "_source",
	"_type", "_routing", "_field_names", "_ignored", "_size", "_doc_count",
	"_tier", "_seq_no", "_primary_term", "_version", "_nested_path",
	"_ignored_source", "_feature", "_data_stream_timestamp",
};

/* Dots separate the names of objects inside objects. */
static bool
has_empty_part(struct span name)
{
	bool empty = true;

	for (size_t i = 0; i < name.n; i++) {
		if (name.p[i] == '.' && empty)
			return true;
		empty = name.p[i] == '.';
	}
	return empty;
}

static int
check_names(const struct format_table *table, const struct format_cells *row,
    struct err *err)
{
	for (size_t i = 0; i < row->n; i++) {
		struct span name = row->v[i].column->text;
		bool bad = has_empty_part(name);

		for (size_t j = 0; j < sizeof(taken) / sizeof(*taken); j++)
			bad = bad || span_is(name, taken[j]);
		if (!bad)
			continue;
		err_set(err, ERR_DATA, "table %s.%s, column %s: no field of a "
		    "document may have this name", table->db.p, table->name.p,
		    name.p);
		return err_hint(err, "leave the column out: cdc-filter "
		    "--exclude-column");
	}
	return 0;
}

/* ---- actions */

static int
make_id(struct formatter *f, const struct format_change *c, struct err *err)
{
	struct indexer *w = f->own;

	w->id.n = 0;
	if (format_key_put(f, c, &w->cells, KEY_CHARACTERS, &w->id, err) < 0)
		return -1;
	if (w->id.n && w->id.n <= LONGEST_ID)
		return 0;
	err_set(err, ERR_DATA, "table %s.%s: a key that is %s cannot be the "
	    "_id of a document: %.*s%s", c->table->db.p, c->table->name.p,
	    w->id.n ? "longer than 512 bytes" : "empty",
	    SPAN_SHOWN(c->key.json, 80));
	return err_hint(err, "leave the table out (cdc-filter "
	    "--exclude-table)");
}

static int
put_action(struct formatter *f, const struct format_change *c,
    const char *action, struct err *err)
{
	struct indexer *w = f->own;
	struct documents *d = c->table->own;
	struct buf *out = &f->out.text;
	uint64_t version;

	if (make_id(f, c, err) < 0)
		return -1;
	buf_str(out, action);
	buf_span(out, buf_view(&d->index));
	json_string(out, buf_view(&w->id));
	if (w->versions) {
		if (es_version_of(&w->clock, &d->domain, c, &version, err) < 0)
			return -1;
		buf_str(out, ",\"version\":");
		buf_u64(out, version);
		buf_str(out, ",\"version_type\":\"external_gte\"");
	}
	buf_str(out, "}}\n");
	return 0;
}

/* ---- documents */

/* An index action replaces the document. */
static int
refuse_part(const struct format_change *c, struct err *err)
{
	err_set(err, ERR_DATA, "table %s.%s: a row of which some columns are "
	    "missing, which would be no more in its document",
	    c->table->db.p, c->table->name.p);
	return err_hint(err, "set binlog_row_image=FULL");
}

static void
put_own(struct formatter *f, const struct format_change *c)
{
	struct indexer *w = f->own;
	struct buf *out = &f->out.text;
	struct span ms = member_value(&c->rec->block, M_TS_MS);
	char op[] = { c->op, '\0' };

	if (!span_eq(ms, buf_view(&w->ms))) {
		w->ms.n = w->time.n = 0;
		buf_span(&w->ms, ms);
		format_time_put(&w->time, ms);
	}
	if (w->time.n) {
		buf_str(out, ",\"_cdc_timestamp\":\"");
		buf_span(out, buf_view(&w->time));
		buf_char(out, '"');
	}
	buf_str(out, ",\"_cdc_operation\":\"");
	buf_str(out, op);
	buf_str(out, "\"}\n");
}

/* A piece of the row as it stands; kcat's may have ends of lines in it. */
static void
put_piece(struct buf *out, const struct record *rec, const char *from,
    const char *to)
{
	if (rec->kcat)
		json_put_line(out, span_between(from, to));
	else
		buf_span(out, span_between(from, to));
}

static int
put_document(struct formatter *f, const struct format_change *c,
    struct err *err)
{
	struct indexer *w = f->own;
	struct documents *d = c->table->own;
	struct buf *out = &f->out.text;
	const struct span row = c->after.json;
	const char *from = row.p;

	if (format_cells_read(&w->cells, f, c->table, &c->after, err) < 0)
		return -1;
	if (!w->cells.n || format_cells_lack(&w->cells, c->table))
		return refuse_part(c, err);
	if (!d->checked && check_names(c->table, &w->cells, err) < 0)
		return -1;
	d->checked = w->cells.whole;
	for (size_t i = 0; i < w->cells.n; i++) {
		const struct format_cell *cell = &w->cells.v[i];

		if (es_plan_of(&d->plan, cell->column) == ES_COPIED ||
		    cell->json.p[0] == 'n')
			continue;
		put_piece(out, c->rec, from, cell->json.p);
		if (es_value_put(f, c->table, cell, out, err) < 0)
			return -1;
		from = cell->json.p + cell->json.n;
	}
	put_piece(out, c->rec, from, row.p + row.n - 1);
	put_own(f, c);
	return 0;
}

/* ---- changes */

static int
refuse_truncate(const struct format_change *c, struct err *err)
{
	err_set(err, ERR_DATA, "a truncate of %s.%s: no action deletes all "
	    "documents of an index", c->table->db.p, c->table->name.p);
	return err_hint(err, "delete them otherwise (_delete_by_query), and "
	    "leave the record out: cdc-filter --op c,u,d,r");
}

static void
end_batch(struct formatter *f)
{
	struct indexer *w = f->own;

	if (f->opt->own.batch && w->changes)
		buf_char(&f->out.text, '\n');
	w->changes = 0;
}

static int
change(struct formatter *f, const struct format_change *c, struct err *err)
{
	struct indexer *w = f->own;
	bool deletes = !c->op || c->op == 'd';

	if (f->opt->own.es_template)
		return 0;
	if (c->op == 't')
		return refuse_truncate(c, err);
	if (!c->table->own && make_documents(f, c->table, err) < 0)
		return -1;
	if (put_action(f, c, deletes ? "{\"delete\":" : "{\"index\":",
	    err) < 0 || (!deletes && put_document(f, c, err) < 0))
		return -1;
	if (++w->changes == f->opt->own.batch)
		end_batch(f);
	return 0;
}

static int
control(struct formatter *f, struct record *rec, struct err *err)
{
	(void)err;
	if (rec->kind == KIND_HEARTBEAT)
		end_batch(f);
	return 0;
}

static int
finish(struct formatter *f, struct err *err)
{
	const struct indexer *w = f->own;

	end_batch(f);
	return f->opt->own.es_template ? es_template_put_all(f, w->pattern,
	    err) : 0;
}

static void
close_indexer(struct formatter *f)
{
	struct indexer *w = f->own;

	format_names_clear(&w->indexes);
	format_cells_free(&w->cells);
	buf_free(&w->clock.text);
	buf_free(&w->id);
	buf_free(&w->scratch);
	buf_free(&w->ms);
	buf_free(&w->time);
	free(w);
}

const struct format format_es_bulk = {
	.name = "es-bulk",
	.apart = true,
	.options = "batch es-index es-version es-template raw",
	.takes = TAKES_ROWS | TAKES_LONE_TOMBSTONES, .typed = true,
	.open = open_indexer, .change = change, .control = control,
	.finish = finish, .close = close_indexer, .forget = forget,
};
