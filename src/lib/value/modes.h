/* SPDX-License-Identifier: MIT
 *
 * The values of --decimal, --time, --binary, --bigint, --bigint-unsigned,
 * --json and --history, in the order of their enums (value/types.h), NULL after
 * the last.
 */
#ifndef VALUE_MODES_H
#define VALUE_MODES_H

extern const char *const modes_decimal[];
extern const char *const modes_time[];
extern const char *const modes_binary[];
extern const char *const modes_all_bigint[];
extern const char *const modes_bigint[];
extern const char *const modes_json[];
extern const char *const modes_history[];       /* --history, a bool */

#endif
