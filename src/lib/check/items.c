/* SPDX-License-Identifier: MIT */
#include "check/items.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "schema/ask.h"

/* Variables with a right value; config is the line of an option file. */
static const struct variable {
	const char *name, *want;
	enum check_verdict otherwise;
	const char *config, *why;
} variables[] = {
	{ "log_bin", "ON", CHECK_BAD, "log_bin = mariadb-bin",
	    "without a binlog there is nothing to read; needs a restart" },
	{ "binlog_format", "ROW", CHECK_BAD, "binlog_format = ROW",
	    "statements do not say which rows they changed" },
	{ "binlog_row_image", "FULL", CHECK_BAD, "binlog_row_image = FULL",
	    "other images leave columns out" },
	{ "binlog_row_metadata", "FULL", CHECK_BAD,
	    "binlog_row_metadata = FULL",
	    "else the log does not name columns, their signs and keys" },
	{ "gtid_strict_mode", "ON", CHECK_BAD, "gtid_strict_mode = ON",
	    "else sequence numbers may go back, and a position be unclear" },
	{ "binlog_checksum", "CRC32", CHECK_WARN, "binlog_checksum = CRC32",
	    "damage is found only by checksums" },
	{ "sync_binlog", "1", CHECK_WARN, "sync_binlog = 1",
	    "after a crash of the machine readers may have seen what the "
	    "server lost" },
	{ "innodb_flush_log_at_trx_commit", "1", CHECK_WARN,
	    "innodb_flush_log_at_trx_commit = 1",
	    "after a crash of the machine the tables may lack what readers "
	    "saw" },
	{ "have_ssl", "YES", CHECK_WARN, NULL,
	    "records travel in clear text; give the server a certificate "
	    "(ssl_cert, ssl_key)" },
};

#define ME "CONCAT(QUOTE(SUBSTRING_INDEX(CURRENT_USER(),'@',1)),'@',"       \
	"QUOTE(SUBSTRING_INDEX(CURRENT_USER(),'@',-1)))"
#define USERS_TABLES "TABLE_SCHEMA NOT IN " SYSTEM_SCHEMAS
#define VARIABLE(name) "(SELECT VARIABLE_VALUE FROM information_schema."    \
	"GLOBAL_VARIABLES WHERE VARIABLE_NAME='" name "')"
#define STATUS(name) "(SELECT VARIABLE_VALUE FROM information_schema."      \
	"GLOBAL_STATUS WHERE VARIABLE_NAME='" name "')"
#define HAS(privileges) "(SELECT COUNT(*) FROM information_schema."         \
	"USER_PRIVILEGES WHERE GRANTEE=" ME " AND PRIVILEGE_TYPE IN ("      \
	privileges "))"
#define NO_PRIVILEGES "CURRENT_USER() IN ('','@')"  /* --skip-grant-tables */
#define MAY(privileges) HAS(privileges) ">0 OR " NO_PRIVILEGES
#define MAY_READ_LOG MAY("'REPLICATION SLAVE','REPLICATION REPLICA'")
#define SOME "LEFT(GROUP_CONCAT(CONCAT(TABLE_SCHEMA,'.',TABLE_NAME) "       \
	"ORDER BY 1 SEPARATOR ', '),200)"

enum { TAIL = 1 << JOB_TAIL, SNAPSHOT = 1 << JOB_SNAPSHOT,
	APPLY = 1 << JOB_APPLY, READ = TAIL | SNAPSHOT };

