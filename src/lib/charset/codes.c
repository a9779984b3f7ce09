/* SPDX-License-Identifier: MIT
 *
 * Character sets by table.  The strings of charset_tables.inc become arrays
 * when a column first needs them: for each prefix of a code (none, one byte,
 * two) the characters after it.
 */
#include "charset/charset.h"

#include "base/alloc.h"
#include "json/write.h"

enum { MAX_SETS = 64, HOLE = 1 };

/* The characters of the codes prefix + first, prefix + first + 1, … */
struct charset_row {
	uint16_t prefix;        /* leading bytes, first one high */
	uint8_t prefix_n;       /* how many: 0, 1, 2 */
	uint8_t first;          /* last byte of the first code */
	const char *chars;      /* UTF-8; "\1" is a hole */
};

struct charset_table {
	const char *name;
	const struct charset_row *rows; /* end with chars == NULL */
};

#include "charset/tables.inc"

/* 256 characters; 0 is none. */
struct page {
	uint16_t code[256];
};

struct codes {
	const char *name;
	uint32_t *back;                 /* of each character: its code; made at
	                                 * first use */
	struct page single;
	struct page *two[256];          /* by first byte, or NULL */
	struct page **three[256];       /* by first byte, then second */
};

static struct codes *loaded[MAX_SETS];

void
charset_put_strays(struct buf *utf8, const void *bytes, size_t n)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < n; i++)
		json_utf8_put(utf8, STRAY_BYTE + p[i]);
}

/* The next character of a UTF-8 string that we made. */
static uint16_t
next_char(const unsigned char **p)
{
	const unsigned char *c = *p;

	if (c[0] < 0x80) {
		*p += 1;
		return c[0];
	}
	if (c[0] < 0xE0) {
		*p += 2;
		return (uint16_t)((c[0] & 0x1F) << 6 | (c[1] & 0x3F));
	}
	*p += 3;
	return (uint16_t)((c[0] & 0x0F) << 12 | (c[1] & 0x3F) << 6 |
	    (c[2] & 0x3F));
}

static struct page *
page_of(struct codes *codes, const struct charset_row *row)
{
	unsigned lead = row->prefix_n == 2 ? row->prefix >> 8 : row->prefix;
	unsigned second = row->prefix & 0xFF;

	if (row->prefix_n == 0)
		return &codes->single;
	if (row->prefix_n == 1)
		return codes->two[lead] = xcalloc(1, sizeof(struct page));
	if (!codes->three[lead])
		codes->three[lead] = xcalloc(256, sizeof(struct page *));
	return codes->three[lead][second] = xcalloc(1, sizeof(struct page));
}

static struct codes *
load(const struct charset_table *table)
{
	struct codes *codes = xcalloc(1, sizeof(*codes));

	codes->name = table->name;
	for (unsigned i = 0; i < 0x80; i++)
		codes->single.code[i] = (uint16_t)i;
	for (const struct charset_row *row = table->rows; row->chars; row++) {
		const unsigned char *p = (const unsigned char *)row->chars;
		struct page *page = page_of(codes, row);

		for (unsigned i = row->first; *p && i < 256; i++) {
			uint16_t c = next_char(&p);

			page->code[i] = c == HOLE ? 0 : c;
		}
	}
	return codes;
}

static struct codes *
codes_of(const char *name)
{
	size_t i = 0;

	while (strcmp(charset_tables[i].name, name) != 0)
		i++;
	if (!loaded[i])
		loaded[i] = load(&charset_tables[i]);
	return loaded[i];
}

/* THE TABLE: what a server takes for a character of two bytes, be there one or
 * not: first and second bytes. */
