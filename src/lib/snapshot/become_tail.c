/* SPDX-License-Identifier: MIT */
#include "snapshot/become_tail.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "source/gtid_pos.h"
#include "db/query.h"
#include "db/settings.h"
#include "io/report.h"
#include "io/stop.h"
#include "catalog/sight.h"
#include "tail/write_state.h"

enum { READ_TIMEOUT_S = 60 };

static void
add(struct words *w, const char *option, const char *value)
{
	w->v = xreallocarray(w->v, w->n + 3, sizeof(*w->v));
	w->v[w->n++] = xstrdup(option);
	if (value)
		w->v[w->n++] = xstrdup(value);
	w->v[w->n] = NULL;
}

void
become_tail_option(struct snapshot_options *opt, const struct option_row *row,
    const char *text, bool own)
{
	struct buf name = { 0 };

	if (!own && !opt->tail_only)
		opt->tail_only = row->name;
	if (strcmp(row->name, "state") == 0)    /* ours to judge */
		return;
	buf_printf(&name, "--%s", row->name);
	add(&opt->tail_words, buf_cstr(&name), row->kind == OPT_FLAG ? NULL :
	    text);
	buf_free(&name);
}

void
become_tail_clear(struct snapshot_options *opt)
{
	for (size_t i = 0; i < opt->tail_words.n; i++)
		free(opt->tail_words.v[i]);
	free(opt->tail_words.v);
	opt->tail_words = (struct words){ 0 };
}

bool
become_tail_is_asked(const struct snapshot_options *opt)
{
	return opt->mode >= MODE_INITIAL;
}

/* The one beside us, which speaks as we do; else that of PATH. */
static void
run_tail(char **argv)
{
	char path[4096];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);
	struct buf beside = { 0 };
	char *slash;

	report_block();
	stop_hand_on();
	db_hand_on_password();
	path[n > 0 ? n : 0] = '\0';
	slash = strrchr(path, '/');
	if (slash) {
		buf_put(&beside, path, (size_t)(slash + 1 - path));
		buf_str(&beside, argv[0]);
		execv(buf_cstr(&beside), argv);
		buf_free(&beside);
	}
	execvp(argv[0], argv);
}

int
become_tail(const struct snapshot_options *opt, const struct gtid_list *begin,
    int schemas, struct err *err)
{
	char path[32];
	struct words c = { 0 };
	struct buf gtids = { 0 };

	add(&c, "cdc-tail", "--control");
	add(&c, "--other-domains", "earliest");
	if (begin) {
		gtid_list_print(begin, &gtids);
		add(&c, "--from", buf_cstr(&gtids));
	} else if (opt->done.states.found) {
		add(&c, "--state", opt->done.path);
	} else {
		add(&c, "--from", "earliest");
	}
	if (schemas >= 0) {
		snprintf(path, sizeof(path), "/dev/fd/%d", schemas);
		add(&c, "--schema", path);
		fcntl(schemas, F_SETFD, 0);     /* it stays open */
	}
	/* Of two with one name the last holds: that of a person. */
	for (size_t i = 0; i < opt->tail_words.n; i++)
		add(&c, opt->tail_words.v[i], NULL);
	run_tail(c.v);
	return err_errno(err, ERR_OS, "cannot run cdc-tail");
}

/* Is what follows the state still in the server's logs? */
static int
still_there(const struct snapshot_options *opt, struct err *err)
{
	struct gtid_list oldest = { 0 };
	struct db *db = db_new(&opt->db);
	int there = 1;

	if (db_connect(db, READ_TIMEOUT_S, err) < 0 ||
	    gtid_pos_earliest(db, &oldest, err) < 0)
		there = -1;
	for (size_t i = 0; i < oldest.n; i++) {
		const struct gtid *at = gtid_list_find(&opt->done.states.done,
		    oldest.v[i].domain);

		if (!at || at->seq < oldest.v[i].seq)
			there = there < 0 ? -1 : 0;
	}
	db_free(db);
	gtid_list_clear(&oldest);
	return there;
}

/* A copy may take hours: what follows it must not fail for a privilege. */
int
become_tail_may(const struct snapshot_options *opt, struct err *err)
{
	static const char *const names[] = {
		"REPLICATION SLAVE", "REPLICATION REPLICA", NULL,
	};
	struct db *db = db_new(&opt->db);
	int may = db_connect(db, READ_TIMEOUT_S, err) < 0 ? -1 :
	    sight_may(db, names, false, err);
	char *account = may == 0 ? db_value(db, err,
	    SQL("SELECT CURRENT_USER()")) : NULL;
	struct buf grant = { 0 };

	if (account) {
		sight_put_grant(&grant, SQL("REPLICATION SLAVE"), account);
		err_set(err, ERR_CONFIG, "%s: the account may not read the "
		    "binlog, which follows the copy", db_name(db));
		err_hint(err, "%s; --mode initial_only copies without",
		    buf_cstr(&grant));
	}
	buf_free(&grant);
	free(account);
	db_free(db);
	return may > 0 ? 0 : -1;
}

static int
not_whole(const struct snapshot_options *opt, struct err *err)
{
	err_set(err, ERR_CONFIG, "%s: its snapshot is incomplete",
	    opt->done.path);
	return err_hint(err, "--mode initial and initial_only resume it");
}

static int
is_whole(const struct snapshot_options *opt, struct err *err)
{
	err_set(err, ERR_CONFIG, "%s: its snapshot is complete: nothing is "
	    "left to copy", opt->done.path);
	return err_hint(err, "cdc-tail --state FILE continues after it");
}

void
become_tail_tell_lists(const struct snapshot_options *opt, struct lists *lists)
{
	lists_add_filter(lists, &opt->filter);
	if (become_tail_is_asked(opt))
		tail_tell_lists(&opt->tail.tail, lists);
}

/* Of a whole copy, too, the lists say what of the tables was copied. */
static int
check_lists(const struct snapshot_options *opt, struct err *err)
{
	struct lists ours = { 0 };
	int status = 0;

	become_tail_tell_lists(opt, &ours);
	if (!opt->tail.in.any_lists && opt->mode != MODE_NO_DATA)
		status = states_check(&opt->done.states, &ours, err);
	lists_clear(&ours);
	return status;
}

int
become_tail_at_once(const struct snapshot_options *opt, struct err *err)
{
	if (opt->done.states.copy.path && (opt->mode == MODE_NEVER ||
	    opt->mode == MODE_NO_DATA))
		return not_whole(opt, err);
	if (check_lists(opt, err) < 0)
		return -1;
	if (opt->mode == MODE_NEVER)
		return 1;
	if (!opt->done.states.found || opt->mode == MODE_NO_DATA)
		return 0;
	if (opt->mode == MODE_INITIAL_ONLY)
		return is_whole(opt, err);
	return opt->mode == MODE_INITIAL ? 1 : still_there(opt, err);
}
