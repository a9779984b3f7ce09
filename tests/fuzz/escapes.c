/* SPDX-License-Identifier: MIT
 *
 * Any text, written in each language that cdc-format has, is read back as what
 * it was, by readers that are written here from the specifications.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "base/integer.h"
#include "base/url.h"
#include "cli/shell_word.h"
#include "format/csv_field.h"
#include "format/kcat_line.h"
#include "format/resp_array.h"
#include "json/write.h"
#include "sql/lex.h"
#include "sql/statement.h"

static void
must(bool good)
{
	if (!good)
		abort();
}

/* RFC 4180: fields of one line between commas. */
static bool
csv_next(struct span *line, struct buf *field, bool *quoted)
{
	field->n = 0;
	*quoted = line->n && line->p[0] == '"';
	if (*quoted) {
		for (line->p++, line->n--;; line->p++, line->n--) {
			must(line->n > 0);
			if (line->p[0] == '"') {
				line->p++;
				line->n--;
				if (!line->n || line->p[0] != '"')
					break;
			}
			buf_char(field, line->p[0]);
		}
	} else {
		for (; line->n && line->p[0] != ','; line->p++, line->n--) {
			must(line->p[0] != '"' && line->p[0] != '\r' &&
			    line->p[0] != '\n');
			buf_char(field, line->p[0]);
		}
	}
	if (!line->n)
		return false;
	must(line->p[0] == ',');
	line->p++;
	line->n--;
	return true;
}

static void
check_csv(struct span text, bool quoted)
{
	struct buf line = { 0 }, field = { 0 };
	struct span rest;
	bool was;

	csv_field_put(&line, text, quoted);
	buf_char(&line, ',');
	csv_field_put(&line, text, true);
	rest = buf_view(&line);
	must(csv_next(&rest, &field, &was));
	must(span_eq(buf_view(&field), text) && (was || !quoted));
	must(!csv_next(&rest, &field, &was));
	must(span_eq(buf_view(&field), text) && was);
	buf_free(&line);
	buf_free(&field);
}

/* LOAD DATA: https://mariadb.com/kb/en/load-data-infile/ */
static void
check_tsv(struct span text)
{
	static const char letters[256] = { ['0'] = 1, ['t'] = '\t' + 1,
		['n'] = '\n' + 1, ['r'] = '\r' + 1, ['\\'] = '\\' + 1 };
	struct buf line = { 0 }, field = { 0 };

	csv_field_put_tsv(&line, text);
	for (size_t i = 0; i < line.n; i++) {
		char c = line.p[i];

		must(c != '\t' && c != '\n' && c != '\r' && c != '\0');
		if (c != '\\') {
			buf_char(&field, c);
			continue;
		}
		must(++i < line.n && letters[(unsigned char)line.p[i]]);
		buf_char(&field,
		    (char)(letters[(unsigned char)line.p[i]] - 1));
	}
	must(span_eq(buf_view(&field), text));
	buf_free(&line);
	buf_free(&field);
}

/* One literal under every sql_mode, and the same text. */
static void
check_sql(struct span text)
{
	static const unsigned modes[] = { 0, SQL_ANSI_QUOTES,
		SQL_NO_BACKSLASH_ESCAPES,
		SQL_ANSI_QUOTES | SQL_NO_BACKSLASH_ESCAPES };
	struct statement s = { 0 };
	struct buf back = { 0 };
	struct span made;

	statement_add(&s, SQL_TEXT(text));
	made = statement_view(&s);
	for (size_t i = 0; i < made.n; i++)
		must((unsigned char)made.p[i] >= ' ' && made.p[i] != '\\');
	for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++) {
		struct sql in = sql_in(made, modes[i]);

		back.n = 0;
		if (made.p[0] == '_') {
			must(sql_word(&in, "_utf8mb4") && sql_word(&in, "X") &&
			    sql_string(&in, &back));
			made = buf_view(&back);
			made.p = memcpy(malloc(made.n + 1), made.p, made.n);
			back.n = 0;
			must(hex_take(&back, made));
			free((void *)made.p);
			made = statement_view(&s);
		} else {
			must(sql_string(&in, &back));
		}
		must(!sql_more(&in) && span_eq(buf_view(&back), text));
	}
	statement_free(&s);
	buf_free(&back);
}

