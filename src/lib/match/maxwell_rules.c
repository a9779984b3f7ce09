/* SPDX-License-Identifier: MIT */
#include "match/maxwell_rules.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "match/named.h"
#include "match/pattern.h"

enum { SHOWN = 20 };            /* bytes of a rule in a message */

/* Any of: a word, an expression, neither of both ("*"). */
struct text {
	char *word;
	struct pattern *regex;
};

struct maxwell_rule {
	bool includes;
	struct text db, table;
	char *column;           /* NULL: of tables */
	struct text value;
	struct named *named;
};

struct parser {
	const char *text, *p;
	struct err *err;
};

/* ---- words and expressions */

static int
expected(struct parser *in, const char *what)
{
	if (*in->p)
		return err_set(in->err, ERR_USAGE, "%s expected at '%.*s%s'",
		    what, SPAN_SHOWN(span_of(in->p), SHOWN));
	return err_set(in->err, ERR_USAGE, "%s expected at the end of '%s'",
	    what, in->text);
}

static void
skip_blanks(struct parser *in)
{
	while (*in->p && (unsigned char)*in->p <= ' ')
		in->p++;
}

static bool
sign(struct parser *in, char c)
{
	skip_blanks(in);
	if (*in->p != c)
		return false;
	in->p++;
	return true;
}

static bool
is_word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-' ||
	    (unsigned char)c >= 0x80;
}

static struct span
take_word(struct parser *in)
{
	const char *begin;

	skip_blanks(in);
	begin = in->p;
	if (*in->p == '-')              /* begins none */
		return (struct span){ begin, 0 };
	while (is_word_char(*in->p))
		in->p++;
	return span_between(begin, in->p);
}

/* Between quotes, of which a backslash makes a character. */
static int
take_quoted(struct parser *in, char **word)
{
	const char *begin = in->p;
	char quote = *in->p++;
	struct buf out = { 0 };

	for (; *in->p != quote; in->p++) {
		if (*in->p == '\\' && one_of(in->p[1], "\\'\"`"))
			in->p++;
		else if (*in->p == '\\') {
			buf_free(&out);
			return expected(in, "a quote or a backslash after the "
			    "backslash");
		}
		if (!*in->p) {
			buf_free(&out);
			in->p = begin;
			return expected(in, "the end of the quotes");
		}
		buf_char(&out, *in->p);
	}
	in->p++;
	*word = buf_cstr(&out);
	return 0;
}

/* Up to a slash that no backslash is before. */
static int
take_regex(struct parser *in, struct pattern **regex)
{
	const char *begin = ++in->p;

	while (*in->p && (*in->p != '/' || (in->p > begin &&
	    in->p[-1] == '\\')))
		in->p++;
	if (!*in->p) {
		in->p = begin - 1;
		return expected(in, "the end of the regular expression");
	}
	*regex = pattern_new(span_between(begin, in->p), PATTERN_WITHIN,
	    in->err);
	in->p++;
	return *regex ? 0 : -1;
}

/* "*" is neither; what: in an error. */
static int
take_text(struct parser *in, struct text *to, const char *what)
{
	struct span word;

	if (sign(in, '*'))
		return 0;
	if (*in->p == '/')
		return take_regex(in, &to->regex);
	if (one_of(*in->p, "`'\""))
		return take_quoted(in, &to->word);
	word = take_word(in);
	if (!word.n)
		return expected(in, what);
	to->word = xmemdup(word.p, word.n);
	return 0;
}

static bool
matches(const struct text *t, struct span text)
{
	return t->regex ? pattern_matches(t->regex, text) : !t->word ||
	    span_is(text, t->word);
}

/* ---- rules */

static void
rule_clear(struct maxwell_rule *rule)
{
	struct text *const texts[] = { &rule->db, &rule->table, &rule->value };

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		free(texts[i]->word);
		pattern_free(texts[i]->regex);
	}
	free(rule->column);
}

static int
take_kind(struct parser *in, struct maxwell_rule *rule)
{
	const char *begin = in->p;
	struct span word = take_word(in);

	rule->includes = span_is_nocase(word, "include");
	if (rule->includes || span_is_nocase(word, "exclude") ||
	    span_is_nocase(word, "blacklist"))
		return sign(in, ':') ? 0 : expected(in, "':'");
	in->p = begin;
	return expected(in, "include, exclude or blacklist");
}

static int
take_column(struct parser *in, struct maxwell_rule *rule)
{
	struct text column = { 0 };

	if (!sign(in, '.'))
		return 0;
	skip_blanks(in);
	if (one_of(*in->p, "*/"))
		return expected(in, "a column's name");
	if (take_text(in, &column, "a column's name") < 0)
		return -1;
	rule->column = column.word;
	if (!sign(in, '='))
		return expected(in, "'='");
	return take_text(in, &rule->value, "a value, *, or /REGEX/");
}

