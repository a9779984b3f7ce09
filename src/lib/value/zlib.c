/* SPDX-License-Identifier: MIT */
#include "value/zlib.h"

#include <libdeflate.h>

#include "base/err.h"
#include "base/log.h"

enum { MAX_RATIO = 1032 };      /* zlib's: 258 bytes from 2 bits */

int
zlib_unzip(struct span data, uint64_t size, bool raw, struct buf *out)
{
	/* costs more to make than to use: kept */
	static struct libdeflate_decompressor *decompressor;
	enum libdeflate_result result;
	size_t got;
	char *to;

	if (size > (uint64_t)data.n * MAX_RATIO)
		return -1;
	if (!decompressor)
		decompressor = libdeflate_alloc_decompressor();
	if (!decompressor)
		log_die(ERR_OS, "out of memory for decompression");
	to = buf_room(out, size + 1);
	result = (raw ? libdeflate_deflate_decompress :
	    libdeflate_zlib_decompress)(decompressor, data.p, data.n, to,
	    size, &got);
	if (result != LIBDEFLATE_SUCCESS || got != size)
		return -1;
	out->n += size;
	return 0;
}
