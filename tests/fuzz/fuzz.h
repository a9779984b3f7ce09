/* SPDX-License-Identifier: MIT
 *
 * A harness is one function, as libFuzzer and AFL++ call it.  replay.c calls
 * it with files, for the corpus in the normal tests.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A path under which the bytes can be opened as a regular file, until the
 * next call. */
const char *fuzz_file(const uint8_t *data, size_t size);

#endif
