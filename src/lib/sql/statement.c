/* SPDX-License-Identifier: MIT */
#include "sql/statement.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "base/escape.h"
#include "base/hex.h"
#include "json/write.h"

enum {
	MAX_NAME = 64,          /* characters of a server's name */
	SHOWN = 100,            /* bytes of a part in a message */
	FOUR_BYTES = 0xF0,      /* a character beyond U+FFFF begins so */
};

static void
refuse(struct statement *s, const char *what, struct span text,
    const char *why)
{
	err_set(&s->bad, ERR_DATA, "'%.*s%s' cannot be %s of SQL: %s",
	    SPAN_SHOWN(text, SHOWN), what, why);
}

/* Why no server has a table or column of the name; NULL: it may. */
static const char *
fault_of_name(struct span name)
{
	size_t characters = 0;
	bool beyond = false;

	if (!name.n)
		return "it is empty";
	if (memchr(name.p, '\0', name.n))
		return "it holds a NUL";
	if (!json_utf8_valid(name))
		return "it is not UTF-8";
	for (size_t i = 0; i < name.n; i++) {
		unsigned char c = (unsigned char)name.p[i];

		characters += (c & 0xC0) != 0x80;
		beyond = beyond || c >= FOUR_BYTES;
	}
	if (beyond)
		return "it holds a character beyond U+FFFF";
	return characters > MAX_NAME ? "it is longer than 64 characters" :
	    NULL;
}

void
sql_put_quoted(struct buf *out, struct span name, char quote)
{
	char *to = buf_room(out, 2 * name.n + 2);

	*to++ = quote;
	if (!name.n || !memchr(name.p, quote, name.n)) {
		memcpy(to, name.n ? name.p : "", name.n);
		to += name.n;
	} else {
		for (size_t i = 0; i < name.n; i++) {
			*to = quote;
			to += name.p[i] == quote;
			*to++ = name.p[i];
		}
	}
	*to++ = quote;
	out->n = (size_t)(to - out->p);
}

static void
put_name(struct statement *s, const struct sql_part *part)
{
	const char *why = fault_of_name(part->one);

	if (why)
		refuse(s, "a name", part->one, why);
	sql_put_quoted(&s->made, part->one, '`');
}

static void
put_table(struct statement *s, const struct sql_part *part)
{
	put_name(s, part);
	buf_char(&s->made, '.');
	put_name(s, &(struct sql_part){ .one = part->two });
}

static void
put_bytes(struct statement *s, const struct sql_part *part)
{
	buf_str(&s->made, "X'");
	hex_append(&s->made, part->one, hex_upper);
	buf_char(&s->made, '\'');
}

/* A backslash is itself or not, as sql_mode says; a newline would end a
 * comment, or a line of what is printed. */
static bool
goes_by_bytes(struct span text)
{
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] == '\\' || (unsigned char)text.p[i] < ' ')
			return true;
	return false;
}

/* Letters, digits and signs of ASCII, none of which means anything in a text,
 * eight at a time. */
static bool
is_simple(struct span text)
{
	const uint64_t ones = 0x0101010101010101u, high = ones << 7;
	size_t i = 0;

	for (; i + 8 <= text.n; i += 8) {
		uint64_t w, quote, slash;

		memcpy(&w, text.p + i, 8);
		quote = w ^ ones * '\'';
		slash = w ^ ones * '\\';
		if (((w - ones * ' ') | (quote - ones) | (slash - ones) | w) &
		    high)
			return false;
	}
	for (; i < text.n; i++)
		if ((unsigned char)text.p[i] < ' ' || text.p[i] == '\'' ||
		    text.p[i] == '\\' || (unsigned char)text.p[i] >= 0x80)
			return false;
	return true;
}

static void
put_text(struct statement *s, const struct sql_part *part)
{
	struct span text = part->one;

	if (is_simple(text)) {
		sql_put_quoted(&s->made, text, '\'');
		return;
	}
	if (!json_utf8_valid(text))
		refuse(s, "a text", text, "it is not UTF-8");
	if (goes_by_bytes(text)) {
		buf_str(&s->made, "_utf8mb4 ");
		put_bytes(s, part);
	} else {
		sql_put_quoted(&s->made, text, '\'');
	}
}

