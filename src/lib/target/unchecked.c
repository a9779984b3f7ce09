/* SPDX-License-Identifier: MIT */
#include "target/unchecked.h"

#include "db/query.h"
#include "record/unique.h"

static const struct {
	const char *name;
	uint8_t bit;
	struct sql_part set;
} switches[] = {
	{ "foreign_key_checks", UNCHECKED_KEYS,
	    SQL_INIT("foreign_key_checks=") },
	{ "unique_checks", UNCHECKED_UNIQUE, SQL_INIT("unique_checks=") },
	{ "check_constraint_checks", UNCHECKED_ROWS,
	    SQL_INIT("check_constraint_checks=") },
};

enum { SWITCHES = sizeof(switches) / sizeof(*switches) };

bool
unchecked_is_sound(const struct record *rec)
{
	struct span session = member_value(&rec->block, M_SESSION);

	return !session.p || session.p[0] == 'n' ||
	    (session.p[0] == '{' && unique_json(session));
}

uint8_t
unchecked_of(const struct record *rec)
{
	struct span session = member_value(&rec->block, M_SESSION);
	uint8_t bits = 0;

	if (!session.p || session.p[0] != '{')
		return 0;
	for (int i = 0; i < SWITCHES; i++)
		if (span_is(object_member(session, switches[i].name), "0"))
			bits |= switches[i].bit;
	return bits;
}

void
unchecked_put(struct statement *sql, uint8_t from, uint8_t wanted)
{
	struct sql_part word = SQL("SET SESSION ");

	for (int i = 0; i < SWITCHES; i++) {
		if (!((from ^ wanted) & switches[i].bit))
			continue;
		statement_add(sql, word, switches[i].set,
		    SQL_NUMBER(wanted & switches[i].bit ? 0u : 1u));
		word = SQL(", ");
	}
}

/* With both off, InnoDB loads an empty table in bulk (10.6 and later): what a
 * statement that fails takes back is then all of the table, and no error says
 * so.  With unique_checks on, nothing is taken that the source did not take,
 * but for duplicates that it did not look for. */
static uint8_t
without_bulk(uint8_t wanted)
{
	return wanted & UNCHECKED_KEYS ?
	    wanted & (uint8_t)~UNCHECKED_UNIQUE : wanted;
}

int
unchecked_set(struct executor *x, uint8_t wanted, struct err *err)
{
	struct statement sql = { 0 };
	int status = 0;

	wanted = without_bulk(wanted);

	if (x->unchecked == wanted)
		return 0;
	unchecked_put(&sql, x->unchecked, wanted);
	if (x->dry)
		execute_print(x, statement_view(&sql));
	else
		status = db_execute(x->db, err, SQL_OF(&sql));
	if (status == 0)
		x->unchecked = wanted;
	statement_free(&sql);
	return status;
}
