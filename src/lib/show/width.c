/* SPDX-License-Identifier: MIT */
#include "show/width.h"

#include <stddef.h>

static const struct {
	unsigned first, last;
	enum width_class class;
} ranges[] = {
#include "show/width_tables.inc"
};

enum width_class
width_of(unsigned code)
{
	size_t low = 0, high = sizeof(ranges) / sizeof(*ranges);

	if (code < 0x80)
		return code < ' ' || code == 0x7F ? WIDTH_ESCAPED : WIDTH_ONE;
	while (low < high) {
		size_t middle = (low + high) / 2;

		if (code > ranges[middle].last)
			low = middle + 1;
		else
			high = middle;
	}
	return low < sizeof(ranges) / sizeof(*ranges) &&
	    code >= ranges[low].first ? ranges[low].class : WIDTH_ONE;
}
