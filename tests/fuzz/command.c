/* SPDX-License-Identifier: MIT
 *
 * --resp-command: any text is commands or an error of usage, and any word that
 * is quoted is one word, and that one.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "format/resp_command.h"

static void
must(bool good)
{
	if (!good)
		abort();
}

/* As `redis-cli` prints it. */
static void
put_quoted(struct buf *out, const char *text)
{
	static const char letters[256] = { ['\n'] = 'n', ['\r'] = 'r',
		['\t'] = 't', ['\a'] = 'a', ['\b'] = 'b', ['"'] = '"',
		['\\'] = '\\' };

	buf_char(out, '"');
	for (; *text; text++) {
		char letter = letters[(unsigned char)*text];

		if (!letter && ((unsigned char)*text < ' ' ||
		    (unsigned char)*text > '~')) {
			buf_printf(out, "\\x%02x", (unsigned char)*text);
			continue;
		}
		if (letter)
			buf_char(out, '\\');
		buf_char(out, letter ? letter : *text);
	}
	buf_char(out, '"');
}

static void
check_quoted(const char *text)
{
	struct buf line = { 0 }, word = { 0 };
	struct err err = { 0 };
	const char *p;

	put_quoted(&line, text);
	buf_str(&line, " \t");
	put_quoted(&line, "");
	p = buf_cstr(&line);
	must(resp_command_word(&p, &word, &err) == 1 &&
	    span_eq(buf_view(&word), span_of(text)));
	must(resp_command_word(&p, &word, &err) == 1 && word.n == 0);
	must(resp_command_word(&p, &word, &err) == 0);
	buf_free(&line);
	buf_free(&word);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct resp_commands all = { 0 };
	struct buf text = { 0 };
	struct err err = { 0 };

	buf_put(&text, data, size);
	if (resp_commands_add(&all, buf_cstr(&text), &err) < 0)
		must(err.kind == ERR_USAGE && err.text[0]);
	resp_commands_clear(&all);
	check_quoted(buf_cstr(&text));
	buf_free(&text);
	return 0;
}
