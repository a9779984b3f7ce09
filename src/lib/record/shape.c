/* SPDX-License-Identifier: MIT */
#include "record/shape.h"

#include "record/record.h"
#include "json/scan.h"

const char *const shape_names[] = { "auto", "envelope", "row", 0 };

/* Members that an object must have, and those that it may have in addition. */
struct form {
	uint64_t must, may;
};

#define POSITION (BIT(M_SOURCE) | BIT(M_TRANSACTION) | BIT(M_OP))

static const struct form line_form = {
	BIT(M_PAYLOAD),
	BIT(M_TOPIC) | BIT(M_KEY) | BIT(M_HEADERS) | POSITION |
	BIT(M_SCHEMA) | BIT(M_PARTITION) | BIT(M_OFFSET) | BIT(M_TIMESTAMP) |
	BIT(M_TSTYPE) | BIT(M_TS) | BIT(M_BROKER) | BIT(M_KEY_ERROR) |
	BIT(M_PAYLOAD_ERROR) | BIT(M_KEY_SCHEMA_ID) | BIT(M_VALUE_SCHEMA_ID),
};
static const struct form connect_form = {
	BIT(M_SCHEMA) | BIT(M_PAYLOAD), 0,
};
static const struct form envelope_form = {
	BIT(M_SOURCE) | BIT(M_OP),
	BIT(M_BEFORE) | BIT(M_AFTER) | BIT(M_TS_MS) | BIT(M_TS_US) |
	BIT(M_TS_NS) | BIT(M_TRANSACTION),
};
static const struct form heartbeat_form = {
	BIT(M_TS_MS) | BIT(M_BEAT) | BIT(M_GTID),
	BIT(M_FILE) | BIT(M_POS) | BIT(M_SOURCE_TS_MS) | BIT(M_MODES) |
	BIT(M_FILTER) | BIT(M_RESTART) | BIT(M_SNAPSHOT) | BIT(M_INCREMENTAL) |
	BIT(M_TEMPORARY) | BIT(M_LISTS) | BIT(M_ORDER) | BIT(M_NOW),
};
static const uint64_t whole_heartbeat = BIT(M_TS_MS) | BIT(M_BEAT) |
    BIT(M_GTID) | BIT(M_FILE) | BIT(M_POS) | BIT(M_SOURCE_TS_MS) |
    BIT(M_MODES) | BIT(M_FILTER);
/* Debezium's. */
static const struct form plain_heartbeat_form = { BIT(M_TS_MS), 0 };
/* How a program ended whose stream is not whole. */
static const struct form end_form = { BIT(M_TS_MS) | BIT(M_END), 0 };
static const struct form schema_form = {
	BIT(M_SOURCE) | BIT(M_DATABASE_NAME) | BIT(M_DDL) |
	BIT(M_TABLE_CHANGES),
	BIT(M_SCHEMA_NAME) | BIT(M_TS_MS) | BIT(M_SESSION),
};
static const struct form transaction_form = {
	BIT(M_STATUS) | BIT(M_ID) | BIT(M_EVENT_COUNT) |
	BIT(M_DATA_COLLECTIONS) | BIT(M_TS_MS), 0,
};

static bool
has_form(const struct members *m, const struct form *form)
{
	return m->others == 0 && (m->seen & form->must) == form->must &&
	    (m->seen & ~(form->must | form->may)) == 0;
}

/* Is a member, where there is one, an object or null? */
static bool
is_object_or_null(const struct members *m, enum member_id member)
{
	char c = member_kind(m, member);

	return !c || c == '{' || c == 'n';
}

static bool
is_number(const struct members *m, enum member_id member)
{
	char c = member_kind(m, member);

	return c == '-' || (c >= '0' && c <= '9');
}

/* The one character of an op, 0 if it is another text. */
static char
letter_of(struct span op)
{
	struct buf text = { 0 };
	struct span inside = json_inside(op);
	char c = '\0';

	if (inside.p && inside.n == 1) {
		c = *inside.p;
	} else if (inside.n && inside.p[0] == '\\') {
		if (json_unescape(&text, inside) && text.n == 1)
			c = text.p[0];
		buf_free(&text);
	}
	return c;
}

