/* SPDX-License-Identifier: MIT */
#include "base/tempfile.h"

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
