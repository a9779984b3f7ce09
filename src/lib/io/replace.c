/* SPDX-License-Identifier: MIT */
#include "io/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"

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
file_replace(const char *path, struct span text, struct err *err)
{
	struct buf beside = { 0 };
	int status;

	buf_printf(&beside, "%s.new", path);
	status = write_synced(buf_cstr(&beside), text, err);
	if (status == 0 && rename(beside.p, path) < 0)
		status = err_errno(err, ERR_IO, "cannot rename %s to %s",
		    beside.p, path);
	if (status == 0)
		sync_folder(path);
	buf_free(&beside);
	return status;
}

int
file_lock(const char *path, struct err *err)
{
	struct buf name = { 0 };
	int fd, status = 0;

	buf_printf(&name, "%s.lock", path);
	fd = open(buf_cstr(&name), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0)
		status = err_errno(err, ERR_IO, "cannot open %s", name.p);
	else if (flock(fd, LOCK_EX | LOCK_NB) < 0)
		status = errno == EWOULDBLOCK ? err_set(err, ERR_RETRY,
		    "%s: another process keeps this state", path) :
		    err_errno(err, ERR_IO, "cannot lock %s", name.p);
	buf_free(&name);
	return status;
}
