/* SPDX-License-Identifier: MIT
 *
 * Groups that XA ends in two steps.
 */
#include "group/reader.h"

#include "binlog/events.h"

/* From MariaDB's GTID event; elsewhere from what decides or prepares. */
static struct span
xid_of(const struct group_reader *r)
{
	return (struct span){ r->gtid.xid, r->gtid.xid_n };
}

/* XA COMMIT: the events are those of its XA PREPARE. */
int
group_xa_commit(struct group_reader *r, const struct binlog_event *ev,
    const struct query *query, struct err *err)
{
	struct xa_branch *branch;

	if (!r->group.has_gtid)
		gtid_event_xid_of_query(&r->gtid, query);
	branch = xa_find(&r->prepared, xid_of(r));
	if (r->opt->xa_at_prepare)
		return group_end(r, ev, GROUP_UNDONE);
	if (!branch) {
		err_set(err, ERR_DATA, "%.*s: its XA PREPARE was not read",
		    (int)(query->text.n < 300 ? query->text.n : 300),
		    query->text.p);
		err_hint(err, "give the older logs as well");
		if (group_tolerate(r, ev, err) < 0)
			return -1;
		return group_end(r, ev, GROUP_UNDONE);
	}
	group_end(r, ev, GROUP_COMMITTED);
	r->branch = branch;
	r->group.rows_file = xa_file(branch);
	r->group.rows_path = xa_path(branch);
	return 1;
}

int
group_xa_rollback(struct group_reader *r, const struct binlog_event *ev,
    const struct query *query)
{
	struct xa_branch *branch;

	if (!r->group.has_gtid)
		gtid_event_xid_of_query(&r->gtid, query);
	branch = xa_find(&r->prepared, xid_of(r));
	if (branch)
		xa_forget(&r->prepared, branch);
	return group_end(r, ev, GROUP_UNDONE);
}

/* XA_PREPARE_LOG: one phase u8, then the xid; one phase is a commit. */
int
group_xa_prepared(struct group_reader *r, const struct binlog_event *ev,
    struct err *err)
{
	struct cursor in = cursor_of(ev->body, ev->body_n);
	bool one_phase = take_u8(&in);

	if (!r->group.has_gtid)
		gtid_event_xid_of_prepare(&r->gtid, ev);
	if (one_phase || r->opt->xa_at_prepare)
		return group_end(r, ev, GROUP_COMMITTED);
	if (!xa_prepare(&r->prepared, xid_of(r), &r->at, r->src->file,
	    r->src->path, err))
		return -1;
	return group_end(r, ev, GROUP_PREPARED);
}

int
group_keep_prepared(struct group_reader *r, struct err *err)
{
	struct xa_branch *branch = r->prepared.newest;
	struct binlog_event ev;
	int got;

	while ((got = group_event(r, &ev, err)) > 0) {
		enum event_role role = event_kind(ev.type)->role;

		if ((role == ROLE_TABLE_MAP || role == ROLE_ROWS ||
		    role == ROLE_ANNOTATE) &&
		    xa_keep(&r->prepared, branch, &ev, err) < 0)
			return -1;
	}
	return got < 0 ? -1 : xa_kept(&r->prepared, branch, err);
}
