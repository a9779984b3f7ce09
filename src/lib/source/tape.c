/* SPDX-License-Identifier: MIT */
#include "source/tape.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/fd.h"
#include "base/tempfile.h"
#include "io/out.h"
#include "io/stop.h"

enum { WINDOW = 256 << 10 };

void
tape_open(struct tape *t, int fd, size_t hold)
{
	struct stat st;

	*t = (struct tape){ .fd = fd, .hold = hold, .spill = -1 };
	t->regular = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
	if (t->regular) {
		off_t at = lseek(fd, 0, SEEK_CUR);

		t->origin = at > 0 ? (uint64_t)at : 0;
	} else {
		out_enlarge_pipe(fd);
	}
	t->cap = WINDOW;
	t->p = xmalloc(t->cap);
}

void
tape_close(struct tape *t)
{
	if (t->spill >= 0)
		close(t->spill);
	if (t->fd > STDIN_FILENO)
		close(t->fd);
	free(t->p);
	free(t->again);
	*t = (struct tape){ .fd = -1, .spill = -1 };
}

/* Append the first n bytes of the window to the temporary file. */
static int
spill(struct tape *t, size_t n, struct err *err)
{
	if (t->spill < 0 && (t->spill = tempfile_open(err)) < 0)
		return -1;
	if (t->spill_end == t->spill_base)
		t->spill_base = t->spill_end = t->base;
	if (fd_write_at(t->spill, (struct span){ (char *)t->p, n },
	    t->spill_end - t->spill_base) < 0)
		return err_errno(err, ERR_IO, "cannot write a temporary file "
		    "for a transaction above --hold");
	t->spill_end += n;
	return 0;
}

/* Drop what lies before off, or before the mark while that fits. */
static int
forget_before(struct tape *t, uint64_t off, size_t want, struct err *err)
{
	bool held = t->marked && t->mark >= t->base &&
	    off + want - t->mark <= t->hold;
	size_t drop = (size_t)((held ? t->mark : off) - t->base);

	if (drop > t->n)
		drop = t->n;
	if (drop == 0)
		return 0;
	if (t->marked && !held && !t->regular) {
		/* Nothing before the mark is worth keeping. */
		if (t->mark > t->base) {
			size_t dead = (size_t)(t->mark - t->base);

			memmove(t->p, t->p + dead, t->n - dead);
			t->n -= dead;
			t->base += dead;
			drop -= dead;
		}
		if (spill(t, drop, err) < 0)
			return -1;
	}
	memmove(t->p, t->p + drop, t->n - drop);
	t->n -= drop;
	t->base += drop;
	return 0;
}

/* Room after the window.  It grows with what came, never by what a length
 * field claims. */
static void
make_room(struct tape *t)
{
	if (t->n < t->cap)
		return;
	t->cap += t->cap < ((size_t)16 << 20) ? t->cap : t->cap / 4;
	t->p = xrealloc(t->p, t->cap);
}

static int
wait_readable(struct tape *t, struct err *err)
{
	if (stop_wait_readable(t->fd, 0))
		return 1;
	if (stop_requested())
		return 0;
	if (t->idle && t->idle(t->idle_arg, err) < 0)
		return -1;
	return stop_wait_readable(t->fd, -1);
}

/* Read once into the window.  1 got bytes, 0 end or stop, -1. */
static int
read_more(struct tape *t, struct err *err)
{
	ssize_t n;
	int ready = t->regular ? !stop_requested() : wait_readable(t, err);

	if (ready <= 0)
		return ready;
	n = fd_read(t->fd, t->p + t->n, t->cap - t->n);
	if (n < 0)
		return err_errno(err, ERR_IO, "cannot read");
	t->n += (size_t)n;
	t->eof = n == 0;
	return n > 0;
}

int
tape_read(struct tape *t, uint64_t off, size_t n, const uint8_t **p,
    struct err *err)
{
	while (off + n > t->base + t->n) {
		int got;

		if (t->eof)
			return 0;
		if (t->n == t->cap && forget_before(t, off, n, err) < 0)
			return -1;
		make_room(t);
		got = read_more(t, err);
		if (got < 0)
			return -1;
		if (got == 0 && !t->eof)
			return 0;
	}
	*p = t->p + (off - t->base);
	return 1;
}

bool
tape_grew(struct tape *t)
{
	struct stat st;

	if (fstat(t->fd, &st) < 0 || (uint64_t)st.st_size <=
	    t->origin + t->base + t->n)
		return false;
	t->eof = false;
	return true;
}

size_t
tape_left(const struct tape *t, uint64_t off)
{
	uint64_t end = t->base + t->n;

	return off < end ? (size_t)(end - off) : 0;
}

void
tape_mark(struct tape *t, uint64_t off)
{
	tape_release(t);
	t->marked = true;
	t->mark = off;
}

void
tape_release(struct tape *t)
{
	t->marked = false;
	t->again_n = 0;
	if (t->spill_end > t->spill_base && ftruncate(t->spill, 0) == 0)
		t->spill_base = t->spill_end = 0;
}

/* Fill the second window from off with n bytes or more. */
static int
read_again(struct tape *t, uint64_t off, size_t n, struct err *err)
{
	int fd = t->regular ? t->fd : t->spill;
	uint64_t at = t->regular ? t->origin + off : off - t->spill_base;
	size_t want = n > WINDOW ? n : WINDOW;
	ssize_t got;

	if (t->again_cap < want) {
		t->again = xrealloc(t->again, want);
		t->again_cap = want;
	}
	t->again_base = off;
	got = fd_read_at(fd, t->again, n, want, at);
	t->again_n = got > 0 ? (size_t)got : 0;
	if (got < 0)
		return err_errno(err, ERR_IO, "cannot read again");
	if (t->again_n < n)
		return err_set(err, ERR_IO,
		    "cannot read again: the file became shorter");
	return 0;
}

int
tape_again(struct tape *t, uint64_t off, size_t n, const uint8_t **p,
    struct err *err)
{
	if (off >= t->base) {
		*p = t->p + (off - t->base);
		return 1;
	}
	if (off < t->again_base || off + n > t->again_base + t->again_n)
		if (read_again(t, off, n, err) < 0)
			return -1;
	*p = t->again + (off - t->again_base);
	return 1;
}
