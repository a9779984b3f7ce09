/* SPDX-License-Identifier: MIT */
#include "route/routes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/log.h"
#include "json/object.h"
#include "json/scan.h"
#include "json/write.h"
#include "match/named.h"
#include "match/pattern.h"

static int
add_rule(struct routes *routes, struct span regex, struct span replacement,
    struct err *err)
{
	struct rule *rule = rule_new(regex, replacement, err);

	if (!rule)
		return -1;
	named_option("", "rule");
	pattern_is_named(rule->pattern);
	rule->next = NULL;
	if (routes->nrules++ == 0)
		routes->rules = rule;
	else
		rule_last(routes->rules)->next = rule;
	return 0;
}

/* A line of a rules file: two words; '#' begins a comment. */
static int
read_rule(struct routes *routes, char *line, struct err *err)
{
	char *rest = line;
	char *regex = strtok_r(rest, " \t\n", &rest);
	char *replacement = strtok_r(rest, " \t\n", &rest);

	if (!regex || regex[0] == '#')
		return 0;
	if (!replacement || strtok_r(rest, " \t\n", &rest))
		return err_set(err, ERR_USAGE,
		    "a rule has two parts: REGEX REPLACEMENT");
	return add_rule(routes, span_of(regex), span_of(replacement), err);
}

static int
read_rules(struct routes *routes, const char *path, struct err *err)
{
	FILE *file = fopen(path, "re");
	char *line = NULL;
	size_t cap = 0;
	int status = 0;

	if (!file)
		return err_errno(err, ERR_USAGE, "--rules: cannot open %s",
		    path);
	for (int n = 1; status == 0 && getline(&line, &cap, file) >= 0; n++)
		if ((status = read_rule(routes, line, err)) < 0)
			err_wrap(err, "%s:%d", path, n);
	free(line);
	fclose(file);
	return status;
}

int
routes_make(struct routes *routes, const struct routes_options *opt,
    int n, char **words, struct err *err)
{
	routes->opt = opt;
	for (int i = 0; i + 1 < n; i += 2)
		if (add_rule(routes, span_of(words[i]), span_of(words[i + 1]),
		    err) < 0)
			return -1;
	if (opt->rules_file && read_rules(routes, opt->rules_file, err) < 0)
		return -1;
	if (!opt->key_field_regex)
		return 0;
	routes->key_rule = rule_new(span_of(opt->key_field_regex),
	    span_of(opt->key_field_replacement), err);
	if (!routes->key_rule)
		return -1;
	named_option("--", "key-field-regex");
	pattern_is_named(routes->key_rule->pattern);
	return 0;
}

/* "name":"value" for the key, value made from the original topic. */
static void
make_member(struct routes *routes, struct route *r, struct span topic)
{
	struct buf value = { 0 };

	r->member.n = 0;
	if (!routes->opt->key_field)
		return;
	if (!routes->key_rule || !rule_apply(routes->key_rule, topic, &value))
		buf_span(&value, topic);
	json_words(&r->member, span_of(routes->opt->key_field));
	buf_char(&r->member, ':');
	json_words(&r->member, buf_view(&value));
	buf_free(&value);
}

/* The first rule that matches names the topic. */
static void
find(struct routes *routes, struct route *r, struct span quoted)
{
	struct buf text = { 0 };
	struct buf name = { 0 };
	struct span topic = json_string_text(json_inside(quoted), &text);
	struct rule *rule = routes->rules;

	r->topic.n = r->renamed.n = 0;
	buf_span(&r->topic, quoted);
	while (rule && !rule_apply(rule, topic, &name))
		rule = rule->next;
	/* those after it: which of them match nothing? */
	for (const struct rule *next = rule; next; next = next->next)
		if (pattern_is_missed(next->pattern))
			pattern_matches(next->pattern, topic);
	if (rule && name.n == 0)
		log_warn("topic %.*s would become empty and is left unchanged",
		    (int)topic.n, topic.p);
	else if (rule)
		json_words(&r->renamed, buf_view(&name));
	make_member(routes, r, topic);
	buf_free(&text);
	buf_free(&name);
}

const struct route *
routes_find(struct routes *routes, struct span topic)
{
	struct route *r = routes->last;

	if (r && span_eq(buf_view(&r->topic), topic))
		return r;
	r = &routes->slots[hash_span(topic, hash_seed()) % ROUTES_SLOTS];
	routes->last = r;
	if (r->topic.n == 0 || !span_eq(buf_view(&r->topic), topic))
		find(routes, r, topic);
	return r;
}

void
routes_clear(struct routes *routes)
{
	for (size_t i = 0; i < ROUTES_SLOTS; i++) {
		buf_free(&routes->slots[i].topic);
		buf_free(&routes->slots[i].renamed);
		buf_free(&routes->slots[i].member);
	}
	rule_free(routes->rules);
	rule_free(routes->key_rule);
}
