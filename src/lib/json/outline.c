/* SPDX-License-Identifier: MIT
 *
 * JSON without blanks between its tokens, which is how programs write it, is
 * judged 64 bytes at a time: which byte may follow which is a matter of masks
 * and their neighbours.  Names are the strings that follow a '{', or a ',' of
 * an object; each must end at a ':', every other value at a ',' or a closing
 * bracket.  Only brackets, escapes, and words that are not all digits are
 * looked at one by one.  What this way does not like is read by the plain one
 * (valid.c), which has the last word.
 */
#include "json/outline.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "json/blocks.h"
#include "json/scan.h"
#include "json/valid.h"
#include "json/write.h"

#define INLINE static inline __attribute__((always_inline))

/* Where the way through the text is; the words are of the byte before the
 * block, as bit 0. */
struct reader {
	const char *text;
	size_t n;
	size_t base;            /* where the block begins */
	uint64_t in_string;     /* all ones inside of one */
	uint64_t escapes;       /* it is a backslash that escapes */
	uint64_t in_name;       /* the string is a name */
	uint64_t opens_object, opens_array, separates;
	uint64_t wants_name, wants_value;
	uint64_t ended_name, ended_value, in_word, zero;
	uint64_t array;         /* all ones inside of an array */
	size_t end;             /* behind the bracket that closed the text */
	size_t words, pairs;    /* up to where they are checked */
	uint64_t high, slash;   /* not 0: there is something else than ASCII; a
	                         * backslash */
};

/* What is open. */
struct nest {
	unsigned depth;
	uint64_t kinds[JSON_DEPTH / 64 + 1];    /* of depths: 1 for arrays */
};

/* What a block's bytes are in the grammar. */
struct block {
	uint64_t inside;        /* of strings, with their first quotes */
	uint64_t starts, ends;  /* quotes */
	uint64_t open, close, comma, colon, word;
	uint64_t square;        /* those of open that are '[' */
	uint64_t array;         /* directly inside of an array */
	uint64_t word_starts;
};

/* The byte before each. */
INLINE uint64_t
before(uint64_t bits, uint64_t *carry)
{
	uint64_t shifted = bits << 1 | *carry;

	*carry = bits >> 63;
	return shifted;
}

/* ---- brackets */

INLINE void
set_kind(struct nest *nest, bool array)
{
	uint64_t bit = 1ull << (nest->depth % 64);

	if (array)
		nest->kinds[nest->depth / 64] |= bit;
	else
		nest->kinds[nest->depth / 64] &= ~bit;
}

INLINE bool
is_array(const struct nest *nest)
{
	return nest->kinds[nest->depth / 64] >> (nest->depth % 64) & 1;
}

/* Go through the block's brackets; false where they do not match. */
INLINE bool
match_brackets(struct reader *r, struct nest *nest, struct block *b)
{
	uint64_t left = b->open | b->close;

	for (; left; left &= left - 1) {
		int i = __builtin_ctzll(left);
		bool array = !(r->text[r->base + (size_t)i] & BRACKET_FOLD);

		if (b->open >> i & 1) {
			if (nest->depth == JSON_DEPTH || r->end)
				return false;
			nest->depth++;
			set_kind(nest, array);
			b->square |= (uint64_t)array << i;
		} else {
			if (nest->depth == 0 || is_array(nest) != array)
				return false;
			nest->depth--;
			array = is_array(nest);
			if (nest->depth == 0)
				r->end = r->base + (size_t)i + 1;
		}
		if (array != (r->array & 1)) {
			r->array = ~r->array;
			b->array ^= ~1ull << i;
		}
	}
	return true;
}

/* ---- words and escapes, one by one */

/* Words with other bytes than digits, of which i is one; *checked: up to where
 * they are.  The text is known up to `end`. */
static bool
check_word(struct span text, size_t i, size_t *checked)
{
	struct json_pos at = { text.p + i, text.p + text.n };

	while (at.p > text.p && json_in_word(at.p[-1]))
		at.p--;
	if (!json_scalar(&at))
		return false;
	*checked = (size_t)(at.p - text.p);
	return at.p == at.end || !json_in_word(*at.p);
}

INLINE bool
check_words(struct reader *r, uint64_t odd)
{
	size_t checked = r->words;

	while (odd) {
		size_t i = r->base + (size_t)__builtin_ctzll(odd);
		size_t behind;

		odd &= odd - 1;
		if (i < checked)
			continue;
		if (!check_word((struct span){ r->text, r->n }, i, &behind))
			return false;
		checked = behind;
	}
	r->words = checked;
	return true;
}

