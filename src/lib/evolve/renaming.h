/* SPDX-License-Identifier: MIT
 *
 * --schema-evolution add: tables get the names that the source's get.
 *
 * A RENAME whose names go round looks the same before and after, so each pair
 * of names is executed once, as statements of apply-ddl are (executed.h).
 */
#ifndef EVOLVE_RENAMING_H
#define EVOLVE_RENAMING_H

#include "evolve/evolving.h"

/* RENAME TABLE, ALTER TABLE … RENAME of e->action.  e->passed, where it and
 * what came after it was done before we began. */
int renaming_follow(struct evolving *e, struct err *err);

#endif
