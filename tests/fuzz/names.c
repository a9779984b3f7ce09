/* SPDX-License-Identifier: MIT
 *
 * A list of regular expressions, and behind a newline a name for it.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "record/lists.h"
#include "match/table_filter.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *end = memchr(data, '\n', size);
	size_t n = end ? (size_t)(end - data) : size;
	struct span name = { (const char *)data + n, size - n };
	char *text = xmemdup(data, n);
	struct table_filter filter = { 0 };
	char print[FINGERPRINT_TEXT];
	struct lists lists = { 0 };
	struct buf json = { 0 };
	struct err err = { 0 };

	if (name_list_add(&filter.include_table, text, &err) == 0) {
		name_list_has(&filter.include_table, name);
		table_filter_keeps(&filter, name, name);
		lists_add_filter(&lists, &filter);
		lists_fingerprint(&lists, print);
		lists_put(&lists, &json);
		lists_take(&lists, buf_view(&json));
	}
	if (name_list_add_canal(&filter.exclude_table, text, &err) == 0)
		name_list_has(&filter.exclude_table, name);
	table_filter_clear(&filter);
	lists_clear(&lists);
	buf_free(&json);
	free(text);
	return 0;
}
