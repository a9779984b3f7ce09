/* SPDX-License-Identifier: MIT
 *
 * --to debezium: heartbeats, transactions and statements.
 */
#ifndef FORMAT_DEBEZIUM_CONTROL_H
#define FORMAT_DEBEZIUM_CONTROL_H

#include "format/format.h"

/* A control record.  -1: ERR_DATA. */
int debezium_control_put(struct formatter *f, struct record *rec,
    struct err *err);

#endif
