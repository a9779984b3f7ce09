/* SPDX-License-Identifier: MIT */
#include "convert/known_modes.h"

#include "json/object.h"
#include "value/modes.h"

static void
take_mode(int *mode, struct span modes, const char *name,
    const char *const *words)
{
	struct span word = object_member(modes, name);

	for (int i = 0; word.p && words[i]; i++)
		if (json_is_text(word, words[i]))
			*mode = i;
}

bool
known_modes_take(struct known_modes *known, struct span modes)
{
	struct known_modes m = *known;

	take_mode(&m.decimal, modes, "decimal", modes_decimal);
	take_mode(&m.time, modes, "time", modes_time);
	take_mode(&m.binary, modes, "binary", modes_binary);
	take_mode(&m.bigint_unsigned, modes, "bigint_unsigned", modes_bigint);
	take_mode(&m.json, modes, "json", modes_json);
	m.history = 0;          /* which need not be said */
	take_mode(&m.history, modes, "history", modes_history);
	if (memcmp(&m, known, sizeof(m)) == 0)
		return false;
	*known = m;
	return true;
}
