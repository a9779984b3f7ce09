/* SPDX-License-Identifier: MIT */
#include "db/inside.h"

#include <stdlib.h>
#include <string.h>

#include <mysql.h>
#include <errmsg.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/integer.h"
#include "base/log.h"
#include "db/auth.h"
#include "db/errors.h"
#include "db/query.h"
#include "db/tls.h"

enum {
	CONNECT_TIMEOUT_S = 10, CONNECT_TIMES = 3, MS = 1000,
	ASK_TIMEOUT_S = 10,
	GRACE_MS = 5000,        /* less than a supervisor's patience */
};

static void
set_text(MYSQL *mysql, enum mysql_option option, const char *value)
{
	if (value)
		mysql_options(mysql, option, value);
}

static void
set_tls(const struct db_settings *s, MYSQL *mysql)
{
	my_bool verify = s->verify == VERIFY_YES;

	if (s->tls != TLS_NEVER) {
		mysql_ssl_set(mysql, s->key, s->cert, s->ca, s->capath,
		    s->cipher);
		set_text(mysql, MYSQL_OPT_SSL_CRL, s->crl);
		set_text(mysql, MYSQL_OPT_SSL_CRLPATH, s->crlpath);
		set_text(mysql, MARIADB_OPT_TLS_VERSION, s->tls_version);
		set_text(mysql, MARIADB_OPT_TLS_PASSPHRASE, s->passphrase);
		set_text(mysql, MARIADB_OPT_SSL_FP, s->fingerprint);
		set_text(mysql, MARIADB_OPT_SSL_FP_LIST, s->fingerprints);
	}
	if (s->verify != VERIFY_DEFAULT || s->tls == TLS_NEVER)
		mysql_options(mysql, MYSQL_OPT_SSL_VERIFY_SERVER_CERT,
		    &verify);
}

