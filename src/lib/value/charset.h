/* SPDX-License-Identifier: MIT
 *
 * Character sets of columns, by the collation ids that table maps carry.
 */
#ifndef VALUE_CHARSET_H
#define VALUE_CHARSET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/span.h"

struct charset {
	const char *name;       /* MariaDB's: "utf8mb4" */
	uint8_t mbmaxlen;       /* bytes of its longest character */

	/* Append text as a JSON string; bytes that are not valid in the set
	 * as STRAY_BYTE + byte.  NULL where the set is known by name only. */
	void (*put)(const struct charset *set, struct buf *out,
	    struct span text);
};

enum { COLLATION_BINARY = 63, COLLATION_UTF8MB4_BIN = 46 };

/* Append text as a JSON string. */
static inline void
charset_put(const struct charset *set, struct buf *out, struct span text)
{
	set->put(set, out, text);
}

/* Is its text UTF-8 as it stands? */
bool charset_is_utf8(const struct charset *set);

/* The converter of sets that are tables (charset_codes.c). */
void charset_put_table(const struct charset *set, struct buf *out,
    struct span text);

/* An id of the set of this name (MariaDB's, or "utf8"); 0 for none. */
uint64_t charset_collation(const char *name);

/* NULL for an id that neither MariaDB nor MySQL has. */
const struct charset *charset_of_collation(uint64_t id);

#endif
