/* SPDX-License-Identifier: MIT
 *
 * --write-state: the position that a run reached, for the next one, if no sink
 * keeps it: cdc-state(5).
 */
#ifndef TAIL_WRITE_STATE_H
#define TAIL_WRITE_STATE_H

#include "tail/printer.h"

/* All that was printed has left for good: flush it, sync it where it is a
 * file, and replace path whole. */
int tail_state_write(const char *path, struct printer *p,
    struct err *err);

/* Can a state say where a group is?  ERR_USAGE if it has no GTID of
 * MariaDB's. */
int tail_state_check(const struct group *g, struct err *err);

#endif
