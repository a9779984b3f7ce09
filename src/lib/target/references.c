/* SPDX-License-Identifier: MIT */
#include "target/references.h"

#include <strings.h>

#include "base/clock.h"
#include "catalog/sight.h"

enum { OLD_MS = 10000 };

static void
put_table(struct buf *names, const char *db, const char *table)
{
	buf_put(names, db, strlen(db) + 1);
	buf_put(names, table, strlen(table) + 1);
}

static int
take_reference(void *arg, char **v, size_t n)
{
	struct references *r = arg;

	if (n < 5 || !v[0] || !v[1] || !v[2] || !v[3] || !v[4])
		return 0;
	put_table(&r->names, v[0], v[1]);
	if (v[4][0] == '1') {
		put_table(&r->ties, v[0], v[1]);
		put_table(&r->ties, v[2], v[3]);
	}
	return 0;
}

/* A foreign key is shown to those who may change its table; who may not change
 * all tables does not know. */
static int
ask(struct references *r, struct db *db, struct err *err)
{
	static const char *const changes[] = {
		"INSERT", "UPDATE", "DELETE", NULL,
	};
	int64_t now = clock_steady_ms();
	int may;

	if (r->asked_ms && now - r->asked_ms < OLD_MS)
		return 0;
	may = sight_may(db, changes, false, err);
	if (may < 0)
		return -1;
	r->blind = may == 0;
	r->names.n = r->ties.n = 0;
	r->asked_ms = now;
	return db_rows(db, take_reference, r, err, SQL("SELECT "
	    "DISTINCT UNIQUE_CONSTRAINT_SCHEMA, REFERENCED_TABLE_NAME, "
	    "CONSTRAINT_SCHEMA, TABLE_NAME, UPDATE_RULE IN ('CASCADE', "
	    "'SET NULL', 'SET DEFAULT') OR DELETE_RULE IN ('CASCADE', "
	    "'SET NULL', 'SET DEFAULT') FROM "
	    "information_schema.REFERENTIAL_CONSTRAINTS"));
}

/* The next of names; false at their end. */
static bool
next_table(const struct buf *names, size_t *at, const char **db,
    const char **table)
{
	if (*at >= names->n)
		return false;
	*db = names->p + *at;
	*table = *db + strlen(*db) + 1;
	*at += strlen(*db) + strlen(*table) + 2;
	return true;
}

static bool
has_table(const struct buf *names, const char *schema, const char *table)
{
	const char *db, *name;

	for (size_t at = 0; next_table(names, &at, &db, &name);)
		if (strcasecmp(db, schema) == 0 &&
		    strcasecmp(name, table) == 0)
			return true;
	return false;
}

/* Whether the server tells upper from lower case we do not know: a table that
 * is taken for another is only slower. */
int
references_have(struct references *r, struct db *db, const char *schema,
    const char *table, struct err *err)
{
	if (ask(r, db, err) < 0) {
		references_forget(r);
		return -1;
	}
	return r->blind || has_table(&r->names, schema, table);
}

int
references_act(struct references *r, struct db *db, const char *schema,
    const char *table, struct err *err)
{
	if (ask(r, db, err) < 0) {
		references_forget(r);
		return -1;
	}
	return r->blind || has_table(&r->ties, schema, table);
}

/* A tie has two tables: that of which one is kin makes the other kin, too. */
static bool
add_kin(const struct references *r, struct buf *kin)
{
	const char *db[2], *name[2];
	size_t n = kin->n;

	for (size_t at = 0; next_table(&r->ties, &at, &db[0], &name[0]) &&
	    next_table(&r->ties, &at, &db[1], &name[1]);)
		for (int i = 0; i < 2; i++)
			if (has_table(kin, db[i], name[i]) &&
			    !has_table(kin, db[!i], name[!i]))
				put_table(kin, db[!i], name[!i]);
	return kin->n > n;
}

int
references_kin(struct references *r, struct db *db, const char *schema,
    const char *table, struct buf *kin, struct err *err)
{
	size_t own = strlen(schema) + strlen(table) + 2;

	if (ask(r, db, err) < 0) {
		references_forget(r);
		return -1;
	}
	kin->n = 0;
	if (!has_table(&r->ties, schema, table))
		return 0;
	put_table(kin, schema, table);
	while (add_kin(r, kin))
		;
	memmove(kin->p, kin->p + own, kin->n - own);
	kin->n -= own;
	return 0;
}

void
references_forget(struct references *r)
{
	r->asked_ms = 0;
}

void
references_free(struct references *r)
{
	buf_free(&r->names);
	buf_free(&r->ties);
	r->asked_ms = 0;
}
