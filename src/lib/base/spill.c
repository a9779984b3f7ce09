/* SPDX-License-Identifier: MIT */
#include "base/spill.h"

#include <unistd.h>

#include "base/fd.h"
#include "base/tempfile.h"

enum { WINDOW = 256 << 10 };

void
spill_open(struct spill *h, size_t limit)
{
	*h = (struct spill){ .limit = limit, .fd = -1 };
}

void
spill_close(struct spill *h)
{
	if (h->fd >= 0)
		close(h->fd);
	buf_free(&h->memory);
	buf_free(&h->again);
}

void
spill_clear(struct spill *h)
{
	if (h->filed && ftruncate(h->fd, 0) < 0) {
		close(h->fd);
		h->fd = -1;
	}
	h->filed = false;
	h->n = 0;
	h->memory.n = 0;
	h->again.n = 0;
}

static int
write_all(struct spill *h, const char *p, size_t n, uint64_t at,
    struct err *err)
{
	if (fd_write_at(h->fd, (struct span){ p, n }, at) == 0)
		return 0;
	return err_errno(err, ERR_IO, "cannot write a temporary file for a "
	    "transaction");
}

int
spill_add(struct spill *h, const void *p, size_t n, struct err *err)
{
	if (!h->filed && h->n + n <= h->limit) {
		buf_put(&h->memory, p, n);
		h->n += n;
		return 0;
	}
	if (h->fd < 0 && (h->fd = tempfile_open(err)) < 0)
		return -1;
	if (!h->filed && write_all(h, h->memory.p, h->memory.n, 0, err) < 0)
		return -1;
	h->filed = true;
	h->memory.n = 0;
	if (write_all(h, p, n, h->n, err) < 0)
		return -1;
	h->n += n;
	return 0;
}

/* Fill h->again from off with n bytes or more. */
static int
read_file(struct spill *h, uint64_t off, size_t n, struct err *err)
{
	size_t most = n > WINDOW ? n : WINDOW;
	ssize_t got = fd_read_at(h->fd, buf_room(&h->again, most), n, most,
	    off);

	if (got < (ssize_t)n)
		return err_errno(err, ERR_IO, "cannot read a transaction "
		    "again");
	h->again.n = (size_t)got;
	return 0;
}

int
spill_read(struct spill *h, uint64_t off, size_t n, const uint8_t **p,
    struct err *err)
{
	if (off + n > h->n)
		return err_set(err, ERR_BUG, "a transaction is read again "
		    "after its end");
	if (!h->filed) {
		*p = (const uint8_t *)h->memory.p + off;
		return 0;
	}
	if (h->again.n == 0 || off < h->again_at ||
	    off + n > h->again_at + h->again.n) {
		h->again.n = 0;
		h->again_at = off;
		if (read_file(h, off, n, err) < 0)
			return -1;
	}
	*p = (const uint8_t *)h->again.p + (off - h->again_at);
	return 0;
}
