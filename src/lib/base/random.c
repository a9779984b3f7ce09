/* SPDX-License-Identifier: MIT */
#include "base/random.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/log.h"

uint64_t
random_u64(void)
{
	uint64_t v;

	if (getentropy(&v, sizeof(v)) < 0)
		log_die(ERR_OS, "no random numbers: %s", strerror(errno));
	return v;
}
