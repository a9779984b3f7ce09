/* SPDX-License-Identifier: MIT */
#include "mask/mask_value.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/hash.h"
#include "base/hex.h"
#include "json/object.h"
#include "json/scan.h"
#include "json/write.h"

/* Streams repeat themselves: both images of an update, keys, foreign keys. */
enum { ANSWERS = 512, ANSWER_TEXT = 96 };

struct mask_answer {
	const struct mask_rule *rule;   /* NULL: vacant */
	uint64_t hash;          /* of the value */
	uint64_t limit;
	uint8_t n, becomes_n;   /* bytes of both texts */
	char text[ANSWER_TEXT], becomes[ANSWER_TEXT];
};

/* ---- kinds */

static void
put_hex(struct buf *out, const uint8_t *bytes, size_t n)
{
	hex_append(out, (struct span){ (const char *)bytes, n }, hex_lower);
}

/* Java's writeObject() of a string: a header, its length, and its characters
 * in "modified UTF-8", in which NUL is two bytes, and a character beyond U+FFFF
 * is two halves of three bytes.  Java Object Serialization Specification 6.4,
 * java.io.DataInput. */
static void
put_modified(struct buf *out, struct span text)
{
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		const unsigned char *p = (const unsigned char *)text.p + i;
		uint32_t code;

		if (c == 0) {
			buf_put(out, "\xC0\x80", 2);
		} else if (c < 0xF0 || i + 3 >= text.n) {
			buf_char(out, (char)c);
		} else {
			code = ((uint32_t)(p[0] & 7) << 18 |
			    (uint32_t)(p[1] & 63) << 12 |
			    (uint32_t)(p[2] & 63) << 6 | (p[3] & 63)) - 0x10000;
			json_utf8_put(out, 0xD800 + (code >> 10));
			json_utf8_put(out, 0xDC00 + (code & 0x3FF));
			i += 3;
		}
	}
}

static void
put_java_object(struct buf *out, struct span text)
{
	struct buf chars = { 0 };
	size_t n, bytes;

	put_modified(&chars, text);
	n = chars.n;
	bytes = n > 0xFFFF ? 8 : 2;
	out->n = 0;
	buf_put(out, "\xAC\xED\0\5", 4);
	buf_char(out, bytes == 8 ? '\x7C' : '\x74');
	while (bytes--)
		buf_char(out, (char)((uint64_t)n >> 8 * bytes));
	buf_span(out, buf_view(&chars));
	buf_free(&chars);
}

static void
put_hash(struct mask_values *m, const struct mask_rule *rule,
    uint64_t limit, struct span text)
{
	uint8_t hash[DIGEST_MOST];
	size_t n;

	if (rule->kind == MASK_HASH_V1) {
		put_java_object(&m->scratch, text);
		text = buf_view(&m->scratch);
	}
	n = digest_of(rule->digest, text, hash);
	put_hex(&m->becomes, hash, n);
	if (limit && m->becomes.n > limit)
		m->becomes.n = limit;
}

/* Characters as Java counts them: one beyond U+FFFF is two.  Where only its
 * first half would be left, nothing of it is. */
static void
put_front(struct buf *out, struct span text, uint64_t most)
{
	size_t i = 0;

	while (i < text.n) {
		unsigned char c = (unsigned char)text.p[i];
		size_t bytes = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
		unsigned units = bytes == 4 ? 2 : 1;

		if (most < units)
			break;
		most -= units;
		i += bytes;
	}
	buf_put(out, text.p, i < text.n ? i : text.n);
}

static void
put_stars(struct buf *out, uint64_t n)
{
	if (n)
		memset(buf_room(out, n), '*', n);
	out->n += n;
}

/* Addresses that differ only in the case of ASCII letters are the same. */
static void
put_email(struct mask_values *m, const struct mask_rule *rule,
    struct span text)
{
	uint8_t hash[HMAC_SIZE];

	m->scratch.n = 0;
	buf_str(&m->scratch, "cdc-mask email 1");
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		buf_char(&m->scratch, c >= 'A' && c <= 'Z' ?
		    (char)(c + 32) : c);
	}
	hmac_of(m->hmac, buf_view(&m->scratch), hash);
	put_hex(&m->becomes, hash, MASK_HEX_EMAIL / 2);
	buf_char(&m->becomes, '@');
	buf_span(&m->becomes, buf_view(&rule->text));
}