char
shape_letter(struct span op)
{
	static const bool is[256] = {
		['c'] = true, ['u'] = true, ['d'] = true, ['r'] = true,
		['t'] = true,
	};
	char c = letter_of(op);

	return is[(unsigned char)c] ? c : '\0';
}

char
shape_line_letter(struct span op)
{
	return letter_of(op) == SHAPE_MESSAGE ? SHAPE_MESSAGE :
	    shape_letter(op);
}

bool
shape_op_fits(char letter, bool row)
{
	return row ? letter != 't' : letter == 'd';
}

bool
shape_has_payload(const struct members *line)
{
	return has_form(line, &line_form);
}

bool
shape_is_connect(const struct members *m)
{
	return has_form(m, &connect_form) &&
	    is_object_or_null(m, M_SCHEMA) &&
	    is_object_or_null(m, M_PAYLOAD);
}

const char *
shape_line_fault(const struct members *line, bool *marked)
{
	bool source = line->seen & BIT(M_SOURCE), op = line->seen & BIT(M_OP);
	char headers = member_kind(line, M_HEADERS);

	*marked = source;
	if ((line->seen & BIT(M_TOPIC)) && member_kind(line, M_TOPIC) != '"')
		return "its topic is not a string";
	if (headers && headers != '{' && headers != '[' && headers != 'n')
		return "its headers are not an object";
	if (source != op || ((line->seen & BIT(M_TRANSACTION)) && !source))
		return "source and op stand beside a payload together";
	if (!source)
		return NULL;
	if (member_kind(line, M_SOURCE) != '{')
		return "its source is not an object";
	if (!shape_line_letter(line->v[M_OP]))
		return "its op is not an operation";
	return is_object_or_null(line, M_TRANSACTION) ? NULL :
	    "its transaction is not an object";
}

bool
shape_names_table(const struct members *source)
{
	return source && member_kind(source, M_DB) == '"' &&
	    member_kind(source, M_TABLE) == '"';
}

static bool
is_envelope(const struct members *m, const struct members *source)
{
	return has_form(m, &envelope_form) &&
	    (m->seen & (BIT(M_BEFORE) | BIT(M_AFTER))) &&
	    is_object_or_null(m, M_BEFORE) && is_object_or_null(m, M_AFTER) &&
	    is_object_or_null(m, M_TRANSACTION) &&
	    shape_names_table(source) && shape_letter(m->v[M_OP]);
}

static bool
is_end(const struct members *m)
{
	return has_form(m, &end_form) && member_kind(m, M_END) == '{';
}

/* Is that the form of one?  It may still be that of a row. */
static bool
is_heartbeat(const struct members *m)
{
	struct span beat = member_value(m, M_BEAT);

	if (!is_number(m, M_TS_MS))
		return false;
	return has_form(m, &plain_heartbeat_form) || is_end(m) ||
	    (has_form(m, &heartbeat_form) && member_kind(m, M_GTID) == '"' &&
	    (json_is_text(beat, "first") || json_is_text(beat, "next") ||
	    json_is_text(beat, "last")));
}

static bool
is_schema(const struct members *m)
{
	return has_form(m, &schema_form) && member_kind(m, M_SOURCE) == '{' &&
	    member_kind(m, M_TABLE_CHANGES) == '[' &&
	    is_object_or_null(m, M_SESSION);
}

static bool
is_transaction(const struct members *m)
{
	struct span status = member_value(m, M_STATUS);

	return has_form(m, &transaction_form) &&
	    (json_is_text(status, "BEGIN") || json_is_text(status, "END")) &&
	    member_kind(m, M_ID) == '"';
}

