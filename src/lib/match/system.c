/* SPDX-License-Identifier: MIT */
#include "match/system.h"

static bool
is_one_of(const char *const *names, struct span name)
{
	for (; *names; names++)
		if (span_is_nocase(name, *names))
			return true;
	return false;
}

bool
system_is_schema(struct span db)
{
	static const char *const names[] = {
		"mysql", "sys", "performance_schema", "information_schema",
		NULL,
	};

	return is_one_of(names, db);
}

bool
system_is_position_table(struct span table)
{
	static const char *const names[] = {
		"cdc_offsets", "kafka_consumer_offsets", NULL,
	};

	return is_one_of(names, table);
}
