/* SPDX-License-Identifier: MIT
 *
 * Lines that are kept while their changes wait, because they may have to be
 * applied one by one (--dlq).
 */
#ifndef APPLY_KEPT_H
#define APPLY_KEPT_H

#include "base/buf.h"
#include "io/lines.h"

struct kept_line {
	size_t at, n;           /* in kept.text */
	uint64_t number;
};

struct kept {
	struct buf text;
	struct kept_line *v;
	size_t n, cap;
	size_t half;            /* the line of batch.half, if that waits */
};

void kept_add(struct kept *k, const struct line *line);
void kept_drop_last(struct kept *k);

/* One of them, borrowed until another is added. */
struct line kept_line(const struct kept *k, size_t i);

/* Move those from `first` on into *aside; and back, when none is kept. */
void kept_aside(struct kept *k, size_t first, struct kept *aside);
void kept_resume(struct kept *k, struct kept *aside);

void kept_free(struct kept *k);

#endif