/* ---- values */

/* The kinds that do not look at the value. */
static bool
put_blind(struct mask_values *m, const struct mask_rule *rule,
    struct buf *out)
{
	switch (rule->kind) {
	case MASK_NULL:
		buf_str(out, "null");
		return true;
	case MASK_STARS:
		put_stars(&m->becomes, rule->n);
		break;
	case MASK_REDACT:
		buf_span(&m->becomes, buf_view(&rule->text));
		break;
	default:
		return false;
	}
	json_string(out, buf_view(&m->becomes));
	return true;
}

/* The rest, of a text. */
static void
put_masked(struct mask_values *m, const struct mask_rule *rule,
    uint64_t limit, struct span text)
{
	switch (rule->kind) {
	case MASK_TRUNCATE:
		put_front(&m->becomes, text, rule->n);
		break;
	case MASK_TOKENIZE:
		m->tokenizer.hmac = m->hmac;
		tokenize(&m->tokenizer, text, &m->becomes);
		break;
	case MASK_EMAIL:
		put_email(m, rule, text);
		break;
	default:
		put_hash(m, rule, limit, text);
	}
}

/* NULL, or why a rule does not take a value that is no string and not null. */
static const char *
objection(const struct mask_rule *rule, struct span value)
{
	char c = value.p[0];

	if (c == '{' || c == '[')
		return "its value is not a string, a number or a word";
	switch (rule->kind) {
	case MASK_TRUNCATE:
	case MASK_EMAIL:
		return "its value is not a string";
	case MASK_TOKENIZE:
		if (c == 't' || c == 'f')
			return "its value is true or false";
		if (!tokenize_is_number(value))
			return "its value is a number with an exponent";
		return NULL;
	default:
		return NULL;
	}
}

static const char *
make(struct mask_values *m, const struct mask_rule *rule,
    uint64_t limit, struct span value, struct buf *out)
{
	bool string = value.p[0] == '"';
	const char *why = string ? NULL : objection(rule, value);

	if (why)
		return why;
	m->text.n = m->becomes.n = 0;
	put_masked(m, rule, limit, string ?
	    json_string_text(json_inside(value), &m->text) : value);
	if (!string && rule->kind == MASK_TOKENIZE)
		buf_span(out, buf_view(&m->becomes));      /* a number */
	else
		json_string(out, buf_view(&m->becomes));
	return NULL;
}

static bool
answers(const struct mask_answer *a, const struct mask_rule *rule,
    uint64_t limit, uint64_t hash, struct span value)
{
	return a->hash == hash && a->rule == rule && a->limit == limit &&
	    a->n == value.n && memcmp(a->text, value.p, value.n) == 0;
}

const char *
mask_value(struct mask_values *m, const struct mask_rule *rule,
    uint64_t limit, struct span value, struct buf *out)
{
	struct mask_answer *a;
	const char *why;
	size_t at = out->n;
	uint64_t hash;

	m->becomes.n = 0;
	if (put_blind(m, rule, out))
		return NULL;
	if (value.p[0] == 'n') {
		buf_str(out, "null");
		return NULL;
	}
	if (value.n > ANSWER_TEXT)
		return make(m, rule, limit, value, out);
	if (!m->answers)
		m->answers = xcalloc(ANSWERS, sizeof(*m->answers));
	hash = hash_span(value, hash_seed() ^ (uint64_t)(uintptr_t)rule);
	a = &m->answers[hash % ANSWERS];
	if (answers(a, rule, limit, hash, value)) {
		buf_put(out, a->becomes, a->becomes_n);
		return NULL;
	}
	why = make(m, rule, limit, value, out);
	if (why || out->n - at > ANSWER_TEXT)
		return why;
	a->rule = rule;
	a->hash = hash;
	a->limit = limit;
	a->n = (uint8_t)value.n;
	a->becomes_n = (uint8_t)(out->n - at);
	memcpy(a->text, value.p, value.n);
	memcpy(a->becomes, out->p + at, a->becomes_n);
	return NULL;
}

void
mask_values_clear(struct mask_values *m)
{
	tokenize_clear(&m->tokenizer);
	free(m->answers);
	buf_free(&m->text);
	buf_free(&m->becomes);
	buf_free(&m->scratch);
	*m = (struct mask_values){ 0 };
}