/* Questions that answer with a verdict and a value. */
static const struct question {
	const char *name;
	unsigned jobs;
	struct sql_part sql;
	const char *why, *fix;
} questions[] = {
	{ "server_id", READ,
	    SQL_INIT("SELECT IF(@@server_id>0,'ok','bad'), @@server_id"),
	    "servers that replicate need ids of their own",
	    "server_id = 1" },
	{ "retention", READ,
	    SQL_INIT("SELECT IF(e.h IS NULL,'note',IF(e.h<24,'bad',"
	    "IF(e.h<72,'warn','ok'))), CONCAT(IF(e.h IS NULL,'for ever',"
	    "CONCAT(ROUND(e.h),' hours')),', ',ROUND(e.rate/1048576,1),"
	    "' MB written in an hour') FROM (SELECT r.rate, NULLIF(LEAST("
	    "COALESCE(NULLIF(COALESCE(NULLIF(" VARIABLE(
	    "BINLOG_EXPIRE_LOGS_SECONDS") ",0)/3600," VARIABLE(
	    "EXPIRE_LOGS_DAYS") "*24,0),0),1e9),COALESCE(NULLIF(" VARIABLE(
	    "MAX_BINLOG_TOTAL_SIZE") ",0)/GREATEST(r.rate,1),1e9)),1e9) AS h "
	    "FROM (SELECT " STATUS("BINLOG_BYTES_WRITTEN") "/GREATEST(" STATUS(
	    "UPTIME") ",1)*3600 AS rate) r) e"),
	    "a consumer that stops longer than this must take a snapshot",
	    "SET GLOBAL binlog_expire_logs_seconds = 604800" },
	{ "binlog_do_db, binlog_ignore_db", READ,
	    SQL_INIT("SELECT IF(COALESCE("
	    "NULLIF(" VARIABLE("BINLOG_DO_DB") ",''),NULLIF("
	    VARIABLE("BINLOG_IGNORE_DB") ",''),'')='','ok','warn'), COALESCE("
	    "NULLIF(" VARIABLE("BINLOG_DO_DB") ",''),NULLIF("
	    VARIABLE("BINLOG_IGNORE_DB") ",''),'none')"),
	    "changes of other databases are in no log",
	    "take these options out of the configuration" },
	{ "log_slave_updates", READ,
	    SQL_INIT("SELECT IF(@@gtid_slave_pos<>'' AND NOT "
	    "@@log_slave_updates,'bad','ok'), CONCAT(@@log_slave_updates,"
	    "IF(@@gtid_slave_pos<>'',' on a replica',''))"),
	    "a replica that does not log what it applies shows none of it",
	    "log_slave_updates = ON" },
	{ "wsrep_gtid_mode", READ,
	    SQL_INIT("SELECT IF(" VARIABLE("WSREP_ON") "='ON' "
	    "AND " VARIABLE("WSREP_GTID_MODE") "='OFF','bad','ok'), CONCAT("
	    "'wsrep_on=',COALESCE(" VARIABLE("WSREP_ON") ",'OFF'))"),
	    "else every node has GTIDs of its own, and none continues "
	    "another's", "wsrep_gtid_mode = ON" },
	{ "log_bin_compress, encrypt_binlog", READ,
	    SQL_INIT("SELECT 'note', CONCAT("
	    "@@log_bin_compress,', ',@@encrypt_binlog)"),
	    "both are read; an encrypted log only from the server", NULL },
	{ "time zone", READ | APPLY,
	    SQL_INIT("SELECT 'note', CONCAT(@@time_zone,', ',"
	    "@@system_time_zone)"), "TIMESTAMP is UTC in records", NULL },
	{ "REPLICATION SLAVE", TAIL,
	    SQL_INIT("SELECT IF(" MAY_READ_LOG ",'ok','bad'), "
	    "CURRENT_USER()"), "the account may not read the binlog",
	    "GRANT REPLICATION SLAVE ON *.* TO the account" },
	{ "REPLICATION SLAVE", SNAPSHOT,
	    SQL_INIT("SELECT IF(" MAY_READ_LOG ",'ok','warn'), "
	    "CURRENT_USER()"), "the account may not read the binlog, which "
	    "--mode initial, when_needed and never do",
	    "GRANT REPLICATION SLAVE ON *.* TO the account" },
	{ "BINLOG MONITOR", READ,
	    SQL_INIT("SELECT IF(" MAY("'BINLOG MONITOR',"
	    "'REPLICATION CLIENT'") ",'ok','warn'), CURRENT_USER()"),
	    "the account may not ask which logs there are",
	    "GRANT BINLOG MONITOR ON *.* TO the account" },
	{ "BINLOG ADMIN", SNAPSHOT,
	    SQL_INIT("SELECT IF(" MAY("'BINLOG ADMIN'") ",'ok','warn'), "
	    "CURRENT_USER()"),
	    "an ALTER of a table that was copied waits for the others",
	    "GRANT BINLOG ADMIN ON *.* TO the account" },
	{ "SELECT", READ | APPLY,
	    SQL_INIT("SELECT IF(" MAY("'SELECT'") " OR (SELECT COUNT(*) FROM "
	    "information_schema.SCHEMA_PRIVILEGES WHERE GRANTEE=" ME " AND "
	    "PRIVILEGE_TYPE='SELECT')>0,'ok','warn'), CURRENT_USER()"),
	    "the account sees no tables, and so not their types",
	    "GRANT SELECT ON the databases TO the account" },
	{ "INSERT, UPDATE, DELETE", APPLY,
	    SQL_INIT("SELECT IF(" HAS("'INSERT',"
	    "'UPDATE','DELETE'") "=3 OR " NO_PRIVILEGES " OR (SELECT COUNT("
	    "DISTINCT PRIVILEGE_TYPE) FROM information_schema."
	    "SCHEMA_PRIVILEGES WHERE GRANTEE=" ME " AND PRIVILEGE_TYPE IN ("
	    "'INSERT','UPDATE','DELETE'))=3,'ok','bad'), CURRENT_USER()"),
	    "the account may not change rows",
	    "GRANT INSERT, UPDATE, DELETE ON the databases TO the account" },
	{ "too many privileges", READ,
	    SQL_INIT("SELECT IF(COUNT(*)=0,'ok','warn'), "
	    "COALESCE(GROUP_CONCAT(PRIVILEGE_TYPE SEPARATOR ', '),'none') "
	    "FROM information_schema.USER_PRIVILEGES WHERE GRANTEE=" ME
	    " AND PRIVILEGE_TYPE IN ('SUPER','INSERT','UPDATE','DELETE',"
	    "'DROP','ALTER','CREATE USER','FILE','SHUTDOWN')"),
	    "whoever steals the account has them, too",
	    "use an account of its own (--print-grants)" },
	{ "tables without a key", READ,
	    SQL_INIT("SELECT IF(COUNT(*)=0,'ok','warn'), "
	    "IF(COUNT(*)=0,'none',CONCAT(COUNT(*),': '," SOME ")) FROM "
	    "information_schema.TABLES t WHERE TABLE_TYPE='BASE TABLE' AND "
	    USERS_TABLES " AND NOT EXISTS (SELECT 1 FROM information_schema."
	    "STATISTICS s WHERE s.TABLE_SCHEMA=t.TABLE_SCHEMA AND "
	    "s.TABLE_NAME=t.TABLE_NAME AND NON_UNIQUE=0)"),
	    "their records have a null key: nobody can tell rows apart",
	    "ALTER TABLE … ADD PRIMARY KEY (…)" },
	{ "types that logs hide", READ,
	    SQL_INIT("SELECT 'note', IF(COUNT(*)=0,'none',"
	    "CONCAT(COUNT(*),': '," SOME ")) FROM (SELECT DISTINCT "
	    "TABLE_SCHEMA, TABLE_NAME FROM information_schema.COLUMNS WHERE "
	    USERS_TABLES " AND DATA_TYPE IN ('uuid','inet4','inet6',"
	    "'vector')) c"), "from files alone, UUID, INET and VECTOR columns "
	    "look like BINARY: keep schema records (cdc-tail --control)",
	    NULL },
	{ "cascading foreign keys", READ,
	    SQL_INIT("SELECT IF(COUNT(*)=0,'ok','warn'), "
	    "IF(COUNT(*)=0,'none that the account may see',CONCAT("
	    "COUNT(*),': ',LEFT(GROUP_CONCAT("
	    "CONCAT(CONSTRAINT_SCHEMA,'.',TABLE_NAME) SEPARATOR ', '),200))) "
	    "FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE "
	    "DELETE_RULE IN ('CASCADE','SET NULL') OR UPDATE_RULE IN ("
	    "'CASCADE','SET NULL')"),
	    "what they do to child tables is in no log",
	    "let the application delete child rows itself" },
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
	struct answer *a = arg;

	a->finding.verdict = n && v[0] ? verdict_of(v[0]) : CHECK_BAD;
	a->finding.value = n > 1 && v[1] ? v[1] : "";
	a->report(a->arg, &a->finding);
	return 0;
}