/* The characters behind backslashes; of pairs, the second half is passed. */
static bool
check_escapes(struct span text, size_t base, uint64_t escaped, size_t *pairs)
{
	for (; escaped; escaped &= escaped - 1) {
		size_t i = base + (size_t)__builtin_ctzll(escaped);
		struct json_pos at = { text.p + i, text.p + text.n };

		if (i < *pairs)
			continue;
		if (!json_escape(&at))
			return false;
		*pairs = (size_t)(at.p - text.p);
	}
	return true;
}

/* ---- the grammar */

/* Names and values are where they must be, and nothing else is. */
INLINE bool
check_starts(struct reader *r, const struct block *b, uint64_t names,
    uint64_t wants_name)
{
	uint64_t behind_object = before(b->open & ~b->square,
	    &r->opens_object);
	uint64_t behind_array = before(b->square, &r->opens_array);
	uint64_t wants_value = before(b->colon | b->square |
	    (b->comma & b->array), &r->wants_value);
	uint64_t values = (b->starts & ~names) | b->open | b->word_starts;

	return !((wants_name & ~names & ~(b->close & behind_object)) |
	    (wants_value & ~values & ~(b->close & behind_array)) |
	    (values & ~wants_value));
}

/* Names end at a ':', values at a ',' or a closing bracket. */
INLINE bool
check_ends(struct reader *r, const struct block *b, uint64_t names)
{
	uint64_t follows = b->comma | b->close;
	unsigned long long sum;
	uint64_t name_ends, ended, word_ends;

	/* added to the bits of its string, a name's first bit runs through
	 * them to the quote behind */
	bool over = __builtin_uaddll_overflow(b->inside, names, &sum);

	over |= __builtin_uaddll_overflow(sum, r->in_name, &sum);
	r->in_name = over;
	name_ends = sum & ~b->inside;
	ended = before((b->ends & ~name_ends) | b->close, &r->ended_value);
	if (r->end && r->end < r->base + JSON_BLOCK)
		ended &= ~(1ull << (r->end - r->base));
	word_ends = before(b->word, &r->in_word) & ~b->word;
	return b->colon == before(name_ends, &r->ended_name) &&
	    !((ended | word_ends) & ~follows);
}

INLINE bool
check_block(struct reader *r, struct nest *nest, struct block *b,
    const struct byte_masks *m, struct outline_block *out)
{
	uint64_t wants_name, names;

	b->array = r->array;
	if ((b->open | b->close) && !match_brackets(r, nest, b))
		return false;
	wants_name = before((b->open & ~b->square) | (b->comma & ~b->array),
	    &r->wants_name);
	names = b->starts & wants_name;
	b->word_starts = b->word & ~(b->word << 1 | r->in_word);
	*out = (struct outline_block){ names, b->open | b->close };
	return check_starts(r, b, names, wants_name) &&
	    check_ends(r, b, names) &&
	    !(before(b->word_starts & m->zero, &r->zero) & m->digit) &&
	    check_words(r, b->word & ~m->digit);
}

/* One block, whose `live` bytes are the text's. */
INLINE bool
read_block(struct reader *r, struct nest *nest, struct byte_masks *m,
    uint64_t live, struct outline_block *out)
{
	struct block b = { 0 };
	uint64_t escaped = 0, outside;

	r->high |= m->high & live;
	if (!(m->quote | m->slash | r->escapes | ~r->in_string | ~live)) {
		*out = (struct outline_block){ 0, 0 };
		return !m->control;     /* the middle of a string */
	}
	if (m->slash | r->escapes) {
		size_t pairs = r->pairs;

		r->slash = 1;
		escaped = escaped_bytes(m->slash & live, &r->escapes) & live;
		if (!check_escapes((struct span){ r->text, r->n }, r->base,
		    escaped, &pairs))
			return false;
		r->pairs = pairs;
	}
	m->quote &= ~escaped & live;
	b.inside = parities(m->quote) ^ r->in_string;
	r->in_string = 0 - (b.inside >> 63);
	outside = ~(b.inside | m->quote) & live;
	/* blanks between tokens are not for this way */
	if ((m->control & live) | (m->space & outside))
		return false;
	b.starts = m->quote & b.inside;
	b.ends = m->quote & ~b.inside;
	b.open = m->open & outside;
	b.close = m->close & outside;
	b.comma = m->comma & outside;
	b.colon = m->colon & outside;
	b.word = outside & ~(b.open | b.close | b.comma | b.colon);
	return check_block(r, nest, &b, m, out);
}

INLINE bool
read_blocks(struct outline *o, void (*masks)(const char *,
    struct byte_masks *))
{
	struct reader r = { .text = o->text.p, .n = o->text.n,
		.wants_value = 1 };
	struct outline_block *out = o->blocks;
	struct nest nest;

