/* SPDX-License-Identifier: MIT
 *
 * Defaults of CREATE TABLE as values of records; and that what is not certain
 * is not known.
 */
#include "convert/omitted.h"

#include "convert/source_column.h"
#include "ddl/ddl.h"
#include "tap.h"

static const struct schema_table *
source(struct schemas *s, const char *column)
{
	struct buf text = { 0 };
	struct query query = { .default_db = SPAN("d") };
	struct schema_changes changes = { 0 };

	buf_printf(&text, "CREATE TABLE t (c %s) CHARSET=latin1", column);
	query.text = buf_view(&text);
	ddl_learn(s, &query, "log.000001", 4, &changes);
	ddl_changes_clear(&changes);
	buf_free(&text);
	return schemas_entry(s, SPAN("d"), SPAN("t"), false)->learned;
}

static const struct known_modes modes = { .time = TIME_STRING,
	.decimal = DECIMAL_STRING, .binary = BINARY_BASE64,
	.bigint_unsigned = BIGINT_NUMBER, .json = JSON_STRING };

/* THE TABLE: a column, and what a row has without it; NULL: not known. */
static const struct {
	const char *column, *want;
} vectors[] = {
	{ "INT", "null" }, { "INT NOT NULL", "0" }, { "INT PRIMARY KEY", "0" },
	{ "INT DEFAULT NULL", "null" }, { "INT DEFAULT 5", "5" },
	{ "INT DEFAULT '-07'", "-7" }, { "INT DEFAULT (5)", "5" },
	{ "INT DEFAULT ((-3))", "-3" }, { "INT DEFAULT -0", "0" },
	{ "INT DEFAULT 1.5", NULL }, { "INT DEFAULT 1e3", NULL },
	{ "INT DEFAULT (1+1)", NULL }, { "INT DEFAULT b'11'", NULL },
	{ "INT DEFAULT 0x10", NULL }, { "INT DEFAULT 5.0", "5" },
	{ "BOOL DEFAULT TRUE", "1" }, { "BOOL NOT NULL DEFAULT FALSE", "0" },
	{ "INT AUTO_INCREMENT PRIMARY KEY", NULL }, { "INT AS (1)", NULL },
	{ "BIGINT UNSIGNED DEFAULT 18446744073709551615",
	    "18446744073709551615" },
	{ "DECIMAL(5,2) DEFAULT 1", "1.00" },
	{ "DECIMAL(5,2) DEFAULT -0.5", "-0.50" },
	{ "DECIMAL(5,2) DEFAULT 1.005", NULL },
	{ "DECIMAL(5) NOT NULL", "0" }, { "DOUBLE DEFAULT 1.50", "1.5" },
	{ "FLOAT DEFAULT .5", NULL }, { "FLOAT(7,2) DEFAULT 1.005", NULL },
	{ "BIT(9) DEFAULT b'101'", "5" }, { "BIT(9) DEFAULT 101", "101" },
	{ "BIT(9) DEFAULT '1'", NULL }, { "BIT(9) NOT NULL", "0" },
	{ "YEAR DEFAULT 1999", "\"1999\"" }, { "YEAR DEFAULT '70'", NULL },
	{ "YEAR DEFAULT '0'", NULL }, { "YEAR NOT NULL", "\"0000\"" },
	{ "DATE DEFAULT '2020-02-03'", "\"2020-02-03\"" },
	{ "DATE DEFAULT 0", "\"0000-00-00\"" },
	{ "DATE DEFAULT '2020-2-3'", NULL },
	{ "DATE DEFAULT '2020-02-03 10:00:00'", NULL },
	{ "DATE DEFAULT CURRENT_DATE", NULL }, { "DATE DEFAULT 20200203",
	    NULL },
	{ "TIME(2) DEFAULT '-100:00:00.5'", "\"-100:00:00.5\"" },
	{ "TIME DEFAULT '10:00:00.5'", NULL }, { "TIME DEFAULT '10'", NULL },
	{ "DATETIME(3) DEFAULT '2020-01-02 03:04:05.678'",
	    "\"2020-01-02 03:04:05.678\"" },
	{ "DATETIME DEFAULT '2020-01-02 03:04:05.678'", NULL },
	{ "DATETIME DEFAULT NOW()", NULL },
	{ "DATETIME NOT NULL", "\"0000-00-00 00:00:00\"" },
	{ "TIMESTAMP NOT NULL DEFAULT '2020-01-02 03:04:05'", NULL },
	{ "TIMESTAMP NOT NULL DEFAULT 0", "\"0000-00-00 00:00:00\"" },
	{ "VARCHAR(9) DEFAULT 'it''s \\\\'", "\"it's \\\\\"" },
	{ "VARCHAR(9) DEFAULT ('a')", "\"a\"" },
	{ "VARCHAR(9) DEFAULT ('\\\\')", NULL },
	{ "VARCHAR(9) DEFAULT 'a' 'b'", "\"ab\"" },
	{ "VARCHAR(9) DEFAULT 1.50", "\"1.50\"" },
	{ "VARCHAR(9) DEFAULT '007'", "\"007\"" },
	{ "VARCHAR(9) DEFAULT 007", NULL }, { "VARCHAR(9) DEFAULT 1e3", NULL },
	{ "VARCHAR(9) DEFAULT 'x '", "\"x \"" }, { "CHAR(9) DEFAULT 'x '",
	    "\"x\"" },
	{ "VARCHAR(9) DEFAULT '\xEE\xBC\x80'", NULL },
	{ "VARCHAR(9) DEFAULT UUID()", NULL }, { "TEXT NOT NULL", "\"\"" },
	{ "JSON NOT NULL", NULL },
	{ "BINARY(4) DEFAULT 'ab'", "\"YWIAAA==\"" },
	{ "VARBINARY(4) DEFAULT 'ab'", "\"YWI=\"" },
	{ "VARBINARY(4) DEFAULT '\xC3\xA9'", NULL },
	{ "VARBINARY(4) DEFAULT X'41'", NULL }, { "BLOB NOT NULL", "\"\"" },
	{ "ENUM('a','b') NOT NULL", "\"a\"" },
	{ "ENUM('a','b') DEFAULT 'b'", "\"b\"" },
	{ "ENUM('a','b') DEFAULT 'B'", NULL },
	{ "ENUM('3','2','1') DEFAULT '1'", "\"1\"" },
	{ "ENUM('3','2','1') DEFAULT 1", "\"3\"" },
	{ "ENUM('a','') DEFAULT 'a'", NULL },
	{ "ENUM('a','b') DEFAULT 3", NULL },
	{ "SET('a','b') NOT NULL", "\"\"" },
	{ "SET('a','b','c') DEFAULT 'a,c'", "\"a,c\"" },
	{ "SET('a','b','c') DEFAULT 'c,a'", NULL },
	{ "SET('a','b') DEFAULT 3", NULL },
	{ "UUID NOT NULL", "\"00000000-0000-0000-0000-000000000000\"" },
	{ "INET6 NOT NULL", "\"::\"" }, { "INET4 DEFAULT '10.0.0.1'",
	    "\"10.0.0.1\"" },
	{ "POINT NOT NULL", NULL }, { "POINT", "null" },
	{ "VECTOR(3) NOT NULL", NULL },
};

