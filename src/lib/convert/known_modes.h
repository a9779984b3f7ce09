/* SPDX-License-Identifier: MIT
 *
 * How the values of a stream are written, as far as its heartbeats or options
 * say it.
 */
#ifndef CONVERT_KNOWN_MODES_H
#define CONVERT_KNOWN_MODES_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/span.h"

/* The modes of a stream; -1: not known. */
struct known_modes {
	int decimal, time, binary, bigint_unsigned, json;
	int history;            /* 1: rows that are past, too; 0: none */
};

/* What a heartbeat says, the object `modes`; true where it is news. */
bool known_modes_take(struct known_modes *known, struct span modes);

/* Append what is known, as such a member after a comma; or nothing. */
void known_modes_put(const struct known_modes *known, struct buf *out);

#endif
