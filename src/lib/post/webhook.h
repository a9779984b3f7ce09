/* SPDX-License-Identifier: MIT
 *
 * Signed webhooks, by the rules of Standard Webhooks
 * (https://www.standardwebhooks.com, version 1): headers webhook-id,
 * webhook-timestamp and webhook-signature.  The id is made of GTID and
 * total_order, so that it is the same when a record comes again.
 */
#ifndef POST_WEBHOOK_H
#define POST_WEBHOOK_H

#include "post/request.h"
#include "record/record.h"

struct webhook;

/* secret: whsec_ and base64, or base64.  NULL: ERR_USAGE. */
struct webhook *webhook_new(struct span secret, struct err *err);
void webhook_free(struct webhook *w);

/* Sign a body whose first record is this one, of n. */
void webhook_sign(struct webhook *w, struct request *r, struct record *rec,
    size_t n, struct span body);

#endif
