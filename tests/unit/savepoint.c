/* SPDX-License-Identifier: MIT
 *
 * Savepoints, against a model that remembers every row: random transactions of
 * rows, SAVEPOINT and ROLLBACK TO, in names whose letters differ in case.
 */
#include "group/savepoint.h"

#include <stdio.h>

#include "tap.h"

enum { NAMES = 4, EVENTS = 40, TRANSACTIONS = 20000 };

static const char *const names[2][NAMES] = {
	{ "a", "b", "sp1", "\xC3\xB8" }, { "A", "B", "SP1", "\xC3\x98" },
};

/* What happened, the place of an event being its number. */
struct model {
	bool row[EVENTS], undone[EVENTS];
	int at[NAMES];          /* where it was set; -1: it is not */
};

static uint64_t seed = 4711;

static unsigned
chance(unsigned n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 33) % n;
}

/* All rows after it are undone, and savepoints set after it are gone. */
static bool
roll_back(struct model *m, unsigned name, int now)
{
	if (m->at[name] < 0)
		return false;
	for (int i = m->at[name]; i < now; i++)
		m->undone[i] = m->row[i];
	for (unsigned k = 0; k < NAMES; k++)
		if (m->at[k] > m->at[name])
			m->at[k] = -1;
	return true;
}

static bool
is_undone(const struct savepoints *s, uint64_t pos)
{
	for (size_t i = 0; i < s->nundone; i++)
		if (pos >= s->undone[i].from && pos < s->undone[i].to)
			return true;
	return false;
}

static bool
in_order(const struct savepoints *s)
{
	for (size_t i = 1; i < s->nundone; i++)
		if (s->undone[i].from < s->undone[i - 1].to)
			return false;
	return true;
}

/* How often the two do not agree. */
static int
transaction(struct savepoints *s)
{
	struct model m = { .at = { -1, -1, -1, -1 } };
	int wrong = 0, n = 1 + (int)chance(EVENTS);

	savepoints_reset(s, FOLD_GENERAL);
	for (int i = 0; i < n; i++) {
		unsigned name = chance(NAMES), what = chance(4);
		struct span text = span_of(names[chance(2)][name]);
		uint64_t end = (uint64_t)i + 1;

		if (what == 0) {
			savepoint_set(s, text, end);
			m.at[name] = i + 1;
		} else if (what == 1) {
			wrong += savepoint_rollback(s, text, end) !=
			    roll_back(&m, name, i);
		} else {
			m.row[i] = true;
		}
	}
	for (int i = 0; i < n; i++)
		wrong += m.row[i] && is_undone(s, (uint64_t)i) != m.undone[i];
	return wrong + !in_order(s);
}

int
main(void)
{
	struct savepoints s = { 0 };
	int wrong = 0;

	for (int i = 0; i < TRANSACTIONS; i++)
		wrong += transaction(&s) > 0;
	is_number(wrong, 0, "what was undone");
	savepoints_clear(&s);
	return done();
}
