/* SPDX-License-Identifier: MIT
 *
 * The files that a person names, most often by a pattern of the shell: what
 * stands beside logs, and their order.
 */
#ifndef SOURCE_PATHS_H
#define SOURCE_PATHS_H

#include <stddef.h>

#include "base/err.h"

/*
 * Leave out what a server keeps beside its logs (.index, .idx, .state), with a
 * warning, and put logs of one name that come in the shell's order into that
 * of their numbers: …999999 comes in front of …1000000.  ERR_DATA where no log
 * is left.
 */
int paths_settle(char **paths, size_t *n, struct err *err);

#endif
