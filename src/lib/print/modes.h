/* SPDX-License-Identifier: MIT
 *
 * The words of --decimal, --time, --binary, --bigint, --bigint-unsigned, --json
 * and --history, in the order of their enums (value/types.h), NULL after the
 * last.
 */
#ifndef PRINT_MODES_H
#define PRINT_MODES_H

extern const char *const decimal_modes[];
extern const char *const time_modes[];
extern const char *const binary_modes[];
extern const char *const all_bigint_modes[];
extern const char *const bigint_modes[];
extern const char *const json_modes[];
extern const char *const history_modes[];       /* --history, a bool */

#endif
