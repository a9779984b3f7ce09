/* SPDX-License-Identifier: MIT */
#include "mask/tokenize.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/integer.h"
#include "json/write.h"

enum { ROUNDS = 10 };

/* A character.  Of one that changes, `v` is its number in its alphabet, from 0
 * to size - 1. */
struct symbol {
	uint32_t size;          /* of the alphabet; 0: the character stays */
	uint32_t v;
	uint32_t code;          /* of one that stays */
	uint32_t first;         /* code of the alphabet's number 0 */
	uint16_t class;         /* of the alphabet, for the message */
	uint16_t lower;         /* added to upper case: it is lower case */
};

/* ---- alphabets */

/* Letters from `first` on; where there are two cases, the lower case letter is
 * `lower` further. */
static const struct alphabet {
	uint32_t first, size, lower;
} alphabets[] = {
	{ '0', 10, 0 }, { 'A', 26, 32 },
	{ 0xC0, 23, 32 }, { 0xD8, 7, 32 },      /* Latin-1, without × ÷ */
	{ 0x100, 128, 0 },                      /* Latin Extended-A */
	{ 0x391, 17, 32 }, { 0x3A3, 7, 32 },    /* Greek */
	{ 0x410, 32, 32 },                      /* Cyrillic */
	{ 0x5D0, 27, 0 },                       /* Hebrew */
	{ 0x621, 26, 0 }, { 0x641, 10, 0 },     /* Arabic */
	{ 0x904, 54, 0 },                       /* Devanagari */
	{ 0xE01, 46, 0 },                       /* Thai */
	{ 0x3041, 86, 0 }, { 0x30A1, 90, 0 },   /* Kana */
	{ 0x4E00, 20992, 0 },                   /* CJK */
	{ 0xAC00, 11172, 0 },                   /* Hangul */
	{ 0xD800, 2048, 0 },                    /* halves of pairs: none */
	{ STRAY_BYTE, 256, 0 },                 /* bytes that are none */
};

enum { ALPHABETS = sizeof(alphabets) / sizeof(*alphabets) };

/* Whatever is in none of them, by its bytes of UTF-8. */
static const struct { uint32_t first, end; } others[] = {
	{ 0x80, 0x800 }, { 0x800, 0x10000 }, { 0x10000, 0x110000 },
};

enum {
	OTHERS = sizeof(others) / sizeof(*others),
	NO_ZERO = ALPHABETS + OTHERS,   /* digits from 1 on */
};

static bool
finds_letter(uint32_t code, struct symbol *s)
{
	for (size_t i = 0; i < ALPHABETS; i++) {
		const struct alphabet *a = &alphabets[i];
		bool upper = code - a->first < a->size;

		if (!upper && !(a->lower &&
		    code - a->first - a->lower < a->size))
			continue;
		*s = (struct symbol){ .size = a->size, .first = a->first,
			.class = (uint16_t)i,
			.lower = upper ? 0 : (uint16_t)a->lower };
		s->v = code - a->first - s->lower;
		return true;
	}
	return false;
}

/* How many codes of [first, end) are in an alphabet. */
static uint32_t
taken_between(uint32_t first, uint32_t end)
{
	uint32_t n = 0;

	for (size_t i = 0; i < ALPHABETS; i++)
		for (unsigned both = 0; both <= (alphabets[i].lower != 0);
		    both++) {
			uint32_t from = alphabets[i].first +
			    both * alphabets[i].lower;
			uint32_t to = from + alphabets[i].size;

			from = from < first ? first : from;
			to = to > end ? end : to;
			n += to > from ? to - from : 0;
		}
	return n;
}

static void
find_other(uint32_t code, struct symbol *s)
{
	size_t i = 0;

	while (i < OTHERS - 1 && code >= others[i].end)
		i++;
	*s = (struct symbol){
		.size = others[i].end - others[i].first -
		    taken_between(others[i].first, others[i].end),
		.v = code - others[i].first -
		    taken_between(others[i].first, code),
		.first = others[i].first, .class = (uint16_t)(ALPHABETS + i),
	};
}

