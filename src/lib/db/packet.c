/* SPDX-License-Identifier: MIT
 *
 * What the library has no calls for: results row by row as they come, and the
 * binlog.
 */
#include "db/inside.h"
#include "sql/statement.h"

#include <dlfcn.h>
#include <string.h>

#include <mysql.h>
#include <ma_pvio.h>

enum { EOF_MAX = 9, SEND_FILE = 0xFB, MAX_COLUMNS = 4096 };

static int
command(struct db *db, enum enum_server_command number, const void *p,
    size_t n, struct span what, struct err *err)
{
	MYSQL *mysql = db_enter(db);

	if (!mysql)
		return db_unconnected(db, err);
	return mysql->methods->db_command(mysql, number, p, n, 1, NULL) == 0 ?
	    0 : db_failed_now(db, err, what);
}

static int
read_packet(struct db *db, const uint8_t **p, size_t *n, struct span what,
    struct err *err)
{
	unsigned long got = mysql_net_read_packet(db_enter(db));

	*p = db->mysql->net.read_pos;
	*n = got;
	/* a failure is (unsigned)-1 widened, not (unsigned long)-1 */
	if ((unsigned)got == (unsigned)-1)
		return db_failed_now(db, err, what);
	return got < EOF_MAX && got > 0 && (*p)[0] == 0xFE ? 0 : 1;
}

/* What is after a packet's first byte, which says that it is no error. */
static int
read_body(struct db *db, const uint8_t **p, size_t *n, struct span what,
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

	for (int i = 0; i <= MAX_COLUMNS; i++) {
		got = read_packet(db, &p, &n, SPAN("reading columns"), err);
		if (got <= 0)
			return got;
	}
	return err_set(err, ERR_CONFIG, "%s: columns without an end",
	    db_name(db));
}

/* OK u8 | id u32 | columns u16 | parameters u16 | … */
static int
prepare(struct db *db, struct span sql, struct err *err)
{
	const uint8_t *p;
	size_t n;

	if (command(db, COM_STMT_PREPARE, sql.p, sql.n, sql, err) < 0 ||
	    read_packet(db, &p, &n, sql, err) < 0)
		return -1;
	if (n < 9 || p[0] != 0)
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
	if (command(db, COM_STMT_EXECUTE, request, sizeof(request), sql,
	    err) < 0 || read_packet(db, &p, &n, sql, err) < 0)
		return -1;
	/* how many columns */
	if (n == 0 || p[0] == 0 || p[0] == SEND_FILE)
		return err_set(err, ERR_CONFIG, "%s: no rows, which were asked "
		    "for", db_name(db));
	return skip_to_eof(db, err);
}

int
db_fetch(struct db *db, const uint8_t **p, size_t *n, struct err *err)
{
	int got = read_body(db, p, n, SPAN("reading rows"), err);

	if (got == 0)
		command(db, COM_STMT_CLOSE, db->statement, STATEMENT_ID,
		    SPAN("closing a statement"), &(struct err){ 0 });
	return got;
}

int
db_dump(struct db *db, const uint8_t *request, size_t n, struct err *err)
{
	if (command(db, COM_BINLOG_DUMP, request, n,
	    SPAN("asking for the binlog"), err) < 0)
		return -1;
	/* it says itself that it is there, by heartbeats */
	db->wait.at_work = NULL;
	db->wait.grace_ms = 0;          /* there is nothing to be finished */
	return 0;
}

int
db_packet(struct db *db, const uint8_t **p, size_t *n, struct err *err)
{
	return read_body(db, p, n, SPAN("reading the binlog"), err);
}

/* Connector/C's MARIADB_TLS, of ma_tls.h, which cannot be included. */
struct tls {
	void *data;
	MARIADB_PVIO *pvio;
	void *ssl;
};

/* Bytes that the library of TLS has read and not given yet. */
static bool
tls_pending(const struct tls *tls)
{
	static int (*pending)(const void *);

	if (!tls || !tls->ssl)
		return false;
	if (!pending)
		*(void **)&pending = dlsym(RTLD_DEFAULT, "SSL_pending");
	return pending && pending(tls->ssl) > 0;
}

bool
db_pending(const struct db *db)
{
	const MARIADB_PVIO *pvio = db->mysql->net.pvio;

	return pvio && ((pvio->cache &&
	    pvio->cache_pos < pvio->cache + pvio->cache_size) ||
	    tls_pending(pvio->ctls));
}
