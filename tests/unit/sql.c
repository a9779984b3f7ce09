/* SPDX-License-Identifier: MIT
 *
 * The writer of SQL; that MariaDB reads it back is tests/server/names.t's.
 */
#include "sql/statement.h"
#include "tap.h"

#define CASE(want, ...) check(want, #__VA_ARGS__, SQL_PARTS(__VA_ARGS__))

/* want NULL: it is refused. */
static void
check(const char *want, const char *name, const struct sql_part *parts,
    size_t n)
{
	struct statement s = { 0 };
	struct err err = { 0 };
	struct span text = { 0 };
	int status;

	statement_put(&s, parts, n);
	status = statement_text(&s, &text, &err);
	if (want)
		is_text(text, want, name);
	else
		result(status < 0 && err.kind == ERR_DATA && !text.p, name);
	statement_free(&s);
}

static void
names(void)
{
	CASE("`a``b`", SQL_NAME(SPAN("a`b")));
	CASE("`a'\"\\;--`", SQL_NAME(SPAN("a'\"\\;--")));
	CASE("`a\nb`.`c.d`", SQL_TABLE(SPAN("a\nb"), SPAN("c.d")));
	CASE(NULL, SQL_NAME(SPAN("")));
	CASE(NULL, SQL_NAME(SPAN("a\0b")));
	CASE(NULL, SQL_NAME(SPAN("\xFF")));
	CASE(NULL, SQL_NAME(SPAN("\xF0\x9F\x98\x80")));
	CASE(NULL, SQL_NAME(SPAN("12345678901234567890123456789012345678901234"
	    "567890123456789012345")));
	CASE("`\xC3\xA9`", SQL_NAME(SPAN("\xC3\xA9")));
	CASE(NULL, SQL_TABLE(SPAN("a"), SPAN("")));
	CASE("utf8mb4_bin", SQL_WORD(SPAN("utf8mb4_bin")));
	CASE(NULL, SQL_WORD(SPAN("utf8mb4) SELECT")));
	CASE(NULL, SQL_WORD(SPAN("")));
}

static void
values(void)
{
	CASE("'it''s'", SQL_TEXT(SPAN("it's")));
	CASE("_utf8mb4 X'5C27'", SQL_TEXT(SPAN("\\'")));
	CASE("_utf8mb4 X'610A00'", SQL_TEXT(SPAN("a\n\0")));
	CASE("''", SQL_TEXT(SPAN("")));
	CASE("NULL", SQL_TEXT_OR_NULL(SPAN("")));
	CASE(NULL, SQL_TEXT(SPAN("\xC3")));
	CASE(NULL, SQL_LABEL(SPAN("a\\")));
	CASE("X'00FF27'", SQL_BYTES(SPAN("\0\xFF'")));
	CASE("18446744073709551615 -1", SQL_NUMBER(UINT64_MAX), SQL(" "),
	    SQL_SIGNED(-1));
	CASE("-12.50", SQL_DECIMAL(SPAN("-12.50")));
	CASE(NULL, SQL_DECIMAL(SPAN("-")));
	CASE(NULL, SQL_DECIMAL(SPAN("1-1")));
	CASE(NULL, SQL_DECIMAL(SPAN("1.2.3")));
	CASE(NULL, SQL_DECIMAL(SPAN("1 OR 1")));
	CASE(NULL, SQL_DECIMAL(SPAN("")));
}

static void
expressions(void)
{
	CASE("(a IN (1, 2))", SQL_EXPRESSION(SPAN("a IN (1, 2)")));
	CASE("(a = ')' OR `b)` = \"--\")",
	    SQL_EXPRESSION(SPAN("a = ')' OR `b)` = \"--\"")));
	CASE("(a = 'it''s' AND b = '\\'')",
	    SQL_EXPRESSION(SPAN("a = 'it''s' AND b = '\\''")));
	CASE("(a - -1)", SQL_EXPRESSION(SPAN("a - -1")));
	CASE(NULL, SQL_EXPRESSION(SPAN("1) UNION (SELECT 1")));
	CASE(NULL, SQL_EXPRESSION(SPAN("(1")));
	CASE(NULL, SQL_EXPRESSION(SPAN("1; DROP TABLE t")));
	CASE(NULL, SQL_EXPRESSION(SPAN("1 -- x")));
	CASE(NULL, SQL_EXPRESSION(SPAN("1 # x")));
	CASE(NULL, SQL_EXPRESSION(SPAN("1 /*! x */")));
	CASE(NULL, SQL_EXPRESSION(SPAN("'a")));
	CASE(NULL, SQL_EXPRESSION(SPAN("'a\\'")));
	CASE(NULL, SQL_EXPRESSION(SPAN("`a\\`b`")));
	CASE(NULL, SQL_EXPRESSION(SPAN("")));
}

/* What is wrong in a part is wrong in all that it is put into. */
static void
nested(void)
{
	struct statement inner = { 0 };

	statement_add(&inner, SQL("SELECT "), SQL_TEXT(SPAN("x'y")));
	CASE("SELECT 'x''y' / 'SELECT ''x''''y'''", SQL_OF(&inner),
	    SQL(" / "), SQL_TEXT_OF(&inner));
	statement_add(&inner, SQL_NAME(SPAN("")));
	CASE(NULL, SQL("EXPLAIN "), SQL_OF(&inner));
	CASE(NULL, SQL("SET @s = "), SQL_TEXT_OF(&inner));
	statement_free(&inner);
}

static void
forms(void)
{
	const struct sql_part parts[] = { SQL_NAME(SPAN("a#?`")),
		SQL_WORD(SPAN("latin1")), SQL("SIGNED") };
	struct statement s = { 0 };

	is_number((long long)statement_form(&s, SQL("@ = CAST(? AS $)"),
	    parts), 15, "where the parameter is");
	is_text(statement_view(&s), "`a#?``` = CAST(? AS SIGNED)",
	    "what fills a place is no place");
	statement_free(&s);
}

int
main(void)
{
	names();
	values();
	expressions();
	nested();
	forms();
	return done();
}
