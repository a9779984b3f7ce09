/* SPDX-License-Identifier: MIT
 *
 * What stays of a dead letter queue after its records were tried one by one.
 * A value that one of them has for a while may belong to another row today,
 * although a later record of its key gives it up: records of one key, up to
 * the end of the queue, can come in together, as the state that they lead to.
 * Rows that exchanged values can only come in all at once.
 */
#ifndef APPLY_REPLAY_NET_H
#define APPLY_REPLAY_NET_H

#include "base/buf.h"
#include "base/err.h"
#include "base/hash.h"

struct net_entry {
	size_t at, n;           /* in the text, without its newline */
	size_t chain, table;    /* that it belongs to; NO_CHAIN: none */
	size_t next;            /* of its chain */
	bool done;
};

/* Entries of one key, and of those that a row has moved to; or of a table. */
struct net_chain {
	char *name;
	size_t same;            /* the chain that it has become a part of */
	size_t first, last;     /* entries; NO_CHAIN: none */
	char *columns;          /* of a table: those of its keys */
	bool whole;             /* … and all its entries are one chain */
};

struct replay_net {
	struct buf text;        /* of all that stays */
	struct net_entry *v;
	size_t n, cap;
	struct net_chain *chains;
	size_t nchains, chains_cap;
	struct hash names;      /* numbers of chains */
};

/* An entry stays, of a table and a key (p NULL: it may be any); `second`: with
 * the one before it, it is a change of key.  table.p NULL: it cannot be read.
 */
void replay_net_add(struct replay_net *net, struct span entry,
    struct span table, struct span key, bool second);

struct replay_net_how {
	void *arg;
	/* Take in an entry of a chain: 1; 0: it cannot be; -1. */
	int (*take)(void *arg, struct span entry, bool first,
	    struct err *err);
	/* Execute all that was taken (1), or give it up (0); -1.  together: of
	 * several keys, which may be in each other's way. */
	int (*end)(void *arg, bool all, bool together, struct err *err);
};

/* Try the chains, until none comes in any more; *done: how many entries. */
int replay_net_try(struct replay_net *net, const struct replay_net_how *how,
    uint64_t *done, struct err *err);

/* The text of those that are not done. */
void replay_net_left(const struct replay_net *net, struct buf *out);
void replay_net_clear(struct replay_net *net);

#endif
