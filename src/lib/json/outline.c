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
	uint64_t wants_name, wants_value;
	uint64_t ended_name, ended_value, in_word;
	uint64_t array;         /* all ones inside of an array */
	size_t end;             /* after the bracket that closed the text */
	size_t words, pairs;    /* up to where they are checked */
	uint64_t high, slash;   /* not 0: there is something else than ASCII; a
	                         * backslash */
};

/* What is open, and whether that is an array: not kept where none is. */
struct nest {
	unsigned depth, arrays;
	bool array[JSON_DEPTH + 1];
};

/* What a block's bytes are in the grammar. */
struct block {
	uint64_t inside;        /* of strings, with their first quotes */
	uint64_t starts, ends;  /* quotes */
	uint64_t names;         /* those of starts that begin one */
	uint64_t bracket, open, close, comma, colon, word;
	uint64_t square;        /* those of open that are '[' */
	uint64_t array;         /* directly inside of an array */
	uint64_t word_starts;
	uint64_t live;          /* of the text: all but in the last block */
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

/* Where neither arrays are open nor the block has their brackets, it is enough
 * to count: with those that open before the first one that closes, there is
 * something for each of these to close.  false if that does not tell. */
INLINE bool
count_brackets(struct reader *r, struct nest *nest, struct block *b)
{
	unsigned opens = (unsigned)__builtin_popcountll(b->open);
	unsigned closes = (unsigned)__builtin_popcountll(b->close);
	unsigned early = (unsigned)__builtin_popcountll(b->open &
	    (b->close ^ (b->close - 1)));
	unsigned first = nest->depth + early;

	if (nest->arrays || (b->bracket & b->square) || first < closes ||
	    (first == closes && early < opens) ||
	    nest->depth + opens > JSON_DEPTH)
		return false;
	nest->depth += opens - closes;
	if (nest->depth == 0)
		r->end = r->base + JSON_BLOCK -
		    (size_t)__builtin_clzll(b->close);
	b->square = 0;
	return true;
}

/* Go through the block's brackets; false if they do not match. */
INLINE bool
match_brackets(struct reader *r, struct nest *nest, struct block *b)
{
	const char *text = r->text + r->base;

	b->square = 0;
	if (!nest->arrays)
		memset(nest->array, 0, nest->depth + 1);
	for (uint64_t left = b->bracket; left; left &= left - 1) {
		int i = __builtin_ctzll(left);
		bool array = !(text[i] & BRACKET_FOLD);

		if (text[i] & BRACKET_CLOSES) {
			if (nest->depth == 0 || nest->array[nest->depth] !=
			    array)
				return false;
			nest->arrays -= array;
			array = nest->array[--nest->depth];
			if (nest->depth == 0)
				r->end = r->base + (size_t)i + 1;
		} else {
			if (nest->depth == JSON_DEPTH || r->end)
				return false;
			nest->arrays += array;
			nest->array[++nest->depth] = array;
			b->square |= (uint64_t)array << i;
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
is_null(const struct reader *r, const struct block *b, int i)
{
	return i < JSON_BLOCK - 4 && (b->word_starts >> i & 1) &&
	    !(b->word >> (i + 4) & 1) && r->base + (size_t)i + 4 <= r->n &&
	    memcmp(r->text + r->base + i, "null", 4) == 0;
}

INLINE bool
check_words(struct reader *r, const struct block *b, uint64_t odd)
{
	size_t checked = r->words;

	while (odd) {
		int i = __builtin_ctzll(odd);
		size_t behind, at = r->base + (size_t)i;

		if (is_null(r, b, i)) {
			odd &= ~(0xFull << i);
			continue;
		}
		odd &= odd - 1;
		if (at < checked)
			continue;
		if (!check_word((struct span){ r->text, r->n }, at, &behind))
			return false;
		checked = behind;
	}
	r->words = checked;
	return true;
}

/* The characters after backslashes; of pairs, the second half is passed. */
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

/* Where no name or value follows what wants one: is it empty? */
static bool
are_empty(const char *text, uint64_t bits)
{
	for (; bits; bits &= bits - 1) {
		const char *p = text + __builtin_ctzll(bits);

		if (!(p[0] == '}' && p[-1] == '{') &&
		    !(p[0] == ']' && p[-1] == '['))
			return false;
	}
	return true;
}

/* Do names and values begin where they must? */
INLINE bool
check_starts(struct reader *r, const struct block *b, uint64_t wants_name)
{
	uint64_t wants_value = before(b->colon | b->square |
	    (b->comma & b->array), &r->wants_value);
	uint64_t values = (b->starts & ~b->names) | b->open | b->word_starts;
	uint64_t lack = ((wants_name & ~b->names) | (wants_value & ~values)) &
	    b->live;

	return !(values & ~wants_value) &&
	    (!lack || are_empty(r->text + r->base, lack));
}

/* Bits where they do not end as they must: names at a ':', values at a ',' or
 * a closing bracket. */
INLINE uint64_t
bad_ends(struct reader *r, const struct block *b)
{
	unsigned long long sum;
	uint64_t name_ends, ended;

	/* added to the bits of its string, a name's first bit runs through
	 * them to the quote after */
	bool over = __builtin_uaddll_overflow(b->inside, b->names, &sum);

	over |= __builtin_uaddll_overflow(sum, r->in_name, &sum);
	r->in_name = over;
	name_ends = sum & ~b->inside;
	ended = before((b->ends & ~name_ends) | b->close | b->word,
	    &r->ended_value);
	return ((b->colon ^ before(name_ends, &r->ended_name)) |
	    (ended & ~(b->word | b->comma | b->close))) & b->live;
}

/* Where nothing but objects is open. */
INLINE bool
check_objects(struct reader *r, struct block *b,
    const struct byte_masks *m, struct outline_block *out)
{
	uint64_t wants_name = before(b->open | b->comma, &r->wants_name);
	uint64_t wants_value = before(b->colon, &r->wants_value);
	uint64_t zeros, odd, values, lack;

	b->names = b->starts & wants_name;
	b->word_starts = b->word & ~(b->word << 1 | r->in_word);
	r->in_word = b->word >> 63;
	*out = (struct outline_block){ b->names, b->bracket };
	zeros = b->word_starts & m->zero;
	odd = b->word & ~m->digit;
	values = (b->starts ^ b->names) | b->open | b->word_starts;
	lack = ((wants_name ^ b->names) | (wants_value & ~values)) & b->live;
	return !(bad_ends(r, b) | (zeros << 1 & m->digit) | zeros >> 63 |
	    (values & ~wants_value)) &&
	    (!lack || are_empty(r->text + r->base, lack)) &&
	    (!odd || check_words(r, b, odd));
}

INLINE bool
check_block(struct reader *r, struct nest *nest, struct block *b,
    const struct byte_masks *m, struct outline_block *out)
{
	uint64_t wants_name, zeros, odd;

	if (count_brackets(r, nest, b))
		return check_objects(r, b, m, out);
	b->array = r->array;
	if (!match_brackets(r, nest, b))
		return false;
	wants_name = before((b->open & ~b->square) | (b->comma & ~b->array),
	    &r->wants_name);
	b->names = b->starts & wants_name;
	b->word_starts = b->word & ~(b->word << 1 | r->in_word);
	r->in_word = b->word >> 63;
	*out = (struct outline_block){ b->names, b->bracket };
	/* 01, and across blocks not in this way */
	zeros = b->word_starts & m->zero;
	odd = b->word & ~m->digit;
	return !(bad_ends(r, b) | (zeros << 1 & m->digit) | zeros >> 63) &&
	    check_starts(r, b, wants_name) && (!odd ||
	    check_words(r, b, odd));
}

INLINE bool
read_escapes(struct reader *r, const struct byte_masks *m, uint64_t live,
    uint64_t *escaped)
{
	size_t pairs = r->pairs;

	r->slash = 1;
	*escaped = escaped_bytes(m->slash & live, &r->escapes) & live;
	if (!check_escapes((struct span){ r->text, r->n }, r->base, *escaped,
	    &pairs))
		return false;
	r->pairs = pairs;
	return true;
}

/* One block, whose `live` bytes are the text's. */
INLINE bool
read_block(struct reader *r, struct nest *nest, struct byte_masks *m,
    uint64_t live, struct outline_block *out, uint64_t (*parity)(uint64_t))
{
	struct block b = { .live = live };
	uint64_t escaped = 0, outside;

	r->high |= m->high;
	if (m->odd)                     /* in strings wrong, else blanks */
		return false;
	if (!(m->quote | m->slash | r->escapes | ~r->in_string)) {
		*out = (struct outline_block){ 0, 0 };
		return true;            /* the middle of a string */
	}
	if ((m->slash | r->escapes) && !read_escapes(r, m, live, &escaped))
		return false;
	m->quote &= ~escaped;
	b.inside = parity(m->quote) ^ r->in_string;
	r->in_string = 0 - (b.inside >> 63);
	outside = ~(b.inside | m->quote) & live;
	b.starts = m->quote & b.inside;
	b.ends = m->quote & ~b.inside;
	b.open = m->open & outside;
	b.close = m->close & outside;
	b.bracket = b.open | b.close;
	b.square = m->square;
	b.comma = m->comma & outside;
	b.colon = m->colon & outside;
	b.word = outside & ~(b.bracket | b.comma | b.colon);
	return check_block(r, nest, &b, m, out);
}

INLINE bool
read_blocks(struct outline *o, void (*masks)(const char *, uint64_t,
    struct byte_masks *), uint64_t (*parity)(uint64_t))
{
	struct reader r = { .text = o->text.p, .n = o->text.n,
		.wants_value = 1 };
	struct outline_block *out = o->blocks;
	struct nest nest;

	nest.depth = nest.arrays = 0;
	for (; r.base < r.n; r.base += JSON_BLOCK, out++) {
		uint64_t live = live_bytes(r.n - r.base);
		struct byte_masks m;

		if (r.end)
			return false;
		masks(r.text + r.base, live, &m);
		if (!read_block(&r, &nest, &m, live, out, parity))
			return false;
	}
	o->escapes = r.slash;
	return r.end == r.n && !r.in_string &&
	    (!r.high || json_utf8_valid(o->text));
}

#if JSON_SIMD > 1
static JSON_AVX2 bool
read_blocks_avx2(struct outline *o)
{
	return read_blocks(o, byte_masks_avx2, parities_avx2);
}
#endif

#if JSON_SIMD > 2
static JSON_AVX512 bool
read_blocks_avx512(struct outline *o)
{
	return read_blocks(o, byte_masks_avx512, parities_avx2);
}
#endif

static bool
read_fast(struct outline *o)
{
#if JSON_SIMD > 2
	if (json_has_avx512())
		return read_blocks_avx512(o);
#endif
#if JSON_SIMD > 1
	if (json_has_avx2())
		return read_blocks_avx2(o);
#endif
	return read_blocks(o, byte_masks, parities);
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

void
outline_room(struct outline *o, struct span text)
{
	size_t blocks = text.n / JSON_BLOCK + 1;

	o->text = text;
	if (o->cap < blocks) {
		o->cap = 2 * blocks;
		free(o->blocks);
		o->blocks = xcalloc(o->cap, sizeof(*o->blocks));
	}
}

bool
outline_read(struct outline *o, struct span text)
{
	text = trimmed(text);
	outline_room(o, text);
	o->compact = text.n && text.p[0] == '{' && read_fast(o);
	if (o->compact)
		return true;
	o->escapes = text.n && memchr(text.p, '\\', text.n);
	memset(o->blocks, 0, (text.n / JSON_BLOCK + 1) *
	    sizeof(*o->blocks));
	return json_judge(text, o->blocks);
}

void
outline_free(struct outline *o)
{
	free(o->blocks);
	*o = (struct outline){ 0 };
}

/* ---- members */

/* The next name or bracket at or after `at`; a text that was read has one as
 * long as an object is open. */
static inline size_t
next_mark(const struct outline *o, size_t at)
{
	const struct outline_block *b = &o->blocks[at / 64];
	uint64_t bits = (b->names | b->brackets) >> at % 64;

	if (bits)
		return at + (size_t)__builtin_ctzll(bits);
	at -= at % 64;
	do {
		b++;
		at += 64;
		bits = b->names | b->brackets;
	} while (!bits);
	return at + (size_t)__builtin_ctzll(bits);
}

/* Behind the bracket that closes what opens at `at`. */
static size_t
close_of(const struct outline *o, size_t at)
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
		end = at->at = close_of(at->o, start);
		return (struct span){ text + start, end - start };
	}
	at->at = next_mark(at->o, start);
	end = outline_value_end(text, at->at, at->o->compact);
	return (struct span){ text + start, end - start };
}
