/* SPDX-License-Identifier: MIT
 *
 * Are the names of an object distinct?  They are compared after unescaping:
 * \u0061 is a.
 */
#ifndef RECORD_UNIQUE_H
#define RECORD_UNIQUE_H

#include "base/buf.h"
#include "base/err.h"
#include "json/outline.h"

/* What it needs, kept from object to object; zero at first. */
struct unique {
	struct name_slot *slots;
	size_t nslots, names;
	uint64_t round;         /* slots of earlier ones are free */
	struct buf text;        /* names that had escapes, and ends of them */
};

/* Of the object that begins at `at` of the text. */
bool unique_names(struct unique *u, const struct outline *o, size_t at);

/* Of a value of JSON, and of every object that is in it. */
bool unique_throughout(struct unique *u, struct span value);

/* Is a text one value of JSON, in which no object has a name twice?  Of what is
 * small, or rare: who reads on may take either. */
bool unique_json(struct span text);

/* The same; ERR_DATA, which tells the byte where it is no JSON. */
int unique_check(struct span text, struct err *err);
void unique_clear(struct unique *u);

#endif
