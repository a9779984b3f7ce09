/* SPDX-License-Identifier: MIT
 *
 * Maxwell's filter, and the texts of its messages.  The first byte says what
 * the rest is: lines of rules, a database, a table and a row; a number; WKB.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "format/java_number.h"
#include "format/wkt.h"
#include "json/object.h"
#include "json/valid.h"
#include "match/maxwell_rules.h"

static void
must(bool good)
{
	if (!good)
		abort();
}

static struct span
next_line(struct span *rest)
{
	const char *end = rest->n ? memchr(rest->p, '\n', rest->n) : NULL;
	struct span line = end ? span_between(rest->p, end) : *rest;

	*rest = end ? span_between(end + 1, rest->p + rest->n) :
	    (struct span){ rest->p + rest->n, 0 };
	return line;
}

struct row {
	struct span json;
	struct buf scratch;
};

static bool
value_of(void *arg, const char *column, struct span *text)
{
	struct row *row = arg;
	struct span value = object_member(row->json, column);

	*text = value.p && value.p[0] != 'n' ?
	    json_value_text(value, &row->scratch) : (struct span){ NULL, 0 };
	return value.p != NULL;
}

/* What is included of a table may be included of its database, and so on. */
static void
check_rules(struct span rest)
{
	struct span text = next_line(&rest), db = next_line(&rest);
	struct span table = next_line(&rest);
	char *rules = xmemdup(text.p, text.n);
	struct maxwell_rules r = { 0 };
	struct row row = { .json = rest };
	struct err err = { 0 };

	if (maxwell_rules_add(&r, rules, &err) == 0) {
		bool keeps = maxwell_rules_keep(&r, db, table);
		bool covers = maxwell_rules_cover(&r, db);

		must(!covers || keeps);
		must(!keeps || maxwell_rules_touch(&r, db));
		if (json_valid(rest) && rest.p[0] == '{' &&
		    maxwell_rules_keep_row(&r, db, table, value_of, &row))
			must(keeps || span_is(db, "mysql"));
		row.json = SPAN("{}");
		must(!covers || r.of_rows || maxwell_rules_keep_row(&r, db,
		    table, value_of, &row));
	} else {
		must(err.kind == ERR_USAGE && err.text[0] && err.hint[0]);
	}
	maxwell_rules_clear(&r);
	buf_free(&row.scratch);
	free(rules);
}

/* The same number, and JSON; printed again it does not change. */
static void
check_number(struct span text)
{
	bool (*const put[])(struct buf *, struct span) = {
		java_number_real, java_number_decimal, java_number_plain,
	};

	if (!json_valid(text) || !one_of(text.p[text.n - 1], "0123456789") ||
	    !one_of(text.p[0], "-0123456789"))
		return;
	for (size_t i = 0; i < sizeof(put) / sizeof(*put); i++) {
		struct buf once = { 0 }, twice = { 0 };
		char *was = xmemdup(text.p, text.n);

		if (put[i](&once, text)) {
			must(json_valid(buf_view(&once)));
			must(strtod(buf_cstr(&once), NULL) ==
			    strtod(was, NULL));
			/* whose exponent says how many places there are */
			if (i != 1 && once.n <= 80) {
				must(put[i](&twice, buf_view(&once)));
				must(span_eq(buf_view(&once),
				    buf_view(&twice)));
			}
		} else {
			must(once.n == 0);
		}
		free(was);
		buf_free(&once);
		buf_free(&twice);
	}
}

static void
check_wkb(struct span wkb)
{
	struct buf text = { 0 };
	int depth = 0;

	if (!wkt_put(&text, wkb)) {
		must(text.n == 0);
		buf_free(&text);
		return;
	}
	for (size_t i = 0; i < text.n; i++) {
		depth += (text.p[i] == '(') - (text.p[i] == ')');
		must(depth >= 0 && text.p[i] >= ' ' && text.p[i] < 0x7F);
	}
	must(depth == 0 && text.n && one_of(text.p[text.n - 1], ")Y"));
	buf_free(&text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	void (*const checks[])(struct span) = {
		check_rules, check_number, check_wkb,
	};
	struct span rest;

	if (size < 2)
		return 0;
	rest = (struct span){ (const char *)data + 1, size - 1 };
	checks[data[0] % 3](rest);
	return 0;
}
