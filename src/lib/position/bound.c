/* SPDX-License-Identifier: MIT */
#include "position/bound.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/clock.h"

static bool
parse_offset(struct bound *bound, const char *text)
{
	const char *colon = strrchr(text, ':');
	const char *digits = colon ? colon + 1 : text;

	if (!*digits || digits[strspn(digits, "0123456789")])
		return false;
	if (colon == text)
		return false;
	errno = 0;
	bound->offset = strtoull(digits, NULL, 10);
	if (errno)
		return false;
	if (colon)
		bound->file = xmemdup(text, (size_t)(colon - text));
	bound->kind = BOUND_OFFSET;
	return true;
}

/* "2026-11-22[ T]10:00[:00][Z]".  A date alone would be a GTID. */
static bool
parse_time(struct bound *bound, const char *text)
{
	static const char *const formats[] = {
		"%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M",
		"%Y-%m-%dT%H:%M",
	};

	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		struct tm tm = { .tm_isdst = -1 };
		const char *rest = strptime(text, formats[i], &tm);

		if (!rest || (*rest && strcmp(rest, "Z")))
			continue;
		bound->kind = BOUND_TIME;
		if (*rest)
			bound->time_s = days_from_civil((unsigned)tm.tm_year + 1900,
			    (unsigned)tm.tm_mon + 1, (unsigned)tm.tm_mday) *
			    86400 + tm.tm_hour * 3600 + tm.tm_min * 60 +
			    tm.tm_sec;
		else
			bound->time_s = mktime(&tm);
		return true;
	}
	return false;
}

int
bound_parse(struct bound *bound, const char *text, struct err *err)
{
	struct err ignored = { 0 };

	bound_clear(bound);
	if (strcmp(text, "earliest") == 0 || strcmp(text, "now") == 0) {
		bound->kind = *text == 'e' ? BOUND_EARLIEST : BOUND_NOW;
		return 0;
	}
	if (parse_time(bound, text))
		return 0;
	if (*text && gtid_list_parse(&bound->gtids, text, &ignored) == 0) {
		bound->kind = BOUND_GTID;
		return 0;
	}
	if (parse_offset(bound, text))
		return 0;
	err_set(err, ERR_USAGE, "'%s' is no position", text);
	return err_hint(err, "a GTID list (0-1-3,1-1-368), an offset "
	    "([FILE:]1534) or a time (2026-11-22 10:00:00, local; with Z, "
	    "UTC)");
}

void
bound_clear(struct bound *bound)
{
	gtid_list_clear(&bound->gtids);
	free(bound->file);
	*bound = (struct bound){ 0 };
}
