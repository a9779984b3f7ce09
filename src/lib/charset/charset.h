/* SPDX-License-Identifier: MIT
 *
 * Character sets of columns, by the collation ids in table maps.
 */
#ifndef CHARSET_CHARSET_H
#define CHARSET_CHARSET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/span.h"

struct charset {
	const char *name;       /* MariaDB's: "utf8mb4" */
	uint8_t mbmaxlen;       /* bytes of its longest character */

	/* Append text as a JSON string; bytes that are not valid in the set
	 * as STRAY_BYTE + byte.  NULL if the set is known by name only. */
	void (*put)(const struct charset *set, struct buf *out,
	    struct span text);

	/* Append the set's bytes of a character; false if it has none. */
	bool (*take)(const struct charset *set, struct buf *out,
	    uint32_t code);

	/* Characters whose UTF-8 begins with these bytes, which a server makes
	 * others of than they were. */
	uint8_t odd_first, odd_last;
};

enum { COLLATION_BINARY = 63, COLLATION_UTF8MB4_BIN = 46 };

/* Append text as a JSON string. */
static inline void
charset_put(const struct charset *set, struct buf *out, struct span text)
{
	set->put(set, out, text);
}

/* Append bytes that are no character, as UTF-8 (U+EF00 to U+EFFF).  Has a text
 * any? */
void charset_put_strays(struct buf *utf8, const void *bytes, size_t n);
bool charset_has_strays(struct span utf8);

/*
 * The way back.  The text of a record, UTF-8 from `at` on, becomes what a
 * column of the set `to` takes:
 *
 * TAKEN_TEXT    characters: it is UTF-8 as a server converts it
 * TAKEN_BYTES   its bytes in `to`, for it has some that are no character, or
 *               a character that the server's conversion makes another of
 * TAKEN_NOT     it has bytes of `from`, which `to` is not, or a character
 *               that `to` has not
 *
 * from is the set that the bytes are of, NULL if unknown; to NULL: the
 * column has none.
 */
enum taken { TAKEN_TEXT, TAKEN_BYTES, TAKEN_NOT };

enum taken charset_take(const struct charset *from, const struct charset *to,
    struct buf *text, size_t at);

/* Is its text UTF-8 as it stands? */
bool charset_is_utf8(const struct charset *set);

/* Have all its characters two bytes or more? */
bool charset_is_wide(const struct charset *set);

/* The converters of sets that are tables (codes.c). */
void charset_put_table(const struct charset *set, struct buf *out,
    struct span text);
bool charset_take_table(const struct charset *set, struct buf *out,
    uint32_t code);

/* An id of the set of this name (MariaDB's, or "utf8"); 0 for none. */
uint64_t charset_collation(const char *name);

/* By its name, which may be NULL: NULL for none. */
const struct charset *charset_named(const char *name);

/* NULL for an id that neither MariaDB nor MySQL has. */
const struct charset *charset_of_collation(uint64_t id);

#endif
