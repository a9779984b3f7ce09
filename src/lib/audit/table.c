/* SPDX-License-Identifier: MIT */
#include "audit/table.h"

#include <time.h>

#include "base/buf.h"
#include "base/clock.h"
#include "io/out.h"

static const char ddl[] =
    "CREATE TABLE IF NOT EXISTS `%s`.`%s` (\n"
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
    ");\n";

/* REORGANIZE knows no IF NOT EXISTS. */
static const char partition[] =
    "SET @s = (SELECT IF(COUNT(*), 'DO 0', 'ALTER TABLE `%s`.`%s` REORGANIZE "
    "PARTITION p_future INTO (PARTITION p_%04d_%02d VALUES LESS THAN "
    "(TO_DAYS(''%04d-%02d-01'')), PARTITION p_future VALUES LESS THAN "
    "MAXVALUE)') FROM information_schema.PARTITIONS WHERE TABLE_SCHEMA = "
    "'%s' AND TABLE_NAME = '%s' AND PARTITION_NAME = 'p_%04d_%02d');\n"
    "EXECUTE IMMEDIATE @s;\n";

void
audit_table_print(const char *db, const char *name, bool create,
    uint64_t months)
{
	time_t now = (time_t)(clock_now_ms() / 1000);
	struct tm today;
	struct buf sql = { 0 };

	gmtime_r(&now, &today);
	if (create)
		buf_printf(&sql, ddl, db, name);
	for (uint64_t i = 0; months && i <= months; i++) {
		int month = today.tm_mon + (int)i;
		int year = today.tm_year + 1900 + month / 12;
		int next = (month + 1) % 12 + 1;

		month = month % 12 + 1;
		buf_printf(&sql, partition, db, name, year, month,
		    year + (month == 12), next, db, name, year, month);
	}
	out_put(sql.p, sql.n);
	buf_free(&sql);
}
