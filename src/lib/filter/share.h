/* SPDX-License-Identifier: MIT
 *
 * --sample and --shard: a share of all rows, chosen by the hash of a column or
 * of the key, so that it is the same share in every table, run and machine.
 */
#ifndef FILTER_SHARE_H
#define FILTER_SHARE_H

#include "base/buf.h"
#include "base/err.h"
#include "match/named.h"
#include "record/lists.h"

/* Millionths of all hashes; 0: all rows. */
struct sample {
	uint32_t millionths;
	const char *text;       /* as it was given */
};

/* The i-th of n shares, from 1; n == 0: all rows. */
struct shard {
	uint32_t i, n;
	const char *text;
};

/* "1%", "0.25%"; "2/8".  ERR_USAGE. */
int share_set_sample(struct sample *sample, const char *text, struct err *err);
int share_set_shard(struct shard *shard, const char *text, struct err *err);

/* Columns, of which the first that a row has is hashed. */
struct columns_by {
	struct named_text *v;
	size_t n;
};
int share_add_columns(struct columns_by *by, const char *list,
    struct err *err);

struct share {
	struct sample sample;
	struct shard shard;
	struct columns_by by;   /* n == 0: the key */
	struct buf scratch, text;
};

static inline bool
share_active(const struct share *s)
{
	return s->sample.millionths || s->shard.n;
}

/*
 * Does a row, of that key, belong to it?  1, 0; -1, ERR_DATA: it has no such
 * column, or no key.
 */
int share_has(struct share *s, struct span row, struct span key,
    struct err *err);

/* Tell of it: record/lists.h. */
void share_tell(const struct share *s, struct lists *lists);
void share_clear(struct share *s);

#endif
