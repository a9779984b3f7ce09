/* SPDX-License-Identifier: MIT
 *
 * Where cdc-tail reads from: files or a server, and where it starts.
 */
#ifndef TAIL_INPUT_H
#define TAIL_INPUT_H

#include "source/file.h"
#include "source/server.h"
#include "tail/range.h"
#include "state/states.h"
#include "incremental/incremental.h"
#include "tail/tail.h"

struct tail_input {
	char **paths;                   /* files … */
	size_t npaths;
	struct file_options files;
	struct db_options db;           /* … or a server */
	struct server_options server;
	struct states states;           /* --state */
	struct incremental_options incremental; /* --signal */
	bool any_lists;                 /* --accept-lists */
	bool trust_schema;              /* what the server says of tables now
	                                 * holds for older events, too */
	bool lower_names;               /* of files: their server stores names
	                                 * of tables in small letters */

	struct binlog_source *src;
	struct db *connection;
	struct db *asking;      /* beside it, for questions; or NULL */
	struct table_form form;       /* of what is copied */
	struct gtid_list begin;         /* of a server: read after these */
	char *begin_file;               /* … which is here; NULL: the first */
	uint64_t begin_pos;             /* group says where */
	struct schemas *schemas;        /* opt's */
	struct tail_feed feed;          /* what tail_run() gets of it */
};

/* Is a server named? */
bool tail_input_live(const struct tail_input *in);

/* Open in->src and in->feed, tell opt what follows from it, and make of
 * --state, --from and --until (in w) positions that the source knows: of a
 * server, GTIDs. */
int tail_input_open(struct tail_input *in, struct tail_options *opt,
    struct range *w, struct err *err);
void tail_input_close(struct tail_input *in);

#endif
