/* SPDX-License-Identifier: MIT */
#include "format/kcat_line.h"

#include "json/write.h"

bool
kcat_line_put(struct buf *out, struct span key, struct span value)
{
	for (size_t i = 0; i < key.n; i++)
		if (one_of(key.p[i], "\t\n\r"))
			return false;
	buf_span(out, key);
	buf_char(out, '\t');
	json_put_line(out, value);
	buf_char(out, '\n');
	return true;
}
