/* SPDX-License-Identifier: MIT
 *
 * Words of a command line, as a shell reads them: for hints that can be pasted.
 */
#ifndef CLI_SHELL_WORD_H
#define CLI_SHELL_WORD_H

#include "base/buf.h"
#include "cli/option.h"

/* Append a word: one word to a shell, and those bytes, whatever they are. */
void shell_word_put(struct buf *out, const char *text);

/* The same of a text that holds no NUL, which no word can. */
void shell_word_put_span(struct buf *out, struct span text);

/* Append " --name value" of each text, count and flag of a table that values
 * give. */
void shell_word_put_options(struct buf *out, const struct option_row *rows,
    const void *values);

#endif
