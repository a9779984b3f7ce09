/* SPDX-License-Identifier: MIT */
#include "cli/shell_word.h"

#include <inttypes.h>
#include <string.h>

static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:@%+=,-";

/* zsh looks for the command that =this names. */
static bool
is_plain(struct span text)
{
	for (size_t i = 0; i < text.n; i++)
		if (!one_of(text.p[i], plain))
			return false;
	return text.n > 0 && text.p[0] != '=';
}

/* Inside of '' nothing but the next ' is special. */
void
shell_word_put_span(struct buf *out, struct span text)
{
	if (is_plain(text)) {
		buf_span(out, text);
		return;
	}
	buf_char(out, '\'');
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] == '\'')
			buf_str(out, "'\\''");
		else
			buf_char(out, text.p[i]);
	buf_char(out, '\'');
}

void
shell_word_put(struct buf *out, const char *text)
{
	shell_word_put_span(out, span_of(text));
}

static void
put_option(struct buf *out, const struct option_row *row, const void *field)
{
	const char *text = row->kind == OPT_TEXT ?
	    *(const char *const *)field : NULL;
	uint64_t count = row->kind == OPT_COUNT ? *(const uint64_t *)field : 0;
	bool flag = row->kind == OPT_FLAG && !row->act && *(const bool *)field;

	if (!text && !count && !flag)
		return;
	buf_printf(out, " --%s", row->name);
	if (count)
		buf_printf(out, " %" PRIu64, count);
	if (text) {
		buf_char(out, ' ');
		shell_word_put(out, text);
	}
}

void
shell_word_put_options(struct buf *out, const struct option_row *rows,
    const void *values)
{
	for (; rows->name; rows++)
		put_option(out, rows, (const char *)values + rows->offset);
}
