/* SPDX-License-Identifier: MIT */
#include "follow/borders.h"

#include <string.h>

static bool
keeps(struct table_filter *lists, const struct act *act)
{
	return table_filter_keeps(lists, span_of(act->db),
	    span_of(act->name));
}

bool
borders_crossed(const struct action *s, struct table_filter *lists)
{
	bool in = false, out = false;

	if (s->on != ON_TABLES)
		return false;
	for (size_t i = 0; i < s->nacts; i++) {
		const struct act *act = &s->acts[i];

		if (s->form == FORM_RENAME && i &&
		    s->acts[i - 1].part != act->part)
			in = out = false;
		if (s->form != FORM_DROP && act->changes)
			*(keeps(lists, act) ? &in : &out) = true;
		if (in && out)
			return true;
	}
	return false;
}

bool
borders_swapped(const struct action *s, struct table_filter *lists)
{
	bool pairs = s->on == ON_TABLES && s->nacts == 2 * s->nparts &&
	    (s->form == FORM_RENAME || (s->form == FORM_ALTER &&
	    s->nparts == 1));

	if (s->trouble)
		return false;
	for (size_t i = 0; pairs && i < s->nacts; i += 2) {
		const struct act *from = &s->acts[i], *to = from + 1;

		pairs = to->renamed && strcmp(from->db, to->db) == 0 &&
		    table_filter_swaps(lists, span_of(to->db),
		    span_of(from->name), span_of(to->name));
	}
	return pairs && s->nacts;
}
