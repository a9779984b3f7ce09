/* SPDX-License-Identifier: MIT */
#include "base/spool.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/fd.h"
#include "base/tempfile.h"

enum { BLOCK = 64 << 10 };

void
spool_open(struct spool *spool, size_t limit)
{
	*spool = (struct spool){ .limit = limit, .fd = -1 };
}

void
spool_close(struct spool *spool)
{
	if (spool->fd >= 0)
		close(spool->fd);
	free(spool->vacant);
	buf_free(&spool->again);
	spool_open(spool, spool->limit);
}

static int
write_block(struct spool *spool, uint32_t block, const char *p, size_t n,
    struct err *err)
{
	if (fd_write_at(spool->fd, (struct span){ p, n }, (uint64_t)block *
	    BLOCK) == 0)
		return 0;
	return err_errno(err, ERR_IO, "cannot write a temporary file for "
	    "prepared transactions");
}

/* Move the tail's first n bytes into a block of the file. */
static int
move_out(struct spool *spool, struct spooled *s, size_t n, struct err *err)
{
	uint32_t block;

	if (spool->fd < 0 && (spool->fd = tempfile_open(err)) < 0)
		return -1;
	block = spool->nvacant ? spool->vacant[--spool->nvacant] :
	    spool->nblocks++;
	*ARRAY_ADD(s->blocks, s->nblocks) = block;
	if (write_block(spool, block, s->tail.p, n, err) < 0)
		return -1;
	memmove(s->tail.p, s->tail.p + n, s->tail.n - n);
	s->tail.n -= n;
	return 0;
}

int
spool_add(struct spool *spool, struct spooled *s, const void *p, size_t n,
    struct err *err)
{
	const char *from = p;

	while (n > 0) {
		size_t piece = BLOCK - s->tail.n;

		if (piece > n)
			piece = n;
		buf_put(&s->tail, from, piece);
		from += piece;
		n -= piece;
		s->n += piece;
		if (s->tail.n == BLOCK && move_out(spool, s, BLOCK, err) < 0)
			return -1;
	}
	return 0;
}

int
spool_settle(struct spool *spool, struct spooled *s, struct err *err)
{
	if (s->tail.n && spool->held + s->tail.cap > spool->limit &&
	    move_out(spool, s, s->tail.n, err) < 0)
		return -1;
	if (!s->tail.n)
		buf_free(&s->tail);
	s->settled = true;
	spool->held += s->tail.cap;
	return 0;
}

/* Append to again what is in the file from off on, n bytes or as many as one
 * block and all have. */
static int
read_on(struct spool *spool, const struct spooled *s, uint64_t off, size_t n,
    struct err *err)
{
	size_t inside = (size_t)(off % BLOCK);
	uint64_t at = (uint64_t)s->blocks[off / BLOCK] * BLOCK + inside;

	if (n > BLOCK - inside)
		n = BLOCK - inside;
	if (fd_read_at(spool->fd, buf_room(&spool->again, n), n, n, at) <
	    (ssize_t)n)
		return err_errno(err, ERR_IO,
		    "cannot read a prepared transaction again");
	spool->again.n += n;
	return 0;
}

static int
fill(struct spool *spool, const struct spooled *s, uint64_t off, size_t n,
    struct err *err)
{
	uint64_t filed = s->n - s->tail.n;
	size_t want = n > BLOCK ? n : BLOCK;

	spool->again.n = 0;
	spool->of = s;
	spool->from = off;
	if (want > s->n - off)
		want = (size_t)(s->n - off);
	while (spool->again.n < want) {
		uint64_t at = off + spool->again.n;
		size_t left = want - spool->again.n;

		if (at >= filed)
			buf_put(&spool->again, s->tail.p + (at - filed), left);
		else if (read_on(spool, s, at, at + left <= filed ? left :
		    (size_t)(filed - at), err) < 0)
			return -1;
	}
	return 0;
}

int
spool_read(struct spool *spool, const struct spooled *s, uint64_t off,
    size_t n, const uint8_t **p, struct err *err)
{
	if (n > s->n || off > s->n - n)
		return err_set(err, ERR_BUG, "a prepared transaction is read "
		    "after its end");
	if (!s->nblocks) {
		*p = (const uint8_t *)s->tail.p + off;
		return 0;
	}
	if (spool->of != s || off < spool->from ||
	    off + n > spool->from + spool->again.n)
		if (fill(spool, s, off, n, err) < 0)
			return -1;
	*p = (const uint8_t *)spool->again.p + (off - spool->from);
	return 0;
}

void
spool_drop(struct spool *spool, struct spooled *s)
{
	if (spool->vacant_cap < spool->nvacant + s->nblocks) {
		spool->vacant_cap = 2 * (spool->nvacant + s->nblocks);
		spool->vacant = xreallocarray(spool->vacant,
		    spool->vacant_cap, sizeof(*spool->vacant));
	}
	if (s->nblocks)
		memcpy(spool->vacant + spool->nvacant, s->blocks,
		    s->nblocks * sizeof(*s->blocks));
	spool->nvacant += s->nblocks;
	if (s->settled)
		spool->held -= s->tail.cap;
	if (spool->of == s)
		spool->of = NULL;
	free(s->blocks);
	buf_free(&s->tail);
	*s = (struct spooled){ 0 };
}
