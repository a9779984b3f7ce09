/* SPDX-License-Identifier: MIT
 *
 * The options of all programs: a user who gives one to the wrong program is
 * told which program has it.
 */
#ifndef CLI_ELSEWHERE_H
#define CLI_ELSEWHERE_H

#include <stddef.h>

/* The programs that have an option, "--name" or "--name=value" of which n
 * bytes are its name and dashes; NULL if none has it, or all. */
const char *elsewhere_option(const char *word, size_t *n);

#endif
