/* SPDX-License-Identifier: MIT */
#include "snapshot/state.h"

#include <fcntl.h>
#include <inttypes.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "json/write.h"

static void
put_state(struct buf *out, const char *prefix,
    const struct snapshot_source *source, const char *filter)
{
	struct buf gtids = { 0 };

	gtid_list_print(&source->gtids, &gtids);
	buf_str(out, "{\"version\":1");
	json_member(out, "name", span_of(prefix));
	json_member(out, "gtid", buf_view(&gtids));
	json_member(out, "file", span_of(source->file));
	buf_printf(out, ",\"pos\":%" PRIu64 ",\"partial\":null", source->pos);
	json_member(out, "filter", span_of(filter));
	buf_printf(out, ",\"ts_ms\":%lld}\n", (long long)clock_now_ms());
	buf_free(&gtids);
}

static int
write_synced(const char *path, struct span text, struct err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	bool good = fd >= 0 && write(fd, text.p, text.n) == (ssize_t)text.n &&
	    fsync(fd) == 0;

	if (!good)
		err_errno(err, ERR_IO, "cannot write %s", path);
	if (fd >= 0)
		close(fd);
	return good ? 0 : -1;
}

/* A rename is safe when its folder is. */
static void
sync_folder(const char *path)
{
	char *copy = xstrdup(path);
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(copy);
}

int
state_write(const char *path, const char *prefix,
    const struct snapshot_source *source, const char *filter,
    struct err *err)
{
	struct buf text = { 0 }, beside = { 0 };
	int status;

	put_state(&text, prefix, source, filter);
	buf_printf(&beside, "%s.new", path);
	status = write_synced(buf_cstr(&beside), buf_view(&text), err);
	if (status == 0 && rename(beside.p, path) < 0)
		status = err_errno(err, ERR_IO, "cannot rename %s to %s",
		    beside.p, path);
	if (status == 0)
		sync_folder(path);
	buf_free(&text);
	buf_free(&beside);
	return status;
}