static int
take_rule(struct parser *in, struct maxwell_rule *rule)
{
	const char *name;

	if (take_kind(in, rule) < 0)
		return -1;
	skip_blanks(in);
	name = in->p;
	if (take_text(in, &rule->db, "a database, *, or /REGEX/") < 0)
		return -1;
	if (!sign(in, '.'))
		return expected(in, "'.'");
	if (take_text(in, &rule->table, "a table, *, or /REGEX/") < 0 ||
	    take_column(in, rule) < 0)
		return -1;
	rule->named = named_add(span_between(name, in->p));
	sign(in, ',');
	skip_blanks(in);
	return 0;
}

int
maxwell_rules_add(struct maxwell_rules *r, const char *text, struct err *err)
{
	struct parser in = { text, text, err };

	skip_blanks(&in);
	while (*in.p) {
		struct maxwell_rule rule = { 0 };

		if (take_rule(&in, &rule) < 0) {
			rule_clear(&rule);
			return err_hint(err, "'exclude: *.*, include: shop."
			    "orders': MAXWELL'S FILTER in cdc-filter(1)");
		}
		r->of_rows |= rule.column != NULL;
		*ARRAY_ADD(r->v, r->n) = rule;
	}
	if (r->text.n)
		buf_str(&r->text, ", ");
	buf_str(&r->text, text);
	return 0;
}

void
maxwell_rules_clear(struct maxwell_rules *r)
{
	for (size_t i = 0; i < r->n; i++)
		rule_clear(&r->v[i]);
	free(r->v);
	buf_free(&r->text);
	*r = (struct maxwell_rules){ 0 };
}

/* ---- tables */

/* Maxwell's own exceptions. */
static bool
is_never_kept(struct span db, struct span table)
{
	static const char beats[] = "rds_heartbeat";

	return span_is(db, "mysql") && (span_is(table, "ha_health_check") ||
	    (table.n >= sizeof(beats) - 1 &&
	    memcmp(table.p, beats, sizeof(beats) - 1) == 0));
}

bool
maxwell_rules_keep(const struct maxwell_rules *r, struct span db,
    struct span table)
{
	bool keeps = true;

	for (size_t i = 0; i < r->n; i++) {
		const struct maxwell_rule *rule = &r->v[i];
		bool applies = matches(&rule->db, db) &&
		    matches(&rule->table, table);

		if (!rule->column)
			named_look(rule->named, applies);
		if (applies && (!rule->column || rule->includes))
			keeps = rule->includes;
	}
	return keeps && (!r->n || !is_never_kept(db, table));
}

bool
maxwell_rules_cover(const struct maxwell_rules *r, struct span db)
{
	for (size_t i = r->n; i-- > 0;) {
		const struct maxwell_rule *rule = &r->v[i];
		bool all = !rule->table.word && !rule->table.regex;

		if (rule->column || !matches(&rule->db, db))
			continue;
		if (!rule->includes)
			return false;
		if (all)
			break;
	}
	return !r->n || !span_is(db, "mysql");
}

bool
maxwell_rules_touch(const struct maxwell_rules *r, struct span db)
{
	for (size_t i = r->n; i-- > 0;) {
		const struct maxwell_rule *rule = &r->v[i];
		bool all = !rule->table.word && !rule->table.regex;

		if (!matches(&rule->db, db))
			continue;
		if (rule->includes)
			return true;
		if (all && !rule->column)
			return false;
	}
	return true;
}

bool
maxwell_rules_name_db(const struct maxwell_rules *r, struct span db)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->v[i].includes && r->v[i].db.word &&
		    matches(&r->v[i].db, db))
			return true;
	return false;
}

bool
maxwell_rules_name_table(const struct maxwell_rules *r, struct span table)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->v[i].includes && r->v[i].table.word &&
		    matches(&r->v[i].table, table))
			return true;
	return false;
}

/* ---- rows */

/* Is the expression that of NULL: the word null, or /^null$/? */
static bool
means_null(const struct text *t)
{
	return t->regex ? span_is_nocase(span_of(pattern_text(t->regex)),
	    "^null$") : t->word && span_is_nocase(span_of(t->word), "null");
}

/* Is it met by any value: *, or an empty expression? */
static bool
means_any(const struct text *t)
{
	return t->regex ? !*pattern_text(t->regex) : !t->word;
}

static bool
has_value(const struct text *t, struct span text)
{
	if (!text.p)
		return means_null(t) || means_any(t);
	if (means_null(t))
		return span_is(text, "null") || span_is(text, "NULL");
	return matches(t, text);
}

static bool
applies_to_row(const struct maxwell_rule *rule, maxwell_value_fn *value,
    void *row)
{
	struct span text = { NULL, 0 };
	bool has = value(row, rule->column, &text);

	named_look(rule->named, has);
	return has && has_value(&rule->value, text);
}

bool
maxwell_rules_keep_row(const struct maxwell_rules *r, struct span db,
    struct span table, maxwell_value_fn *value, void *row)
{
	bool keeps = true;

	for (size_t i = 0; i < r->n; i++) {
		const struct maxwell_rule *rule = &r->v[i];

		if (matches(&rule->db, db) && matches(&rule->table, table) &&
		    (!rule->column || applies_to_row(rule, value, row)))
			keeps = rule->includes;
	}
	return keeps;
}
