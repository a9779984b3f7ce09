/* SPDX-License-Identifier: MIT */
#include "format/resp_array.h"

enum { LENGTH = 24 };           /* "$", 20 digits, CRLF */

static char *
put_line(char *p, char kind, size_t n)
{
	*p++ = kind;
	p = buf_put_u64(p, n);
	*p++ = '\r';
	*p++ = '\n';
	return p;
}

void
resp_array_put(struct buf *out, size_t n)
{
	char *p = put_line(buf_room(out, LENGTH), '*', n);

	out->n = (size_t)(p - out->p);
}

void
resp_array_put_argument(struct buf *out, struct span bytes)
{
	char *p = put_line(buf_room(out, LENGTH + bytes.n + 2), '$', bytes.n);

	if (bytes.n)
		memcpy(p, bytes.p, bytes.n);
	p += bytes.n;
	*p++ = '\r';
	*p++ = '\n';
	out->n = (size_t)(p - out->p);
}
