/* SPDX-License-Identifier: MIT */
#include "format/meta.h"

enum place { OF_LINE, OF_SOURCE, OF_TRANSACTION };

/* THE TABLE */
static const struct format_meta {
	const char *name;
	enum place place;
	enum member_id member;
} metas[] = {
	{ "op", OF_LINE, M_OP },
	{ "ts_ms", OF_LINE, M_TS_MS },
	{ "topic", OF_LINE, M_TOPIC },
	{ "source.version", OF_SOURCE, M_VERSION },
	{ "source.connector", OF_SOURCE, M_CONNECTOR },
	{ "source.name", OF_SOURCE, M_NAME },
	{ "source.ts_ms", OF_SOURCE, M_TS_MS },
	{ "source.snapshot", OF_SOURCE, M_SNAPSHOT },
	{ "source.db", OF_SOURCE, M_DB },
	{ "source.table", OF_SOURCE, M_TABLE },
	{ "source.server_id", OF_SOURCE, M_SERVER_ID },
	{ "source.gtid", OF_SOURCE, M_GTID },
	{ "source.file", OF_SOURCE, M_FILE },
	{ "source.pos", OF_SOURCE, M_POS },
	{ "source.row", OF_SOURCE, M_ROW },
	{ "source.thread", OF_SOURCE, M_THREAD },
	{ "source.query", OF_SOURCE, M_QUERY },
	{ "transaction.id", OF_TRANSACTION, M_ID },
	{ "transaction.total_order", OF_TRANSACTION, M_TOTAL_ORDER },
	{ "transaction.data_collection_order", OF_TRANSACTION,
	    M_DATA_COLLECTION_ORDER },
};

const struct format_meta *
format_meta_named(struct span name)
{
	for (size_t i = 0; i < sizeof(metas) / sizeof(*metas); i++)
		if (span_is(name, metas[i].name))
			return &metas[i];
	return NULL;
}

struct span
format_meta_name(const struct format_meta *meta)
{
	return span_of(meta->name);
}

static struct span
of_line(enum member_id member, const struct record *rec)
{
	switch (member) {
	case M_TOPIC:
		return rec->topic;
	case M_TS_MS:
		return rec->ts_ms;
	default:
		return rec->op.p ? rec->op : rec->line_op;
	}
}

struct span
format_meta_value(const struct format_meta *meta, const struct record *rec)
{
	if (meta->place == OF_LINE)
		return of_line(meta->member, rec);
	return member_value(meta->place == OF_SOURCE ? &rec->block :
	    &rec->transaction_block, meta->member);
}
