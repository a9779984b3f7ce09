/* SPDX-License-Identifier: MIT */
#include "snapshot/snapshot_state.h"

#include "state/state.h"
#include "snapshot/copy_progress.h"

int
snapshot_state_write(const char *path, const char *prefix,
    const struct snapshot_source *source, const struct lists *lists,
    struct err *err)
{
	struct state s = { .pos = source->pos };
	int status;

	buf_str(&s.name, prefix);
	gtid_list_copy(&s.done, &source->gtids);
	buf_str(&s.file, source->file);
	copy_progress_put_whole(source, &s.snapshot);
	state_put_lists(&s, lists);
	status = state_write(&s, path, err);
	state_clear(&s);
	return status;
}
