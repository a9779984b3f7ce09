/* SPDX-License-Identifier: MIT
 *
 * Positions that sinks keep in files: of several, the oldest.
 */
#ifndef STATE_STATES_H
#define STATE_STATES_H

#include "state/state.h"

struct state_file {
	const char *path;
	struct state state;
};

/* Of several, the oldest in each domain. */
struct states {
	struct gtid_list done;          /* everything up to it is done */
	struct gtid_list restart;       /* where rows of XA transactions must
	                                 * be read again from; else like done */
	bool unordered;                 /* they have different places in a
	                                 * domain: the smaller is taken */
	bool late;                      /* restart has a larger number than
	                                 * gtid: wrong, if numbers grow */
	struct buf file;                /* where the log was, of the only */
	uint64_t pos;                   /* one; otherwise empty */
	struct buf incremental;         /* JSON: of the oldest, which tables are
	                                 * copied while the stream runs */
	struct buf temporary;           /* JSON: the same, of the temporary
	                                 * tables that are there */
	struct state_file *files;       /* those that were found */
	unsigned given, found;          /* files that were named; that exist */
	const char *missing;            /* the first that does not */
	bool resumes;                   /* a state whose snapshot is unfinished
	                                 * is taken, as copy, and not counted
	                                 * as found; else it is refused
	                                 * (ERR_CONFIG) */
	struct state_file copy;         /* path NULL: none */
};

/* Take in a file.  One that does not exist is counted, no error; ERR_DATA
 * if it is no state. */
int states_add(struct states *s, const char *path, struct err *err);

/* Is a file that is about to be replaced of another position?  ERR_CONFIG; what
 * is not there, or is no state, is of none. */
int state_check_name(const char *path, const char *name, struct err *err);

/* Does a file say the same as this state: what is done, and of a copy? */
bool state_is_told(const char *path, const struct state *s);

/* Were they made with the lists of this source?  ERR_CONFIG if not. */
int states_check(const struct states *s, const struct lists *ours,
    struct err *err);
void states_clear(struct states *s);

#endif
