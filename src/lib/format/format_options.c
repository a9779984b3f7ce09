/* SPDX-License-Identifier: MIT */
#include "format/format_options.h"

#include "format/format.h"

/* How much of a field is looked at: what is not zero there was given. */
static const size_t sizes[] = {
	[OPT_FLAG] = sizeof(bool), [OPT_TEXT] = sizeof(char *),
	[OPT_COUNT] = sizeof(uint64_t), [OPT_SIZE] = sizeof(size_t),
	[OPT_DURATION] = sizeof(int64_t), [OPT_CHOICE] = sizeof(int),
	[OPT_NAMES] = sizeof(void *), [OPT_CALL] = sizeof(void *),
	[OPT_GROUP] = 0,
};

static bool
is_given(const struct option_row *row, const void *values,
    const struct format_own *own)
{
	const char *field = (const char *)values + row->offset;

	if (field < (const char *)own || field >= (const char *)(own + 1))
		return false;
	if (row->kind == OPT_CHOICE)
		return *(const int *)field != -1;
	for (size_t i = 0; i < sizes[row->kind]; i++)
		if (field[i])
			return true;
	return false;
}

static bool
has_word(const char *words, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = words; p && *p; p += strcspn(p, " "),
	    p += *p == ' ')
		if (strncmp(p, word, n) == 0 && (p[n] == ' ' || !p[n]))
			return true;
	return false;
}

static int
refuse(const struct format *format, const char *option, struct err *err)
{
	struct buf others = { 0 };

	for (size_t i = 0; format_names[i]; i++) {
		const struct format *other = format_named(format_names[i]);

		if (!has_word(other->options, option))
			continue;
		buf_str(&others, others.n ? ", " : "");
		buf_str(&others, other->name);
	}
	if (format)
		err_set(err, ERR_USAGE, "--%s is not an option of --to %s, but "
		    "of %s", option, format->name, buf_cstr(&others));
	else
		err_set(err, ERR_USAGE, "--%s needs --to %s", option,
		    buf_cstr(&others));
	buf_free(&others);
	return -1;
}

int
format_options_check(const struct format *format,
    const struct option_row *rows, const void *values,
    const struct format_own *own, struct err *err)
{
	for (const struct option_row *row = rows; row->name; row++)
		if (row->kind != OPT_GROUP && is_given(row, values, own) &&
		    !(format && has_word(format->options, row->name)))
			return refuse(format, row->name, err);
	return 0;
}

void
format_options_clear(struct format_options *opt)
{
	name_set_clear(&opt->own.columns);
	name_set_clear(&opt->own.maxwell);
	resp_commands_clear(&opt->own.resp_commands);
}
