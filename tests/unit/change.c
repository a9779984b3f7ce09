/* SPDX-License-Identifier: MIT
 *
 * Records as changes of rows: which ones, with which key, and what must be done
 * before others come.  The tables are known, so that no server is asked.
 */
#include "apply/change.h"

#include <stdlib.h>

#include "apply/source_table.h"
#include "base/log.h"
#include "tap.h"


/* t has a key and is plain, k has another unique key, r has no key, x has a
 * column that the source has not, p has a key of two parts. */
static struct target_column columns[] = {
	{ .name = TEXT("id"), .type = TEXT("int(11)"), .class = CLASS_INT },
	{ .name = TEXT("v"), .type = TEXT("int(11)"), .class = CLASS_INT,
	    .nullable = true, .key_part = -1 },
	{ .name = TEXT("own"), .type = TEXT("int(11)"), .class = CLASS_INT,
	    .nullable = true, .key_part = -1 },
};
static struct target_column bare[] = {
	{ .name = TEXT("id"), .type = TEXT("int(11)"), .class = CLASS_INT,
	    .nullable = true, .key_part = -1 },
	{ .name = TEXT("v"), .type = TEXT("int(11)"), .class = CLASS_INT,
	    .nullable = true, .key_part = -1 },
};
static struct target_column parts[] = {
	{ .name = TEXT("id"), .type = TEXT("int(11)"), .class = CLASS_INT },
	{ .name = TEXT("v"), .type = TEXT("int(11)"), .class = CLASS_INT,
	    .key_part = 1 },
};
static size_t key[] = { 0, 1 };
#define NONE { NO_OP, NO_OP }
static struct target targets[] = {
	{ .db = TEXT("d"), .name = TEXT("t"), .columns = columns,
	    .ncolumns = 2, .key = key, .nkey = 1, .changes = NONE },
	{ .db = TEXT("d"), .name = TEXT("k"), .columns = columns,
	    .ncolumns = 2, .key = key, .nkey = 1, .ordered = true,
	    .changes = NONE },
	{ .db = TEXT("d"), .name = TEXT("r"), .columns = bare,
	    .ncolumns = 2, .ordered = true, .changes = NONE },
	{ .db = TEXT("d"), .name = TEXT("x"), .columns = columns,
	    .ncolumns = 3, .key = key, .nkey = 1, .changes = NONE },
	{ .db = TEXT("d"), .name = TEXT("p"), .columns = parts,
	    .ncolumns = 2, .key = key, .nkey = 2, .changes = NONE },
};
enum { TABLES = sizeof(targets) / sizeof(*targets) };

static struct schema_column source_columns[] = {
	{ .name = TEXT("id"), .type = TEXT("INT"), .length = -1, .scale = -1 },
	{ .name = TEXT("v"), .type = TEXT("INT"), .length = -1, .scale = -1 },
};
static struct schema_table source = { .columns = source_columns,
	.ncolumns = 2, .complete = true };

static void
open_applier(struct applier *a, struct apply_options *opt,
    struct source_table *tables)
{
	*a = (struct applier){ .opt = opt };
	source_tables_open(&a->tables, &opt->tables);
	a->batch.ordered = (struct op_list)NONE;
	a->batch.keep_order = opt->no_reorder;
	for (size_t i = 0; i < TABLES; i++) {
		tables[i] = (struct source_table){ .db = TEXT("d"),
			.name = targets[i].name, .target = &targets[i],
			.schema = &source };
		source_tables_add(&a->tables, &tables[i]);
	}
}

static void
close_applier(struct applier *a, struct source_table *tables)
{
	for (size_t i = 0; i < TABLES; i++)
		source_table_unbind(&tables[i]);
	a->tables.all = NULL;
	source_tables_clear(&a->tables);
	batch_reset(&a->batch);
	batch_free(&a->batch);
}