/* What all character sets of MariaDB have in common: swe7 has letters where
 * others have brackets, sjis and others other signs for \ and ~. */
static bool
is_common(struct span text)
{
	static const char common[] = " !\"#$%&'()*+,-./:;<=>?_";

	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];

		if (c >= 0x80 || !(isalnum(c) || one_of((char)c, common)))
			return false;
	}
	return text.n > 0;
}

static void
put_characters(struct statement *s, const struct sql_part *part)
{
	if (!json_utf8_valid(part->one))
		refuse(s, "a text", part->one, "it is not UTF-8");
	buf_str(&s->made, "_utf8mb4 ");
	if (is_common(part->one))
		sql_put_quoted(&s->made, part->one, '\'');
	else
		put_bytes(s, part);
}

static void
put_anywhere(struct statement *s, const struct sql_part *part)
{
	if (is_common(part->one))
		sql_put_quoted(&s->made, part->one, '\'');
	else
		put_characters(s, part);
}

static void
put_text_or_null(struct statement *s, const struct sql_part *part)
{
	if (part->one.n)
		put_text(s, part);
	else
		buf_str(&s->made, "NULL");
}

static void
put_label(struct statement *s, const struct sql_part *part)
{
	struct span text = part->one;

	if (!json_utf8_valid(text))
		refuse(s, "a label", text, "it is not UTF-8");
	if (text.n && memchr(text.p, '\\', text.n))
		refuse(s, "a label", text, "it holds a backslash");
	sql_put_quoted(&s->made, text, '\'');
}

static void
put_raw(struct statement *s, const struct sql_part *part)
{
	buf_span(&s->made, part->one);
}

static void
put_number(struct statement *s, const struct sql_part *part)
{
	buf_u64(&s->made, part->number);
}

static void
put_signed(struct statement *s, const struct sql_part *part)
{
	buf_i64(&s->made, (int64_t)part->number);
}

/* -12.50 */
static void
put_decimal(struct statement *s, const struct sql_part *part)
{
	struct span text = part->one;
	size_t i = text.n && text.p[0] == '-', digits = 0, points = 0;

	for (; i < text.n; i++) {
		digits += isdigit((unsigned char)text.p[i]) != 0;
		points += text.p[i] == '.';
	}
	if (!digits || points > 1 ||
	    digits + points + (text.p[0] == '-') != text.n)
		refuse(s, "a number", text, "it is none");
	else
		put_raw(s, part);
}

static void
put_word(struct statement *s, const struct sql_part *part)
{
	struct span word = part->one;
	bool good = word.n > 0 && word.n <= MAX_NAME;

	for (size_t i = 0; i < word.n; i++)
		good = good && (isalnum((unsigned char)word.p[i]) ||
		    word.p[i] == '_');
	if (good)
		put_raw(s, part);
	else
		refuse(s, "a word", word, "it is not of letters and digits");
}

/* Over a string or a quoted name; past the end where nothing ends it. */
static size_t
skip_quoted(struct span text, size_t i)
{
	char quote = text.p[i++];

	for (; i < text.n && text.p[i] != quote; i++)
		if (text.p[i] == '\\' && quote != '`')
			i++;
	return i;
}

/* It opens what it closes, and has no comment and no second statement. */
const char *
sql_expression_fault(struct span text)
{
	size_t depth = 0;

	if (!text.n)
		return "it is empty";
	if (!json_utf8_valid(text))
		return "it is not UTF-8";
	for (size_t i = 0; i < text.n; i++) {
		const char *p = text.p + i;
		char next = i + 1 < text.n ? p[1] : '\0';

		if (*p == '\'' || *p == '"' || *p == '`') {
			i = skip_quoted(text, i);
			if (i >= text.n)
				return "a quote is not closed";
		} else if (*p == '(') {
			depth++;
		} else if (*p == ')' && depth-- == 0) {
			return "a parenthesis is closed that it did not open";
		} else if (*p == ';' || *p == '\0') {
			return "it is more than one statement";
		} else if (*p == '#' || (*p == '-' && next == '-') ||
		    (*p == '/' && next == '*')) {
			return "it has a comment";
		}
	}
	return depth ? "a parenthesis is not closed" : NULL;
}

