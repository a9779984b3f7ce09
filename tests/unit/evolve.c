/* SPDX-License-Identifier: MIT
 *
 * Tables that follow the source's: does a column take what another may hold,
 * how is it defined, and what does a statement do.
 */
#include "evolve/widen.h"

#include <stdlib.h>

#include "base/log.h"
#include "ddl/ddl.h"
#include "evolve/altering.h"
#include "evolve/define.h"
#include "tap.h"
#include "target/left.h"


/* A table of the source, by its columns as CREATE TABLE has them. */
static const struct schema_table *
source(struct schemas *s, const char *columns)
{
	struct buf text = { 0 };
	struct query query = { .default_db = SPAN("d") };
	struct schema_changes changes = { 0 };

	buf_printf(&text, "CREATE TABLE t (%s) CHARSET=latin1", columns);
	query.text = buf_view(&text);
	ddl_learn(s, &query, "log.000001", 4, &changes);
	ddl_changes_clear(&changes);
	buf_free(&text);
	return schemas_entry(s, SPAN("d"), SPAN("t"), false)->learned;
}

/* A column of the target, by its COLUMN_TYPE, character set and whether it
 * takes NULL. */
static struct target_column
target_of(const char *type, const char *charset, bool nullable)
{
	static struct span ab[] = { { "a", 1 }, { "b", 1 } };
	struct target_column col = { .name = TEXT("c"), .type = TEXT(type),
		.charset = TEXT(charset), .nullable = nullable,
		.is_unsigned = strstr(type, "unsigned"),
		.class = charset ? CLASS_TEXT : CLASS_OTHER, .key_part = -1 };

	if (strncmp(type, "enum", 4) == 0 || strncmp(type, "set", 3) == 0) {
		col.class = type[0] == 'e' ? CLASS_ENUM : CLASS_SET;
		col.labels = ab;
		col.nlabels = 2;
	}
	return col;
}

/* ---- does it take what the source's may hold? */

struct judgement {
	const char *to, *charset, *from;
	enum widen want;
};

static void
judge_all(const struct judgement *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct schemas *s = schemas_new();
		struct target_column to = target_of(v[i].to, v[i].charset,
		    true);
		struct buf columns = { 0 };

		buf_printf(&columns, "c %s", v[i].from);
		is_number(widen_judge(&to, &source(s,
		    buf_cstr(&columns))->columns[0]), (int)v[i].want,
		    v[i].from);
		buf_free(&columns);
		schemas_free(s);
	}
}
#define JUDGE(v) judge_all(v, sizeof(v) / sizeof(*v))

static void
judged(void)
{
	static const struct judgement v[] = {
		{ "int(11)", NULL, "INT", WIDEN_NO },
		{ "int(11)", NULL, "BIGINT", WIDEN_YES },
		{ "int(11)", NULL, "SMALLINT", WIDEN_NO },
		{ "int(11)", NULL, "INT UNSIGNED", WIDEN_CANNOT },
		{ "int(10) unsigned", NULL, "BIGINT", WIDEN_YES },
		{ "bigint(20)", NULL, "INT UNSIGNED", WIDEN_NO },
		{ "int(11)", NULL, "DECIMAL(12,2)", WIDEN_YES },
		{ "int(11)", NULL, "DECIMAL(11,2)", WIDEN_CANNOT },
		{ "decimal(10,2)", NULL, "DECIMAL(12,4)", WIDEN_YES },
		{ "decimal(10,2)", NULL, "DECIMAL(12,5)", WIDEN_CANNOT },
		{ "decimal(10,2)", NULL, "DECIMAL(9,2)", WIDEN_NO },
		{ "decimal(10,2) unsigned", NULL, "DECIMAL(10,2)", WIDEN_YES },
		{ "decimal(10,0)", NULL, "DECIMAL", WIDEN_NO },
		{ "float", NULL, "DOUBLE", WIDEN_YES },
		{ "float(7,2)", NULL, "DOUBLE", WIDEN_NO },
		{ "double", NULL, "FLOAT", WIDEN_NO },
		{ "double", NULL, "INT", WIDEN_CANNOT },
		{ "bit(4)", NULL, "BIT(8)", WIDEN_YES },
		{ "bit(1)", NULL, "BIT", WIDEN_NO },
		{ "date", NULL, "DATETIME", WIDEN_YES },
		{ "datetime", NULL, "DATE", WIDEN_NO },
		{ "datetime", NULL, "DATETIME(6)", WIDEN_YES },
		{ "time(3)", NULL, "TIME", WIDEN_NO },
		{ "date", NULL, "TIME", WIDEN_CANNOT },
		{ "enum('a','b')", "latin1", "ENUM('a','b','c')", WIDEN_YES },
		{ "enum('a','b')", "latin1", "ENUM('a','b')", WIDEN_NO },
		{ "enum('a','b')", "latin1", "ENUM('a')", WIDEN_NO },
		{ "enum('a','b')", "latin1", "ENUM('b','a','c')", WIDEN_CANNOT },
		{ "enum('a','b')", "latin1", "SET('a','b')", WIDEN_CANNOT },
		{ "uuid", NULL, "INT", WIDEN_NO },
	};

	JUDGE(v);
}

