/* SPDX-License-Identifier: MIT
 *
 * The history of system-versioned tables: rows that are past, with their times
 * (cdc-tail --history).
 */
#ifndef APPLY_HISTORY_H
#define APPLY_HISTORY_H

#include "apply/tables.h"

/* Does the stream tell it of the table? */
bool history_is_told(const struct tables *t, const struct schema_table *from);

/* The target has no columns for the times; -1. */
int history_refuse(const struct source_table *t, struct err *err);

#endif
