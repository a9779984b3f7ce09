/* SPDX-License-Identifier: MIT
 *
 * FORMAT_DESCRIPTION:
 *   version u16 | server version, 50 bytes | created u32 | header length u8 |
 *   post-header length u8 of each type | checksum algorithm u8 | CRC32
 * The last two exist since MariaDB 5.3 and MySQL 5.6.1; the CRC32 is there
 * even where the algorithm is "none", and counts the IN_USE flag as clear.
 */
#include "binlog/event.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libdeflate.h>

#include "base/alloc.h"

enum {
	VERSION_4 = 4,
	SERVER_VERSION = 50,
	FIXED = 2 + SERVER_VERSION + 4 + 1,
	FLAGS_AT = 17,
	CHECKSUM_NONE = 0,
	CHECKSUM_CRC32 = 1,
	CHECKSUM_UNDEF = 255,
};

void
format_event_header(struct binlog_event *ev, const uint8_t header[EVENT_HEADER])
{
	ev->timestamp = (uint32_t)load_le(header, 4);
	ev->type = header[4];
	ev->server_id = (uint32_t)load_le(header + 5, 4);
	ev->size = (uint32_t)load_le(header + 9, 4);
	ev->flags = (uint16_t)load_le(header + 17, 2);
}

bool
format_checksum_good(const uint8_t *raw, size_t n)
{
	return n >= EVENT_CHECKSUM &&
	    libdeflate_crc32(0, raw, n - EVENT_CHECKSUM) ==
	    load_le(raw + n - EVENT_CHECKSUM, EVENT_CHECKSUM);
}

bool
format_is_since(const struct binlog_format *format, unsigned major,
    unsigned minor, unsigned patch)
{
	unsigned v[3] = { 0, 0, 0 };

	sscanf(format->server_version, "%u.%u.%u", &v[0], &v[1], &v[2]);
	return v[0] != major ? v[0] > major : v[1] != minor ? v[1] > minor :
	    v[2] >= patch;
}

/* Does it end the event with algorithm and CRC32? */
static bool
has_tail(const struct binlog_format *format)
{
	return format->mariadb ? format_is_since(format, 5, 3, 0) :
	    format_is_since(format, 5, 6, 1);
}

static bool
tail_good(const uint8_t *raw, size_t n)
{
	uint8_t *copy = (uint8_t *)xmemdup(raw, n);
	bool good;

	copy[FLAGS_AT] &= (uint8_t)~EVENT_FLAG_IN_USE;
	good = format_checksum_good(copy, n);
	free(copy);
	return good;
}

static int
read_tail(struct binlog_format *format, struct cursor *in, size_t lengths,
    struct err *err)
{
	uint8_t algorithm;

	for (size_t i = 0; i < lengths; i++) {
		uint8_t n = take_u8(in);

		if (i < sizeof(format->post))
			format->post[i] = n;
	}
	format->npost = (uint8_t)(lengths < 255 ? lengths : 255);
	if (!has_tail(format))
		return 0;
	algorithm = take_u8(in);
	format->checksum = algorithm == CHECKSUM_CRC32;
	if (!format->checksum && algorithm != CHECKSUM_NONE &&
	    algorithm != CHECKSUM_UNDEF)
		return err_set(err, ERR_DATA, "unknown checksum algorithm %u",
		    algorithm);
	return 0;
}

int
format_parse(struct binlog_format *format, const uint8_t *raw, size_t n,
    bool sent, struct err *err)
{
	struct cursor in = cursor_of(raw, n);
	struct binlog_event ev;
	const uint8_t *version;
	unsigned binlog_version;
	size_t tail;

	*format = (struct binlog_format){ 0 };
	if (n < EVENT_HEADER + FIXED)
		return err_set(err, ERR_DATA,
		    "FORMAT_DESCRIPTION event of only %zu bytes", n);
	format_event_header(&ev, take(&in, EVENT_HEADER));
	binlog_version = take_u16(&in);
	version = take(&in, SERVER_VERSION);
	memcpy(format->server_version, version, SERVER_VERSION);
	format->mariadb = strcasestr(format->server_version, "maria") != NULL;
	format->old_times = !format->mariadb || !has_tail(format);
	format->names_1400 = format->mariadb &&
	    format_is_since(format, 11, 5, 0);
	format->in_use = ev.flags & EVENT_FLAG_IN_USE;
	format->first = take_u32(&in) != 0;     /* created */
	format->header_n = take_u8(&in);
	if (binlog_version != VERSION_4 || format->header_n < EVENT_HEADER)
		return err_set(err, ERR_DATA,
		    "binlog version %u with headers of %u bytes: only "
		    "version 4 (MySQL 5.0 and later) is read",
		    binlog_version, format->header_n);
	tail = has_tail(format) ? 1 + EVENT_CHECKSUM : 0;
	if (cursor_left(&in) < tail)
		return err_set(err, ERR_DATA,
		    "FORMAT_DESCRIPTION event is cut short");
	if (read_tail(format, &in, cursor_left(&in) - tail, err) < 0)
		return -1;
	if (tail && !(sent && !format->checksum) && !tail_good(raw, n))
		return err_set(err, ERR_DATA,
		    "FORMAT_DESCRIPTION event has a wrong checksum");
	return 0;
}
