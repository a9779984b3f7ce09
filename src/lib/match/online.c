/* SPDX-License-Identifier: MIT */
#include "match/online.h"

#include <ctype.h>
#include <string.h>

enum { MOST_UNDERSCORES = 10, TIME_DIGITS = 14 };

static const char *const words[] = {
	"", "gh-ost", "pt-osc", "gh-ost,pt-osc",
};

/* What a name ends with. */
static const struct ending {
	enum online_tool tool;
	const char *text;
	bool has_rows;
} endings[] = {
	{ ONLINE_GH_OST, "_gho", true },
	{ ONLINE_GH_OST, "_del", true },
	{ ONLINE_GH_OST, "_ghc", false },
	{ ONLINE_GH_OST, "_ghk", false },
	{ ONLINE_PT_OSC, "_new", true },
	{ ONLINE_PT_OSC, "_old", true },
};

int
online_read(unsigned *tools, const char *text, struct err *err)
{
	while (*text) {
		size_t n = strcspn(text, ",");
		struct span word = { text, n };

		if (span_is(word, words[ONLINE_GH_OST]))
			*tools |= ONLINE_GH_OST;
		else if (span_is(word, words[ONLINE_PT_OSC]))
			*tools |= ONLINE_PT_OSC;
		else
			break;
		text += n + (text[n] == ',');
		if (!*text)
			return 0;
	}
	return err_set(err, ERR_USAGE, "not one of gh-ost, pt-osc: '%s'",
	    text);
}

const char *
online_names(unsigned tools)
{
	return words[tools & (ONLINE_GH_OST | ONLINE_PT_OSC)];
}

static bool
cut_ending(struct span *name, const char *text)
{
	size_t n = strlen(text);

	if (name->n <= n || memcmp(name->p + name->n - n, text, n) != 0)
		return false;
	name->n -= n;
	return true;
}

/* _20261126093000 */
static bool
cut_time(struct span *name)
{
	size_t n = name->n;

	if (n < TIME_DIGITS + 2)
		return false;
	for (size_t i = 1; i <= TIME_DIGITS; i++)
		if (!isdigit((unsigned char)name->p[n - i]))
			return false;
	name->n -= TIME_DIGITS;
	if (cut_ending(name, "_"))
		return true;
	name->n = n;
	return false;
}

/* With one _ less in front, and one less, …; gh-ost has one alone. */
static bool
try_fronts(const struct ending *e, struct span name, online_fn *fn, void *arg)
{
	size_t most = e->tool == ONLINE_PT_OSC ? MOST_UNDERSCORES : 1;

	for (size_t i = 0; i < most && name.n > 1 && *name.p == '_'; i++) {
		name.p++;
		name.n--;
		if (fn(arg, name, e->has_rows))
			return true;
	}
	return false;
}

static bool
try_ending(const struct ending *e, struct span name, online_fn *fn, void *arg)
{
	if (!cut_ending(&name, e->text))
		return false;
	if (try_fronts(e, name, fn, arg))
		return true;
	if (strcmp(e->text, "_del") != 0)
		return false;
	if (cut_ending(&name, "_rev") && try_fronts(e, name, fn, arg))
		return true;
	return cut_time(&name) && try_fronts(e, name, fn, arg);
}

bool
online_beside(unsigned tools, struct span name, online_fn *fn, void *arg)
{
	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++)
		if ((tools & endings[i].tool) && try_ending(&endings[i], name,
		    fn, arg))
			return true;
	return false;
}
