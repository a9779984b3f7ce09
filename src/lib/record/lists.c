/* SPDX-License-Identifier: MIT */
#include "record/lists.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "record/record.h"
#include "json/scan.h"
#include "json/write.h"
#include "match/online.h"
#include "match/pattern.h"

/* ---- the set */

/* Takes text over. */
static void
add_text(struct lists *l, char *text)
{
	size_t i = 0;

	while (i < l->n && strcmp(l->v[i], text) < 0)
		i++;
	if (i < l->n && strcmp(l->v[i], text) == 0) {
		free(text);
		return;
	}
	*ARRAY_INSERT(l->v, l->n, i) = text;
}

static bool
has_text(const struct lists *l, const char *text)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->v[i], text) == 0)
			return true;
	return false;
}

void
lists_add(struct lists *l, const char *option, struct span value)
{
	struct buf text = { 0 };

	if (!value.n)
		return;
	buf_printf(&text, "%s=", option);
	buf_span(&text, value);
	buf_cstr(&text);
	add_text(l, text.p);
}

/* Its patterns, sorted, each once. */
void
lists_add_names(struct lists *l, const char *option,
    const struct name_list *list)
{
	struct span *patterns = xcalloc(list->n + 1, sizeof(*patterns));
	struct buf joined = { 0 };

	for (size_t i = 0; i < list->n; i++)
		patterns[i] = span_of(pattern_text(list->patterns[i]));
	qsort(patterns, list->n, sizeof(*patterns), span_order);
	for (size_t i = 0; i < list->n; i++) {
		if (i && span_eq(patterns[i], patterns[i - 1]))
			continue;
		if (i)
			buf_char(&joined, ',');
		buf_span(&joined, patterns[i]);
	}
	lists_add(l, option, buf_view(&joined));
	buf_free(&joined);
	free(patterns);
}

void
lists_add_ops(struct lists *l, const char *option, const char *ops)
{
	char sorted[sizeof("cdrtu")], *end = sorted;

	for (const char *op = "cdrtu"; *op; op++)
		if (strchr(ops, *op))
			*end++ = *op;
	lists_add(l, option, (struct span){ sorted, (size_t)(end - sorted) });
}

void
lists_add_filter(struct lists *l, const struct table_filter *f)
{
	lists_add_names(l, "include-db", &f->include_db);
	lists_add_names(l, "exclude-db", &f->exclude_db);
	lists_add_names(l, "include-table", &f->include_table);
	lists_add_names(l, "exclude-table", &f->exclude_table);
	lists_add_names(l, "include-column", &f->include_column);
	lists_add_names(l, "exclude-column", &f->exclude_column);
	lists_add(l, "maxwell-filter", buf_view(&f->maxwell.text));
	lists_add(l, "online-ddl", span_of(online_names(f->online)));
}

void
lists_clear(struct lists *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->v[i]);
	free(l->v);
	*l = (struct lists){ 0 };
}

/* ---- what is told of it */

static uint64_t
hash_byte(uint64_t h, unsigned byte)
{
	return (h ^ byte) * 0x100000001b3u;
}

void
lists_fingerprint(const struct lists *l, char text[FINGERPRINT_TEXT])
{
	enum { END = 0x100, ENDS_OF_NOTHING = 4 };
	uint64_t h = 0xcbf29ce484222325u;

	/* that of no lists at all is as it always was */
	for (int i = 0; i < ENDS_OF_NOTHING; i++)
		h = hash_byte(h, END);
	for (size_t i = 0; i < l->n; i++) {
		for (const char *p = l->v[i]; *p; p++)
			h = hash_byte(h, (unsigned char)*p);
		h = hash_byte(h, END);
	}
	snprintf(text, FINGERPRINT_TEXT, "%016" PRIx64, h);
}

static void
put_array(const struct lists *l, struct buf *out)
{
	buf_char(out, '[');
	for (size_t i = 0; i < l->n; i++) {
		if (i)
			buf_char(out, ',');
		json_words(out, span_of(l->v[i]));
	}
	buf_char(out, ']');
}

void
lists_put(const struct lists *l, struct buf *out)
{
	buf_str(out, "{\"source\":");
	put_array(l, out);
	buf_char(out, '}');
}

static bool
take_text(void *lists, struct span element)
{
	char *text = json_text(element);

	if (text)
		add_text(lists, text);
	return true;
}

void
lists_take_source(struct lists *l, struct span json)
{
	json_each(object_member(json, "source"), take_text, l);
}

static void
take_filters(struct lists *l, struct span json)
{
	json_each(object_member(json, "filters"), take_text, l);
}

void
lists_take(struct lists *l, struct span json)
{
	lists_take_source(l, json);
	take_filters(l, json);
}

/* --include-table 'shop\..*' */
static void
put_difference(const struct lists *of, const struct lists *without,
    const char *words, struct buf *out)
{
	bool some = false;

	for (size_t i = 0; i < of->n; i++) {
		const char *value = strchr(of->v[i], '=');

		if (!value || has_text(without, of->v[i]))
			continue;
		buf_str(out, some || !out->n ? "" : "; ");
		buf_str(out, some ? ", " : words);
		buf_printf(out, " --%.*s '%s'", (int)(value - of->v[i]),
		    of->v[i], value + 1);
		some = true;
	}
}

void
lists_compare(const struct lists *was, const struct lists *are,
    struct buf *out)
{
	put_difference(are, was, "now", out);
	put_difference(was, are, "no longer", out);
	buf_cstr(out);
}

/* ---- heartbeats */

int
lists_stamp(struct record *rec, const struct lists *mine, struct buf *made,
    struct err *err)
{
	struct span filter, lists;
	struct lists source = { 0 }, filters = { 0 }, all = { 0 };
	char text[FINGERPRINT_TEXT];

	if (rec->kind != KIND_HEARTBEAT || !mine->n)
		return 0;
	if (record_check_control(rec, err) < 0)
		return -1;
	filter = object_member(rec->body, "filter");
	lists = object_member(rec->body, "lists");
	if (!filter.p)
		return 0;
	lists_take_source(&source, lists);
	take_filters(&filters, lists);
	lists_take(&all, lists);
	for (size_t i = 0; i < mine->n; i++) {
		add_text(&filters, xstrdup(mine->v[i]));
		add_text(&all, xstrdup(mine->v[i]));
	}
	lists_fingerprint(&all, text);
	made->n = 0;
	buf_printf(made, "\"%s\"", text);
	if (!lists.p)
		buf_str(made, ",\"lists\":");
	buf_str(made, "{\"source\":");
	put_array(&source, made);
	buf_str(made, ",\"filters\":");
	put_array(&filters, made);
	buf_char(made, '}');
	if (lists.p) {
		record_replace(rec, filter, (struct span){ made->p,
			FINGERPRINT_TEXT + 1 });
		record_replace(rec, lists, (struct span){ made->p +
			FINGERPRINT_TEXT + 1, made->n - FINGERPRINT_TEXT - 1 });
	} else {
		record_replace(rec, filter, buf_view(made));
	}
	lists_clear(&source);
	lists_clear(&filters);
	lists_clear(&all);
	return 0;
}
