/* SPDX-License-Identifier: MIT */
#include "base/url.h"

#include "base/hex.h"

static bool
is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || one_of(c, "-._~");
}

void
url_put(struct buf *out, struct span text)
{
	char *to = buf_room(out, 3 * text.n);

	for (size_t i = 0; i < text.n; i++) {
		if (is_unreserved(text.p[i])) {
			*to++ = text.p[i];
		} else {
			*to++ = '%';
			to = hex_put(to, (uint8_t)text.p[i], hex_upper);
		}
	}
	out->n = (size_t)(to - out->p);
}
