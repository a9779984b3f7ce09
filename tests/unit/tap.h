/* SPDX-License-Identifier: MIT
 *
 * TAP for unit tests: is_text() and is_number() count, done() is main's last
 * word.
 */
#ifndef TAP_H
#define TAP_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"

/* A literal where a struct has text of its own, which nobody frees. */
#define TEXT(literal) ((char *)(uintptr_t)literal)

static int tap_count, tap_failed;

static inline bool
result(bool good, const char *name)
{
	printf("%sok %d - %s\n", good ? "" : "not ", ++tap_count, name);
	tap_failed += !good;
	return good;
}

static inline void
is_text(struct span got, const char *want, const char *name)
{
	if (!result(got.p && span_is(got, want), name))
		printf("# got:  %.*s\n# want: %s\n", (int)got.n,
		    got.p ? got.p : "", want);
}

static inline void
is_number(long long got, long long want, const char *name)
{
	if (!result(got == want, name))
		printf("# got:  %lld\n# want: %lld\n", got, want);
}

static inline int
done(void)
{
	printf("1..%d\n", tap_count);
	return tap_failed != 0;
}

#endif
