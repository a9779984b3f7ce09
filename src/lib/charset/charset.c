/* SPDX-License-Identifier: MIT
 *
 * Which character set a collation id means (information_schema.COLLATIONS of
 * MariaDB 11.8 and MySQL 9.7, which do not contradict each other), and how
 * its bytes become UTF-8.  A set without a converter (MySQL's gb18030) is known
 * by name only: its columns are refused, not guessed.
 */
#include "charset/charset.h"

#include "json/write.h"

enum charset_id {
	CS_BINARY, CS_ASCII, CS_LATIN1, CS_UTF8MB3, CS_UTF8MB4, CS_UCS2,
	CS_UTF16, CS_UTF16LE, CS_UTF32,
	CS_ARMSCII8,
	CS_BIG5,
	CS_CP1250,
	CS_CP1251,
	CS_CP1256,
	CS_CP1257,
	CS_CP850,
	CS_CP852,
	CS_CP866,
	CS_CP932,
	CS_DEC8,
	CS_EUCJPMS,
	CS_EUCKR,
	CS_GB18030,
	CS_GB2312,
	CS_GBK,
	CS_GEOSTD8,
	CS_GREEK,
	CS_HEBREW,
	CS_HP8,
	CS_KEYBCS2,
	CS_KOI8R,
	CS_KOI8U,
	CS_LATIN2,
	CS_LATIN5,
	CS_LATIN7,
	CS_MACCE,
	CS_MACROMAN,
	CS_SJIS,
	CS_SWE7,
	CS_TIS620,
	CS_UJIS,
};

static void
put_utf8(const struct charset *set, struct buf *out, struct span text)
{
	(void)set;
	json_data(out, text);
}

/* utf8mb3 ends with the basic plane. */
static bool
take_utf8(const struct charset *set, struct buf *out, uint32_t code)
{
	if (set->mbmaxlen < 4 && code > 0xFFFF)
		return false;
	json_utf8_put(out, code);
	return true;
}

static bool
take_ascii(const struct charset *set, struct buf *out, uint32_t code)
{
	(void)set;
	buf_char(out, (char)code);
	return code < 0x80;
}

static bool
is_ascii(struct span text)
{
	unsigned char all = 0;

	for (size_t i = 0; i < text.n; i++)
		all |= (unsigned char)text.p[i];
	return all < 0x80;
}

/* Bytes above 0x7F are strays, even where they would make UTF-8. */
static void
put_ascii(const struct charset *set, struct buf *out, struct span text)
{
	(void)set;
	if (is_ascii(text)) {
		json_string(out, text);
		return;
	}
	buf_char(out, '"');
	for (size_t i = 0; i < text.n; i++)
		json_part(out, (struct span){ text.p + i, 1 });
	buf_char(out, '"');
}

/* MariaDB's latin1 is Windows-1252, with its five holes kept as C1. */
static const uint16_t latin1_c1[32] = {
	0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
	0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
	0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
	0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
};

static void
put_latin1(const struct charset *set, struct buf *out, struct span text)
{
	struct buf utf8 = { 0 };

	(void)set;
	if (is_ascii(text)) {
		json_string(out, text);
		return;
	}
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];

		if (c >= 0x80 && c < 0xA0)
			json_utf8_put(&utf8, latin1_c1[c - 0x80]);
		else
			json_utf8_put(&utf8, c);
	}
	json_string(out, buf_view(&utf8));
	buf_free(&utf8);
}

static bool
take_latin1(const struct charset *set, struct buf *out, uint32_t code)
{
	(void)set;
	for (unsigned i = 0; i < 32; i++)
		if (code == latin1_c1[i]) {
			buf_char(out, (char)(0x80 + i));
			return true;
		}
	buf_char(out, (char)code);
	return code < 0x80 || (code >= 0xA0 && code < 0x100);
}

/* A code point that came as the n bytes at p; where it is none (a lone
 * surrogate), the bytes are strays.  One that stands for a stray byte is the
 * bytes of its UTF-8. */
static void
put_code(struct buf *utf8, uint32_t code, const unsigned char *p, size_t n)
{
	struct buf three = { 0 };

	if (code >= STRAY_BYTE && code < STRAY_END) {
		json_utf8_put(&three, code);
		charset_put_strays(utf8, three.p, three.n);
		buf_free(&three);
	} else if (code < 0xD800 || (code > 0xDFFF && code <= 0x10FFFF)) {
		json_utf8_put(utf8, code);
	} else {
		charset_put_strays(utf8, p, n);
	}
}

