/* SPDX-License-Identifier: MIT */
#include "filter/share.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/integer.h"
#include "base/murmur.h"
#include "json/object.h"
#include "json/scan.h"

enum { MILLIONTHS = 1000000, PLACES = 4, MOST_SHARDS = 1000000 };

/* Digits before the point and up to four after it, in units of 0.0001. */
static bool
read_percent(const char *text, uint64_t *millionths)
{
	size_t whole = strspn(text, "0123456789");
	const char *after = text + whole + (text[whole] == '.');
	size_t places = text[whole] == '.' ? strspn(after, "0123456789") : 0;
	char digits[16] = "";

	if (!whole || whole > 3 || places > PLACES ||
	    (text[whole] == '.' && !places) ||
	    strcmp(text + whole + (places ? places + 1 : 0), "%") != 0)
		return false;
	memcpy(digits, text, whole);
	memset(digits + whole, '0', PLACES);
	memcpy(digits + whole, after, places);
	return integer_read(span_of(digits), MILLIONTHS, millionths) &&
	    *millionths > 0;
}

int
share_set_sample(struct sample *sample, const char *text, struct err *err)
{
	uint64_t millionths;

	if (!read_percent(text, &millionths))
		return err_set(err, ERR_USAGE, "'%s' is not a percentage from "
		    "0.0001%% to 100%%", text);
	*sample = (struct sample){ (uint32_t)millionths, text };
	return 0;
}

int
share_set_shard(struct shard *shard, const char *text, struct err *err)
{
	const char *slash = strchr(text, '/');
	uint64_t i, n;

	if (!slash || !integer_read(span_between(text, slash), MOST_SHARDS,
	    &i) || !integer_read(span_of(slash + 1), MOST_SHARDS, &n) ||
	    i < 1 || i > n)
		return err_set(err, ERR_USAGE, "'%s' is not a shard: I/N, "
		    "where I is 1 to N, and N at most %d", text, MOST_SHARDS);
	*shard = (struct shard){ (uint32_t)i, (uint32_t)n, text };
	return 0;
}

int
share_add_columns(struct columns_by *by, const char *list, struct err *err)
{
	for (const char *end; ; list = end + 1) {
		struct named_text column = { 0 };

		end = list + strcspn(list, ",");
		if (end == list)
			return err_set(err, ERR_USAGE, "a column without a "
			    "name");
		column.text = xmemdup(list, (size_t)(end - list));
		column.named = named_add(span_between(list, end));
		*ARRAY_ADD(by->v, by->n) = column;
		if (!*end)
			return 0;
	}
}

/* The characters of a string, the digits of a number; NULL is nothing. */
static struct span
text_of(struct share *s, struct span value)
{
	struct span inside = json_inside(value);

	if (inside.p)
		return json_string_text(inside, &s->scratch);
	return span_is(value, "null") ? SPAN("") : value;
}

/* The value of one column; of several, each is ended by a zero byte. */
static bool
read_key(struct share *s, struct span key)
{
	struct json_pos at = json_at(key);
	struct span name, value;
	size_t parts = 0;

	s->text.n = 0;
	if (!key.p || !json_enter(&at, '{'))
		return false;
	for (; json_next(&at, &name) > 0; parts++) {
		if (parts)
			buf_char(&s->text, '\0');
		if (!json_value(&at, &value))
			return false;
		buf_span(&s->text, text_of(s, value));
	}
	return parts > 0;
}

static bool
is_in(const struct share *s, uint32_t hash)
{
	/* by its upper bits and by its lower ones, which are independent */
	if (s->sample.millionths &&
	    ((uint64_t)hash * MILLIONTHS) >> 32 >= s->sample.millionths)
		return false;
	return !s->shard.n || hash % s->shard.n == s->shard.i - 1;
}

static int
by_key(struct share *s, struct span key, struct err *err)
{
	if (read_key(s, key))
		return is_in(s, murmur_hash(buf_view(&s->text)));
	err_set(err, ERR_DATA, "--%s needs a key, and the record has none",
	    s->shard.n ? "shard" : "sample");
	return err_hint(err, "--by COLUMN chooses by a column");
}

int
share_has(struct share *s, struct span row, struct span key, struct err *err)
{
	for (size_t i = 0; i < s->by.n; i++) {
		struct span value = object_member(row, s->by.v[i].text);

		named_look(s->by.v[i].named, value.p);
		if (value.p)
			return is_in(s, murmur_hash(text_of(s, value)));
	}
	if (!s->by.n)
		return by_key(s, key, err);
	err_set(err, ERR_DATA, "--by names %s, and the row has no such column",
	    s->by.v[0].text);
	return err_hint(err, "keep to tables that have it with "
	    "--include-table, or name another column after a comma; partial "
	    "row images lack columns");
}

void
share_tell(const struct share *s, struct lists *lists)
{
	if (s->sample.text)
		lists_add(lists, "sample", span_of(s->sample.text));
	if (s->shard.text)
		lists_add(lists, "shard", span_of(s->shard.text));
	for (size_t i = 0; i < s->by.n; i++)
		lists_add(lists, "by", span_of(s->by.v[i].text));
}

void
share_clear(struct share *s)
{
	for (size_t i = 0; i < s->by.n; i++)
		free((char *)(uintptr_t)s->by.v[i].text);
	free(s->by.v);
	buf_free(&s->scratch);
	buf_free(&s->text);
}
