/* SPDX-License-Identifier: MIT
 *
 * A --state file.  What was read is written, and that is the same state.
 */
#include "fuzz.h"

#include <stdlib.h>

#include "state/states.h"

/* As it is written, but for the time. */
static size_t
print(const struct state *s, struct buf *text)
{
	static const char time[] = ",\"ts_ms\":";
	size_t n;

	state_print(s, text);
	n = text->n;
	while (memcmp(text->p + n - strlen(time), time, strlen(time)) != 0)
		n--;
	return n;
}

static void
write_again(const uint8_t *data, size_t size)
{
	struct state s = { 0 }, back = { 0 };
	struct buf once = { 0 }, twice = { 0 };
	struct err err = { 0 };
	size_t n;

	if (state_read(&s, (struct span){ (const char *)data, size },
	    &err) == 0) {
		n = print(&s, &once);
		if (memchr(once.p, '\n', n) || state_read(&back, buf_view(&once), &err) < 0 ||
		    print(&back, &twice) != n ||
		    memcmp(once.p, twice.p, n) != 0)
			abort();
	}
	state_clear(&s);
	state_clear(&back);
	buf_free(&once);
	buf_free(&twice);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct states states = { 0 };
	struct err err = { 0 };

	states_add(&states, fuzz_file(data, size), &err);
	states_add(&states, fuzz_file(data, size), &err);
	states_clear(&states);
	write_again(data, size);
	return 0;
}
