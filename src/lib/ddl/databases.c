/* SPDX-License-Identifier: MIT
 *
 * CREATE, ALTER and DROP DATABASE: what character set tables have that do not
 * say another.
 */
#include "ddl/learned.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "ddl/alter.h"
#include "ddl/phrases.h"
#include "charset/charset.h"

/* name: the database that the statement is on, unquoted. */
static struct span
take_database(struct ddl *d)
{
	struct span name;
	char *text = sql_name(&d->sql, &name) ? sql_unquote(name) :
	    xmemdup(d->query->default_db.p, d->query->default_db.n);

	d->changes->db = schemas_lower(d->schemas, text);
	return span_of(d->changes->db);
}

/* The options to the end; DEFAULT is the server's. */
static void
take_charset(struct ddl *d, struct span db, const char *otherwise)
{
	const struct charset *server =
	    charset_of_collation(d->query->server_collation);
	char *charset = otherwise ? xstrdup(otherwise) : NULL;

	while (sql_more(&d->sql))
		if (!alter_charset(&d->sql, &charset))
			sql_skip(&d->sql);
	if (charset)
		schemas_set_db_charset(d->schemas, db, charset[0] ? charset :
		    server ? server->name : NULL);
	free(charset);
}

bool
ddl_create_database(struct ddl *d)
{
	bool maybe = phrase_if_exists(&d->sql);
	struct span db = take_database(d);

	if (d->replaces)
		schemas_forget_db(d->schemas, db);
	/* … it may be there already, with what it has */
	if (maybe && !schemas_db_is_gone(d->schemas, db))
		return d->replaces;
	take_charset(d, db, "");
	schemas_make_db(d->schemas, db);
	return d->replaces;
}

/* [name] …: a name, unless it is an option */
bool
ddl_alter_database(struct ddl *d)
{
	struct sql at = d->sql;
	char *none = NULL;
	struct span db = d->query->default_db;

	if (alter_charset(&at, &none) || sql_word(&at, "COMMENT"))
		d->changes->db = xmemdup(db.p, db.n);
	else
		db = take_database(d);
	free(none);
	take_charset(d, db, NULL);
	return false;
}

bool
ddl_drop_database(struct ddl *d)
{
	phrase_if_exists(&d->sql);
	schemas_forget_db(d->schemas, take_database(d));
	return true;
}
