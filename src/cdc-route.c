/* SPDX-License-Identifier: MIT
 *
 * cdc-route - rename topics with regular expressions
 *
 * Records in, the same records out under other topics: Kafka's RegexRouter and,
 * with --key-field, Debezium's logical table routing.  If no rule matches a
 * topic, its line leaves byte for byte.  See cdc-route(1).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cdc.h"

struct options {
	const char *rules_file;
	const char *key_field;
	const char *key_field_regex, *key_field_replacement;
	int shape;
};

#define OPTIONS struct options

static const struct option_row options[] = {
	HEADING_ROW("Rules"),
	TEXT_ROW("rules", rules_file, "FILE",
	    "more rules, one per line: REGEX REPLACEMENT"),
	HEADING_ROW("Keys of tables that share a topic"),
	TEXT_ROW("key-field", key_field, "NAME",
	    "add the original topic to the key, in this member"),
	TEXT_ROW("key-field-regex", key_field_regex, "REGEX",
	    "if this matches the original topic, add …"),
	TEXT_ROW("key-field-replacement", key_field_replacement, "TEXT",
	    "… this replacement instead"),
	HEADING_ROW("Lines"),
	SHAPE_ROW(shape),
	STRICT_ROW,
	END_ROW
};

static const struct tool tool = {
	.name = "cdc-route",
	.summary = "rename topics with regular expressions",
	.synopsis = "[options] [REGEX REPLACEMENT ...] < RECORDS",
	.options = options,
};

enum { SLOTS = 1024 };

/* What a topic becomes; found once for each. */
struct route {
	struct buf topic;       /* as it stands in a line */
	struct buf renamed;     /* a JSON string, or empty: stays */
	struct buf member;      /* "name":"…" for the key */
};

struct stage {
	struct options *opt;
	struct rule *rules;
	size_t nrules;
	struct rule *key_rule;
	struct route routes[SLOTS];
	struct route *last;
	struct buf key;
};

static int
add_rule(struct stage *st, struct span regex, struct span replacement,
    struct err *err)
{
	struct rule *rule = rule_new(regex, replacement, err);

	if (!rule)
		return -1;
	named_option("", "rule");
	pattern_is_named(rule->pattern);
	rule->next = NULL;
	if (st->nrules++ == 0)
		st->rules = rule;
	else
		rule_last(st->rules)->next = rule;
	return 0;
}

/* A line of a rules file: two words; '#' begins a comment. */
static int
read_rule(struct stage *st, char *line, struct err *err)
{
	char *rest = line;
	char *regex = strtok_r(rest, " \t\n", &rest);
	char *replacement = strtok_r(rest, " \t\n", &rest);

	if (!regex || regex[0] == '#')
		return 0;
	if (!replacement || strtok_r(rest, " \t\n", &rest))
		return err_set(err, ERR_USAGE,
		    "a rule has two parts: REGEX REPLACEMENT");
	return add_rule(st, span_of(regex), span_of(replacement), err);
}

static int
read_rules(struct stage *st, const char *path, struct err *err)
{
	FILE *file = fopen(path, "re");
	char *line = NULL;
	size_t cap = 0;
	int status = 0;

	if (!file)
		return err_errno(err, ERR_USAGE, "--rules: cannot open %s",
		    path);
	for (int n = 1; status == 0 && getline(&line, &cap, file) >= 0; n++)
		if ((status = read_rule(st, line, err)) < 0)
			err_wrap(err, "%s:%d", path, n);
	free(line);
	fclose(file);
	return status;
}

/* "name":"value" for the key, value made from the original topic. */
static void
make_member(struct stage *st, struct route *r, struct span topic)
{
	struct buf value = { 0 };

	r->member.n = 0;
	if (!st->opt->key_field)
		return;
	if (!st->key_rule || !rule_apply(st->key_rule, topic, &value))
		buf_span(&value, topic);
	json_words(&r->member, span_of(st->opt->key_field));
	buf_char(&r->member, ':');
	json_words(&r->member, buf_view(&value));
	buf_free(&value);
}

/* The first rule that matches names the topic. */
static void
find_route(struct stage *st, struct route *r, struct span quoted)
{
	struct buf text = { 0 };
	struct buf name = { 0 };
	struct span topic = json_string_text(json_inside(quoted), &text);
	struct rule *rule = st->rules;

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
	make_member(st, r, topic);
	buf_free(&text);
	buf_free(&name);
}

