/* SPDX-License-Identifier: MIT
 *
 * Applies the changes of an ALTER TABLE.
 */
#ifndef DDL_MERGE_H
#define DDL_MERGE_H

#include "ddl/alter.h"

/* old_timestamps: explicit_defaults_for_timestamp is off. */
void merge_alteration(struct alteration *a, bool old_timestamps);

#endif