/* The same as its characters, in any session: what all character sets of a
 * client have in common, never '' (EMPTY_STRING_IS_NULL), never an escape. */
static void
check_sql_anywhere(struct span text, bool characters)
{
	static const char differ[] = "\\@[]^`{|}~";
	struct statement s = { 0 };
	struct buf back = { 0 }, digits = { 0 };
	struct sql in;
	struct span made;

	if (characters)
		statement_add(&s, SQL_CHARACTERS(text));
	else
		statement_add(&s, SQL_TEXT_ANYWHERE(text));
	made = statement_view(&s);
	for (size_t i = 0; i < made.n; i++)
		must(made.p[i] >= ' ' && made.p[i] < 0x7F &&
		    !strchr(differ, made.p[i]));
	in = sql_in(made, 0);
	if (made.p[0] == '_')
		must(sql_word(&in, "_utf8mb4"));
	else
		must(!characters);
	if (sql_word(&in, "X")) {
		must(made.p[0] == '_' && sql_string(&in, &digits) &&
		    hex_take(&back, buf_view(&digits)));
	} else {
		must(sql_string(&in, &back) && back.n);
	}
	must(!sql_more(&in) && span_eq(buf_view(&back), text));
	statement_free(&s);
	buf_free(&back);
	buf_free(&digits);
}

/* POSIX, 2.2: outside of quotes only what means itself. */
static void
check_sh(struct span text)
{
	static const char special[] = "|&;<>()$`\\\"' \t\n*?[]#~=!{}^";
	struct buf word = { 0 }, back = { 0 };
	bool quoted = false;

	shell_word_put_span(&word, text);
	must(word.n > 0);
	for (size_t i = 0; i < word.n; i++) {
		char c = word.p[i];

		if (c == '\'') {
			quoted = !quoted;
		} else if (!quoted && c == '\\') {
			must(++i < word.n && word.p[i] == '\'');
			buf_char(&back, '\'');
		} else {
			must(quoted || c == '=' ? i > 0 :
			    c > ' ' && c < 0x7F && !strchr(special, c));
			buf_char(&back, c);
		}
	}
	must(!quoted && span_eq(buf_view(&back), text));
	buf_free(&word);
	buf_free(&back);
}

