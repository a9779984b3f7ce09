#include "json.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* memory, text, chance */

enum { CHUNK = 1 << 22 };

static struct chunk {
	struct chunk *next;
	size_t used, size;
	max_align_t data[];
} *chunks, *spare;

static void *
must(void *p)
{
	if (!p) {
		fputs("out of memory\n", stderr);
		exit(71);
	}
	return p;
}

static struct chunk *
chunk_new(size_t size)
{
	struct chunk *c = spare;

	if (c && c->size >= size) {
		spare = c->next;
	} else {
		size = size > CHUNK ? size : CHUNK;
		c = must(malloc(sizeof *c + size));
		c->size = size;
	}
	c->used = 0;
	c->next = chunks;
	return chunks = c;
}

void *
arena(size_t size)
{
	struct chunk *c = chunks;
	void *p;

	size = (size + 15) & ~(size_t)15;
	if (!c || c->size - c->used < size)
		c = chunk_new(size);
	p = (char *)c->data + c->used;
	c->used += size;
	return p;
}

void
arena_clear(void)
{
	struct chunk *c;

	while ((c = chunks)) {
		chunks = c->next;
		if (c->size == CHUNK) {
			c->next = spare;
			spare = c;
		} else {
			free(c);
		}
	}
}

void
put(struct buf *b, const char *p, size_t n)
{
	if (b->room - b->n < n + 1) {
		b->room = (b->n + n + 1) * 2;
		b->p = must(realloc(b->p, b->room));
	}
	memcpy(b->p + b->n, p, n);
	b->n += n;
	b->p[b->n] = '\0';
}

void
put_str(struct buf *b, const char *s)
{
	put(b, s, strlen(s));
}

static uint64_t state;

void
rnd_seed(uint64_t seed)
{
	state = seed;
}

/* splitmix64 */
static uint64_t
rnd(void)
{
	uint64_t z = state += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

unsigned
below(unsigned n)
{
	return (unsigned)((rnd() >> 32) * n >> 32);
}

bool
chance(unsigned in_1000)
{
	return in_1000 && below(1000) < in_1000;
}

struct text
str(const char *s)
{
	return (struct text){ s, strlen(s) };
}

struct text
text_dup(const char *p, size_t n)
{
	char *copy = arena(n + 1);

	memcpy(copy, p, n);
	copy[n] = '\0';
	return (struct text){ copy, n };
}

struct text
join3(struct text a, struct text b, struct text c)
{
	char *p = arena(a.n + b.n + c.n + 1), *to = p;

	memcpy(to, a.p, a.n);
	memcpy(to += a.n, b.p, b.n);
	memcpy(to += b.n, c.p, c.n);
	to[c.n] = '\0';
	return (struct text){ p, a.n + b.n + c.n };
}

struct text
fmt(const char *format, ...)
{
	char *line;
	va_list ap;
	struct text t;

	va_start(ap, format);
	if (vasprintf(&line, format, ap) < 0)
		must(NULL);
	va_end(ap);
	t = text_dup(line, strlen(line));
	free(line);
	return t;
}

bool
text_eq(struct text a, struct text b)
{
	return a.n == b.n && (!a.n || memcmp(a.p, b.p, a.n) == 0);
}

bool
text_is(struct text a, const char *s)
{
	return text_eq(a, str(s));
}

static int
fold(int c)
{
	return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

bool
text_fold_eq(struct text a, struct text b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (fold(a.p[i]) != fold(b.p[i]))
			return false;
	return true;
}

/* trees */

struct node *
j_word(enum kind kind)
{
	struct node *n = arena(sizeof *n);

	*n = (struct node){ .kind = kind };
	return n;
}

struct node *
j_number(struct text t)
{
	struct node *n = j_word(J_NUMBER);

	n->text = t;
	return n;
}

struct node *
j_string(struct text t)
{
	struct node *n = j_word(J_STRING);

	n->text = t;
	return n;
}

struct node *
j_array(struct node **value, size_t count)
{
	struct node *n = j_word(J_ARRAY);

	n->value = arena(sizeof *n->value * (count + 1));
	if (count)
		memcpy(n->value, value, sizeof *value * count);
	n->count = count;
	return n;
}

struct node *
j_embed(struct node *value)
{
	struct node *n = j_array(&value, 1);

	n->kind = J_EMBED;
	return n;
}

struct node *
j_object(void)
{
	return j_word(J_OBJECT);
}

static size_t
place(const struct node *object, struct text name)
{
	size_t i;

	for (i = 0; i < object->count; i++)
		if (text_eq(object->name[i], name))
			break;
	return i;
}

struct node *
get_text(const struct node *object, struct text name)
{
	size_t i;

	if (!object || object->kind != J_OBJECT)
		return NULL;
	i = place(object, name);
	return i < object->count ? object->value[i] : NULL;
}

struct node *
get(const struct node *object, const char *name)
{
	return get_text(object, str(name));
}

static struct node *
copy_room(const struct node *object, size_t more)
{
	struct node *n = j_object();
	size_t room = object->count + more;

	*n = *object;
	n->name = arena(sizeof *n->name * (room + 1));
	n->value = arena(sizeof *n->value * (room + 1));
	if (object->count) {
		memcpy(n->name, object->name,
		    sizeof *n->name * object->count);
		memcpy(n->value, object->value,
		    sizeof *n->value * object->count);
	}
	return n;
}

struct node *
with(const struct node *object, struct text name, struct node *value)
{
	struct node *n = copy_room(object, 1);
	size_t i = place(object, name);

	if (i == n->count)
		n->count++;
	n->name[i] = name;
	n->value[i] = value;
	return n;
}

struct node *
with_s(const struct node *object, const char *name, struct node *value)
{
	return with(object, str(name), value);
}

struct node *
without(const struct node *object, struct text name)
{
	struct node *n = copy_room(object, 0);
	size_t i = place(object, name);

	if (i == n->count)
		return n;
	n->count--;
	memmove(n->name + i, n->name + i + 1,
	    sizeof *n->name * (n->count - i));
	memmove(n->value + i, n->value + i + 1,
	    sizeof *n->value * (n->count - i));
	return n;
}

static bool
same_members(const struct node *got, const struct node *want)
{
	if (got->count != want->count)
		return false;
	for (size_t i = 0; i < want->count; i++) {
		size_t at = i;

		if (!text_eq(got->name[at], want->name[i])) {
			if (want->ordered)
				return false;
			at = place(got, want->name[i]);
		}
		if (at == got->count ||
		    !json_same(got->value[at], want->value[i]))
			return false;
	}
	return true;
}

bool
json_same(const struct node *got, const struct node *want)
{
	char why[160];

	switch (want->kind) {
	case J_ANY:
		return true;
	case J_EMBED:
		if (got->kind == J_EMBED)
			return json_same(got->value[0], want->value[0]);
		if (got->kind != J_STRING)
			return false;
		got = json_read(got->text.p, got->text.n, why);
		return got && json_same(got, want->value[0]);
	case J_OBJECT:
		return got->kind == J_OBJECT && same_members(got, want);
	case J_ARRAY:
		if (got->kind != J_ARRAY || got->count != want->count)
			return false;
		for (size_t i = 0; i < want->count; i++)
			if (!json_same(got->value[i], want->value[i]))
				return false;
		return true;
	default:
		return got->kind == want->kind &&
		    text_eq(got->text, want->text);
	}
}

void
buf_free(struct buf *b)
{
	free(b->p);
	*b = (struct buf){ 0 };
}
