/* SPDX-License-Identifier: MIT */
#include "io/textfile.h"

#include "io/lines.h"

int
textfile_line(FILE *f, struct buf *line, bool *cut, struct err *err)
{
	int c;

	line->n = 0;
	while ((c = getc_unlocked(f)) != EOF && c != '\n') {
		if (line->n == LINE_LIMIT)
			return err_set(err, ERR_DATA, "a line that is longer "
			    "than %llu bytes", LINE_LIMIT);
		buf_char(line, (char)c);
	}
	if (ferror(f))
		return err_errno(err, ERR_IO, "cannot read it");
	*cut = c == EOF;
	return c != EOF || line->n > 0;
}
