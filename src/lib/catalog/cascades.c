/* SPDX-License-Identifier: MIT */
#include "catalog/cascades.h"

#include <stdlib.h>

#include "sql/lex.h"
#include "db/errors.h"

/* ON DELETE CASCADE, ON UPDATE SET NULL, … NO ACTION, RESTRICT */
static bool
take_actions(struct sql *s)
{
	bool changes = false;

	while (sql_word(s, "ON")) {
		sql_skip(s);            /* DELETE, UPDATE */
		if (sql_word(s, "CASCADE")) {
			changes = true;
			continue;
		}
		changes |= sql_word(s, "SET");
		sql_word(s, "NO");
		sql_skip(s);
	}
	return changes;
}

struct search {
	const char *schema;             /* of the table */
	bool (*parent)(void *arg, const char *schema, const char *table);
	void *arg;
};

/* Of "… REFERENCES `db`.`name` (…) ON …" */
static bool
take_reference(const struct search *search, struct sql *s)
{
	struct span db = { 0 }, name;
	char *schema, *table;
	bool found;

	if (!sql_table(s, &db, &name))
		return false;
	sql_skip(s);                    /* its columns */
	if (!take_actions(s))
		return false;
	schema = db.p ? sql_unquote(db) : NULL;
	table = sql_unquote(name);
	found = search->parent(search->arg, schema ? schema : search->schema,
	    table);
	free(schema);
	free(table);
	return found;
}

static bool
read_definition(const struct search *search, struct span definition)
{
	struct sql s = sql_of(definition);
	struct sql_token token;
	bool found = false;

	while (!found && sql_token(&s, &token) != TOKEN_END &&
	    token.kind != TOKEN_BROKEN)
		found = token.kind == TOKEN_WORD &&
		    sql_token_is(&token, "REFERENCES") &&
		    take_reference(search, &s);
	return found;
}

static int
take_definition(void *arg, char **v, size_t n)
{
	if (n > 1 && v[1])
		buf_str(arg, v[1]);
	return 0;
}

/* information_schema shows foreign keys only to those who may change the
 * table. */
int
cascades_each(struct db *db, const char *schema, const char *table,
    bool (*parent)(void *arg, const char *schema, const char *table),
    void *arg, struct err *err)
{
	struct search search = { schema, parent, arg };
	struct buf text = { 0 };
	int found = -1;

	if (db_rows(db, take_definition, &text, err,
	    SQL("SHOW CREATE TABLE "), SQL_TABLE(span_of(schema),
	    span_of(table))) == 0) {
		found = read_definition(&search, buf_view(&text));
	} else if (db_errno(db) == ER_NO_SUCH_TABLE) {
		err_clear(err);
		found = 0;
	}
	buf_free(&text);
	return found;
}
