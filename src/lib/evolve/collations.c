/* SPDX-License-Identifier: MIT */
#include "evolve/collations.h"

#include <stdlib.h>

#include "base/integer.h"
#include "charset/charset.h"
#include "db/query.h"
#include "json/object.h"
#include "json/scan.h"
#include "sql/lex.h"

/* ---- does a text name a character set alone? */

/* Other words for sets. */
static const struct {
	const char *word, *set;
} words[] = {
	{ "utf8", "utf8mb3" }, { "utf8", "utf8mb4" }, { "N", "utf8mb3" },
	{ "NCHAR", "utf8mb3" }, { "NATIONAL", "utf8mb3" },
	{ "NVARCHAR", "utf8mb3" }, { "UNICODE", "ucs2" }, { "ASCII", "latin1" },
};

static bool
means(struct span word, const char *set)
{
	if (span_is_nocase(word, set))
		return true;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strcmp(words[i].set, set) == 0 &&
		    span_is_nocase(word, words[i].word))
			return true;
	return false;
}

/* utf8mb4, 'utf8mb4', `utf8mb4`, _utf8mb4: what is in it. */
static struct span
bare_word(const struct sql_token *token)
{
	struct span word = token->text;

	if (token->kind != TOKEN_WORD && word.n >= 2)
		return (struct span){ word.p + 1, word.n - 2 };
	if (word.n && *word.p == '_')
		return (struct span){ word.p + 1, word.n - 1 };
	return word;
}

static bool
names_alone(struct span text, unsigned mode, const char *set)
{
	struct sql at = sql_in(text, mode);
	struct sql_token token;

	while (sql_token(&at, &token) != TOKEN_END &&
	    token.kind != TOKEN_BROKEN) {
		struct sql next = at;

		if (token.kind != TOKEN_SIGN && means(bare_word(&token), set) &&
		    !sql_word(&next, "COLLATE"))
			return true;
	}
	return token.kind == TOKEN_BROKEN;
}

/* ---- what the target has */

static int
refuse(const char *set, struct err *err)
{
	err_set(err, ERR_CONFIG, "the statement names character set %s "
	    "without a collation, and this server cannot have the source's "
	    "default (character_set_collations, since MariaDB 11.2)", set);
	return err_hint(err, "execute it by hand, with COLLATE, and skip it "
	    "alone: the same pipeline once with --until its GTID added to "
	    "cdc-tail's options and --schema-evolution none; with SET GLOBAL "
	    "character_set_collations='' the source needs no such thing");
}

/* "utf8mb4=utf8mb4_bin", which the variable takes; or, of a server that has
 * none, "" where it is the default.  NULL: it does not know it. */
static char *
ask(struct db *db, bool variable, struct span id, struct err *err)
{
	if (variable)
		return db_value(db, err, SQL("SELECT CONCAT("
		    "CHARACTER_SET_NAME, '=', FULL_COLLATION_NAME) FROM "
		    "information_schema.COLLATION_CHARACTER_SET_APPLICABILITY "
		    "WHERE ID = "), SQL_DECIMAL(id));
	return db_value(db, err, SQL("SELECT '' FROM "
	    "information_schema.COLLATIONS WHERE IS_DEFAULT = 'Yes' AND "
	    "ID = "), SQL_DECIMAL(id));
}

/* One of them, by its id. */
static int
take_default(struct db *db, bool variable, struct span id, struct span text,
    unsigned mode, struct buf *names, struct err *err)
{
	char *name = ask(db, variable, id, err);
	uint64_t number;
	const struct charset *set = name || err->kind ||
	    !integer_read(id, UINT64_MAX, &number) ? NULL :
	    charset_of_collation(number);

	if (name && variable) {
		if (names->n)
			buf_char(names, ',');
		buf_str(names, name);
	}
	if (!name && !err->kind && text.p && (!set ||
	    names_alone(text, mode, set->name)))
		refuse(set ? set->name : "of a newer server", err);
	free(name);
	return err->kind ? -1 : 0;
}

int
collations_put(struct db *db, struct statement *sql, struct span session,
    struct span text, unsigned mode, struct err *err)
{
	struct json_pos at = json_at(object_member(session,
	    "character_set_collations"));
	struct buf names = { 0 };
	struct span id;
	char *variable;
	int status = 0;

	/* a source that has set none of its own, or is older, or a statement
	 * that needs none */
	if (!at.p || !json_enter(&at, '[')) {
		if (text.p)
			statement_add(sql, SQL(" /*M!110201 , "
			    "character_set_collations='' */"));
		return 0;
	}
	variable = db_value(db, err, SQL("SELECT 1 FROM information_schema."
	    "SYSTEM_VARIABLES WHERE VARIABLE_NAME = "
	    "'character_set_collations'"));
	if (err->kind)
		return -1;
	while (status == 0 && json_next_element(&at) > 0 &&
	    json_value(&at, &id))
		status = take_default(db, variable, id, text, mode, &names,
		    err);
	if (status == 0 && variable)
		statement_add(sql, SQL(", character_set_collations="),
		    SQL_TEXT(names.n ? buf_view(&names) : SPAN("")));
	free(variable);
	buf_free(&names);
	return status;
}
