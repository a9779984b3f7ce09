/* SPDX-License-Identifier: MIT
 *
 * The only writer of what `kcat -P -K $'\t' -Z` reads: a line for each message,
 * the key in front of the first tab, and nothing where one is null.
 */
#ifndef FORMAT_KCAT_LINE_H
#define FORMAT_KCAT_LINE_H

#include <stdbool.h>

#include "base/buf.h"

/*
 * Append a message of a key and a value that are JSON; p NULL: null.  A value
 * may have ends of lines between its tokens, which become blanks.  false, and
 * nothing appended: a key with a tab or an end of a line in it, for other bytes
 * are another key.
 */
bool kcat_line_put(struct buf *out, struct span key, struct span value);

#endif
