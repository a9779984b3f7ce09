/* SPDX-License-Identifier: MIT
 *
 * What the session that made a row did not check, ours must not check either
 * (foreign_key_checks, unique_checks, check_constraint_checks): otherwise a row
 * that exists at the source would be refused, or a foreign key would act where
 * the source's did not.  The session is switched from run to run.
 */
#ifndef TARGET_UNCHECKED_H
#define TARGET_UNCHECKED_H

#include "record/record.h"
#include "target/executor.h"

enum unchecked {
	UNCHECKED_KEYS = 1,     /* foreign ones, and they do not act */
	UNCHECKED_UNIQUE = 2,
	UNCHECKED_ROWS = 4,     /* CHECK */
};

/* Can what it says be told, an object without a name twice, or nothing? */
bool unchecked_is_sound(const struct record *rec);

/* What the source block of a record says, as bits. */
uint8_t unchecked_of(const struct record *rec);

/* Append the statement that switches a session; they are not the same. */
void unchecked_put(struct statement *sql, uint8_t from, uint8_t wanted);

/* Switch the session, unless it is so already. */
int unchecked_set(struct executor *x, uint8_t wanted, struct err *err);

#endif
