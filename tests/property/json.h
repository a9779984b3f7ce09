/*
 * JSON by itself, apart from what the tools use: the oracle must not share
 * their mistakes.  A reader that refuses whatever RFC 8259 does, and members
 * of one name; trees that are never changed; a writer in random style.
 */
#ifndef PROPERTY_JSON_H
#define PROPERTY_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum kind { J_NULL, J_TRUE, J_FALSE, J_NUMBER, J_STRING, J_EMBED, J_ARRAY,
	J_OBJECT, J_ANY };

struct text {
	const char *p;
	size_t n;
};

/*
 * A number has its text, a string its bytes (half surrogates as three bytes
 * of their own); J_EMBED is a string whose bytes are the JSON of value[0].
 * An object whose members must keep their order is `ordered`.  J_ANY equals
 * everything.
 */
struct node {
	enum kind kind;
	bool ordered;
	struct text text;
	size_t count;
	struct text *name;
	struct node **value;
};

/* Memory for one batch; all of it is given back at once. */
void *arena(size_t size);
void arena_clear(void);

struct buf {
	char *p;
	size_t n, room;
};
void put(struct buf *b, const char *p, size_t n);
void put_str(struct buf *b, const char *s);
void buf_free(struct buf *b);

void rnd_seed(uint64_t seed);
/* 0 … n - 1 */
unsigned below(unsigned n);
bool chance(unsigned in_1000);

struct text str(const char *s);
struct text text_dup(const char *p, size_t n);
struct text join3(struct text a, struct text b, struct text c);
struct text fmt(const char *format, ...);
bool text_eq(struct text a, struct text b);
bool text_is(struct text a, const char *s);
/* without regard to the case of A to Z */
bool text_fold_eq(struct text a, struct text b);

/* NULL, and why[] says what is wrong where. */
struct node *json_read(const char *p, size_t n, char why[static 160]);
/* The same, but names may occur twice. */
struct node *json_read_loose(const char *p, size_t n, char why[static 160]);

struct node *j_word(enum kind kind);
struct node *j_number(struct text t);
struct node *j_string(struct text t);
struct node *j_embed(struct node *value);
struct node *j_array(struct node **value, size_t count);
struct node *j_object(void);

/* NULL where there is none */
struct node *get(const struct node *object, const char *name);
struct node *get_text(const struct node *object, struct text name);
/* Copies with another member: in its place, else at the end. */
struct node *with(const struct node *object, struct text name,
    struct node *value);
struct node *with_s(const struct node *object, const char *name,
    struct node *value);
struct node *without(const struct node *object, struct text name);
/* Is `got` what was wanted?  Members may come in any order. */
bool json_same(const struct node *got, const struct node *want);

/* How a line is written: in thousandths, how often. */
struct style {
	unsigned space;		/* white space between tokens */
	unsigned escape;	/* a character that need not be */
	unsigned shuffle;	/* 1: members in any order */
};
void json_write(struct buf *b, const struct node *n, const struct style *s);

#endif