/* The end of a text; bytes too few for a character are strays. */
static void
put_end(struct buf *out, struct buf *utf8, const unsigned char *p, size_t n)
{
	charset_put_strays(utf8, p, n);
	json_string(out, buf_view(utf8));
	buf_free(utf8);
}

/* Two bytes at p as a code unit. */
static uint32_t
unit16(const unsigned char *p, bool little)
{
	return little ? (uint32_t)p[1] << 8 | p[0] :
	    (uint32_t)p[0] << 8 | p[1];
}

static void
put_utf16_as(struct buf *out, struct span text, bool little)
{
	const unsigned char *p = (const unsigned char *)text.p;
	struct buf utf8 = { 0 };
	size_t i = 0;

	while (i + 2 <= text.n) {
		uint32_t code = unit16(p + i, little);
		uint32_t low = i + 4 <= text.n ?
		    unit16(p + i + 2, little) : 0;
		size_t n = 2;

		if (code >= 0xD800 && code < 0xDC00 && low >= 0xDC00 &&
		    low < 0xE000) {
			code = 0x10000 + ((code - 0xD800) << 10) +
			    (low - 0xDC00);
			n = 4;
		}
		put_code(&utf8, code, p + i, n);
		i += n;
	}
	put_end(out, &utf8, p + i, text.n - i);
}

static void
put_utf16(const struct charset *set, struct buf *out, struct span text)
{
	(void)set;
	put_utf16_as(out, text, false);
}

static void
put_utf16le(const struct charset *set, struct buf *out, struct span text)
{
	(void)set;
	put_utf16_as(out, text, true);
}

static void
put_unit16(struct buf *out, uint32_t unit, bool little)
{
	buf_char(out, (char)(little ? unit : unit >> 8));
	buf_char(out, (char)(little ? unit >> 8 : unit));
}

/* ucs2, too: what is not of the basic plane is there two characters. */
static void
take_utf16_as(struct buf *out, uint32_t code, bool little)
{
	if (code > 0xFFFF) {
		code -= 0x10000;
		put_unit16(out, 0xD800 + (code >> 10), little);
		code = 0xDC00 + (code & 0x3FF);
	}
	put_unit16(out, code, little);
}

static bool
take_utf16(const struct charset *set, struct buf *out, uint32_t code)
{
	(void)set;
	take_utf16_as(out, code, false);
	return true;
}

static bool
take_utf16le(const struct charset *set, struct buf *out, uint32_t code)
{
	(void)set;
	take_utf16_as(out, code, true);
	return true;
}

static bool
take_utf32(const struct charset *set, struct buf *out, uint32_t code)
{
	(void)set;
	put_unit16(out, code >> 16, false);
	put_unit16(out, code & 0xFFFF, false);
	return true;
}

static void
put_utf32(const struct charset *set, struct buf *out, struct span text)
{
	const unsigned char *p = (const unsigned char *)text.p;
	struct buf utf8 = { 0 };
	size_t i = 0;

	(void)set;
	for (; i + 4 <= text.n; i += 4)
		put_code(&utf8, unit16(p + i, false) << 16 |
		    unit16(p + i + 2, false), p + i, 4);
	put_end(out, &utf8, p + i, text.n - i);
}

#define TABLE(name, n)                                                       \
	{ name, n, charset_put_table, charset_take_table, 0, 0 }

