/* SPDX-License-Identifier: MIT
 *
 * Lines of a file that the user named, each read as a whole.
 */
#ifndef IO_TEXTFILE_H
#define IO_TEXTFILE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"

/* Make *line the next one, without its newline.  1; 0 at the end; -1: ERR_IO,
 * or ERR_DATA for one that is longer than LINE_LIMIT, of which no more is kept
 * in memory.  *cut: it had no newline. */
int textfile_line(FILE *f, struct buf *line, bool *cut, struct err *err);

#endif
