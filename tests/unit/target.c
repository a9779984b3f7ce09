/* SPDX-License-Identifier: MIT
 *
 * Tables that rows go to: statements of rows, --set, --map, --evolve, what was
 * not followed.
 */
#include "target/row_statement.h"

#include <stdlib.h>

#include "base/log.h"
#include "tap.h"
#include "target/history.h"
#include "target/left.h"
#include "target/mapping.h"
#include "target/ways.h"

/* ---- statements of rows */

enum { ID, NAME, PRICE, TOUCHED, SHAPE, STATE, COLUMNS };

static struct target_column columns[COLUMNS] = {
	[ID] = { .name = TEXT("id"), .class = CLASS_INT, .is_unsigned = true,
	    .key_part = 0 },
	[NAME] = { .name = TEXT("na`me"), .class = CLASS_TEXT,
	    .charset = TEXT("latin1"), .collation = TEXT("latin1_bin"),
	    .key_part = -1 },
	[PRICE] = { .name = TEXT("price"), .class = CLASS_DECIMAL,
	    .digits = 2, .key_part = -1 },
	[TOUCHED] = { .name = TEXT("ts"), .class = CLASS_TIMESTAMP,
	    .touches = true, .key_part = -1 },
	[SHAPE] = { .name = TEXT("g"), .class = CLASS_GEOMETRY,
	    .bytes = true, .key_part = -1 },
	[STATE] = { .name = TEXT("e"), .class = CLASS_ENUM,
	    .numbered = true, .key_part = -1 },
};
static size_t one_part[] = { ID }, two_parts[] = { ID, NAME };

/* "v" a value, "b" bytes, "n" NULL, "e" a geometry of no bytes, "." absent */
static size_t
put_cells(struct batch *b, const char *states)
{
	static const uint8_t of[] = { ['v'] = CELL_VALUE, ['b'] = CELL_BYTES,
		['n'] = CELL_NULL, ['e'] = CELL_NONE, ['.'] = CELL_ABSENT };
	size_t n = strlen(states), at = batch_cells(b, n + 1);

	for (size_t i = 0; i < n; i++)
		b->cells[at + i].state = of[(unsigned char)states[i]];
	return at;
}

/* The statement with each parameter as <row or key, its cell, b: bytes>. */
static void
show(struct buf *out, const struct row_statement *s)
{
	struct span text = { 0 };
	struct err err = { 0 };
	size_t done = 0;

	if (statement_text(&s->sql, &text, &err) < 0) {
		buf_str(out, err.text);
		return;
	}
	for (size_t i = 0; i < s->nplaces; i++) {
		const struct parameter *p = &s->places[i];

		buf_put(out, text.p + done, p->at - done);
		if (text.p[p->at] != '?')
			buf_str(out, "NO PLACE ");
		buf_printf(out, "<%c%zu%s>", p->old ? 'k' : 'r', p->cell,
		    p->bytes ? "b" : "");
		done = p->at + 1;
	}
	buf_put(out, text.p + done, text.n - done);
}

struct vector {
	enum op_kind kind;
	const char *row, *old, *want;
};

static void
check_all(struct target *t, const struct assignment_list *set,
    const struct vector *v, size_t n)
{
	struct batch b = { .ordered = { NO_OP, NO_OP } };

	for (size_t i = 0; i < n; i++) {
		struct op op = { .target = t, .kind = (uint8_t)v[i].kind };
		struct buf got = { 0 };
		const struct row_statement *s;

		op.row = put_cells(&b, v[i].row);
		op.old = put_cells(&b, v[i].old);
		s = row_statement_of(&b, &op, v[i].kind, set);
		show(&got, s);
		is_text(buf_view(&got), v[i].want, v[i].row);
		result(s == row_statement_of(&b, &op, v[i].kind, set),
		    "… made once");
		buf_free(&got);
	}
	row_statements_free(t);
	batch_free(&b);
}
#define CHECK(t, set, v) check_all(t, set, v, sizeof(v) / sizeof(*v))

static const struct assignment_list no_set;

