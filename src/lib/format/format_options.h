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
	const char *template_name;      /* what messages call the template;
	                                 * NULL: --template */
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

/* Before options are read. */
#define FORMAT_OPTIONS_DEFAULT                                               \
	{ .to = -1, .modes = { -1, -1, -1, -1, -1, -1 },                     \
	    .own = { .es_version = -1 } }

/* Does a format (NULL: there is none) take all of its own options that are
 * given?  rows: the tool's, whose fields are in *values, and so is *own.  -1:
 * ERR_USAGE. */
struct format;
int format_options_check(const struct format *format,
    const struct option_row *rows, const void *values,
    const struct format_own *own, struct err *err);
void format_options_clear(struct format_options *opt);

OPTION_READER(format_read_names, name_set_add, struct name_set)
OPTION_READER(format_read_command, resp_commands_add, struct resp_commands)

/* Those that all tools with formats have. */
#define FORMAT_OWN_ROWS(own)                                                 \
	CALL_ROW("columns", own.columns, format_read_names, "COLUMN,...",    \
	    "csv, tsv: which columns: names, @op and other fields of the "   \
	    "record, or * for all of the table (@op,*)"),                    \
	TEXT_ROW("null", own.null, "TEXT",                                   \
	    "what NULL is written as (csv: nothing; tsv: \\N)"),             \
	FLAG_ROW("no-header", own.no_header,                                 \
	    "csv, tsv: no line of names (maxscale: no schemas)"),            \
	FLAG_ROW("raw", own.raw,                                             \
	    "values as the record has them, without schema records"),        \
	TEXT_ROW("es-index", own.es_index, "NAME",                           \
	    "index of a table (cdc-{table})"),                               \
	CHOICE_ROW("es-version", own.es_version, es_version_names,           \
	    "versions of documents (gtid)"),                                 \
	FLAG_ROW("drop-headers", own.drop_headers,                           \
	    "kcat: leave headers of records out"),                           \
	DURATION_ROW("expire", own.expire, "TIME",                           \
	    "resp: hashes expire so long after their last change"),          \
	CALL_ROW("resp-command", own.resp_commands, format_read_command,     \
	    "[[TABLE][/OPS]=]COMMAND",                                       \
	    "a command for each change, in which {column} stands for its "   \
	    "value (may be repeated)"),                                      \
	TEXT_ROW("template", own.template, "TEXT",                           \
	    "what is written of each change: '{id} {before.name|json} "      \
	    "{op}'"),                                                        \
	TEXT_ROW("template-file", own.template_file, "FILE",                 \
	    "the same from a file"),                                         \
	CALL_ROW("maxwell", own.maxwell, format_read_names, "SETTING,...",   \
	    "Maxwell's output settings: binlog_position, nulls=false, …")

#endif
