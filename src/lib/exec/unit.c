/* SPDX-License-Identifier: MIT */
#include "exec/unit.h"

#include <stdlib.h>

#include "base/array.h"
#include "exec/arguments.h"

static const unsigned variables[] = {
	[PER_RECORD] = ARGUMENTS_ALL,
	[PER_BATCH] = 0,
	[PER_TRANSACTION] = ARGUMENTS_GTID,
	[PER_TABLE] = ARGUMENTS_TABLE,
};

unsigned
unit_variables(const struct exec_options *opt)
{
	return opt->handlers && opt->per != PER_RECORD ? variables[PER_TABLE] :
	    variables[opt->per];
}

void
unit_reader_open(struct unit_reader *u, const struct exec_options *opt)
{
	*u = (struct unit_reader){ .opt = opt,
		.rec.shape = (enum record_shape)opt->delivery.shape };
}

void
unit_reader_free(struct unit_reader *u)
{
	record_clear(&u->rec);
	buf_free(&u->input);
	buf_free(&u->table);
	free(u->places);
}

static void
add(struct unit_reader *u, const struct sink_batch *b, size_t i)
{
	*ARRAY_PUSH(u->places, u->n, u->cap) = i;
	sink_body(b, i, &u->input);
}

/* The rest of the first one's unit: all that wait, those of its table, or none.
 */
static void
add_more(struct unit_reader *u, struct sink_batch *b, size_t first)
{
	bool by_table = u->opt->per == PER_TABLE || u->opt->handlers;
	struct span table = sink_table(b, first);

	if (u->opt->per == PER_RECORD)
		return;
	for (size_t i = first + 1; sink_next(b, &i); i++)
		if (!by_table || span_eq(sink_table(b, i), table))
			add(u, b, i);
}

int
unit_next(struct unit_reader *u, struct sink_batch *b, struct err *err)
{
	size_t first = 0;
	struct line line;

	u->n = u->input.n = 0;
	if (!sink_next(b, &first))
		return 0;
	add(u, b, first);
	add_more(u, b, first);
	line = sink_line(b, first);
	return record_scan(&u->rec, &line, err) < 0 ? -1 : 1;
}

void
unit_done(struct unit_reader *u, struct sink_batch *b)
{
	for (size_t i = 0; i < u->n; i++)
		sink_done(b, u->places[i]);
}

int
unit_failed(const struct unit_reader *u, struct sink_batch *b)
{
	b->fault = u->n == 1 ? u->places[0] + 1 : 0;
	return -1;
}
