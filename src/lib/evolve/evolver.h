/* SPDX-License-Identifier: MIT
 *
 * --schema-evolution, and what it works with.
 */
#ifndef EVOLVE_EVOLVER_H
#define EVOLVE_EVOLVER_H

#include "target/execute.h"
#include "target/mapping.h"
#include "target/offsets_table.h"

enum evolution { EVOLVE_NONE, EVOLVE_CHECK, EVOLVE_ADD, EVOLVE_DDL };

struct evolver {
	/* set by the caller */
	enum evolution evolution;
	const struct ways *ways;
	const struct table_options *tables;
	bool skip_replication;
	struct db *db;          /* of rows: it is asked; what commits by itself
	                         * has a connection of its own */
	struct executor *x;     /* --dry-run */
	struct offsets_table *position;
	struct schemas *schemas;        /* of the source's tables */
	const struct known_modes *modes;
	struct left *left;

	/* After an error, of which arg knows what to do: may it be tried again,
	 * what is executed by a connection of its own; (0, -1) what is asked
	 * over db; what is executed, after all of the open transaction is
	 * rolled back? */
	void *arg;
	bool (*again)(void *arg, uint64_t tries, struct err *err);
	int (*ask_again)(void *arg, uint64_t tries, struct err *err);
	int (*do_again)(void *arg, uint64_t tries, struct err *err);

	struct {                /* a statement that was begun, as it was found
	                         * when we began: */
		struct buf gtid, ddl;   /* empty: none */
		uint64_t number;        /* 0: it does not say */
		bool executed;
	} begun;
	struct db *spare;       /* source_session.h; or NULL */
	struct buf numbered;    /* GTID of the newest statement, … */
	uint64_t number;        /* … which it is of its transaction, from 1 */
};

#endif
