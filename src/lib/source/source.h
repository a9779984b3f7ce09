/* SPDX-License-Identifier: MIT
 *
 * Where events come from.  A file and a server look the same from here: one
 * event after another, and the promise that the events of the current group can
 * be read again when its end is known.
 *
 * Events are borrowed until the next call of the same function.
 */
#ifndef SOURCE_SOURCE_H
#define SOURCE_SOURCE_H

#include "base/err.h"
#include "binlog/event.h"
#include "position/gtid.h"

enum { SOURCE_ANEW = 2 };

struct binlog_source {
	/* The next event: 1; 0 at the end of all input or on a stop request;
	 * SOURCE_ANEW: the stream begins again after `done`, and what
	 * was kept is void; -1. */
	int (*next)(struct binlog_source *src, struct binlog_event *ev,
	    struct err *err);

	/* Keep ev, the event that next() gave last, and all that follow.
	 * -1 if there is no place for it. */
	int (*mark)(struct binlog_source *src, const struct binlog_event *ev,
	    struct err *err);

	/* The kept events again, from the mark: the one at offset pos of the
	 * current log. */
	int (*replay)(struct binlog_source *src, uint64_t pos,
	    struct binlog_event *ev, struct err *err);

	/* Let go of what was kept. */
	void (*release)(struct binlog_source *src);

	/* Called (where set) just before next() may block; of a server, while
	 * it does, every idle_ms (0: as it likes).  0; 1 of a server: it is to
	 * be the end of all input; -1. */
	int (*idle)(void *arg, struct err *err);
	void *idle_arg;
	int64_t idle_ms;

	/* Called (where set) of files with each event that next() is about to
	 * give: 1: it is the end of all input instead; 0; -1. */
	int (*watch)(void *arg, const struct binlog_source *src,
	    const struct binlog_event *ev, struct err *err);
	void *watch_arg;

	const char *file;       /* the log in hand, as its server calls it */
	const char *path;       /* and as the user does: for messages */
	struct binlog_format format;
	bool more;              /* other logs follow this one */
	bool live;              /* it is a server's, and begins after … */
	const struct gtid_list *done;   /* … what its reader gave whole */
	uint32_t server_id;     /* of a server, its own, … */
	uint64_t started;       /* … when it was started, … */
	uint64_t sessions;      /* … and the number of its newest session, when
	                         * the place where the stream begins was known;
	                         * 0: unknown */
};

#endif
