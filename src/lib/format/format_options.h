/* SPDX-License-Identifier: MIT
 *
 * What cdc-format is told to do.
 */
#ifndef FORMAT_FORMAT_OPTIONS_H
#define FORMAT_FORMAT_OPTIONS_H

#include "cli/option.h"
#include "convert/known_modes.h"
#include "format/resp_command.h"
#include "record/name_set.h"

/* Options of some formats: each says by name which it takes.  All are zero
 * unless they are given; a choice is -1. */
struct format_own {
	struct name_set columns;        /* --columns */
	const char *null;               /* --null */
	const char *split;              /* --split */
	bool query;                     /* --query */
	bool schema_changes;            /* --schema-changes */
	bool no_header;                 /* --no-header */
	bool raw;                       /* --raw */
	uint64_t batch;                 /* --batch */
	bool drop_headers;              /* --drop-headers */
	int64_t expire;                 /* --expire: milliseconds */
	struct resp_commands resp_commands;     /* --resp-command */
	const char *template;           /* --template */
	const char *template_file;      /* --template-file */
	const char *es_index;           /* --es-index */
	int es_version;                 /* --es-version: enum es_version_way */
	bool es_template;               /* --es-template */
	struct name_set maxwell;        /* --maxwell */
};

/* --es-version; NULL after the last. */
enum es_version_way { ES_VERSION_GTID, ES_VERSION_NONE };
extern const char *const es_version_names[];

struct format_options {
	int to;                 /* place in format_names; -1: not given */
	const char *schema;     /* file of schema records, or NULL */
	struct known_modes modes;
	int shape;              /* enum record_shape */
	struct format_own own;
};

/* Does a format take all of its own options that are given?  rows: the tool's,
 * whose fields are in *opt.  -1: ERR_USAGE. */
struct format;
int format_options_check(const struct format *format,
    const struct option_row *rows, const struct format_options *opt,
    struct err *err);

#endif
