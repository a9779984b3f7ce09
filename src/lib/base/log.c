/* SPDX-License-Identifier: MIT */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

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

static void
say(const char *prefix, const char *fmt, va_list ap)
{
	flockfile(stderr);
	if (status_shown)
		fputs("\r\033[K", stderr);
	status_shown = false;
	fprintf(stderr, "%s: %s", program, prefix);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
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
	va_list ap;

	va_start(ap, fmt);
	fprintf(stderr, "\r%s: ", program);
	vfprintf(stderr, fmt, ap);
	fputs("\033[K", stderr);
	fflush(stderr);
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
