/* SPDX-License-Identifier: MIT */
#include "ddl/attributes.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "ddl/phrases.h"
#include "schema/type_name.h"

/* A column in hand. */
struct attributes {
	struct sql *s;
	struct schema_table *t;
	struct schema_column *col;
	bool said;              /* NOT NULL */
	bool primary, unique;   /* keys of its own: it gets one of them */
};

static void
add_own_key(struct attributes *a)
{
	bool primary = a->primary;
	struct schema_key *key;

	if (!primary && !a->unique)
		return;
	if (a->t->nkeys == MAX_KEYS) {
		a->t->overflown = true;
		return;
	}
	key = schema_add_key(a->t, primary);
	key->name = primary ? xstrdup("PRIMARY") : NULL;
	schema_key_add(key, xstrdup(a->col->name));
}

static void
take_unsigned(struct attributes *a)
{
	if (!a->col->is_unsigned)
		type_name_suffix(a->col, "UNSIGNED");
	a->col->is_unsigned = true;
}

static void
take_zerofill(struct attributes *a)
{
	take_unsigned(a);
	type_name_suffix(a->col, "ZEROFILL");
}

static void
take_signed(struct attributes *a)
{
	type_name_suffix(a->col, "SIGNED");
}

static void
take_binary(struct attributes *a)
{
	type_name_suffix(a->col, "BINARY");
}

static void
be_of(struct attributes *a, char *charset)
{
	free(a->col->charset);
	a->col->charset = charset;
}

static void
take_ascii(struct attributes *a)
{
	be_of(a, xstrdup("latin1"));
}

static void
take_unicode(struct attributes *a)
{
	be_of(a, xstrdup("ucs2"));
}

static void
take_byte(struct attributes *a)
{
	be_of(a, xstrdup("binary"));
}

static void
take_charset(struct attributes *a)
{
	be_of(a, type_name_charset(a->s));
}

static void
take_character(struct attributes *a)
{
	if (sql_word(a->s, "SET"))
		take_charset(a);
	else
		phrase_trouble(a->t, "CHARACTER without SET");
}

static void
take_collate(struct attributes *a)
{
	char *charset = type_name_collate(a->s);

	if (charset && !a->col->charset)
		a->col->charset = charset;
	else
		free(charset);
}

/* NOT NULL; MySQL: NOT ENFORCED, NOT SECONDARY */
static void
take_not(struct attributes *a)
{
	if (sql_word(a->s, "NULL")) {
		a->col->required = true;
		a->said = true;
	} else {
		sql_skip(a->s);
	}
}

/* The last word counts. */
static void
take_null(struct attributes *a)
{
	a->col->required = a->said = false;
}

static void
take_auto_increment(struct attributes *a)
{
	a->col->auto_increment = a->col->required = true;
}

static void
take_primary(struct attributes *a)
{
	sql_word(a->s, "KEY");
	a->col->required = a->primary = true;
}

static void
take_unique(struct attributes *a)
{
	sql_word(a->s, "KEY");
	a->unique = true;
}

/* SERIAL DEFAULT VALUE */
static void
take_serial(struct attributes *a)
{
	if (!sql_word(a->s, "DEFAULT") || !sql_word(a->s, "VALUE"))
		phrase_trouble(a->t, "SERIAL without DEFAULT VALUE");
	take_auto_increment(a);
	a->unique = true;
}

/* AS (…), AS ROW START | END: of system versioning, and NOT NULL */
static void
take_as(struct attributes *a)
{
	if (sql_more(a->s) && *a->s->p == '(') {
		a->col->generated = true;
		sql_skip(a->s);
		return;
	}
	a->col->row_time = !sql_word(a->s, "ROW") ? ROW_NEITHER :
	    sql_word(a->s, "START") ? ROW_START :
	    sql_word(a->s, "END") ? ROW_END : ROW_NEITHER;
	if (a->col->row_time == ROW_NEITHER)
		phrase_trouble(a->t, "AS");
	a->col->required = a->t->versioned = true;
}

/* CHECK (json_valid(`name`)), of the column itself */
static bool
is_json_check(struct sql at, const char *column)
{
	char *name = sql_sign(&at, '(') ? phrase_json_check(&at) : NULL;
	bool same = name && sql_sign(&at, ')') &&
	    schema_same_name(name, span_of(column));

	free(name);
	return same;
}

static void
take_check(struct attributes *a)
{
	if (is_json_check(*a->s, a->col->name)) {
		phrase_make_json(a->col);
	} else if (schema_column_type(a->col)->id == DECLARED_JSON) {
		type_name_become(a->col, "LONGTEXT");
		be_of(a, xstrdup("utf8mb4"));
	}
	sql_skip(a->s);
	sql_word(a->s, "ENFORCED");             /* MySQL */
}

/* CONSTRAINT [name] CHECK (…) */
static void
take_constraint(struct attributes *a)
{
	struct span name;

	if (sql_word(a->s, "CHECK") || (sql_name(a->s, &name) &&
	    sql_word(a->s, "CHECK")))
		take_check(a);
	else
		phrase_trouble(a->t, "a column's CONSTRAINT");
}

static void
take_default(struct attributes *a)
{
	enum default_kind kind;
	char *text = type_name_default(a->s, &kind);

	type_name_set_default(a->col, text, kind);
}

static void
take_comment(struct attributes *a)
{
	free(a->col->comment);
	a->col->comment = phrase_comment(a->s, COLUMN_COMMENT);
	if (!a->col->comment)
		phrase_trouble(a->t, "a COMMENT that is no string");
}

