/* SPDX-License-Identifier: MIT */
#include "audit/table.h"

#include <stdio.h>
#include <time.h>

#include "base/clock.h"
#include "io/out.h"
#include "sql/statement.h"

static const struct sql_part ddl = SQL_INIT(" (\n"
    "    audit_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,\n"
    "    source_database VARCHAR(64) NOT NULL,\n"
    "    source_table VARCHAR(64) NOT NULL,\n"
    "    source_position VARCHAR(512),\n"
    "    operation ENUM('INSERT', 'UPDATE', 'DELETE') NOT NULL,\n"
    "    record_key JSON NOT NULL,\n"
    "    data_before JSON,\n"
    "    data_after JSON,\n"
    "    changed_fields JSON,\n"
    "    event_timestamp DATETIME(6) NOT NULL,\n"
    "    processed_at DATETIME(6) DEFAULT CURRENT_TIMESTAMP(6),\n"
    "    PRIMARY KEY (audit_id, event_timestamp),\n"
    "    INDEX idx_table_time (source_table, event_timestamp),\n"
    "    INDEX idx_operation (operation),\n"
    "    INDEX idx_processed (processed_at)\n"
    ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4\n"
    "PARTITION BY RANGE (TO_DAYS(event_timestamp)) (\n"
    "    PARTITION p_future VALUES LESS THAN MAXVALUE\n"
    ");\n");

struct month {
	char name[24];          /* of its partition */
	char end[24];           /* the first day after it */
};

static struct month
month_of(const struct tm *today, uint64_t later)
{
	unsigned month = (unsigned)today->tm_mon + (unsigned)later;
	unsigned year = (unsigned)today->tm_year + 1900 + month / 12;
	unsigned next = month % 12 + 2;
	struct month m;

	snprintf(m.name, sizeof(m.name), "p_%04u_%02u", year, month % 12 + 1);
	snprintf(m.end, sizeof(m.end), "%04u-%02u-01", year + (next == 13),
	    next == 13 ? 1 : next);
	return m;
}

/* REORGANIZE knows no IF NOT EXISTS. */
static void
put_partition(struct statement *sql, struct span db, struct span name,
    const struct month *m)
{
	struct statement alter = { 0 };
	struct span partition = span_of(m->name);

	statement_add(&alter, SQL("ALTER TABLE "), SQL_TABLE(db, name),
	    SQL(" REORGANIZE PARTITION p_future INTO (PARTITION "),
	    SQL_WORD(partition), SQL(" VALUES LESS THAN (TO_DAYS("),
	    SQL_TEXT(span_of(m->end)), SQL(")), PARTITION p_future VALUES "
	    "LESS THAN MAXVALUE)"));
	statement_add(sql, SQL("SET @s = (SELECT IF(COUNT(*), 'DO 0', "),
	    SQL_TEXT_OF(&alter),
	    SQL(") FROM information_schema.PARTITIONS WHERE TABLE_SCHEMA = "),
	    SQL_TEXT(db), SQL(" AND TABLE_NAME = "), SQL_TEXT(name),
	    SQL(" AND PARTITION_NAME = "), SQL_TEXT(partition),
	    SQL(");\nEXECUTE IMMEDIATE @s;\n"));
	statement_free(&alter);
}

int
audit_table_print(const char *db, const char *name, bool create,
    uint64_t months, struct err *err)
{
	time_t now = (time_t)(clock_now_ms() / 1000);
	struct tm today;
	struct statement sql = { 0 };
	struct span text;
	int status;

	gmtime_r(&now, &today);
	if (create)
		statement_add(&sql, SQL("CREATE TABLE IF NOT EXISTS "),
		    SQL_TABLE(span_of(db), span_of(name)), ddl);
	for (uint64_t i = 0; months && i <= months; i++) {
		struct month m = month_of(&today, i);

		put_partition(&sql, span_of(db), span_of(name), &m);
	}
	status = statement_text(&sql, &text, err);
	if (status == 0)
		out_put(text.p, text.n);
	statement_free(&sql);
	return status;
}
