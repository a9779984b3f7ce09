/* SPDX-License-Identifier: MIT */
#include "format/debezium_control.h"

#include "format/connect_schema.h"
#include "format/connect_source.h"
#include "json/scan.h"
#include "json/write.h"

/* A part of a control record, with its schema. */
static void
put_with(struct buf *out, const char *name, const char *schema,
    struct span payload)
{
	buf_str(out, name);
	buf_str(out, "{\"schema\":");
	buf_str(out, schema);
	buf_str(out, ",\"payload\":");
	buf_span(out, payload);
	buf_char(out, '}');
}

/* Of a heartbeat the time; its position is ours. */
static void
put_heartbeat(struct formatter *f, const struct record *rec)
{
	struct buf *body = &f->scratch;

	body->n = 0;
	buf_str(body, "{\"ts_ms\":");
	buf_span(body, member_value(&rec->value, M_TS_MS));
	buf_char(body, '}');
	connect_source_topic(&f->out.text, rec->topic);
	put_with(&f->out.text, "\"key\":", connect_heartbeat_key, rec->key);
	put_with(&f->out.text, ",\"payload\":", connect_heartbeat_value,
	    buf_view(body));
	buf_str(&f->out.text, "}\n");
}

static void
put_transaction(struct formatter *f, const struct record *rec)
{
	connect_source_topic(&f->out.text, rec->topic);
	put_with(&f->out.text, "\"key\":", connect_transaction_key, rec->key);
	put_with(&f->out.text, ",\"payload\":", connect_transaction_value,
	    rec->body);
	buf_str(&f->out.text, "}\n");
}

/* tableChanges without what the schema has not: attributes of tables. */
static void
put_changes(struct buf *out, struct span changes)
{
	struct json_pos at = json_at(changes);
	struct span change;
	const char *comma = "";

	buf_char(out, '[');
	if (changes.p && json_enter(&at, '['))
		while (json_next_element(&at) > 0 &&
		    json_value(&at, &change)) {
			struct span table = object_member(change, "table");
			struct span rest = object_member(table, "attributes");

			buf_str(out, comma);
			comma = ",";
			if (!rest.p) {
				buf_span(out, change);
				continue;
			}
			/* to null: readers pass over what they do not know */
			buf_put(out, change.p, (size_t)(rest.p - change.p));
			buf_str(out, "null");
			buf_put(out, rest.p + rest.n, (size_t)(change.p +
			    change.n - rest.p - rest.n));
		}
	buf_char(out, ']');
}

/* A statement; records without one only describe tables, for us. */
static int
put_statement(struct formatter *f, const struct record *rec, struct err *err)
{
	static const char *const names[] = { "ts_ms", "databaseName",
		"schemaName", "ddl" };
	struct buf *out = &f->out.text;

	if (!json_inside(object_member(rec->body, "ddl")).p)
		return 0;
	connect_source_topic(out, rec->topic);
	put_with(out, "\"key\":", connect_change_key, rec->key);
	buf_str(out, ",\"payload\":{\"schema\":");
	buf_str(out, connect_change_head);
	buf_str(out, "{\"type\":\"struct\",\"fields\":[");
	buf_str(out, connect_source_fields);
	buf_str(out, "],\"optional\":false,\"name\":"
	    "\"io.debezium.connector.mariadb.Source\",\"version\":1,"
	    "\"field\":\"source\"}");
	buf_str(out, connect_change_tail);
	buf_str(out, ",\"payload\":{\"source\":");
	if (connect_source_put(out, rec, err) < 0)
		return -1;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		json_value_member(out, names[i], object_member(rec->body,
		    names[i]));
	buf_str(out, ",\"tableChanges\":");
	put_changes(out, object_member(rec->body, "tableChanges"));
	buf_str(out, "}}}\n");
	return 0;
}

int
debezium_control_put(struct formatter *f, struct record *rec, struct err *err)
{
	if (rec->kind == KIND_SCHEMA)
		return put_statement(f, rec, err);
	if (rec->kind == KIND_TRANSACTION)
		put_transaction(f, rec);
	else if (!object_member(rec->body, "end").p)
		put_heartbeat(f, rec);
	return 0;
}
