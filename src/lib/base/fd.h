/* SPDX-License-Identifier: MIT
 *
 * Whole reads and writes of descriptors, whatever signals come.
 */
#ifndef BASE_FD_H
#define BASE_FD_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/span.h"

/* read(2), but for EINTR: what is there, at most n bytes; 0 at the end; -1 and
 * errno. */
ssize_t fd_read(int fd, void *to, size_t n);

/* Write all bytes.  How many were written; fewer, and errno says why. */
size_t fd_write(int fd, struct span bytes);

/* The same from a place of the file on: 0; -1 and errno. */
int fd_write_at(int fd, struct span bytes, uint64_t at);

/* At least so many bytes from a place on, and at most so many: how many were
 * read; less than least and errno, which is EIO where the file ends; or -1. */
ssize_t fd_read_at(int fd, void *to, size_t least, size_t most, uint64_t at);

/* fsync(2), but for EINTR. */
int fd_sync(int fd);

struct pollfd;

/* poll(2), but for EINTR, until this time of clock_steady_ms(); 0: for ever. */
int fd_poll(struct pollfd *fds, size_t n, int64_t until);

/* waitpid(2), but for EINTR. */
int fd_waitpid(pid_t pid, int *status);

#endif
