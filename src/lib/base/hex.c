/* SPDX-License-Identifier: MIT */
#include "base/hex.h"

const char hex_lower[17] = "0123456789abcdef";
const char hex_upper[17] = "0123456789ABCDEF";

void
hex_append(struct buf *out, struct span bytes, const char digits[17])
{
	char *to = buf_room(out, 2 * bytes.n);

	for (size_t i = 0; i < bytes.n; i++)
		to = hex_put(to, (uint8_t)bytes.p[i], digits);
	out->n += 2 * bytes.n;
}

bool
hex_take(struct buf *out, struct span digits)
{
	for (size_t i = 0; i + 1 < digits.n; i += 2) {
		int high = hex_value(digits.p[i]);
		int low = hex_value(digits.p[i + 1]);

		if (high < 0 || low < 0)
			return false;
		buf_char(out, (char)(high << 4 | low));
	}
	return digits.n % 2 == 0;
}
