/* SPDX-License-Identifier: MIT */
#include "record/end.h"

#include "base/clock.h"
#include "json/object.h"
#include "io/out.h"

static const enum err_kind kinds[] = {
	ERR_USAGE, ERR_DATA, ERR_UNAVAILABLE, ERR_BUG, ERR_OS, ERR_IO,
	ERR_RETRY, ERR_CONFIG,
};

void
end_print(struct span prefix, const struct err *err)
{
	struct buf line = { 0 };

	if (err->kind <= ERR_NONE || prefix.n < 2)
		return;
	buf_str(&line, "{\"topic\":\"__debezium-heartbeat.");
	buf_put(&line, prefix.p + 1, prefix.n - 1);
	buf_str(&line, ",\"key\":{\"serverName\":");
	buf_span(&line, prefix);
	buf_printf(&line, "},\"payload\":{\"ts_ms\":%lld,\"end\":"
	    "{\"status\":%d}}}\n", (long long)clock_now_ms(), (int)err->kind);
	out_put(line.p, line.n);
	buf_free(&line);
}

void
end_note(struct buf *prefix, const struct record *rec)
{
	struct span name;

	if (rec->kind != KIND_HEARTBEAT || rec->partition.p || !rec->topic.p)
		return;
	name = object_member(rec->key, "serverName");
	if (!name.p || !object_member(rec->body, "beat").p)
		return;
	prefix->n = 0;
	buf_span(prefix, name);
}

enum err_kind
end_kind(const struct record *rec)
{
	struct span end = rec->kind == KIND_HEARTBEAT ?
	    object_member(rec->body, "end") : (struct span){ NULL, 0 };
	uint64_t status;

	if (!end.p)
		return ERR_NONE;
	status = object_number(end, "status");
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (status == (uint64_t)kinds[i])
			return kinds[i];
	return ERR_RETRY;
}
