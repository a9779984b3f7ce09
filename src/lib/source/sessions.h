/* SPDX-License-Identifier: MIT
 *
 * The sessions of a server that is read from.
 */
#ifndef SOURCE_SESSIONS_H
#define SOURCE_SESSIONS_H

#include "db/connect.h"
#include "source/source.h"

/* The place where the stream begins is known: what comes of sessions that begin
 * from now on is in it.  Fills server_id, started and sessions; who may not be
 * asked, 0. */
void sessions_look(struct binlog_source *src, struct db *db);

#endif
