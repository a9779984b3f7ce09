/* SPDX-License-Identifier: MIT
 *
 * A few member names, and copies of objects without them.
 */
#ifndef RECORD_NAME_SET_H
#define RECORD_NAME_SET_H

#include "base/buf.h"
#include "base/err.h"

struct name_set {
	char **names;           /* plain text, owned */
	struct named **named;   /* of those that a person gave; or NULL */
	size_t n;
};

/* Add a comma list. */
int name_set_add(struct name_set *set, const char *text, struct err *err);

/* Add one, that a person did not give as a name of what is there. */
void name_set_add_one(struct name_set *set, struct span name);

/* Add the strings of a JSON array; false if it is none of strings. */
bool name_set_add_json(struct name_set *set, struct span array);
void name_set_join(struct name_set *set, const struct name_set *other);
void name_set_clear(struct name_set *set);

/* Has it that name, escaped or not? */
bool name_set_has(const struct name_set *set, struct span name);

/* Append the object without the members of these names; false if it has
 * none of them. */
bool name_set_copy_without(const struct name_set *set, struct span object,
    struct buf *out);

#endif