static void
put_cells(struct buf *out, const struct batch *b, size_t at, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct cell *c = &b->cells[at + i];

		buf_str(out, i ? "," : "");
		if (c->state == CELL_VALUE)
			buf_put(out, b->bytes.p + c->at, c->n);
		else
			buf_char(out, c->state == CELL_NULL ? 'N' : '-');
	}
}

static void
put_op(struct buf *out, const struct batch *b, const struct op *op)
{
	static const char *const kinds[] = { "upsert", "insert", "replace",
		"update", "rekey", "delete", "update-row", "delete-row" };
	bool row = op->kind == OP_DELETE_ROW || op->kind == OP_UPDATE_ROW;

	buf_printf(out, " %s%s", kinds[op->kind], op->deletes ? "!" : "");
	if (op->kind != OP_INSERT) {
		buf_char(out, '[');
		put_cells(out, b, op->old, row ? op->target->ncolumns :
		    op->target->nkey);
		buf_char(out, ']');
	}
	if (op->kind != OP_DELETE && op->kind != OP_DELETE_ROW) {
		buf_char(out, '(');
		put_cells(out, b, op->row, op->target->ncolumns);
		buf_char(out, ')');
	}
}

/* What became of lines, and of the batch. */
static void
take_lines(struct applier *a, const char *const *lines, struct buf *out)
{
	static const char *const taken[] = { "unknown", "bad", "", "alone",
		"barrier", "empties" };
	struct record rec = { 0 };

	for (size_t i = 0; lines[i]; i++) {
		struct line line = { .text = span_of(lines[i]),
			.number = i + 1 };
		struct target *empties;
		struct err err = { 0 };
		enum change_taken got;

		if (record_scan(&rec, &line, &err) < 0) {
			buf_printf(out, "no record: %s", err.text);
			break;
		}
		got = change_take(a, &rec, &empties, &err);
		if (got == CHANGE_BAD)
			buf_printf(out, "bad: %s", err.text);
		else
			buf_printf(out, "%s%s", taken[got + 2],
			    got == CHANGE_WAITS ? "." : ":");
	}
	for (size_t i = 0; i < a->batch.nops; i++)
		put_op(out, &a->batch, &a->batch.ops[i]);
	if (a->batch.half.waits)
		buf_str(out, " half");
	record_clear(&rec);
}

#define ROW(table, op, before, after)                                        \
	"{\"before\":" before ",\"after\":" after ",\"source\":{\"db\":"     \
	"\"d\",\"table\":\"" table "\"},\"op\":\"" op "\"}"
#define KEYED(table, op, key, before, after, headers)                        \
	"{\"key\":" key ",\"payload\":" ROW(table, op, before, after)        \
	",\"headers\":{" headers "}}"
#define NEW_KEY "\"__debezium.newkey\":{\"id\":2}"
#define OLD_KEY "\"__debezium.oldkey\":{\"id\":1}"

struct vector {
	const char *name;
	const char *lines[5];
	const char *want;
};

static void
check_all(struct apply_options *opt, const struct vector *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct source_table tables[TABLES];
		struct applier a;
		struct buf got = { 0 };

		open_applier(&a, opt, tables);
		take_lines(&a, v[i].lines, &got);
		is_text(buf_view(&got), v[i].want, v[i].name);
		buf_free(&got);
		close_applier(&a, tables);
	}
}
#define CHECK(opt, v) check_all(opt, v, sizeof(v) / sizeof(*v))

#define ONE "{\"id\":1,\"v\":10}"
#define TWO "{\"id\":2,\"v\":20}"