static void
keyed(void)
{
	struct target t = { .db = TEXT("d"), .name = TEXT("t"),
		.columns = columns, .ncolumns = COLUMNS, .key = one_part,
		.nkey = 1 };
	static const struct vector v[] = {
		{ OP_UPSERT, "vvn...", "v", "INSERT INTO `d`.`t` (`id`, "
		    "`na``me`, `price`) VALUES (<r0>, <r1>, <r2>) ON "
		    "DUPLICATE KEY UPDATE `id` = IF(`id` <=> VALUES(`id`) OR "
		    "(SELECT NULL UNION ALL SELECT NULL), VALUES(`id`), "
		    "VALUES(`id`)), `na``me` = VALUES(`na``me`), `price` = "
		    "VALUES(`price`)" },
		{ OP_INSERT, "vb..vv", "", "INSERT INTO `d`.`t` (`id`, "
		    "`na``me`, `g`, `e`) VALUES (<r0>, CONVERT(<r1b> USING "
		    "latin1), <r4b>, CAST(<r5> AS UNSIGNED))" },
		{ OP_INSERT, "......", "", "INSERT INTO `d`.`t` () VALUES "
		    "()" },
		{ OP_REPLACE, "v..ve.", "v", "REPLACE INTO `d`.`t` (`id`, "
		    "`ts`) VALUES (<r0>, <r3>)" },
		{ OP_UPDATE, "vv....", "v", "UPDATE `d`.`t` SET `na``me` = "
		    "<r1>, `ts` = `ts` WHERE `id` = CAST(<k0> AS "
		    "UNSIGNED)" },
		{ OP_UPDATE, "v..v..", "v", "UPDATE `d`.`t` SET `ts` = <r3> "
		    "WHERE `id` = CAST(<k0> AS UNSIGNED)" },
		{ OP_REKEY, "vv....", "v", "UPDATE `d`.`t` SET `id` = <r0>, "
		    "`na``me` = <r1>, `ts` = `ts` WHERE `id` = CAST(<k0> AS "
		    "UNSIGNED)" },
		{ OP_DELETE, "", "v", "DELETE FROM `d`.`t` WHERE `id` = "
		    "CAST(<k0> AS UNSIGNED)" },
	};

	CHECK(&t, &no_set, v);
}

/* A text in the key: it is compared by its bytes, in its collation. */
static void
text_key(void)
{
	struct target t = { .db = TEXT("d"), .name = TEXT("t"),
		.columns = columns, .ncolumns = 2, .key = two_parts,
		.nkey = 2 };
	static const struct vector v[] = {
		{ OP_UPSERT, "vv", "vv", "INSERT INTO `d`.`t` (`id`, "
		    "`na``me`) VALUES (<r0>, <r1>) ON DUPLICATE KEY UPDATE "
		    "`id` = IF(`id` <=> VALUES(`id`) AND BINARY `na``me` <=> "
		    "BINARY VALUES(`na``me`) OR (SELECT NULL UNION ALL SELECT "
		    "NULL), VALUES(`id`), VALUES(`id`)), `na``me` = "
		    "VALUES(`na``me`)" },
		{ OP_UPDATE, "vv", "vb", "UPDATE `d`.`t` SET `id` = `id` "
		    "WHERE `id` = CAST(<k0> AS UNSIGNED) AND `na``me` = "
		    "CONVERT(<k1b> USING latin1) COLLATE latin1_bin" },
		{ OP_DELETE, "", "vv", "DELETE FROM `d`.`t` WHERE `id` = "
		    "CAST(<k0> AS UNSIGNED) AND `na``me` = <k1>" },
	};

	columns[NAME].key_part = 1;
	CHECK(&t, &no_set, v);
	columns[NAME].key_part = -1;
}

