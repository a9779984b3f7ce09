/* Lines that are wrong: by a value, a name too much, a byte, a type. */
#include "property.h"

#include <string.h>

static const struct text wrong[] = {
#define W(s) { s, sizeof s - 1 }
	W("NaN"), W("nan"), W("-"), W("+1"), W("01"), W("1."), W(".5"),
	W("Infinity"), W("-Infinity"), W("inf"), W("0x10"), W("1e"), W("1e+"),
	W("--1"), W("1-1"), W("'x'"), W("undefined"), W("True"), W("nul"),
	W("nulll"), W("truefalse"), W("1 1"), W("1,"), W(",1"), W(""),
	W("/*x*/1"), W("1//x"), W("#1"), W("[1,]"), W("[,]"), W("[1 2]"),
	W("[1}"), W("{]"), W("{\"a\"}"), W("{\"a\":}"), W("{\"a\":1,}"),
	W("{a:1}"), W("{'a':1}"), W("{\"a\" 1}"), W("{1:1}"), W("{\"a\"::1}"),
	W("\"\x01\""), W("\"a\tb\""), W("\"\0\""),
	W("\"\x1f\""), W("\"\\x41\""), W("\"\\u12\""), W("\"\\u12g4\""),
	W("\"\\'\""), W("\"\\\""), W("\"\xff\""), W("\"\xc0\x80\""),
	W("\"\xc3\""), W("\"\xed\xa0\x80\""), W("\"\xf4\x90\x80\x80\""),
	W("\"\xe2\x28\xa1\""), W("\"\x80\""), W("\xc2\xa0" "1"),
	W("\xef\xbb\xbf" "1"), W("\x0b" "1"), W("\x0c" "1"), W("\x00" "1"),
	W("1\x00"), W("\"a\"\"b\""), W("\"a\"b"), W("[\"a\":1]"), W(":"),
	W("}"), W("]"), W("[["), W("{\"a\":"), W("1}"), W("1]"), W("\""),
};

static const char *const odd[] = {
	"null", "true", "0", "1.10", "\"\"", "\"x\"", "[]", "{}", "[1,2]",
	"[null]", "{\"a\":1}", "\"{\"", "\"null\"", "\"{}\"", "\"[]\"",
	"[{}]", "\"NaN\"", "{\"\":{}}", "[\"a\"]", "[\"a\",1]",
};

static struct node *
raw(struct text t)
{
	return j_number(t);
}

struct change {
	enum { CHANGE_WRONG, CHANGE_TWICE, CHANGE_DEEP, CHANGE_HALF } how;
	bool done;
	bool inner;	/* where a program need not look */
	bool deep;	/* more than 512 */
	bool kcat;	/* the payload is JSON in a string */
	bool inside;	/* and there it is */
};

static struct node *
deep(unsigned depth)
{
	char *p = arena(2 * depth + 1);

	memset(p, '[', depth);
	memset(p + depth, ']', depth);
	return raw((struct text){ p, 2 * depth });
}

static struct node *
changed_value(struct change *c)
{
	static const char *const half[] = { "\"\\ud800\"", "\"\\udc00x\"",
		"\"\\udc00\\ud800\"", "\"\\uDBFF\\\\\"" };

	switch (c->how) {
	case CHANGE_WRONG:
		return raw(wrong[below(sizeof wrong / sizeof *wrong)]);
	case CHANGE_HALF:
		return raw(str(half[below(4)]));
	default:
		c->deep = below(2);
		return deep(c->deep ? 512u << below(9) : 400);
	}
}

/* With one more member of a name that is there. */
static struct node *
twice(const struct node *object)
{
	size_t i = below((unsigned)object->count);
	struct node *n = with(object, fmt("%u", below(1000000) + 1000000),
	    j_word(J_NULL));

	n->name[n->count - 1] = object->name[i];
	n->value[n->count - 1] = below(2) ? object->value[i] :
	    value_make(false);
	return n;
}

/* Members whose own members have one name each. */
static bool
looked_into(struct text name)
{
	return text_is(name, "source") || text_is(name, "transaction") ||
	    text_is(name, "payload");
}

