/* SPDX-License-Identifier: MIT */
#include "record/topic.h"

#include <ctype.h>

void
topic_put_part(struct buf *out, struct span name)
{
	for (size_t i = 0; i < name.n; i++) {
		unsigned char c = (unsigned char)name.p[i];

		if (c < 0x80 && (isalnum(c) || one_of((char)c, "._-")))
			buf_char(out, (char)c);
		else if (c >= 0xF0)     /* two units in UTF-16 */
			buf_str(out, "__");
		else if (c < 0x80 || c >= 0xC0)
			buf_char(out, '_');
	}
}
