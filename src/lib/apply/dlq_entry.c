/* SPDX-License-Identifier: MIT */
#include "apply/dlq_entry.h"

#include "apply/source_schema.h"
#include "json/write.h"
#include "sink/letters.h"
#include "value/modes.h"

static void
put_mode(struct buf *out, const char *name, int mode,
    const char *const *words)
{
	if (mode >= 0)
		json_member(out, name, span_of(words[mode]));
}

/* Position, how values are written, what the table is: all that a replay
 * needs. */
void
dlq_entry_headers(const struct applier *a, const struct record *rec,
    struct span table, struct buf *out)
{
	const struct known_modes *m = &a->tables.modes;
	struct span schema = source_schema_text(&a->tables, table);
	struct buf modes = { 0 };

	letter_put_place(rec, a->by_offset, out);
	put_mode(&modes, "decimal", m->decimal, modes_decimal);
	put_mode(&modes, "time", m->time, modes_time);
	put_mode(&modes, "binary", m->binary, modes_binary);
	put_mode(&modes, "bigint_unsigned", m->bigint_unsigned, modes_bigint);
	put_mode(&modes, "json", m->json, modes_json);
	put_mode(&modes, "history", m->history, modes_history);
	if (modes.n) {
		modes.p[0] = '{';
		buf_char(&modes, '}');
		buf_str(out, ",\"modes\":");
		buf_span(out, buf_view(&modes));
	}
	if (schema.p) {
		buf_str(out, ",\"schema\":");
		buf_span(out, schema);
	}
	buf_free(&modes);
}
