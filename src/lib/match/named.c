/* SPDX-License-Identifier: MIT */
#include "match/named.h"

#include <string.h>

#include "base/alloc.h"
#include "base/log.h"

static const char *dashes = "", *option = "";
static struct named *first, **last = &first;
static bool strict;

void
named_option(const char *front, const char *name)
{
	dashes = front;
	option = name;
}

struct named *
named_add(struct span text)
{
	struct named *n = xcalloc(1, sizeof(*n));

	n->dashes = dashes;
	n->option = option;
	n->text = xmemdup(text.p, text.n);
	*last = n;
	last = &n->next;
	return n;
}

int
named_text_set(struct named_text *name, const char *text, struct err *err)
{
	(void)err;
	*name = (struct named_text){ text, named_add(span_of(text)) };
	return 0;
}

void
named_be_strict(void)
{
	strict = true;
}

static bool
lacks_database(const struct named *n)
{
	size_t length = strlen(n->option);

	return length > 6 && strcmp(n->option + length - 6, "-table") == 0 &&
	    !strchr(n->text, '.');
}

/* "shop.a;shop.b": one name, as it stands. */
static bool
has_other_comma(const struct named *n)
{
	return strpbrk(n->text, "; \t") != NULL;
}

static void
hint(const struct named *n)
{
	if (!log_says(LOG_NORMAL))
		return;
	if (has_other_comma(n))
		log_hint("separate several by commas only");
	else if (lacks_database(n))
		log_hint("a table is db.table: '.*\\.%s'", n->text);
}

int
named_report(struct err *err)
{
	size_t missing = 0;

	for (struct named *n = first; n; n = n->next) {
		if (!n->asked || n->seen || n->told)
			continue;
		missing++;
		n->told = true;
		log_warn("%s%s %s: matched nothing that was read",
		    n->dashes, n->option, n->text);
		hint(n);
	}
	if (!missing || !strict)
		return 0;
	return err_set(err, ERR_CONFIG, "--strict: %zu of the given names "
	    "matched nothing", missing);
}
