/* SPDX-License-Identifier: MIT
 *
 * Blocks: a head that tells what changes have in common, the statement that
 * made them, and at the end how many there were.
 */
#ifndef SHOW_BLOCK_H
#define SHOW_BLOCK_H

#include "show/show.h"

/* The block of a record begins, if it is not the one in hand. */
void block_enter(struct showing *s, const struct record *rec);

/* Leave a line free below what was printed, if something was, and that is not
 * the same. */
void block_gap(struct showing *s, enum below below);

/* BEGIN and END, and anything else that ends a block. */
void block_begin(struct showing *s, struct span id);
void block_end(struct showing *s, struct span id, struct span count);
void block_leave(struct showing *s);

/* The statement of a record, unless it was shown. */
void block_statement(struct showing *s, struct span query, size_t most);

/* The same in the line in hand, as far as there is room. */
void block_words(struct showing *s, struct span query);

/* "1-1-7  2025-10-09 08:53:20 UTC", in front of a line of --oneline. */
void block_prefix(struct showing *s, const struct record *rec);

/* A moment, in milliseconds since 1970, in the line in hand. */
void block_moment(struct showing *s, struct span ms, bool named);

#endif
