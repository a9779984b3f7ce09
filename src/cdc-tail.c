/* SPDX-License-Identifier: MIT
 *
 * cdc-tail - print row changes from the binlog as JSON records
 *
 * A log in, one line for every committed row change out, in Debezium's event
 * format; with --control also what a sink needs to keep a position.  A group is
 * printed once its end is known to be a commit.  The sink writes the position;
 * if there is none, --write-state does.  See cdc-tail(1), cdc-event(5) and
 * cdc-state(5).
 */
#include <stdlib.h>

#include "cdc.h"
#include "tail/command.h"
#include "tail/run.h"

static const struct tool tool = {
	.name = "cdc-tail",
	.summary = "print row changes from the binlog as JSON records",
	.synopsis = "[options] FILE ... | -h HOST",
	.options = tail_rows,
};

static void
run(struct tail_command *opt, struct err *err)
{
	struct group_options how = {
		.tolerant = opt->on_error == ON_ERROR_WARN,
		.xa_at_prepare = opt->xa == XA_PREPARE,
	};
	struct binlog_source *src = opt->in.src;
	struct group_reader *reader = group_reader_new(src, &how);

	if (src->live)
		group_begin_behind(reader, &opt->in.begin);
	tail_run(&opt->tail, &opt->in, reader, &opt->window, err);
	if (group_tolerated(reader))
		log_warn("%llu event%s left out",
		    (unsigned long long)group_tolerated(reader),
		    group_tolerated(reader) == 1 ? " was" : "s were");
	group_reader_free(reader);
}

/* Files, or a server. */
static void
take_operands(struct tail_input *in, int argc, char **argv, int first)
{
	in->paths = argv + first;
	in->npaths = (size_t)(argc - first);
	if (in->npaths && in->db.defaults_file && !in->db.host &&
	    !in->db.socket)
		in->db.defaults_file = NULL;    /* as of ~/.my.cnf: files win */
	if (tail_input_live(in) ? in->npaths > 0 : in->npaths == 0)
		cli_usage(&tool, in->npaths ? "give files or a server, not "
		    "both" :
		    "no FILE given ('-' is standard input), and no server");
}

/* --control: a sink should know, whatever its shell tells of a pipe. */
static void
tell_end(const struct tail_options *opt, const struct err *err)
{
	struct buf prefix = { 0 };

	json_words(&prefix, span_of(opt->prefix));
	if (opt->control)
		end_print(buf_view(&prefix), err);
	buf_free(&prefix);
}

int
main(int argc, char **argv)
{
	struct tail_command opt;
	struct err err = { 0 };
	int first;

	tail_command_init(&opt);
	first = cli_parse(&tool, argc, argv, &opt);
	take_operands(&opt.in, argc, argv, first);
	out_open();
	if (tail_command_settle(&opt, tail_input_live(&opt.in), &err) == 0 &&
	    tail_input_open(&opt.in, &opt.tail, &opt.window, &err) == 0)
		run(&opt, &err);
	if (stop_requested() && err.kind == ERR_RETRY)
		err_clear(&err);        /* a wait was ended */
	tell_end(&opt.tail, &err);
	tail_input_close(&opt.in);
	tail_command_clear(&opt);
	return cli_finish(&err);
}
