/* SPDX-License-Identifier: MIT
 *
 * cdc-check - check whether a server is ready for change data capture
 *
 * Examines settings, privileges and tables, and prints what is right, what is
 * wrong and how to fix it.  Exit status 1 if something must be fixed first.
 * See cdc-check(1).
 */
#include <inttypes.h>
#include <stdbool.h>

#include "cdc.h"
#include "check/requirements.h"
#include "check/server_settings.h"
#include "check/logged_statements.h"
#include "check/rights.h"
#include "check/standing.h"

struct options {
	struct db_options db;
	struct states states;
	int job, format;
	bool print_config;
	const char *print_grants;
};

enum { FORMAT_TABLE, FORMAT_JSON };
enum { READ_TIMEOUT_S = 60 };

static const char *const jobs[] = { "tail", "snapshot", "apply", 0 };
static const char *const formats[] = { "table", "json", 0 };

#define OPTIONS struct options
OPTION_READER(read_state, states_add, struct states)
static const struct option_row options[] = {
	SERVER_ROWS(db),
	HEADING_ROW("What to check"),
	CHOICE_ROW("job", job, jobs, "what the account is for"),
	CALL_ROW("state", states, read_state, "FILE",
	    "also report how far behind the sink is that keeps this file; may "
	    "be repeated"),
	CHOICE_ROW("format", format, formats,
	    "a table, or one JSON object per line"),
	HEADING_ROW("What to print instead"),
	FLAG_ROW("print-config", print_config,
	    "print the configuration that passes"),
	TEXT_ROW("print-grants", print_grants, "USER",
	    "print the statements that give an account the privileges for the "
	    "job"),
	END_ROW
};

static const struct tool tool = {
	.name = "cdc-check",
	.summary = "check whether a server is ready for change data capture",
	.synopsis = "[options] -h HOST",
	.options = options,
};

/* The report so far. */
struct report {
	const struct options *opt;
	bool bad;
};

static void
print_behind(struct buf *line, const struct behind *b)
{
	buf_printf(line, ",\"transactions\":%" PRIu64 ",\"seconds\":",
	    b->transactions);
	if (b->purged)
		buf_str(line, "null");
	else
		buf_i64(line, b->seconds);
	buf_printf(line, ",\"purged\":%s", b->purged ? "true" : "false");
}

static void
print_json(const struct finding *f)
{
	struct buf line = { 0 };

	buf_str(&line, "{\"check\":");
	json_words(&line, span_of(f->name));
	json_member(&line, "verdict", span_of(check_words[f->verdict]));
	json_member(&line, "value", span_of(f->value));
	if (f->verdict != CHECK_OK && f->why)
		json_member(&line, "why", span_of(f->why));
	if (f->verdict != CHECK_OK && f->fix)
		json_member(&line, "fix", span_of(f->fix));
	if (f->behind)
		print_behind(&line, f->behind);
	buf_str(&line, "}\n");
	out_put(line.p, line.n);
	buf_free(&line);
}

static void
print_row(const struct finding *f)
{
	struct buf line = { 0 };

	buf_printf(&line, "%-5s %-34s %s\n", check_words[f->verdict], f->name,
	    f->value);
	if (f->verdict != CHECK_OK && f->why)
		buf_printf(&line, "      %s\n", f->why);
	if (f->verdict != CHECK_OK && f->fix)
		buf_printf(&line, "      fix: %s\n", f->fix);
	out_put(line.p, line.n);
	buf_free(&line);
}

static void
report(void *arg, const struct finding *finding)
{
	struct report *r = arg;

	r->bad |= finding->verdict == CHECK_BAD;
	if (r->opt->format == FORMAT_JSON)
		print_json(finding);
	else
		print_row(finding);
}

/* What needs no server; false if there is nothing of that. */
static bool
print_only(const struct options *opt, struct err *err)
{
	struct buf text = { 0 };

	if (opt->print_config)
		check_config(&text);
	if (opt->print_grants)
		check_grants(&text, opt->print_grants,
		    (enum check_job)opt->job, err);
	out_put(text.p, text.n);
	buf_free(&text);
	return opt->print_config || opt->print_grants;
}

/* What is read from the binlog itself. */
static int
check_binlog(struct db *db, struct report *r, struct err *err)
{
	if (r->opt->job == JOB_TAIL &&
	    check_statements(db, report, r, err) < 0)
		return -1;
	return r->opt->states.given ?
	    check_states(db, &r->opt->states, report, r, err) : 0;
}

static int
check(const struct options *opt, struct err *err)
{
	struct report r = { .opt = opt };
	struct db *db = db_new(&opt->db);
	int status = db_connect(db, READ_TIMEOUT_S, err);

	if (status == 0)
		status = check_all(db, (enum check_job)opt->job, report, &r,
		    err);
	if (status == 0)
		status = check_binlog(db, &r, err);
	if (status == 0 && r.bad)
		status = err_set(err, ERR_NO, "%s is not ready for %s",
		    db_name(db), jobs[opt->job]);
	else if (status == 0)
		log_note("%s is ready for %s", db_name(db), jobs[opt->job]);
	db_free(db);
	return status;
}

int
main(int argc, char **argv)
{
	struct options opt = { 0 };
	struct err err = { 0 };

	if (cli_parse(&tool, argc, argv, &opt) < argc)
		cli_usage(&tool, "no operands: -h HOST names the server");
	out_open();
	if (!print_only(&opt, &err))
		check(&opt, &err);
	states_clear(&opt.states);
	return cli_finish(&err);
}
