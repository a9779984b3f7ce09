/* SPDX-License-Identifier: MIT
 *
 * Character sets by table.  The strings of charset_tables.inc become arrays
 * when a column first needs them: for each prefix of a code (none, one byte, two)
 * the characters behind it.
 */
#include "value/charset.h"

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

#include "value/charset_tables.inc"

/* 256 characters; 0 is none. */
struct page {
	uint16_t code[256];
};

struct codes {
	const char *name;
	struct page single;
	struct page *two[256];          /* by first byte, or NULL */
	struct page **three[256];       /* by first byte, then second */
};

static struct codes *loaded[MAX_SETS];

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

/* The character at p, of n bytes; *used: how many it took.  0 where there is
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
			utf8_put(&utf8, code);
		else
			utf8_put(&utf8, STRAY_BYTE + p[i]);
		i += used;
	}
	json_string(out, buf_view(&utf8));
	buf_free(&utf8);
}
