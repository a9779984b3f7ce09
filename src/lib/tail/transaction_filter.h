/* SPDX-License-Identifier: MIT
 *
 * Which transactions are printed, by origin: GTID source, server, and
 * @@skip_replication.  The others are passed over: their positions count as
 * done like any other, and definitions are learned from their statements.
 */
#ifndef TAIL_TRANSACTION_FILTER_H
#define TAIL_TRANSACTION_FILTER_H

#include "group/group.h"
#include "record/lists.h"
#include "match/named.h"
#include "match/table_filter.h"

struct transaction_filter {
	/* Of GTID sources: what is in front of a GTID's number, that is
	 * domain-server (MariaDB) or a UUID (MySQL). */
	struct name_list include_gtid, exclude_gtid;
	struct server_ids {
		struct server_id {
			uint32_t id;
			struct named *named;
		} *v;
		size_t n;
	} servers;                      /* none: all */
	bool skip_marked;               /* by @@skip_replication */
};

/* Add server ids of a comma list. */
int transaction_filter_servers(struct server_ids *ids, const char *text,
    struct err *err);

bool transaction_filter_wanted(
    const struct transaction_filter *o, const struct group *g);
/* Tell of them, as options: event/lists.h. */
void transaction_filter_tell(
    const struct transaction_filter *o, struct lists *lists);
/* Are GTID sources or servers chosen? */
bool transaction_filter_chooses(const struct transaction_filter *o);
void transaction_filter_clear(struct transaction_filter *o);

#endif
