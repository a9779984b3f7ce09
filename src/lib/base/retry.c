/* SPDX-License-Identifier: MIT */
#include "base/retry.h"

int64_t
retry_delay(const struct retry *retry, uint64_t n, uint64_t chance)
{
	int64_t most = retry->most_ms, ms = retry->first_ms;

	for (; n > 1 && ms > 0 && ms < most; n--)
		ms = ms > most / 2 ? most : 2 * ms;
	if (ms > most)
		ms = most;
	return ms - (int64_t)(chance % ((uint64_t)ms / 2 + 1));
}
