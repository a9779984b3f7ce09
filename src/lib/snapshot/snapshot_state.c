/* SPDX-License-Identifier: MIT */
#include "snapshot/snapshot_state.h"

#include "state/write.h"
#include "snapshot/copy_progress.h"

int
state_write(const char *path, const char *prefix,
    const struct snapshot_source *source, const struct lists *lists,
    struct err *err)
{
	struct sink_state s = { .pos = source->pos };
	int status;

	gtid_list_copy(&s.done, &source->gtids);
	buf_str(&s.file, source->file);
	steps_put_whole(source, &s.snapshot);
	sink_state_put_lists(&s, lists);
	status = sink_state_write(&s, prefix, path, err);
	sink_state_clear(&s);
	return status;
}
