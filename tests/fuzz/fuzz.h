/* SPDX-License-Identifier: MIT
 *
 * A harness is one function, as libFuzzer and AFL++ call it.  replay.c calls
 * it with files, for the corpus in the normal tests.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct file_options;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A path under which the bytes can be opened as a regular file, until the
 * next call. */
const char *fuzz_file(const uint8_t *data, size_t size);

/* What the first byte of a log chooses; two bits more are the harness's. */
enum {
	FUZZ_MYSQL = 1, FUZZ_TOLERANT = 2, FUZZ_PREPARE = 4,
	FUZZ_HISTORY = 8, FUZZ_MODES = 16, FUZZ_CONTROL = 32,
};

/* Print a log, as cdc-tail does, by such a choice; query: the texts of
 * statements, too. */
void fuzz_print(const char *path, const struct file_options *files,
    uint8_t choice, bool query);

#endif
