/* SPDX-License-Identifier: MIT */
#include "record/members.h"

#include "record/unique.h"
#include "json/blocks.h"
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
	NAME(M_TEMPORARY, "temporary"),
	NAME(M_LISTS, "lists"), NAME(M_ORDER, "order"), NAME(M_NOW, "now"),
	NAME(M_DATABASE_NAME, "databaseName"),
	NAME(M_SCHEMA_NAME, "schemaName"), NAME(M_DDL, "ddl"),
	NAME(M_TABLE_CHANGES, "tableChanges"),
	NAME(M_SESSION, "session"), NAME(M_STATUS, "status"),
	NAME(M_EVENT_COUNT, "event_count"),
	NAME(M_DATA_COLLECTIONS, "data_collections"),
	NAME(M_SERVER_NAME, "serverName"), NAME(M_END, "end"),
};

_Static_assert(MEMBERS < 64, "a bit for each");

enum { SLOTS = 256 };

static struct {
	bool ready;
	uint8_t slots[SLOTS];   /* member + 1; 0: none */
} hashed;

/* A name with the two signs after it, name":, as words of eight bytes: the
 * first, under a mask where it is not whole, the second, and the last. */
struct sign {
	uint64_t head, mask, middle, tail;
	size_t n;               /* bytes; at most 24 */
};

static struct sign signs[MEMBERS + 1];  /* the last is no name's */

/* Of these names no two have the same (found by trying factors); more of them
 * may, and then stand in the next free slot. */
static inline unsigned
slot_of(struct span name)
{
	const unsigned char *p = (const unsigned char *)name.p;

	return (54u * p[0] + 29u * p[name.n * 3 / 5] + 45u * p[name.n - 1] +
	    7u * p[name.n / 2] + (unsigned)name.n) % SLOTS;
}

static inline uint64_t
word_at(const char *p)
{
	uint64_t w;

	memcpy(&w, p, sizeof(w));
	return w;
}

static void
make_sign(struct sign *sign, const struct known *name)
{
	char text[24] = "", mask[8] = "";
	size_t n = name->n + 2;

	memcpy(text, name->name, name->n);
	memcpy(text + name->n, "\":", 2);
	memset(mask, 0xFF, n < 8 ? n : 8);
	*sign = (struct sign){ word_at(text), word_at(mask),
		word_at(text + 8), n > 8 ? word_at(text + n - 8) : 0, n };
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
	for (unsigned m = 0; m < MEMBERS; m++)
		make_sign(&signs[m], &names[m]);
	signs[MEMBERS] = (struct sign){ .head = 1, .mask = ~0ull };
	hashed.ready = true;
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
		    json_same_bytes(names[m].name, name.p, name.n))
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

unsigned
member_named(struct span name)
{
	if (!hashed.ready)
		make_table();
	return find_plain(name);
}

enum { SIGN_READS = 24 };       /* bytes */

/* Is that the name which begins there? */
static inline bool
is_sign(const struct sign *sign, const char *p)
{
	size_t n = sign->n;

	if ((word_at(p) ^ sign->head) & sign->mask)
		return false;
	return n <= 8 || (word_at(p + n - 8) == sign->tail && (n <= 16 ||
	    word_at(p + 8) == sign->middle));
}

/* The marks of an outline, one by one. */
struct marks {
	const struct outline_block *b;
	uint64_t left;          /* of the block's */
	size_t base;            /* of the block */
};

static inline struct marks
marks_at(const struct outline *o, size_t at)
{
	const struct outline_block *b = &o->blocks[at / 64];

	return (struct marks){ b, (b->names | b->brackets) &
	    ~0ull << at % 64, at - at % 64 };
}

static inline size_t
next_mark(struct marks *m)
{
	size_t at;

	while (!m->left) {
		m->b++;
		m->base += 64;
		m->left = m->b->names | m->b->brackets;
	}
	at = m->base + (size_t)__builtin_ctzll(m->left);
	m->left &= m->left - 1;
	return at;
}

/* Over what opened at the last mark; after its closing bracket. */
static inline size_t
close_nest(struct marks *m, const char *text)
{
	uint64_t left = m->left & m->b->brackets;

	for (int depth = 1;;) {
		size_t at;

		while (!left) {
			m->b++;
			m->base += 64;
			left = m->b->brackets;
		}
		at = m->base + (size_t)__builtin_ctzll(left);
		/* '{' and '[' have bit 2 clear, '}' and ']' set */
		depth += text[at] & 4 ? -1 : 1;
		if (depth == 0) {
			m->left = (m->b->names | m->b->brackets) &
			    ~1ull << at % 64;
			return at + 1;
		}
		left &= left - 1;
	}
}

/* A name that does not stand as it did before; *value: where its value is. */
static unsigned
read_name(const struct outline *o, size_t mark, size_t *value)
{
	struct outline_pos at = { o, mark };
	struct span name;
	unsigned member;

	outline_next(&at, &name);
	member = o->escapes && name.n && memchr(name.p, '\\', name.n) ?
	    find_escaped(name) : find_plain(name);
	*value = at.at;
	return member;
}

/* The members; false if one that is known is there twice. */
static inline __attribute__((always_inline)) bool
read_members(struct members *m, struct outline_pos *at, bool compact)
{
	const struct outline *o = at->o;
	const char *text = o->text.p;
	size_t safe = o->text.n < SIGN_READS ? 0 : o->text.n - SIGN_READS;
	struct marks marks = marks_at(o, at->at + 1);
	size_t mark = next_mark(&marks);
	uint64_t seen = 0, twice = 0;

	m->others = 0;
	for (unsigned i = 0; text[mark] == '"'; i = (i + 1) % ORDER) {
		unsigned member = m->order[i];
		size_t value, end;

		value = mark + 1 + signs[member].n;
		if (mark >= safe || !is_sign(&signs[member], text + mark + 1) ||
		    (!compact && json_is_blank(text[value]))) {
			member = read_name(o, mark, &value);
			m->order[i] = (uint8_t)member;
		}
		mark = next_mark(&marks);
		end = mark;
		if (mark == value) {    /* a bracket */
			end = close_nest(&marks, text);
			mark = next_mark(&marks);
		} else {
			end = outline_value_end(text, mark, compact);
		}
		if (member == MEMBERS) {
			m->others++;
			continue;
		}
		twice |= seen & BIT(member);
		seen |= BIT(member);
		m->v[member] = (struct span){ text + value, end - value };
	}
	at->at = mark + 1;
	m->seen = seen;
	return !twice;
}

bool
members_read(struct members *m, struct outline_pos *at, struct unique *unique)
{
	const struct outline *o = at->o;
	size_t start = at->at;

	if (!hashed.ready)
		make_table();
	if (!(o->compact ? read_members(m, at, true) :
	    read_members(m, at, false)))
		return false;
	return !unique || m->others < 2 || unique_names(unique, o, start);
}
