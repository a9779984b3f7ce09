/* SPDX-License-Identifier: MIT
 *
 * Of the vectors in front of branches only the oldest one is whole; each
 * branch has what changed until the next.
 */
#include "group/xa.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "binlog/limits.h"

enum { IN_MEMORY = 4 << 20 };

struct xa_branch {
	struct span xid;        /* owned; the first: span_order() */
	char *file, *path;
	struct gtid_list since; /* what came until the next branch */
	struct spooled events;  /* each as its struct, then its body */
	uint64_t at;            /* of xa_next() */
	struct xa_branch *older, *newer;
};

void
xa_open(struct xa_set *set)
{
	*set = (struct xa_set){ 0 };
	spool_open(&set->events, IN_MEMORY);
}

static void
append(struct xa_set *set, struct xa_branch *branch)
{
	branch->older = set->newest;
	*(set->newest ? &set->newest->newer : &set->oldest) = branch;
	set->newest = branch;
	set->n++;
	if (!tsearch(branch, &set->names, span_order))
		log_die(ERR_OS, "out of memory for a prepared transaction");
}

struct xa_branch *
xa_prepare(struct xa_set *set, struct span xid,
    const struct gtid_list *before, const char *file, const char *path,
    struct err *err)
{
	struct xa_branch *branch = xa_find(set, xid);

	if (branch)
		xa_forget(set, branch);
	if (set->n == LIMIT_PREPARED) {
		err_set(err, ERR_DATA, "more than %d XA transactions are "
		    "prepared and undecided", LIMIT_PREPARED);
		return NULL;
	}
	if (!set->n)
		gtid_list_copy(&set->before, before);
	branch = xcalloc(1, sizeof(*branch));
	branch->xid = (struct span){ xmemdup(xid.p, xid.n), xid.n };
	branch->file = xstrdup(file);
	branch->path = xstrdup(path);
	append(set, branch);
	return branch;
}

void
xa_moved(struct xa_set *set, const struct gtid *gtid)
{
	if (set->newest)
		gtid_list_set(&set->newest->since, gtid);
}

int
xa_keep(struct xa_set *set, struct xa_branch *branch,
    const struct binlog_event *ev, struct err *err)
{
	if (spool_add(&set->events, &branch->events, ev, sizeof(*ev), err) < 0)
		return -1;
	return spool_add(&set->events, &branch->events, ev->body, ev->body_n,
	    err);
}

int
xa_kept(struct xa_set *set, struct xa_branch *branch, struct err *err)
{
	return spool_settle(&set->events, &branch->events, err);
}

struct xa_branch *
xa_find(const struct xa_set *set, struct span xid)
{
	struct xa_branch **found = tfind(&xid, &set->names, span_order);

	return found ? *found : NULL;
}

int
xa_next(struct xa_set *set, struct xa_branch *branch,
    struct binlog_event *ev, struct err *err)
{
	const struct spooled *events = &branch->events;
	const uint8_t *p;

	if (branch->at == events->n)
		return 0;
	if (spool_read(&set->events, events, branch->at, sizeof(*ev), &p,
	    err) < 0)
		return -1;
	memcpy(ev, p, sizeof(*ev));
	branch->at += sizeof(*ev);
	if (spool_read(&set->events, events, branch->at, ev->body_n, &p,
	    err) < 0)
		return -1;
	ev->body = p;
	branch->at += ev->body_n;
	return 1;
}

const char *
xa_file(const struct xa_branch *branch)
{
	return branch->file;
}

const char *
xa_path(const struct xa_branch *branch)
{
	return branch->path;
}

const struct gtid_list *
xa_restart(const struct xa_set *set)
{
	return set->n ? &set->before : NULL;
}

/* What changed since it now counts for what is in front of it. */
static void
hand_on(struct xa_set *set, const struct xa_branch *branch)
{
	struct gtid_list *to = branch->older ? &branch->older->since :
	    &set->before;

	for (size_t i = 0; i < branch->since.n; i++)
		gtid_list_set(to, &branch->since.v[i]);
}

static void
take_out(struct xa_set *set, struct xa_branch *branch)
{
	*(branch->older ? &branch->older->newer : &set->oldest) =
	    branch->newer;
	*(branch->newer ? &branch->newer->older : &set->newest) =
	    branch->older;
	set->n--;
	tdelete(branch, &set->names, span_order);
	spool_drop(&set->events, &branch->events);
	gtid_list_clear(&branch->since);
	free((char *)branch->xid.p);
	free(branch->file);
	free(branch->path);
	free(branch);
}

void
xa_forget(struct xa_set *set, struct xa_branch *branch)
{
	hand_on(set, branch);
	take_out(set, branch);
}

void
xa_clear(struct xa_set *set)
{
	while (set->newest)
		take_out(set, set->newest);
	gtid_list_clear(&set->before);
	spool_close(&set->events);
}
