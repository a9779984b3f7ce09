/* SPDX-License-Identifier: MIT
 *
 * Rows of an option table.  A file with a table names the struct that its
 * options fill, and makes the rows by the macros below:
 *
 *     #define OPTIONS struct options
 *
 *     static const struct option_row options[] = {
 *             HEADING_ROW("Rows"),
 *             TEXT_ROW("host", db.host, "HOST,...", "the server",
 *                 .letter = 'h'),
 *             CHOICE_ROW("where-image", where_image, images,
 *                 "the image that --where looks at"),
 *             END_ROW
 *     };
 *
 * The second argument is a member of the struct; one of a type that the row
 * does not fill does not compile.  After the help there may be .letter and
 * .also.  Rows that several tools have are in cli/groups.h.
 */
#ifndef CLI_OPTION_H
#define CLI_OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "match/table_filter.h"

enum option_kind {
	OPT_FLAG,               /* bool: no argument; or act() */
	OPT_TEXT,               /* const char * */
	OPT_COUNT,              /* uint64_t */
	OPT_SIZE,               /* size_t, bytes: 8M */
	OPT_DURATION,           /* int64_t, milliseconds: 500ms, 10s, 2m, 1h */
	OPT_CHOICE,             /* int or enum: place in `choices` */
	OPT_NAMES,              /* struct name_list, comma list or repeated */
	OPT_CALL,               /* call(field, argument, err) */
	OPT_GROUP,              /* no option: a heading in --help */
};

typedef int option_reader(void *field, const char *text, struct err *err);

struct option_row {
	enum option_kind kind;
	char letter;            /* 0: no short form */
	const char *name;       /* long form; OPT_GROUP: the heading */
	size_t offset;          /* of the field in the tool's struct */
	const char *arg;        /* what --help calls the argument */
	const char *help;
	const char *const *choices;     /* OPT_CHOICE: NULL after the last */
	option_reader *call;    /* OPT_CALL */
	void (*act)(void);      /* OPT_FLAG: called, in place of a field */
	const char *also;       /* a second long name, or NULL */
};

/* offsetof(), of a field of that type; of an int or enum. */
#define OPTION_AT(type, field)                                               \
	(offsetof(OPTIONS, field) +                                          \
	    _Generic(&((OPTIONS *)NULL)->field, type *: 0))
#define OPTION_AT_INT(field)                                                 \
	(offsetof(OPTIONS, field) +                                          \
	    _Generic(&((OPTIONS *)NULL)->field, int *: 0, unsigned *: 0))

#define FLAG_ROW(long_name, field, ...)                                      \
	{ .kind = OPT_FLAG, .name = long_name,                               \
	    .offset = OPTION_AT(bool, field), .help = __VA_ARGS__ }
#define ACT_ROW(long_name, function, ...)                                    \
	{ .kind = OPT_FLAG, .name = long_name, .act = function,              \
	    .help = __VA_ARGS__ }
#define TEXT_ROW(long_name, field, argument, ...)                            \
	{ .kind = OPT_TEXT, .name = long_name, .arg = argument,              \
	    .offset = OPTION_AT(const char *, field), .help = __VA_ARGS__ }
#define COUNT_ROW(long_name, field, argument, ...)                           \
	{ .kind = OPT_COUNT, .name = long_name, .arg = argument,             \
	    .offset = OPTION_AT(uint64_t, field), .help = __VA_ARGS__ }
#define SIZE_ROW(long_name, field, argument, ...)                            \
	{ .kind = OPT_SIZE, .name = long_name, .arg = argument,              \
	    .offset = OPTION_AT(size_t, field), .help = __VA_ARGS__ }
#define DURATION_ROW(long_name, field, argument, ...)                        \
	{ .kind = OPT_DURATION, .name = long_name, .arg = argument,          \
	    .offset = OPTION_AT(int64_t, field), .help = __VA_ARGS__ }
#define CHOICE_ROW(long_name, field, words, ...)                             \
	{ .kind = OPT_CHOICE, .name = long_name, .choices = words,           \
	    .offset = OPTION_AT_INT(field), .help = __VA_ARGS__ }
#define NAMES_ROW(long_name, field, ...)                                     \
	{ .kind = OPT_NAMES, .name = long_name, .arg = "REGEX,...",          \
	    .offset = OPTION_AT(struct name_list, field),                    \
	    .help = __VA_ARGS__ }
#define CALL_ROW(long_name, field, reader, argument, ...)                    \
	{ .kind = OPT_CALL, .name = long_name, .arg = argument,              \
	    .offset = OPTION_AT(reader##_fills, field), .call = reader,      \
	    .help = __VA_ARGS__ }
#define HEADING_ROW(text) { .kind = OPT_GROUP, .name = text }
#define END_ROW { .name = NULL }

/* Make NAME, for CALL_ROW, of int READ(TYPE *, const char *text, struct err *),
 * which fills a field of that type: 0; -1 and ERR_USAGE. */
#define OPTION_READER(name, read, type)                                      \
	typedef type name##_fills;                                           \
	static inline int                                                    \
	name(void *field, const char *text, struct err *err)                 \
	{                                                                    \
		type *filled = field;                                        \
                                                                             \
		return read(filled, text, err);                              \
	}

#endif
