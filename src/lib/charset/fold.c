/* SPDX-License-Identifier: MIT */
#include "charset/fold.h"

#include <stdint.h>

#include "base/escape.h"
#include "json/write.h"

/* Characters first, first + step … last become themselves and `more`. */
struct run {
	uint16_t first, last;
	uint8_t step;
	int32_t more;
};

#include "charset/fold_tables.inc"

static const struct {
	const struct run *runs;
	size_t n;
} tables[] = {
	[FOLD_GENERAL] = { general, sizeof(general) / sizeof(*general) },
	[FOLD_GENERAL1400] = { general1400,
	    sizeof(general1400) / sizeof(*general1400) },
	[FOLD_LOWER] = { lower, sizeof(lower) / sizeof(*lower) },
};

static unsigned
fold(unsigned code, enum fold_rule rule)
{
	const struct run *runs = tables[rule].runs;
	size_t low = 0, high = tables[rule].n;

	while (low < high) {
		size_t i = (low + high) / 2;

		if (code > runs[i].last)
			low = i + 1;
		else if (code < runs[i].first)
			high = i;
		else
			return (code - runs[i].first) % runs[i].step ? code :
			    (unsigned)((int)code + runs[i].more);
	}
	return code;
}

void
fold_name(struct buf *out, struct span name, enum fold_rule rule)
{
	for (size_t i = 0, n; i < name.n; i += n) {
		unsigned code;

		n = escape_utf8_next(name.p + i, name.n - i, &code);
		if (n == 0)
			buf_char(out, name.p[i]);
		else
			json_utf8_put(out, fold(code, rule));
		n += n == 0;
	}
}
