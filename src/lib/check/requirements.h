/* SPDX-License-Identifier: MIT
 *
 * What a server should be like for change data capture: the checks of
 * cdc-check, each with how to fix it.
 * https://mariadb.com/kb/en/replication-and-binary-log-system-variables/
 */
#ifndef CHECK_REQUIREMENTS_H
#define CHECK_REQUIREMENTS_H

#include "base/buf.h"
#include "db/query.h"

enum check_job { JOB_TAIL, JOB_SNAPSHOT, JOB_APPLY };
enum check_verdict { CHECK_OK, CHECK_NOTE, CHECK_WARN, CHECK_BAD };

/* Their words, as the questions answer and the report prints them. */
extern const char *const check_words[];

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

/* Look at everything that matters for the job, and report each item. */
int check_all(struct db *db, enum check_job job, finding_fn *report,
    void *arg, struct err *err);

/* The configuration that passes, as the lines of an option file. */
void check_config(struct buf *out);

#endif
