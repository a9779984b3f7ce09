/* SPDX-License-Identifier: MIT */
#include "unwrap/header_fields.h"

#include <stdlib.h>

#include "base/array.h"
#include "json/object.h"
#include "json/write.h"
#include "match/named.h"

struct header_field {
	char *header, *field;
	struct named *named;
};

static int
add(struct header_fields *list, struct span text, struct err *err)
{
	const char *sign = memchr(text.p, '=', text.n);
	const char *end = text.p + text.n;
	struct span field;

	if (!sign || sign == text.p || sign + 1 == end)
		return err_set(err, ERR_USAGE, "'%.*s' is not HEADER=FIELD",
		    (int)text.n, text.p);
	field = span_between(sign + 1, end);
	if (!json_utf8_valid(field))
		return err_set(err, ERR_USAGE, "a field that is not UTF-8");
	if (header_fields_make(list, field))
		return err_set(err, ERR_USAGE, "two fields are called %.*s",
		    (int)field.n, field.p);
	*ARRAY_ADD(list->v, list->n) = (struct header_field){
		xmemdup(text.p, (size_t)(sign - text.p)),
		xmemdup(field.p, field.n),
		named_add(span_between(text.p, sign)) };
	name_set_add_one(&list->headers, span_between(text.p, sign));
	return 0;
}

int
header_fields_add(struct header_fields *list, const char *text,
    struct err *err)
{
	for (;; text++) {
		size_t n = strcspn(text, ",");

		if (add(list, (struct span){ text, n }, err) < 0)
			return -1;
		text += n;
		if (!*text)
			return 0;
	}
}

bool
header_fields_make(const struct header_fields *list, struct span name)
{
	for (size_t i = 0; i < list->n; i++)
		if (span_is(name, list->v[i].field))
			return true;
	return false;
}

struct span
header_fields_name(const struct header_fields *list, size_t i)
{
	return span_of(list->v[i].field);
}

void
header_fields_put(const struct header_fields *list,
    const struct record *rec, const struct buf *added, struct buf *row)
{
	struct buf object = { 0 };

	if (!list->n)
		return;
	buf_span(&object, buf_view(added));
	if (object.n)
		object.p[0] = '{';
	buf_str(&object, object.n ? "}" : "{}");
	for (size_t i = 0; i < list->n; i++) {
		const struct header_field *f = &list->v[i];
		struct span value = record_header(rec, f->header);

		if (!value.p)
			value = object_member(buf_view(&object), f->header);
		named_look(f->named, value.p);
		if (!value.p)
			continue;
		buf_char(row, ',');
		json_words(row, span_of(f->field));
		buf_char(row, ':');
		buf_span(row, value);
	}
	buf_free(&object);
}

void
header_fields_clear(struct header_fields *list)
{
	for (size_t i = 0; i < list->n; i++) {
		free(list->v[i].header);
		free(list->v[i].field);
	}
	free(list->v);
	name_set_clear(&list->headers);
	*list = (struct header_fields){ 0 };
}
