/* SPDX-License-Identifier: MIT
 *
 * Where transactions of the source begin and end in a stream.
 *
 * One ends with its END record, with a record of another, or with a heartbeat;
 * and with the input, unless the program that made it said that it failed.
 * Rows of a copy, which have none, are put into transactions of some rows.
 */
#ifndef FORMAT_TRANSACTION_H
#define FORMAT_TRANSACTION_H

#include "record/record.h"

struct format_transaction {
	bool open;
	struct buf id;          /* as it stands in the record; "": a copy's */
	uint64_t rows;          /* of it, so far */
};

/* Bits of what a record does. */
enum format_edge { EDGE_ENDS = 1, EDGE_BEGINS = 2 };

/* A record of data or a schema record, which may be in another transaction than
 * the one before: that one ended, this one begins. */
unsigned format_transaction_at(struct format_transaction *t,
    const struct record *rec);

/* A heartbeat or transaction record: EDGE_ENDS or 0. */
unsigned format_transaction_control(struct format_transaction *t,
    const struct record *rec);

/* It ends where the caller says so: 0 where none is open. */
unsigned format_transaction_end(struct format_transaction *t);

#endif