static void
keyless(void)
{
	struct target t = { .db = TEXT("d"), .name = TEXT("t"),
		.columns = columns, .ncolumns = COLUMNS };
	static const struct vector v[] = {
		{ OP_DELETE_ROW, "", "vbvnev", "DELETE FROM `d`.`t` WHERE "
		    "`id` <=> CAST(<k0> AS UNSIGNED) AND BINARY `na``me` <=> "
		    "BINARY CONVERT(<k1b> USING latin1) AND `price` <=> "
		    "CAST(<k2> AS DECIMAL(65,2)) AND `ts` <=> <k3> AND "
		    "BINARY `g` <=> <k4b> AND `e` <=> CAST(<k5> AS UNSIGNED) "
		    "LIMIT 1" },
		{ OP_UPDATE_ROW, "v.....", "v..v..", "UPDATE `d`.`t` SET "
		    "`id` = <r0>, `ts` = `ts` WHERE `id` <=> CAST(<k0> AS "
		    "UNSIGNED) AND `ts` <=> <k3> LIMIT 1" },
	};

	CHECK(&t, &no_set, v);
}

/* A sequence is set by all that it has. */
static void
sequence(void)
{
	struct target t = { .db = TEXT("d"), .name = TEXT("s"),
		.columns = columns, .ncolumns = 2, .sequence = true };
	static const struct vector v[] = {
		{ OP_INSERT, "v.", "", "INSERT INTO `d`.`s` (`id`, `na``me`) "
		    "VALUES (<r0>, (SELECT `na``me` FROM (SELECT * FROM "
		    "`d`.`s` LIMIT 1) AS kept))" },
	};

	CHECK(&t, &no_set, v);
}

static void
sets(void)
{
	struct target t = { .db = TEXT("d"), .name = TEXT("t"),
		.columns = columns, .ncolumns = TOUCHED + 1, .key = one_part,
		.nkey = 1 };
	static const struct vector v[] = {
		{ OP_INSERT, "v...", "", "INSERT INTO `d`.`t` (`id`, `TS`, "
		    "`price`) VALUES (<r0>, (NOW()), (1 + 1))" },
		{ OP_UPSERT, "v...", "v", "INSERT INTO `d`.`t` (`id`, `TS`, "
		    "`price`) VALUES (<r0>, (NOW()), (1 + 1)) ON DUPLICATE "
		    "KEY UPDATE `id` = IF(`id` <=> VALUES(`id`) OR (SELECT "
		    "NULL UNION ALL SELECT NULL), VALUES(`id`), "
		    "VALUES(`id`)), `TS` = VALUES(`TS`), `price` = "
		    "VALUES(`price`)" },
		{ OP_UPDATE, "v...", "v", "UPDATE `d`.`t` SET `TS` = (NOW()), "
		    "`price` = (1 + 1) WHERE `id` = CAST(<k0> AS UNSIGNED)" },
	};
	static const char *const bad[] = { "a", "=1", "a=", "a=1) --",
		"a='" };
	struct assignment_list set = { 0 };
	struct err err = { 0 };

	is_number(assignment_add(&set, "TS=NOW()", &err), 0, "--set");
	assignment_add(&set, "price=1 + 1", &err);
	assignment_add(&set, "elsewhere=1", &err);
	assignments_look(&set, &t);
	CHECK(&t, &set, v);
	is_number(assignments_have(&set, &columns[TOUCHED]), true, "has ts");
	is_number(assignments_have(&set, &columns[NAME]), false, "not name");
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		err = (struct err){ 0 };
		result(assignment_add(&set, bad[i], &err) < 0 &&
		    err.kind == ERR_USAGE, bad[i]);
	}
	is_number((long long)set.n, 3, "what is none is not kept");
	assignments_clear(&set);
}

/* A connection bears so many. */
static void
many(void)
{
	struct target t = { .db = TEXT("d"), .name = TEXT("t"),
		.columns = columns, .ncolumns = COLUMNS, .key = one_part,
		.nkey = 1 };
	struct batch b = { .ordered = { NO_OP, NO_OP } };

	for (unsigned i = 0; i < 64; i++) {
		struct op op = { .target = &t, .kind = OP_INSERT };
		char row[COLUMNS + 1] = "......";

		for (unsigned k = 0; k < COLUMNS; k++)
			row[k] = i >> k & 1 ? 'v' : '.';
		op.row = put_cells(&b, row);
		row_statement_of(&b, &op, OP_INSERT, &no_set);
	}
	row_statements_trim(&t);
	result(t.statements, "64 statements of a table stay");
	row_statement_of(&b, &(struct op){ .target = &t, .row = put_cells(&b,
	    "vvvvvv"), .old = put_cells(&b, "v") }, OP_UPSERT, &no_set);
	row_statements_trim(&t);
	result(!t.statements, "… 65 do not");
	batch_free(&b);
}

