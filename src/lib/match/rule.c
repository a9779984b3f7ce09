/* SPDX-License-Identifier: MIT */
#include "match/rule.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "match/pattern.h"

/* A piece of the replacement: text, or (group >= 0) a group. */
struct rule_part {
	struct span text;
	int group;
};

static void
add_part(struct rule *rule, struct span text, int group)
{
	*ARRAY_ADD(rule->parts, rule->nparts) =
	    (struct rule_part){ text, group };
}

static int
no_group(struct span name, struct err *err)
{
	return err_set(err, ERR_USAGE,
	    "the replacement names group '%.*s', which the expression does "
	    "not have", (int)name.n, name.p);
}

/* "$12": as many digits as make a group that exists, as Java reads it. */
static const char *
numbered_group(struct rule *rule, const char *p, struct err *err)
{
	int count = pattern_group_count(rule->pattern);
	const char *start = p;
	int group = *p++ - '0';

	while (*p >= '0' && *p <= '9' && group * 10 + (*p - '0') <= count)
		group = group * 10 + (*p++ - '0');
	if (group > count) {
		no_group((struct span){ start, (size_t)(p - start) }, err);
		return NULL;
	}
	add_part(rule, (struct span){ NULL, 0 }, group);
	return p;
}

/* "${name}" */
static const char *
named_group(struct rule *rule, const char *p, struct err *err)
{
	const char *close = strchr(p, '}');
	struct span name;
	int group;

	if (!close) {
		err_set(err, ERR_USAGE, "the replacement's '${' has no '}'");
		return NULL;
	}
	name = (struct span){ p, (size_t)(close - p) };
	group = pattern_group_named(rule->pattern, name);
	if (group < 0) {
		no_group(name, err);
		return NULL;
	}
	add_part(rule, (struct span){ NULL, 0 }, group);
	return close + 1;
}

/* The part at p; NULL if it is malformed. */
static const char *
read_part(struct rule *rule, const char *p, struct err *err)
{
	size_t n = strcspn(p, "\\$");

	if (n > 0) {
		add_part(rule, (struct span){ p, n }, -1);
		return p + n;
	}
	if (*p == '\\' && p[1]) {
		add_part(rule, (struct span){ p + 1, 1 }, -1);
		return p + 2;
	}
	if (*p == '$' && p[1] >= '0' && p[1] <= '9')
		return numbered_group(rule, p + 1, err);
	if (*p == '$' && p[1] == '{')
		return named_group(rule, p + 2, err);
	err_set(err, ERR_USAGE, "the replacement's '%.2s' is not a group "
	    "($1, ${name}; a dollar is \\$)", p);
	return NULL;
}

struct rule *
rule_new(struct span regex, struct span replacement, struct err *err)
{
	struct rule *rule = xcalloc(1, sizeof(*rule));
	const char *p;

	rule->text = xmemdup(replacement.p, replacement.n);
	rule->pattern = pattern_new(regex, PATTERN_CASE, err);
	p = rule->pattern ? rule->text : NULL;
	while (p && *p)
		p = read_part(rule, p, err);
	if (p)
		return rule;
	rule_free(rule);
	return NULL;
}

struct rule *
rule_last(struct rule *rule)
{
	while (rule->next)
		rule = rule->next;
	return rule;
}

bool
rule_apply(struct rule *rule, struct span text, struct buf *out)
{
	if (!pattern_matches(rule->pattern, text))
		return false;
	for (size_t i = 0; i < rule->nparts; i++) {
		const struct rule_part *part = &rule->parts[i];

		if (part->group < 0)
			buf_span(out, part->text);
		else
			buf_span(out, pattern_group(rule->pattern, text,
			    part->group));
	}
	return true;
}

void
rule_free(struct rule *rule)
{
	while (rule) {
		struct rule *next = rule->next;

		pattern_free(rule->pattern);
		free(rule->parts);
		free(rule->text);
		free(rule);
		rule = next;
	}
}
