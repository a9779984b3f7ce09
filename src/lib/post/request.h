/* SPDX-License-Identifier: MIT
 *
 * Requests of HTTP.  This is the only file that uses libcurl.
 */
#ifndef POST_REQUEST_H
#define POST_REQUEST_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct request;

/* What all requests of a lane have in common; NULL: there is none. */
struct request_options {
	const char *cacert, *cert, *key;        /* files */
	struct span bearer;     /* a token */
	struct span basic;      /* NAME:PASSWORD */
	int64_t timeout_ms;
};

/* Before any other, in the main thread: is a URL one of http or https, without
 * a password, which others could read?  ERR_USAGE; ERR_CONFIG: this program was
 * built without libcurl. */
int request_check(const char *url, struct err *err);

/* A lane's; its connection is kept from request to request. */
struct request *request_new(const struct request_options *opt,
    struct err *err);
void request_free(struct request *r);

/* A header of the next request, "Name: value". */
void request_header(struct request *r, const char *line);

struct reply {
	long status;            /* 200 … */
	int64_t retry_ms;       /* Retry-After; 0: none */
	struct span body;       /* borrowed until the next request */
};

/* POST the body, and forget the headers.  -1: ERR_UNAVAILABLE, no answer came;
 * ERR_CONFIG, none will come: a certificate is refused, … */
int request_post(struct request *r, const char *url, struct span body,
    struct reply *reply, struct err *err);

#endif
