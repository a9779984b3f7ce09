/* SPDX-License-Identifier: MIT
 *
 * Do logs follow one another?  Each begins with the list of the GTIDs before
 * it.
 */
#ifndef SOURCE_CONTINUITY_H
#define SOURCE_CONTINUITY_H

#include "base/err.h"
#include "position/gtid.h"

/* `read` is what was read, `list` what a log begins after: where they
 * disagree, files are missing (ERR_CONFIG) or come in a wrong order
 * (ERR_DATA). */
int continuity_check(const struct gtid_list *read,
    const struct gtid_list *list, struct err *err);

#endif
