/* SPDX-License-Identifier: MIT
 *
 * Random numbers from the kernel, for unique names and ids, and for delays that
 * differ between processes.
 */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stdint.h>

/* Where the kernel has none, the program ends with 71. */
uint64_t random_u64(void);

#endif
