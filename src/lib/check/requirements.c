/* SPDX-License-Identifier: MIT */
#include "check/requirements.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "check/rights.h"
#include "check/server_settings.h"
#include "catalog/information_schema.h"
#include "value/types.h"

#define ME "CONCAT(QUOTE(SUBSTRING_INDEX(CURRENT_USER(),'@',1)),'@',"       \
	"QUOTE(SUBSTRING_INDEX(CURRENT_USER(),'@',-1)))"
#define USERS_TABLES "TABLE_SCHEMA NOT IN " SYSTEM_SCHEMAS
#define VARIABLE(name) "(SELECT VARIABLE_VALUE FROM information_schema."    \
	"GLOBAL_VARIABLES WHERE VARIABLE_NAME='" name "')"
#define STATUS(name) "(SELECT VARIABLE_VALUE FROM information_schema."      \
	"GLOBAL_STATUS WHERE VARIABLE_NAME='" name "')"
#define SOME_OF(schema) "LEFT(GROUP_CONCAT(DISTINCT CONCAT(" schema           \
	",'.',TABLE_NAME) ORDER BY 1 SEPARATOR ', '),200)"
#define SOME SOME_OF("TABLE_SCHEMA")
#define FOREIGN_KEY "CONSTRAINT_SCHEMA, TABLE_NAME, CONSTRAINT_NAME"
#define CASCADES "DELETE_RULE IN ('CASCADE','SET NULL') OR UPDATE_RULE IN ("  \
	"'CASCADE','SET NULL')"

/* Of types.def. */
#define QUOTED(id, ...) ",'" #id "'"
#define LISTED(id, ...) " " #id

enum { TAIL = 1 << JOB_TAIL, SNAPSHOT = 1 << JOB_SNAPSHOT,
	APPLY = 1 << JOB_APPLY, READ = TAIL | SNAPSHOT };

/* Questions that answer with a verdict and a value; a third and a fourth column
 * are a why and a fix of this answer alone. */