/* ---- columns */

static void
names(void)
{
	struct target t = { .columns = columns, .ncolumns = COLUMNS };

	is_number(target_column_find(&t, SPAN("PRICE")), PRICE,
	    "columns by name, whatever its case");
	is_number(target_column_find(&t, SPAN("pric")), -1, "… and all of it");
}

/* How each class is asked for in a key. */
static void
classes(void)
{
	static const struct {
		enum type_class class;
		const char *want;
	} v[] = {
		{ CLASS_OTHER, "`c` = ?" },
		{ CLASS_INT, "`c` = CAST(? AS SIGNED)" },
		{ CLASS_FLOAT, "`c` = CAST(? AS FLOAT)" },
		{ CLASS_DOUBLE, "`c` = CAST(? AS DOUBLE)" },
		{ CLASS_BIT, "`c` = CAST(CONV(HEX(?), 16, 10) AS UNSIGNED)" },
		{ CLASS_YEAR, "`c` = CAST(? AS UNSIGNED)" },
		{ CLASS_DATE, "`c` = ?" }, { CLASS_BINARY, "`c` = ?" },
		{ CLASS_SET, "`c` = ?" },
		{ CLASS_GEOMETRY, "BINARY `c` = ?" },
		{ CLASS_VECTOR, "`c` = ?" },
	};

	for (size_t i = 0; i < sizeof(v) / sizeof(*v); i++) {
		struct target_column col = { .name = TEXT("c"),
			.class = v[i].class };
		struct statement sql = { 0 };
		size_t at = target_put_key(&sql, &col, false);

		is_text(statement_view(&sql), v[i].want, "a key's condition");
		result(statement_view(&sql).p[at] == '?', "… and its place");
		statement_free(&sql);
	}
}

/* ---- names of the source */

static struct rule *
rule_of(const char *regex, const char *name)
{
	struct err err = { 0 };

	return rule_new(span_of(regex), span_of(name), &err);
}

static void
mapping(void)
{
	static const struct {
		const char *db, *name, *want;
	} v[] = {
		{ "shop", "orders", "copy.orders" },
		{ "shop", "old", "archive.t" },
		{ "other", "orders", "other.orders" },
		{ "other", "x", "other.y" },
		{ "", "orders", "" },
	};
	struct table_options opt = { 0 };
	struct buf column = { 0 };

	opt.map = rule_of("shop\\.old", "archive.t");
	opt.map->next = rule_of("shop\\.(.*)", "copy.$1");
	opt.map->next->next = rule_of("other\\.x", "y");
	opt.map_column = rule_of("shop\\.orders\\.a", "b");
	for (size_t i = 0; i < sizeof(v) / sizeof(*v); i++) {
		struct buf db = { 0 }, name = { 0 };
		bool named = mapping_table(&opt, span_of(v[i].db),
		    span_of(v[i].name), &db, &name);

		buf_char(&db, '.');
		buf_span(&db, buf_view(&name));
		is_text(named ? buf_view(&db) : SPAN(""), v[i].want,
		    v[i].name);
		buf_free(&db);
		buf_free(&name);
	}
	mapping_column(&opt, "shop", "orders", SPAN("a"), &column);
	mapping_column(&opt, "shop", "orders", SPAN("aa"), &column);
	is_text(buf_view(&column), "baa", "--map-column");
	buf_free(&column);
	rule_free(opt.map);
	rule_free(opt.map_column);
}