static struct symbol
symbol_of(uint32_t code)
{
	struct symbol s;

	if (finds_letter(code, &s))
		return s;
	if (code < 0x80)
		return (struct symbol){ .code = code };
	find_other(code, &s);
	return s;
}

/* The code that has v codes of none of the alphabets in front of it. */
static uint32_t
other_code(const struct symbol *s)
{
	uint32_t code = s->first + s->v, before = 0, skipped;

	while ((skipped = taken_between(s->first, code + 1)) != before) {
		code = s->first + s->v + skipped;
		before = skipped;
	}
	return code;
}

static uint32_t
code_of(const struct symbol *s)
{
	if (!s->size)
		return s->code;
	return s->class >= ALPHABETS && s->class < NO_ZERO ? other_code(s) :
	    s->first + s->v + s->lower;
}

/* ---- texts */

static uint32_t
take_code(const char **p, const char *end)
{
	unsigned char c = (unsigned char)*(*p)++;
	uint32_t code = c < 0xE0 ? c & 0x1F : c < 0xF0 ? c & 0x0F : c & 0x07;

	if (c < 0x80)
		return c;
	while (*p < end && ((unsigned char)**p & 0xC0) == 0x80)
		code = code << 6 | ((unsigned char)*(*p)++ & 0x3F);
	return code;
}

