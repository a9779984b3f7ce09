/* SPDX-License-Identifier: MIT */
#include "format/connect_source.h"

void
connect_source_topic(struct buf *out, struct span topic)
{
	buf_char(out, '{');
	if (!topic.p)
		return;
	buf_str(out, "\"topic\":");
	buf_span(out, topic);
	buf_char(out, ',');
}

static int
put_member(struct buf *out, const struct record *rec, enum member_id member,
    const char *name, bool required, struct err *err)
{
	struct span value = member_value(&rec->block, member);

	if (required && (!value.p || value.p[0] == 'n'))
		return err_set(err, ERR_DATA, "its source has no %s", name);
	buf_str(out, ",\"");
	buf_str(out, name);
	buf_str(out, "\":");
	buf_span(out, value.p ? value : SPAN("null"));
	return 0;
}

/* The source block, all of whose members the schema names. */
int
connect_source_put(struct buf *out, const struct record *rec, struct err *err)
{
	static const struct {
		enum member_id member;
		const char *name;
		bool required;
	} members[] = {
		{ M_VERSION, "version", true },
		{ M_CONNECTOR, "connector", true },
		{ M_NAME, "name", true }, { M_TS_MS, "ts_ms", true },
		{ M_SNAPSHOT, "snapshot", false }, { M_DB, "db", true },
		{ M_SEQUENCE, "sequence", false },
		{ M_TS_US, "ts_us", false }, { M_TS_NS, "ts_ns", false },
		{ M_TABLE, "table", false },
		{ M_SERVER_ID, "server_id", true },
		{ M_GTID, "gtid", false }, { M_FILE, "file", true },
		{ M_POS, "pos", true }, { M_ROW, "row", true },
		{ M_THREAD, "thread", false }, { M_QUERY, "query", false },
	};
	struct span ms = member_value(&rec->block, M_TS_MS);
	size_t at = out->n;

	for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
		bool us = members[i].member == M_TS_US;

		if ((us || members[i].member == M_TS_NS) &&
		    !member_value(&rec->block, members[i].member).p) {
			buf_str(out, us ? ",\"ts_us\":" : ",\"ts_ns\":");
			buf_span(out, ms);
			buf_str(out, span_is(ms, "0") ? "" : us ? "000" :
			    "000000");
		} else if (put_member(out, rec, members[i].member,
		    members[i].name, members[i].required, err) < 0) {
			return -1;
		}
	}
	out->p[at] = '{';
	buf_char(out, '}');
	return 0;
}
