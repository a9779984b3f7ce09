/* SPDX-License-Identifier: MIT
 *
 * The representation of a template, for the files that make and compare them.
 *
 * A template is a line, cut where its lines differ: pieces that are the same in
 * all of them, and a hole after each piece but the last.  It begins without
 * holes, and each line that differs in a value adds one.  The places of the
 * members follow from how much longer a line is than the template up to a hole.
 */
#ifndef RECORD_TEMPLATES_H
#define RECORD_TEMPLATES_H

#include "base/hash.h"
#include "record/record.h"
#include "json/scalar.h"

enum {
	TEMPLATES = 64,
	LISTS = 64,
	MAX_TEXT = 16 << 10,    /* longer lines are read at 64 bytes a time */
	MAX_VALUES = 1024,
	MAX_TRIES = 3,          /* for a line */
};

/* What it costs to have templates is bounded by what they save.  Comparing:
 * each line that was like one buys some that are not; after these one of
 * UNLUCKY is tried.  Learning: lines pay for it, those that were like one more;
 * its price rises with each template that is not used, and falls with each that
 * is. */
enum {
	HIT_BUYS = 2, MAX_LUCK = 64, UNLUCKY = 16,
	HIT_PAYS = 16, MIN_PRICE = 256, MAX_PRICE = 16384,
	PATIENCE = 32,          /* times that a new one is compared in vain */
};

enum hole { NO_HOLE, STRING_HOLE, NUMBER_HOLE, ANY_HOLE };

/* The objects whose members a record notes: fields of `struct record`. */
enum { OBJECTS = 4 };
extern const uint16_t template_objects[OBJECTS];

/* A value that is no object and no array. */
struct value {
	uint32_t at, end;
	enum hole may;          /* become a hole */
	bool is, differs;       /* a hole; and from the line in hand */
};

/* Bytes that are the same, and the hole after them, up to `end`. */
struct piece {
	uint32_t at, n, end;
	enum hole hole;
};

/* A span of a record, and the holes in front of its first and last byte. */
struct template_place {
	uint32_t at, end;
	uint16_t field;         /* its offset in the record */
	uint16_t first, last;
};

/* A name or bracket, and the holes in front of it. */
struct mark {
	uint32_t at;
	uint16_t holes;
	bool bracket;
};

struct template {
	char *text;             /* owned; NULL: none */
	size_t n;
	struct value *values;   /* owned, as the following */
	struct piece *pieces;
	struct template_place *places;
	struct mark *marks;
	size_t nvalues, nplaces, nmarks;
	struct template *next;  /* which came after it the last time */
	struct template *below; /* in its list */
	size_t list;
	uint64_t used;          /* when it was, or was made */
	int tries;              /* left to one that is new; 0: it was used */
	uint64_t names;         /* a hash of names and brackets */
	unsigned found;         /* TEMPLATE_ROWS … */
	/* of the record */
	enum record_kind kind;
	enum record_shape shape;
	char letter;
	bool escapes;           /* in its pieces */
	bool compact;
	struct { uint64_t seen; size_t others; } members[OBJECTS];
};

struct templates {
	struct template all[TEMPLATES], *last;
	struct template *lists[LISTS + 1];      /* by template_list(), what
	                         * was used last in front; the last list: of
	                         * those that have a hole there */
	uint64_t clock;
	unsigned luck, untried;
	unsigned credit, price;
	size_t shifts[MAX_VALUES + 1];
	bool escapes;           /* in the line that was compared last */
};

/* Lines are told from one another by what is in front of their first comma,
 * which mostly is their topic. */
static inline size_t
template_head_size(struct span text)
{
	const char *comma = memchr(text.p, ',', text.n);

	return comma ? (size_t)(comma - text.p) : text.n;
}

/* The list of templates that may be like a line. */
static inline size_t
template_list(struct span text)
{
	return hash_span((struct span){ text.p, template_head_size(text) },
	    hash_seed()) % LISTS;
}

/* A new one is of use. */
static inline void
template_proves(struct templates *all, struct template *t)
{
	t->tries = 0;
	all->price /= all->price > MIN_PRICE ? 2 : 1;
}

/* Over what may be in a hole; NULL: something else is. */
static inline const char *
over_hole(enum hole hole, const char *p, const char *end, bool *escapes)
{
	switch (hole) {
	case STRING_HOLE:
		return json_over_string(p, end, escapes);
	case NUMBER_HOLE:
		return json_over_number(p, end);
	default:
		return json_over_scalar(p, end, escapes);
	}
}

void template_forget(struct template *t);

static inline struct span *
template_span(struct record *rec, size_t field)
{
	return (struct span *)(void *)((char *)rec + field);
}

static inline struct members *
template_members(struct record *rec, size_t i)
{
	return (struct members *)(void *)((char *)rec + template_objects[i]);
}

#endif