static const struct question {
	const char *name;
	unsigned jobs;
	struct sql_part sql;
	const char *why, *fix;
} questions[] = {
	{ "server_id", READ,
	    SQL_INIT("SELECT IF(@@server_id>0,'ok','bad'), @@server_id"),
	    "servers that replicate from each other need different ids",
	    "SET GLOBAL server_id = 1, and server_id = 1 under [mariadb]" },
	{ "innodb_flush_log_at_trx_commit", APPLY,
	    SQL_INIT("SELECT IF(@@innodb_flush_log_at_trx_commit=1,'ok',"
	    "'warn'), @@innodb_flush_log_at_trx_commit"),
	    "a crash can undo what was applied: cdc-apply exits with 75 when "
	    "it detects that, and continues from the remaining position",
	    "SET GLOBAL innodb_flush_log_at_trx_commit = 1, and "
	    "innodb_flush_log_at_trx_commit = 1 under [mariadb]" },
	{ "retention", READ,
	    SQL_INIT("SELECT IF(e.h>=1e9,'note',IF(e.h<24,'bad',"
	    "IF(e.h<72,'warn','ok'))), CONCAT(IF(e.h>=1e9,'unlimited',"
	    "CONCAT(ROUND(e.h),' hours')),', ',ROUND(e.rate/1048576,1),"
	    "' MB written in an hour',IF(e.up<3600,', as far as ' "
	    "'can be seen so soon','')), IF(e.h>=1e9,'logs are never purged: "
	    "they fill the disk unless somebody purges them',NULL), "
	    "IF(e.h<e.days,'SET GLOBAL max_binlog_total_size = 0, and "
	    "max_binlog_total_size = 0 under [mariadb]',NULL) FROM (SELECT "
	    "r.rate, r.up, r.days, LEAST(r.days,COALESCE(NULLIF("
	    VARIABLE("MAX_BINLOG_TOTAL_SIZE")
	    ",0)/GREATEST(r.rate,1),1e9)) AS h FROM (SELECT COALESCE(NULLIF("
	    "COALESCE(NULLIF(" VARIABLE("BINLOG_EXPIRE_LOGS_SECONDS")
	    ",0)/3600," VARIABLE("EXPIRE_LOGS_DAYS") "*24,0),0),1e9) AS days,"
	    STATUS("BINLOG_BYTES_WRITTEN") "/GREATEST(" STATUS("UPTIME")
	    ",3600)*3600 AS rate," STATUS("UPTIME") " AS up) r) e"),
	    "a consumer that stops for longer than this needs a new snapshot",
	    "SET GLOBAL expire_logs_days = 7, and expire_logs_days = 7 under "
	    "[mariadb]" },
	{ "log_slave_updates", READ,
	    SQL_INIT("SELECT IF(@@gtid_slave_pos<>'' AND NOT "
	    "@@log_slave_updates,'bad','ok'), CONCAT(@@log_slave_updates,"
	    "IF(@@gtid_slave_pos<>'',' on a replica',''))"),
	    "this replica does not log what it applies, so readers see none "
	    "of it", "log_slave_updates = ON under [mariadb], and restart the "
	    "server" },
	{ "wsrep_gtid_mode", READ,
	    SQL_INIT("SELECT IF(" VARIABLE("WSREP_ON") "='ON' "
	    "AND " VARIABLE("WSREP_GTID_MODE") "='OFF','bad','ok'), CONCAT("
	    "'wsrep_on=',COALESCE(" VARIABLE("WSREP_ON") ",'OFF'))"),
	    "without it, every node has GTIDs of its own, and a reader cannot "
	    "continue on another node",
	    "SET GLOBAL wsrep_gtid_mode = ON on every node, and "
	    "wsrep_gtid_mode = ON under [mariadb]" },
	{ "log_bin_compress, encrypt_binlog", READ,
	    SQL_INIT("SELECT IF(@@encrypt_binlog,'note','ok'), CONCAT("
	    "@@log_bin_compress,', ',@@encrypt_binlog)"),
	    "files of an encrypted log cannot be read: cdc-tail must read "
	    "from the server (-h HOST)", NULL },
	{ "time zone", READ | APPLY,
	    SQL_INIT("SELECT 'note', CONCAT(@@time_zone,', ',"
	    "@@system_time_zone)"), "records have TIMESTAMP values in UTC, "
	    "whatever this is", NULL },
	{ "too many privileges", READ,
	    SQL_INIT("SELECT IF(COUNT(*)=0,'ok','warn'), "
	    "COALESCE(GROUP_CONCAT(PRIVILEGE_TYPE SEPARATOR ', '),'none') "
	    "FROM information_schema.USER_PRIVILEGES WHERE GRANTEE=" ME
	    " AND PRIVILEGE_TYPE IN ('SUPER','INSERT','UPDATE','DELETE',"
	    "'DROP','ALTER','CREATE USER','FILE','SHUTDOWN')"),
	    "anyone who gets hold of the account has them too",
	    "create an account for this job only, with the statements of "
	    "cdc-check --print-grants USER" },
	{ "tables without a key", READ,
	    SQL_INIT("SELECT IF(COUNT(*)=0,'ok','warn'), "
	    "IF(COUNT(*)=0,'none that the account may see',CONCAT(COUNT(*),"
	    "': '," SOME ")) FROM information_schema.TABLES t "
	    "WHERE TABLE_TYPE='BASE TABLE' AND " USERS_TABLES " AND NOT "
	    "EXISTS (SELECT 1 FROM information_schema.STATISTICS s WHERE "
	    "s.TABLE_SCHEMA=t.TABLE_SCHEMA AND "
	    "s.TABLE_NAME=t.TABLE_NAME AND NON_UNIQUE=0)"),
	    "their records have a null key, so rows cannot be distinguished",
	    "ALTER TABLE … ADD PRIMARY KEY (…)" },
	{ "types that logs hide", READ,
	    SQL_INIT("SELECT IF(COUNT(*)=0,'ok','note'), IF(COUNT(*)=0,"
	    "'none that the account may see',CONCAT(COUNT(*),': '," SOME "))"
	    " FROM (SELECT DISTINCT TABLE_SCHEMA, TABLE_NAME FROM "
	    "information_schema.COLUMNS WHERE "
	    USERS_TABLES " AND DATA_TYPE IN (''" HIDDEN_BYTES(QUOTED) ")) c"),
	    "in a log, their columns of these types look like BINARY:"
	    HIDDEN_BYTES(LISTED),
	    "nothing if cdc-tail reads from the server (-h HOST); for files, "
	    "give it schema records (--schema FILE)" },
	{ "cascading foreign keys", READ,
	    SQL_INIT("SELECT IF(r.n>0,'warn',IF(k.n>0,'note','ok')), "
	    "IF(r.n>0,CONCAT(r.n,': ',r.t),IF(k.n>0,CONCAT('not known of "
	    "',k.n,': ',k.t),'none that the account may see')), "
	    "IF(r.n>0,NULL,'the account may not see whether the foreign keys "
	    "of these tables cascade; no log contains what they do'), "
	    "IF(r.n>0,NULL,'look at SHOW CREATE TABLE, or check as an account "
	    "that may change these tables') FROM (SELECT COUNT(*) AS n, "
	    SOME_OF(
	    "CONSTRAINT_SCHEMA") " AS t FROM information_schema."
	    "REFERENTIAL_CONSTRAINTS WHERE " CASCADES ") r, (SELECT COUNT("
	    "DISTINCT CONSTRAINT_SCHEMA, TABLE_NAME) AS n, " SOME_OF(
	    "CONSTRAINT_SCHEMA") " AS t FROM information_schema."
	    "KEY_COLUMN_USAGE WHERE REFERENCED_TABLE_NAME IS NOT NULL AND ("
	    FOREIGN_KEY ") NOT IN (SELECT " FOREIGN_KEY " FROM "
	    "information_schema.REFERENTIAL_CONSTRAINTS)) k"),
	    "no log contains what they do to child tables",
	    "for a replica (cdc-apply), give the target the same foreign "
	    "keys; for other readers, let the application change child rows "
	    "itself" },
};

