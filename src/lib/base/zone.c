/* SPDX-License-Identifier: MIT */
#include "base/zone.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/integer.h"

/* A zone is asked of the C library once for each span of 388 days, at every
 * sixth hour of it. */
enum { SPAN_BITS = 25, STEP = 6 * 3600, DAY_S = 86400 };
enum { SLOTS = 512 };

struct change {
	int64_t at;             /* from here on */
	int32_t offset;
};

struct zone_span {
	int64_t number;         /* of the span: at >> SPAN_BITS */
	struct change *changes; /* the first is where it begins; n == 0: not
	                         * asked yet */
	size_t n;
};

struct zone {
	char *name;             /* NULL: always the same */
	int32_t fixed;
	struct zone_span spans[SLOTS];
};

/* RFC 8536: the beginning of a file of a zone, and where it says how many leap
 * seconds it counts. */
enum { HEAD = 44, LEAPS_AT = 28 };

enum zone_file { ZONE_NONE, ZONE_GOOD, ZONE_COUNTS_LEAPS };

/* The names of zones are paths below a directory; they have no dots. */
static enum zone_file
look(const char *name)
{
	const char *folder = getenv("TZDIR");
	char path[512];
	uint8_t head[HEAD];
	int n = snprintf(path, sizeof(path), "%s/%s", folder && *folder ?
	    folder : "/usr/share/zoneinfo", name);
	FILE *f;
	bool zone;

	if (!*name || *name == '/' || strchr(name, '.') ||
	    n >= (int)sizeof(path))
		return ZONE_NONE;
	f = fopen(path, "re");
	if (!f)
		return ZONE_NONE;
	zone = fread(head, 1, HEAD, f) == HEAD && memcmp(head, "TZif", 4) == 0;
	fclose(f);
	if (!zone)
		return ZONE_NONE;
	return memcmp(head + LEAPS_AT, "\0\0\0\0", 4) == 0 ? ZONE_GOOD :
	    ZONE_COUNTS_LEAPS;
}

int
zone_check(const char *name, struct err *err)
{
	enum zone_file is = strcmp(name, "UTC") == 0 ? ZONE_GOOD : look(name);

	if (is == ZONE_GOOD)
		return 0;
	if (is == ZONE_COUNTS_LEAPS)
		return err_set(err, ERR_USAGE, "zone '%s' counts leap seconds, "
		    "which no timestamp here does", name);
	err_set(err, ERR_USAGE, "no time zone is called '%s'", name);
	return err_hint(err, "names are those below /usr/share/zoneinfo, such "
	    "as Europe/Berlin");
}

/* "+05:30", at most 18 hours. */
static bool
read_offset(const char *text, int32_t *offset)
{
	struct span rest = span_of(text + 1);
	uint64_t hours, minutes;

	if ((text[0] != '+' && text[0] != '-') || rest.n != 5 ||
	    rest.p[2] != ':' || !integer_read((struct span){ rest.p, 2 }, 18,
	    &hours) || !integer_read((struct span){ rest.p + 3, 2 }, 59,
	    &minutes) || hours * 60 + minutes > 18 * 60)
		return false;
	*offset = (int32_t)(hours * 3600 + minutes * 60);
	if (text[0] == '-')
		*offset = -*offset;
	return true;
}

struct zone *
zone_new(const char *name, struct err *err)
{
	int32_t fixed = 0;
	bool same = strcmp(name, "UTC") == 0 || read_offset(name, &fixed);
	struct zone *zone;

	if (!same && zone_check(name, err) < 0)
		return NULL;
	zone = xcalloc(1, sizeof(*zone));
	zone->fixed = fixed;
	if (!same)
		zone->name = xstrdup(name);
	return zone;
}

void
zone_free(struct zone *zone)
{
	for (size_t i = 0; zone && i < SLOTS; i++)
		free(zone->spans[i].changes);
	if (zone)
		free(zone->name);
	free(zone);
}

static void
set_zone(const char *name)
{
	if (name)
		setenv("TZ", name, 1);
	else
		unsetenv("TZ");
	tzset();
}

/* By the C library, which was told the zone. */
static int32_t
ask(int64_t at)
{
	time_t seconds = (time_t)at;
	struct tm t;

	return localtime_r(&seconds, &t) ? (int32_t)t.tm_gmtoff : 0;
}

/* The moment between two at which the offset becomes that of the later. */
static int64_t
find_change(int64_t from, int64_t to, int32_t offset)
{
	while (to - from > 1) {
		int64_t middle = from + (to - from) / 2;

		if (ask(middle) == offset)
			to = middle;
		else
			from = middle;
	}
	return to;
}

static void
fill(struct zone *zone, struct zone_span *span, int64_t number)
{
	int64_t begin = number * (INT64_C(1) << SPAN_BITS);
	int64_t end = begin + (INT64_C(1) << SPAN_BITS);
	const char *set = getenv("TZ");
	char *was = set ? xstrdup(set) : NULL;
	int32_t offset;

	set_zone(zone->name);
	offset = ask(begin);
	span->number = number;
	span->n = 0;
	*ARRAY_ADD(span->changes, span->n) = (struct change){ begin, offset };
	for (int64_t at = begin; at < end; at += STEP) {
		int64_t next = at + STEP < end ? at + STEP : end;
		int32_t then = ask(next);

		if (then == offset)
			continue;
		offset = then;
		*ARRAY_ADD(span->changes, span->n) = (struct change){
			find_change(at, next, then), then };
	}
	set_zone(was);
	free(was);
}

int32_t
zone_offset(struct zone *zone, int64_t at)
{
	int64_t number = at >> SPAN_BITS;
	struct zone_span *span = &zone->spans[(uint64_t)number % SLOTS];
	size_t i;

	if (!zone->name)
		return zone->fixed;
	if (!span->n || span->number != number)
		fill(zone, span, number);
	i = span->n - 1;
	while (span->changes[i].at > at)
		i--;
	return span->changes[i].offset;
}

enum zone_shown
zone_of_wall(struct zone *zone, int64_t wall, int32_t *before, int32_t *after)
{
	int32_t was = zone_offset(zone, wall - DAY_S);
	int32_t is = zone_offset(zone, wall + DAY_S);
	bool was_shown = zone_offset(zone, wall - was) == was;
	bool is_shown = zone_offset(zone, wall - is) == is;

	*before = was;
	*after = is;
	if (was == is)
		return ZONE_ONCE;
	if (was_shown == is_shown)
		return is_shown ? ZONE_TWICE : ZONE_NEVER;
	*before = *after = is_shown ? is : was;
	return ZONE_ONCE;
}
