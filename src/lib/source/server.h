/* SPDX-License-Identifier: MIT
 *
 * A server's binlog as a source: COM_BINLOG_DUMP, with the packets read by
 * Connector/C and the bytes by this file.  A lost connection is made again, to
 * any of the hosts, and the stream continues after the last complete group.
 * https://mariadb.com/kb/en/replication-protocol/, sql/sql_repl.cc
 */
#ifndef SOURCE_SERVER_H
#define SOURCE_SERVER_H

#include "base/retry.h"
#include "source/source.h"
#include "db/connect.h"

struct server_options {
	uint32_t server_id;     /* 0: a random one, which no replica has */
	int64_t heartbeat_ms;   /* of the server, while it has nothing else:
	                         * at most so long apart, and 10 s; 0: 10 s */
	struct retry retry;     /* to go on, one after the other: those after
	                         * which nothing came whole */
	size_t hold;            /* bytes of a group that stay in memory */
	bool verify;            /* check every event's CRC32 */
	bool by_place;          /* numbers of a domain need not grow: ask by log
	                         * and offset where the server confirms that
	                         * they are what src->done says, else by GTID */
	const char *file;       /* the place to begin with; NULL: it is not */
	uint64_t pos;           /* known */
};

/*
 * db is connected already; it and opt are kept by reference.  The stream
 * begins after src->done, which the reader of groups moves.
 */
struct binlog_source *source_server_new(struct db *db,
    const struct server_options *opt);
void source_server_free(struct binlog_source *src);

/* Seconds of silence after which a server is gone. */
int source_server_timeout(const struct server_options *opt);

#endif
