/* SPDX-License-Identifier: MIT
 *
 * The session of a statement in schema records: "The session of a statement" in
 * cdc-event(5).
 */
#ifndef PRINT_SESSION_RECORD_H
#define PRINT_SESSION_RECORD_H

#include "binlog/query_event.h"

/* What of it is not in the statement itself. */
struct session_print {
	const struct binlog_format *format;     /* of the log */
	uint32_t seconds;       /* since 1970, when it began */
	struct span bytes;      /* the statement as it stands in the log, where
	                         * that is not its text; or p NULL */
};

/* ,"session":{…} */
void session_record_put(struct buf *line, const struct query *query,
    const struct session_print *more);

#endif
