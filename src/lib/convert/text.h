/* SPDX-License-Identifier: MIT
 *
 * Text of a record in the form that its column takes: characters, which the
 * server converts; bytes of its character set; or the number of a label.
 */
#ifndef CONVERT_TEXT_H
#define CONVERT_TEXT_H

#include "convert/conversion.h"

/* The value, decoded from `at` on, of what stands as `json` in the record. */
enum converted text_take(struct conversion *c, struct span json,
    struct buf *out, size_t at);

#endif
