/* SPDX-License-Identifier: MIT */
#include "io/files.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/fd.h"
#include "base/random.h"

enum { TRIES = 100, MODE_BITS = 07777, OURS_ALONE = 0600, ANYBODY = 0666 };

static int
not_regular(const char *path, struct err *err)
{
	err_set(err, ERR_CONFIG, "%s: not a regular file", path);
	return err_hint(err, "it would be replaced as a whole: name a regular "
	    "file");
}

/* Where path leads (owned by the caller), and what is there.  NULL and err;
 * a file that is not there yet has st_mode 0. */
static char *
resolve(const char *path, struct stat *st, struct err *err)
{
	char *real;

	*st = (struct stat){ 0 };
	if (lstat(path, st) < 0) {
		if (errno == ENOENT && *path)
			return xstrdup(path);
		err_errno(err, ERR_IO, "cannot look at %s", path);
		return NULL;
	}
	if (S_ISREG(st->st_mode))
		return xstrdup(path);
	if (!S_ISLNK(st->st_mode)) {
		not_regular(path, err);
		return NULL;
	}
	real = realpath(path, NULL);
	if (!real || stat(real, st) < 0) {
		err_errno(err, ERR_CONFIG, "%s: a dangling symbolic link",
		    path);
		free(real);
		return NULL;
	}
	if (S_ISREG(st->st_mode))
		return real;
	not_regular(path, err);
	free(real);
	return NULL;
}

/* A name in the same folder: rename() must not leave the file system. */
static void
name_beside(struct buf *name, const char *path)
{
	char *copy = xstrdup(path);

	name->n = 0;
	buf_printf(name, "%s/.cdc-%016llx", dirname(copy),
	    (unsigned long long)random_u64());
	buf_cstr(name);
	free(copy);
}

static int
make_beside(struct buf *name, const char *path, mode_t mode, struct err *err)
{
	int fd = -1;

	for (int i = 0; i < TRIES && fd < 0; i++) {
		name_beside(name, path);
		fd = open(name->p, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW |
		    O_CLOEXEC, mode);
		if (fd < 0 && errno != EEXIST && errno != EINTR)
			break;
	}
	if (fd < 0)
		err_errno(err, ERR_IO, "cannot write a file next to %s", path);
	return fd;
}

/* Another owner's file stays his, where we are allowed to say so. */
static bool
be_like(int fd, const struct stat *old)
{
	struct stat st;

	if (!old->st_mode)
		return true;
	if (fstat(fd, &st) < 0)
		return false;
	if ((st.st_uid != old->st_uid || st.st_gid != old->st_gid) &&
	    fchown(fd, old->st_uid, old->st_gid) < 0 && errno != EPERM)
		return false;
	return fchmod(fd, old->st_mode & MODE_BITS) == 0;
}

/* A rename is safe when its folder is. */
static bool
sync_folder(const char *path)
{
	char *copy = xstrdup(path);
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = fd >= 0 && (fd_sync(fd) == 0 || errno == EINVAL);

	if (fd >= 0)
		close(fd);
	free(copy);
	return good;
}

static int
replace(const char *path, const struct stat *old, struct span text,
    struct err *err)
{
	struct buf name = { 0 };
	int fd = make_beside(&name, path, old->st_mode ? OURS_ALONE : ANYBODY,
	    err);
	bool made = fd >= 0, good;

	good = made && be_like(fd, old) && fd_write(fd, text) == text.n &&
	    fd_sync(fd) == 0;
	if (made && !good)
		err_errno(err, ERR_IO, "cannot write %s", path);
	if (made && close(fd) < 0 && good) {
		err_errno(err, ERR_IO, "cannot write %s", path);
		good = false;
	}
	if (good && rename(name.p, path) < 0) {
		err_errno(err, ERR_IO, "cannot replace %s", path);
		good = false;
	}
	if (made && !good)
		unlink(name.p);
	if (good && !sync_folder(path)) {
		err_errno(err, ERR_IO, "cannot sync the folder of %s", path);
		good = false;
	}
	buf_free(&name);
	return good ? 0 : -1;
}

int
file_replace(const char *path, struct span text, struct err *err)
{
	struct stat old;
	char *real = resolve(path, &old, err);
	int status = real ? replace(real, &old, text, err) : -1;

	free(real);
	return status;
}

/* Open what must be a regular file; a FIFO does not keep us waiting. */
static int
open_regular(const char *path, int flags, struct err *err)
{
	struct stat st;
	int fd;

	while ((fd = open(path, flags | O_CREAT | O_NOFOLLOW | O_NONBLOCK |
	    O_CLOEXEC, ANYBODY)) < 0 && errno == EINTR)
		;
	if (fd < 0)
		return err_errno(err, ERR_IO, "cannot open %s", path);
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		return fd;
	close(fd);
	return not_regular(path, err);
}

int
file_append(const char *path, struct err *err)
{
	struct stat st;
	char *real = resolve(path, &st, err);
	int fd = real ? open_regular(real, O_WRONLY | O_APPEND, err) : -1;

	if (fd >= 0 && !st.st_mode && !sync_folder(real)) {     /* it is new */
		err_errno(err, ERR_IO, "cannot sync the folder of %s", path);
		close(fd);
		fd = -1;
	}
	free(real);
	return fd;
}

static int
lock(const char *path, const char *said, struct err *err)
{
	int fd = open_regular(path, O_RDWR, err);

	if (fd < 0)
		return -1;
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return 0;
	if (errno == EWOULDBLOCK)
		err_set(err, ERR_RETRY, "%s: another process is using this "
		    "state", said);
	else
		err_errno(err, ERR_IO, "cannot lock %s", path);
	close(fd);
	return -1;
}

int
file_lock(const char *path, struct err *err)
{
	struct buf name = { 0 };
	struct stat st;
	char *real = resolve(path, &st, err);
	int status = -1;

	if (real) {
		buf_printf(&name, "%s.lock", real);
		status = lock(buf_cstr(&name), path, err);
	}
	buf_free(&name);
	free(real);
	return status;
}