/* Without heartbeats, the end of a row's time in the key tells. */
static void
history(void)
{
	struct schema_column column[] = {
		{ .name = TEXT("id") },
		{ .name = TEXT("till"), .row_time = ROW_END },
	};
	char *both[] = { TEXT("id"), TEXT("till") };
	struct schema_key key = { .columns = both, .ncolumns = 2 };
	struct schema_table t = { .columns = column, .ncolumns = 2,
		.keys = &key, .nkeys = 1 };
	struct known_modes modes = { .history = -1 };

	is_number(history_is_told(&modes, &t), true, "by the key");
	key.ncolumns = 1;
	is_number(history_is_told(&modes, &t), false, "… which has it not");
	modes.history = 1;
	is_number(history_is_told(&modes, &t), true, "by a heartbeat");
	key.ncolumns = 2;
	modes.history = 0;
	is_number(history_is_told(&modes, &t), false, "… that says no");
}

/* ---- what is not followed */

static void
ways(void)
{
	struct ways w = { 0 };
	struct err err = { 0 };

	is_number(ways_of(&w, true, REMOVE_COLUMN), WAY_IGNORE,
	    "add leaves columns");
	is_number(ways_of(&w, false, REMOVE_COLUMN), WAY_FOLLOW,
	    "apply-ddl does not");
	is_number(ways_of(&w, true, NO_ACTION), WAY_FOLLOW, "indexes");
	is_number(ways_add(&w, "drop.column=follow,add.column=stop", &err), 0,
	    "--evolve");
	is_number(ways_of(&w, true, REMOVE_COLUMN), WAY_FOLLOW, "one of two");
	is_number(ways_of(&w, false, ADD_COLUMN), WAY_STOP, "… the other");
	result(w.any && ways_add(&w, "add.column=", &err) < 0 &&
	    err.kind == ERR_USAGE, "a way that is none");
	err = (struct err){ 0 };
	result(ways_add(&w, "drop.index=stop", &err) < 0, "an action, too");
	is_text(span_of(ways_word(RENAME_COLUMN_TO)), "rename.column",
	    "its word");
}

static void
left(void)
{
	struct left l = { 0 };
	struct err err = { 0 };
	struct left_note note = { .action = REMOVE_COLUMN, .db = "d",
		.table = "t", .column = "w", .gtid = "0-1-7" };

	left_add(&l, &note);
	note.action = RENAME_COLUMN_TO;
	note.to = "x";
	note.column = "v";
	note.gtid = "";
	left_add(&l, &note);
	result(left_has(&l, "d", "t", "W", REMOVE_COLUMN) &&
	    left_has(&l, "d", "t", "x", RENAME_COLUMN_TO) &&
	    !left_has(&l, "d", "t", "v", RENAME_COLUMN_TO) &&
	    !left_has(&l, "d", "u", "w", REMOVE_COLUMN), "what was left");
	err_set(&err, ERR_DATA, "unknown column 'w'");
	left_say(&l, "d", "t", NULL, &err);
	is_text(span_of(err.text), "column w of d.t was dropped at the source "
	    "by 0-1-7: --evolve drop.column=ignore left it: unknown column "
	    "'w'", "an error that names it");
	err = (struct err){ 0 };
	err_set(&err, ERR_DATA, "unknown column 'ww'");
	left_say(&l, "d", "t", NULL, &err);
	is_text(span_of(err.text), "unknown column 'ww'", "… another");
	note.column = "x";
	note.to = NULL;
	note.action = ALTER_COLUMN_TYPE;
	left_add(&l, &note);
	result(l.n == 2 && !left_has(&l, "d", "t", "x", RENAME_COLUMN_TO),
	    "a later change takes its place");
	err = (struct err){ 0 };
	left_stop(&note, &err);
	is_text(span_of(err.text), "column x of d.t was changed at the source: "
	    "--evolve alter.column.type=stop", "stop");
	left_clear(&l);
}

int
main(void)
{
	log_set_level(LOG_QUIET);
	keyed();
	text_key();
	keyless();
	sequence();
	sets();
	many();
	names();
	classes();
	mapping();
	history();
	ways();
	left();
	return done();
}
