/* SPDX-License-Identifier: MIT
 *
 * Edits of a record: splices, applied in one pass from left to right.
 */
#include "record/record.h"

#include <assert.h>

#include "io/out.h"
#include "io/report.h"
#include "json/write.h"

void
record_replace(struct record *rec, struct span old, struct span with)
{
	size_t i;

	if (!old.p)
		return;
	assert(rec->nsplices < MAX_SPLICES);
	/* In order of place; they come nearly so. */
	for (i = rec->nsplices++; i > 0 &&
	    rec->splices[i - 1].old.p > old.p; i--)
		rec->splices[i] = rec->splices[i - 1];
	rec->splices[i] = (struct splice){ old, with };
}

static bool
within(struct span part, const char *start, const char *end)
{
	return part.p >= start && part.p + part.n <= end;
}

/* To a buffer, or (NULL) to standard output. */
static void
put_piece(struct buf *out, const char *p, size_t n)
{
	if (out)
		buf_put(out, p, n);
	else
		out_put(p, n);
}

/* Put text with those splices that lie in it. */
static void
apply(const struct record *rec, struct span text, struct buf *out)
{
	const char *from = text.p;
	const char *end = text.n ? text.p + text.n : text.p;

	for (size_t i = 0; i < rec->nsplices; i++) {
		const struct splice *s = &rec->splices[i];

		if (!within(s->old, from, end))
			continue;
		put_piece(out, from, (size_t)(s->old.p - from));
		put_piece(out, s->with.p, s->with.n);
		from = s->old.p + s->old.n;
	}
	put_piece(out, from, (size_t)(end - from));
}

/* kcat's string, edited inside: unescaped, spliced, escaped again. */
static void
replace_string(struct record *rec, struct span string, const struct buf *text,
    struct buf *json)
{
	struct buf edited = { 0 };
	struct span whole = buf_view(text);
	size_t i, inside = 0;

	for (i = 0; i < rec->nsplices; i++)
		inside += within(rec->splices[i].old, whole.p,
		    whole.p + whole.n);
	if (!inside)
		return;
	apply(rec, buf_view(text), &edited);
	json->n = 0;
	if (span_is(buf_view(&edited), "null"))
		buf_str(json, "null");
	else
		json_words(json, buf_view(&edited));
	buf_free(&edited);
	for (i = 0; i < rec->nsplices; i++)
		if (rec->splices[i].old.p == string.p)
			return;         /* replaced as a whole */
	record_replace(rec, string, buf_view(json));
}

void
record_emit(struct record *rec, struct lines *in)
{
	struct buf key = { 0 };

	if (rec->nsplices == 0) {
		lines_pass(in, &rec->line);
		return;
	}
	if (rec->stringed)
		replace_string(rec, rec->payload_string, &rec->text,
		    &rec->part);
	if (rec->key_stringed)
		replace_string(rec, rec->key_string, &rec->key_text, &key);
	lines_settle(in);
	apply(rec, rec->line.text, NULL);
	out_put("\n", 1);
	report_counts.lines_printed++;
	buf_free(&key);
}
