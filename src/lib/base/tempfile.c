/* SPDX-License-Identifier: MIT */
#include "base/tempfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int
tempfile_open(struct err *err)
{
	const char *dir = getenv("TMPDIR");
	char path[4096];
	int fd;

	if (snprintf(path, sizeof(path), "%s/cdc.XXXXXX",
	    dir && *dir ? dir : "/tmp") >= (int)sizeof(path))
		return err_set(err, ERR_OS, "TMPDIR is too long");
	fd = mkostemp(path, O_CLOEXEC);
	if (fd < 0)
		return err_errno(err, ERR_OS,
		    "cannot make a temporary file %s", path);
	unlink(path);
	return fd;
}

int
tempfile_write_at(int fd, const void *p, size_t n, uint64_t at)
{
	const char *from = p;

	while (n > 0) {
		ssize_t done = pwrite(fd, from, n, (off_t)at);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return -1;
		from += done;
		n -= (size_t)done;
		at += (uint64_t)done;
	}
	return 0;
}

ssize_t
tempfile_read_at(int fd, void *to, size_t least, size_t most, uint64_t at)
{
	size_t n = 0;

	while (n < least) {
		ssize_t got = pread(fd, (char *)to + n, most - n,
		    (off_t)(at + n));

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		n += (size_t)got;
	}
	return (ssize_t)n;
}
