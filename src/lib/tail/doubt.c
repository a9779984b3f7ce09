/* SPDX-License-Identifier: MIT
 *
 * Types that neither a map nor anything else tells: the bytes printed may
 * be those of a UUID.
 */
#include "tail/printer.h"

#include "base/log.h"
#include "value/sqltype.h"

enum { SHOWN = 300 };           /* bytes of columns in a message */

static void
put_name(struct buf *out, const struct table *t, size_t i)
{
	buf_str(out, out->n ? ", " : "");
	if (t->named)
		buf_span(out, t->columns[i].name);
	else
		buf_printf(out, "@%zu", i + 1);
}

/* "u may be UUID or INET6", where it may. */
static void
put_doubt(struct buf *out, const struct table *t, size_t at,
    const struct binlog_format *format)
{
	const struct column *col = &t->columns[at];
	bool any = false;

	if (col->json_known || col->collation != COLLATION_BINARY)
		return;
	for (enum declared_type i = 0; i < DECLARED_TYPES; i++) {
		const struct sql_type *type = sqltype_get(i);

		if (!type->major || !declared_type_fits(col, i) ||
		    !format_is_since(format, type->major, type->minor, 0))
			continue;
		if (!any)
			put_name(out, t, at);
		buf_printf(out, any ? " or %s" : " may be %s", type->word);
		any = true;
	}
}

static const char *
what_to_do(const struct printer *p, const struct schema_entry *entry)
{
	if (!p->feed->now)
		return "give --schema FILE";
	if (entry->nrecords)
		return "what the server shows of the table does not fit: "
		    "GRANT SELECT on all its columns; if it was altered "
		    "since, give --schema FILE";
	return "GRANT SELECT on the table, and BINLOG MONITOR, to the "
	    "account, or give --schema FILE";
}

void
doubt_tell(struct printer *p, const struct table *t,
    const struct binlog_event *ev)
{
	const struct binlog_format *format = group_format(p->reader);
	struct schema_entry *entry;
	struct buf columns = { 0 };

	for (size_t i = 0; format->mariadb && i < t->ncolumns; i++)
		put_doubt(&columns, t, i, format);
	if (!columns.n)
		return;
	entry = schemas_entry(p->opt->schemas, t->db, t->name, true);
	if (!entry->doubted)
		log_warn("%s:%llu: table %.*s.%.*s: the log does not give the "
		    "types of some columns, and nothing else does: %.*s%s; "
		    "printed as bytes; %s", p->group->rows_path,
		    (unsigned long long)ev->pos, (int)t->db.n, t->db.p,
		    (int)t->name.n, t->name.p, SPAN_SHOWN(
		    buf_view(&columns), SHOWN), what_to_do(p, entry));
	entry->doubted = true;
	buf_free(&columns);
}