/* ON UPDATE NOW(6) */
static void
take_on(struct attributes *a)
{
	if (!sql_word(a->s, "UPDATE"))
		phrase_trouble(a->t, "ON");
	sql_skip(a->s);
	if (sql_more(a->s) && *a->s->p == '(')
		sql_skip(a->s);
	a->col->on_update = true;
}

/* REFERENCES table [(…)] [MATCH x] [ON DELETE|UPDATE what] … */
static void
take_references(struct attributes *a)
{
	struct span db, name;

	sql_table(a->s, &db, &name);
	if (sql_more(a->s) && *a->s->p == '(')
		sql_skip(a->s);
	for (;;) {
		if (sql_word(a->s, "MATCH")) {
			sql_skip(a->s);
		} else if (sql_word(a->s, "ON")) {
			sql_skip(a->s);
			if (!sql_word(a->s, "SET"))
				sql_word(a->s, "NO");
			sql_skip(a->s);
		} else {
			return;
		}
	}
}

/* WITH | WITHOUT SYSTEM VERSIONING: a column with it makes the table so. */
static void
take_with(struct attributes *a)
{
	if (!sql_word(a->s, "SYSTEM") || !sql_word(a->s, "VERSIONING"))
		phrase_trouble(a->t, "WITH");
	a->t->versioned = true;
}

static void
take_without(struct attributes *a)
{
	if (!sql_word(a->s, "SYSTEM") || !sql_word(a->s, "VERSIONING"))
		phrase_trouble(a->t, "WITHOUT");
}

/* word [=] value */
static void
take_value(struct attributes *a)
{
	sql_sign(a->s, '=');
	sql_skip(a->s);
}

/* word [=value] */
static void
take_more(struct attributes *a)
{
	if (sql_sign(a->s, '='))
		sql_skip(a->s);
}

/* name = value: an option for the engine */
static void
take_option(struct attributes *a)
{
	struct sql at = *a->s;
	struct span name;

	if (!sql_name(&at, &name) || !sql_sign(&at, '=') || !sql_more(&at)) {
		phrase_trouble(a->t, "a column's attribute");
		sql_skip(a->s);
		return;
	}
	sql_skip(&at);
	*a->s = at;
}

static void
take_nothing(struct attributes *a)
{
	(void)a;
}

/* THE TABLE: what follows a column's type. */
static const struct {
	const char *word;
	void (*take)(struct attributes *a);
} attributes[] = {
	{ "UNSIGNED", take_unsigned }, { "ZEROFILL", take_zerofill },
	{ "SIGNED", take_signed }, { "BINARY", take_binary },
	{ "NOT", take_not }, { "NULL", take_null },
	{ "AUTO_INCREMENT", take_auto_increment },
	{ "PRIMARY", take_primary }, { "KEY", take_primary },
	{ "UNIQUE", take_unique }, { "SERIAL", take_serial },
	{ "AS", take_as }, { "CHECK", take_check },
	{ "CONSTRAINT", take_constraint }, { "DEFAULT", take_default },
	{ "COMMENT", take_comment }, { "ON", take_on },
	{ "REFERENCES", take_references }, { "CHARACTER", take_character },
	{ "CHAR", take_character }, { "CHARSET", take_charset },
	{ "COLLATE", take_collate }, { "ASCII", take_ascii },
	{ "UNICODE", take_unicode }, { "BYTE", take_byte },
	{ "WITH", take_with }, { "WITHOUT", take_without },
	{ "COMPRESSED", take_more }, { "REF_SYSTEM_ID", take_value },
	{ "SRID", take_value }, { "STORAGE", take_value },
	{ "COLUMN_FORMAT", take_value },
	{ "GENERATED", take_nothing }, { "ALWAYS", take_nothing },
	{ "VIRTUAL", take_nothing }, { "PERSISTENT", take_nothing },
	{ "STORED", take_nothing }, { "INVISIBLE", take_nothing },
	{ "VISIBLE", take_nothing },
};

static void
take_attribute(struct attributes *a)
{
	for (size_t i = 0; i < sizeof(attributes) / sizeof(*attributes); i++) {
		struct sql at = *a->s;

		if (!sql_word(&at, attributes[i].word))
			continue;
		if (sql_more(&at) && *at.p == '=' &&
		    attributes[i].take == take_nothing)
			break;                  /* an option's name */
		*a->s = at;
		attributes[i].take(a);
		return;
	}
	take_option(a);
}

/* FIRST | AFTER column; an ALTER's next words may follow without a comma. */
static bool
take_place(struct sql *s, struct ddl_place *place)
{
	struct sql at = *s;

	if (sql_word(&at, "FIRST")) {
		place->first = true;
	} else if (!sql_word(&at, "AFTER") || !sql_name(&at, &place->after)) {
		place->after.p = NULL;
		return false;
	}
	*s = at;
	return true;
}

static bool
is_over(struct sql *s)
{
	struct sql at = *s;

	return !sql_more(s) || *s->p == ',' || *s->p == ')' ||
	    sql_word(&at, "PARTITION") || sql_word(&at, "REMOVE");
}

void
attributes_type(struct sql *s, struct schema_table *t,
    struct schema_column *col, struct ddl_place *place)
{
	struct attributes a = { .s = s, .t = t, .col = col };
	const char *why = type_name_parse(s, col);

	*place = (struct ddl_place){ 0 };
	col->told = true;
	if (why)
		phrase_trouble(t, why);
	if (schema_column_type(col)->id == DECLARED_TIMESTAMP &&
	    s->mode & SQL_OLD_TIMESTAMPS)
		col->required = true;
	a.unique = col->auto_increment;         /* SERIAL */
	while (!is_over(s) && !take_place(s, place))
		take_attribute(&a);
	add_own_key(&a);
	if (!a.said && col->generated)          /* a TIMESTAMP, implied */
		col->required = false;
}
