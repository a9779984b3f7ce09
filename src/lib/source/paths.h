/* SPDX-License-Identifier: MIT
 *
 * The files that the user names, usually with a shell pattern: what else lies
 * beside logs, and the order of the logs.
 */
#ifndef SOURCE_PATHS_H
#define SOURCE_PATHS_H

#include <stddef.h>

#include "base/err.h"

/*
 * Leave out what a server keeps beside its logs (.index, .idx, .state), with a
 * warning, and put logs of one name that come in the shell's order into that
 * of their numbers: …999999 comes in front of …1000000.  ERR_DATA if no log
 * is left.
 */
int paths_settle(char **paths, size_t *n, struct err *err);

#endif
