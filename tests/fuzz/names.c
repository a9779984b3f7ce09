/* SPDX-License-Identifier: MIT
 *
 * A list of regular expressions, and behind a newline a name for it.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "match/names.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *end = memchr(data, '\n', size);
	size_t n = end ? (size_t)(end - data) : size;
	struct span name = { (const char *)data + n, size - n };
	char *text = xmemdup(data, n);
	struct table_filter filter = { 0 };
	char print[17];
	struct err err = { 0 };

	if (name_list_add(&filter.include_table, text, &err) == 0) {
		name_list_has(&filter.include_table, name);
		table_filter_keeps(&filter, name, name);
		table_filter_fingerprint(&filter, print);
	}
	table_filter_clear(&filter);
	free(text);
	return 0;
}
