/* SPDX-License-Identifier: MIT
 *
 * A --state file.
 */
#include "fuzz.h"

#include "state/read.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct states states = { 0 };
	struct err err = { 0 };

	states_add(&states, fuzz_file(data, size), &err);
	states_add(&states, fuzz_file(data, size), &err);
	states_clear(&states);
	return 0;
}
