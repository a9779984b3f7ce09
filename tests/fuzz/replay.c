/* SPDX-License-Identifier: MIT
 *
 * usage: HARNESS FILE…    feed each file to the harness once; a crash or a
 *                         sanitizer's report is the failure
 */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

static int
replay(const char *path)
{
	FILE *f = fopen(path, "rb");
	size_t cap = 1 << 20, n;
	uint8_t *data = malloc(cap);

	if (!f || !data) {
		perror(path);
		return 1;
	}
	n = fread(data, 1, cap, f);
	fclose(f);
	/* of its exact size, so that a sanitizer sees reads behind it */
	data = realloc(data, n ? n : 1);
	LLVMFuzzerTestOneInput(data, n);
	free(data);
	return 0;
}

int
main(int argc, char **argv)
{
	int bad = argc < 2;

	for (int i = 1; i < argc; i++)
		bad |= replay(argv[i]);
	return bad;
}
