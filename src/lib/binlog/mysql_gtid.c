/* SPDX-License-Identifier: MIT */
#include "binlog/mysql_gtid.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/uuid.h"

enum { ANONYMOUS = 34, TAGGED = 42, TAG_MAX = 32 };

/* The fields of a tagged one that we need; those after them tell times. */
enum tagged_field { FIELD_FLAGS, FIELD_UUID, FIELD_NUMBER, FIELD_TAG };

static int
cut_short(struct err *err)
{
	return err_set(err, ERR_DATA, "GTID event is cut short or malformed");
}

/* As many bytes as the first one has low 1-bits, and one; the bits above
 * those are the number. */
static uint64_t
take_varint(struct cursor *in)
{
	uint8_t first = take_u8(in);
	unsigned more = (unsigned)__builtin_ctz(~(unsigned)first);
	uint64_t rest = take_le(in, more < 8 ? more : 8);

	if (more >= 7)
		return rest;
	return (uint64_t)first >> (more + 1) | rest << (7 - more);
}

/* version | size | last field that may not be ignored | (id, value) … */
static int
parse_tagged(char *text, struct cursor *in, struct err *err)
{
	uint8_t uuid[UUID_BYTES];
	char name[UUID_TEXT + 1];
	struct span tag = { "", 0 };
	uint64_t number = 0;

	take_varint(in);
	take_varint(in);
	take_varint(in);
	if (take_varint(in) != FIELD_FLAGS)
		return cut_short(err);
	take_varint(in);
	if (take_varint(in) != FIELD_UUID)
		return cut_short(err);
	for (int i = 0; i < UUID_BYTES; i++)
		uuid[i] = (uint8_t)take_varint(in);
	if (take_varint(in) != FIELD_NUMBER)
		return cut_short(err);
	number = take_varint(in) >> 1;          /* signed, never negative */
	if (take_varint(in) == FIELD_TAG)
		tag = take_span(in, take_varint(in));
	if (in->bad || tag.n > TAG_MAX)
		return cut_short(err);
	*uuid_put(name, uuid) = '\0';
	snprintf(text, MYSQL_GTID_TEXT, "%s%s%.*s:%" PRIu64, name,
	    tag.n ? ":" : "", (int)tag.n, tag.p, number);
	return 0;
}

int
mysql_gtid_parse(char text[MYSQL_GTID_TEXT], const struct binlog_event *ev,
    struct err *err)
{
	struct cursor in = cursor_of(ev->body, ev->body_n);
	const uint8_t *uuid;
	uint64_t number;
	char name[UUID_TEXT + 1];

	text[0] = '\0';
	if (ev->type == TAGGED)
		return parse_tagged(text, &in, err);
	take_u8(&in);                           /* flags */
	uuid = take(&in, UUID_BYTES);
	number = take_u64(&in);
	if (in.bad)
		return cut_short(err);
	if (ev->type == ANONYMOUS)
		return 0;
	*uuid_put(name, uuid) = '\0';
	snprintf(text, MYSQL_GTID_TEXT, "%s:%" PRIu64, name, number);
	return 0;
}
