/* SPDX-License-Identifier: MIT
 *
 * What sinks give in place of lines: records in a format (--to).
 */
#ifndef FORMAT_FORMAT_BODY_H
#define FORMAT_FORMAT_BODY_H

#include "format/format.h"
#include "sink/delivery.h"

/* Rows of a tool that does not write files, and has batches of its own. */
#define FORMAT_BODY_ROWS(body)                                               \
	HEADING_ROW("Format"),                                               \
	CHOICE_ROW("to", body.opt.to, format_names,                          \
	    "give records in this format of cdc-format, not as they came"),  \
	TEXT_ROW("schema", body.opt.schema, "FILE",                          \
	    "schema records that give the types of columns"),                \
	FORMAT_OWN_ROWS(body.opt.own)

struct format_body {
	struct format_options opt;      /* to: -1: lines as they came */
	struct formatter formatter;
	struct delivery_body hooks;     /* for delivery_run() */
};

#define FORMAT_BODY_DEFAULT { .opt = FORMAT_OPTIONS_DEFAULT }

/* rows: the tool's, whose fields are in *values.  ERR_USAGE. */
int format_body_open(struct format_body *body, const struct option_row *rows,
    const void *values, struct delivery_options *delivery, struct err *err);
void format_body_close(struct format_body *body);

#endif
