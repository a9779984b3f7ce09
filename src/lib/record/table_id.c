/* SPDX-License-Identifier: MIT */
#include "record/table_id.h"

#include "json/scan.h"

/* A quoted part of an id, doubled quotes undone. */
static bool
take_quoted(struct buf *out, struct span *id)
{
	size_t i = 1;

	out->n = 0;
	if (id->n < 2 || id->p[0] != '"')
		return false;
	for (; i < id->n; i++) {
		if (id->p[i] == '"' && (i + 1 == id->n || id->p[i + 1] !=
		    '"'))
			break;
		i += id->p[i] == '"';
		buf_char(out, id->p[i]);
	}
	if (i == id->n)
		return false;
	*id = (struct span){ id->p + i + 1, id->n - i - 1 };
	return true;
}

bool
table_id_take(struct span json, struct buf *db, struct buf *table)
{
	struct buf text = { 0 };
	struct span id;
	bool good;

	if (!json_inside(json).p || !json_unescape(&text, json_inside(json)))
		return false;
	id = buf_view(&text);
	good = take_quoted(db, &id) && id.n > 1 && id.p[0] == '.';
	id.p++;
	id.n--;
	good = good && take_quoted(table, &id) && id.n == 0;
	buf_free(&text);
	return good;
}
