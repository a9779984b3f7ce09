/* SPDX-License-Identifier: MIT */
#include "cli/value.h"

#include <stdio.h>
#include <string.h>

#include "base/integer.h"
#include "base/span.h"

int
value_count(uint64_t *value, const char *text, struct err *err)
{
	if (!integer_read(span_of(text), UINT64_MAX, value))
		return err_set(err, ERR_USAGE, "'%s' is not a number", text);
	return 0;
}

struct unit {
	const char *name;
	uint64_t factor;
};

static int
with_unit(uint64_t *value, const char *text, const struct unit *units)
{
	struct span rest = span_of(text);

	if (!integer_take(&rest, UINT64_MAX, value))
		return -1;
	for (; units->name; units++) {
		if (!span_is(rest, units->name))
			continue;
		if (*value > INT64_MAX / units->factor)
			return -1;
		*value *= units->factor;
		return 0;
	}
	return -1;
}

int
value_size(size_t *value, const char *text, struct err *err)
{
	static const struct unit units[] = {
		{ "", 1 }, { "k", 1 << 10 }, { "K", 1 << 10 },
		{ "M", 1 << 20 }, { "G", 1 << 30 }, { NULL, 0 },
	};
	uint64_t bytes;

	if (with_unit(&bytes, text, units) < 0)
		return err_set(err, ERR_USAGE,
		    "'%s' is not a size (bytes, or with k, M, G)", text);
	*value = bytes;
	return 0;
}

int
value_duration(int64_t *value, const char *text, struct err *err)
{
	static const struct unit units[] = {
		{ "ms", 1 }, { "", 1000 }, { "s", 1000 }, { "m", 60000 },
		{ "h", 3600000 }, { NULL, 0 },
	};
	uint64_t ms;

	if (with_unit(&ms, text, units) < 0)
		return err_set(err, ERR_USAGE,
		    "'%s' is not a duration (500ms, 10s, 2m, 1h)", text);
	*value = (int64_t)ms;
	return 0;
}

int
value_choice(int *value, const char *text, const char *const *choices,
    struct err *err)
{
	char list[256] = "";

	for (int i = 0; choices[i]; i++) {
		size_t n = strlen(list);

		if (strcmp(text, choices[i]) == 0) {
			*value = i;
			return 0;
		}
		snprintf(list + n, sizeof(list) - n, "%s%s", i ? ", " : "",
		    choices[i]);
	}
	return err_set(err, ERR_USAGE, "'%s' is not one of %s", text, list);
}

int
value_ops(struct ops *ops, const char *text, struct err *err)
{
	char *to = ops->v;
	const char *p = text;

	to[0] = '\0';
	if (strcmp(text, "none") == 0)
		return 0;
	for (;;) {
		size_t n = strlen(to);

		if (!one_of(*p, "cudtr") || (p[1] && p[1] != ','))
			return err_set(err, ERR_USAGE,
			    "'%s' is not a list of operations (c, u, d, t, r)",
			    text);
		if (!strchr(to, *p)) {
			to[n] = *p;
			to[n + 1] = '\0';
		}
		if (!p[1])
			return 0;
		p += 2;
	}
}

int
value_named_ops(struct named_ops *ops, const char *text, struct err *err)
{
	if (value_ops(&ops->ops, text, err) < 0)
		return -1;
	ops->named = ops->ops.v[0] ? named_add(span_of(text)) : NULL;
	return 0;
}

bool
value_named_ops_have(const struct named_ops *ops, char op)
{
	bool has = !ops->ops.v[0] || (op && strchr(ops->ops.v, op));

	named_look(ops->named, has);
	return has;
}
