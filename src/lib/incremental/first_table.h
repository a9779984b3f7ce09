/* SPDX-License-Identifier: MIT
 *
 * Which of the tables that are to be copied is the first.  What changes rows of
 * others by a foreign key is copied before them (parents.h): of one signal, or
 * of one that came later, be it while they were copied.
 */
#ifndef INCREMENTAL_FIRST_TABLE_H
#define INCREMENTAL_FIRST_TABLE_H

#include "incremental/table_reader.h"

/* Ask for the definition of what is the first now. */
int first_table_define(struct table_reader *r, struct queue *q,
    struct err *err);

/* It is defined, and nothing of it is copied: others may be before it, then
 * they are defined, and *changed is set where the queue tells it. */
int first_table_begin(struct table_reader *r, struct queue *q, bool *changed,
    struct err *err);

/* Did a signal come meanwhile that asks for one whose changes change its rows?
 * Then that is the first. */
bool first_table_is_overtaken(struct table_reader *r, struct queue *q);

#endif