static void
judged_texts(void)
{
	static const struct judgement v[] = {
		{ "varchar(20)", "latin1", "VARCHAR(30)", WIDEN_YES },
		{ "varchar(20)", "latin1", "VARCHAR(10)", WIDEN_NO },
		{ "varchar(20)", "latin1", "TEXT", WIDEN_YES },
		{ "mediumtext", "latin1", "TEXT", WIDEN_NO },
		{ "varchar(5)", "latin1", "CHAR(5)", WIDEN_NO },
		{ "char(5)", "latin1", "CHAR(5)", WIDEN_NO },
		{ "char(5)", "latin1", "VARCHAR(5)", WIDEN_YES },
		{ "char(5)", "latin1", "VARCHAR(4)", WIDEN_CANNOT },
		{ "binary(4)", NULL, "VARBINARY(4)", WIDEN_YES },
		{ "binary(4)", NULL, "BLOB", WIDEN_YES },
		{ "varchar(20)", "latin1", "INT", WIDEN_CANNOT },
		{ "varchar(20)", "latin1",
		    "VARCHAR(20) CHARACTER SET utf8mb4", WIDEN_YES },
		{ "varchar(20)", "utf8mb4", "VARCHAR(20)", WIDEN_NO },
		{ "varbinary(4)", NULL, "VARBINARY(8)", WIDEN_YES },
		{ "blob", NULL, "LONGBLOB", WIDEN_YES },
	};

	JUDGE(v);
}

static void
nulls(void)
{
	struct schemas *s = schemas_new();
	const struct schema_table *t = source(s, "a INT, b INT NOT NULL");
	struct target_column to = target_of("int(11)", NULL, false);

	is_number(widen_judge(&to, &t->columns[0]), WIDEN_YES, "NULL");
	is_number(widen_judge(&to, &t->columns[1]), WIDEN_NO, "NOT NULL");
	to.key_part = 0;
	is_number(widen_judge(&to, &t->columns[0]), WIDEN_NO, "of the key");
	to.key_part = -1;
	to.computed = true;
	is_number(widen_judge(&to, &t->columns[0]), WIDEN_NO,
	    "what the server makes");
	schemas_free(s);
}

/* Types in their order: whoever takes one takes those before it, and one that
 * does not is made wider. */
static void
chains(void)
{
	static const char *const chain[][6] = {
		{ "tinyint", "smallint", "mediumint", "int", "bigint" },
		{ "tinytext", "text", "mediumtext", "longtext" },
		{ "tinyblob", "blob", "mediumblob", "longblob" },
		{ "varchar(1)", "varchar(255)", "varchar(1000)", "text" },
		{ "decimal(5,0)", "decimal(7,2)", "decimal(20,6)" },
		{ "time", "time(1)", "time(6)" },
	};
	int wrong = 0;

	for (size_t c = 0; c < sizeof(chain) / sizeof(*chain); c++)
		for (size_t i = 0; i < 6 && chain[c][i]; i++)
			for (size_t k = 0; k < 6 && chain[c][k]; k++) {
				struct schemas *s = schemas_new();
				struct target_column to = target_of(
				    chain[c][i], strstr(chain[c][i], "char") ||
				    strstr(chain[c][i], "text") ? "latin1" :
				    NULL, true);
				struct buf text = { 0 };

				buf_printf(&text, "c %s", chain[c][k]);
				wrong += widen_judge(&to, &source(s,
				    buf_cstr(&text))->columns[0]) !=
				    (k > i ? WIDEN_YES : WIDEN_NO);
				buf_free(&text);
				schemas_free(s);
			}
	is_number(wrong, 0, "types from the narrowest to the widest");
}

