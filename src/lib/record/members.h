/* SPDX-License-Identifier: MIT
 *
 * The members of an object whose names are in the grammar of records
 * (cdc-event(5)), by number.  Names are compared after unescaping.
 */
#ifndef RECORD_MEMBERS_H
#define RECORD_MEMBERS_H

#include "json/outline.h"

enum member_id {
	/* of a line */
	M_TOPIC, M_KEY, M_HEADERS, M_PAYLOAD, M_SCHEMA, M_PARTITION, M_OFFSET,
	M_TIMESTAMP, M_TSTYPE, M_TS, M_BROKER, M_KEY_ERROR, M_PAYLOAD_ERROR,
	M_KEY_SCHEMA_ID, M_VALUE_SCHEMA_ID,
	/* of a line or an envelope */
	M_SOURCE, M_TRANSACTION, M_OP,
	/* of an envelope */
	M_BEFORE, M_AFTER, M_TS_MS, M_TS_US, M_TS_NS,
	/* of a source block */
	M_DB, M_TABLE, M_VERSION, M_CONNECTOR, M_NAME, M_SNAPSHOT, M_SEQUENCE,
	M_SERVER_ID, M_GTID, M_FILE, M_POS, M_ROW, M_THREAD, M_QUERY,
	/* of a transaction block */
	M_ID, M_TOTAL_ORDER, M_DATA_COLLECTION_ORDER,
	/* of control records */
	M_BEAT, M_SOURCE_TS_MS, M_MODES, M_FILTER, M_RESTART, M_INCREMENTAL,
	M_TEMPORARY, M_LISTS, M_ORDER, M_NOW,
	M_DATABASE_NAME, M_SCHEMA_NAME, M_DDL, M_TABLE_CHANGES, M_SESSION,
	M_STATUS, M_EVENT_COUNT, M_DATA_COLLECTIONS, M_SERVER_NAME,
	M_END,
	MEMBERS,
};

#define BIT(member) (1ull << (member))

enum { ORDER = 32 };            /* members whose order is remembered */

struct members {
	uint64_t seen;          /* a bit for each member that there is */
	size_t others;          /* members with other names */
	struct span v[MEMBERS]; /* values; of those that are seen alone */
	uint8_t order[ORDER];   /* how they stood, for the next object */
};

/*
 * Read an object, at its '{', to its end.  false if one of the names above
 * is there twice, or (unless NULL) one of the others, as `unique` finds.
 */
struct unique;
bool members_read(struct members *m, struct outline_pos *at,
    struct unique *unique);

/* The number of a name, MEMBERS where it has none. */
unsigned member_named(struct span name);

/* A member's value, p == NULL if it has none. */
static inline struct span
member_value(const struct members *m, enum member_id member)
{
	return m->seen & BIT(member) ? m->v[member] :
	    (struct span){ NULL, 0 };
}

/* The first byte of its value, 0 if it has none: { [ " n t f - or a digit
 * tell its kind. */
static inline char
member_kind(const struct members *m, enum member_id member)
{
	return m->seen & BIT(member) ? m->v[member].p[0] : '\0';
}

#endif
