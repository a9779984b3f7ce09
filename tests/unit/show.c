/* SPDX-License-Identifier: MIT
 *
 * What a terminal is given: characters, their columns, and texts that are cut.
 */
#include <locale.h>
#include <stdlib.h>
#include <wchar.h>
#include <wctype.h>

#include "show/glyphs.h"
#include "show/show_text.h"
#include "show/time_zone.h"
#include "show/width.h"
#include "tap.h"

/* Unicode 16 made them wide, or the C library counts them otherwise. */
static bool
is_disputed(unsigned code)
{
	static const unsigned ranges[][2] = {
		{ 0x2630, 0x2637 }, { 0x268A, 0x268F }, { 0x302E, 0x302F },
		{ 0x3248, 0x324F }, { 0x4DC0, 0x4DFF }, { 0x1171E, 0x1171E },
		{ 0x16FF0, 0x16FF1 }, { 0x1D300, 0x1D376 },
		{ 0x1F1E6, 0x1F1FF },
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges); i++)
		if (code >= ranges[i][0] && code <= ranges[i][1])
			return true;
	return false;
}

static int
columns_of(enum width_class class)
{
	static const int columns[] = {
		[WIDTH_ONE] = 1, [WIDTH_WIDE] = 2, [WIDTH_EMOJI] = 1,
		[WIDTH_SELECTOR] = 0, [WIDTH_MARK] = 0, [WIDTH_SPACING] = 1,
	};

	return columns[class];
}

/* The C library is the oracle, as far as it knows a character. */
static void
widths(void)
{
	unsigned odd = 0, shown_controls = 0, agreed = 0;

	if (!setlocale(LC_CTYPE, "C.UTF-8")) {
		printf("# no C.UTF-8 here\n");
		return;
	}
	for (unsigned code = 0; code < 0x110000; code++) {
		enum width_class class = width_of(code);
		int theirs = wcwidth((wchar_t)code);

		shown_controls += iswcntrl(code) && class != WIDTH_ESCAPED;
		if (class == WIDTH_ESCAPED || theirs < 0)
			continue;
		agreed += theirs == columns_of(class);
		if (theirs == columns_of(class) || is_disputed(code))
			continue;
		printf("# U+%04X: %d columns, not %d\n", code,
		    columns_of(class), theirs);
		odd++;
	}
	is_number(odd, 0, "wcwidth(3) counts as many columns");
	result(agreed > 140000, "of nearly all characters");
	is_number(shown_controls, 0, "no control is shown as it is");
}

