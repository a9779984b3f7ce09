/* SPDX-License-Identifier: MIT */
#include "convert/known_modes.h"

#include "json/object.h"
#include "json/write.h"
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

static void
put_mode(struct buf *out, const char *name, int mode,
    const char *const *words)
{
	if (mode >= 0)
		json_member(out, name, span_of(words[mode]));
}

void
known_modes_put(const struct known_modes *m, struct buf *out)
{
	struct buf modes = { 0 };

	put_mode(&modes, "decimal", m->decimal, modes_decimal);
	put_mode(&modes, "time", m->time, modes_time);
	put_mode(&modes, "binary", m->binary, modes_binary);
	put_mode(&modes, "bigint_unsigned", m->bigint_unsigned, modes_bigint);
	put_mode(&modes, "json", m->json, modes_json);
	put_mode(&modes, "history", m->history, modes_history);
	if (modes.n) {
		modes.p[0] = '{';
		buf_str(out, ",\"modes\":");
		buf_span(out, buf_view(&modes));
		buf_char(out, '}');
	}
	buf_free(&modes);
}
