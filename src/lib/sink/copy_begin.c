/* SPDX-License-Identifier: MIT */
#include "sink/copy_begin.h"

#include "json/object.h"
#include "json/scan.h"

static bool
same_member(struct span a, struct span b, const char *of_a, const char *of_b)
{
	struct span x = object_member(a, of_a), y = object_member(b, of_b);

	return x.p && y.p && json_same(x, y);
}

/* It continues from a state: from ours, or from an earlier one. */
static enum copy_begin
resume_copy(struct span ours, struct span copy, struct err *err)
{
	if (object_number(copy, "rows") <= object_number(ours, "rows"))
		return COPY_CONTINUES;
	err_set(err, ERR_CONFIG, "the copy continues beyond what is done: "
	    "rows are missing");
	err_hint(err, "its --state is not that of this position, which "
	    "cdc-apply --show-state prints");
	return COPY_LACKS_ROWS;
}

/* What is there is most likely whole, and only to be gone on from. */
static enum copy_begin
refuse_copy(const struct state *state, const char *show, struct err *err)
{
	struct buf at = { 0 };

	if (!show)
		show = "cdc-apply --show-state >FILE";
	if (state_is_unfinished(state)) {
		err_set(err, ERR_CONFIG, "a copy begins, but the one before "
		    "it is incomplete");
		err_hint(err, "cdc-snapshot --state FILE resumes it; where no "
		    "FILE tells of it: %s", show);
		return COPY_IS_ANOTHER;
	}
	gtid_list_print(&state->done, &at);
	err_set(err, ERR_CONFIG, "a copy begins, but the position has one "
	    "already: everything up to %s is done", buf_cstr(&at));
	err_hint(err, "to go on from there, give cdc-snapshot --state FILE; "
	    "where no FILE tells of it: %s; only to copy everything again: "
	    "empty the tables, and --forget", show);
	buf_free(&at);
	return COPY_IS_ANOTHER;
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

enum copy_begin
copy_begin_judge(const struct state *state, const char *show,
    struct span copy, struct err *err)
{
	struct span ours = buf_view(&state->snapshot);

	if (!(state->done.n || ours.n))
		return COPY_CONTINUES;
	/* of that which is half done, or of the one before, in whose stead that
	 * began, too */
	if (same_member(copy, ours, "instead", "start") ||
	    same_member(copy, ours, "instead", "instead"))
		return COPY_ANEW;
	/* who was killed behind its end has not told cdc-snapshot of that */
	if (!same_member(copy, ours, "start", "start") ||
	    !state_is_unfinished(state) || begins_anew(copy, ours))
		return refuse_copy(state, show, err);
	return resume_copy(ours, copy, err);
}
