/* SPDX-License-Identifier: MIT
 *
 * --resp-command: commands of Redis for changes.
 *
 *     [[TABLE][/OPS]=]WORD…
 *
 *     shop\.products/u,d=DEL product:{id} products:{category}
 *
 * TABLE is a regular expression, OPS are operations.  Words are separated by
 * blanks, and quoted as redis-cli does (sdssplitargs): "a b\n\x00" or 'a\b'.
 * Placeholders stand inside of words (placeholder.h), so a value never makes
 * another word.  A word {*} is columns and values of the row, as many words;
 * {*|json} is the row as JSON, one word.
 */
#ifndef FORMAT_RESP_COMMAND_H
#define FORMAT_RESP_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

struct resp_command;

/* As they are given. */
struct resp_commands {
	struct resp_command *v;
	size_t n;
};

/* Add one.  ERR_USAGE. */
int resp_commands_add(struct resp_commands *all, const char *text,
    struct err *err);

/* What *p begins with, without quotes, and over it: 1; 0 at the end; -1:
 * ERR_USAGE. */
int resp_command_word(const char **p, struct buf *word, struct err *err);

void resp_commands_clear(struct resp_commands *all);

struct formatter;
struct format_change;
struct placed;

/* After the last: what they need of changes. */
void resp_commands_need(const struct resp_commands *all,
    struct placed *placed);

/*
 * Append those for a change; null: of NULL (p NULL: it is an error).  One is
 * left out that names a column of the row before a create, or after a delete:
 * there is none.  -1: ERR_DATA, also of a truncate that no command is for,
 * while others are for its table.
 */
int resp_commands_put(const struct resp_commands *all, struct placed *placed,
    struct formatter *f, const struct format_change *c, struct span null,
    struct err *err);

#endif
