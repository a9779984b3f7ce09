/* SPDX-License-Identifier: MIT
 *
 * A file without a name, in $TMPDIR or /tmp, that disappears when it is
 * closed.
 */
#ifndef BASE_TEMPFILE_H
#define BASE_TEMPFILE_H

#include "base/err.h"

/* The descriptor, or -1 and ERR_OS. */
int tempfile_open(struct err *err);

#endif
