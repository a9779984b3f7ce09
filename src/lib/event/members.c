/* SPDX-License-Identifier: MIT */
#include "event/members.h"

#include "event/unique.h"
#include "json/scan.h"

struct known {
	const char *name;
	size_t n;
};

#define NAME(member, text) [member] = { text, sizeof(text) - 1 }

static const struct known names[MEMBERS] = {
	NAME(M_TOPIC, "topic"), NAME(M_KEY, "key"),
	NAME(M_HEADERS, "headers"), NAME(M_PAYLOAD, "payload"),
	NAME(M_SCHEMA, "schema"), NAME(M_PARTITION, "partition"),
	NAME(M_OFFSET, "offset"), NAME(M_TIMESTAMP, "timestamp"),
	NAME(M_TSTYPE, "tstype"), NAME(M_TS, "ts"), NAME(M_BROKER, "broker"),
	NAME(M_KEY_ERROR, "key_error"),
	NAME(M_PAYLOAD_ERROR, "payload_error"),
	NAME(M_KEY_SCHEMA_ID, "key_schema_id"),
	NAME(M_VALUE_SCHEMA_ID, "value_schema_id"),
	NAME(M_SOURCE, "source"), NAME(M_TRANSACTION, "transaction"),
	NAME(M_OP, "op"), NAME(M_BEFORE, "before"), NAME(M_AFTER, "after"),
	NAME(M_TS_MS, "ts_ms"), NAME(M_TS_US, "ts_us"),
	NAME(M_TS_NS, "ts_ns"), NAME(M_DB, "db"), NAME(M_TABLE, "table"),
	NAME(M_VERSION, "version"), NAME(M_CONNECTOR, "connector"),
	NAME(M_NAME, "name"), NAME(M_SNAPSHOT, "snapshot"),
	NAME(M_SEQUENCE, "sequence"), NAME(M_SERVER_ID, "server_id"),
	NAME(M_GTID, "gtid"), NAME(M_FILE, "file"), NAME(M_POS, "pos"),
	NAME(M_ROW, "row"), NAME(M_THREAD, "thread"),
	NAME(M_QUERY, "query"), NAME(M_ID, "id"),
	NAME(M_TOTAL_ORDER, "total_order"),
	NAME(M_DATA_COLLECTION_ORDER, "data_collection_order"),
	NAME(M_BEAT, "beat"), NAME(M_SOURCE_TS_MS, "source_ts_ms"),
	NAME(M_MODES, "modes"), NAME(M_FILTER, "filter"),
	NAME(M_RESTART, "restart"), NAME(M_INCREMENTAL, "incremental"),
	NAME(M_LISTS, "lists"), NAME(M_ORDER, "order"), NAME(M_NOW, "now"),
	NAME(M_DATABASE_NAME, "databaseName"),
	NAME(M_SCHEMA_NAME, "schemaName"), NAME(M_DDL, "ddl"),
	NAME(M_TABLE_CHANGES, "tableChanges"), NAME(M_STATUS, "status"),
	NAME(M_EVENT_COUNT, "event_count"),
	NAME(M_DATA_COLLECTIONS, "data_collections"),
	NAME(M_SERVER_NAME, "serverName"),
};

_Static_assert(MEMBERS <= 64, "a bit for each");

enum { SLOTS = 256 };

static struct {
	bool ready;
	uint8_t slots[SLOTS];   /* member + 1; 0: none */
} hashed;

/* Of these names no two have the same (found by trying factors); more of them
 * may, and then stand in the next free slot. */
static inline unsigned
slot_of(struct span name)
{
	const unsigned char *p = (const unsigned char *)name.p;

	return (54u * p[0] + 29u * p[name.n * 3 / 5] + 45u * p[name.n - 1] +
	    7u * p[name.n / 2] + (unsigned)name.n) % SLOTS;
}

static void
make_table(void)
{
	for (unsigned m = 0; m < MEMBERS; m++) {
		unsigned i = slot_of((struct span){ names[m].name,
			names[m].n });

		while (hashed.slots[i])
			i = (i + 1) % SLOTS;
		hashed.slots[i] = (uint8_t)(m + 1);
	}
	hashed.ready = true;
}

/* By words, which may overlap: a call would cost more. */
static inline bool
same(const char *a, const char *b, size_t n)
{
	uint64_t x[2], y[2];
	uint32_t v[2], w[2];

	if (n >= 8 && n <= 16) {
		memcpy(&x[0], a, 8);
		memcpy(&x[1], a + n - 8, 8);
		memcpy(&y[0], b, 8);
		memcpy(&y[1], b + n - 8, 8);
		return x[0] == y[0] && x[1] == y[1];
	}
	if (n >= 4 && n < 8) {
		memcpy(&v[0], a, 4);
		memcpy(&v[1], a + n - 4, 4);
		memcpy(&w[0], b, 4);
		memcpy(&w[1], b + n - 4, 4);
		return v[0] == w[0] && v[1] == w[1];
	}
	return memcmp(a, b, n) == 0;
}

/* A name without escapes. */
static inline unsigned
find_plain(struct span name)
{
	if (name.n == 0)
		return MEMBERS;
	for (unsigned i = slot_of(name); hashed.slots[i]; i = (i + 1) % SLOTS) {
		unsigned m = hashed.slots[i] - 1u;

		if (names[m].n == name.n &&
		    same(names[m].name, name.p, name.n))
			return m;
	}
	return MEMBERS;
}

static unsigned
find_escaped(struct span name)
{
	struct buf text = { 0 };
	unsigned member = MEMBERS;

	if (json_unescape(&text, name))
		member = find_plain(buf_view(&text));
	buf_free(&text);
	return member;
}

bool
members_read(struct members *m, struct outline_pos *at, struct unique *unique)
{
	size_t start = at->at;
	bool escapes = at->o->escapes;
	struct span name;

	if (!hashed.ready)
		make_table();
	m->seen = 0;
	m->others = 0;
	outline_enter(at);
	while (outline_next(at, &name)) {
		struct span value = outline_value(at);
		unsigned member = escapes &&
		    memchr(name.p, '\\', name.n) ? find_escaped(name) :
		    find_plain(name);

		if (member == MEMBERS) {
			m->others++;
			continue;
		}
		if (m->seen & BIT(member))
			return false;
		m->seen |= BIT(member);
		m->v[member] = value;
	}
	return !unique || m->others < 2 ||
	    unique_names(unique, at->o, start);
}
