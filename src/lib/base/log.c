/* SPDX-License-Identifier: MIT */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/escape.h"

enum { MESSAGE = 8192 };        /* bytes; what is longer is cut */

typedef size_t escape_fn(char to[ESCAPE_MAX], const char *p, size_t n,
    size_t *used);

static const char *program = "cdc";
static enum log_level threshold = LOG_NORMAL;
static bool status_shown;

void
log_name(const char *name)
{
	program = name;
}

void
log_set_level(enum log_level level)
{
	threshold = level;
}

/* A piece of a line on its way to stderr, which has no buffer of its own. */
struct log_piece {
	char p[1024];
	size_t n;
};

static void
flush(struct log_piece *out)
{
	fwrite(out->p, 1, out->n, stderr);
	out->n = 0;
}

/* Words of ours. */
static void
put(struct log_piece *out, const char *text)
{
	size_t n = strlen(text);

	if (n > sizeof(out->p) - out->n)
		flush(out);
	if (n > sizeof(out->p))
		n = sizeof(out->p);
	memcpy(out->p + out->n, text, n);
	out->n += n;
}

/* Names, values, statements, a server's words: nothing that comes from outside
 * reaches a terminal but through here. */
static void
put_escaped(struct log_piece *out, const char *text, size_t n,
    escape_fn *escape)
{
	for (size_t i = 0, used; i < n; i += used) {
		if (sizeof(out->p) - out->n < ESCAPE_MAX)
			flush(out);
		out->n += escape(out->p + out->n, text + i, n - i, &used);
	}
}

static void
put_message(struct log_piece *out, const char *fmt, va_list ap)
{
	char text[MESSAGE];
	int n = vsnprintf(text, sizeof(text), fmt, ap);
	bool cut = n >= MESSAGE;

	if (n > 0)
		put_escaped(out, text, cut ? MESSAGE - 1 : (size_t)n,
		    escape_one);
	if (cut)
		put(out, "…");
}

static void
clear_status(struct log_piece *out)
{
	if (status_shown)
		put(out, "\r\033[K");
	status_shown = false;
}

static void
say(const char *prefix, const char *fmt, va_list ap)
{
	struct log_piece out = { .n = 0 };

	flockfile(stderr);
	clear_status(&out);
	put(&out, program);
	put(&out, ": ");
	put(&out, prefix);
	put_message(&out, fmt, ap);
	put(&out, "\n");
	flush(&out);
	funlockfile(stderr);
}

void
log_report(struct span json)
{
	struct log_piece out = { .n = 0 };

	flockfile(stderr);
	clear_status(&out);
	put_escaped(&out, json.p, json.n, escape_json);
	put(&out, "\n");
	flush(&out);
	funlockfile(stderr);
}

void
log_error(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say("", fmt, ap);
	va_end(ap);
}

void
log_hint(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say("hint: ", fmt, ap);
	va_end(ap);
}

bool
log_says(enum log_level level)
{
	return threshold >= level;
}

void
log_warn(const char *fmt, ...)
{
	va_list ap;

	if (threshold < LOG_NORMAL)
		return;
	va_start(ap, fmt);
	say("warning: ", fmt, ap);
	va_end(ap);
}

void
log_note(const char *fmt, ...)
{
	va_list ap;

	if (threshold < LOG_VERBOSE)
		return;
	va_start(ap, fmt);
	say("", fmt, ap);
	va_end(ap);
}

bool
log_on_terminal(enum log_level level)
{
	return threshold >= level && isatty(STDERR_FILENO);
}

void
log_status(const char *fmt, ...)
{
	struct log_piece out = { .n = 0 };
	va_list ap;

	va_start(ap, fmt);
	put(&out, "\r");
	put(&out, program);
	put(&out, ": ");
	put_message(&out, fmt, ap);
	put(&out, "\033[K");
	flush(&out);
	va_end(ap);
	status_shown = true;
}

void
log_die(int status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say("", fmt, ap);
	va_end(ap);
	exit(status);
}
