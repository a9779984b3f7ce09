/* SPDX-License-Identifier: MIT
 *
 * Random numbers of the kernel: for names and ids that nobody else has, and
 * waits that are not everybody's.
 */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stdint.h>

/* Where the kernel has none, the program ends with 71. */
uint64_t random_u64(void);

#endif
