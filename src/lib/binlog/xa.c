/* SPDX-License-Identifier: MIT */
#include "binlog/xa.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/tempfile.h"

enum { IN_MEMORY = 64 << 10 };

struct xa_branch {
	char *xid, *file, *path;
	size_t xid_n;
	struct gtid_list before;
	struct buf memory;      /* the first events … */
	int fd;                 /* … and all behind them, or -1 */
	uint64_t written;       /* bytes in fd */
	uint64_t at;            /* of xa_next(), memory first */
	struct buf event;       /* one that was read from fd */
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
	branch->fd = -1;
	gtid_list_copy(&branch->before, before);
	set->v = xreallocarray(set->v, set->n + 1, sizeof(*set->v));
	set->v[set->n++] = branch;
	return branch;
}

static int
write_all(struct xa_branch *branch, const void *p, size_t n, struct err *err)
{
	const char *from = p;

	if (branch->fd < 0 && (branch->fd = tempfile_open(err)) < 0)
		return -1;
	while (n > 0) {
		ssize_t done = pwrite(branch->fd, from, n,
		    (off_t)branch->written);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return err_errno(err, ERR_IO, "cannot write a "
			    "temporary file for a prepared transaction");
		from += done;
		n -= (size_t)done;
		branch->written += (uint64_t)done;
	}
	return 0;
}

/* An event is kept as its struct, then its body. */
int
xa_keep(struct xa_branch *branch, const struct binlog_event *ev,
    struct err *err)
{
	if (branch->fd < 0 && branch->memory.n + ev->body_n < IN_MEMORY) {
		buf_put(&branch->memory, ev, sizeof(*ev));
		buf_put(&branch->memory, ev->body, ev->body_n);
		return 0;
	}
	if (write_all(branch, ev, sizeof(*ev), err) < 0)
		return -1;
	return write_all(branch, ev->body, ev->body_n, err);
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

static int
read_all(struct xa_branch *branch, void *p, size_t n, struct err *err)
{
	char *to = p;

	while (n > 0) {
		ssize_t got = pread(branch->fd, to, n,
		    (off_t)(branch->at - branch->memory.n));

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return err_errno(err, ERR_IO, "cannot read a "
			    "prepared transaction again");
		to += got;
		n -= (size_t)got;
		branch->at += (uint64_t)got;
	}
	return 0;
}

int
xa_next(struct xa_branch *branch, struct binlog_event *ev, struct err *err)
{
	if (branch->at < branch->memory.n) {
		const char *p = branch->memory.p + branch->at;

		memcpy(ev, p, sizeof(*ev));
		ev->body = (const uint8_t *)p + sizeof(*ev);
		branch->at += sizeof(*ev) + ev->body_n;
		return 1;
	}
	if (branch->at - branch->memory.n == branch->written)
		return 0;
	if (read_all(branch, ev, sizeof(*ev), err) < 0)
		return -1;
	branch->event.n = 0;
	ev->body = (const uint8_t *)buf_room(&branch->event, ev->body_n + 1);
	return read_all(branch, branch->event.p, ev->body_n, err) < 0 ? -1 :
	    1;
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
	if (branch->fd >= 0)
		close(branch->fd);
	free(branch->xid);
	free(branch->file);
	free(branch->path);
	gtid_list_clear(&branch->before);
	buf_free(&branch->memory);
	buf_free(&branch->event);
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
