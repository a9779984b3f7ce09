/* SPDX-License-Identifier: MIT */
#include "base/integer.h"

bool
integer_take(struct span *text, uint64_t max, uint64_t *v)
{
	uint64_t number = 0;
	size_t n = 0;

	for (; n < text->n && text->p[n] >= '0' && text->p[n] <= '9'; n++) {
		uint64_t digit = (uint64_t)(text->p[n] - '0');

		if (digit > max || number > (max - digit) / 10)
			return false;
		number = number * 10 + digit;
	}
	if (n == 0)
		return false;
	*text = (struct span){ text->p + n, text->n - n };
	*v = number;
	return true;
}

bool
integer_read(struct span text, uint64_t max, uint64_t *v)
{
	return integer_take(&text, max, v) && text.n == 0;
}

bool
integer_read_signed(struct span text, int64_t *v)
{
	bool negative = text.n > 0 && text.p[0] == '-';
	uint64_t digits;

	if (negative)
		text = (struct span){ text.p + 1, text.n - 1 };
	if (!integer_read(text, (uint64_t)INT64_MAX + negative, &digits))
		return false;
	*v = negative ? (int64_t)(0 - digits) : (int64_t)digits;
	return true;
}

uint64_t
integer_or(const char *text, uint64_t otherwise)
{
	uint64_t v;

	return text && integer_read(span_of(text), UINT64_MAX, &v) ? v :
	    otherwise;
}
