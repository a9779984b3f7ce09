/* SPDX-License-Identifier: MIT
 *
 * LD_PRELOAD: the Nth call of a function fails, once.
 *   FAULT=read:3     with EIO       FAULT=write:1    with ENOSPC
 *   FAULT=fsync:1    with EIO       FAULT=rename:1   with EACCES
 *   FAULT=ftruncate:1  with EIO
 *   FAULT=malloc:17  with ENOMEM (malloc, calloc and realloc count together)
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *which;
static long left;

__attribute__((constructor)) static void
begin(void)
{
	which = getenv("FAULT");
	if (which && strchr(which, ':'))
		left = atol(strchr(which, ':') + 1);
}

static int
fails(const char *name, int error)
{
	if (!which || strncmp(which, name, strlen(name)) != 0 || left <= 0 ||
	    --left > 0)
		return 0;
	errno = error;
	return 1;
}

#define REAL(type, name, params, args, call, error, bad)                     \
	type                                                               \
	name params                                                        \
	{                                                                  \
		static type(*real) params;                                   \
		if (!real)                                                 \
			real = (type(*) params)dlsym(RTLD_NEXT, #name);      \
		return fails(call, error) ? bad : real args;               \
	}

REAL(ssize_t, read, (int fd, void *p, size_t n), (fd, p, n), "read", EIO, -1)
REAL(ssize_t, pread, (int fd, void *p, size_t n, off_t at), (fd, p, n, at),
    "read", EIO, -1)
REAL(ssize_t, pread64, (int fd, void *p, size_t n, off_t at), (fd, p, n, at),
    "read", EIO, -1)
REAL(ssize_t, write, (int fd, const void *p, size_t n), (fd, p, n), "write",
    ENOSPC, -1)
REAL(ssize_t, pwrite, (int fd, const void *p, size_t n, off_t at),
    (fd, p, n, at), "write", ENOSPC, -1)
REAL(ssize_t, pwrite64, (int fd, const void *p, size_t n, off_t at),
    (fd, p, n, at), "write", ENOSPC, -1)

REAL(int, fsync, (int fd), (fd), "fsync", EIO, -1)
REAL(int, rename, (const char *from, const char *to), (from, to), "rename",
    EACCES, -1)
REAL(int, ftruncate, (int fd, off_t n), (fd, n), "ftruncate", EIO, -1)
REAL(int, ftruncate64, (int fd, off_t n), (fd, n), "ftruncate", EIO, -1)

/* dlsym() itself may allocate; the C library's own names do not recurse. */
void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);

void *
malloc(size_t n)
{
	return fails("malloc", ENOMEM) ? NULL : __libc_malloc(n);
}

void *
calloc(size_t n, size_t size)
{
	return fails("malloc", ENOMEM) ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *p, size_t n)
{
	return fails("malloc", ENOMEM) ? NULL : __libc_realloc(p, n);
}
