/* SPDX-License-Identifier: MIT
 *
 * Binlog files as a source: several in order, "-" for standard input, and
 * logs that simply follow one another in one input (zstdcat bin.*.zst).
 * Files are read as they are; nothing is locked, mapped or followed.
 */
#ifndef BINLOG_FILE_H
#define BINLOG_FILE_H

#include "binlog/source.h"

struct binlog_files;

/*
 * Read `paths` (kept by reference), n of them.  hold: bytes of a group that
 * stay in memory.  verify: check every event's CRC32.  The first file is
 * opened by the first next().
 */
struct binlog_source *binlog_files_new(char *const *paths, size_t n,
    size_t hold, bool verify);
void binlog_files_free(struct binlog_source *src);

#endif
