/* SPDX-License-Identifier: MIT */
#include "target/assignment.h"

#include <stdlib.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/array.h"
#include "match/named.h"

int
assignment_add(void *list, const char *text, struct err *err)
{
	struct assignment_list *all = list;
	const char *sign = strchr(text, '='), *why;

	if (!sign || sign == text || !sign[1])
		return err_set(err, ERR_USAGE, "'%s' is not "
		    "COLUMN=EXPRESSION", text);
	why = sql_expression_fault(span_of(sign + 1));
	if (why)
		return err_set(err, ERR_USAGE, "'%s' is not one expression: "
		    "%s", text, why);
	*ARRAY_ADD(all->v, all->n) = (struct assignment){
		xmemdup(text, (size_t)(sign - text)), sign + 1,
		named_add((struct span){ text, (size_t)(sign - text) }) };
	return 0;
}

void
assignments_look(
    const struct assignment_list *list, const struct target *t)
{
	for (size_t i = 0; i < list->n; i++)
		named_look(list->v[i].named, target_column_find(t,
		    span_of(list->v[i].column)) >= 0);
}

void
assignments_clear(struct assignment_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		free(list->v[i].column);
	free(list->v);
	*list = (struct assignment_list){ 0 };
}

bool
assignments_have(const struct assignment_list *list,
    const struct target_column *col)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcasecmp(list->v[i].column, col->name) == 0)
			return true;
	return false;
}
