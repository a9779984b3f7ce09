/* SPDX-License-Identifier: MIT */
#include "db/connect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <mysql.h>
#include <errmsg.h>
#include <ma_pvio.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/log.h"
#include "db/inside.h"
#include "sql/write.h"

enum {
	CONNECT_TIMEOUT_S = 10, MAX_PASSWORD = 256, EOF_MAX = 9, HANDSHAKES = 3,
	STATEMENT_ID = 4,
};

struct db {
	const struct db_options *opt;
	MYSQL *mysql;           /* NULL: not connected */
	char **hosts;           /* or one NULL: what the option file says */
	size_t nhosts, next;
	char *name;
	char *password;
	unsigned last_errno;
	uint8_t statement[STATEMENT_ID];        /* of db_query() */
};

static char *
ask_password(void)
{
	FILE *tty = fopen("/dev/tty", "r+e");
	struct termios before, silent;
	char text[MAX_PASSWORD] = "";

	if (!tty)
		log_die(ERR_USAGE, "--password: there is no terminal to ask on; "
		    "put it into an option file");
	fputs("Enter password: ", tty);
	fflush(tty);
	tcgetattr(fileno(tty), &before);
	silent = before;
	silent.c_lflag &= ~(tcflag_t)ECHO;
	tcsetattr(fileno(tty), TCSAFLUSH, &silent);
	if (!fgets(text, sizeof(text), tty))
		text[0] = '\0';
	tcsetattr(fileno(tty), TCSAFLUSH, &before);
	fputs("\n", tty);
	fclose(tty);
	text[strcspn(text, "\n")] = '\0';
	return xstrdup(text);
}

static void
add_host(struct db *db, const char *host, size_t n)
{
	db->hosts = xreallocarray(db->hosts, db->nhosts + 1,
	    sizeof(*db->hosts));
	db->hosts[db->nhosts++] = host ? xmemdup(host, n) : NULL;
}

