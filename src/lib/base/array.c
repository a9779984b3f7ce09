/* SPDX-License-Identifier: MIT */
#include "base/array.h"

#include <string.h>

enum { FIRST = 64 };

void *
array_gap(void *v, size_t n, size_t i, size_t size)
{
	char *p = xreallocarray(v, n + 1, size);

	memmove(p + (i + 1) * size, p + i * size, (n - i) * size);
	return p;
}

void *
array_double(void *v, size_t *cap, size_t size)
{
	*cap = *cap ? 2 * *cap : FIRST;
	return xreallocarray(v, *cap, size);
}
