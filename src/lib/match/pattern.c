/* SPDX-License-Identifier: MIT */
#include "match/pattern.h"

#include <stdlib.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/alloc.h"
#include "base/log.h"
#include "match/named.h"

struct pattern {
	pcre2_code *code;
	pcre2_code *bytes;      /* for what is not UTF-8: once it was needed */
	pcre2_code *front;      /* for pattern_may_begin(), once it is asked */
	uint32_t flags;
	pcre2_match_data *match;
	int ngroups;
	char *text;             /* for messages */
	struct named *named;    /* or NULL */
};

/* PCRE2's memory is ours: to run out of it ends the program here, too, and is
 * no "does not match". */
static void *
allocate(PCRE2_SIZE n, void *arg)
{
	(void)arg;
	return xmalloc(n);
}

static void
release(void *p, void *arg)
{
	(void)arg;
	free(p);
}

static pcre2_general_context *
memory(void)
{
	static pcre2_general_context *context;

	if (!context)
		context = pcre2_general_context_create(allocate, release,
		    NULL);
	return context;
}

static pcre2_code *
compile(struct span text, uint32_t flags, uint32_t extra, struct err *err)
{
	PCRE2_UCHAR why[128];
	PCRE2_SIZE where;
	int code;
	pcre2_compile_context *context =
	    pcre2_compile_context_create(memory());
	pcre2_code *re;

	pcre2_set_compile_extra_options(context, extra);
	re = pcre2_compile((PCRE2_SPTR)text.p, text.n, flags, &code, &where,
	    context);
	pcre2_compile_context_free(context);
	if (re)
		return re;
	pcre2_get_error_message(code, why, sizeof(why));
	err_set(err, ERR_USAGE, "bad regular expression '%.*s' at %zu: %s",
	    (int)text.n, text.p, (size_t)where, (char *)why);
	return NULL;
}

struct pattern *
pattern_new(struct span text, enum pattern_case fold, struct err *err)
{
	/* a name may hold newlines: '.' is every character */
	uint32_t flags = PCRE2_DOTALL | PCRE2_DOLLAR_ENDONLY |
	    (fold == PATTERN_NOCASE ? PCRE2_CASELESS : 0) |
	    (fold == PATTERN_UNICODE ? PCRE2_CASELESS | PCRE2_UCP : 0) |
	    (fold == PATTERN_WITHIN ? 0 : PCRE2_ANCHORED |
	    PCRE2_ENDANCHORED);
	pcre2_code *code = compile(text, flags | PCRE2_UTF, 0, err);
	struct pattern *re;
	uint32_t count = 0;

	if (!code)
		return NULL;
	pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
	pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &count);
	re = xcalloc(1, sizeof(*re));
	re->code = code;
	re->flags = flags;
	re->match = pcre2_match_data_create_from_pattern(code,
	    memory());
	re->text = xmemdup(text.p, text.n);
	re->ngroups = (int)count;
	return re;
}

void
pattern_free(struct pattern *re)
{
	if (!re)
		return;
	pcre2_match_data_free(re->match);
	pcre2_code_free(re->code);
	pcre2_code_free(re->bytes);
	pcre2_code_free(re->front);
	free(re->text);
	free(re);
}

static int
match(struct pattern *re, const pcre2_code *code, struct span subject)
{
	PCRE2_SPTR text = subject.p ? (PCRE2_SPTR)subject.p : (PCRE2_SPTR)"";
	int got = pcre2_match(code, text, subject.n, 0, 0, re->match, NULL);

	if (got == PCRE2_ERROR_JIT_STACKLIMIT)
		got = pcre2_match(code, text, subject.n, 0, PCRE2_NO_JIT,
		    re->match, NULL);
	return got;
}

/* What is not UTF-8 is matched byte by byte: it must not slip through. */
static int
match_bytes(struct pattern *re, struct span subject)
{
	struct err err = { 0 };

	if (!re->bytes)
		re->bytes = compile(span_of(re->text), re->flags, 0, &err);
	if (!re->bytes)
		log_die(ERR_USAGE, "%s, for a name that is not UTF-8",
		    err.text);
	return match(re, re->bytes, subject);
}

/* What PCRE2 gave up on is neither a yes nor a no. */
static void
gave_up(const struct pattern *re, struct span subject, int code)
{
	PCRE2_UCHAR why[128];

	pcre2_get_error_message(code, why, sizeof(why));
	log_die(ERR_USAGE, "cannot tell whether the regular expression '%s' "
	    "matches a text of %zu bytes: %s", re->text, subject.n,
	    (char *)why);
}

void
pattern_is_named(struct pattern *re)
{
	re->named = named_add(span_of(re->text));
}

bool
pattern_is_missed(const struct pattern *re)
{
	return re->named && !re->named->seen;
}

bool
pattern_would_match(struct pattern *re, struct span subject)
{
	int code = match(re, re->code, subject);

	if (code <= PCRE2_ERROR_UTF8_ERR1 && code >= PCRE2_ERROR_UTF8_ERR21)
		code = match_bytes(re, subject);
	if (code < 0 && code != PCRE2_ERROR_NOMATCH)
		gave_up(re, subject, code);
	return code > 0;
}

bool
pattern_matches(struct pattern *re, struct span subject)
{
	bool matches = pattern_would_match(re, subject);

	named_look(re->named, matches);
	return matches;
}

/* PCRE2 matches partially only what is not compiled to end with the text.  A
 * text of bytes that are no UTF-8 may begin any. */
bool
pattern_may_begin(struct pattern *re, struct span front)
{
	struct err err = { 0 };

	if (!re->front)
		re->front = compile(span_of(re->text), PCRE2_UTF |
		    (re->flags & ~(uint32_t)PCRE2_ENDANCHORED),
		    PCRE2_EXTRA_MATCH_LINE, &err);
	return !re->front || pcre2_match(re->front, (PCRE2_SPTR)front.p,
	    front.n, 0, PCRE2_PARTIAL_HARD, re->match, NULL) !=
	    PCRE2_ERROR_NOMATCH;
}

const char *
pattern_text(const struct pattern *re)
{
	return re->text;
}

struct span
pattern_group(const struct pattern *re, struct span subject, int n)
{
	const PCRE2_SIZE *at = pcre2_get_ovector_pointer(re->match);

	if (n < 0 || n > re->ngroups || at[2 * n] == PCRE2_UNSET)
		return (struct span){ NULL, 0 };
	return (struct span){ subject.p + at[2 * n],
	    at[2 * n + 1] - at[2 * n] };
}

int
pattern_group_named(const struct pattern *re, struct span name)
{
	char *text = xmemdup(name.p, name.n);
	int n = pcre2_substring_number_from_name(re->code, (PCRE2_SPTR)text);

	free(text);
	return n > 0 ? n : -1;
}

int
pattern_group_count(const struct pattern *re)
{
	return re->ngroups;
}
