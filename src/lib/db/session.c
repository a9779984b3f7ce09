/* SPDX-License-Identifier: MIT */
#include "db/inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/integer.h"
#include "db/query.h"

/* What init_connect, init-command, an option file or a server's defaults may
 * have set, and would change what is read or written. */
#define WANTED                                                               \
	"SET SESSION sql_mode='', time_zone='+00:00', autocommit=1, "        \
	"sql_select_limit=18446744073709551615, sql_big_selects=1, "         \
	"sql_safe_updates=0, sql_auto_is_null=0, sql_quote_show_create=1, "  \
	"completion_type=0, tx_read_only=0, timestamp=DEFAULT, "             \
	"max_error_count=64, lc_messages='en_US', lc_time_names='en_US'"     \
	"/*M!100300 , system_versioning_asof=DEFAULT */"

/* One character, two bytes: a server that takes them for two would store
 * other text than it is given. */
#define ASK                                                                  \
	"SELECT @@character_set_client, @@character_set_connection, "        \
	"@@character_set_results, CHAR_LENGTH('\xC3\xA9'), @@autocommit, "   \
	"@@sql_mode, @@time_zone, @@max_allowed_packet, CONNECTION_ID(), "   \
	"CONCAT(@@hostname, ' ', @@port, ' ', @@server_id)"

static const struct {
	const char *name, *value;
} answers[] = {
	{ "character_set_client", "utf8mb4" },
	{ "character_set_connection", "utf8mb4" },
	{ "character_set_results", "utf8mb4" },
	{ "length of an e with acute", "1" },
	{ "autocommit", "1" },
	{ "sql_mode", "" },
	{ "time_zone", "+00:00" },
};

enum { CHECKED = sizeof(answers) / sizeof(*answers), PACKET = CHECKED, ID,
	SERVER, ASKED };

struct answer {
	struct db *db;
	struct err *err;
	bool came;
};

static int
take_answer(void *arg, char **v, size_t n)
{
	struct answer *a = arg;
	struct db *db = a->db;

	for (size_t i = 0; i < ASKED; i++)
		if (n != ASKED || !v[i] || (i < CHECKED &&
		    strcmp(v[i], answers[i].value) != 0))
			return err_set(a->err, ERR_CONFIG, "%s: cannot set up "
			    "the session: %s is %s",
			    db_name(db), i < CHECKED ? answers[i].name :
			    "what it is", n == ASKED && v[i] ? v[i] : "NULL");
	db->packet = integer_or(v[PACKET], 0);
	free(db->id);
	free(db->server);
	db->id = xstrdup(v[ID]);
	db->server = xstrdup(v[SERVER]);
	a->came = true;
	return 0;
}

int
db_session_set(struct db *db, struct err *err)
{
	struct answer a = { db, err, false };

	db->packet = 0;
	if (db_execute(db, err, SQL("SET NAMES utf8mb4")) < 0 ||
	    db_execute(db, err, SQL(WANTED)) < 0 ||
	    db_rows(db, take_answer, &a, err, SQL(ASK)) < 0)
		return -1;
	return a.came ? 0 : err_set(err, ERR_CONFIG, "%s: the session does "
	    "not report its settings", db_name(db));
}
