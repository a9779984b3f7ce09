/* SPDX-License-Identifier: MIT
 *
 * Growable bytes.  The contents are p[0] .. p[n-1]; there is no NUL after
 * them unless buf_cstr() was called.  A zeroed struct is a valid empty buffer,
 * and buf_free() makes it one again.  Growing ends the program if memory runs
 * out.
 *
 * The hot path asks for room once (buf_room), writes through the pointer that
 * it got, and adds to n what it wrote.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/span.h"

struct buf {
	char *p;
	size_t n;
	size_t cap;
};

/* Make room for at least n more bytes; the slow half of buf_room(). */
void buf_grow(struct buf *b, size_t n);
void buf_free(struct buf *b);

/* printf into the buffer; for cold text only. */
void buf_printf(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* The contents as a C string; the NUL is not counted in n. */
char *buf_cstr(struct buf *b);

/* Append v in decimal. */
void buf_u64(struct buf *b, uint64_t v);
void buf_i64(struct buf *b, int64_t v);

/* Write v in decimal at p (20 bytes are enough); the end is returned. */
char *buf_put_u64(char *p, uint64_t v);

/* Write v as exactly n digits, zeros in front. */
char *buf_put_digits(char *p, uint64_t v, int n);

/* "00" to "99". */
extern const char buf_digit_pairs[201];

/* Write v < 100 as two digits. */
static inline char *
put_two(char *p, unsigned v)
{
	memcpy(p, buf_digit_pairs + 2 * v, 2);
	return p + 2;
}

/* A pointer to at least n writable bytes after the contents. */
static inline char *
buf_room(struct buf *b, size_t n)
{
	if (b->cap - b->n < n)
		buf_grow(b, n);
	return b->p + b->n;
}

enum { COPY_SLACK = 16 };

/*
 * Copy n bytes in steps of 16: for the short pieces that lines are made of a
 * call of memcpy costs more than the copy.  Up to COPY_SLACK bytes more are
 * read and written, so both sides must have them to spare (buf_room(b,
 * COPY_SLACK) after the last byte sees to it).  The end is returned.
 */
static inline char *
copy16(char *to, const char *from, size_t n)
{
	size_t i = 0;

	do {
		memcpy(to + i, from + i, 16);
		i += 16;
	} while (i < n);
	return to + n;
}

static inline void
buf_put(struct buf *b, const void *p, size_t n)
{
	if (n == 0)
		return;
	memcpy(buf_room(b, n), p, n);
	b->n += n;
}

static inline void
buf_span(struct buf *b, struct span s)
{
	buf_put(b, s.p, s.n);
}

static inline void
buf_char(struct buf *b, char c)
{
	*buf_room(b, 1) = c;
	b->n++;
}

/* Append the n low bytes of v, the lowest first. */
static inline void
buf_le(struct buf *b, uint64_t v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_char(b, (char)(v >> 8 * i));
}

static inline void
buf_str(struct buf *b, const char *s)
{
	buf_put(b, s, strlen(s));
}

static inline struct span
buf_view(const struct buf *b)
{
	return (struct span){ b->p, b->n };
}

#endif