static void
put_expression(struct statement *s, const struct sql_part *part)
{
	const char *why = sql_expression_fault(part->one);

	if (why)
		refuse(s, "an expression", part->one, why);
	buf_char(&s->made, '(');
	put_raw(s, part);
	buf_char(&s->made, ')');
}

static void
take_error(struct statement *s, const struct sql_part *part)
{
	if (!s->bad.kind)
		s->bad = part->of->bad;
}

static void
put_statement(struct statement *s, const struct sql_part *part)
{
	take_error(s, part);
	buf_span(&s->made, buf_view(&part->of->made));
}

static void
put_quoted(struct statement *s, const struct sql_part *part)
{
	take_error(s, part);
	put_text(s, &SQL_TEXT(buf_view(&part->of->made)));
}

/* -- text
 * -- and what is on its next line */
static void
put_comment(struct statement *s, const struct sql_part *part)
{
	struct span text = part->one;
	char shown[ESCAPE_MAX];

	buf_put(&s->made, "-- ", 3);
	for (size_t i = 0, used; i < text.n; i += used) {
		used = 0;
		while (i + used < text.n && text.p[i + used] >= ' ' &&
		    text.p[i + used] < 0x7F)
			used++;
		if (used) {
			buf_put(&s->made, text.p + i, used);
		} else if (text.p[i] == '\n') {
			used = 1;
			buf_str(&s->made, "\n-- ");
		} else {
			buf_put(&s->made, shown, escape_one(shown, text.p + i,
			    text.n - i, &used));
		}
	}
	buf_char(&s->made, '\n');
}

static void (*const writers[])(struct statement *, const struct sql_part *) = {
	[PART_WORDS] = put_raw, [PART_NAME] = put_name,
	[PART_TABLE] = put_table, [PART_TEXT] = put_text,
	[PART_TEXT_OR_NULL] = put_text_or_null, [PART_LABEL] = put_label,
	[PART_BYTES] = put_bytes,
	[PART_NUMBER] = put_number, [PART_SIGNED] = put_signed,
	[PART_DECIMAL] = put_decimal, [PART_WORD] = put_word,
	[PART_EXPRESSION] = put_expression,
	[PART_STATEMENT] = put_statement, [PART_QUOTED] = put_quoted,
	[PART_FOREIGN] = put_raw, [PART_COMMENT] = put_comment,
	[PART_ANYWHERE] = put_anywhere, [PART_CHARACTERS] = put_characters,
};

void
statement_put(struct statement *s, const struct sql_part *parts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		writers[parts[i].kind](s, &parts[i]);
}

size_t
statement_form(struct statement *s, struct sql_part words,
    const struct sql_part parts[3])
{
	static const char signs[] = "@#$";
	size_t at = 0;

	for (size_t i = 0; i < words.one.n; i++) {
		const char *p = words.one.p + i;
		const char *sign = strchr(signs, *p);

		if (*p == '?')
			at = s->made.n;
		if (*p && sign)
			statement_put(s, &parts[sign - signs], 1);
		else
			buf_char(&s->made, *p);
	}
	return at;
}

void
statement_add_piece(struct statement *s, const struct statement *of,
    size_t from, size_t to)
{
	take_error(s, &SQL_OF(of));
	buf_put(&s->made, of->made.p + from, to - from);
}

int
statement_text(const struct statement *s, struct span *text, struct err *err)
{
	if (s->bad.kind) {
		*err = s->bad;
		return -1;
	}
	*text = (struct span){ s->made.p ? s->made.p : "", s->made.n };
	return 0;
}

void
statement_free(struct statement *s)
{
	buf_free(&s->made);
	*s = (struct statement){ 0 };
}