static struct db *
new_db(const struct db_options *opt)
{
	struct db *db = xcalloc(1, sizeof(*db));
	const char *p = opt->host;

	db->opt = opt;
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
db_new(const struct db_options *opt)
{
	struct db *db = new_db(opt);

	if (opt->password)
		db->password = ask_password();
	return db;
}

struct db *
db_twin(const struct db *db)
{
	struct db *twin = new_db(db->opt);

	if (db->password)
		twin->password = xstrdup(db->password);
	return twin;
}

void
db_close(struct db *db)
{
	if (db->mysql)
		mysql_close(db->mysql);
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
	free(db->password);
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

/* What a server's error means for who asked; all others: ERR_CONFIG. */
static const struct meaning {
	unsigned number;
	enum err_kind kind;
} meanings[] = {
	/* may be gone at the next try */
	{ CR_CONNECTION_ERROR, ERR_UNAVAILABLE },
	{ CR_CONN_HOST_ERROR, ERR_UNAVAILABLE },
	{ CR_SERVER_GONE_ERROR, ERR_UNAVAILABLE },
	{ CR_SERVER_LOST, ERR_UNAVAILABLE },
	{ 1040 /* too many connections */, ERR_UNAVAILABLE },
	{ 1053 /* shutdown */, ERR_UNAVAILABLE },
	{ 1129 /* host is blocked */, ERR_UNAVAILABLE },
	{ 1203 /* too many connections of a user */, ERR_UNAVAILABLE },
	{ 1317 /* interrupted */, ERR_UNAVAILABLE },
	{ 1927 /* killed */, ERR_UNAVAILABLE },
	/* the transaction may be tried again */
	{ 1020 /* changed since it was read */, ERR_RETRY },
	{ 1180 /* cannot commit: Galera */, ERR_RETRY },
	{ 1205 /* lock wait timeout */, ERR_RETRY },
	{ 1213 /* deadlock */, ERR_RETRY },
	/* the values are at fault */
	{ 1048 /* cannot be null */, ERR_DATA },
	{ 1062 /* duplicate key */, ERR_DATA },
	{ 1136 /* column count */, ERR_DATA },
	{ 1216 /* no parent row */, ERR_DATA },
	{ 1217 /* child rows */, ERR_DATA },
	{ 1264 /* out of range */, ERR_DATA },
	{ 1265 /* truncated */, ERR_DATA },
	{ 1292 /* incorrect value */, ERR_DATA },
	{ 1364 /* no default */, ERR_DATA },
	{ 1366 /* incorrect value of a column */, ERR_DATA },
	{ 1406 /* too long */, ERR_DATA },
	{ 1411 /* incorrect value of a function */, ERR_DATA },
	{ 1416 /* no geometry */, ERR_DATA },
	{ 1451 /* child rows */, ERR_DATA },
	{ 1452 /* no parent row */, ERR_DATA },
	{ 1526 /* no partition */, ERR_DATA },
	{ 1586 /* duplicate key, by name */, ERR_DATA },
	{ 1644 /* SIGNAL */, ERR_DATA },
	{ 1690 /* out of range of a type */, ERR_DATA },
	{ 4025 /* CHECK constraint */, ERR_DATA },
	{ 4078 /* cast of types */, ERR_DATA },
};

static enum err_kind
meaning_of(unsigned number)
{
	for (size_t i = 0; i < sizeof(meanings) / sizeof(*meanings); i++)
		if (meanings[i].number == number)
			return meanings[i].kind;
	return ERR_CONFIG;
}

int
db_failed(struct db *db, struct err *err, const char *what, unsigned number,
    const char *text)
{
	db->last_errno = number;
	return err_set(err, meaning_of(number), "%s: %s: %s (%u)",
	    db_name(db), what, text, number);
}

static int
failed(struct db *db, struct err *err, const char *what)
{
	return db_failed(db, err, what, mysql_errno(db->mysql),
	    mysql_error(db->mysql));
}

void *
db_handle(const struct db *db)
{
	return db->mysql;
}

/* Does an option ask for TLS? */
static bool
wants_tls(const struct db_options *opt)
{
	return opt->ssl || opt->ssl_verify || opt->ssl_ca ||
	    opt->ssl_capath || opt->ssl_cert || opt->ssl_cipher ||
	    opt->ssl_crl;
}

static void
set_tls(struct db *db, MYSQL *mysql)
{
	const struct db_options *opt = db->opt;
	my_bool verify = opt->ssl_verify;

	if (wants_tls(opt)) {
		mysql_ssl_set(mysql, opt->ssl_key, opt->ssl_cert, opt->ssl_ca,
		    opt->ssl_capath, opt->ssl_cipher);
		mysql_options(mysql, MYSQL_OPT_SSL_ENFORCE, &(my_bool){ 1 });
	}
	if (opt->ssl_crl)
		mysql_options(mysql, MYSQL_OPT_SSL_CRL, opt->ssl_crl);
	mysql_options(mysql, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verify);
}

/* The library goes on without TLS where the server has none, whatever it was
 * told. */
static int
check_tls(struct db *db, struct err *err)
{
	if (!wants_tls(db->opt) || mysql_get_ssl_cipher(db->mysql))
		return 0;
	return err_set(err, ERR_CONFIG, "%s: the server has no TLS, which "
	    "--ssl asks for", db_name(db));
}

static void
set_options(struct db *db, MYSQL *mysql, unsigned timeout)
{
	const struct db_options *opt = db->opt;
	unsigned connect = CONNECT_TIMEOUT_S;

	mysql_options(mysql, MYSQL_OPT_CONNECT_TIMEOUT, &connect);
	mysql_options(mysql, MYSQL_OPT_READ_TIMEOUT, &timeout);
	mysql_options(mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	if (opt->defaults_file)
		mysql_options(mysql, MYSQL_READ_DEFAULT_FILE,
		    opt->defaults_file);
	mysql_options(mysql, MYSQL_READ_DEFAULT_GROUP, "cdc");
	set_tls(db, mysql);
}

/* "host", "host:port", "[address]:port", or NULL; the caller frees. */
static char *
split_host(const char *text, unsigned *port)
{
	const char *colon = text ? strrchr(text, ':') : NULL;
	char *host;

	if (!text)
		return NULL;
	if (colon && (colon == strchr(text, ':') || colon[-1] == ']')) {
		*port = (unsigned)strtoul(colon + 1, NULL, 10);
		host = xmemdup(text, (size_t)(colon - text));
	} else {
		host = xstrdup(text);
	}
	if (host[0] == '[' && host[strlen(host) - 1] == ']') {
		host[strlen(host) - 1] = '\0';
		memmove(host, host + 1, strlen(host));
	}
	return host;
}

static void
set_name(struct db *db, const char *host, unsigned port)
{
	struct buf name = { 0 };

	if (db->opt->socket)
		buf_str(&name, db->opt->socket);
	else
		buf_str(&name, host ? host : "localhost");
	if (port)
		buf_printf(&name, ":%u", port);
	free(db->name);
	db->name = xstrdup(buf_cstr(&name));
	buf_free(&name);
}

static int
connect_to(struct db *db, const char *host, unsigned port,
    int read_timeout_s, struct err *err)
{
	int status = 0;

	db_close(db);
	db->last_errno = 0;
	db->mysql = mysql_init(NULL);
	if (!db->mysql)
		log_die(ERR_OS, "out of memory");
	set_options(db, db->mysql, (unsigned)read_timeout_s);
	if (port && !db->opt->socket)   /* "localhost", too, as mariadb(1) */
		mysql_options(db->mysql, MYSQL_OPT_PROTOCOL,
		    &(unsigned){ MYSQL_PROTOCOL_TCP });
	if (!mysql_real_connect(db->mysql, host, db->opt->user, db->password,
	    NULL, port, db->opt->socket,
	    db->opt->found_rows ? CLIENT_FOUND_ROWS : 0))
		status = failed(db, err, "cannot connect");
	else
		status = check_tls(db, err);
	if (status < 0)
		db_close(db);
	return status;
}

/* A server that took the connection and then says nothing (one that is just
 * beginning, or busy) is asked again. */
int
db_connect(struct db *db, int read_timeout_s, struct err *err)
{
	unsigned port = (unsigned)db->opt->port;
	char *host = split_host(db->hosts[db->next], &port);
	int status = -1;

	db->next = (db->next + 1) % db->nhosts;
	set_name(db, host, port);
	for (int i = 0; i < HANDSHAKES && status < 0; i++) {
		if (i > 0)
			*err = (struct err){ 0 };
		status = connect_to(db, host, port, read_timeout_s, err);
		if (status < 0 && db->last_errno != CR_SERVER_LOST)
			break;
	}
	free(host);
	return status;
}

static int
read_packet(struct db *db, const uint8_t **p, size_t *n, const char *what,
    struct err *err)
{
	unsigned long got = mysql_net_read_packet(db->mysql);

	*p = db->mysql->net.read_pos;
	*n = got;
	/* a failure is (unsigned)-1 widened, not (unsigned long)-1 */
	if ((unsigned)got == (unsigned)-1)
		return failed(db, err, what);
	return got < EOF_MAX && got > 0 && (*p)[0] == 0xFE ? 0 : 1;
}

/* What is behind a packet's first byte, which says that it is no error. */
static int
read_body(struct db *db, const uint8_t **p, size_t *n, const char *what,
    struct err *err)
{
	int got = read_packet(db, p, n, what, err);

	if (got > 0 && *n > 0) {
		++*p;
		--*n;
	}
	return got;
}

static int
skip_to_eof(struct db *db, struct err *err)
{
	const uint8_t *p;
	size_t n;
	int got;

	while ((got = read_packet(db, &p, &n, "reading columns", err)) > 0)
		;
	return got;
}

/* OK u8 | id u32 | columns u16 | parameters u16 | … */
static int
prepare(struct db *db, struct span sql, struct err *err)
{
	const uint8_t *p;
	size_t n;

	if (db->mysql->methods->db_command(db->mysql, COM_STMT_PREPARE, sql.p,
	    sql.n, 1, NULL) != 0)
		return failed(db, err, "SELECT");
	if (read_packet(db, &p, &n, "SELECT", err) < 0)
		return err_wrap(err, "%.*s", (int)sql.n, sql.p);
	if (n < 9)
		return err_set(err, ERR_DATA, "%s: a short answer",
		    db_name(db));
	memcpy(db->statement, p + 1, STATEMENT_ID);
	return skip_to_eof(db, err);
}

int
db_query(struct db *db, struct err *err, const struct statement *statement)
{
	uint8_t request[9] = { 0, 0, 0, 0, 0, 1, 0, 0, 0 };
	struct span sql;
	const uint8_t *p;
	size_t n;

	if (statement_text(statement, &sql, err) < 0 ||
	    prepare(db, sql, err) < 0)
		return -1;
	memcpy(request, db->statement, STATEMENT_ID);
	if (db->mysql->methods->db_command(db->mysql, COM_STMT_EXECUTE,
	    (const char *)request, sizeof(request), 1, NULL) != 0)
		return failed(db, err, "SELECT");
	if (read_packet(db, &p, &n, "SELECT", err) < 0) /* their number */
		return -1;
	return skip_to_eof(db, err);
}

int
db_fetch(struct db *db, const uint8_t **p, size_t *n, struct err *err)
{
	int got = read_body(db, p, n, "reading rows", err);

	if (got == 0)
		db->mysql->methods->db_command(db->mysql, COM_STMT_CLOSE,
		    (const char *)db->statement, STATEMENT_ID, 1, NULL);
	return got;
}

int
db_dump(struct db *db, const uint8_t *request, size_t n, struct err *err)
{
	if (db->mysql->methods->db_command(db->mysql, COM_BINLOG_DUMP,
	    (const char *)request, n, 1, NULL) != 0)
		return failed(db, err, "cannot ask for the binlog");
	return 0;
}

int
db_packet(struct db *db, const uint8_t **p, size_t *n, struct err *err)
{
	return read_body(db, p, n, "reading the binlog", err);
}

bool
db_pending(const struct db *db)
{
	const MARIADB_PVIO *pvio = db->mysql->net.pvio;

	return pvio && pvio->cache &&
	    pvio->cache_pos < pvio->cache + pvio->cache_size;
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
