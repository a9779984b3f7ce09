/* SPDX-License-Identifier: MIT
 *
 * Arguments of options: each function reads one kind, or says what it expected
 * (ERR_USAGE).
 */
#ifndef CLI_VALUE_H
#define CLI_VALUE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "match/named.h"

int value_count(uint64_t *value, const char *text, struct err *err);

/* Bytes: "8388608", "8M", "64k", "1G". */
int value_size(size_t *value, const char *text, struct err *err);

/* Milliseconds: "500ms", "10s", "2m", "1h"; a bare number is seconds. */
int value_duration(int64_t *value, const char *text, struct err *err);

/* The place of text in a NULL-terminated list of words. */
int value_choice(int *value, const char *text, const char *const *choices,
    struct err *err);

/* Operations, "c,u" or "none": the letters alone. */
enum { OPS_TEXT = 8 };
struct ops {
	char v[OPS_TEXT];
};
int value_ops(struct ops *ops, const char *text, struct err *err);

/* The same, and whether records of them came. */
struct named_ops {
	struct ops ops;
	struct named *named;
};
int value_named_ops(struct named_ops *ops, const char *text,
    struct err *err);
/* Is it one of them, or are there none? */
bool value_named_ops_have(const struct named_ops *ops, char op);

#endif