static const struct charset charsets[] = {
	[CS_BINARY] = { "binary", 1, NULL, NULL, 0, 0 },
	[CS_ASCII] = { "ascii", 1, put_ascii, take_ascii, 0, 0 },
	[CS_LATIN1] = { "latin1", 1, put_latin1, take_latin1, 0, 0 },
	[CS_UTF8MB3] = { "utf8mb3", 3, put_utf8, take_utf8, 0, 0 },
	[CS_UTF8MB4] = { "utf8mb4", 4, put_utf8, take_utf8, 0, 0 },
	[CS_UCS2] = { "ucs2", 2, put_utf16, take_utf16, 0xF0, 0xF4 },
	[CS_UTF16] = { "utf16", 4, put_utf16, take_utf16, 0, 0 },
	[CS_UTF16LE] = { "utf16le", 4, put_utf16le, take_utf16le, 0, 0 },
	[CS_UTF32] = { "utf32", 4, put_utf32, take_utf32, 0, 0 },
	[CS_ARMSCII8] = TABLE("armscii8", 1),
	[CS_BIG5] = TABLE("big5", 2),
	[CS_CP1250] = TABLE("cp1250", 1),
	[CS_CP1251] = TABLE("cp1251", 1),
	[CS_CP1256] = TABLE("cp1256", 1),
	[CS_CP1257] = TABLE("cp1257", 1),
	[CS_CP850] = TABLE("cp850", 1),
	[CS_CP852] = TABLE("cp852", 1),
	[CS_CP866] = TABLE("cp866", 1),
	[CS_CP932] = TABLE("cp932", 2),
	[CS_DEC8] = TABLE("dec8", 1),
	[CS_EUCJPMS] = TABLE("eucjpms", 3),
	[CS_EUCKR] = TABLE("euckr", 2),
	[CS_GB18030] = { "gb18030", 4, NULL, NULL, 0, 0 },
	[CS_GB2312] = TABLE("gb2312", 2),
	[CS_GBK] = TABLE("gbk", 2),
	[CS_GEOSTD8] = TABLE("geostd8", 1),
	[CS_GREEK] = TABLE("greek", 1),
	[CS_HEBREW] = TABLE("hebrew", 1),
	[CS_HP8] = TABLE("hp8", 1),
	[CS_KEYBCS2] = TABLE("keybcs2", 1),
	[CS_KOI8R] = TABLE("koi8r", 1),
	[CS_KOI8U] = TABLE("koi8u", 1),
	[CS_LATIN2] = TABLE("latin2", 1),
	[CS_LATIN5] = TABLE("latin5", 1),
	[CS_LATIN7] = TABLE("latin7", 1),
	[CS_MACCE] = TABLE("macce", 1),
	[CS_MACROMAN] = TABLE("macroman", 1),
	[CS_SJIS] = { "sjis", 2, charset_put_table, charset_take_table,
	    '\\', '\\' },
	[CS_SWE7] = TABLE("swe7", 1),
	[CS_TIS620] = TABLE("tis620", 1),
	[CS_UJIS] = TABLE("ujis", 3),
};

/* Collation ids first..last mean this set; ids between that do not exist
 * are in no character. */
