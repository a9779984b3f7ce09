/* SPDX-License-Identifier: MIT */
#include "format/es_index.h"

#include "charset/fold.h"

#define BOTH "{db}-{table}"

enum { LONGEST = 255 };         /* bytes of a name */

static bool
is_forbidden(char c)
{
	return (unsigned char)c <= ' ' || c == 0x7F ||
	    one_of(c, "\\/*?\"<>|,#:");
}

/* Over "{db}" or "{table}"; NULL: it is neither. */
static const char *
read_name(const char *p, bool *is_db)
{
	*is_db = strncmp(p, "{db}", 4) == 0;
	if (*is_db)
		return p + 4;
	return strncmp(p, "{table}", 7) == 0 ? p + 7 : NULL;
}

int
es_index_check(const char *pattern, struct err *err)
{
	bool is_db;

	if (!*pattern || one_of(*pattern, "-_+"))
		return err_set(err, ERR_USAGE, "--es-index '%s': no name of an "
		    "index begins so", pattern);
	for (const char *p = pattern; *p; p++) {
		const char *end = *p == '{' ? read_name(p, &is_db) : NULL;

		if (end)
			p = end - 1;
		else if (*p == '{' || *p == '}')
			return err_set(err, ERR_USAGE, "--es-index '%s': only "
			    "{db} and {table} stand in braces", pattern);
		else if (is_forbidden(*p) || (*p >= 'A' && *p <= 'Z'))
			return err_set(err, ERR_USAGE, "--es-index '%s': no "
			    "index may have '%c' in its name", pattern, *p);
	}
	if (strcmp(pattern, ".") == 0 || strcmp(pattern, "..") == 0)
		return err_set(err, ERR_USAGE, "--es-index '%s': no index has "
		    "this name", pattern);
	return strlen(pattern) <= LONGEST || strchr(pattern, '{') ? 0 :
	    err_set(err, ERR_USAGE, "--es-index '%s' has more than %d bytes",
	    pattern, LONGEST);
}

static void
put_name(struct buf *out, struct span name)
{
	size_t at = out->n;

	fold_name(out, name, FOLD_LOWER);
	for (; at < out->n; at++)
		if (is_forbidden(out->p[at]))
			out->p[at] = '_';
}

static int
refuse(struct span name, const char *why, struct err *err)
{
	err_set(err, ERR_DATA, "its index '%.*s%s' %s", SPAN_SHOWN(name, 80),
	    why);
	return err_hint(err, "choose another --es-index");
}

int
es_index_put(struct buf *out, const char *pattern, struct span db,
    struct span table, struct err *err)
{
	size_t at = out->n;
	struct span made;
	bool is_db;

	for (const char *p = pattern; *p;) {
		const char *end = *p == '{' ? read_name(p, &is_db) : NULL;

		if (end)
			put_name(out, is_db ? db : table);
		else
			buf_char(out, *p);
		p = end ? end : p + 1;
	}
	made = (struct span){ out->p + at, out->n - at };
	if (made.n > LONGEST)
		return refuse(made, "has more than 255 bytes", err);
	if (one_of(made.p[0], "-_+") || span_is(made, ".") ||
	    span_is(made, ".."))
		return refuse(made, "begins as no index may", err);
	return 0;
}

/* Does the pattern that has both names make others of them? */
static bool
differ_in_both(struct span db, struct span table, struct span other_db,
    struct span other_table)
{
	struct buf one = { 0 }, other = { 0 };
	struct err err = { 0 };
	bool differ = es_index_put(&one, BOTH, db, table, &err) == 0 &&
	    es_index_put(&other, BOTH, other_db, other_table, &err) == 0 &&
	    !span_eq(buf_view(&one), buf_view(&other));

	buf_free(&one);
	buf_free(&other);
	return differ;
}

int
es_index_take(struct format_names *names, struct span index, struct span db,
    struct span table, struct err *err)
{
	struct span other_db, other_table;

	if (format_names_take(names, "index", index, db, table, err) == 0)
		return 0;
	if (format_names_find(names, index, &other_db, &other_table) &&
	    differ_in_both(db, table, other_db, other_table))
		return err_hint(err, "use --es-index '" BOTH "'");
	return err_hint(err, "these names differ only in what no index may "
	    "have: write each with an --es-index of its own (cdc-filter "
	    "--include-table)");
}
