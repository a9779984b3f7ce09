/* SPDX-License-Identifier: MIT */
#include "binlog/xa.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "binlog/hold.h"

enum { IN_MEMORY = 64 << 10 };

struct xa_branch {
	char *xid, *file, *path;
	size_t xid_n;
	struct gtid_list before;
	struct hold events;     /* each as its struct, then its body */
	uint64_t at;            /* of xa_next() */
};

struct xa_branch *
xa_prepare(struct xa_set *set, struct span xid,
    const struct gtid_list *before, const char *file, const char *path)
{
	struct xa_branch *old = xa_find(set, xid);
	struct xa_branch *branch = xcalloc(1, sizeof(*branch));

	if (old)
		xa_forget(set, old);
	branch->xid = xmemdup(xid.p, xid.n);
	branch->xid_n = xid.n;
	branch->file = xstrdup(file);
	branch->path = xstrdup(path);
	hold_open(&branch->events, IN_MEMORY);
	gtid_list_copy(&branch->before, before);
	set->v = xreallocarray(set->v, set->n + 1, sizeof(*set->v));
	set->v[set->n++] = branch;
	return branch;
}

int
xa_keep(struct xa_branch *branch, const struct binlog_event *ev,
    struct err *err)
{
	if (hold_add(&branch->events, ev, sizeof(*ev), err) < 0)
		return -1;
	return hold_add(&branch->events, ev->body, ev->body_n, err);
}

struct xa_branch *
xa_find(const struct xa_set *set, struct span xid)
{
	for (size_t i = 0; i < set->n; i++)
		if (set->v[i]->xid_n == xid.n &&
		    memcmp(set->v[i]->xid, xid.p, xid.n) == 0)
			return set->v[i];
	return NULL;
}

int
xa_next(struct xa_branch *branch, struct binlog_event *ev, struct err *err)
{
	struct hold *events = &branch->events;
	const uint8_t *p;

	if (branch->at == events->n)
		return 0;
	if (hold_read(events, branch->at, sizeof(*ev), &p, err) < 0)
		return -1;
	memcpy(ev, p, sizeof(*ev));
	branch->at += sizeof(*ev);
	if (hold_read(events, branch->at, ev->body_n, &p, err) < 0)
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
	return set->n ? &set->v[0]->before : NULL;
}

void
xa_forget(struct xa_set *set, struct xa_branch *branch)
{
	size_t i = 0;

	while (set->v[i] != branch)
		i++;
	memmove(set->v + i, set->v + i + 1,
	    (--set->n - i) * sizeof(*set->v));
	hold_close(&branch->events);
	free(branch->xid);
	free(branch->file);
	free(branch->path);
	gtid_list_clear(&branch->before);
	free(branch);
}

void
xa_clear(struct xa_set *set)
{
	while (set->n)
		xa_forget(set, set->v[set->n - 1]);
	free(set->v);
	*set = (struct xa_set){ 0 };
}
