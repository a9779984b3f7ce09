/* SPDX-License-Identifier: MIT
 *
 * What was left of the source's changes, as the position keeps it: an array of
 * {"action":"drop.column","db":"t","table":"a","column":"w","text":"…"}.
 */
#ifndef TARGET_LEFT_TEXT_H
#define TARGET_LEFT_TEXT_H

#include "base/buf.h"
#include "target/left.h"

/* Append it; nothing where nothing was left. */
void left_text_print(const struct left *left, struct buf *out);

/* Take it for what was left; ERR_DATA where it is not that. */
int left_text_read(struct left *left, struct span text, struct err *err);

#endif
