/* SPDX-License-Identifier: MIT
 *
 * Versions of documents: a number that grows with each change of a row, so that
 * what is repeated, or overtaken, cannot bring back an older row.
 *
 *     bits 62 … 23   the sequence number of the transaction's GTID
 *     bits 22 …  0   the number of the record in its transaction
 *
 * Sequence numbers grow within a domain, from server to server (if
 * gtid_strict_mode is on), where files and offsets begin again.  Two records of
 * one row in one transaction have different numbers in it; those behind the
 * last that fits share it.  A row of a copy is the row after all transactions
 * up to the position, and has the last number of that one; one of an
 * incremental copy is in the transaction of its second watermark.
 */
#ifndef FORMAT_ES_VERSION_H
#define FORMAT_ES_VERSION_H

#include "format/format_change.h"
#include "position/gtid.h"

enum { ES_ORDER_BITS = 23, ES_SEQUENCE_BITS = 40 };

/* The GTID that was read last; zero at first. */
struct es_clock {
	struct buf text;        /* as it stands in the record */
	struct gtid gtid;
};

/* The domain that a table's changes are in; zero at first. */
struct es_domain {
	bool known;
	uint32_t domain;
};

/* The version of a change.  ERR_DATA: it has no GTID, or one of another domain
 * than the table had before. */
int es_version_of(struct es_clock *clock, struct es_domain *domain,
    const struct format_change *c, uint64_t *version, struct err *err);

#endif
