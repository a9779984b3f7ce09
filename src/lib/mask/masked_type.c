/* SPDX-License-Identifier: MIT */
#include "mask/masked_type.h"

#include "json/write.h"
#include "mask/mask_value.h"
#include "value/sqltype.h"

/* A VARCHAR of utf8mb4 has at most as many characters in a row. */
enum { MOST_VARCHAR = 16383 };

enum { LABEL_LENGTH = 255, UUID_LENGTH = 36, INET_LENGTH = 45 };

static const char no_text[] = "its values are bytes, not characters; --hash "
    "has an answer for every type";
static const char no_token[] = "--tokenize has no token for its type; --hash "
    "has one for every type";

/* Is it written as base64, or as an object? */
static bool
is_bytes(enum type_class class)
{
	return class == CLASS_BINARY || class == CLASS_BIT ||
	    class == CLASS_GEOMETRY || class == CLASS_VECTOR;
}

/* The type without UNSIGNED and ZEROFILL. */
static struct span
first_words(struct span name)
{
	static const char *const ends[] = { " UNSIGNED", " ZEROFILL",
		" SIGNED", " UNSIGNED ZEROFILL", };

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		size_t n = strlen(ends[i]);

		if (name.n > n && strncasecmp(name.p + name.n - n, ends[i],
		    n) == 0)
			return first_words((struct span){ name.p,
			    name.n - n });
	}
	return name;
}

static bool
is_unsigned(struct span name)
{
	struct span base = first_words(name);

	return base.n < name.n && memmem(name.p + base.n, name.n - base.n,
	    " UNSIGNED", 9);
}

static void
be_varchar(struct masked_type *type, uint64_t length)
{
	const struct sql_type *is = sqltype_get(length > MOST_VARCHAR ?
	    DECLARED_LONGTEXT : DECLARED_VARCHAR);

	type->changes = type->text = true;
	buf_str(&type->name, is->word);
	type->jdbc = is->jdbc;
	type->length = length > MOST_VARCHAR ? -1 : (int64_t)length;
	type->scale = -1;
}

static void
be_type(struct masked_type *type, enum declared_type id, bool no_sign)
{
	type->changes = true;
	buf_str(&type->name, sqltype_get(id)->word);
	if (no_sign)
		buf_str(&type->name, " UNSIGNED");
	type->jdbc = sqltype_get(id)->jdbc;
	type->length = type->scale = -1;
}

/* As many digits must fit: those of INT and BIGINT stay in range. */
static void
be_wider(struct masked_type *type, const struct sql_type *is, bool no_sign)
{
	if (is->id == DECLARED_TINYINT)
		be_type(type, DECLARED_SMALLINT, no_sign);
	else if (is->id == DECLARED_SMALLINT)
		be_type(type, DECLARED_MEDIUMINT, no_sign);
	else if (is->id == DECLARED_MEDIUMINT)
		be_type(type, DECLARED_INT, no_sign);
}

static const char *
find_tokens(const struct sql_type *is, bool no_sign,
    struct masked_type *type)
{
	switch (is->class) {
	case CLASS_INT:
		be_wider(type, is, no_sign);
		return NULL;
	case CLASS_DECIMAL:
	case CLASS_FLOAT:
	case CLASS_DOUBLE:
		return NULL;
	case CLASS_TEXT:
		type->text = true;
		if (is->hidden)         /* JSON, XMLTYPE: it would be none */
			be_type(type, DECLARED_LONGTEXT, false);
		return NULL;
	case CLASS_ENUM:
		be_varchar(type, LABEL_LENGTH);
		return NULL;
	case CLASS_SET:
		be_type(type, DECLARED_TEXT, false);
		type->text = true;
		return NULL;
	case CLASS_OTHER:
		if (!is->hidden)
			return no_token;
		be_varchar(type, is->id == DECLARED_UUID ? UUID_LENGTH :
		    INET_LENGTH);
		return NULL;
	default:
		return no_token;
	}
}

static void
find_front(const struct mask_rule *rule, const struct sql_type *is,
    int64_t length, struct masked_type *type)
{
	if (is->class != CLASS_TEXT)
		be_varchar(type, rule->n);
	else if (length > 0 && (uint64_t)length < rule->n)
		type->text = true;      /* it is shorter anyway */
	else
		be_varchar(type, rule->n);
}

uint64_t
masked_type_limit(const struct mask_rule *rule, struct span name,
    int64_t length)
{
	const struct sql_type *is = sqltype_named(first_words(name));

	return is->class == CLASS_TEXT && !is->hidden && length > 0 &&
	    (uint64_t)length < 2 * digest_size(rule->digest) ?
	    (uint64_t)length : 0;
}

static uint64_t
count_characters(struct span text)
{
	uint64_t n = 0;

	for (size_t i = 0; i < text.n; i++)
		n += ((unsigned char)text.p[i] & 0xC0) != 0x80;
	return n;
}

const char *
masked_type_find(const struct mask_rule *rule, struct span name,
    int64_t length, int64_t scale, struct masked_type *type)
{
	const struct sql_type *is = sqltype_named(first_words(name));
	uint64_t limit;

	if (rule->kind == MASK_TRUNCATE && is_bytes(is->class))
		return no_text;

	type->name.n = 0;
	type->changes = type->text = false;
	type->length = length;
	type->scale = scale;
	switch (rule->kind) {
	case MASK_TOKENIZE:
		return find_tokens(is, is_unsigned(name), type);
	case MASK_TRUNCATE:
		find_front(rule, is, length, type);
		return NULL;
	case MASK_STARS:
		be_varchar(type, rule->n);
		return NULL;
	case MASK_REDACT:
		be_varchar(type, count_characters(buf_view(&rule->text)));
		return NULL;
	case MASK_EMAIL:
		be_varchar(type, MASK_HEX_EMAIL + 1 + count_characters(
		    buf_view(&rule->text)));
		return NULL;
	case MASK_HASH:
	case MASK_HASH_V1:
		limit = masked_type_limit(rule, name, length);
		be_varchar(type, limit ? limit : 2 * digest_size(
		    rule->digest));
		return NULL;
	default:                        /* null; without its labels */
		if (is->class == CLASS_ENUM || is->class == CLASS_SET)
			be_varchar(type, LABEL_LENGTH);
		return NULL;
	}
}
