/* SPDX-License-Identifier: MIT
 *
 * The statements of the audit table, for people and cron: cdc-audit(1).
 * https://mariadb.com/kb/en/range-partitioning-type/
 */
#ifndef AUDIT_TABLE_H
#define AUDIT_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* Print CREATE TABLE, if wanted, and (months > 0) what gives it partitions for
 * this month and so many after it, where they lack.  ERR_DATA if a server
 * has no table of the name. */
int audit_table_print(const char *db, const char *name, bool create,
    uint64_t months, struct err *err);

#endif
