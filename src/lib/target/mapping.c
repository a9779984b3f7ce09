/* SPDX-License-Identifier: MIT */
#include "target/mapping.h"

#include <string.h>

static bool
apply_rules(struct rule *rules, struct span text, struct buf *out)
{
	for (; rules; rules = rules->next)
		if (rule_apply(rules, text, out))
			return true;
	return false;
}

bool
mapping_table(const struct table_options *opt, struct span db,
    struct span name, struct buf *to_db, struct buf *to_name)
{
	struct buf whole = { 0 }, mapped = { 0 };
	const char *dot;

	buf_span(&whole, db);
	if (db.n)
		buf_char(&whole, '.');
	buf_span(&whole, name);
	if (apply_rules(opt->map, buf_view(&whole), &mapped)) {
		dot = memchr(mapped.p, '.', mapped.n);
		if (dot) {
			db = (struct span){ mapped.p,
				(size_t)(dot - mapped.p) };
			name = (struct span){ dot + 1, mapped.n - db.n - 1 };
		} else {
			name = buf_view(&mapped);
		}
	}
	buf_span(to_db, db);
	buf_span(to_name, name);
	buf_free(&whole);
	buf_free(&mapped);
	return to_db->n && to_name->n;
}

void
mapping_column(const struct table_options *opt, const char *db,
    const char *table, struct span column, struct buf *to)
{
	struct buf whole = { 0 };

	buf_printf(&whole, "%s.%s.", db, table);
	buf_span(&whole, column);
	if (!apply_rules(opt->map_column, buf_view(&whole), to))
		buf_span(to, column);
	buf_free(&whole);
}

bool
mapping_accepts(const struct table_options *opt, const char *db,
    const char *table)
{
	struct buf whole = { 0 };
	bool accepts;

	if (!opt->accept.n)
		return false;
	buf_printf(&whole, "%s.%s", db, table);
	accepts = name_list_has(&opt->accept, buf_view(&whole));
	buf_free(&whole);
	return accepts;
}
