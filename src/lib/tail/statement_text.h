/* SPDX-License-Identifier: MIT
 *
 * The text of a statement as UTF-8.  It is in the character set of its client,
 * and a server's lexer works on bytes: if the character set (swe7) has letters
 * in place of ASCII characters, they are letters only inside quotes.
 */
#ifndef TAIL_STATEMENT_TEXT_H
#define TAIL_STATEMENT_TEXT_H

#include "binlog/query_event.h"

/* Convert it into that buffer, if it is other bytes then.  A byte that its
 * character set does not have is a stray one. */
void statement_text_make_utf8(struct query *query, struct buf *text);

#endif
