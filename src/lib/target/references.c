/* SPDX-License-Identifier: MIT */
#include "target/references.h"

#include <strings.h>

#include "base/clock.h"
#include "catalog/sight.h"

enum { OLD_MS = 10000 };

static int
take_reference(void *arg, char **v, size_t n)
{
	if (n >= 2 && v[0] && v[1]) {
		buf_put(arg, v[0], strlen(v[0]) + 1);
		buf_put(arg, v[1], strlen(v[1]) + 1);
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
	r->names.n = 0;
	r->asked_ms = now;
	return db_rows(db, take_reference, &r->names, err, SQL("SELECT "
	    "DISTINCT UNIQUE_CONSTRAINT_SCHEMA, REFERENCED_TABLE_NAME FROM "
	    "information_schema.REFERENTIAL_CONSTRAINTS"));
}

/* Whether the server tells upper from lower case we do not know: a table that
 * is taken for another is only slower. */
int
references_have(struct references *r, struct db *db, const char *schema,
    const char *table, struct err *err)
{
	const char *p, *end;

	if (ask(r, db, err) < 0) {
		references_forget(r);
		return -1;
	}
	if (r->blind)
		return 1;
	end = r->names.p + r->names.n;
	for (p = r->names.p; p < end;) {
		const char *name = p + strlen(p) + 1;

		if (strcasecmp(p, schema) == 0 && strcasecmp(name, table) == 0)
			return 1;
		p = name + strlen(name) + 1;
	}
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
	r->asked_ms = 0;
}
