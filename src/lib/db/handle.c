/* SPDX-License-Identifier: MIT
 *
 * What a connection is made of, connected or not, and how its errors read.
 */
#include "db/inside.h"

#include <stdlib.h>
#include <string.h>

#include <mysql.h>
#include <errmsg.h>

#include "base/alloc.h"
#include "base/array.h"
#include "db/errors.h"

enum { MAX_SHOWN = 240 };

static void
add_host(struct db *db, const char *host, size_t n)
{
	*ARRAY_ADD(db->hosts, db->nhosts) = host ? xmemdup(host, n) : NULL;
}

struct db *
db_new(const struct db_options *opt)
{
	struct db *db = xcalloc(1, sizeof(*db));
	const char *p;

	db->opt = opt;
	db->settings = db_settings_share(opt, &db->unsettled);
	p = db->settings ? db->settings->host : NULL;
	while (p && *p) {
		size_t n = strcspn(p, ",");

		if (n)
			add_host(db, p, n);
		p += n + (p[n] == ',');
	}
	if (!db->nhosts)
		add_host(db, NULL, 0);
	return db;
}

struct db *
db_twin(const struct db *db)
{
	return db_new(db->opt);
}

struct st_mysql *
db_enter(struct db *db)
{
	db_wait_begin(&db->wait);
	return db->mysql;
}

void
db_close(struct db *db)
{
	if (db->mysql)
		mysql_close(db_enter(db));
	db->mysql = NULL;
}

void
db_free(struct db *db)
{
	if (!db)
		return;
	db_close(db);
	for (size_t i = 0; i < db->nhosts; i++)
		free(db->hosts[i]);
	free(db->hosts);
	free(db->name);
	free(db->id);
	free(db->server);
	db_wait_end(&db->wait);
	free(db);
}

const char *
db_name(const struct db *db)
{
	return db->name ? db->name : "server";
}

size_t
db_hosts(const struct db *db)
{
	return db->nhosts;
}

/* The library puts a number of the system's in front of its own: "(2) (2026)".
 * How much of the text is in front of it; *inner is "2", or NULL. */
static int
split_number(const char *text, unsigned number, const char **inner)
{
	size_t n = strlen(text);
	const char *open = strrchr(text, '(');

	*inner = NULL;
	if (number < CR_MIN_ERROR || number > CR_MAX_ERROR || !open ||
	    open == text || open[-1] != ' ' ||
	    open + 1 + strspn(open + 1, "-0123456789") != text + n - 1 ||
	    text[n - 1] != ')')
		return (int)n;
	*inner = open + 1;
	return (int)(open - 1 - text);
}

int
db_failed(struct db *db, struct err *err, struct span what, unsigned number,
    const char *text)
{
	const char *inner;
	int length, n = (int)span_cut(what, MAX_SHOWN);
	enum err_kind kind = db_error_kind(number, text);

	db->last_errno = number;
	if (db->wait.stopped)
		return err_set(err, ERR_RETRY, "%s: %.*s: stopped before "
		    "it answered", db_name(db), n, what.p);
	if (db->wait.silent)
		return err_set(err, ERR_UNAVAILABLE, "%s: %.*s: it does not "
		    "answer", db_name(db), n, what.p);
	/* once it was made, TLS fails because the connection does */
	if (number == CR_SSL_CONNECTION_ERROR && db->wait.tls)
		kind = ERR_UNAVAILABLE;
	length = split_number(text, number, &inner);
	if (inner)
		return err_set(err, kind, "%s: %.*s: %.*s (%u: %s",
		    db_name(db), n, what.p, length, text, number, inner);
	return err_set(err, kind, "%s: %.*s%s: %s (%u)", db_name(db),
	    SPAN_SHOWN(what, MAX_SHOWN), text, number);
}

int
db_failed_now(struct db *db, struct err *err, struct span what)
{
	return db_failed(db, err, what, mysql_errno(db->mysql),
	    mysql_error(db->mysql));
}

int
db_unconnected(const struct db *db, struct err *err)
{
	return err_set(err, ERR_UNAVAILABLE, "%s: the connection is lost",
	    db_name(db));
}

uint64_t
db_max_packet(const struct db *db)
{
	return db->packet;
}

int
db_fd(const struct db *db)
{
	return db->mysql ? (int)mysql_get_socket(db->mysql) : -1;
}

unsigned
db_errno(const struct db *db)
{
	return db->last_errno;
}
