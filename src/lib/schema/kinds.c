/* SPDX-License-Identifier: MIT
 *
 * Cold: clarity before speed.
 */
#include "schema/kinds.h"

#include <ctype.h>

#include "json/object.h"
#include "json/scan.h"

enum kind { TEXT, WHOLE, TRUTH, NUMBER, TEXTS, NUMBERS, OBJECT, OBJECTS };

/* A member, which may be null or not there unless it must be; what is in the
 * objects. */
struct kind_rule {
	const char *name;
	enum kind kind;
	bool must;
	const struct kind_rule *inside;
};

static const char *const kinds[] = {
	[TEXT] = "string", [WHOLE] = "whole number", [TRUTH] = "true or false",
	[NUMBER] = "number", [TEXTS] = "array of strings",
	[NUMBERS] = "array of whole numbers", [OBJECT] = "object",
	[OBJECTS] = "array of objects",
};

static const struct kind_rule column[] = {
	{ "name", TEXT, true, NULL }, { "typeName", TEXT, false, NULL },
	{ "charsetName", TEXT, false, NULL }, { "length", WHOLE, false, NULL },
	{ "scale", WHOLE, false, NULL }, { "optional", TRUTH, false, NULL },
	{ "autoIncremented", TRUTH, false, NULL },
	{ "generated", TRUTH, false, NULL }, { "comment", TEXT, false, NULL },
	{ "defaultValueExpression", TEXT, false, NULL },
	{ "enumValues", TEXTS, false, NULL }, { 0 },
};
static const struct kind_rule attribute[] = {
	{ "name", TEXT, true, NULL }, { "value", TEXT, false, NULL }, { 0 },
};
static const struct kind_rule table[] = {
	{ "columns", OBJECTS, true, column },
	{ "primaryKeyColumnNames", TEXTS, false, NULL },
	{ "attributes", OBJECTS, false, attribute },
	{ "defaultCharsetName", TEXT, false, NULL },
	{ "comment", TEXT, false, NULL }, { 0 },
};
static const struct kind_rule change[] = {
	{ "type", TEXT, false, NULL }, { "id", TEXT, false, NULL },
	{ "previousId", TEXT, false, NULL },
	{ "table", OBJECT, false, table }, { 0 },
};
static const struct kind_rule source[] = {
	{ "db", TEXT, false, NULL }, { "table", TEXT, false, NULL },
	{ "file", TEXT, false, NULL }, { "pos", WHOLE, false, NULL }, { 0 },
};
/* The variables are checked by who sets them. */
static const struct kind_rule session[] = {
	{ "database", TEXT, false, NULL }, { "timestamp", NUMBER, false, NULL },
	{ "error", WHOLE, false, NULL }, { "sql_mode", WHOLE, false, NULL },
	{ "time_zone", TEXT, false, NULL }, { "statement", TEXT, false, NULL },
	{ "character_set_collations", NUMBERS, false, NULL }, { 0 },
};
static const struct kind_rule record[] = {
	{ "source", OBJECT, false, source },
	{ "databaseName", TEXT, false, NULL }, { "ddl", TEXT, false, NULL },
	{ "tableChanges", OBJECTS, true, change },
	{ "session", OBJECT, false, session }, { 0 },
};

/* What is longer is no length and no place that a server has. */
enum { DIGITS = 18 };

static bool
is_whole(struct span value)
{
	size_t i = 0;

	while (i < value.n && isdigit((unsigned char)value.p[i]))
		i++;
	return i == value.n && i <= DIGITS;
}

static bool
is_whole_element(void *arg, struct span value)
{
	(void)arg;
	return is_whole(value);
}

/* 12 or 12.5 */
static bool
is_number(struct span value)
{
	const char *dot = memchr(value.p, '.', value.n);

	return !dot ? is_whole(value) : dot > value.p &&
	    is_whole(span_between(value.p, dot)) && is_whole(span_between(
	    dot + 1, value.p + value.n));
}

static bool
is_text(void *arg, struct span value)
{
	(void)arg;
	return json_inside(value).p;
}

static bool
is_object(void *arg, struct span value)
{
	(void)arg;
	return value.p[0] == '{';
}

static bool
is_kind(enum kind kind, struct span value)
{
	switch (kind) {
	case TEXT:
		return is_text(NULL, value);
	case WHOLE:
		return is_whole(value);
	case TRUTH:
		return span_is(value, "true") || span_is(value, "false");
	case NUMBER:
		return is_number(value);
	case NUMBERS:
		return json_each(value, is_whole_element, NULL);
	case TEXTS:
		return json_each(value, is_text, NULL);
	case OBJECT:
		return is_object(NULL, value);
	case OBJECTS:
		return json_each(value, is_object, NULL);
	}
	return false;
}

enum { SHOWN = 60 };    /* bytes of what is wrong */

static int
refuse(struct span object, const struct kind_rule *rule, struct span value,
    struct err *err)
{
	struct span name = json_inside(object_member(object, "name"));
	bool known = name.p && rule->name != column->name;

	if (!value.p)
		return err_set(err, ERR_DATA, "malformed schema record: no %s",
		    rule->name);
	return err_set(err, ERR_DATA, "malformed schema record: %s%s%.*s is "
	    "%.*s%s, not %s%s", rule->name, known ? " of " : "",
	    known && name.n < SHOWN ? (int)name.n : 0, known ? name.p : "",
	    (int)(value.n < SHOWN ? value.n : SHOWN), value.p,
	    value.n < SHOWN ? "" : "...", rule->kind == TRUTH ? "" :
	    one_of(*kinds[rule->kind], "ao") ? "an " : "a ",
	    kinds[rule->kind]);
}

struct checking {
	const struct kind_rule *rules;
	struct err *err;
};

/* Deeper than the tables above it never goes. */
static bool
check(void *arg, struct span object)
{
	struct checking *c = arg;

	for (const struct kind_rule *r = c->rules; r->name; r++) {
		struct span value = object_member(object, r->name);
		struct checking inside = { r->inside, c->err };

		if (!r->must && (!value.p || span_is(value, "null")))
			continue;
		if (!value.p || !is_kind(r->kind, value))
			return refuse(object, r, value, c->err) == 0;
		if (r->inside && !(r->kind == OBJECT ?
		    check(&inside, value) : json_each(value, check, &inside)))
			return false;
	}
	return true;
}

int
schema_kinds_check(struct span payload, struct err *err)
{
	struct checking c = { record, err };
	struct span changes = object_member(payload, "tableChanges");

	return !changes.p || changes.p[0] != '[' || check(&c, payload) ? 0 :
	    -1;
}
