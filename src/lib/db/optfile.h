/* SPDX-License-Identifier: MIT
 *
 * Option files, as mariadb(1) reads them: which files, in which order, and what
 * a line means (mysys/my_default.c).  Connector/C's own reader ignores what
 * mariadb(1) refuses, so it is not used.
 * https://mariadb.com/kb/en/configuring-mariadb-with-option-files/
 *
 * A world-writable file is ignored with a warning.  A file named by an option
 * that does not exist, or a line that is not an option, is ERR_CONFIG.
 */
#ifndef DB_OPTFILE_H
#define DB_OPTFILE_H

#include <stdbool.h>

#include "base/err.h"

/* A line of a group that was asked for; borrowed. */
struct option_line {
	const char *name;       /* as written: "ssl_ca" */
	const char *value;      /* NULL: there is no '=' */
	const char *file;
	unsigned line;
};

typedef int option_line_fn(void *arg, const struct option_line *line,
    struct err *err);

struct option_files {
	bool none;              /* read no file */
	const char *only;       /* read this one, or NULL: the usual ones … */
	const char *extra;      /* … and this one, in front of ~/.my.cnf */
	const char *suffix;     /* groups count with this after them, too;
	                         * NULL: $MARIADB_GROUP_SUFFIX */
};

/* Call take() for the lines of these groups (NULL ends them), in their order:
 * a later one overrules. */
int optfile_read_all(const struct option_files *files,
    const char *const *groups, option_line_fn *take, void *arg,
    struct err *err);

#endif