/* ---- definitions */

static void
lines(void)
{
	static const char table[] = "CREATE TABLE `t` (\n  `id` int(11) NOT "
	    "NULL,\n  `c` varchar(20) CHARACTER SET latin1 COLLATE "
	    "latin1_bin NOT NULL DEFAULT 'x' COMMENT 'it''s, `c`',\n  "
	    "`a``b` int(11) DEFAULT NULL,\n  PRIMARY KEY (`id`)\n) "
	    "ENGINE=InnoDB";

	is_text(widen_line(span_of(table), "id"), "  `id` int(11) NOT NULL",
	    "a column's line");
	is_text(widen_line(span_of(table), "a`b"), "  `a``b` int(11) DEFAULT "
	    "NULL", "… of a name with a backtick");
	result(!widen_line(span_of(table), "x").p, "… there is none");
}

static void
widened(void)
{
	static const struct {
		const char *to, *charset, *from, *line, *want;
	} v[] = {
		{ "int(11)", NULL, "BIGINT",
		    "`c` int(11) NOT NULL DEFAULT 7 COMMENT 'x'",
		    "`n` BIGINT  NULL  DEFAULT 7 COMMENT 'x'" },
		{ "varchar(20)", "latin1",
		    "VARCHAR(30) CHARACTER SET utf8mb4 NOT NULL",
		    "`c` varchar(20) CHARACTER SET latin1 COLLATE latin1_bin "
		    "NOT NULL", "`n` VARCHAR(30) CHARACTER SET utf8mb4 "
		    "COLLATE utf8mb4_bin  NOT NULL" },
		{ "varchar(5)", "latin1", "CHAR(9) NOT NULL",
		    "`c` varchar(5) CHARACTER SET latin1 COLLATE "
		    "latin1_swedish_ci NOT NULL", "`n` VARCHAR(9) CHARACTER "
		    "SET latin1 COLLATE latin1_swedish_ci  NOT NULL" },
		{ "int(11)", NULL, "INT", "`c` int(11) NOT NULL",
		    "`n` int(11)   NULL " },
	};

	for (size_t i = 0; i < sizeof(v) / sizeof(*v); i++) {
		struct schemas *s = schemas_new();
		struct target_column to = target_of(v[i].to, v[i].charset,
		    false);
		struct buf columns = { 0 };
		struct statement sql = { 0 };
		struct err err = { 0 };

		buf_printf(&columns, "c %s", v[i].from);
		widen_define(&sql, &to, &source(s,
		    buf_cstr(&columns))->columns[0], SPAN("n"),
		    span_of(v[i].line), &err);
		is_text(statement_view(&sql), v[i].want, v[i].from);
		statement_free(&sql);
		buf_free(&columns);
		schemas_free(s);
	}
}

static void
tables(void)
{
	static const struct {
		const char *columns, *want;
	} v[] = {
		{ "id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, "
		    "v VARCHAR(20) NOT NULL DEFAULT 'x', d DECIMAL(10,2), "
		    "t TIMESTAMP(3) NULL, b BIT(3)",
		    "(`id` INT UNSIGNED NOT NULL, `v` VARCHAR(20) CHARACTER "
		    "SET latin1 NOT NULL DEFAULT 'x', `d` DECIMAL(10,2) NULL, `t` "
		    "TIMESTAMP(3) NULL, `b` BIT(3) NULL, PRIMARY KEY (`id`)) "
		    "ENGINE=InnoDB" },
		{ "a VARCHAR(3), b BINARY(2), PRIMARY KEY (a, b)",
		    "(`a` VARCHAR(3) CHARACTER SET latin1 COLLATE latin1_bin "
		    "NOT NULL, `b` BINARY(2) NOT NULL, PRIMARY KEY (`a`, "
		    "`b`)) ENGINE=InnoDB" },
		{ "e ENUM('it''s','x') , s SET('a') CHARACTER SET utf8mb4",
		    "(`e` ENUM('it''s','x') CHARACTER SET latin1 NULL, `s` "
		    "SET('a') CHARACTER SET utf8mb4 NULL) ENGINE=InnoDB" },
		{ "u UUID, j JSON, g POINT, v VECTOR(3) NOT NULL",
		    "(`u` UUID NULL, `j` JSON NULL, `g` POINT NULL, `v` "
		    "VECTOR(3) NOT NULL) ENGINE=InnoDB" },
	};

	for (size_t i = 0; i < sizeof(v) / sizeof(*v); i++) {
		struct schemas *s = schemas_new();
		struct statement sql = { 0 };
		struct err err = { 0 };
		struct buf want = { 0 };

		buf_printf(&want, "CREATE TABLE IF NOT EXISTS `x`.`y` %s",
		    v[i].want);
		define_table(&sql, source(s, v[i].columns), SPAN("x"),
		    SPAN("y"), false, &err);
		is_text(statement_view(&sql), buf_cstr(&want), v[i].columns);
		buf_free(&want);
		statement_free(&sql);
		schemas_free(s);
	}
}

