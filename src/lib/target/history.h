/* SPDX-License-Identifier: MIT
 *
 * The history of system-versioned tables: past rows, with their periods
 * (cdc-tail --history).
 */
#ifndef TARGET_HISTORY_H
#define TARGET_HISTORY_H

#include "convert/encoding.h"

/* Does the stream tell it of the table? */
bool history_is_told(const struct known_modes *modes,
    const struct schema_table *from);

#endif