const char *const check_words[] = { "ok", "note", "warn", "bad" };

static enum check_verdict
verdict_of(const char *word)
{
	for (int i = CHECK_OK; i <= CHECK_BAD; i++)
		if (strcmp(word, check_words[i]) == 0)
			return (enum check_verdict)i;
	return CHECK_BAD;
}

/* A row of the item in hand. */
struct answer {
	struct finding finding;
	finding_fn *report;
	void *arg;
};

static int
take_answer(void *arg, char **v, size_t n)
{
	const struct answer *a = arg;
	struct finding one = a->finding;

	one.verdict = n && v[0] ? verdict_of(v[0]) : CHECK_BAD;
	one.value = n > 1 && v[1] ? v[1] : "";
	if (n > 2 && v[2])
		one.why = v[2];
	if (n > 3 && v[3])
		one.fix = v[3];
	a->report(a->arg, &one);
	return 0;
}

/* XA RECOVER is no query that can be asked for a verdict. */
static int
check_xa(struct db *db, struct answer *a, struct err *err)
{
	char text[32];
	size_t n = 0;

	if (db_count(db, &n, err, SQL("XA RECOVER")) < 0)
		return -1;
	snprintf(text, sizeof(text), "%zu", n);
	a->finding = (struct finding){ "prepared XA transactions",
		n ? CHECK_WARN : CHECK_OK, text,
		"until they are decided, readers must start before them",
		"XA RECOVER lists them; use XA COMMIT or XA ROLLBACK for "
		"each" };
	a->report(a->arg, &a->finding);
	return 0;
}

int
check_all(struct db *db, enum check_job job, finding_fn *report, void *arg,
    struct err *err)
{
	struct answer a = { .report = report, .arg = arg };

	if (job != JOB_APPLY && (check_settings(db, report, arg, err) < 0 ||
	    check_filters(db, report, arg, err) < 0))
		return -1;
	for (size_t i = 0; i < sizeof(questions) / sizeof(*questions); i++) {
		const struct question *q = &questions[i];

		if (!(q->jobs & 1u << job))
			continue;
		a.finding = (struct finding){ q->name, CHECK_OK, "", q->why,
			q->fix };
		if (db_rows(db, take_answer, &a, err, q->sql) < 0)
			return -1;
	}
	if (check_rights(db, job, report, arg, err) < 0)
		return -1;
	return job == JOB_APPLY ? 0 : check_xa(db, &a, err);
}
