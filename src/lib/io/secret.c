/* SPDX-License-Identifier: MIT */
#include "io/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/log.h"

enum { MOST = 4096 };

/* Who else may read a file; a pipe is read by no one else. */
static void
warn_of_readers(int fd, const char *path, const char *option)
{
	struct stat st;

	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    (st.st_mode & (S_IRGRP | S_IROTH)))
		log_warn("%s: others may read %s", option, path);
}

static int
read_all(struct buf *secret, int fd, const char *path, const char *option,
    struct err *err)
{
	ssize_t n;

	do {
		n = fd_read(fd, buf_room(secret, MOST), MOST);
		if (n < 0)
			return err_errno(err, ERR_IO, "%s: cannot read %s",
			    option, path);
		secret->n += (size_t)n;
	} while (n > 0 && secret->n <= MOST);
	if (n > 0)
		return err_set(err, ERR_USAGE, "%s: %s has more than %d bytes",
		    option, path, MOST);
	return 0;
}

static void
drop_newline(struct buf *secret)
{
	if (!secret->n || secret->p[secret->n - 1] != '\n')
		return;
	secret->n--;
	if (secret->n && secret->p[secret->n - 1] == '\r')
		secret->n--;
}

int
secret_read(struct buf *secret, const char *path, const char *option,
    size_t least, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int status;

	if (fd < 0)
		return err_errno(err, ERR_USAGE, "%s: cannot open %s", option,
		    path);
	warn_of_readers(fd, path, option);
	/* all of it and one byte more: it does not move in memory */
	buf_room(secret, 2 * MOST + 1);
	status = read_all(secret, fd, path, option, err);
	close(fd);
	if (status < 0)
		return -1;
	drop_newline(secret);
	if (secret->n >= least)
		return 0;
	err_set(err, ERR_USAGE, "%s: %s has %zu byte%s, and needs at least "
	    "%zu", option, path, secret->n, plural(secret->n), least);
	return least > 1 ? err_hint(err, "head -c 32 /dev/urandom | base64 "
	    ">FILE makes a good one") : -1;
}

void
secret_clear(struct buf *secret)
{
	if (secret->p)
		explicit_bzero(secret->p, secret->cap);
	buf_free(secret);
}