static int
check_variable(struct db *db, const struct variable *v, struct answer *a,
    struct err *err)
{
	a->finding = (struct finding){ v->name, CHECK_OK, "", v->why,
		v->config };
	return db_rows(db, take_answer, a, err, SQL("SELECT "
	    "IF(VARIABLE_VALUE="), SQL_TEXT(span_of(v->want)),
	    SQL(",'ok',"), SQL_TEXT(span_of(check_words[v->otherwise])),
	    SQL("), VARIABLE_VALUE FROM information_schema.GLOBAL_VARIABLES "
	    "WHERE VARIABLE_NAME="), SQL_TEXT(span_of(v->name)));
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
		"while they are undecided, readers must begin before them",
		"XA RECOVER; XA COMMIT or XA ROLLBACK each" };
	a->report(a->arg, &a->finding);
	return 0;
}

int
check_all(struct db *db, enum check_job job, finding_fn *report, void *arg,
    struct err *err)
{
	struct answer a = { .report = report, .arg = arg };

	for (size_t i = 0; job != JOB_APPLY && i < sizeof(variables) /
	    sizeof(*variables); i++)
		if (check_variable(db, &variables[i], &a, err) < 0)
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
	return job == JOB_APPLY ? 0 : check_xa(db, &a, err);
}

