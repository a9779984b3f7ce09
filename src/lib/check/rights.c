/* SPDX-License-Identifier: MIT */
#include "check/rights.h"

#include <stdlib.h>

#include "catalog/sight.h"

enum { TAIL = 1 << JOB_TAIL, SNAPSHOT = 1 << JOB_SNAPSHOT,
	APPLY = 1 << JOB_APPLY, READ = TAIL | SNAPSHOT };
enum { MOST_NAMES = 3 };

/* One of the names is enough; or, where each is needed, all of them, and they
 * may be of a database. */
static const struct right {
	const char *item;
	unsigned jobs;
	const char *names[MOST_NAMES + 1];
	bool each;
	struct sql_part grant;
	enum check_verdict otherwise;
	const char *why;
} rights[] = {
	{ "REPLICATION SLAVE", TAIL, { "REPLICATION SLAVE",
	    "REPLICATION REPLICA" }, false, SQL_INIT("REPLICATION SLAVE"),
	    CHECK_BAD,
	    "the account may not read the binlog" },
	{ "REPLICATION SLAVE", SNAPSHOT, { "REPLICATION SLAVE",
	    "REPLICATION REPLICA" }, false, SQL_INIT("REPLICATION SLAVE"),
	    CHECK_WARN,
	    "the account may not read the binlog, as --mode initial, "
	    "when_needed and never do; in other modes an ALTER or RENAME of "
	    "a table waits until all tables are copied" },
	{ "BINLOG MONITOR", READ, { "BINLOG MONITOR", "REPLICATION CLIENT" },
	    false, SQL_INIT("BINLOG MONITOR"), CHECK_WARN,
	    "the account may not list the logs" },
	{ "BINLOG ADMIN", SNAPSHOT, { "BINLOG ADMIN" }, false,
	    SQL_INIT("BINLOG ADMIN"), CHECK_WARN,
	    "without it, an ALTER of a copied table waits until all tables "
	    "are copied" },
	{ "INSERT, UPDATE, DELETE", APPLY, { "INSERT", "UPDATE", "DELETE" },
	    true, SQL_INIT("INSERT, UPDATE, DELETE"), CHECK_BAD,
	    "the account may not change rows" },
};

/* The report in hand. */
struct rights {
	struct db *db;
	char *account;
	finding_fn *report;
	void *arg;
};

/* 1, 0, -1 */
static int
has(struct rights *r, const struct right *right, struct err *err)
{
	int got = 1;

	if (!right->each)
		return sight_may(r->db, right->names, false, err);
	for (size_t i = 0; right->names[i] && got > 0; i++)
		got = sight_may(r->db, (const char *const []){
		    right->names[i], NULL }, true, err);
	return got;
}

static int
check_right(struct rights *r, const struct right *right, struct err *err)
{
	struct buf fix = { 0 };
	int got = has(r, right, err);

	sight_put_grant(&fix, right->grant, r->account);
	if (got >= 0)
		r->report(r->arg, &(struct finding){ right->item, got ?
			CHECK_OK : right->otherwise, r->account, right->why,
			buf_cstr(&fix), NULL });
	buf_free(&fix);
	return got < 0 ? -1 : 0;
}

/* Which databases there are is known only to who may read all of them. */
static int
check_select(struct rights *r, enum check_job job, struct err *err)
{
	struct table_filter filter = { .source = true };
	struct buf value = { 0 }, all = { 0 };
	struct sight s = { 0 };
	int status = sight_look(&s, r->db, &filter, err);
	bool good = s.all || (s.nwhole && !s.nmissing);

	sight_put_grant(&all, SQL("SELECT"), r->account);
	buf_str(&value, r->account);
	if (s.nmissing)
		buf_printf(&value, ", not all of %.200s",
		    buf_cstr(&s.missing));
	else if (!s.all && s.nwhole)
		buf_printf(&value, ", of %.200s%s", buf_cstr(&s.whole),
		    job == JOB_SNAPSHOT ? ": lists must name what they want" :
		    "");
	if (status == 0)
		r->report(r->arg, &(struct finding){ "SELECT", good ?
			CHECK_OK : job == JOB_SNAPSHOT ? CHECK_BAD :
			CHECK_WARN, buf_cstr(&value), "a server shows an "
			    "account only those tables and columns that it "
			    "has privileges for: the others do not exist for "
			    "it",
			s.nmissing ? buf_cstr(&s.grants) :
			buf_cstr(&all), NULL });
	buf_free(&all);
	buf_free(&value);
	sight_clear(&s);
	table_filter_clear(&filter);
	return status;
}

int
check_rights(struct db *db, enum check_job job, finding_fn *report,
    void *arg, struct err *err)
{
	struct rights r = { .db = db, .report = report, .arg = arg,
		.account = db_value(db, err, SQL("SELECT CURRENT_USER()")) };
	int status = r.account ? 0 : -1;

	for (size_t i = 0; status == 0 && i < sizeof(rights) /
	    sizeof(*rights); i++)
		if (rights[i].jobs & 1u << job)
			status = check_right(&r, &rights[i], err);
	if (status == 0)
		status = check_select(&r, job, err);
	free(r.account);
	return status;
}

static const struct grant {
	struct sql_part global, tables; /* n 0: none */
	const char *more;       /* what some of its options need as well */
} grants[] = {
	[JOB_TAIL] = {
	    SQL_INIT("GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.* TO "),
	    SQL_INIT("GRANT SELECT ON *.* TO "),
	    "-- for one database only: SELECT ON `shop`.*\n" },
	[JOB_SNAPSHOT] = {
	    SQL_INIT("GRANT BINLOG MONITOR, BINLOG ADMIN, REPLICATION SLAVE "
	    "ON *.* TO "),
	    SQL_INIT("GRANT SELECT, LOCK TABLES ON *.* TO "),
	    "-- for one database only: SELECT, LOCK TABLES ON `shop`.*\n-- "
	    "REPLICATION SLAVE: --mode initial, when_needed and never\n-- "
	    "--threads also needs RELOAD, --ddl-waiting PROCESS\n" },
	[JOB_APPLY] = { SQL_INIT(""),
	    SQL_INIT("GRANT SELECT, INSERT, UPDATE, DELETE, CREATE ON *.* "
	    "TO "), "-- for one database only: SELECT, INSERT, UPDATE, DELETE "
	    "ON `shop`.*,\n-- and the same and CREATE ON `cdc`.* "
	    "(--offsets-db)\n-- --schema-evolution add also needs ALTER, "
	    "DROP; apply-ddl ALTER, DROP, INDEX, REFERENCES, CREATE VIEW, "
	    "SHOW VIEW\n-- views whose definer is another account: SET USER "
	    "ON *.*\n" },
};

int
check_grants(struct buf *out, const char *user, enum check_job job,
    struct err *err)
{
	const struct grant *grant = &grants[job];
	struct statement sql = { 0 };
	struct span text;
	int status;

	statement_add(&sql, SQL("-- CREATE USER "));
	sight_put_account(&sql, user);
	statement_add(&sql, SQL(" IDENTIFIED BY '…';\n"));
	if (grant->global.one.n) {
		statement_add(&sql, grant->global);
		sight_put_account(&sql, user);
		statement_add(&sql, SQL(";\n"));
	}
	statement_add(&sql, grant->tables);
	sight_put_account(&sql, user);
	statement_add(&sql, SQL(";\n"));
	status = statement_text(&sql, &text, err);
	if (status == 0) {
		buf_span(out, text);
		buf_str(out, grant->more);
	}
	statement_free(&sql);
	return status;
}
