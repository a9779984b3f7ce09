/* SPDX-License-Identifier: MIT */
#include "source/sessions.h"

#include <stdlib.h>

#include "base/integer.h"
#include "db/query.h"

static uint64_t
ask_number(struct db *db, struct sql_part sql)
{
	struct err ignored = { 0 };
	char *value = db_value(db, &ignored, sql);
	uint64_t n = integer_or(value, 0);

	free(value);
	return n;
}

/* Numbers of sessions grow; CONNECTIONS is the last that was given. */
void
sessions_look(struct binlog_source *src, struct db *db)
{
	src->server_id = (uint32_t)ask_number(db, SQL("SELECT @@server_id"));
	src->sessions = ask_number(db, SQL("SELECT VARIABLE_VALUE FROM "
	    "information_schema.GLOBAL_STATUS WHERE "
	    "VARIABLE_NAME='CONNECTIONS'"));
	src->started = ask_number(db, SQL("SELECT UNIX_TIMESTAMP() - "
	    "VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE "
	    "VARIABLE_NAME='UPTIME'"));
}
