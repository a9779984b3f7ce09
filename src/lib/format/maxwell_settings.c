/* SPDX-License-Identifier: MIT */
#include "format/maxwell_settings.h"

#define SETTING(name) { #name, offsetof(struct maxwell_settings, name) }

/* THE TABLE, in the order in which Maxwell writes what they add. */
static const struct {
	const char *name;
	size_t at;
} settings[] = {
	SETTING(row_query), SETTING(commit_info), SETTING(xoffset),
	SETTING(binlog_position), SETTING(gtid_position),
	SETTING(server_id), SETTING(thread_id), SETTING(push_timestamp),
	SETTING(primary_keys), SETTING(primary_key_columns),
	SETTING(nulls), SETTING(null_zerodates), SETTING(ddl),
};

enum { SETTINGS = sizeof(settings) / sizeof(*settings) };

static int
unknown_setting(struct span name, struct err *err)
{
	struct buf all = { 0 };

	if (span_is(name, "schema_id"))
		return err_set(err, ERR_USAGE, "--maxwell schema_id: that is "
		    "a row of Maxwell's own tables, which records have not");
	for (size_t i = 0; i < SETTINGS; i++) {
		buf_str(&all, i ? ", " : "");
		buf_str(&all, settings[i].name);
	}
	err_set(err, ERR_USAGE, "--maxwell %.*s: Maxwell has no such setting; "
	    "there are %s", (int)name.n, name.p, buf_cstr(&all));
	buf_free(&all);
	return -1;
}

static int
take_word(struct maxwell_settings *on, const char *word, struct err *err)
{
	const char *equals = strchr(word, '=');
	struct span name = { word, equals ? (size_t)(equals - word) :
		strlen(word) };
	bool value = !equals || strcmp(equals + 1, "true") == 0;

	if (equals && !value && strcmp(equals + 1, "false") != 0)
		return err_set(err, ERR_USAGE, "--maxwell %s: neither true "
		    "nor false", word);
	if (name.n > 7 && memcmp(name.p, "output_", 7) == 0)
		name = (struct span){ name.p + 7, name.n - 7 };
	for (size_t i = 0; i < SETTINGS; i++)
		if (span_is(name, settings[i].name)) {
			*(bool *)((char *)on + settings[i].at) = value;
			return 0;
		}
	return unknown_setting(name, err);
}

int
maxwell_settings_read(struct maxwell_settings *on,
    const struct name_set *words, struct err *err)
{
	*on = (struct maxwell_settings){ .commit_info = true, .nulls = true };
	for (size_t i = 0; i < words->n; i++)
		if (take_word(on, words->names[i], err) < 0)
			return -1;
	return 0;
}
