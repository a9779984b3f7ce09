/* SPDX-License-Identifier: MIT */
#include "check/server_settings.h"

#include <stdbool.h>
#include <stddef.h>

/* How a setting is changed: at once, for new sessions, by a restart. */
#define AT_ONCE(line) line, "SET GLOBAL " line ", and " line " under [mariadb]"
#define FOR_NEW(line) AT_ONCE(line) "; sessions that are open keep their own"
#define RESTART(line) line, line " under [mariadb], and restart the server"

static const struct setting {
	const char *name, *want;
	enum check_verdict otherwise;
	const char *why;
	const char *config;     /* of an option file; NULL: none of itself */
	const char *fix;
} settings[] = {
	{ "log_bin", "ON", CHECK_BAD,
	    "without a binlog there is nothing to read",
	    RESTART("log_bin = mariadb-bin") },
	{ "binlog_format", "ROW", CHECK_BAD,
	    "statements do not say which rows they changed",
	    FOR_NEW("binlog_format = ROW") },
	{ "binlog_row_image", "FULL", CHECK_BAD,
	    "with any other image, columns are missing from the log",
	    FOR_NEW("binlog_row_image = FULL") },
	{ "binlog_row_metadata", "FULL", CHECK_BAD,
	    "without it, the log names neither columns nor keys",
	    AT_ONCE("binlog_row_metadata = FULL") },
	{ "gtid_strict_mode", "ON", CHECK_BAD,
	    "without it, sequence numbers may go backwards, which makes "
	    "positions ambiguous", AT_ONCE("gtid_strict_mode = ON") },
	{ "binlog_checksum", "CRC32", CHECK_WARN,
	    "without checksums, damage to a log goes unnoticed",
	    AT_ONCE("binlog_checksum = CRC32") },
	{ "sync_binlog", "1", CHECK_WARN,
	    "after a crash of the machine, readers may have seen changes "
	    "that the server lost", AT_ONCE("sync_binlog = 1") },
	{ "innodb_flush_log_at_trx_commit", "1", CHECK_WARN,
	    "after a crash of the machine, tables may lack changes that "
	    "readers saw", AT_ONCE("innodb_flush_log_at_trx_commit = 1") },
	{ "have_ssl", "YES", CHECK_WARN, "records travel in clear text", NULL,
	    "ssl_cert = FILE and ssl_key = FILE under [mariadb], and restart "
	    "the server" },
};

enum { SETTINGS = sizeof(settings) / sizeof(*settings) };

/* The setting in hand. */
struct answer {
	const struct setting *setting;
	finding_fn *report;
	void *arg;
	bool seen;
};

static int
take_setting(void *arg, char **v, size_t n)
{
	struct answer *a = arg;
	const struct setting *s = a->setting;
	const char *value = n && v[0] ? v[0] : "";

	a->seen = true;
	a->report(a->arg, &(struct finding){ s->name,
		span_is(span_of(value), s->want) ? CHECK_OK :
		s->otherwise, value, s->why, s->fix });
	return 0;
}

static int
check_setting(struct db *db, struct answer *a, struct err *err)
{
	const struct setting *s = a->setting;

	a->seen = false;
	if (db_rows(db, take_setting, a, err, SQL("SELECT VARIABLE_VALUE FROM "
	    "information_schema.GLOBAL_VARIABLES WHERE VARIABLE_NAME="),
	    SQL_TEXT(span_of(s->name))) < 0)
		return -1;
	if (!a->seen)
		a->report(a->arg, &(struct finding){ s->name, s->otherwise,
			"this server has no such setting", s->why,
			"use MariaDB 10.5 or later" });
	return 0;
}

int
check_settings(struct db *db, finding_fn *report, void *arg, struct err *err)
{
	for (size_t i = 0; i < SETTINGS; i++) {
		struct answer a = { .setting = &settings[i], .report = report,
			.arg = arg };

		if (check_setting(db, &a, err) < 0)
			return -1;
	}
	return 0;
}

void
check_config(struct buf *out)
{
	buf_str(out, "[mariadb]\nserver_id = 1\n");
	for (size_t i = 0; i < SETTINGS; i++)
		if (settings[i].config)
			buf_printf(out, "%s\n", settings[i].config);
	buf_str(out, "expire_logs_days = 7\nmax_binlog_size = 1G\n");
}

/* File, Position, Binlog_Do_DB, Binlog_Ignore_DB */
enum { DO_DB = 2, IGNORE_DB, STATUS_COLUMNS };

struct filters {
	struct buf value;
	bool seen, only, ignored;
};

static int
take_filters(void *arg, char **v, size_t n)
{
	struct filters *f = arg;

	f->seen = n >= STATUS_COLUMNS;
	f->only = f->seen && v[DO_DB] && *v[DO_DB];
	f->ignored = f->seen && v[IGNORE_DB] && *v[IGNORE_DB];
	if (f->only)
		buf_printf(&f->value, "binlog_do_db=%s", v[DO_DB]);
	if (f->only && f->ignored)
		buf_str(&f->value, "; ");
	if (f->ignored)
		buf_printf(&f->value, "binlog_ignore_db=%s", v[IGNORE_DB]);
	return 1;
}

/* If there are both, the server goes by binlog_do_db alone. */
static void
judge_filters(struct finding *found, struct filters *f)
{
	if (!f->seen) {
		found->value = "unknown without a binlog";
		found->why = "the server shows them only if it writes one";
	} else if (!f->only && !f->ignored) {
		found->verdict = CHECK_OK;
		found->value = "none";
	} else {
		found->verdict = CHECK_WARN;
		found->value = buf_cstr(&f->value);
		found->why = f->only ? "changes of all other databases are in "
		    "no log" : "changes of these databases are in no log";
		found->fix = "take the option out of the server's option "
		    "files, and restart the server";
	}
}

int
check_filters(struct db *db, finding_fn *report, void *arg, struct err *err)
{
	struct finding found = { .name = "binlog_do_db, binlog_ignore_db",
		.verdict = CHECK_NOTE };
	struct filters f = { 0 };
	struct err denied = { 0 };

	if (db_rows(db, take_filters, &f, &denied,
	    SQL("SHOW MASTER STATUS")) < 0) {
		if (denied.kind != ERR_CONFIG) {
			*err = denied;
			return -1;
		}
		found.verdict = CHECK_WARN;
		found.value = "the account may not see them";
		found.why = "databases that the server leaves out are in no "
		    "log";
		found.fix = "give it BINLOG MONITOR (below), and check again";
	} else {
		judge_filters(&found, &f);
	}
	report(arg, &found);
	buf_free(&f.value);
	return 0;
}