static void
rows(struct apply_options *opt)
{
	static const struct vector v[] = {
		{ "a row", { ROW("t", "c", "null", ONE) },
		    ". upsert[1](1,10)" },
		{ "a part of one", { ROW("t", "u", ONE, "{\"id\":1}") },
		    ". update[1](1,-)" },
		{ "one that goes", { ROW("t", "d", ONE, "null") },
		    ". delete[1]" },
		{ "… by its key", { KEYED("t", "d", "{\"id\":1}", "null",
		    "null", "") }, ". delete[1]" },
		{ "… and comes again", { ROW("t", "d", ONE, "null"),
		    ROW("t", "c", "null", ONE) }, ".. upsert[1](1,10)" },
		{ "two changes of it", { ROW("t", "c", "null", ONE),
		    ROW("t", "u", "null", "{\"id\":1,\"v\":11}") },
		    ".. upsert[1](1,11)" },
		{ "… in their order", { ROW("k", "c", "null", ONE),
		    ROW("k", "u", "null", "{\"id\":1,\"v\":11}") },
		    ".. upsert[1](1,10) upsert[1](1,11)" },
		{ "no key", { ROW("t", "u", "null", "{\"v\":1}") },
		    "bad: line 1: table d.t: the record lacks id, which is "
		    "part of the key of d.t" },
		{ "no such column", { ROW("t", "c", "null", "{\"id\":1,"
		    "\"w\":1}") },
		    "bad: line 1: table d.t has no column w" },
		{ "a column twice", { ROW("t", "c", "null", "{\"id\":1,"
		    "\"id\":1}") },
		    "bad: line 1: table d.t: column id occurs twice" },
		{ "a bad value", { ROW("t", "c", "null", "{\"id\":1.5}") },
		    "bad: line 1: table d.t, column id (int(11)): 1.5: not a "
		    "whole number" },
		{ "a truncate", { ROW("t", "t", "null", "null") },
		    "empties:" },
	};

	CHECK(opt, v);
}

/* What changes its key. */
static void
keys(struct apply_options *opt)
{
	static const struct vector v[] = {
		{ "a whole row", { ROW("t", "u", ONE, TWO) },
		    ". delete[1] upsert[2](2,20)" },
		{ "a part of one", { ROW("t", "u", ONE, "{\"id\":2}") },
		    "alone: rekey[1](2,-)" },
		{ "one with a column of the target's own",
		    { ROW("x", "u", ONE, TWO) }, "alone: rekey[1](2,20,-)" },
		{ "one of a table in order", { ROW("k", "u", ONE, TWO) },
		    ". rekey[1](2,20)" },
		{ "a key that says it stayed", { KEYED("t", "u",
		    "{\"id\":1}", TWO, ONE, "") }, ". upsert[1](1,10)" },
		{ "two halves", { KEYED("k", "d", "{\"id\":1}", ONE, "null",
		    NEW_KEY), KEYED("k", "c", "{\"id\":2}", "null", TWO,
		    OLD_KEY) }, ".. rekey[1](2,20)" },
		{ "… with a tombstone between", { KEYED("k", "d",
		    "{\"id\":1}", ONE, "null", NEW_KEY),
		    "{\"key\":{\"id\":1},\"payload\":null,\"topic\":\"s.d.k\","
		    "\"headers\":{}}", KEYED("k", "c", "{\"id\":2}", "null",
		    TWO, OLD_KEY) }, "... rekey[1](2,20)" },
		{ "… of a plain table", { KEYED("t", "d", "{\"id\":1}", ONE,
		    "null", NEW_KEY), KEYED("t", "c", "{\"id\":2}", "null",
		    TWO, OLD_KEY) }, ".. delete[1] upsert[2](2,20)" },
		{ "a half alone", { KEYED("k", "d", "{\"id\":1}", ONE,
		    "null", NEW_KEY) }, ". half" },
		{ "… and another row", { KEYED("k", "d", "{\"id\":1}", ONE,
		    "null", NEW_KEY), ROW("k", "c", "null",
		    "{\"id\":3,\"v\":0}") },
		    ".. delete[1] upsert[3](3,0)" },
		{ "… of another table", { KEYED("k", "d", "{\"id\":1}", ONE,
		    "null", NEW_KEY), KEYED("x", "c", "{\"id\":2}", "null",
		    TWO, OLD_KEY) }, ".. delete[1] upsert[2](2,20,-)" },
		{ "a key of which a part says that it stayed",
		    { KEYED("p", "u", "{\"id\":1}", ONE,
		    "{\"id\":1,\"v\":20}", "") },
		    ". delete[1,10] upsert[1,20](1,20)" },
		{ "… all of it", { KEYED("p", "u", "{\"id\":1,\"v\":10}",
		    "{\"id\":9}", ONE, "") }, ". upsert[1,10](1,10)" },
	};

	CHECK(opt, v);
}

