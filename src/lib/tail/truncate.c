/* SPDX-License-Identifier: MIT
 *
 * TRUNCATE, which is a record of its own.
 */
#include "tail/printer.h"

#include <stdlib.h>

#include "binlog/query_event.h"
#include "incremental/incremental.h"

static bool
is_followed(struct printer *p, struct span db, struct span name)
{
	return !copied_rows_are_in(p, db, name) &&
	    table_filter_keeps(&p->opt->filter, db, name);
}

static void
print_empty(struct printer *p, const struct binlog_event *ev, struct span db,
    struct span name)
{
	struct table none = { .db = db, .name = name };
	struct record_template *plan =
	    record_template_of(&none, p->opt->prefix);

	data_record_begin(p, ev, buf_view(&plan->source));
	data_record_print(p, plan, &none, &(struct tail_record){ .op = 't' });
	record_template_forget(&none);
}

static int
refuse(struct printer *p, const struct query *query, struct err *err)
{
	struct action s;

	action_read_query(&s, query);
	err_set(err, ERR_DATA, "a TRUNCATE that failed (error %u): what is "
	    "left of its table is not in the log: %.*s",
	    (unsigned)query->error, (int)query->text.n, query->text.p);
	border_hint(p, &s, "its rows are unknown", "", err);
	action_clear(&s);
	return -1;
}

int
truncate_take(struct printer *p, const struct binlog_event *ev,
    const struct query *query, struct err *err)
{
	char *name = schemas_lower(p->opt->schemas, sql_unquote(query->table));
	char *own = query->db.p == query->default_db.p ? NULL :
	    schemas_lower(p->opt->schemas, sql_unquote(query->db));
	struct span db = own ? span_of(own) : query->db;
	int status = 0;

	if (p->feed->incremental)
		incremental_truncated(p->feed->incremental, db, span_of(name));
	if (is_followed(p, db, span_of(name))) {
		if (query->error)
			status = refuse(p, query, err);
		else
			print_empty(p, ev, db, span_of(name));
	}
	free(own);
	free(name);
	return status;
}
