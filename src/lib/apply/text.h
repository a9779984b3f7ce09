/* SPDX-License-Identifier: MIT
 *
 * A text of a record as what its column takes: characters, which the server
 * converts; bytes of its character set; or the number of a label.
 */
#ifndef APPLY_TEXT_H
#define APPLY_TEXT_H

#include "apply/convert.h"

/* The value, decoded from `at` on, of what stands as `json` in the record. */
enum converted text_take(struct conversion *c, struct span json,
    struct buf *out, size_t at);

/* Are two labels, or a label and the error value, the same to the server, which
 * looks them up by their collation? */
bool text_labels_alike(const struct target_column *col);

#endif