static void
values(void)
{
	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
		struct schemas *s = schemas_new();
		const struct schema_table *t = source(s, vectors[i].column);
		const struct schema_column *from = &t->columns[0];
		struct target_column to;
		struct buf json = { 0 };
		bool known;

		source_column_take(&to, t, from);
		known = omitted_value(t, from, &modes, &to, &json);
		if (!known)
			buf_char(&json, '?');
		is_text(buf_view(&json), vectors[i].want ? vectors[i].want :
		    "?", vectors[i].column);
		buf_free(&json);
		source_column_clear(&to);
		schemas_free(s);
	}
}

/* A value may look otherwise in a column of another kind. */
static void
others(void)
{
	struct schemas *s = schemas_new();
	const struct schema_table *t = source(s, "FLOAT DEFAULT 0.1, i INT "
	    "DEFAULT 5");
	struct target_column to = { .type = (char *)(uintptr_t)"double",
		.class = CLASS_DOUBLE, .key_part = -1 };
	struct buf json = { 0 };

	is_number(omitted_value(t, &t->columns[0], &modes, &to, &json), 0,
	    "FLOAT for DOUBLE");
	is_number(omitted_value(t, &t->columns[1], &modes, &to, &json), 1,
	    "INT for DOUBLE");
	to.class = CLASS_TEXT;
	is_number(omitted_value(t, &t->columns[1], &modes, &to, &json), 0,
	    "INT for VARCHAR");
	buf_free(&json);
	schemas_free(s);
}

int
main(void)
{
	values();
	others();
	return done();
}
