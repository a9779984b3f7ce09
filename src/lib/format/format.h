/* SPDX-License-Identifier: MIT
 *
 * cdc-format's own room: records in the forms of other systems.
 *
 * A FORMAT IS ONE FILE AND ONE ROW: format/NAME.c defines a struct format, and
 * formats.c lists it.  What they share is around them:
 *
 *     change.h        which change a record is, whatever its shape
 *     table.h         the record's table: its columns, their types, its key
 *     cells.h         a row's values, one by one, with their columns
 *     text.h          a value as text, number or bytes
 *     meta.h          fields of the record beside its row, by name
 *     format_key.h    a key as one text
 *     format_names.h  names that tables have elsewhere
 *     format_time.h   the time of a record
 *     statement.h     statements that change rows, and are not written
 *     transaction.h   where transactions of the source begin and end
 *     output.h        what is written, to stdout or a file for each table
 *
 * and there is one writer for each language: sql/statement.h, json/write.h,
 * format/csv_field.h, format/resp_array.h, base/url.h, cli/shell_word.h.
 */
#ifndef FORMAT_FORMAT_H
#define FORMAT_FORMAT_H

#include "format/format_change.h"
#include "format/format_options.h"
#include "format/output.h"
#include "format/format_table.h"

struct formatter {
	const struct format *format;
	struct format_options *opt;
	struct format_tables tables;
	struct format_output out;
	struct format_held held;        /* a delete that may be half a move */
	struct buf topic;       /* of the delete that was read last … */
	struct format_table *topic_table;       /* … which is from there */
	const struct format_table *deleted;     /* of the last record, if it
	                         * was a delete; … */
	struct buf deleted_key; /* … of this */
	struct buf scratch;     /* text.h: the value that was read last */
	void *own;              /* the format's; it makes and frees it */
	bool warned;            /* of a statement that is not written */
	enum err_kind failed;   /* the stream said that its program ended so,
	                         * and nothing came after that */
};

/* What a format takes apart from changes. */
enum format_takes {
	TAKES_ROWS = 1,         /* rows that cdc-unwrap made, too: what there
	                         * was before is not known */
	TAKES_TOMBSTONES = 2,
	TAKES_MOVES = 4,        /* an update of a key, which is a delete and a
	                         * create in records, as one update */
	TAKES_LONE_TOMBSTONES = 8,      /* those that follow no delete */
};

/* Statements of which no record of a row tells, unless --schema-changes. */
enum format_statements {
	STATEMENTS_WARNED,      /* its reader may do without: once */
	STATEMENTS_REFUSED,     /* what it writes would be wrong */
	STATEMENTS_WRITTEN,
};

struct format {
	const char *name;       /* --to NAME */
	const char *options;    /* names of those of struct format_own that it
	                         * looks at: "null split"; no others */
	unsigned takes;         /* enum format_takes */
	enum format_statements statements;
	bool apart;             /* what it writes of some records can be read
	                         * without what it wrote before */
	bool typed;             /* it needs to know the types of columns: a
	                         * table without a schema record is refused */

	/* Before the first record.  -1: ERR_USAGE, of options. */
	int (*open)(struct formatter *f, struct err *err);

	/* A change, or a tombstone (op 0) where it takes them: 0, -1.  What it
	 * added to the output is dropped with the error. */
	int (*change)(struct formatter *f, const struct format_change *c,
	    struct err *err);

	/* A heartbeat, transaction or schema record, which the tables learned
	 * already; NULL: they are of no use to it. */
	int (*control)(struct formatter *f, struct record *rec,
	    struct err *err);

	/* The input ended, well: nothing failed.  NULL: nothing to do. */
	int (*finish)(struct formatter *f, struct err *err);

	/* It ended with an error: what waits, as far as it is whole.  NULL:
	 * nothing does. */
	void (*cut)(struct formatter *f);

	/* Free `own`.  NULL: there is nothing. */
	void (*close)(struct formatter *f);

	/* The columns of a table whose `own` it made are freed, and others from
	 * now on; gone: free `own`, and set it to NULL. */
	void (*forget)(struct format_table *table, bool gone);
};

/* By name; NULL: none.  All of them, NULL after the last: --to. */
const struct format *format_named(const char *name);
/* Its place in format_names; -1: none. */
int format_place(const char *name);
extern const char *const format_names[];

/* Check the options and open it: ERR_USAGE. */
int format_open(struct formatter *f, struct format_options *opt,
    struct err *err);

/* A record.  -1: ERR_DATA, which says its line. */
int format_record(struct formatter *f, struct record *rec, struct err *err);

/* The input ended; err may be filled already, then nothing more is written. */
int format_finish(struct formatter *f, struct err *err);
void format_close(struct formatter *f);

#endif
