/* SPDX-License-Identifier: MIT */
#include "mask/mask_rules.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/integer.h"
#include "io/textfile.h"
#include "json/write.h"
#include "match/named.h"
#include "match/pattern.h"

enum argument { ARGUMENT_NONE, ARGUMENT_MAY, ARGUMENT_MUST };

enum { MOST_CHARACTERS = 65535 };

static const struct {
	const char *name;
	enum argument argument;
	const char *what;       /* the argument is */
	const char *otherwise;  /* where it is not given */
} kinds[MASK_KINDS] = {
	[MASK_PASS] = { "pass", ARGUMENT_NONE, NULL, NULL },
	[MASK_NULL] = { "null", ARGUMENT_NONE, NULL, NULL },
	[MASK_STARS] = { "mask", ARGUMENT_MUST, "a number", NULL },
	[MASK_REDACT] = { "redact", ARGUMENT_MUST, "a text", NULL },
	[MASK_TRUNCATE] = { "truncate", ARGUMENT_MUST, "a number", NULL },
	[MASK_HASH] = { "hash", ARGUMENT_MAY, "a hash", "SHA-256" },
	[MASK_HASH_V1] = { "hash-v1", ARGUMENT_MAY, "a hash", "SHA-256" },
	[MASK_TOKENIZE] = { "tokenize", ARGUMENT_NONE, NULL, NULL },
	[MASK_EMAIL] = { "email", ARGUMENT_MAY, "a domain",
		"masked.invalid" },
};

/* ---- the text of a rule */

/* Does "(?=" or "(?<=" end at p? */
static bool
is_lookaround(const char *text, const char *p)
{
	return (p - text >= 2 && memcmp(p - 2, "(?", 2) == 0) ||
	    (p - text >= 3 && memcmp(p - 3, "(?<", 3) == 0);
}

/* The '=' that ends the expressions, NULL where there is none. */
static const char *
find_argument(const char *text)
{
	bool in_class = false;

	for (const char *p = text; *p; p++) {
		if (*p == '\\' && p[1])
			p++;
		else if (in_class)
			in_class = *p != ']';
		else if (*p == '[')
			in_class = true;
		else if (*p == '=' && !is_lookaround(text, p))
			return p;
	}
	return NULL;
}

static bool
is_domain(struct span text)
{
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];

		if (c <= ' ' || c == '@' || c == 0x7f)
			return false;
	}
	return text.n > 0 && text.n <= 253;
}

/* What follows the '=', NULL for none. */
static int
read_argument(struct mask_rule *rule, const char *argument, struct err *err)
{
	const char *name = kinds[rule->kind].name;
	struct span text = span_of(argument);
	struct digest *d;

	buf_span(&rule->text, text);
	if (!json_utf8_valid(text))
		return err_set(err, ERR_USAGE, "the argument of %s is not "
		    "UTF-8", name);
	switch (rule->kind) {
	case MASK_STARS:
	case MASK_TRUNCATE:
		return integer_read(text, MOST_CHARACTERS, &rule->n) ? 0 :
		    err_set(err, ERR_USAGE, "%s needs a number of characters "
		    "from 0 to %d, not '%s'", name, MOST_CHARACTERS, argument);
	case MASK_HASH:
	case MASK_HASH_V1:
		d = digest_new(text, SPAN(""), err);
		digest_free(d);
		return d ? 0 : -1;
	case MASK_EMAIL:
		return is_domain(text) ? 0 : err_set(err, ERR_USAGE,
		    "%s needs a domain, not '%s'", name, argument);
	default:
		return 0;
	}
}

static int
fill(struct mask_rule *rule, char *text, struct err *err)
{
	enum argument takes = kinds[rule->kind].argument;
	const char *name = kinds[rule->kind].name;
	const char *equals = takes == ARGUMENT_NONE ? NULL :
	    find_argument(text);

	if (takes == ARGUMENT_MUST && !equals) {
		err_set(err, ERR_USAGE, "%s '%s' has no argument", name, text);
		return err_hint(err, "write REGEX=ARGUMENT, where it is %s",
		    kinds[rule->kind].what);
	}
	if (takes != ARGUMENT_NONE && read_argument(rule, equals ? equals + 1 :
	    kinds[rule->kind].otherwise, err) < 0)
		return -1;
	if (equals)
		text[equals - text] = '\0';
	return name_list_add_columns(&rule->columns, text, err);
}

static void
clear(struct mask_rule *rule)
{
	name_list_clear(&rule->columns);
	buf_free(&rule->text);
	digest_free(rule->digest);
}

int
mask_rules_add(struct mask_rules *rules, enum mask_kind kind,
    const char *text, struct err *err)
{
	struct mask_rule rule = { .kind = kind };
	char *copy = xstrdup(text);
	int status = fill(&rule, copy, err);

	free(copy);
	if (status < 0)
		clear(&rule);
	else
		*ARRAY_ADD(rules->v, rules->n) = rule;
	return status;
}

