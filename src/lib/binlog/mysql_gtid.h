/* SPDX-License-Identifier: MIT
 *
 * MySQL's GTID_LOG, ANONYMOUS_GTID_LOG and GTID_TAGGED events: a transaction's
 * name as text, "<uuid>:<number>" or "<uuid>:<tag>:<number>".
 * libs/mysql/binlog/event/control_events.h (Gtid_event), and for the tagged
 * form libs/mysql/serialization.
 */
#ifndef BINLOG_MYSQL_GTID_H
#define BINLOG_MYSQL_GTID_H

#include "binlog/event.h"

/* uuid, tag of 32 characters, number, NUL */
enum { MYSQL_GTID_TEXT = 36 + 1 + 32 + 1 + 20 + 1 };

/* "" where the transaction is anonymous. */
int mysql_gtid_parse(char text[MYSQL_GTID_TEXT],
    const struct binlog_event *ev, struct err *err);

#endif
