/* SPDX-License-Identifier: MIT
 *
 * Records as people see them, of every form: the first byte chooses options,
 * the rest is lines.  What is printed is UTF-8, of characters that a terminal
 * shows, and no more: no controls but newlines and the colours that were asked
 * for, nothing that turns, joins or hides.  With --oneline each record is one
 * line, but for the two of a move.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/escape.h"
#include "cdc.h"
#include "show/show.h"

enum { ONELINE = 1, FULL = 2, STAT = 4, SUMMARY = 8, COLORS = 16, NARROW = 32,
	PASS = 64 };

static int out_fd = -1;

static void
must(bool good)
{
	if (!good)
		abort();
}

/* One of page.c's: ESC [ digits and semicolons m. */
static size_t
color_at(const char *p, size_t n)
{
	size_t i = 2;

	must(n > 2 && p[1] == '[');
	while (i < n && ((p[i] >= '0' && p[i] <= '9') || p[i] == ';'))
		i++;
	must(i < n && i < 8 && p[i] == 'm');
	return i + 1;
}

/* What no text of ours may have, whatever the table of widths says. */
static bool
is_forbidden(unsigned code)
{
	static const unsigned ranges[][2] = {
		{ 0, 0x1F }, { 0x7F, 0x9F }, { 0xAD, 0xAD }, { 0x34F, 0x34F },
		{ 0x61C, 0x61C }, { 0x115F, 0x1160 }, { 0x180B, 0x180F },
		{ 0x200B, 0x200F }, { 0x2028, 0x202E }, { 0x2060, 0x206F },
		{ 0x3164, 0x3164 }, { 0xE000, 0xF8FF }, { 0xFE00, 0xFE0E },
		{ 0xFEFF, 0xFEFF }, { 0xFFF0, 0xFFFB }, { 0xE0000, 0x10FFFF },
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges); i++)
		if (code >= ranges[i][0] && code <= ranges[i][1])
			return true;
	return false;
}

static size_t
check_text(const char *p, size_t n, bool colors)
{
	size_t lines = 0;

	for (size_t i = 0, used; i < n; i += used) {
		unsigned code = 0;

		used = escape_utf8_next(p + i, n - i, &code);
		must(used > 0);
		lines += code == '\n';
		if (code == '\033' && colors)
			used = color_at(p + i, n - i);
		else
			must(code == '\n' || !is_forbidden(code));
	}
	must(n == 0 || p[n - 1] == '\n');
	return lines;
}

/* How many lines were printed since the last call. */
static size_t
check_output(bool colors)
{
	struct err err = { 0 };
	struct buf text = { 0 };
	size_t lines = 0;
	off_t n;

	out_flush(&err);
	n = lseek(out_fd, 0, SEEK_CUR);
	if (n > 0) {
		must(pread(out_fd, buf_room(&text, (size_t)n), (size_t)n, 0) ==
		    n);
		lines = check_text(text.p, (size_t)n, colors);
	}
	buf_free(&text);
	must(ftruncate(out_fd, 0) == 0);
	lseek(out_fd, 0, SEEK_SET);
	return lines;
}

/* Show the lines of a text; how many records should be lines of --oneline. */
static size_t
show_lines(struct showing *s, const char *p, size_t n)
{
	struct record rec = { 0 };
	struct line line = { .number = 0 };
	size_t records = 0;

	for (const char *end = p + n; p < end; p = line.text.p + line.text.n +
	    1) {
		struct err err = { 0 };
		bool second;

		line.text.p = p;
		line.text.n = (size_t)((const char *)rawmemchr(p, '\n') - p);
		line.number++;
		if (line.text.n == 0 || record_scan(&rec, &line, &err) < 0)
			continue;
		second = move_completes(&s->move, &rec);
		if (show_record(s, &rec, &err) == 0)
			records += !second;
	}
	record_clear(&rec);
	return records;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t choice = size ? data[0] : 0;
	struct show_options opt = {
		.oneline = choice & ONELINE, .full = choice & FULL,
		.stat = choice & STAT, .summary = choice & SUMMARY,
		.color = choice & COLORS ? COLOR_ALWAYS : COLOR_NEVER,
		.width = choice & NARROW ? 40 : 0,
		.pass_unknown = choice & PASS,
	};
	struct showing s;
	size_t records, lines;
	char *text;

	if (size < 2)
		return 0;
	if (out_fd < 0) {
		out_fd = memfd_create("out", MFD_CLOEXEC);
		dup2(out_fd, STDOUT_FILENO);
	}
	text = xmalloc(size);
	memcpy(text, data + 1, size - 1);
	text[size - 1] = '\n';
	show_open(&s, &opt);
	records = show_lines(&s, text, size - 1);
	show_end(&s);
	lines = check_output(choice & COLORS);
	if ((choice & (ONELINE | STAT | SUMMARY)) == ONELINE)
		must(lines == records);
	show_close(&s);
	free(text);
	return 0;
}
