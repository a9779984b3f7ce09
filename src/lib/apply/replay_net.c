/* SPDX-License-Identifier: MIT */
#include "apply/replay_net.h"

#include <stdlib.h>

#include "base/array.h"
#include "sink/samekey.h"

#define NO_CHAIN ((size_t)-1)

/* ---- chains */

static size_t
root_of(const struct replay_net *net, size_t chain)
{
	while (net->chains[chain].same != chain)
		chain = net->chains[chain].same;
	return chain;
}

static void
join(struct replay_net *net, size_t chain, size_t to)
{
	net->chains[root_of(net, chain)].same = root_of(net, to);
}

static size_t
chain_of(struct replay_net *net, struct span name)
{
	uint64_t hash = hash_span(name, hash_seed());
	struct hash_slot *slot = hash_find(&net->names, hash);

	while (slot && !span_is(name, net->chains[hash_value(slot)].name))
		slot = hash_next(&net->names, slot);
	if (slot)
		return hash_value(slot);
	hash_add(&net->names, hash, net->nchains);
	*ARRAY_PUSH(net->chains, net->nchains, net->chains_cap) =
	    (struct net_chain){ .name = xmemdup(name.p, name.n),
		.first = NO_CHAIN, .last = NO_CHAIN };
	net->chains[net->nchains - 1].same = net->nchains - 1;
	return net->nchains - 1;
}

/* Keys of other columns may be those of the same rows. */
static bool
same_columns(struct net_chain *table, struct span key)
{
	struct buf names = { 0 };
	bool same = samekey_put_columns(&names, key);

	if (same && !table->columns)
		table->columns = xmemdup(names.p, names.n);
	same = same && span_is(buf_view(&names), table->columns);
	buf_free(&names);
	return same;
}

void
replay_net_add(struct replay_net *net, struct span entry, struct span table,
    struct span key, bool second)
{
	struct net_entry e = { .at = net->text.n, .n = entry.n,
		.chain = NO_CHAIN };
	struct buf name = { 0 };

	buf_span(&net->text, entry);
	buf_char(&net->text, '\n');
	if (table.p) {
		samekey_put_table(&name, table);
		e.table = e.chain = chain_of(net, buf_view(&name));
		buf_char(&name, ' ');
		if (key.p && samekey_put(&name, key) &&
		    same_columns(&net->chains[e.table], key))
			e.chain = chain_of(net, buf_view(&name));
		else
			net->chains[e.table].whole = true;
		if (second && net->n && net->v[net->n - 1].chain != NO_CHAIN)
			join(net, e.chain, net->v[net->n - 1].chain);
	}
	*ARRAY_PUSH(net->v, net->n, net->cap) = e;
	buf_free(&name);
}

/* together: all that is left of a table. */
static void
link_entries(struct replay_net *net, bool together)
{
	for (size_t i = 0; i < net->nchains; i++)
		net->chains[i].first = net->chains[i].last = NO_CHAIN;
	for (size_t i = 0; i < net->n; i++) {
		struct net_entry *e = &net->v[i];

		e->next = NO_CHAIN;
		if (e->chain != NO_CHAIN && (together ||
		    net->chains[e->table].whole))
			join(net, e->chain, e->table);
	}
	for (size_t i = 0; i < net->n; i++) {
		struct net_entry *e = &net->v[i];
		struct net_chain *chain;

		if (e->chain == NO_CHAIN || e->done)
			continue;
		chain = &net->chains[root_of(net, e->chain)];
		if (chain->first == NO_CHAIN)
			chain->first = i;
		else
			net->v[chain->last].next = i;
		chain->last = i;
	}
}

/* ---- to try them */

static struct span
text_of(const struct replay_net *net, const struct net_entry *e)
{
	return (struct span){ net->text.p + e->at, e->n };
}

static int
try_chain(struct replay_net *net, size_t first, bool together,
    const struct replay_net_how *how, uint64_t *done, struct err *err)
{
	int got = 1;

	for (size_t i = first; i != NO_CHAIN && got > 0; i = net->v[i].next)
		got = how->take(how->arg, text_of(net, &net->v[i]), i == first,
		    err);
	if (got >= 0)
		got = how->end(how->arg, got > 0, together, err);
	for (size_t i = first; i != NO_CHAIN && got > 0; i = net->v[i].next) {
		net->v[i].done = true;
		++*done;
	}
	return got;
}

/* A record that is alone was tried; but what was in its way may be gone. */
static bool
is_to_try(const struct replay_net *net, const struct net_chain *chain,
    bool again)
{
	return chain->first != NO_CHAIN && !net->v[chain->first].done &&
	    (again || chain->first != chain->last);
}

/* Until none comes in any more. */
static int
try_all(struct replay_net *net, bool together,
    const struct replay_net_how *how, uint64_t *done, struct err *err)
{
	bool again = false, more = true;
	int got;

	link_entries(net, together);
	for (; more; again = true) {
		more = false;
		for (size_t i = 0; i < net->nchains; i++) {
			if (!is_to_try(net, &net->chains[i], again))
				continue;
			got = try_chain(net, net->chains[i].first, together,
			    how, done, err);
			if (got < 0)
				return -1;
			more = more || got > 0;
		}
	}
	return 0;
}

int
replay_net_try(struct replay_net *net, const struct replay_net_how *how,
    uint64_t *done, struct err *err)
{
	*done = 0;
	return try_all(net, false, how, done, err) < 0 ? -1 :
	    try_all(net, true, how, done, err);
}

void
replay_net_left(const struct replay_net *net, struct buf *out)
{
	for (size_t i = 0; i < net->n; i++)
		if (!net->v[i].done) {
			buf_span(out, text_of(net, &net->v[i]));
			buf_char(out, '\n');
		}
}

void
replay_net_clear(struct replay_net *net)
{
	for (size_t i = 0; i < net->nchains; i++) {
		free(net->chains[i].name);
		free(net->chains[i].columns);
	}
	free(net->chains);
	free(net->v);
	hash_clear(&net->names);
	buf_free(&net->text);
}
