/* SPDX-License-Identifier: MIT
 *
 * Heartbeats tell how far copies of tables are: by keys, whose columns may be
 * masked, and by the conditions with which they were asked for.  Whoever
 * continues a copy needs them as they are, so that they pass, or the record
 * does not.
 */
#include "mask/masker_parts.h"

#include <inttypes.h>
#include <stdlib.h>

#include "json/scan.h"
#include "sql/lex.h"

static int
hint(struct err *err)
{
	return err_hint(err, "--pass-copies lets it pass, for a sink that may "
	    "see it");
}

/* A key, or an array of them. */
static int
check_keys(struct masker *m, struct record *rec, struct span keys,
    struct err *err)
{
	struct json_pos at = json_at(keys);
	struct span name, value;

	if (keys.p && keys.p[0] == '[') {
		json_enter(&at, '[');
		while (json_next_element(&at) > 0 && json_value(&at, &value))
			if (check_keys(m, rec, value, err) < 0)
				return -1;
		return 0;
	}
	if (!keys.p || keys.p[0] != '{')
		return 0;
	json_enter(&at, '{');
	while (json_next(&at, &name) > 0 && json_value(&at, &value)) {
		const struct mask_column *c = mask_columns_find(&m->columns,
		    m->table, name, SIZE_MAX);

		if (c->rule ? c->rule->kind == MASK_PASS :
		    !m->opt->fail_on_unlisted)
			continue;
		masker_refuse(m, rec, name, "a heartbeat tells its value, "
		    "because a copy of the table is under way", err);
		return hint(err);
	}
	return 0;
}

/* {"db":…,"table":…} */
static bool
enter_table(struct masker *m, struct span json)
{
	struct buf db = { 0 }, table = { 0 };
	bool named;

	object_text(&db, json, "db");
	object_text(&table, json, "table");
	named = db.n && table.n;
	if (named)
		m->table = mask_columns_table(&m->columns, buf_view(&db),
		    buf_view(&table));
	buf_free(&db);
	buf_free(&table);
	return named;
}

/* The table of a snapshot: a string, `db`.`table` */
static bool
enter_quoted(struct masker *m, struct span json)
{
	struct buf text = { 0 };
	struct span db = { NULL, 0 }, name;
	struct sql s;
	bool named = json_inside(json).p &&
	    json_unescape(&text, json_inside(json));
	char *db_name, *table_name;

	s = sql_of(buf_view(&text));
	named = named && sql_table(&s, &db, &name) && db.p && !sql_more(&s);
	if (named) {
		db_name = sql_unquote(db);
		table_name = sql_unquote(name);
		m->table = mask_columns_table(&m->columns, span_of(db_name),
		    span_of(table_name));
		free(db_name);
		free(table_name);
	}
	buf_free(&text);
	return named;
}

static bool
has_elements(struct span array)
{
	struct json_pos at = json_at(array);

	return array.p && json_enter(&at, '[') && json_peek(&at) != ']';
}

static int
refuse_condition(const struct record *rec, struct err *err)
{
	err_set(err, ERR_DATA, "line %" PRIu64 ": a heartbeat tells the "
	    "condition of a copy, which may hold what is masked",
	    rec->line.number);
	return hint(err);
}

/* A copy of the first of its tables; its conditions may be on any of them. */
static int
check_copy(struct masker *m, struct record *rec, struct span copy,
    struct err *err)
{
	struct json_pos at = json_at(object_member(copy, "tables"));
	struct span first;

	if (has_elements(object_member(copy, "conditions")))
		return refuse_condition(rec, err);
	if (!at.p || !json_enter(&at, '[') || json_next_element(&at) <= 0 ||
	    !json_value(&at, &first) || !enter_table(m, first))
		return record_fault(rec, "a copy does not name its table", err);
	return check_keys(m, rec, object_member(copy, "key"), err) < 0 ||
	    check_keys(m, rec, object_member(copy, "max"), err) < 0 ||
	    check_keys(m, rec, object_member(copy, "moved"), err) < 0 ? -1 : 0;
}

static int
check_incremental(struct masker *m, struct record *rec, struct span json,
    struct err *err)
{
	struct json_pos copies = json_at(object_member(json, "copies"));
	struct json_pos signals = json_at(object_member(json, "signals"));
	struct span element;

	if (copies.p && json_enter(&copies, '['))
		while (json_next_element(&copies) > 0 &&
		    json_value(&copies, &element))
			if (check_copy(m, rec, element, err) < 0)
				return -1;
	if (signals.p && json_enter(&signals, '['))
		while (json_next_element(&signals) > 0 &&
		    json_value(&signals, &element)) {
			struct span data = object_member(element, "data");

			if (object_member(data, "additional-conditions").p ||
			    object_member(data, "additional-condition").p)
				return refuse_condition(rec, err);
		}
	return 0;
}

int
masker_beat(struct masker *m, struct record *rec, struct err *err)
{
	struct span snapshot = member_value(&rec->value, M_SNAPSHOT);
	struct span incremental = member_value(&rec->value, M_INCREMENTAL);
	struct span key;

	if (m->opt->pass_copies || (!snapshot.p && !incremental.p))
		return 0;
	if (record_check_control(rec, err) < 0)
		return -1;
	key = object_member(snapshot, "key");
	if (key.p && key.p[0] == '{') {
		if (!enter_quoted(m, object_member(snapshot, "table")))
			return record_fault(rec, "a copy does not name its "
			    "table", err);
		if (check_keys(m, rec, key, err) < 0)
			return -1;
	}
	return check_incremental(m, rec, incremental, err);
}
