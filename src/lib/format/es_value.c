/* SPDX-License-Identifier: MIT */
#include "format/es_value.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/base64.h"
#include "format/format.h"
#include "json/write.h"

static enum es_way
way_of(const struct format_column *column)
{
	enum encoding encoding = column->conversion.encoding;

	if (!column->schema)
		return ES_COPIED;
	switch (column->as.class) {
	case CLASS_INT:
	case CLASS_DECIMAL:
		return encoding == ENC_PLAIN ? ES_COPIED : ES_CONVERTED;
	case CLASS_BINARY:
		return encoding == ENC_BASE64 ? ES_COPIED : ES_CONVERTED;
	case CLASS_BIT:
	case CLASS_DATE:
	case CLASS_TIME:
	case CLASS_DATETIME:
	case CLASS_TIMESTAMP:
		return ES_CONVERTED;
	default:
		return ES_COPIED;
	}
}

enum es_way
es_plan_of(struct es_plan *plan, const struct format_column *column)
{
	while (plan->n <= column->at)
		*ARRAY_ADD(plan->ways, plan->n) = ES_UNPLANNED;
	if (plan->ways[column->at] == ES_UNPLANNED)
		plan->ways[column->at] = (unsigned char)way_of(column);
	return plan->ways[column->at];
}

void
es_plan_clear(struct es_plan *plan)
{
	free(plan->ways);
	*plan = (struct es_plan){ 0 };
}

/* "2026-11-27T10:00:00Z", of cdc-tail. */
static bool
is_iso(struct span json)
{
	return json.n > 12 && json.p[11] == 'T' && json.p[json.n - 2] == 'Z';
}

/* "2026-11-27 10:00:00" */
static void
put_time(struct buf *out, enum type_class class, struct span text)
{
	size_t at = out->n;

	json_string(out, text);
	if (class == CLASS_TIME || class == CLASS_DATE)
		return;
	if (text.n > 10 && text.p[10] == ' ')
		out->p[at + 11] = 'T';
	if (class != CLASS_TIMESTAMP)
		return;
	out->p[out->n - 1] = 'Z';
	buf_char(out, '"');
}

int
es_value_put(struct formatter *f, const struct format_table *table,
    const struct format_cell *cell, struct buf *out, struct err *err)
{
	struct format_value v;
	enum type_class class = cell->column->as.class;

	if ((class == CLASS_BIT && one_of(cell->json.p[0], "tf")) ||
	    (class == CLASS_TIMESTAMP && is_iso(cell->json))) {
		buf_span(out, cell->json);
		return 0;
	}
	if (format_text(f, table, cell, &v, err) < 0)
		return -1;
	switch (v.kind) {
	case VALUE_NULL:
		buf_str(out, "null");
		break;
	case VALUE_BYTES:
		if (class == CLASS_BIT) {       /* which can be searched for */
			buf_u64(out, format_text_bits(v.bytes));
			break;
		}
		buf_char(out, '"');
		base64_append(out, v.bytes, false);
		buf_char(out, '"');
		break;
	case VALUE_TEXT:
		if (class == CLASS_DATE || class == CLASS_TIME ||
		    class == CLASS_DATETIME || class == CLASS_TIMESTAMP)
			put_time(out, class, v.bytes);
		else
			json_string(out, v.bytes);
		break;
	default:
		buf_span(out, v.bytes);
	}
	return 0;
}
