/* SPDX-License-Identifier: MIT */
#include "base/alloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/log.h"

static void *
check(void *p, size_t size)
{
	if (!p && size)
		log_die(ERR_OS, "out of memory: %zu bytes refused", size);
	return p;
}

void *
xmalloc(size_t size)
{
	return check(malloc(size), size);
}

void *
xcalloc(size_t n, size_t size)
{
	return check(calloc(n, size), size && n ? n : 0);
}

void *
xrealloc(void *p, size_t size)
{
	return check(realloc(p, size), size);
}

void *
xreallocarray(void *p, size_t n, size_t size)
{
	if (size && n > SIZE_MAX / size)
		log_die(ERR_OS, "out of memory: %zu times %zu bytes", n, size);
	return xrealloc(p, n * size);
}

char *
xstrdup(const char *s)
{
	return xmemdup(s, strlen(s));
}

char *
xmemdup(const void *p, size_t n)
{
	char *copy = xmalloc(n + 1);

	if (n)
		memcpy(copy, p, n);
	copy[n] = '\0';
	return copy;
}

void
alloc_clear(void *p, size_t n)
{
	memset(p, 0, n);
}
