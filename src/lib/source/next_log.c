/* SPDX-License-Identifier: MIT */
#include "source/next_log.h"

#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"

static char *
beside(const char *path, const char *name)
{
	const char *slash = strrchr(path, '/');
	struct buf made = { 0 };
	char *copy;

	if (slash)
		buf_put(&made, path, (size_t)(slash - path) + 1);
	buf_str(&made, name);
	copy = xstrdup(buf_cstr(&made));
	buf_free(&made);
	return copy;
}

/* …000009 is followed by …000010, and …999999 by …1000000. */
static char *
count_up(const char *path)
{
	size_t n = strlen(path), first = n;
	char *next;

	while (first > 0 && one_of(path[first - 1], "0123456789"))
		first--;
	if (first == n || first == 0 || path[first - 1] != '.')
		return NULL;
	next = xmemdup(path, n + 1);
	while (n > first && next[n - 1] == '9')
		next[--n] = '0';
	if (n > first) {
		next[n - 1]++;
		return next;
	}
	n = strlen(path);
	next = xrealloc(next, n + 2);
	memmove(next + first + 1, next + first, n - first + 1);
	next[first] = '1';
	return next;
}

char *
next_log_next(const char *path, const char *rotated_to)
{
	return rotated_to ? beside(path, rotated_to) : count_up(path);
}

bool
next_log_is_name(const char *name)
{
	return *name && !strchr(name, '/') && strcmp(name, ".") != 0 &&
	    strcmp(name, "..") != 0;
}

int
next_log_exists(const char *path)
{
	return access(path, F_OK) == 0;
}
