/* SPDX-License-Identifier: MIT
 *
 * cdc-post - send records to an HTTP server
 *
 * Reads records and posts them: each by itself, or many in a request.  A record
 * is done when the server said so; only then the position moves.  See
 * cdc-post(1).
 */
#include <stdlib.h>

#include "post/post.h"
#include "cdc.h"

static const char *const units[] = { "record", "batch", "transaction", 0 };

#define OPTIONS struct post_options
OPTION_READER(read_header, post_add_header, struct post_texts)

static const struct option_row options[] = {
	HEADING_ROW("Requests"),
	CHOICE_ROW("per", per, units,
	    "what a request has: a record, a batch, or a transaction"),
	FLAG_ROW("array", array, "a JSON array of records, not lines"),
	FLAG_ROW("bulk", bulk,
	    "the URL is _bulk of Elasticsearch or OpenSearch: read its answer "
	    "item by item"),
	CALL_ROW("header", headers, read_header, "'NAME: VALUE'",
	    "send this header, which may have {placeholders}", .letter = 'H'),
	TEXT_ROW("content-type", content_type, "TYPE",
	    "the type of the body"),
	COUNT_ROW("jobs", delivery.jobs, "N",
	    "send so many requests at a time; records of a key keep their "
	    "order (1)", .letter = 'j'),
	DURATION_ROW("timeout", timeout_ms, "TIME",
	    "longest time of a request (30s)"),

	HEADING_ROW("Who it is"),
	TEXT_ROW("bearer", bearer, "FILE", "send the token in this file"),
	TEXT_ROW("basic", basic, "FILE", "send NAME:PASSWORD in this file"),
	TEXT_ROW("sign", sign, "FILE",
	    "sign requests with the secret in this file, as Standard Webhooks "
	    "are"),
	TEXT_ROW("cacert", cacert, "FILE",
	    "certificates of authorities that are trusted"),
	TEXT_ROW("cert", cert, "FILE", "own certificate"),
	TEXT_ROW("key", key, "FILE", "and its key"),

	BATCH_ROWS(delivery, "also send "),
	FORMAT_BODY_ROWS(body),
	POSITION_ROWS(delivery),
	DELIVERY_ROWS(delivery),
	SHAPE_ROW(delivery.shape),
	END_ROW
};

static const struct tool tool = {
	.name = "cdc-post",
	.summary = "send records to an HTTP server",
	.synopsis = "[options] URL < RECORDS",
	.options = options,
};

int
main(int argc, char **argv)
{
	struct post_options opt = {
		.delivery = DELIVERY_DEFAULT("cdc-post"),
		.body = FORMAT_BODY_DEFAULT,
		.per = -1, .timeout_ms = 30000,
	};
	struct delivery_options *d = &opt.delivery;
	struct err err = { 0 };
	int first = cli_parse(&tool, argc, argv, &opt);

	opt.url = argv[first];
	if (first + 1 < argc)
		cli_usage(&tool, "one URL, and no '%s'", argv[first + 1]);
	if (opt.per < 0)
		opt.per = opt.bulk || opt.array ? POST_BATCH : POST_RECORD;
	if (opt.bulk && opt.body.opt.to < 0)
		opt.body.opt.to = format_place("es-bulk");
	d->transactions = opt.per == POST_TRANSACTION;
	if (post_check(&opt, &err) < 0 || format_body_open(&opt.body, options,
	    &opt, d, &err) < 0) {
		if (err.kind == ERR_USAGE)
			cli_usage(&tool, "%s", err.text);
		return cli_finish(&err);
	}
	delivery_run(&post_sink, &opt, d, &err);
	format_body_close(&opt.body);
	free(opt.headers.v);
	return cli_finish(&err);
}
