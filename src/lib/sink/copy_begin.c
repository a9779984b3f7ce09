/* SPDX-License-Identifier: MIT */
#include "sink/copy_begin.h"

#include "json/scan.h"

static bool
same_member(struct span a, struct span b, const char *of_a, const char *of_b)
{
	struct span x = object_member(a, of_a), y = object_member(b, of_b);

	return x.p && y.p && json_same(x, y);
}

/* It continues from a state: from ours, or from an earlier one. */
static int
resume_copy(const struct progress *p, struct span copy, struct err *err)
{
	if (object_number(copy, "rows") <=
	    object_number(buf_view(&p->state.snapshot), "rows"))
		return 0;
	err_set(err, ERR_CONFIG, "the copy continues beyond what is done: "
	    "rows are missing");
	return err_hint(err, "its --state is not that of this position, which "
	    "cdc-apply --show-state prints");
}

/* What is there is most likely whole, and only to be gone on from. */
static int
refuse_copy(struct progress *p, struct err *err)
{
	const char *show = p->show ? p->show : "cdc-apply --show-state >FILE";
	struct buf at = { 0 };

	p->refused = true;
	gtid_list_print(&p->state.done, &at);
	if (p->state.snapshot.n)
		err_set(err, ERR_CONFIG, "a copy begins, but the one before "
		    "it is incomplete");
	else
		err_set(err, ERR_CONFIG, "a copy begins, but the position has "
		    "one already: everything up to %s is done",
		    buf_cstr(&at));
	buf_free(&at);
	if (p->state.snapshot.n)
		return err_hint(err, "cdc-snapshot --state FILE resumes it; "
		    "where no FILE tells of it: %s", show);
	return err_hint(err, "to go on from there, give cdc-snapshot --state "
	    "FILE; where no FILE tells of it: %s; only to copy everything "
	    "again: empty the tables, and --forget", show);
}

/* One that is taken up says until when; this one is the first again, and
 * knows nothing of rows that are there. */
static bool
begins_anew(struct span copy, struct span ours)
{
	return !object_member(copy, "until").p &&
	    object_number(copy, "rows") == 0 &&
	    object_number(ours, "rows") > 0;
}

int
copy_begin_judge(struct progress *p, struct span copy, struct err *err)
{
	struct span ours = buf_view(&p->state.snapshot);

	if (!p->known || !(p->state.done.n || ours.n))
		return 0;
	/* of that which is half done, or of the one before, in whose stead that
	 * began, too */
	p->empties = same_member(copy, ours, "instead", "start") ||
	    same_member(copy, ours, "instead", "instead");
	if (p->empties)
		return 0;
	if (!same_member(copy, ours, "start", "start") ||
	    begins_anew(copy, ours))
		return refuse_copy(p, err);
	return resume_copy(p, copy, err);
}
