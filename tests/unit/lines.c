/* SPDX-License-Identifier: MIT */
#include "io/lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"

enum { LIMIT = 1 << 20 };

/* Make standard input a line of n bytes behind a short one; `ended`: with its
 * newline. */
static void
feed(size_t n, bool ended)
{
	FILE *f = tmpfile();

	fputs("short\n", f);
	for (size_t i = 0; i < n; i++)
		putc('x', f);
	if (ended)
		putc('\n', f);
	fflush(f);
	rewind(f);
	dup2(fileno(f), STDIN_FILENO);
	lseek(STDIN_FILENO, 0, SEEK_SET);
	fclose(f);
}

static void
takes(size_t n, bool ended, const char *name)
{
	struct lines in;
	struct line line;
	struct err err = { 0 };
	int got;

	feed(n, ended);
	lines_open(&in);
	in.limit = LIMIT;
	got = lines_next(&in, &line, &err);
	result(got == 1 && line.text.n == 5, "a line before it");
	got = lines_next(&in, &line, &err);
	if (n <= LIMIT) {
		result(got == 1 && line.text.n == n && line.number == 2, name);
	} else {
		result(got == -1 && err.kind == ERR_DATA, name);
		result(strncmp(err.text, "line 2: longer than 1048576", 27) == 0,
		    "... by its number");
	}
	result(in.cap <= 2 * LIMIT, "... in bounded memory");
	lines_close(&in);
}

int
main(void)
{
	takes(LIMIT, true, "a line as long as the limit");
	takes(LIMIT, false, "... without a newline");
	takes(LIMIT + 1, true, "a byte more");
	takes(LIMIT + 1, false, "... without a newline");
	takes(16 * LIMIT, true, "a line without end");
	return done();
}
