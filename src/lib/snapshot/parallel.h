/* SPDX-License-Identifier: MIT
 *
 * Several readers of one snapshot, each a process with a connection of its own
 * that writes lines into a pipe; the lines of all of them leave, whole, in one
 * stream.
 */
#ifndef SNAPSHOT_PARALLEL_H
#define SNAPSHOT_PARALLEL_H

#include "position/gtid.h"

/* What a reader does, with out.h as its own: 0, -1.  until: up to which events
 * may be in its rows already, if it had to open a new snapshot. */
typedef int reader_fn(void *arg, size_t reader, struct gtid_list *until,
    struct err *err);

/* Called for each line that leaves. */
typedef void line_fn(void *arg);

/* Run n readers to their end; of their untils the latest in each domain. */
int parallel_run(size_t n, reader_fn *reader, line_fn *line, void *arg,
    struct gtid_list *until, struct err *err);

#endif
