/* SPDX-License-Identifier: MIT
 *
 * A command for each record, batch, transaction or table of a batch.
 */
#include "exec/exec.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "exec/child.h"
#include "exec/handlers.h"
#include "exec/unit.h"
#include "exec/arguments.h"

struct exec_lane {
	const struct exec_options *opt;
	struct unit_reader reader;
	struct arguments *words;    /* of the command; NULL: handlers */
	struct handlers *handlers;
};

static void
free_lane(struct exec_lane *l)
{
	arguments_free(l->words);
	handlers_free(l->handlers);
	unit_reader_free(&l->reader);
	free(l);
}

static void *
open_lane(void *options, unsigned lane, struct err *err)
{
	const struct exec_options *opt = options;
	struct exec_lane *l = xcalloc(1, sizeof(*l));

	l->opt = opt;
	unit_reader_open(&l->reader, opt);
	if (opt->handlers)
		l->handlers = handlers_open(opt, lane == 0, err);
	else
		l->words = arguments_open(opt->command,
		    opt->per == PER_RECORD && !opt->literal,
		    opt->delivery.shape, err);
	if (l->words || l->handlers)
		return l;
	free_lane(l);
	return NULL;
}

/* The end of a command as what became of its records. */
static int
judge(struct sink_batch *b, enum child_end end, struct err *err)
{
	if (end == CHILD_DONE)
		return 0;
	b->exhausts = end == CHILD_FAILED;
	err->kind = end == CHILD_BAD ? ERR_DATA :
	    end == CHILD_UNUSABLE ? ERR_CONFIG : ERR_RETRY;
	return -1;
}

/* Run the command for what the reader has: 0; -1 as sink->put(). */
static int
run(struct exec_lane *l, struct sink_batch *b, struct err *err)
{
	struct unit_reader *u = &l->reader;
	struct arguments *words = l->words;
	char *const *argv, *const *env;
	struct child child = { 0 };

	if (l->handlers) {
		words = handlers_find(l->handlers, &u->rec, err);
		if (!words)
			return err->kind ? -1 : 0;
	}
	argv = arguments_of(words, &u->rec, err);
	env = argv ? arguments_environment(words, &u->rec,
	    unit_variables(l->opt), l->opt->per == PER_RECORD ? 0 : u->n,
	    err) : NULL;
	if (!env || child_start(&child, argv, env, false, err) < 0)
		return -1;
	return judge(b, child_feed(&child, buf_view(&u->input),
	    l->opt->timeout_ms, err), err);
}

static int
put(void *lane, struct sink_batch *b, struct err *err)
{
	struct exec_lane *l = lane;
	int got;

	while ((got = unit_next(&l->reader, b, err)) > 0) {
		if (run(l, b, err) < 0)
			break;
		unit_done(&l->reader, b);
	}
	return got ? unit_failed(&l->reader, b) : 0;
}

static int
close_lane(void *lane, bool well, struct err *err)
{
	struct exec_lane *l = lane;
	int status = 0;

	if (l->handlers && well)
		status = handlers_end(l->handlers, err);
	free_lane(l);
	return status;
}

const struct sink exec_sink = { open_lane, put, close_lane };

int
exec_check(const struct exec_options *opt, struct err *err)
{
	if (!opt->handlers && !opt->command[0])
		return err_set(err, ERR_USAGE, "no command: cdc-exec [options] "
		    "-- COMMAND [ARGUMENT ...], or --handlers DIR");
	if (opt->handlers && opt->command[0])
		return err_set(err, ERR_USAGE, "--handlers runs the programs "
		    "of a folder, and no command beside them");
	if (opt->handlers && (opt->keep_alive || opt->per == PER_TRANSACTION))
		return err_set(err, ERR_USAGE, "--handlers cannot be combined "
		    "with %s", opt->keep_alive ? "--keep-alive" :
		    "--per transaction");
	return delivery_check(&opt->delivery, err);
}
