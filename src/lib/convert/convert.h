/* SPDX-License-Identifier: MIT
 *
 * A value of a record as a parameter of the target column: text that MariaDB
 * reads back as the same value, or bytes.  Values that the column would round,
 * cut or convert are refused here if the strict mode of the server accepts
 * them.
 */
#ifndef CONVERT_CONVERT_H
#define CONVERT_CONVERT_H

#include "convert/conversion.h"

/* Append the value; see enum converted. */
enum converted convert(struct conversion *c, struct span json,
    struct buf *out);

/* Is a parameter of this encoding bytes? */
bool encoding_is_bytes(enum encoding encoding,
    const struct target_column *to);

#endif
