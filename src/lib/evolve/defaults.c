/* SPDX-License-Identifier: MIT
 *
 * Defaults: of columns that are added, what rows that are there have in
 * them.
 */
#include "evolve/define.h"

#include <stdlib.h>

#include "schema/constant.h"
#include "schema/type_name.h"
#include "sql/lex.h"

static void
put_token(struct buf *out, const struct sql_token *token, unsigned mode)
{
	if (token->kind == TOKEN_DOUBLE && mode & SQL_ANSI_QUOTES) {
		char *name = sql_token_name(token);

		sql_put_quoted(out, span_of(name), '`');
		free(name);
		return;
	}
	for (size_t i = 0; i < token->text.n; i++) {
		if (token->text.p[i] == '\\' && token->kind != TOKEN_NAME &&
		    mode & SQL_NO_BACKSLASH_ESCAPES)
			buf_char(out, '\\');
		buf_char(out, token->text.p[i]);
	}
}

/* As it is written where backslashes escape and double quotes hold strings. */
static void
rewrite(struct buf *out, struct span text, unsigned mode)
{
	struct sql at = sql_in(text, mode);
	struct sql_token token;
	const char *from = text.p;

	while (sql_token(&at, &token) != TOKEN_END) {
		buf_put(out, from, (size_t)(token.text.p - from));
		put_token(out, &token, mode);
		from = token.text.p + token.text.n;
	}
}

static bool
is_bits(const char *text)
{
	return *text && !text[strspn(text, "01")];
}

/* A TIMESTAMP's is written in a time zone. */
void
define_default(struct statement *sql, const struct schema_column *col)
{
	struct buf text = { 0 };
	enum constant kind = constant_of(col, &text);
	struct span value = { text.p ? text.p : "", text.n };

	if (schema_column_type(col)->id == DECLARED_TIMESTAMP)
		kind = CONSTANT_UNKNOWN;
	if (kind == CONSTANT_STRING)
		statement_add(sql, SQL(" DEFAULT "), SQL_TEXT(value));
	else if (kind == CONSTANT_DIGITS)
		statement_add(sql, SQL(" DEFAULT "), SQL_EXPRESSION(value));
	else if (kind == CONSTANT_BITS && is_bits(buf_cstr(&text)))
		statement_add(sql, SQL(" DEFAULT "),
		    SQL_NUMBER(strtoull(buf_cstr(&text), NULL, 2)));
	buf_free(&text);
}

static void
put_default(struct statement *sql, const struct schema_column *col,
    unsigned mode)
{
	struct buf expression = { 0 };
	struct span text = span_of(col->fallback ? col->fallback : "");

	if (!col->fallback)
		return;
	if (!col->computed && schema_column_type(col)->id == DECLARED_BIT &&
	    is_bits(col->fallback)) {
		statement_add(sql, SQL(" DEFAULT "),
		    SQL_NUMBER(strtoull(col->fallback, NULL, 2)));
		return;
	}
	if (!col->computed) {
		statement_add(sql, SQL(" DEFAULT "), SQL_TEXT(text));
		return;
	}
	rewrite(&expression, text, mode);
	statement_add(sql, SQL(" DEFAULT "),
	    SQL_EXPRESSION(buf_view(&expression)));
	buf_free(&expression);
}

/* Alone in the primary key? */
static bool
is_primary(const struct schema_table *t, const struct schema_column *col)
{
	for (size_t i = 0; i < t->nkeys; i++)
		if (t->keys[i].primary)
			return t->keys[i].ncolumns == 1 && schema_same_name(
			    t->keys[i].columns[0], span_of(col->name));
	return false;
}

void
define_added(struct statement *sql, const struct schema_table *t,
    const struct schema_column *col, unsigned mode)
{
	if (col->auto_increment) {
		statement_add(sql, SQL(" NOT NULL AUTO_INCREMENT"),
		    is_primary(t, col) ? SQL(" PRIMARY KEY") :
		    SQL(" UNIQUE"));
		return;
	}
	statement_add(sql, col->required ? SQL(" NOT NULL") : SQL(" NULL"));
	/* where explicit_defaults_for_timestamp is off, it would be now */
	if (col->required && !col->fallback &&
	    schema_column_type(col)->id == DECLARED_TIMESTAMP)
		statement_add(sql, SQL(" DEFAULT '0000-00-00 00:00:00'"));
	put_default(sql, col, mode);
}
