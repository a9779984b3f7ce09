/* SPDX-License-Identifier: MIT */
#include "base/retry.h"

int64_t
retry_delay(const struct retry *retry, uint64_t n, uint64_t chance)
{
	int64_t most = retry->most_ms, ms = retry->first_ms;
	uint64_t factor = retry->factor ? retry->factor : 2;

	for (; n > 1 && factor > 1 && ms > 0 && ms < most; n--)
		ms = (uint64_t)ms > (uint64_t)most / factor ? most :
		    (int64_t)factor * ms;
	if (ms > most)
		ms = most;
	return ms - (int64_t)(chance % ((uint64_t)ms / 2 + 1));
}
