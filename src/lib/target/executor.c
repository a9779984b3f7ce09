/* SPDX-License-Identifier: MIT */
#include "target/executor.h"

#include <stdlib.h>

#include "db/errors.h"
#include "db/query.h"

bool
executor_clashed(const struct executor *x)
{
	return db_errno(x->db) == ER_SUBQUERY_NO_1_ROW ||
	    db_errno(x->db) == ER_DUP_ENTRY;
}

int
execute_savepoint(struct db *db, struct sql_part name, bool *is_there,
    struct err *err)
{
	int status = db_execute(db, err, SQL("SAVEPOINT "), name);

	*is_there = status == 0;
	if (status < 0 && db_errno(db) == ER_CHECK_NOT_IMPLEMENTED) {
		err_clear(err);
		return 0;
	}
	return status;
}

void
execute_print(struct executor *x, struct span sql)
{
	buf_span(x->dry, sql);
	buf_str(x->dry, ";\n");
}

void
execute_clear(struct executor *x)
{
	free(x->p);
	free(x->n);
	free(x->values);
	free(x->ops);
}