static struct route *
route_of(struct stage *st, struct span topic)
{
	struct route *r = st->last;

	if (r && span_eq(buf_view(&r->topic), topic))
		return r;
	st->last = r = &st->routes[hash_span(topic, hash_seed()) % SLOTS];
	if (r->topic.n == 0 || !span_eq(buf_view(&r->topic), topic))
		find_route(st, r, topic);
	return r;
}

/* {"id":1} -> {"id":1,"name":"topic"}; a null key stays null. */
static int
extend_key(struct stage *st, struct record *rec, const struct route *r,
    struct err *err)
{
	const char *end = rec->key.p + rec->key.n - 1;
	const char *p = end;

	if (!st->opt->key_field || rec->key.n < 2 || rec->key.p[0] != '{')
		return 0;
	if (record_check_key(rec, err) < 0)
		return -1;
	if (object_member(rec->key, st->opt->key_field).p)
		return record_fault(rec, "its key has a member of the name "
		    "of the added one", err);
	while (json_is_blank(p[-1]))
		p--;
	st->key.n = 0;
	if (p[-1] != '{')
		buf_char(&st->key, ',');
	buf_span(&st->key, buf_view(&r->member));
	record_replace(rec, (struct span){ end, 0 }, buf_view(&st->key));
	return 0;
}

static int
route_record(struct stage *st, struct record *rec, struct err *err)
{
	struct route *r;

	if (!json_inside(rec->topic).p)
		return 0;
	r = route_of(st, rec->topic);
	if (r->renamed.n == 0)
		return 0;
	record_replace(rec, rec->topic, buf_view(&r->renamed));
	return extend_key(st, rec, r, err);
}

static int
make_rules(struct stage *st, int n, char **words, struct err *err)
{
	struct options *opt = st->opt;

	for (int i = 0; i + 1 < n; i += 2)
		if (add_rule(st, span_of(words[i]), span_of(words[i + 1]),
		    err) < 0)
			return -1;
	if (opt->rules_file && read_rules(st, opt->rules_file, err) < 0)
		return -1;
	if (!opt->key_field_regex)
		return 0;
	st->key_rule = rule_new(span_of(opt->key_field_regex),
	    span_of(opt->key_field_replacement), err);
	if (!st->key_rule)
		return -1;
	named_option("--", "key-field-regex");
	pattern_is_named(st->key_rule->pattern);
	return 0;
}

static void
stage_clear(struct stage *st)
{
	for (size_t i = 0; i < SLOTS; i++) {
		buf_free(&st->routes[i].topic);
		buf_free(&st->routes[i].renamed);
		buf_free(&st->routes[i].member);
	}
	buf_free(&st->key);
	rule_free(st->rules);
	rule_free(st->key_rule);
}

static void
check_usage(const struct options *opt, int nwords)
{
	if (nwords % 2)
		cli_usage(&tool, "a rule has two parts: REGEX REPLACEMENT");
	if (nwords == 0 && !opt->rules_file)
		cli_usage(&tool, "no rule given");
	if (opt->key_field && !json_utf8_valid(span_of(opt->key_field)))
		cli_usage(&tool, "--key-field is not UTF-8");
	if (!opt->key_field_regex != !opt->key_field_replacement)
		cli_usage(&tool, "--key-field-regex and "
		    "--key-field-replacement go together");
}

int
main(int argc, char **argv)
{
	struct options opt = { 0 };
	static struct stage st;
	struct lines in;
	struct line line;
	struct record rec = { 0 };
	struct err err = { 0 };
	int first = cli_parse(&tool, argc, argv, &opt);

	rec.shape = (enum record_shape)opt.shape;
	check_usage(&opt, argc - first);
	st.opt = &opt;
	lines_open(&in);
	if (make_rules(&st, argc - first, argv + first, &err) == 0)
		while (lines_next(&in, &line, &err) > 0) {
			if (record_scan(&rec, &line, &err) < 0 ||
			    route_record(&st, &rec, &err) < 0)
				break;
			record_emit(&rec, &in);
		}
	lines_close(&in);
	record_clear(&rec);
	stage_clear(&st);
	return cli_finish(&err);
}