/* RFC 3986, 2.3: unreserved characters, and bytes. */
static void
check_url(struct span text)
{
	struct buf part = { 0 }, back = { 0 };

	url_put(&part, text);
	for (size_t i = 0; i < part.n; i++) {
		char c = part.p[i];

		if (c == '%') {
			must(i + 2 < part.n && hex_take(&back,
			    (struct span){ part.p + i + 1, 2 }));
			i += 2;
			continue;
		}
		must((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
		    (c >= 'a' && c <= 'z') || one_of(c, "-._~"));
		buf_char(&back, c);
	}
	must(span_eq(buf_view(&back), text));
	buf_free(&part);
	buf_free(&back);
}

/* Every line of a comment is one. */
static void
check_comment(struct span text)
{
	struct statement s = { 0 };
	struct span made;

	statement_add(&s, SQL_COMMENT(text));
	made = statement_view(&s);
	must(made.n && made.p[made.n - 1] == '\n');
	for (size_t i = 0; i < made.n; i++) {
		must((unsigned char)made.p[i] >= ' ' || made.p[i] == '\n');
		if (i == 0 || made.p[i - 1] == '\n')
			must(made.n - i >= 3 &&
			    memcmp(made.p + i, "-- ", 3) == 0);
	}
	statement_free(&s);
}

/* A length and the end of its line: "$12\r\n". */
static size_t
resp_length(struct span *in, char kind)
{
	uint64_t n;

	must(in->n && in->p[0] == kind);
	in->p++;
	in->n--;
	must(integer_take(in, SIZE_MAX, &n));
	must(in->n >= 2 && memcmp(in->p, "\r\n", 2) == 0);
	in->p += 2;
	in->n -= 2;
	return n;
}

/* https://redis.io/docs/latest/develop/reference/protocol-spec/ */
static void
check_resp(struct span text)
{
	struct buf out = { 0 };
	struct span in, all[] = { text, SPAN(""), text };

	resp_array_put(&out, 3);
	for (size_t i = 0; i < 3; i++)
		resp_array_put_argument(&out, all[i]);
	in = buf_view(&out);
	must(resp_length(&in, '*') == 3);
	for (size_t i = 0; i < 3; i++) {
		size_t n = resp_length(&in, '$');

		must(in.n >= n + 2 && span_eq(all[i],
		    (struct span){ in.p, n }));
		must(memcmp(in.p + n, "\r\n", 2) == 0);
		in.p += n + 2;
		in.n -= n + 2;
	}
	must(!in.n);
	buf_free(&out);
}

/* A character of a string, RFC 8259: "\n", "\u0001", or itself. */
static char
json_letter(struct span *in)
{
	static const char letters[256] = { ['"'] = '"', ['\\'] = '\\',
		['b'] = '\b', ['f'] = '\f', ['n'] = '\n', ['r'] = '\r',
		['t'] = '\t', ['/'] = '/' };
	struct buf code = { 0 };
	char c = in->p[0];
	size_t n = 1;

	must((unsigned char)c >= ' ' && c != '"');
	if (c == '\\') {
		must(in->n > 1);
		c = letters[(unsigned char)in->p[1]];
		n = 2;
		if (in->p[1] == 'u') {
			must(in->n >= 6 && hex_take(&code, (struct span){
			    in->p + 2, 4 }) && code.p[0] == 0);
			c = code.p[1];
			n = 6;
		} else {
			must(c);
		}
	}
	buf_free(&code);
	*in = (struct span){ in->p + n, in->n - n };
	return c;
}

static void
check_json(struct span text)
{
	struct buf out = { 0 }, back = { 0 };
	struct span in;

	json_string(&out, text);
	must(out.n >= 2 && out.p[0] == '"' && out.p[out.n - 1] == '"');
	in = (struct span){ out.p + 1, out.n - 2 };
	while (in.n)
		buf_char(&back, json_letter(&in));
	must(span_eq(buf_view(&back), text));
	buf_free(&out);
	buf_free(&back);
}

/* kcat.c, producer_run(): lines, of which each has its key in front of the first
 * delimiter, or none. */
static void
check_kcat(struct span text)
{
	struct buf out = { 0 }, json = { 0 };
	struct span line, key;
	bool kept = kcat_line_put(&out, text, SPAN("[1,\r\n 2]"));
	const char *tab;

	must(kept || (out.n == 0 && (memchr(text.p, '\t', text.n) ||
	    memchr(text.p, '\n', text.n) || memchr(text.p, '\r', text.n))));
	json_string(&json, text);
	must(kcat_line_put(&out, buf_view(&json), buf_view(&json)));
	for (line = buf_view(&out); line.n; kept = false) {
		const char *end = memchr(line.p, '\n', line.n);

		must(end != NULL);
		tab = memchr(line.p, '\t', (size_t)(end - line.p));
		must(tab != NULL);
		key = span_between(line.p, tab);
		must(span_eq(key, kept ? text : buf_view(&json)));
		must(kept ? span_is(span_between(tab + 1, end), "[1,   2]") :
		    span_eq(span_between(tab + 1, end), buf_view(&json)));
		line = span_between(end + 1, line.p + line.n);
	}
	buf_free(&out);
	buf_free(&json);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span text = { (const char *)data, size };

	check_csv(text, false);
	check_csv(text, true);
	check_tsv(text);
	check_comment(text);
	check_resp(text);
	check_kcat(text);
	check_url(text);
	if (!text.n || !memchr(text.p, '\0', text.n))
		check_sh(text);
	if (json_utf8_valid(text)) {
		check_sql(text);
		check_sql_anywhere(text, false);
	check_sql_anywhere(text, true);
		check_json(text);
	}
	return 0;
}
