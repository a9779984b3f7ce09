/* SPDX-License-Identifier: MIT
 *
 * Schemas and tables that belong to a server or to a sink of this project and
 * not to the user's data.  Streams and targets leave them out unless a list
 * names them.
 */
#ifndef MATCH_SYSTEM_H
#define MATCH_SYSTEM_H

#include <stdbool.h>

#include "base/span.h"

/* mysql, sys, performance_schema, information_schema; in any case, as a
 * server may know them. */
bool system_is_schema(struct span db);

/* cdc_offsets, kafka_consumer_offsets: the position tables of a sink. */
bool system_is_position_table(struct span table);

#endif
