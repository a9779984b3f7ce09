/* SPDX-License-Identifier: MIT */
#include "schema/pack.h"

#include "base/alloc.h"

static void
put_number(struct buf *out, uint64_t v)
{
	buf_le(out, v, 8);
}

void
pack_text(struct buf *out, const char *text)
{
	put_number(out, text ? strlen(text) + 1 : 0);
	if (text)
		buf_str(out, text);
}

char *
pack_take_text(struct cursor *in)
{
	uint64_t n = take_u64(in);
	struct span text = n ? take_span(in, n - 1) : (struct span){ NULL, 0 };

	return text.p ? xmemdup(text.p, text.n) : NULL;
}

static void
pack_column(struct buf *out, const struct schema_column *c)
{
	pack_text(out, c->name);
	pack_text(out, c->type);
	pack_text(out, c->suffix);
	pack_text(out, c->charset);
	pack_text(out, c->fallback);
	pack_text(out, c->comment);
	put_number(out, c->is_unsigned | c->required << 1 |
	    c->auto_increment << 2 | c->generated << 3 | c->row_time << 4 |
	    c->on_update << 6 | c->computed << 7 | c->told << 8);
	put_number(out, (uint64_t)c->length);
	put_number(out, (uint64_t)c->scale);
	put_number(out, c->nlabels);
	for (size_t i = 0; i < c->nlabels; i++)
		pack_text(out, c->labels[i]);
}

static void
unpack_column(struct cursor *in, struct schema_column *c)
{
	uint64_t flags;

	c->name = pack_take_text(in);
	c->type = pack_take_text(in);
	c->suffix = pack_take_text(in);
	c->charset = pack_take_text(in);
	c->fallback = pack_take_text(in);
	c->comment = pack_take_text(in);
	flags = take_u64(in);
	c->is_unsigned = flags & 1;
	c->required = flags >> 1 & 1;
	c->auto_increment = flags >> 2 & 1;
	c->generated = flags >> 3 & 1;
	c->row_time = (enum row_time)(flags >> 4 & 3);
	c->on_update = flags >> 6 & 1;
	c->computed = flags >> 7 & 1;
	c->told = flags >> 8 & 1;
	c->length = (int64_t)take_u64(in);
	c->scale = (int64_t)take_u64(in);
	c->nlabels = take_u64(in);
	c->labels = c->nlabels ? xcalloc(c->nlabels, sizeof(char *)) : NULL;
	for (size_t i = 0; i < c->nlabels; i++)
		c->labels[i] = pack_take_text(in);
}

void
schema_pack(struct buf *out, const struct schema_table *t)
{
	put_number(out, t->complete | t->versioned << 1 | t->merges << 2);
	pack_text(out, t->charset);
	pack_text(out, t->comment);
	put_number(out, t->ncolumns);
	for (size_t i = 0; i < t->ncolumns; i++)
		pack_column(out, &t->columns[i]);
	put_number(out, t->nkeys);
	for (size_t i = 0; i < t->nkeys; i++) {
		const struct schema_key *key = &t->keys[i];

		pack_text(out, key->name);
		put_number(out, key->primary | key->plain << 1 |
		    key->partial << 2 | key->period << 3 |
		    key->hashed << 4);
		put_number(out, key->ncolumns);
		for (size_t k = 0; k < key->ncolumns; k++)
			pack_text(out, key->columns[k]);
	}
}

struct schema_table *
schema_unpack(struct cursor *in)
{
	struct schema_table *t = schema_table_new();
	uint64_t flags = take_u64(in), n;

	t->complete = flags & 1;
	t->versioned = flags >> 1 & 1;
	t->merges = flags >> 2 & 1;
	t->charset = pack_take_text(in);
	t->comment = pack_take_text(in);
	for (n = take_u64(in); n > 0; n--)
		unpack_column(in, schema_add_column(t));
	for (n = take_u64(in); n > 0; n--) {
		char *name = pack_take_text(in);
		uint64_t kind = take_u64(in);
		struct schema_key *key = schema_add_key(t, kind & 1);

		key->plain = kind >> 1 & 1;
		key->partial = kind >> 2 & 1;
		key->period = kind >> 3 & 1;
		key->hashed = kind >> 4 & 1;
		key->name = name;
		for (uint64_t k = take_u64(in); k > 0; k--)
			schema_key_add(key, pack_take_text(in));
	}
	return t;
}

size_t
schema_table_cost(const struct schema_table *t)
{
	size_t cost = sizeof(*t);

	for (size_t i = 0; i < t->ncolumns; i++) {
		const struct schema_column *c = &t->columns[i];

		cost += sizeof(*c) + 96 + (c->comment ? strlen(c->comment) :
		    0) + (c->fallback ? strlen(c->fallback) : 0);
		for (size_t k = 0; k < c->nlabels; k++)
			cost += sizeof(char *) + 24 + strlen(c->labels[k]);
	}
	for (size_t i = 0; i < t->nkeys; i++)
		cost += sizeof(*t->keys) + 64 + 40 * t->keys[i].ncolumns;
	return cost;
}
