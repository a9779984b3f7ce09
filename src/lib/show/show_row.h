/* SPDX-License-Identifier: MIT
 *
 * The lines of a change: what row it is, and what became of it.
 */
#ifndef SHOW_SHOW_ROW_H
#define SHOW_SHOW_ROW_H

#include "show/show.h"

/* Note the columns of a row, an object of the record, or of its key. */
void show_row_take(struct showing *s, struct record *rec,
    struct seen_table *t, struct span row, enum side side);
void show_row_take_key(struct showing *s, struct seen_table *t,
    struct span key);

/* "+ db.table", and "+ db.table  id=1", in the line in hand. */
void show_row_sign(struct showing *s, const struct seen_table *t, char op);
void show_row_head(struct showing *s, const struct seen_table *t, char op);

/* The columns of one side but those of the key: on lines of their own, as many
 * on each as there is room for; or --full, one on each. */
void show_row_flow(struct showing *s, struct seen_table *t, enum side side);

/* What changed, from what to what, a line for each column; of a row without a
 * key the others tell which it was. */
void show_row_compare(struct showing *s, struct seen_table *t);

/* Is a column of an update another one; and did the head say a value? */
bool show_row_is_changed(const struct seen_table *t,
    const struct seen_column *c);
bool show_row_is_said(const struct seen_table *t, const struct seen_column *c,
    enum side side);

#endif
