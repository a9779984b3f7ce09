/* SPDX-License-Identifier: MIT
 *
 * A log: a byte of choices, then the events behind its FORMAT_DESCRIPTION.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "source/file.h"

enum {
	MAGIC = 4, FRONT = 19 + 2 + 50 + 4 + 1, TAIL = 1 + 4,
	MOST_TYPES = 255,
};

static uint32_t
crc32_of(const uint8_t *p, size_t n)
{
	uint32_t crc = 0xFFFFFFFF;

	for (size_t i = 0; i < n; i++) {
		crc ^= p[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
	}
	return ~crc;
}

static void
store_le(uint8_t *to, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		to[i] = (uint8_t)(v >> 8 * i);
}

/* Magic and FORMAT_DESCRIPTION event of a log without checksums. */
static size_t
put_front(uint8_t *to, bool mysql)
{
	size_t types = mysql ? 42 : MOST_TYPES;
	size_t n = FRONT + types + TAIL;
	uint8_t *ev = to + MAGIC;

	memcpy(to, "\xFE" "bin", MAGIC);
	memset(ev, 0, n);
	ev[4] = 15;
	store_le(ev + 9, (uint32_t)n);
	ev[19] = 4;
	strcpy((char *)ev + 21, mysql ? "9.7.0" : "11.8.6-MariaDB");
	ev[19 + 2 + 50 + 4] = 19;
	ev[FRONT + 18] = 8;     /* TABLE_MAP's post-header */
	store_le(ev + n - 4, crc32_of(ev, n - 4));
	return MAGIC + n;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct file_options files = { .hold = 4096 };
	uint8_t *log = xmalloc(MAGIC + FRONT + MOST_TYPES + TAIL + size);
	size_t n;

	if (size > 0) {
		n = put_front(log, data[0] & FUZZ_MYSQL);
		memcpy(log + n, data + 1, size - 1);
		fuzz_print(fuzz_file(log, n + size - 1), &files, data[0],
		    true);
	}
	free(log);
	return 0;
}