/* What no server has is refused, whoever wrote the record. */
static void
refused(void)
{
	static const struct {
		struct schema_column column;
		const char *why;
	} v[] = {
		{ { .type = TEXT("INT); DROP TABLE t; --") },
		    "column c of the source: unknown type 'INT); DROP TABLE "
		    "t; --'" },
		{ { .type = TEXT("INT"), .suffix = TEXT(" UNSIGNED x") },
		    "column c of the source: unknown type 'INT UNSIGNED x'" },
		{ { .type = TEXT("VARCHAR"), .length = -1 },
		    "column c of the source: its type has no length" },
		{ { .type = TEXT("DECIMAL"), .length = 66, .scale = 2 },
		    "column c of the source: its type is longer than a server "
		    "allows" },
		{ { .type = TEXT("ENUM"), .length = -1 },
		    "column c of the source: its labels are unknown" },
		{ { .type = TEXT("TEXT"), .length = -1,
		    .charset = TEXT("latin1 COLLATE x") },
		    "column c of the source: unknown character set 'latin1 "
		    "COLLATE x'" },
	};

	for (size_t i = 0; i < sizeof(v) / sizeof(*v); i++) {
		struct schema_column col = v[i].column;
		const struct schema_table t = { .columns = &col,
			.ncolumns = 1 };
		struct statement sql = { 0 };
		struct err err = { 0 };
		int status;

		col.name = TEXT("c");
		status = define_column(&sql, &t, &col, SPAN("c"), &err);
		is_text(span_of(err.text), v[i].why, col.type);
		result(status < 0 && err.kind == ERR_DATA, "… as an error");
		statement_free(&sql);
	}
}

static void
added(void)
{
	static const struct {
		const char *column, *want;
		unsigned mode;
	} v[] = {
		{ "c INT NOT NULL DEFAULT 7", " NOT NULL DEFAULT '7'", 0 },
		{ "c INT", " NULL", 0 },
		{ "c VARCHAR(9) DEFAULT 'it''s'", " NULL DEFAULT 'it''s'", 0 },
		{ "c BIT(3) DEFAULT b'101'", " NULL DEFAULT 5", 0 },
		{ "c TIMESTAMP NOT NULL", " NOT NULL DEFAULT '0000-00-00 "
		    "00:00:00'", 0 },
		{ "c VARCHAR(9) DEFAULT (concat('a', \"b\"))",
		    " NULL DEFAULT ((concat('a', \"b\")))", 0 },
		{ "c INT NOT NULL AUTO_INCREMENT PRIMARY KEY",
		    " NOT NULL AUTO_INCREMENT PRIMARY KEY", 0 },
		{ "c INT NOT NULL AUTO_INCREMENT, UNIQUE (c)",
		    " NOT NULL AUTO_INCREMENT UNIQUE", 0 },
	};

	for (size_t i = 0; i < sizeof(v) / sizeof(*v); i++) {
		struct schemas *s = schemas_new();
		const struct schema_table *t = source(s, v[i].column);
		struct statement sql = { 0 };

		define_added(&sql, t, &t->columns[0], v[i].mode);
		is_text(statement_view(&sql), v[i].want, v[i].column);
		statement_free(&sql);
		schemas_free(s);
	}
}

/* ---- statements */

