/* SPDX-License-Identifier: MIT */
#include "mask/masker_parts.h"

#include <inttypes.h>

#include "json/scan.h"

int
masker_place(const struct record *rec, struct err *err)
{
	struct span gtid = json_inside(object_member(record_source(rec),
	    "gtid"));

	return err_wrap(err, "line %" PRIu64 "%s%.*s", rec->line.number,
	    gtid.n ? ", GTID " : "", (int)gtid.n, gtid.n ? gtid.p : "");
}

int
masker_refuse(const struct masker *m, const struct record *rec,
    struct span column, const char *why, struct err *err)
{
	const struct mask_table *t = m->table;

	return err_set(err, ERR_DATA, "line %" PRIu64 ": column "
	    "%.*s.%.*s.%.*s: %s", rec->line.number, (int)t->db.n, t->db.p,
	    (int)t->table.n, t->table.p, (int)column.n, column.p, why);
}

int
masker_refuse_unlisted(const struct masker *m, const struct record *rec,
    struct span column, struct err *err)
{
	masker_refuse(m, rec, column, "no rule names it", err);
	return err_hint(err, "--fail-on-unlisted: add a rule for it, or name "
	    "it in --pass");
}
