/* SPDX-License-Identifier: MIT */
#include "position/bound.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/integer.h"
#include "position/moment.h"

/* A name may be a file's; one with blanks is more often something else. */
static bool
is_log_name(const char *p, size_t n)
{
	const char *dot = memrchr(p, '.', n);
	size_t digits = dot ? strspn(dot + 1, "0123456789") : 0;

	return n > 0 && (!memchr(p, ' ', n) ||
	    (digits > 0 && dot + 1 + digits == p + n));
}

static bool
parse_offset(struct bound *bound, const char *text)
{
	const char *colon = strrchr(text, ':');
	const char *digits = colon ? colon + 1 : text;

	if (colon && !is_log_name(text, (size_t)(colon - text)))
		return false;
	if (!integer_read(span_of(digits), UINT64_MAX, &bound->offset))
		return false;
	if (colon)
		bound->file = xmemdup(text, (size_t)(colon - text));
	bound->kind = BOUND_OFFSET;
	return true;
}

static int
parse_gtids(struct bound *bound, const char *text, struct err *err)
{
	if (gtid_list_parse(&bound->gtids, text, err) < 0)
		return -1;
	bound->kind = BOUND_GTID;
	return 0;
}

int
bound_parse(struct bound *bound, const char *text, struct err *err)
{
	int time;

	bound_clear(bound);
	if (strcmp(text, "earliest") == 0 || strcmp(text, "now") == 0) {
		bound->kind = *text == 'e' ? BOUND_EARLIEST : BOUND_NOW;
		return 0;
	}
	time = moment_parse(&bound->time_s, text, err);
	if (time < 0)
		return -1;
	if (time > 0) {
		bound->kind = BOUND_TIME;
		return 0;
	}
	if (strchr(text, '-') && !text[strspn(text, "0123456789-, ")])
		return parse_gtids(bound, text, err);
	if (parse_offset(bound, text))
		return 0;
	err_set(err, ERR_USAGE, "'%s' is not a position", text);
	return err_hint(err, "a GTID list (0-1-3,1-1-368), an offset "
	    "([LOG:]1534), a time (2026-11-22 10:00:00, local; with Z, "
	    "UTC; with +02:00), or now; --from also takes earliest");
}

int
bound_parse_time(struct bound *bound, const char *text, struct err *err)
{
	bound_clear(bound);
	bound->kind = BOUND_TIME;
	return moment_parse_only(&bound->time_s, text, err);
}

void
bound_clear(struct bound *bound)
{
	gtid_list_clear(&bound->gtids);
	free(bound->file);
	*bound = (struct bound){ 0 };
}
