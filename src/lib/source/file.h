/* SPDX-License-Identifier: MIT
 *
 * Binlog files as a source: several in order, "-" for standard input, and logs
 * that simply follow one another in one input (zstdcat bin.*.zst).  Files are
 * read without locking or mapping them.
 */
#ifndef SOURCE_FILE_H
#define SOURCE_FILE_H

#include "source/source.h"

struct file_options {
	size_t hold;            /* bytes of a group that stay in memory */
	bool verify;            /* check every event's CRC32 */
	bool follow;            /* wait at the end of the last file for more,
	                         * and go on with the file after it */
};

/* Read `paths` (kept by reference, as opt is), n of them.  The first file is
 * opened by the first next(). */
struct binlog_source *source_files_new(char *const *paths, size_t n,
    const struct file_options *opt);
void source_files_free(struct binlog_source *src);

#endif
