/* SPDX-License-Identifier: MIT
 *
 * Growing arrays: a pointer and the number of members, initially NULL and 0.
 * Free the memory with free(3).
 */
#ifndef BASE_ARRAY_H
#define BASE_ARRAY_H

#include <stddef.h>

#include "base/alloc.h"

/*
 * One more member of the array v, whose number n grows; what is in it is
 * undefined:
 *
 *     *ARRAY_ADD(list->v, list->n) = (struct gtid){ 0, 1, 2 };
 *
 * What is assigned must not look at v or n, which are what they were or not.
 */
#define ARRAY_ADD(v, n)                                                      \
	((v) = xreallocarray((v), (n) + 1, sizeof(*(v))), &(v)[(n)++])

/* The same at place i: those from there on move up. */
#define ARRAY_INSERT(v, n, i)                                                \
	((v) = array_gap((v), (n)++, (i), sizeof(*(v))), &(v)[i])

/* The same at the end where there may be many: there is room for cap. */
#define ARRAY_PUSH(v, n, cap)                                                \
	((n) < (cap) ? (void)0 : (void)((v) = array_double((v), &(cap),      \
	    sizeof(*(v)))), &(v)[(n)++])

/* What they need: a gap at place i of n members; twice the room. */
void *array_gap(void *v, size_t n, size_t i, size_t size);
void *array_double(void *v, size_t *cap, size_t size);

#endif