/* ---- a file of rules */

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static int
read_line(struct mask_rules *rules, struct buf *line, struct err *err)
{
	char *text = buf_cstr(line), *end = text + line->n, *word;
	struct span name;

	if (memchr(text, '\0', line->n))
		return err_set(err, ERR_USAGE, "a NUL in it");
	while (end > text && is_space(end[-1]))
		*--end = '\0';
	while (is_space(*text))
		text++;
	if (!*text || *text == '#')
		return 0;
	for (word = text; *text && !is_space(*text); )
		text++;
	name = span_between(word, text);
	while (is_space(*text))
		text++;
	for (int kind = 0; kind < MASK_KINDS; kind++)
		if (span_is(name, kinds[kind].name))
			return *text ? mask_rules_add(rules,
			    (enum mask_kind)kind, text, err) :
			    err_set(err, ERR_USAGE, "%s names no column",
			    kinds[kind].name);
	err_set(err, ERR_USAGE, "there is no rule '%.*s'", (int)name.n,
	    name.p);
	return err_hint(err, "a line is KIND REGEX[=ARGUMENT], where KIND is "
	    "pass, null, mask, redact, truncate, hash, hash-v1, tokenize or "
	    "email");
}

int
mask_rules_read(struct mask_rules *rules, const char *path, struct err *err)
{
	FILE *file = fopen(path, "re");
	struct buf line = { 0 };
	int status = 0;
	bool cut;

	if (!file)
		return err_errno(err, ERR_USAGE, "cannot open %s", path);
	named_option("", "rule");
	for (int n = 1; status >= 0 &&
	    (status = textfile_line(file, &line, &cut, err)) > 0; n++)
		if ((status = read_line(rules, &line, err)) < 0)
			err_wrap(err, "%s:%d", path, n);
	buf_free(&line);
	fclose(file);
	return status;
}

/* ---- what they say */

bool
mask_rules_have(const struct mask_rules *rules, enum mask_kind kind)
{
	for (size_t i = 0; i < rules->n; i++)
		if (rules->v[i].kind == kind)
			return true;
	return false;
}

int
mask_rules_arm(struct mask_rules *rules, struct span salt, struct err *err)
{
	for (size_t i = 0; i < rules->n; i++) {
		struct mask_rule *r = &rules->v[i];

		if (r->kind != MASK_HASH && r->kind != MASK_HASH_V1)
			continue;
		r->digest = digest_new(buf_view(&r->text), salt, err);
		if (!r->digest)
			return -1;
	}
	return 0;
}

/* In a name of a database or table, a dot is not one that separates them: an
 * expression must not let more pass than its tables. */
static void
put_undotted(struct buf *out, struct span name)
{
	for (size_t i = 0; i < name.n; i++)
		buf_char(out, name.p[i] == '.' ? '\x1f' : name.p[i]);
}

static struct span
join(struct buf *out, struct span db, struct span table, struct span column)
{
	out->n = 0;
	buf_span(out, db);
	buf_char(out, '.');
	buf_span(out, table);
	buf_char(out, '.');
	buf_span(out, column);
	return buf_view(out);
}

static struct span
join_undotted(struct buf *out, struct span db, struct span table,
    struct span column)
{
	out->n = 0;
	put_undotted(out, db);
	buf_char(out, '.');
	put_undotted(out, table);
	buf_char(out, '.');
	buf_span(out, column);
	return buf_view(out);
}

const struct mask_rule *
mask_rules_find(const struct mask_rules *rules, struct span db,
    struct span table, struct span column)
{
	struct buf name = { 0 }, undotted = { 0 };
	struct span whole = join(&name, db, table, column);
	struct span exact = join_undotted(&undotted, db, table, column);
	const struct mask_rule *found = NULL;

	/* after the first match, to find out which of them match nothing */
	for (size_t i = 0; i < rules->n; i++) {
		const struct mask_rule *r = &rules->v[i];

		if (name_list_has(&r->columns, r->kind == MASK_PASS ? exact :
		    whole) && !found)
			found = r;
	}
	buf_free(&name);
	buf_free(&undotted);
	return found;
}

bool
mask_rules_may_mask(const struct mask_rules *rules, struct span db,
    struct span table)
{
	struct buf name = { 0 };
	struct span front = join(&name, db, table, SPAN(""));
	bool may = false;

	for (size_t i = 0; i < rules->n && !may; i++) {
		const struct mask_rule *r = &rules->v[i];

		for (size_t k = 0; r->kind != MASK_PASS &&
		    k < r->columns.n && !may; k++)
			may = pattern_may_begin(r->columns.patterns[k], front);
	}
	buf_free(&name);
	return may;
}

bool
mask_rules_follow(const struct mask_rules *rules, struct span db,
    struct span table, struct span to_db, struct span to_table)
{
	struct buf old = { 0 }, new = { 0 };
	struct span front = join(&old, db, table, SPAN(""));
	struct span to = join(&new, to_db, to_table, SPAN(""));
	bool follow = true;

	for (size_t i = 0; i < rules->n; i++) {
		const struct mask_rule *r = &rules->v[i];

		for (size_t k = 0; r->kind != MASK_PASS &&
		    k < r->columns.n && follow; k++)
			follow = !pattern_may_begin(r->columns.patterns[k],
			    front) || pattern_may_begin(
			    r->columns.patterns[k], to);
	}
	buf_free(&old);
	buf_free(&new);
	return follow;
}

void
mask_rules_clear(struct mask_rules *rules)
{
	for (size_t i = 0; i < rules->n; i++)
		clear(&rules->v[i]);
	free(rules->v);
	*rules = (struct mask_rules){ 0 };
}