static const struct pairs {
	const char *set;
	uint8_t first[2][2], second[3][2];
} pairs[] = {
	{ "big5", { { 0xA1, 0xF9 } }, { { 0x40, 0x7E }, { 0xA1, 0xFE } } },
	{ "cp932", { { 0x81, 0x9F }, { 0xE0, 0xFC } },
	    { { 0x40, 0x7E }, { 0x80, 0xFC } } },
	{ "eucjpms", { { 0xA1, 0xFE }, { 0x8E, 0x8E } }, { { 0xA1, 0xFE } } },
	{ "euckr", { { 0x81, 0xFE } },
	    { { 0x41, 0x5A }, { 0x61, 0x7A }, { 0x81, 0xFE } } },
	{ "gb2312", { { 0xA1, 0xF7 } }, { { 0xA1, 0xFE } } },
	{ "gbk", { { 0x81, 0xFE } }, { { 0x40, 0x7E }, { 0x80, 0xFE } } },
	{ "sjis", { { 0x81, 0x9F }, { 0xE0, 0xFC } },
	    { { 0x40, 0x7E }, { 0x80, 0xFC } } },
	{ "ujis", { { 0xA1, 0xFE }, { 0x8E, 0x8E } }, { { 0xA1, 0xFE } } },
};

static bool
is_among(const uint8_t (*ranges)[2], size_t n, uint8_t byte)
{
	for (size_t i = 0; i < n; i++)
		if (ranges[i][0] && byte >= ranges[i][0] &&
		    byte <= ranges[i][1])
			return true;
	return false;
}

/* How many bytes of what is no character belong together. */
static size_t
stray_length(const char *set, const unsigned char *p, size_t n)
{
	bool euc = strcmp(set, "ujis") == 0 || strcmp(set, "eucjpms") == 0;

	if (euc && p[0] == 0x8F && n >= 3 && p[1] >= 0xA1 && p[2] >= 0xA1)
		return 3;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		if (strcmp(pairs[i].set, set) == 0 && n >= 2 &&
		    is_among(pairs[i].first, 2, p[0]) &&
		    is_among(pairs[i].second, 3, p[1]))
			return 2;
	return 1;
}

/* The character at p, of n bytes; *used: how many it took.  0 if there is
 * none (U+0000 is its own). */
static uint16_t
code_at(const struct codes *codes, const unsigned char *p, size_t n,
    size_t *used)
{
	struct page *const *three = codes->three[p[0]];

	*used = 3;
	if (three && n >= 3 && three[p[1]] && three[p[1]]->code[p[2]])
		return three[p[1]]->code[p[2]];
	*used = 2;
	if (codes->two[p[0]] && n >= 2 && codes->two[p[0]]->code[p[1]])
		return codes->two[p[0]]->code[p[1]];
	*used = 1;
	if (!codes->single.code[p[0]])
		*used = stray_length(codes->name, p, n);
	return codes->single.code[p[0]];
}

void
charset_put_table(const struct charset *set, struct buf *out,
    struct span text)
{
	const struct codes *codes = codes_of(set->name);
	const unsigned char *p = (const unsigned char *)text.p;
	struct buf utf8 = { 0 };
	size_t i = 0;

	while (i < text.n) {
		size_t used;
		uint16_t code = code_at(codes, p + i, text.n - i, &used);

		if (code || !p[i])
			json_utf8_put(&utf8, code);
		else
			charset_put_strays(&utf8, p + i, used);
		i += used;
	}
	json_string(out, buf_view(&utf8));
	buf_free(&utf8);
}

static void
add_page(uint32_t *back, const struct page *page, uint32_t prefix)
{
	for (unsigned i = 0; page && i < 256; i++)
		if (page->code[i])
			back[page->code[i]] = prefix << 8 | i;
}

/* No character has two codes: of those that a server makes the same, the table
 * has the one that it makes of the character. */
static uint32_t *
backwards(const struct codes *codes)
{
	uint32_t *back = xcalloc(UINT16_MAX + 1, sizeof(*back));

	add_page(back, &codes->single, 0);
	for (uint32_t i = 0; i < 256; i++) {
		add_page(back, codes->two[i], i);
		for (uint32_t k = 0; codes->three[i] && k < 256; k++)
			add_page(back, codes->three[i][k], i << 8 | k);
	}
	return back;
}

bool
charset_take_table(const struct charset *set, struct buf *out, uint32_t code)
{
	struct codes *codes = codes_of(set->name);
	uint32_t bytes;

	if (!codes->back)
		codes->back = backwards(codes);
	bytes = code <= UINT16_MAX ? codes->back[code] : 0;
	if (bytes > 0xFFFF)
		buf_char(out, (char)(bytes >> 16));
	if (bytes > 0xFF)
		buf_char(out, (char)(bytes >> 8));
	buf_char(out, (char)bytes);
	return bytes || !code;
}
