/* SPDX-License-Identifier: MIT */
#include "base/uuid.h"

#include "base/hex.h"

/* Is there a hyphen before the byte? */
static bool
has_hyphen(int byte)
{
	return byte == 4 || byte == 6 || byte == 8 || byte == 10;
}

char *
uuid_put(char *to, const uint8_t uuid[UUID_BYTES])
{
	for (int i = 0; i < UUID_BYTES; i++) {
		if (has_hyphen(i))
			*to++ = '-';
		to = hex_put(to, uuid[i], hex_lower);
	}
	return to;
}

bool
uuid_take(uint8_t uuid[UUID_BYTES], struct span text)
{
	const char *p = text.p;

	if (text.n != UUID_TEXT)
		return false;
	for (int i = 0; i < UUID_BYTES; i++, p += 2) {
		int high, low;

		if (has_hyphen(i) && *p++ != '-')
			return false;
		high = hex_value(p[0]);
		low = hex_value(p[1]);
		if (high < 0 || low < 0)
			return false;
		uuid[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}