static void
acts(void)
{
	static const struct {
		const char *text, *want;
	} v[] = {
		{ "ALTER TABLE t ADD a INT, DROP b, MODIFY c INT, CHANGE d D "
		    "INT, CHANGE e f INT, RENAME COLUMN g TO h, ADD INDEX (a)",
		    "add.column drop.column alter.column.type "
		    "alter.column.type rename.column rename.column -" },
		{ "ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4",
		    "alter.column.type" },
		{ "ALTER TABLE t DROP PARTITION p", "truncate.table" },
		{ "ALTER TABLE t TRUNCATE PARTITION p", "truncate.table" },
		{ "CREATE TABLE t (a INT)", "create.table" },
		{ "CREATE OR REPLACE TABLE t (a INT)", "drop.table" },
		{ "DROP TABLE t", "drop.table" },
		{ "DROP DATABASE d", "drop.table" },
		{ "CREATE SEQUENCE s", "-" },
		{ "CREATE INDEX i ON t (a)", "-" },
		{ "CREATE VIEW v AS SELECT 1", "-" },
	};

	for (size_t i = 0; i < sizeof(v) / sizeof(*v); i++) {
		struct action s;
		struct buf got = { 0 };

		action_read(&s, span_of(v[i].text), SPAN("d"), 0);
		for (size_t k = 0; k < s.nparts + (s.form != FORM_ALTER) &&
		    (s.form == FORM_ALTER || k == 0); k++) {
			enum evolve_action a = s.form == FORM_ALTER ?
			    altering_of_part(&s, &s.parts[k]) :
			    altering_of_statement(&s);

			buf_printf(&got, "%s%s", k ? " " : "",
			    a == NO_ACTION ? "-" : ways_word(a));
		}
		is_text(buf_view(&got), v[i].want, v[i].text);
		buf_free(&got);
		action_clear(&s);
	}
}

/* What apply-ddl may execute of a statement, where some changes are left. */
static void
allowed(void)
{
	static const struct {
		const char *ways, *text, *want;
	} v[] = {
		{ "drop.column=ignore", "ALTER TABLE t ADD a INT, DROP b",
		    "ALTER TABLE t ADD a INT" },
		{ "drop.column=ignore", "ALTER TABLE t DROP b", "-" },
		{ "drop.column=ignore", "ALTER TABLE t ADD a INT",
		    "ALTER TABLE t ADD a INT" },
		{ "drop.column=stop", "ALTER TABLE t ADD a INT, DROP b",
		    "!column b of d.t was dropped at the source by 0-1-7: "
		    "--evolve drop.column=stop" },
		{ "rename.column=ignore", "ALTER TABLE t CHANGE a b INT, ADD "
		    "INDEX (c)", "ALTER TABLE t ADD INDEX (c)" },
		{ "drop.table=ignore", "DROP TABLE t, u", "-" },
		{ "drop.table=stop", "DROP TABLE t", "!table d.t was dropped "
		    "at the source by 0-1-7: --evolve drop.table=stop" },
		{ "create.table=ignore", "CREATE TABLE t (a INT)", "-" },
		{ "create.table=ignore", "CREATE OR REPLACE TABLE t (a INT)",
		    "-" },
		{ "add.column=ignore", "DROP TABLE t", "DROP TABLE t" },
	};

	for (size_t i = 0; i < sizeof(v) / sizeof(*v); i++) {
		struct ways ways = { 0 };
		struct left left = { 0 };
		struct buf text = { 0 };
		struct action s;
		struct err err = { 0 };
		int got;

		ways_add(&ways, v[i].ways, &err);
		buf_str(&text, v[i].text);
		action_read(&s, span_of(v[i].text), SPAN("d"), 0);
		got = altering_judge(&ways, &left, &s, false, "0-1-7", &text,
		    &err);
		if (got <= 0)
			text.n = 0;
		buf_printf(&text, got < 0 ? "!%s" : "%s", got < 0 ? err.text :
		    got == 0 ? "-" : "");
		is_text(buf_view(&text), v[i].want, v[i].text);
		is_number(left.n > 0, strstr(v[i].ways, "ignore") &&
		    strcmp(v[i].want, v[i].text) != 0, "… and what is left");
		left_clear(&left);
		action_clear(&s);
		buf_free(&text);
	}
}

int
main(void)
{
	log_set_level(LOG_QUIET);
	judged();
	judged_texts();
	nulls();
	chains();
	lines();
	widened();
	tables();
	refused();
	added();
	acts();
	allowed();
	return done();
}
