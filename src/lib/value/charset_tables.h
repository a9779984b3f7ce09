/* SPDX-License-Identifier: MIT
 *
 * Character sets that are tables: single-byte ones, and those of East Asia.
 */
#ifndef VALUE_CHARSET_TABLES_H
#define VALUE_CHARSET_TABLES_H

#include <stdint.h>

/* The characters of the codes prefix + first, prefix + first + 1, … */
struct charset_row {
	uint16_t prefix;        /* leading bytes, first one high */
	uint8_t prefix_n;       /* how many: 0, 1, 2 */
	uint8_t first;          /* last byte of the first code */
	const char *chars;      /* UTF-8; "\1" is a hole */
};

struct charset_table {
	const char *name;
	const struct charset_row *rows; /* end with chars == NULL */
};

/* Ends with a NULL name. */
extern const struct charset_table charset_tables[];

#endif