/* 1-2-3, UUID:7, UUID:tag:7, file=LOG,pos=4 */
static bool
names_transaction(struct span id)
{
	struct buf scratch = { 0 };
	struct span text = json_string_text(json_inside(id), &scratch);
	size_t dashes = 0, others = 0;
	bool named;

	for (size_t i = 0; i < text.n; i++) {
		dashes += text.p[i] == '-';
		others += text.p[i] != '-' &&
		    (text.p[i] < '0' || text.p[i] > '9');
	}
	named = (dashes == 2 && others == 0) ||
	    (text.n && memchr(text.p, ':', text.n)) ||
	    (text.n > 5 && memcmp(text.p, "file=", 5) == 0);
	buf_free(&scratch);
	return named;
}

/* A BEGIN has counted nothing yet. */
static bool
is_whole_transaction(const struct members *m)
{
	char events = member_kind(m, M_EVENT_COUNT);
	char tables = member_kind(m, M_DATA_COLLECTIONS);

	if (!is_number(m, M_TS_MS) || !names_transaction(m->v[M_ID]))
		return false;
	return json_is_text(m->v[M_STATUS], "BEGIN") ?
	    events == 'n' && tables == 'n' :
	    is_number(m, M_EVENT_COUNT) && (tables == '[' || tables == 'n');
}

/* Control records have keys that rows like them have not; what has neither key
 * nor topic is no row that could be placed. */
static bool
key_fits(struct span key, const char *name, struct span value)
{
	struct span part = object_member(key, name);

	return !key.p || (part.n && part.p[0] == '"' &&
	    (!value.p || json_same(part, value)));
}

/* A control record; VALUE_ROW: none; VALUE_EITHER. */
static enum value_kind
control_kind(const struct members *m, struct span key, bool wide)
{
	struct span none = { NULL, 0 };
	bool fits;

	if ((m->seen & BIT(M_TS_MS)) && is_heartbeat(m)) {
		fits = key_fits(key, "serverName", none) && (key.p ||
		    (m->seen & whole_heartbeat) == whole_heartbeat);
		if (wide || fits)
			return VALUE_HEARTBEAT;
		return m->seen == BIT(M_TS_MS) || is_end(m) ? VALUE_ROW :
		    VALUE_EITHER;
	}
	if (is_schema(m)) {
		fits = span_is(key, "null") ||
		    key_fits(key, "databaseName", none);
		return wide || fits ? VALUE_SCHEMA : VALUE_EITHER;
	}
	if (!is_transaction(m))
		return VALUE_ROW;
	fits = is_whole_transaction(m) && key_fits(key, "id", m->v[M_ID]);
	return wide || fits ? VALUE_TRANSACTION : VALUE_EITHER;
}

/* Something of an envelope, and not one: images, or a source, of another make;
 * or too little to tell. */
static bool
is_either(const struct members *m, const struct members *source)
{
	uint64_t all = envelope_form.must | envelope_form.may;
	char before = member_kind(m, M_BEFORE), after = member_kind(m, M_AFTER);

	if (before == '{' || after == '{')
		return true;
	if (source && ((m->seen & BIT(M_OP)) || shape_names_table(source)))
		return true;
	return m->others == 0 && !(m->seen & ~all) && (before == 'n' ||
	    after == 'n' || ((m->seen & BIT(M_OP)) &&
	    shape_letter(m->v[M_OP])));
}

enum value_kind
shape_of_value(const struct members *m, const struct members *source,
    struct span key, enum record_shape asked)
{
	bool wide = asked == SHAPE_ENVELOPE;
	enum value_kind kind;

	if (asked == SHAPE_ROW)
		return VALUE_ROW;
	if (is_envelope(m, source) || (wide && source &&
	    (m->seen & BIT(M_OP)) && shape_letter(m->v[M_OP])))
		return VALUE_ENVELOPE;
	kind = control_kind(m, key, wide);
	if (kind != VALUE_ROW)
		return kind;
	if (wide)
		return VALUE_NEITHER;
	return is_either(m, source) ? VALUE_EITHER : VALUE_ROW;
}