static const struct {
	const char *name, *text;
	bool json;
	enum text_form form;
	size_t room;
	const char *want;
	size_t columns;
} texts[] = {
	{ "plain", "abc", true, TEXT_STRING, 40, "'abc'", 5 },
	{ "empty", "", true, TEXT_STRING, 40, "''", 2 },
	{ "quotes", "it's `a` \\\"b\\\" c\\\\d", true, TEXT_STRING, 40,
	    "'it\\'s `a` \"b\" c\\\\d'", 20 },
	{ "escapes of JSON", "\\n\\t\\r\\u0000\\b\\u001b\\/\\u0041", true,
	    TEXT_STRING, 40, "'\\n\\t\\r\\0\\x08\\x1b/A'", 20 },
	{ "controls as they are", "a\x1b[2J\x7f", false, TEXT_BARE, 40,
	    "a\\x1b[2J\\x7f", 12 },
	{ "C1", "\xC2\x9B" "31m\\u0085", true, TEXT_BARE, 40,
	    "\\u009b31m\\u0085", 15 },
	{ "directions", "a\xE2\x80\xAE" "b\\u2066\\u200f\\u061c", true,
	    TEXT_BARE, 40, "a\\u202eb\\u2066\\u200f\\u061c", 26 },
	{ "hidden", "\xE2\x80\x8B\xEF\xBB\xBF\xC2\xAD\xC2\xA0\\u3164", true,
	    TEXT_BARE, 40, "\\u200b\\ufeff\\u00ad\\u00a0\\u3164", 30 },
	{ "tags", "\xF3\xA0\x81\x81\\udb40\\udc41", true, TEXT_BARE, 40,
	    "\\u{e0041}\\u{e0041}", 18 },
	{ "bytes that are no characters", "a\xFF\xC3", false, TEXT_BARE, 40,
	    "a\\xff\\xc3", 9 },
	{ "what stands for them", "\xEE\xBF\xA4\\uef80\\uefff", true,
	    TEXT_BARE, 40, "\\xe4\\x80\\xff", 12 },
	{ "private ones are not", "\xEE\x80\x80", true, TEXT_BARE, 40,
	    "\\ue000", 6 },
	{ "an accent", "e\xCC\x81", true, TEXT_STRING, 40, "'e\xCC\x81'", 3 },
	{ "without a letter", "\xCC\x81 \xCC\x81" "1\xCC\x81", true,
	    TEXT_STRING, 40, "'\\u0301 \\u03011\\u0301'", 22 },
	{ "a pile of them", "e\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81", true,
	    TEXT_BARE, 40, "e\xCC\x81\xCC\x81\xCC\x81\xCC\x81\\u0301", 7 },
	{ "one that strikes through", "e\xCC\xB6", true, TEXT_BARE, 40,
	    "e\\u0336", 7 },
	{ "wide", "\xE6\x97\xA5\xE6\x9C\xAC", true, TEXT_STRING, 40,
	    "'\xE6\x97\xA5\xE6\x9C\xAC'", 6 },
	{ "emoji", "\xF0\x9F\x98\x80\\ud83d\\ude00", true, TEXT_STRING, 40,
	    "'\xF0\x9F\x98\x80\xF0\x9F\x98\x80'", 6 },
	{ "an emoji by a selector", "\xE2\x9D\xA4\xEF\xB8\x8F", true,
	    TEXT_BARE, 40, "\xE2\x9D\xA4\xEF\xB8\x8F", 2 },
	{ "a selector elsewhere", "a\xEF\xB8\x8F\xE2\x9D\xA4\xEF\xB8\x8F"
	    "\xEF\xB8\x8F", true, TEXT_BARE, 40,
	    "a\\ufe0f\xE2\x9D\xA4\xEF\xB8\x8F\\ufe0f", 15 },
	{ "a joined emoji", "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB",
	    true, TEXT_BARE, 40,
	    "\xF0\x9F\x91\xA9\\u200d\xF0\x9F\x92\xBB", 10 },
	{ "cut", "abcdefghijklmnopqrstuvwxyz0123456789", true, TEXT_STRING, 30,
	    "'abcdefghijklmnop…' (36 chars)", 30 },
	{ "whole, to the last column", "abcdefghijklmnopqrstuvwxyz01", true,
	    TEXT_STRING, 30, "'abcdefghijklmnopqrstuvwxyz01'", 30 },
	{ "wide ones, cut", "\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5"
	    "\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5"
	    "\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5\\u65e5", true, TEXT_STRING,
	    24, "'\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5"
	    "…' (13 chars)", 24 },
	{ "pairs count as one", "\\ud83d\\ude00\\ud83d\\ude00\\ud83d\\ude00"
	    "\\ud83d\\ude00\\ud83d\\ude00\\ud83d\\ude00\\ud83d\\ude00"
	    "\\ud83d\\ude00\\ud83d\\ude00\\ud83d\\ude00\\n\\u65e5\\\\", true,
	    TEXT_STRING, 24, "'\xF0\x9F\x98\x80\xF0\x9F\x98\x80"
	    "\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80…' (13 chars)",
	    24 },
	{ "no part of an escape", "aaaaaaaaaaaaaaaa\\u001baaaaaaaaaaaaaaaa",
	    true, TEXT_STRING, 30, "'aaaaaaaaaaaaaaaa…' (33 chars)", 30 },
	{ "a line", "abcdefghijklmnopqrstuvwxyz0123456789", false, TEXT_LINE, 24,
	    "abcdefghijklmnopqrstuvw…", 24 },
	{ "a name", "order_id$2", true, TEXT_NAME, 40, "order_id$2", 10 },
	{ "of other letters", "gr\xC3\xB6\xC3\x9F" "e", true, TEXT_NAME, 40,
	    "gr\xC3\xB6\xC3\x9F" "e", 5 },
	{ "that could be misread", "a=1, b", true, TEXT_NAME, 40,
	    "`a=1, b`", 8 },
	{ "with backquotes", "a`b\\\\", true, TEXT_NAME, 40, "`a``b\\\\`", 8 },
	{ "none", "", true, TEXT_NAME, 40, "``", 2 },
};

