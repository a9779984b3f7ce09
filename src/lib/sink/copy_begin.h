/* SPDX-License-Identifier: MIT
 *
 * The beginning of a copy, where a sink has a position: does it continue what
 * is there, begin again in its place, or is it another one?
 */
#ifndef SINK_COPY_BEGIN_H
#define SINK_COPY_BEGIN_H

#include "state/state.h"

enum copy_begin {
	COPY_CONTINUES,         /* or it is the first */
	COPY_ANEW,              /* its tables must be emptied */
	COPY_LACKS_ROWS,        /* it continues a later state: ERR_CONFIG */
	COPY_IS_ANOTHER,        /* … or there is one already: ERR_CONFIG */
};

/* What is the copy whose first heartbeat has this member `snapshot`, for a sink
 * with this state?  show is the command that writes the state into a file, for
 * hints; NULL: that of cdc-apply. */
enum copy_begin copy_begin_judge(const struct state *state, const char *show,
    struct span copy, struct err *err);

#endif
