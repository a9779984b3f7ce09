/* SPDX-License-Identifier: MIT
 *
 * Schemas of Kafka Connect as its JsonConverter writes them: members in its
 * order, of the types that Debezium gives to columns.
 * https://debezium.io/documentation/reference/stable/connectors/mariadb.html
 */
#ifndef FORMAT_CONNECT_SCHEMA_H
#define FORMAT_CONNECT_SCHEMA_H

#include "format/format_table.h"

/* What JSON values of a type are: their first byte is one of these. */
enum connect_kind {
	CONNECT_INTEGER, CONNECT_REAL, CONNECT_BOOLEAN, CONNECT_TEXT,
	CONNECT_STRUCT, CONNECT_ARRAY, CONNECT_KINDS,
};

struct connect_type {
	enum connect_kind kind;
	const char *type;       /* "int32" */
	const char *name;       /* "io.debezium.time.Date", or NULL */
};

/* The type of a column as values of a stream of these modes have it.  NULL and
 * *why: it has none. */
const struct connect_type *connect_type_of(const struct schema_column *from,
    const struct target_column *as, const struct known_modes *modes,
    const char **why);

/* Append the field of a column: {"type":…,"optional":…,…,"field":NAME}. */
void connect_schema_field(struct buf *out, const struct connect_type *type,
    const struct schema_column *from, const struct target_column *as,
    const struct known_modes *modes);

/* Schemas that are the same for all tables. */
extern const char connect_source_fields[];      /* of a source block */
extern const char connect_transaction_key[], connect_transaction_value[];
extern const char connect_heartbeat_key[], connect_heartbeat_value[];
extern const char connect_change_key[], connect_change_head[],
    connect_change_tail[];      /* the source's between them */

#endif