/* Somewhere in a tree; `outer`: of the line, its envelope, its source. */
static struct node *
change(const struct node *n, struct change *c, bool outer)
{
	struct node *m;
	size_t i;

	if (n->kind == J_EMBED && outer && c->kcat && !c->inside) {
		c->inside = true;
		return j_embed(change(n->value[0], c, true));
	}
	if (n->kind != J_OBJECT || !n->count) {
		c->done = c->how != CHANGE_TWICE;
		return c->done ? changed_value(c) : (struct node *)n;
	}
	if (c->how == CHANGE_TWICE && chance(400)) {
		c->done = true;
		c->inner = !outer;
		return twice(n);
	}
	m = with(n, n->name[0], n->value[0]);
	i = below((unsigned)n->count);
	if (get(n, "payload") && chance(600))
		while (!text_is(m->name[i], "payload"))
			i = (i + 1) % n->count;
	m->value[i] = change(n->value[i], c, outer && looked_into(m->name[i]));
	return m;
}

/* A member of the line, the payload or the source of an odd type, or gone. */
static struct node *
odd_type(const struct node *n, bool enter)
{
	struct node *m;
	size_t i;

	if (n->kind == J_EMBED && enter)
		return j_embed(odd_type(n->value[0], true));
	if (n->kind != J_OBJECT || !n->count)
		return raw(str(odd[below(sizeof odd / sizeof *odd)]));
	m = with(n, n->name[0], n->value[0]);
	i = below((unsigned)n->count);
	if (chance(300) && enter)
		return with(m, str("headers"), raw(str(odd[below(20)])));
	if (text_is(n->name[i], "payload") || text_is(n->name[i], "source")) {
		m->value[i] = odd_type(n->value[i], enter);
		return m;
	}
	if (chance(200))
		return without(m, n->name[i]);
	m->value[i] = raw(str(odd[below(20)]));
	return m;
}

static void
mutate(struct buf *b, size_t from)
{
	static const char useful[] = "{}[]\",:\\0-.etn \t\x00\xff";

	for (unsigned n = 1 + below(3); n; n--) {
		size_t room = b->n - 1 - from, at, len;

		if (!room)
			return;
		at = from + below((unsigned)room);
		len = 1 + below(chance(200) ? 40 : 1);
		if (len > b->n - 1 - at)
			len = b->n - 1 - at;
		switch (below(3)) {
		case 0:
			b->p[at] = (char)below(256);
			break;
		case 1:
			b->p[at] = useful[below(sizeof useful - 1)];
			break;
		default:
			memmove(b->p + at, b->p + at + len, b->n - at - len);
			b->n -= len;
		}
		if (b->p[at] == '\n' && at != b->n - 1)
			b->p[at] = ' ';
	}
}

static const char *const no_record[] = {
	"", " ", "1", "-", "[]", "\"x\"", "true", "nan", "{", "}", "{}",
	"{\"topic\":\"t\"}", "{\"payload\":null}", "{\"payload\":{}}",
	"\xef\xbb\xbf{}", "{\"topic\":\"t\",\"key\":null,\"payload\":{}} x",
	"{\"topic\":\"t\",\"key\":null,\"payload\":null}}",
	"{\"topic\":\"t\",\"key\":null,\"payload\":null}{}",
	"{\"topic\":\"t\",\"key\":null,\"payload\":null},",
};

enum demand
hostile_make(struct world *w, struct rec *r, struct buf *b, struct text *what)
{
	struct change c = { .how = below(2), .kcat = r->shape == KCAT ||
		r->shape == KCAT_SCHEMA };
	size_t from = b->n;
	struct rec copy;

	switch (below(10)) {
	case 0:
		put_str(b, no_record[below(sizeof no_record /
		    sizeof *no_record)]);
		put(b, "\n", 1);
		r->line = NULL;
		*what = str("no record");
		return SOUND;
	case 1:
	case 2:
		line_write(r, b, &w->style);
		mutate(b, from);
		*what = str("mutated");
		return SOUND;
	case 3:
	case 4:
		copy = *r;
		copy.line = odd_type(r->line, true);
		line_write(&copy, b, &w->style);
		*what = str("odd type");
		return FAIR;
	case 5:
		c.how = chance(500) ? CHANGE_DEEP : CHANGE_HALF;
		break;
	}
	copy = *r;
	for (int i = 0; i < 20 && !c.done; i++) {
		c.inside = false;
		copy.line = change(r->line, &c, true);
	}
	/* what is no UTF-8 must stay so in the string that it lies in */
	if (c.inside)
		line_write(&copy, b, &(struct style){ .space = 100 });
	else
		line_write(&copy, b, &w->style);
	r->inside = c.inside;
	*what = str((const char *[]){ "wrong value", "member twice", "deep",
	    "half surrogate" }[c.how]);
	if (!c.done)
		return SOUND;
	if (c.how == CHANGE_TWICE && (c.inner || r->what != ENVELOPE))
		return FAIR;
	/* the value that --where asks for may be gone */
	return c.how == CHANGE_DEEP && !c.deep ? SOUND : REFUSE;
}
