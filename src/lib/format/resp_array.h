/* SPDX-License-Identifier: MIT
 *
 * The only writer of Redis's protocol: a command is an array of bulk strings,
 * each with its length in front, so that no byte of an argument is anything but
 * data.  https://redis.io/docs/latest/develop/reference/protocol-spec/
 */
#ifndef FORMAT_RESP_ARRAY_H
#define FORMAT_RESP_ARRAY_H

#include "base/buf.h"

/* Append "*n": n arguments follow. */
void resp_array_put(struct buf *out, size_t n);

/* Append an argument. */
void resp_array_put_argument(struct buf *out, struct span bytes);

#endif
