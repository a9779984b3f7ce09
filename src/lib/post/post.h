/* SPDX-License-Identifier: MIT
 *
 * cdc-post's own room: an HTTP server as a sink.
 */
#ifndef POST_POST_H
#define POST_POST_H

#include "format/format_body.h"
#include "sink/delivery.h"

enum post_per { POST_RECORD, POST_BATCH, POST_TRANSACTION };

struct post_texts {
	const char **v;
	size_t n;
};

struct post_options {
	struct delivery_options delivery;
	struct format_body body;        /* --to */
	const char *url;
	int per;                /* enum post_per: what a request has */
	bool array;             /* its records as a JSON array */
	bool bulk;              /* the answer is that of _bulk */
	const char *content_type;
	struct post_texts headers;      /* "Name: value" */
	const char *sign;       /* files: a secret, … */
	const char *bearer, *basic;     /* … a token, NAME:PASSWORD */
	const char *cacert, *cert, *key;
	int64_t timeout_ms;
};

extern const struct sink post_sink;

/* "Name: value", one of several.  ERR_USAGE. */
int post_add_header(struct post_texts *headers, const char *text,
    struct err *err);

/* Check what depends on several options, before the first lane.  ERR_USAGE. */
int post_check(struct post_options *opt, struct err *err);

#endif
