/* SPDX-License-Identifier: MIT
 *
 * What is no change of a row, in words: heartbeats, schema records, the ends of
 * streams, tombstones.
 */
#ifndef SHOW_WORDS_H
#define SHOW_WORDS_H

#include "show/show.h"

void words_heartbeat(struct showing *s, const struct record *rec);
void words_schema(struct showing *s, const struct record *rec);
void words_message(struct showing *s, const struct record *rec);
void words_unknown(struct showing *s, const struct record *rec);

/* NULL: that of the change above. */
void words_tombstone(struct showing *s, const struct record *rec);

#endif
