/* SPDX-License-Identifier: MIT
 *
 * A small file that is replaced whole: whoever reads it sees the old one or
 * the new one, also after a crash.
 */
#ifndef IO_REPLACE_H
#define IO_REPLACE_H

#include "base/err.h"
#include "base/span.h"

/* Write it beside (PATH.new), sync, rename, sync the folder.  ERR_IO. */
int file_replace(const char *path, struct span text, struct err *err);

/* Be the only one who replaces it, until the process ends: a lock on
 * PATH.lock.  ERR_RETRY where somebody else is. */
int file_lock(const char *path, struct err *err);

#endif
