/* SPDX-License-Identifier: MIT */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"

const char buf_digit_pairs[] =
    "0001020304050607080910111213141516171819"
    "2021222324252627282930313233343536373839"
    "4041424344454647484950515253545556575859"
    "6061626364656667686970717273747576777879"
    "8081828384858687888990919293949596979899";

void
buf_grow(struct buf *b, size_t n)
{
	size_t cap = b->cap + b->cap / 2;

	if (cap < b->n + n)
		cap = b->n + n;
	if (cap < 64)
		cap = 64;
	b->p = xrealloc(b->p, cap);
	b->cap = cap;
}

void
buf_free(struct buf *b)
{
	free(b->p);
	*b = (struct buf){ 0 };
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		return;
	buf_room(b, (size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(b->p + b->n, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->n += (size_t)n;
}

char *
buf_cstr(struct buf *b)
{
	*buf_room(b, 1) = '\0';
	return b->p;
}

static inline int
count_digits(uint64_t v)
{
	int n = 1;

	for (;;) {
		if (v < 10)
			return n;
		if (v < 100)
			return n + 1;
		if (v < 1000)
			return n + 2;
		if (v < 10000)
			return n + 3;
		v /= 10000;
		n += 4;
	}
}

/* Eight digits, in two chains that do not wait for each other. */
static inline void
put_eight(char *p, uint32_t v)
{
	uint32_t a = v / 10000, b = v % 10000;

	memcpy(p, buf_digit_pairs + a / 100 * 2, 2);
	memcpy(p + 2, buf_digit_pairs + a % 100 * 2, 2);
	memcpy(p + 4, buf_digit_pairs + b / 100 * 2, 2);
	memcpy(p + 6, buf_digit_pairs + b % 100 * 2, 2);
}

char *
buf_put_u64(char *p, uint64_t v)
{
	char *end = p + count_digits(v);
	char *t = end;
	uint32_t w;

	while (v > UINT32_MAX) {
		t -= 8;
		put_eight(t, (uint32_t)(v % 100000000));
		v /= 100000000;
	}
	w = (uint32_t)v;
	while (w >= 100) {
		t -= 2;
		memcpy(t, buf_digit_pairs + w % 100 * 2, 2);
		w /= 100;
	}
	if (w >= 10)
		memcpy(t - 2, buf_digit_pairs + w * 2, 2);
	else
		t[-1] = (char)('0' + w);
	return end;
}

char *
buf_put_digits(char *p, uint64_t v, int n)
{
	uint32_t w;
	int i = n;

	while (i >= 2 && v > UINT32_MAX) {
		i -= 2;
		memcpy(p + i, buf_digit_pairs + v % 100 * 2, 2);
		v /= 100;
	}
	w = (uint32_t)v;
	while (i >= 2) {
		i -= 2;
		memcpy(p + i, buf_digit_pairs + w % 100 * 2, 2);
		w /= 100;
	}
	if (i)
		*p = (char)('0' + w % 10);
	return p + n;
}

void
buf_u64(struct buf *b, uint64_t v)
{
	char *p = buf_room(b, 20);

	b->n += (size_t)(buf_put_u64(p, v) - p);
}

void
buf_i64(struct buf *b, int64_t v)
{
	char *p = buf_room(b, 21);
	char *start = p;

	if (v < 0)
		*p++ = '-';
	p = buf_put_u64(p, v < 0 ? 0 - (uint64_t)v : (uint64_t)v);
	b->n += (size_t)(p - start);
}