	nest.depth = 0;
	nest.kinds[0] = 0;
	for (; r.base < r.n; r.base += JSON_BLOCK, out++) {
		char padded[JSON_BLOCK] = { 0 };
		const char *p = r.text + r.base;
		size_t left = r.n - r.base;
		uint64_t live = ~0ull;
		struct byte_masks m;

		if (r.end)
			return false;
		if (left < JSON_BLOCK) {
			memcpy(padded, p, left);
			p = padded;
			live >>= JSON_BLOCK - left;
		}
		masks(p, &m);
		if (!read_block(&r, &nest, &m, live, out))
			return false;
	}
	o->escapes = r.slash;
	return r.end == r.n && !r.in_string &&
	    (!r.high || utf8_valid(o->text));
}

#if JSON_SIMD > 1
static JSON_AVX2 bool
read_blocks_avx2(struct outline *o)
{
	return read_blocks(o, byte_masks_avx2);
}
#endif

static bool
read_fast(struct outline *o)
{
#if JSON_SIMD > 1
	if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2"))
		return read_blocks_avx2(o);
#endif
	return read_blocks(o, byte_masks);
}

static struct span
trimmed(struct span text)
{
	while (text.n && json_is_blank(text.p[text.n - 1]))
		text.n--;
	while (text.n && json_is_blank(text.p[0])) {
		text.p++;
		text.n--;
	}
	return text;
}

bool
outline_read(struct outline *o, struct span text)
{
	size_t blocks = text.n / JSON_BLOCK + 1;

	o->text = text = trimmed(text);
	if (o->cap < blocks) {
		o->cap = 2 * blocks;
		free(o->blocks);
		o->blocks = xcalloc(o->cap, sizeof(*o->blocks));
	}
	if (text.n && text.p[0] == '{' && read_fast(o))
		return true;
	o->escapes = text.n && memchr(text.p, '\\', text.n);
	memset(o->blocks, 0, blocks * sizeof(*o->blocks));
	return json_judge(text, o->blocks);
}

void
outline_free(struct outline *o)
{
	free(o->blocks);
	*o = (struct outline){ 0 };
}

/* ---- members */

/* The next name or bracket at or behind `at`; a valid text has one as long as
 * an object is open. */
static inline size_t
next_mark(const struct outline *o, size_t at)
{
	const struct outline_block *b = &o->blocks[at / JSON_BLOCK];
	uint64_t bits = (b->names | b->brackets) >> at % JSON_BLOCK;

	if (bits)
		return at + (size_t)__builtin_ctzll(bits);
	at -= at % JSON_BLOCK;
	do {
		b++;
		at += JSON_BLOCK;
		bits = b->names | b->brackets;
	} while (!bits);
	return at + (size_t)__builtin_ctzll(bits);
}

/* Behind the bracket that closes what opens at `at`. */
static size_t
over_nest(const struct outline *o, size_t at)
{
	size_t base = at - at % JSON_BLOCK;
	const struct outline_block *b = &o->blocks[at / JSON_BLOCK];
	uint64_t bits = b->brackets & ~0ull << at % JSON_BLOCK;
	int depth = 0;

	for (;; base += JSON_BLOCK, bits = (++b)->brackets)
		for (; bits; bits &= bits - 1) {
			size_t i = base + (size_t)__builtin_ctzll(bits);

			/* '{' and '[' have bit 2 clear, '}' and ']' set */
			depth += o->text.p[i] & 4 ? -1 : 1;
			if (depth == 0)
				return i + 1;
		}
}

void
outline_enter(struct outline_pos *at)
{
	at->at++;
}

/* The quote that ends a string. */
static inline const char *
string_end(const char *p, const char *end)
{
	while (*(p = json_find_quote(p, end)) != '"')
		p += 2;
	return p;
}

bool
outline_next(struct outline_pos *at, struct span *name)
{
	const char *text = at->o->text.p;
	size_t start = next_mark(at->o, at->at);
	size_t end;

	if (text[start] != '"') {
		at->at = start + 1;
		return false;
	}
	end = (size_t)(string_end(text + start + 1, text + at->o->text.n) -
	    text);
	*name = (struct span){ text + start + 1, end - start - 1 };
	at->at = end + 1;
	while (text[at->at] == ':' || json_is_blank(text[at->at]))
		at->at++;
	return true;
}

struct span
outline_value(struct outline_pos *at)
{
	const char *text = at->o->text.p;
	size_t start = at->at, end;

	if (text[start] == '{' || text[start] == '[') {
		end = at->at = over_nest(at->o, start);
		return (struct span){ text + start, end - start };
	}
	at->at = end = next_mark(at->o, start);
	if (text[end] == '"') {         /* a name: over the comma */
		while (json_is_blank(text[end - 1]))
			end--;
		end--;
	}
	while (json_is_blank(text[end - 1]))
		end--;
	return (struct span){ text + start, end - start };
}
