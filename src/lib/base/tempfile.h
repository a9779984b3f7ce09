/* SPDX-License-Identifier: MIT
 *
 * A file without a name, in $TMPDIR or /tmp: gone when it is closed.  And
 * bytes at a place of a file, whatever signals come.
 */
#ifndef BASE_TEMPFILE_H
#define BASE_TEMPFILE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"

/* The descriptor, or -1 and ERR_OS. */
int tempfile_open(struct err *err);

/* All n bytes, from a place on: 0; -1 and errno. */
int tempfile_write_at(int fd, const void *p, size_t n, uint64_t at);

/* At least so many bytes from a place on, and at most so many: how many were
 * read, less than least where the file ends; -1 and errno. */
ssize_t tempfile_read_at(
    int fd, void *to, size_t least, size_t most, uint64_t at);

#endif
