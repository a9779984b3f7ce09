/* SPDX-License-Identifier: MIT
 *
 * What an account cannot see.  information_schema does not contain databases,
 * tables and columns that an account has no privilege on; code that relies on
 * it alone takes "not permitted" for "does not exist".  So the server is asked
 * with statements that it refuses if the privilege is missing, whether it comes
 * from the account, its roles, PUBLIC or a pattern of databases.
 * https://mariadb.com/kb/en/grant/
 */
#ifndef CATALOG_SIGHT_H
#define CATALOG_SIGHT_H

#include "db/query.h"
#include "match/table_filter.h"

struct sight {
	bool all;               /* it sees whatever databases there are */
	bool open;              /* the lists do not spell out which they want */
	size_t nwhole;          /* databases of which it may read all … */
	struct buf whole;       /* … by name: "shop, crm" */
	size_t nmissing;        /* what the lists can want, and it may not … */
	struct buf missing;     /* … by name: "`shop`.*, `crm`.`t`" */
	struct buf grants;      /* … and what gives it, "GRANT …; GRANT …" */
	size_t shown;           /* bytes of them that a hint has room for */
	char *account;          /* CURRENT_USER() */
};

/* Look at all that the filter can want.  ERR_RETRY if a table is locked by
 * another connection (ER_LOCK_WAIT_TIMEOUT). */
int sight_look(struct sight *s, struct db *db, struct table_filter *filter,
    struct err *err);
void sight_clear(struct sight *s);

/* May the account read all that the filter can want?  ERR_CONFIG if not,
 * with the GRANT that is missing. */
int sight_check(struct db *db, struct table_filter *filter,
    struct err *err);

/* The same of all columns of one table. */
int sight_check_table(struct db *db, const char *database,
    const char *table, struct err *err);

/* Has it one of these privileges (the last is NULL), on *.*; or, somewhere, on
 * all of a database?  Of its roles, too.  1, 0, -1. */
int sight_may(struct db *db, const char *const *names, bool somewhere,
    struct err *err);

/* Append GRANT what ON *.* TO the account (user@host), for people. */
void sight_put_grant(struct buf *out, struct sql_part what,
    const char *account);

/* The same ON a database.*. */
void sight_put_grant_on(struct buf *out, struct sql_part what,
    struct span db, const char *account);

/* 'user'@'host', of user@host. */
void sight_put_account(struct statement *sql, const char *account);

#endif
