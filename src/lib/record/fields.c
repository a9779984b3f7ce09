/* SPDX-License-Identifier: MIT */
#include "record/fields.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "json/scan.h"
#include "json/write.h"
#include "match/named.h"

struct field {
	char *parent;           /* "source" of "source.ts_ms", or NULL */
	char *name;
	struct named *named;
	unsigned known;         /* its number, for what is in the source */
	char *as;               /* the new name, without prefix */
	struct buf member;      /* ,"<prefix><as>": once it was needed */
};

static char *
default_name(const struct field *f)
{
	struct buf name = { 0 };

	if (f->parent)
		buf_printf(&name, "%s_", f->parent);
	buf_str(&name, f->name);
	return buf_cstr(&name);
}

static int
add_one(struct field_list *list, struct span text, struct err *err)
{
	const char *colon = memchr(text.p, ':', text.n);
	size_t n = colon ? (size_t)(colon - text.p) : text.n;
	const char *dot = memchr(text.p, '.', n);
	const char *name = dot ? dot + 1 : text.p;
	struct field f = { 0 };

	if (name == text.p + n || (colon && n + 1 == text.n) ||
	    dot == text.p)
		return err_set(err, ERR_USAGE, "'%.*s' is not a field (name, "
		    "struct.name, or either with :newname)",
		    (int)text.n, text.p);
	if (dot)
		f.parent = xmemdup(text.p, (size_t)(dot - text.p));
	f.named = named_add((struct span){ text.p, n });
	f.name = xmemdup(name, (size_t)(text.p + n - name));
	f.known = member_named(span_of(f.name));
	f.as = colon ? xmemdup(colon + 1, text.n - n - 1) : default_name(&f);
	*ARRAY_ADD(list->all, list->n) = f;
	for (size_t i = 0; i + 1 < list->n; i++)
		if (strcmp(list->all[i].as, f.as) == 0)
			return err_set(err, ERR_USAGE, "two fields are called "
			    "%s", f.as);
	return 0;
}

int
field_list_add(struct field_list *list, const char *text, struct err *err)
{
	for (;;) {
		size_t n = strcspn(text, ",");

		if (add_one(list, (struct span){ text, n }, err) < 0)
			return -1;
		if (!text[n])
			return 0;
		text += n + 1;
	}
}

void
field_list_clear(struct field_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		free(list->all[i].parent);
		free(list->all[i].name);
		free(list->all[i].as);
		buf_free(&list->all[i].member);
	}
	free(list->all);
	*list = (struct field_list){ 0 };
}

static bool
is_of_transaction(const char *name)
{
	return !strcmp(name, "id") || !strcmp(name, "total_order") ||
	    !strcmp(name, "data_collection_order");
}

static struct span
null_if_absent(struct span value)
{
	return value.p ? value : SPAN("null");
}

/* Of the source block, whose members were read. */
static struct span
of_source(const struct field *f, const struct record *rec)
{
	if (f->known < MEMBERS)
		return member_value(&rec->block, f->known);
	return object_member(record_source(rec), f->name);
}

static struct span
lookup(const struct field *f, const struct record *rec)
{
	struct span value;

	if (f->parent && strcmp(f->parent, "source") == 0)
		return of_source(f, rec);
	if (f->parent && strcmp(f->parent, "transaction") == 0)
		return null_if_absent(object_member(rec->transaction,
		    f->name));
	if (f->parent)
		return object_member(object_member(rec->body, f->parent),
		    f->name);
	if (strcmp(f->name, "op") == 0)
		value = rec->op;
	else if (strcmp(f->name, "ts_ms") == 0)
		value = rec->ts_ms;
	else if (is_of_transaction(f->name))
		return null_if_absent(object_member(rec->transaction,
		    f->name));
	else
		value = of_source(f, rec);
	return value.p ? value : object_member(rec->body, f->name);
}

static void
put_name(struct buf *out, const char *prefix, struct field *f)
{
	struct buf name = { 0 };

	if (f->member.n == 0) {
		buf_printf(&name, "%s%s", prefix, f->as);
		buf_char(&f->member, ',');
		json_words(&f->member, buf_view(&name));
		buf_char(&f->member, ':');
		buf_free(&name);
	}
	buf_span(out, buf_view(&f->member));
}

static void
put_fields(const struct field_list *list, const char *prefix,
    const struct record *rec, struct buf *out, bool as_headers)
{
	for (size_t i = 0; i < list->n; i++) {
		struct span value = lookup(&list->all[i], rec);

		named_look(list->all[i].named, value.p);
		if (!value.p)
			continue;
		put_name(out, prefix, &list->all[i]);
		if (as_headers && value.p[0] != '"' && value.p[0] != '{')
			json_words(out, value);
		else
			buf_span(out, value);
	}
}

void
field_list_put(const struct field_list *list, const char *prefix,
    const struct record *rec, struct buf *out)
{
	put_fields(list, prefix, rec, out, false);
}

void
field_list_put_headers(const struct field_list *list, const char *prefix,
    const struct record *rec, struct buf *out)
{
	put_fields(list, prefix, rec, out, true);
}

bool
field_list_has(const struct field_list *list, const char *name)
{
	for (size_t i = 0; i < list->n; i++)
		if (!list->all[i].parent &&
		    strcmp(list->all[i].name, name) == 0)
			return true;
	return false;
}

void
field_put(const char *prefix, const char *name, const char *value,
    struct buf *out)
{
	struct buf whole = { 0 };

	buf_printf(&whole, "%s%s", prefix, name);
	buf_char(out, ',');
	json_words(out, buf_view(&whole));
	buf_char(out, ':');
	json_words(out, span_of(value));
	buf_free(&whole);
}

/* Is it the name of that field? */
static bool
is_added(const struct field *f, const char *prefix, struct span name)
{
	size_t n = strlen(prefix);

	return name.n > n && (!n || *name.p == *prefix) &&
	    memcmp(name.p, prefix, n) == 0 &&
	    span_is((struct span){ name.p + n, name.n - n }, f->as);
}

bool
field_list_makes(const struct field_list *list, const char *prefix,
    struct span name)
{
	for (size_t i = 0; i < list->n; i++)
		if (is_added(&list->all[i], prefix, name))
			return true;
	return false;
}
