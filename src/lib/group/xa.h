/* SPDX-License-Identifier: MIT
 *
 * Prepared XA transactions.  The log contains their rows at XA PREPARE, when it
 * is still unknown whether they will be committed; an XA COMMIT or XA ROLLBACK,
 * perhaps many logs later, decides that.  Until then their events wait here,
 * some in memory, the others in a temporary file that all share.
 * https://mariadb.com/kb/en/xa-transactions/
 */
#ifndef GROUP_XA_H
#define GROUP_XA_H

#include "base/span.h"
#include "binlog/event.h"
#include "base/spool.h"
#include "position/gtid.h"

struct xa_branch;

/* The undecided branches. */
struct xa_set {
	void *names;            /* a tree */
	struct xa_branch *oldest, *newest;
	size_t n;
	struct gtid_list before;        /* the vector in front of the oldest */
	struct spool events;
};

void xa_open(struct xa_set *set);

/* A new branch; one of the same xid that is still there is forgotten.
 * `before` is the vector in front of it; file and path are copied.  NULL and
 * ERR_DATA if there are more than any server has. */
struct xa_branch *xa_prepare(struct xa_set *set, struct span xid,
    const struct gtid_list *before, const char *file, const char *path,
    struct err *err);

/* The vector advances: by the newest branch's own GTID, and all after. */
void xa_moved(struct xa_set *set, const struct gtid *gtid);

/* Keep an event of it (not compressed); no more of them come. */
int xa_keep(struct xa_set *set, struct xa_branch *branch,
    const struct binlog_event *ev, struct err *err);
int xa_kept(struct xa_set *set, struct xa_branch *branch, struct err *err);

/* NULL if no such branch is undecided. */
struct xa_branch *xa_find(const struct xa_set *set, struct span xid);

/* Its events again, in order: 1, 0 after the last, -1. */
int xa_next(struct xa_set *set, struct xa_branch *branch,
    struct binlog_event *ev, struct err *err);
const char *xa_file(const struct xa_branch *branch);
const char *xa_path(const struct xa_branch *branch);

/* The vector in front of the oldest branch, or NULL. */
const struct gtid_list *xa_restart(const struct xa_set *set);

void xa_forget(struct xa_set *set, struct xa_branch *branch);
void xa_clear(struct xa_set *set);

#endif
