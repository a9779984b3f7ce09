/* SPDX-License-Identifier: MIT
 *
 * What the checks are for, and what each of them found.
 */
#ifndef CHECK_FINDING_H
#define CHECK_FINDING_H

#include <stdbool.h>
#include <stdint.h>

enum check_job { JOB_TAIL, JOB_SNAPSHOT, JOB_APPLY };
enum check_verdict { CHECK_OK, CHECK_NOTE, CHECK_WARN, CHECK_BAD };

/* How far a reader's state is after. */
struct behind {
	uint64_t transactions;
	int64_t seconds;        /* since the first of them was made; where what
	                         * comes next is purged, not known */
	bool purged;
};

struct finding {
	const char *name;       /* of the item */
	enum check_verdict verdict;
	const char *value;      /* what was found; borrowed */
	const char *why, *fix;  /* NULL if nothing is to be done */
	const struct behind *behind;    /* of a state whose place is known */
};

typedef void finding_fn(void *arg, const struct finding *finding);

#endif
