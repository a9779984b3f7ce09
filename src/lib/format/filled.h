/* SPDX-License-Identifier: MIT
 *
 * A text of the user's own, other than --template, with placeholders
 * (placeholder.h): an argument, a URL, a header.  Values are as the record has
 * them.
 */
#ifndef FORMAT_FILLED_H
#define FORMAT_FILLED_H

#include "base/err.h"
#include "record/record.h"

struct filled;

/* text and name, which messages call it, are borrowed.  NULL and ERR_USAGE. */
struct filled *filled_new(const char *text, const char *name, int shape,
    struct err *err);
void filled_free(struct filled *t);

/* Has it placeholders?  Otherwise it is the same for all records, or none. */
bool filled_varies(const struct filled *t);

/* Is each of its placeholders in that form? */
bool filled_is_all(const struct filled *t, const char *form);

/* The text for a record, terminated, borrowed until the next one; NULL and
 * ERR_DATA, also if it would hold a NUL. */
const char *filled_of(struct filled *t, struct record *rec, struct err *err);

#endif