static const struct range {
	uint16_t first, last;
	uint16_t charset;
} ranges[] = {
	{ 1, 1, CS_BIG5 }, { 2, 2, CS_LATIN2 }, { 3, 3, CS_DEC8 },
	{ 4, 4, CS_CP850 }, { 5, 5, CS_LATIN1 }, { 6, 6, CS_HP8 },
	{ 7, 7, CS_KOI8R }, { 8, 8, CS_LATIN1 }, { 9, 9, CS_LATIN2 },
	{ 10, 10, CS_SWE7 }, { 11, 11, CS_ASCII }, { 12, 12, CS_UJIS },
	{ 13, 13, CS_SJIS }, { 14, 14, CS_CP1251 }, { 15, 15, CS_LATIN1 },
	{ 16, 16, CS_HEBREW }, { 18, 18, CS_TIS620 }, { 19, 19, CS_EUCKR },
	{ 20, 20, CS_LATIN7 }, { 21, 21, CS_LATIN2 }, { 22, 22, CS_KOI8U },
	{ 23, 23, CS_CP1251 }, { 24, 24, CS_GB2312 }, { 25, 25, CS_GREEK },
	{ 26, 26, CS_CP1250 }, { 27, 27, CS_LATIN2 }, { 28, 28, CS_GBK },
	{ 29, 29, CS_CP1257 }, { 30, 30, CS_LATIN5 }, { 31, 31, CS_LATIN1 },
	{ 32, 32, CS_ARMSCII8 }, { 33, 33, CS_UTF8MB3 },
	{ 34, 34, CS_CP1250 }, { 35, 35, CS_UCS2 }, { 36, 36, CS_CP866 },
	{ 37, 37, CS_KEYBCS2 }, { 38, 38, CS_MACCE }, { 39, 39, CS_MACROMAN },
	{ 40, 40, CS_CP852 }, { 41, 42, CS_LATIN7 }, { 43, 43, CS_MACCE },
	{ 44, 44, CS_CP1250 }, { 45, 46, CS_UTF8MB4 }, { 47, 49, CS_LATIN1 },
	{ 50, 52, CS_CP1251 }, { 53, 53, CS_MACROMAN }, { 54, 55, CS_UTF16 },
	{ 56, 56, CS_UTF16LE }, { 57, 57, CS_CP1256 }, { 58, 59, CS_CP1257 },
	{ 60, 61, CS_UTF32 }, { 62, 62, CS_UTF16LE }, { 63, 63, CS_BINARY },
	{ 64, 64, CS_ARMSCII8 }, { 65, 65, CS_ASCII }, { 66, 66, CS_CP1250 },
	{ 67, 67, CS_CP1256 }, { 68, 68, CS_CP866 }, { 69, 69, CS_DEC8 },
	{ 70, 70, CS_GREEK }, { 71, 71, CS_HEBREW }, { 72, 72, CS_HP8 },
	{ 73, 73, CS_KEYBCS2 }, { 74, 74, CS_KOI8R }, { 75, 75, CS_KOI8U },
	{ 76, 76, CS_UTF8MB3 }, { 77, 77, CS_LATIN2 }, { 78, 78, CS_LATIN5 },
	{ 79, 79, CS_LATIN7 }, { 80, 80, CS_CP850 }, { 81, 81, CS_CP852 },
	{ 82, 82, CS_SWE7 }, { 83, 83, CS_UTF8MB3 }, { 84, 84, CS_BIG5 },
	{ 85, 85, CS_EUCKR }, { 86, 86, CS_GB2312 }, { 87, 87, CS_GBK },
	{ 88, 88, CS_SJIS }, { 89, 89, CS_TIS620 }, { 90, 90, CS_UCS2 },
	{ 91, 91, CS_UJIS }, { 92, 93, CS_GEOSTD8 }, { 94, 94, CS_LATIN1 },
	{ 95, 96, CS_CP932 }, { 97, 98, CS_EUCJPMS }, { 99, 99, CS_CP1250 },
	{ 101, 124, CS_UTF16 }, { 128, 159, CS_UCS2 }, { 160, 183, CS_UTF32 },
	{ 192, 223, CS_UTF8MB3 }, { 224, 247, CS_UTF8MB4 },
	{ 248, 250, CS_GB18030 }, { 255, 323, CS_UTF8MB4 },
	{ 576, 579, CS_UTF8MB3 }, { 608, 611, CS_UTF8MB4 },
	{ 640, 642, CS_UCS2 }, { 672, 674, CS_UTF16 }, { 736, 738, CS_UTF32 },
	{ 2048, 2247, CS_UTF8MB3 }, { 2304, 2503, CS_UTF8MB4 },
	{ 2560, 2759, CS_UCS2 }, { 2816, 3015, CS_UTF16 },
	{ 3072, 3271, CS_UTF32 },
};

enum {
	NOPAD = 1024,           /* id + 1024 is the NOPAD twin of id */
	NOPAD_END = 2048,
};

const struct charset *
charset_of_collation(uint64_t id)
{
	if (id >= NOPAD && id < NOPAD_END)
		id -= NOPAD;
	for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges); i++)
		if (id >= ranges[i].first && id <= ranges[i].last)
			return &charsets[ranges[i].charset];
	return NULL;
}

const struct charset *
charset_named(const char *name)
{
	return name ? charset_of_collation(charset_collation(name)) : NULL;
}

uint64_t
charset_collation(const char *name)
{
	if (strcmp(name, "utf8") == 0)
		name = "utf8mb3";
	for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges); i++)
		if (strcmp(charsets[ranges[i].charset].name, name) == 0)
			return ranges[i].first;
	return 0;
}

bool
charset_has_strays(struct span utf8)
{
	const char *p = utf8.p, *end = p + utf8.n;

	while (p < end && (p = memchr(p, 0xEE, (size_t)(end - p))))
		if (++p < end && (uint8_t)*p >= 0xBC)
			return true;
	return false;
}

bool
charset_is_wide(const struct charset *set)
{
	return strncmp(set->name, "utf16", 5) == 0 ||
	    strcmp(set->name, "utf32") == 0 || strcmp(set->name, "ucs2") == 0;
}

bool
charset_is_utf8(const struct charset *set)
{
	return set->put == put_utf8;
}