void
check_config(struct buf *out)
{
	buf_str(out, "[mariadb]\nserver_id = 1\n");
	for (size_t i = 0; i < sizeof(variables) / sizeof(*variables); i++)
		if (variables[i].config)
			buf_printf(out, "%s\n", variables[i].config);
	buf_str(out, "binlog_expire_logs_seconds = 604800\n"
	    "max_binlog_size = 1G\n");
}

/* GRANT … TO 'user'@'host'; or behind -- the account, which must be there. */
static void
put_account(struct statement *sql, const char *user)
{
	const char *at = strrchr(user, '@');
	struct span name = { user, at ? (size_t)(at - user) : strlen(user) };

	statement_add(sql, SQL_TEXT(name), SQL("@"),
	    SQL_TEXT(span_of(at ? at + 1 : "%")));
}

static const struct grant {
	struct sql_part global, tables; /* n 0: none */
	const char *more;       /* what some of its options need besides */
} grants[] = {
	[JOB_TAIL] = {
	    SQL_INIT("GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.* TO "),
	    SQL_INIT("GRANT SELECT ON *.* TO "), "" },
	[JOB_SNAPSHOT] = {
	    SQL_INIT("GRANT BINLOG MONITOR, BINLOG ADMIN, REPLICATION SLAVE "
	    "ON *.* TO "),
	    SQL_INIT("GRANT SELECT, LOCK TABLES ON *.* TO "),
	    "-- REPLICATION SLAVE: --mode initial, when_needed and never\n"
	    "-- --threads also needs RELOAD, --ddl-waiting PROCESS\n" },
	[JOB_APPLY] = { SQL_INIT(""),
	    SQL_INIT("GRANT SELECT, INSERT, UPDATE, DELETE, CREATE ON *.* "
	    "TO "), "-- --schema-evolution add also needs ALTER; apply-ddl "
	    "what the statements of the source need\n" },
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
	put_account(&sql, user);
	statement_add(&sql, SQL(" IDENTIFIED BY '…';\n"));
	if (grant->global.one.n) {
		statement_add(&sql, grant->global);
		put_account(&sql, user);
		statement_add(&sql, SQL(";\n"));
	}
	statement_add(&sql, grant->tables);
	put_account(&sql, user);
	statement_add(&sql, SQL(";\n"));
	status = statement_text(&sql, &text, err);
	if (status == 0) {
		buf_span(out, text);
		buf_str(out, grant->more);
	}
	statement_free(&sql);
	return status;
}
