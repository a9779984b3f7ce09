/* SPDX-License-Identifier: MIT
 *
 * A key or a salt, which only a file or a descriptor (/dev/fd/3) holds: what
 * stands on a command line or in the environment, others can read.
 */
#ifndef IO_SECRET_H
#define IO_SECRET_H

#include "base/buf.h"
#include "base/err.h"

enum { SECRET_KEY_LEAST = 16 };

/* Read it, without a newline at its end; `option` is named in messages.  It
 * has at least so many bytes.  -1: ERR_USAGE, ERR_IO. */
int secret_read(struct buf *secret, const char *path, const char *option,
    size_t least, struct err *err);

/* Overwrite and free it. */
void secret_clear(struct buf *secret);

#endif
