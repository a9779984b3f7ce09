/* SPDX-License-Identifier: MIT */
#include "target/target_session.h"

#include "db/query.h"

enum {
	READ_TIMEOUT_S = 300,
	MIN_PACKET = 4096, MAX_PACKET = 2 << 20,
};

/* What a source can hold must go in, what does not fit must not. */
#define LENIENT_MODE "NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES," \
	"NO_ENGINE_SUBSTITUTION"
#define STRICT_MODE "STRICT_ALL_TABLES," LENIENT_MODE

int
target_session_open(struct executor *x, struct db *db, bool skip_replication,
    struct err *err)
{
	if (db_connect(db, READ_TIMEOUT_S, err) < 0 ||
	    db_execute(db, err, SQL("SET SESSION sql_mode='" STRICT_MODE
	    "', autocommit=0, foreign_key_checks=1, unique_checks=1, "
	    "check_constraint_checks=1"),
	    skip_replication ? SQL(", skip_replication=1") :
	    SQL("")) < 0)
		return -1;
	x->db = db;
	x->strict = STRICT_MODE;
	x->lenient = LENIENT_MODE;
	x->unchecked = 0;
	x->most = db_max_packet(db);
	x->packet = x->most / 2;
	if (x->packet < MIN_PACKET)
		x->packet = MIN_PACKET;
	if (x->packet > MAX_PACKET)
		x->packet = MAX_PACKET;
	return 0;
}
