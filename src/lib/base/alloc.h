/* SPDX-License-Identifier: MIT
 *
 * Allocation that never fails: when memory runs out, the program prints a
 * message and exits with 71, because a stage cannot do anything useful without
 * memory.  No caller tests for NULL.  Free the results with free(3).
 */
#ifndef BASE_ALLOC_H
#define BASE_ALLOC_H

#include <stddef.h>

void *xmalloc(size_t size);
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t size);

/* Room for n members of size bytes each; dies where n * size overflows. */
void *xreallocarray(void *p, size_t n, size_t size);

char *xstrdup(const char *s);

/* A copy of n bytes with a NUL after them. */
char *xmemdup(const void *p, size_t n);

/* Set n bytes to 0, line after line: for a size that it knows, the compiler
 * takes an instruction that is slow to start. */
void alloc_clear(void *p, size_t n);

#endif
