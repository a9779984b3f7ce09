/* SPDX-License-Identifier: MIT
 *
 * One framed binlog event: header read, checksum verified and removed, body
 * untouched.  https://mariadb.com/kb/en/2-binlog-event-header/
 */
#ifndef BINLOG_EVENT_H
#define BINLOG_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/err.h"
#include "binlog/events.h"

enum {
	EVENT_HEADER = 19,
	EVENT_CHECKSUM = 4,
	LOG_START = 4,          /* bytes of a log before its first event */

	EVENT_FLAG_IN_USE = 0x0001,
	EVENT_FLAG_THREAD_SPECIFIC = 0x0004,
	EVENT_FLAG_ARTIFICIAL = 0x0020,
	EVENT_FLAG_IGNORABLE = 0x0080,
	EVENT_FLAG_SKIP_REPLICATION = 0x8000,
};

struct binlog_event {
	uint32_t timestamp;     /* seconds since 1970 */
	uint8_t type;
	uint32_t server_id;
	uint32_t size;          /* header to checksum, bytes */
	uint16_t flags;
	uint64_t pos;           /* offset of the header in its log, summed
	                         * from sizes: the header's own end_log_pos is
	                         * 0 inside transactions since 11.4 */
	const uint8_t *body;    /* after the header; borrowed */
	size_t body_n;          /* without the checksum */
};

/* What a FORMAT_DESCRIPTION event says about the events after it. */
struct binlog_format {
	char server_version[51];
	bool mariadb;
	bool checksum;          /* events end in a CRC32 */
	bool in_use;            /* the log was not closed */
	bool first;             /* of its server since that was started */
	bool old_times;         /* types 7, 11, 12 have no fraction: a server
	                         * before MariaDB 5.3, or MySQL */
	bool names_1400;        /* names compare as since MariaDB 11.5 */
	uint8_t header_n;       /* bytes of the common header, 19 or more */
	uint8_t npost;
	uint8_t post[255];      /* bytes of the post-header of type i + 1 */
};

/* Do all groups begin with a GTID?  In logs of MySQL, and of MariaDB before
 * 10.0, one begins with its BEGIN, or is one statement. */
static inline bool
format_has_gtids(const struct binlog_format *format)
{
	return format->npost >= EVENT_GTID;
}

/* Is the server of this version or a later one? */
bool format_is_since(const struct binlog_format *format, unsigned major,
    unsigned minor, unsigned patch);

/* Read the 19 bytes of a header into ev (all but pos and body). */
void format_event_header(
    struct binlog_event *ev, const uint8_t header[EVENT_HEADER]);

/* Is the last word of n bytes the CRC32 of those before it? */
bool format_checksum_good(const uint8_t *raw, size_t n);

/* Parse a whole FORMAT_DESCRIPTION event, header to the end of its bytes, and
 * verify its checksum.  sent: a server sent it, which changes its fields for
 * each reader, and sums it again only if the events after it have checksums. */
int format_parse(struct binlog_format *format, const uint8_t *raw, size_t n,
    bool sent, struct err *err);

#endif
