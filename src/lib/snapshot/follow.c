/* SPDX-License-Identifier: MIT */
#include "snapshot/follow.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "binlog/locate.h"
#include "io/report.h"
#include "print/modes.h"

enum { READ_TIMEOUT_S = 60 };

/* A command that grows; the program's end frees it. */
struct command {
	char **argv;
	size_t n;
};

static void
add(struct command *c, const char *option, const char *value)
{
	c->argv = xreallocarray(c->argv, c->n + 3, sizeof(*c->argv));
	c->argv[c->n++] = xstrdup(option);
	if (value)
		c->argv[c->n++] = xstrdup(value);
	c->argv[c->n] = NULL;
}

static void
add_server(struct command *c, const struct db_options *db)
{
	static const struct {
		const char *option;
		size_t offset;
	} texts[] = {
		{ "--host", offsetof(struct db_options, host) },
		{ "--socket", offsetof(struct db_options, socket) },
		{ "--user", offsetof(struct db_options, user) },
		{ "--defaults-file", offsetof(struct db_options,
		    defaults_file) },
		{ "--ssl-ca", offsetof(struct db_options, ssl_ca) },
		{ "--ssl-capath", offsetof(struct db_options, ssl_capath) },
		{ "--ssl-cert", offsetof(struct db_options, ssl_cert) },
		{ "--ssl-key", offsetof(struct db_options, ssl_key) },
		{ "--ssl-cipher", offsetof(struct db_options, ssl_cipher) },
		{ "--ssl-crl", offsetof(struct db_options, ssl_crl) },
	};
	char port[24];

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		const char *value = *(char *const *)((const char *)db +
		    texts[i].offset);

		if (value)
			add(c, texts[i].option, value);
	}
	snprintf(port, sizeof(port), "%" PRIu64, db->port);
	if (db->port)
		add(c, "--port", port);
	if (db->password)
		add(c, "--password", NULL);
	if (db->ssl)
		add(c, "--ssl", NULL);
	if (db->ssl_verify)
		add(c, "--ssl-verify-server-cert", NULL);
}

static void
add_names(struct command *c, const char *option, const struct name_list *list)
{
	char *text;

	if (!list->n)
		return;
	text = xmemdup(list->text.p, list->text.n);
	add(c, option, text);
	free(text);
}

static void
add_words(struct command *c, const struct snapshot_options *opt)
{
	add_names(c, "--include-table", &opt->filter.include_table);
	add_names(c, "--exclude-table", &opt->filter.exclude_table);
	add(c, "--topic-prefix", opt->prefix);
	add(c, "--decimal", decimal_modes[opt->modes.decimal]);
	add(c, "--time", time_modes[opt->modes.time]);
	add(c, "--binary", binary_modes[opt->modes.binary]);
	add(c, "--bigint-unsigned", bigint_modes[opt->modes.bigint_unsigned]);
	add(c, "--json", json_modes[opt->modes.json]);
}

/* The one beside us, which speaks as we do; else that of PATH. */
static void
run_tail(char **argv)
{
	char path[4096];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 16);
	char *slash;

	report_block();
	path[n > 0 ? n : 0] = '\0';
	slash = strrchr(path, '/');
	if (slash) {
		strcpy(slash + 1, argv[0]);
		execv(path, argv);
	}
	execvp(argv[0], argv);
}

int
follow(const struct snapshot_options *opt, const struct gtid_list *begin,
    struct err *err)
{
	struct command c = { 0 };
	struct buf gtids = { 0 };

	add(&c, "cdc-tail", "--control");
	add_server(&c, &opt->db);
	add_words(&c, opt);
	add(&c, "--other-domains", "earliest");
	if (begin) {
		gtid_list_print(begin, &gtids);
		add(&c, "--from", buf_cstr(&gtids));
	} else if (opt->states.found) {
		add(&c, "--state", opt->state);
	} else {
		add(&c, "--from", "earliest");
	}
	run_tail(c.argv);
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
	    locate_earliest(db, &oldest, err) < 0)
		there = -1;
	for (size_t i = 0; i < oldest.n; i++) {
		const struct gtid *at = gtid_list_find(&opt->states.done,
		    oldest.v[i].domain);

		if (!at || at->seq < oldest.v[i].seq)
			there = there < 0 ? -1 : 0;
	}
	db_free(db);
	gtid_list_clear(&oldest);
	return there;
}

static int
not_whole(const struct snapshot_options *opt, struct err *err)
{
	err_set(err, ERR_CONFIG, "%s: its snapshot is unfinished", opt->state);
	return err_hint(err, "--mode initial and initial_only take it up "
	    "again");
}

static int
is_whole(const struct snapshot_options *opt, struct err *err)
{
	err_set(err, ERR_CONFIG, "%s: its snapshot is whole: nothing is left "
	    "to be copied", opt->state);
	return err_hint(err, "cdc-tail --state FILE goes on behind it");
}

int
follow_at_once(const struct snapshot_options *opt, struct err *err)
{
	if (opt->copy.n && (opt->mode == MODE_NEVER ||
	    opt->mode == MODE_NO_DATA))
		return not_whole(opt, err);
	if (opt->mode == MODE_NEVER)
		return 1;
	if (!opt->states.found || opt->mode == MODE_NO_DATA)
		return 0;
	if (opt->mode == MODE_INITIAL_ONLY)
		return is_whole(opt, err);
	return opt->mode == MODE_INITIAL ? 1 : still_there(opt, err);
}