static void
put_texts(void)
{
	struct show_page page = { .width = 80 };
	char name[128];

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct buf out = { 0 };
		size_t columns = show_text(&page, &out,
		    span_of(texts[i].text), texts[i].json, texts[i].form,
		    texts[i].room);

		is_text(buf_view(&out), texts[i].want, texts[i].name);
		snprintf(name, sizeof(name), "%s: columns", texts[i].name);
		is_number((long long)columns, (long long)texts[i].columns,
		    name);
		buf_free(&out);
	}
}

static void
put_bytes(void)
{
	struct show_page page = { .width = 80 };
	struct buf out = { 0 };

	is_number((long long)show_bytes(&page, &out,
	    (struct span){ "\x89PNG\0", 5 }, 24), 13, "bytes");
	is_text(buf_view(&out), "x'89504e4700'", "in hexadecimal");
	out.n = 0;
	is_number((long long)show_bytes(&page, &out,
	    SPAN("0123456789abcdef"), 24), 23, "bytes that are cut");
	is_text(buf_view(&out), "x'30313233…' (16 bytes)", "and how many");
	buf_free(&out);
}

/* Where two texts differ. */
#define FOUR "\\u0031\\u0032\\u0033\\u0034"

static void
skips(void)
{
	struct span a = SPAN("0123456789012345678901234567890123456789abc");
	struct span b = SPAN("0123456789012345678901234567890123456789xyz");
	/* 16 characters and 16 escapes, of which the last differs */
	struct span c = SPAN("0123456789012345" FOUR FOUR FOUR
	    "\\u0031\\u0032\\u0033\\u0034");
	struct span d = SPAN("0123456789012345" FOUR FOUR FOUR
	    "\\u0031\\u0032\\u0033\\u0035");

	is_number((long long)show_text_skip(a, b, 60), 28, "a little before");
	is_number((long long)show_text_skip(SPAN("abc"), SPAN("abd"), 60), 0,
	    "not if it is near");
	is_number((long long)show_text_skip(c, d, 60), 16 + 3 * 6, "never in an escape");
}

static void
times(void)
{
	struct buf out = { 0 };
	struct err err = { 0 };

	is_number(time_zone_choose("../../../etc/passwd", &err), -1,
	    "a path is no zone");
	err_clear(&err);
	is_number(time_zone_choose("UTC", &err), 0, "UTC is always there");
	result(time_zone_put(&out, 0, true), "a moment");
	is_text(buf_view(&out), "1970-01-01 00:00:00 UTC", "with its zone");
	out.n = 0;
	time_zone_put(&out, -62135596800, false);
	is_text(buf_view(&out), "0001-01-01 00:00:00", "the first of all");
	out.n = 0;
	result(!time_zone_put(&out, -62135596801, false) &&
	    !time_zone_put(&out, 253402300800, false) &&
	    !time_zone_put(&out, INT64_MAX, false) &&
	    !time_zone_put(&out, INT64_MIN, false) && out.n == 0,
	    "no year but 1 to 9999");
	if (time_zone_choose("Europe/Berlin", &err) < 0) {
		printf("# no time zones here\n");
		buf_free(&out);
		return;
	}
	time_zone_put_iso(&out, SPAN("2026-07-01T22:30:00.120Z"));
	is_text(buf_view(&out), "2026-07-02 00:30:00.120", "summer");
	out.n = 0;
	time_zone_put_iso(&out, SPAN("2026-12-31T23:30:00Z"));
	is_text(buf_view(&out), "2027-01-01 00:30:00", "winter");
	out.n = 0;
	time_zone_put(&out, 1792887600, true);
	time_zone_put(&out, 1792891200, true);
	is_text(buf_view(&out), "2026-10-25 02:20:00 CEST"
	    "2026-10-25 02:20:00 CET", "the hour that comes twice");
	out.n = 0;
	result(!time_zone_put_iso(&out, SPAN("2026-13-01T00:00:00Z")) &&
	    !time_zone_put_iso(&out, SPAN("2026-01-01T00:00:00")) &&
	    !time_zone_put_iso(&out, SPAN("2026-01-01T00:00:00.\x1bZ")) &&
	    !time_zone_put_iso(&out, SPAN("Z")) &&
	    !time_zone_put_iso(&out, SPAN("")), "what is no such text");
	buf_free(&out);
}

int
main(void)
{
	widths();
	put_texts();
	put_bytes();
	skips();
	times();
	return done();
}