static size_t
read_symbols(struct tokenizer *t, struct span text)
{
	const char *p = text.p, *end = p + text.n;
	size_t n = 0;

	while (p < end)
		*ARRAY_PUSH(t->symbols, n, t->cap) =
		    symbol_of(take_code(&p, end));
	return n;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t
count_digits(struct span text, size_t from)
{
	size_t i = from;

	while (i < text.n && is_digit(text.p[i]))
		i++;
	return i - from;
}

/* Where a number's whole part begins and ends; false where it is none. */
static bool
number_parts(struct span text, size_t *whole, size_t *point)
{
	*whole = text.n && text.p[0] == '-';
	*point = *whole + count_digits(text, *whole);
	if (*point == *whole)
		return false;
	return *point == text.n || (text.p[*point] == '.' &&
	    count_digits(text, *point + 1) > 0 &&
	    *point + 1 + count_digits(text, *point + 1) == text.n);
}

bool
tokenize_is_number(struct span text)
{
	size_t whole, point;

	return number_parts(text, &whole, &point);
}

/* A digit from 1 on. */
static void
be_no_zero(struct symbol *s)
{
	s->size = 9;
	s->v--;
	s->first++;
	s->class = NO_ZERO;
}

static void
stay(struct symbol *s)
{
	*s = (struct symbol){ .code = code_of(s) };
}

static void
keep_zero(struct symbol *s, char digit)
{
	if (digit == '0')
		stay(s);
	else
		be_no_zero(s);
}

/* Of numbers, those digits that must not become or cease to be zeros.  One
 * below 0 does not become -0, which is the number 0, too. */
static void
bind_number(struct symbol *symbols, struct span text)
{
	size_t whole, point, end = text.n;

	if (!number_parts(text, &whole, &point))
		return;
	while (end > point + 1 && text.p[end - 1] == '0')
		stay(&symbols[--end]);
	if (end > point + 1)
		be_no_zero(&symbols[end - 1]);
	if (point - whole > 1 || (whole && end <= point + 1))
		keep_zero(&symbols[whole], text.p[whole]);
}

/* ---- the network */

/* The places that change are halves of: those from `from` to `to`. */
struct half {
	struct symbol **v;
	size_t n;
};

static void
put_number(struct buf *out, uint32_t v)
{
	char bytes[3] = { (char)(v >> 16), (char)(v >> 8), (char)v };

	buf_put(out, bytes, sizeof(bytes));
}

/* What both sides of a round need: round, alphabets, and the other half. */
static void
put_message(struct buf *out, unsigned round, struct half changes,
    struct half other)
{
	out->n = 0;
	buf_str(out, "cdc-mask tokenize 1");
	buf_char(out, (char)round);
	buf_le(out, changes.n, 8);
	buf_le(out, other.n, 8);
	for (size_t i = 0; i < changes.n; i++)
		buf_char(out, (char)changes.v[i]->class);
	for (size_t i = 0; i < other.n; i++)
		buf_char(out, (char)other.v[i]->class);
	for (size_t i = 0; i < other.n; i++)
		put_number(out, other.v[i]->v);
}

/* The next 48 bits: for the largest alphabet (a million) the sums are uneven
 * by less than one in 2^28. */
enum { STEP = 6 };

static void
run_round(struct tokenizer *t, unsigned round, struct half changes,
    struct half other)
{
	uint8_t seed[HMAC_SIZE + 8], block[HMAC_SIZE];
	size_t at = HMAC_SIZE;
	uint64_t count = 0;

	put_message(&t->message, round, changes, other);
	hmac_of(t->hmac, buf_view(&t->message), seed);
	for (size_t i = 0; i < changes.n; i++, at += STEP) {
		struct symbol *s = changes.v[i];
		uint64_t v = 0;

		if (at + STEP > HMAC_SIZE) {
			for (int k = 0; k < 8; k++)
				seed[HMAC_SIZE + k] = (uint8_t)(count >> 8 * k);
			if (count++ == 0)
				memcpy(block, seed, HMAC_SIZE);
			else
				hmac_of(t->hmac, (struct span){ (char *)seed,
				    sizeof(seed) }, block);
			at = 0;
		}
		for (size_t k = 0; k < STEP; k++)
			v = v << 8 | block[at + k];
		s->v = (uint32_t)((s->v + v) % s->size);
	}
}

static void
encrypt(struct tokenizer *t, struct half all)
{
	struct half left = { all.v, all.n / 2 };
	struct half right = { all.v + left.n, all.n - left.n };

	for (unsigned round = 0; round < ROUNDS; round++)
		run_round(t, round, round % 2 ? left : right,
		    round % 2 ? right : left);
}

/* ---- numbers that stay in a type */

/* The last whole numbers of the types whose tokens stay in range, by how many
 * digits they have, without and with a minus. */
static const struct { size_t digits; uint64_t last, negative; } limits[] = {
	{ 10, INT32_MAX, (uint64_t)INT32_MAX + 1 },
	{ 10, UINT32_MAX, UINT32_MAX },
	{ 19, INT64_MAX, (uint64_t)INT64_MAX + 1 },
	{ 20, UINT64_MAX, UINT64_MAX },
};

enum { LIMITS = sizeof(limits) / sizeof(*limits) };

/* The first of the limits that a whole number does not exceed: which range it
 * is in. */
static size_t
range_of(const struct symbol *symbols, size_t n)
{
	bool negative = n && !symbols[0].size && symbols[0].code == '-';
	char digits[20];
	uint64_t v;

	for (size_t i = negative; i < n; i++)
		digits[i - negative] = (char)code_of(&symbols[i]);
	n -= negative;
	if (!integer_read((struct span){ digits, n }, UINT64_MAX, &v))
		return LIMITS;
	for (size_t i = 0; i < LIMITS; i++)
		if (limits[i].digits == n && v <= (negative ?
		    limits[i].negative : limits[i].last))
			return i;
	return LIMITS;
}

/* Has the text a range to stay in? */
static bool
has_range(struct span text)
{
	size_t whole, point;

	return number_parts(text, &whole, &point) && point == text.n &&
	    text.p[whole] != '0' && (point - whole == 10 ||
	    point - whole == 19 || point - whole == 20);
}

/* ---- all of it */

void
tokenize(struct tokenizer *t, struct span text, struct buf *out)
{
	size_t n = read_symbols(t, text), range = 0;
	bool ranged = has_range(text);
	struct half all = { xreallocarray(NULL, n + 1, sizeof(*all.v)), 0 };

	bind_number(t->symbols, text);
	for (size_t i = 0; i < n; i++)
		if (t->symbols[i].size)
			all.v[all.n++] = &t->symbols[i];
	if (ranged)
		range = range_of(t->symbols, n);
	do
		encrypt(t, all);
	while (ranged && range_of(t->symbols, n) != range);
	for (size_t i = 0; i < n; i++)
		json_utf8_put(out, code_of(&t->symbols[i]));
	free(all.v);
}

void
tokenize_clear(struct tokenizer *t)
{
	free(t->symbols);
	buf_free(&t->message);
	*t = (struct tokenizer){ 0 };
}