static void
keyless(struct apply_options *opt)
{
	static const struct vector v[] = {
		{ "a row", { ROW("r", "c", "null", ONE) },
		    ". insert(1,10)" },
		{ "an update", { ROW("r", "u", ONE, TWO) },
		    ". update-row[1,10](2,20)" },
		{ "a delete", { ROW("r", "d", "{\"id\":null,\"v\":1}",
		    "null") }, ". delete-row[N,1]" },
		{ "without before", { ROW("r", "d", "null", "null") },
		    "bad: line 1: table d.r has no key, and the record has no "
		    "before: its row is unknown" },
	};

	CHECK(opt, v);
}

/* A key that the log left out, for it is the type's default. */
static void
left_out(struct apply_options *opt)
{
	static const struct vector v[] = {
		{ "alone", { ROW("t", "c", "null", "{\"v\":1}") },
		    "alone: insert(-,1)" },
		{ "after another", { ROW("t", "c", "null", ONE),
		    ROW("t", "c", "null", "{\"v\":1}") },
		    ".barrier: upsert[1](1,10)" },
		{ "after a half", { KEYED("t", "d", "{\"id\":1}", ONE,
		    "null", NEW_KEY), KEYED("t", "c", "{\"id\":2}", "null",
		    "{\"v\":1}", OLD_KEY) },
		    ".alone: delete[1] insert(-,1)" },
	};

	CHECK(opt, v);
}

static void
modes(struct apply_options *opt)
{
	static const struct vector insert[] = {
		{ "--insert-mode insert", { ROW("t", "c", "null", ONE),
		    ROW("t", "u", "null", ONE) },
		    ".. insert(1,10) update[1](1,10)" },
	};
	static const struct vector update[] = {
		{ "--insert-mode update", { ROW("t", "c", "null", ONE) },
		    ". update[1](1,10)" },
	};
	static const struct vector kept[] = {
		{ "--no-delete", { ROW("t", "d", ONE, "null"),
		    ROW("t", "t", "null", "null") }, ".." },
	};
	static const struct vector stopped[] = {
		{ "--evolve truncate.table=stop", { ROW("t", "t", "null",
		    "null") }, "bad: line 1: table d.t was emptied at the "
		    "source: --evolve truncate.table=stop" },
	};
	static const struct vector ignored[] = {
		{ "--evolve truncate.table=ignore", { ROW("t", "t", "null",
		    "null") }, "." },
	};

	opt->insert_mode = INSERT_INSERT;
	opt->no_reorder = true;
	CHECK(opt, insert);
	opt->no_reorder = false;
	opt->insert_mode = INSERT_UPDATE;
	CHECK(opt, update);
	opt->insert_mode = INSERT_UPSERT;
	opt->no_delete = true;
	CHECK(opt, kept);
	opt->no_delete = false;
	opt->ways.said[TRUNCATE_TABLE] = WAY_STOP;
	CHECK(opt, stopped);
	opt->ways.said[TRUNCATE_TABLE] = WAY_IGNORE;
	CHECK(opt, ignored);
}

int
main(void)
{
	struct apply_options opt = { .tables.modes = { -1, -1, -1, -1, -1,
		-1 } };

	log_set_level(LOG_QUIET);
	rows(&opt);
	keys(&opt);
	keyless(&opt);
	left_out(&opt);
	modes(&opt);
	return done();
}
