/* SPDX-License-Identifier: MIT
 *
 * Records as people read them.
 */
#ifndef SHOW_SHOW_H
#define SHOW_SHOW_H

#include "record/deletes.h"
#include "record/record.h"
#include "show/move.h"
#include "show/seen.h"
#include "show/tally.h"

struct show_options {
	bool oneline, full, stat, summary;
	int color;              /* enum page_color */
	uint64_t width;         /* UINT64_MAX: the terminal's */
	const char *zone;       /* or NULL */
	int shape;
	bool pass_unknown;
};

/* The transaction in hand, or what else rows have in common. */
struct change_block {
	struct buf id;          /* as it stands in the record; empty: none */
	struct buf prefix;      /* --oneline --stat: of its lines, … */
	size_t prefix_columns;  /* … and the columns that it takes */
	bool begun;             /* its BEGIN was seen, … */
	bool headed;            /* … its head printed */
	uint64_t statement;     /* hash of the one printed last; 0: none */
	struct tally counts;    /* of its changes */
	uint64_t records;       /* that these were: a move is two */
};

/* What the next line is below. */
enum below { BELOW_NOTHING, BELOW_LINES, BELOW_BEATS };

struct showing {
	const struct show_options *opt;
	struct show_page page;
	struct told told;
	struct seen seen;
	struct change_block block;
	struct tally counts;    /* --summary: of all */
	struct buf first, last; /* … times and ids, as they are shown */
	struct buf text, scratch;
	struct change_cell *cells;     /* of the change in hand */
	size_t ncells, cells_cap;
	enum below below;
	struct deletes gone;    /* whose tombstone may follow */
	struct move move;
};

void show_open(struct showing *s, const struct show_options *opt);
void show_close(struct showing *s);

/* Print a record.  -1: ERR_DATA. */
int show_record(struct showing *s, struct record *rec, struct err *err);

/* What is due at the end of input. */
void show_end(struct showing *s);

#endif