static void
set_options(const struct db_settings *s, MYSQL *mysql)
{
	unsigned protocol = s->protocol == PROTOCOL_TCP ?
	    MYSQL_PROTOCOL_TCP : MYSQL_PROTOCOL_SOCKET;

	db_wait_install(mysql);
	if (s->protocol != PROTOCOL_ANY)
		mysql_options(mysql, MYSQL_OPT_PROTOCOL, &protocol);
	mysql_options(mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	mysql_options(mysql, MYSQL_OPT_LOCAL_INFILE, &(unsigned){ 0 });
	mysql_options(mysql, MYSQL_OPT_RECONNECT, &(my_bool){ 0 });
	set_text(mysql, MYSQL_OPT_BIND, s->bind_address);
	set_text(mysql, MYSQL_PLUGIN_DIR, s->plugin_dir);
	set_text(mysql, MYSQL_INIT_COMMAND, s->init_command);
	set_text(mysql, MYSQL_SERVER_PUBLIC_KEY, s->public_key);
	set_tls(s, mysql);
}

/* "host", "host:port", "[address]:port", or NULL; the caller frees the host.
 * False where the port is none. */
static bool
split_host(const char *text, char **to, uint64_t *port)
{
	const char *colon = text ? strrchr(text, ':') : NULL;
	size_t n = text ? strlen(text) : 0;
	char *host;

	if (colon && (colon == strchr(text, ':') || colon[-1] == ']')) {
		if (!integer_read(span_of(colon + 1), UINT16_MAX, port))
			return false;
		n = (size_t)(colon - text);
	}
	*to = host = text ? xmemdup(text, n) : NULL;
	if (host && host[0] == '[' && host[strlen(host) - 1] == ']') {
		host[strlen(host) - 1] = '\0';
		memmove(host, host + 1, strlen(host));
	}
	return *port <= UINT16_MAX;
}

/* As the library chooses between them. */
static bool
is_socket(const struct db_settings *s, const char *host)
{
	return s->protocol != PROTOCOL_TCP &&
	    (!host || strcmp(host, "localhost") == 0);
}

static void
set_name(struct db *db, const char *host, unsigned port)
{
	const struct db_settings *s = db->settings;
	struct buf name = { 0 };
	bool socket = is_socket(s, host);

	buf_str(&name, socket && s->socket ? s->socket :
	    host ? host : "localhost");
	if (port && !socket)
		buf_printf(&name, ":%u", port);
	free(db->name);
	db->name = xstrdup(buf_cstr(&name));
	buf_free(&name);
}

static void
wait_for_connection(struct db *db)
{
	uint64_t s = db->settings->connect_timeout_s;
	int64_t ms = (int64_t)(s ? s : CONNECT_TIMEOUT_S) * MS;

	db->wait = (struct db_wait){ .timeout_ms = ms,
		.end_ms = clock_steady_ms() + CONNECT_TIMES * ms };
}

/* TLS that fails for good does so for a file, or something that a person can
 * do. */
static int
unconnected(struct db *db, const char *host, struct err *err)
{
	const char *text = mysql_error(db->mysql);
	unsigned number = mysql_errno(db->mysql);
	char *fault;

	if (number != CR_SSL_CONNECTION_ERROR || db->wait.stopped ||
	    db->wait.silent || db_error_kind(number, text) != ERR_CONFIG)
		return db_failed_now(db, err, SPAN("cannot connect"));
	fault = auth_wants_tls(text) ? NULL :
	    tls_file_fault(db->settings);
	db_failed(db, err, SPAN("cannot connect"), number, fault ? fault :
	    text);
	if (!fault)
		tls_hint(err, text, host ? host : "localhost");
	free(fault);
	return -1;
}

/* tls: the version that it must be, or NULL. */
static int
connect_to(struct db *db, const char *host, unsigned port, const char *tls,
    struct err *err)
{
	const struct db_settings *s = db->settings;
	struct auth_wishes wishes = { .tls = s->tls == TLS_MUST,
		.verified = s->verify == VERIFY_YES || s->fingerprint ||
		s->fingerprints };

	db->last_errno = 0;
	db->mysql = mysql_init(NULL);
	if (!db->mysql)
		log_die(ERR_OS, "out of memory");
	set_options(s, db->mysql);
	set_text(db->mysql, MARIADB_OPT_TLS_VERSION, tls);
	auth_guard(db->mysql, &wishes);
	if (!mysql_real_connect(db_enter(db), host, s->user, s->password,
	    NULL, port, s->socket, db->opt->found_rows ? CLIENT_FOUND_ROWS :
	    0))
		return unconnected(db, host, err);
	db->wait.tls = mysql_get_ssl_cipher(db->mysql) != NULL;
	db_wait_watch_peer((int)mysql_get_socket(db->mysql));
	return db_session_set(db, err);
}

/* A session that sleeps has answered already; one that writes does not get rid
 * of its answer. */
static int
take_state(void *arg, char **v, size_t n)
{
	bool *works = arg;

	*works = n > 1 && v[0] && strcmp(v[0], "Sleep") != 0 && !(v[1] &&
	    strcmp(v[1], "Writing to net") == 0);
	return 0;
}

/* Another connection cannot be made, or sees that the server does nothing for
 * this one: it is lost.  If it is one to another server, behind a proxy,
 * nobody knows. */
static int
is_at_work(void *arg)
{
	struct db *db = arg, *other;
	struct err err = { 0 };
	bool works = false;
	int answer = -1;

	if (!db->id)
		return 0;
	log_note("%s: no answer yet; checking whether it is working",
	    db_name(db));
	other = db_twin(db);
	other->next = (db->next + db->nhosts - 1) % db->nhosts;
	if (db_connect(other, ASK_TIMEOUT_S, &err) == 0 &&
	    strcmp(other->server, db->server) == 0 &&
	    db_rows(other, take_state, &works, &err, SQL("SELECT COMMAND, "
	    "STATE FROM information_schema.PROCESSLIST WHERE ID="),
	    SQL_DECIMAL(span_of(db->id))) == 0)
		answer = works;
	else if (err.kind == ERR_UNAVAILABLE)
		answer = 0;
	db_free(other);
	return answer;
}

/* May our certificate be why it was lost, and does TLS 1.2 do? */
static bool
may_be_refused(const struct db *db, const struct err *err)
{
	const struct db_settings *s = db->settings;

	return err->kind == ERR_UNAVAILABLE && !db->wait.silent &&
	    !db->wait.stopped && (db->last_errno == CR_SERVER_LOST ||
	    db->last_errno == CR_SSL_CONNECTION_ERROR) &&
	    (s->cert || s->key) && s->tls != TLS_NEVER &&
	    (!s->tls_version || strstr(s->tls_version, "TLSv1.2"));
}

/* In TLS 1.3 a server judges our certificate while we authenticate already, and
 * closes: whether its word arrives before that is chance.  In TLS 1.2 it says
 * so in the handshake, although the library may take that for a fault of the
 * server's certificate, which has just been good enough. */
static bool
certificate_is_refused(struct db *db, const char *host, unsigned port,
    struct err *err)
{
	struct err said = { 0 };
	unsigned was = db->last_errno, is;

	if (!may_be_refused(db, err))
		return false;
	connect_to(db, host, port, "TLSv1.2", &said);
	db_close(db);
	is = db->last_errno;
	db->last_errno = was;
	if (said.kind != ERR_CONFIG || strstr(said.text, "protocol version"))
		return false;
	err_clear(err);
	if (is != CR_SSL_CONNECTION_ERROR || strstr(said.text, " alert "))
		*err = said;
	else
		err_set(err, ERR_CONFIG, "%s: cannot connect: the server "
		    "refuses our certificate (--ssl-cert)", db_name(db));
	return true;
}

/* A server that takes the connection and then says nothing (one that is just
 * beginning, or busy) is asked again. */
static int
connect_patiently(struct db *db, const char *host, unsigned port,
    struct err *err)
{
	for (int i = 0; i < CONNECT_TIMES; i++) {
		if (i > 0)
			err_clear(err);
		if (connect_to(db, host, port, NULL, err) == 0)
			return 0;
		db_close(db);
		if (certificate_is_refused(db, host, port, err) ||
		    db->last_errno != CR_SERVER_LOST)
			break;
	}
	return -1;
}

int
db_connect(struct db *db, int read_timeout_s, struct err *err)
{
	uint64_t number;
	unsigned port;
	char *host = NULL;
	int status;

	db_close(db);
	if (!db->settings) {
		*err = db->unsettled;
		return -1;
	}
	number = db->settings->port;
	if (!split_host(db->hosts[db->next], &host, &number)) {
		free(host);
		return err_set(err, ERR_USAGE, "%s: a port is at most %d",
		    db->hosts[db->next] ? db->hosts[db->next] : "--port",
		    UINT16_MAX);
	}
	port = (unsigned)number;
	db->next = (db->next + 1) % db->nhosts;
	set_name(db, host, port);
	wait_for_connection(db);
	status = connect_patiently(db, host, port, err);
	db->wait.timeout_ms = (int64_t)read_timeout_s * MS;
	db->wait.end_ms = 0;
	db->wait.grace_ms = GRACE_MS;
	db->wait.at_work = is_at_work;
	db->wait.arg = db;
	free(host);
	return status;
}

/* What an administrator has each new connection execute, it must have. */
bool
db_renew(struct db *db)
{
	struct err ignored = { 0 };
	char *plain = NULL;
	bool is;

	if (!db->mysql || db->settings->init_command ||
	    mysql_reset_connection(db_enter(db)) != 0 ||
	    db_session_set(db, &ignored) < 0)
		return false;
	plain = db_value(db, &ignored, SQL("SELECT @@GLOBAL.init_connect=''"));
	is = plain && *plain == '1';
	free(plain);
	return is;
}
