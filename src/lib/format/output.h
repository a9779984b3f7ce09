/* SPDX-License-Identifier: MIT
 *
 * What a format writes: to stdout, or to a file for each table (--split DIR).
 *
 * A format appends to `text`.  When a record is done, that is put where `to`
 * says; if it fails, it is dropped, so that no half of a record is written.
 */
#ifndef FORMAT_OUTPUT_H
#define FORMAT_OUTPUT_H

#include "base/buf.h"
#include "base/err.h"

struct format_file;

struct format_output {
	struct buf text;
	struct format_file *to; /* of this record; NULL: stdout, … */
	struct buf *into;       /* … or this, if it is not NULL */

	struct format_file **files;
	size_t n, nopen;
	size_t pending;         /* bytes, of all files */
	uint64_t clock;
};

/* --split: a folder?  ERR_USAGE, ERR_IO. */
int format_output_check(const char *dir, struct err *err);

/*
 * A file of DIR, which must be there; it is made when it is first written to.
 * Its name is db.table, number 1, or db.table-2, …, and the ending; whatever
 * the names hold, it is one name and nothing else.
 */
struct format_file *format_output_file(struct format_output *out,
    const char *dir, struct span db, struct span table, unsigned number,
    const char *ending);

/* What a record made is whole.  -1: ERR_IO; ERR_CONFIG: the file was there. */
int format_output_commit(struct format_output *out, struct err *err);

/* Write out what waits for the files. */
int format_output_flush(struct format_output *out, struct err *err);

/* Free it; close the files, which were flushed. */
void format_output_close(struct format_output *out);

#endif
