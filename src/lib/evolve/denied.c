/* SPDX-License-Identifier: MIT */
#include "evolve/denied.h"

#include <stdlib.h>

#include "catalog/sight.h"
#include "db/errors.h"
#include "db/query.h"

/* By enum evolution; what rows need is in all of them, so that one GRANT is
 * enough. */
static const struct sql_part needed[] = {
	[EVOLVE_NONE] = SQL_INIT("SELECT, INSERT, UPDATE, DELETE"),
	[EVOLVE_CHECK] = SQL_INIT("SELECT, INSERT, UPDATE, DELETE"),
	[EVOLVE_ADD] = SQL_INIT("SELECT, INSERT, UPDATE, DELETE, CREATE, "
	    "ALTER, DROP"),
	[EVOLVE_DDL] = SQL_INIT("SELECT, INSERT, UPDATE, DELETE, CREATE, "
	    "ALTER, DROP, INDEX, REFERENCES, CREATE VIEW, SHOW VIEW"),
};

static void
put_hint(enum evolution evolution, unsigned number, struct span database,
    const char *account, struct err *err)
{
	struct buf grant = { 0 };

	if (number == ER_SPECIFIC_ACCESS_DENIED_ERROR)
		sight_put_grant(&grant, SQL("the privilege that it names"),
		    account);
	else
		sight_put_grant_on(&grant,
		    number == ER_PROCACCESS_DENIED_ERROR ? SQL(
		    "EXECUTE") : needed[evolution], database, account);
	err_hint(err, "%s", buf_cstr(&grant));
	buf_free(&grant);
}

bool
denied_hint(enum evolution evolution, struct db *db, struct span database,
    struct err *err)
{
	unsigned number = db_errno(db);
	struct err ignored = { 0 };
	char *account;

	if (err->kind != ERR_CONFIG || !db_is_denied(number))
		return false;
	if (!database.n && number != ER_SPECIFIC_ACCESS_DENIED_ERROR) {
		err_hint(err, "cdc-check --job apply --print-grants USER "
		    "prints the privileges that the account needs");
		return true;
	}
	account = db_value(db, &ignored, SQL("SELECT CURRENT_USER()"));
	if (account)
		put_hint(evolution, number, database, account, err);
	free(account);
	return true;
}
