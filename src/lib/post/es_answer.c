/* SPDX-License-Identifier: MIT */
#include "post/es_answer.h"

#include "json/object.h"
#include "json/scan.h"

size_t
es_answer_actions(struct span body)
{
	static const char delete[] = "{\"delete\"";
	const char *p = body.p, *end = body.p + body.n;
	size_t n = 0;

	while (p < end) {
		const char *line = memchr(p, '\n', (size_t)(end - p));
		bool deletes = (size_t)(end - p) >= sizeof(delete) &&
		    memcmp(p, delete, sizeof(delete) - 1) == 0;

		if (!line)
			break;
		n += line > p;
		p = line + 1;
		/* an index action has its document on the next line */
		line = deletes || p >= end ? NULL :
		    memchr(p, '\n', (size_t)(end - p));
		if (line)
			p = line + 1;
	}
	return n;
}

/* An item: {"index":{"status":201,…}}.  Its action's members. */
static struct span
inside(struct span item)
{
	struct json_pos at = json_at(item);
	struct span name, value = { NULL, 0 };

	if (json_enter(&at, '{') && json_next(&at, &name) > 0 &&
	    json_value(&at, &value))
		return value;
	return (struct span){ NULL, 0 };
}

/* Is an item of that status done?  A conflict means that a newer version is
 * there, and what is to be deleted need not be there. */
static enum sink_outcome
judge(uint64_t status)
{
	if ((status >= 200 && status < 300) || status == 409 || status == 404)
		return SINK_DONE;
	return status == 429 || status >= 500 || status == 408 ? SINK_WAITS :
	    SINK_BAD;
}

static void
make_bad(struct sink_batch *b, size_t i, struct span item)
{
	struct span error = object_member(item, "error");
	struct buf type = { 0 }, reason = { 0 }, why = { 0 };

	object_text(&type, error, "type");
	object_text(&reason, error, "reason");
	buf_printf(&why, "%s: %s", buf_cstr(&type), buf_cstr(&reason));
	sink_bad(b, i, "BulkError", buf_cstr(&why));
	buf_free(&type);
	buf_free(&reason);
	buf_free(&why);
}

static int
no_answer(const char *what, struct err *err)
{
	err_set(err, ERR_CONFIG, "the answer is none of _bulk: %s", what);
	return err_hint(err, "--bulk needs the URL of _bulk of Elasticsearch "
	    "or OpenSearch");
}

int
es_answer_judge(struct sink_batch *b, const size_t *places,
    const size_t *actions, size_t n, struct span answer, struct err *err)
{
	struct json_pos at;
	uint64_t again = 0, status;
	struct span item;

	if (!json_valid(answer))
		return no_answer("it is no JSON", err);
	at = json_at(object_member(answer, "items"));
	if (!json_enter(&at, '['))
		return no_answer("it has no items", err);
	for (size_t i = 0; i < n; i++) {
		enum sink_outcome is = SINK_DONE;

		for (size_t k = 0; k < actions[i]; k++) {
			enum sink_outcome one;

			if (json_next_element(&at) <= 0 ||
			    !json_value(&at, &item) || !object_whole(
			    inside(item), "status", &status))
				return no_answer("it has fewer items than "
				    "were sent", err);
			one = judge(status);
			if (one == SINK_BAD && is != SINK_BAD)
				make_bad(b, places[i], inside(item));
			is = one == SINK_DONE || is == SINK_BAD ? is : one;
			if (one == SINK_WAITS)
				again = status;
		}
		if (is == SINK_DONE)
			sink_done(b, places[i]);
	}
	return again ? err_set(err, ERR_RETRY, "items were answered with "
	    "status %d", (int)again) : 0;
}
