/* SPDX-License-Identifier: MIT
 *
 * A small file that is replaced as a whole: a reader sees the old one or the
 * new one, even after a crash.
 *
 * A symbolic link is followed, and the file it points to is replaced; anything
 * but a regular file is refused (ERR_CONFIG).  The file keeps its mode and, if
 * that is permitted, its owner.
 */
#ifndef IO_FILES_H
#define IO_FILES_H

#include "base/err.h"
#include "base/span.h"

/* Write it beside, under a name that no one else can have made; sync, rename,
 * sync the folder.  ERR_IO, and then nothing is left beside. */
int file_replace(const char *path, struct span text, struct err *err);

/* A descriptor that appends to it, made where it is not there; -1. */
int file_append(const char *path, struct err *err);

/* Be the only one who replaces it, until the process ends: a lock on
 * PATH.lock, which no rename takes away.  ERR_RETRY if somebody else is. */
int file_lock(const char *path, struct err *err);

#endif
