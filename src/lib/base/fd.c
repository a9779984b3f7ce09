/* SPDX-License-Identifier: MIT */
#include "base/fd.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"

ssize_t
fd_read(int fd, void *to, size_t n)
{
	ssize_t got;

	do
		got = read(fd, to, n);
	while (got < 0 && errno == EINTR);
	return got;
}

size_t
fd_write(int fd, struct span bytes)
{
	size_t n = 0;

	while (n < bytes.n) {
		ssize_t done = write(fd, bytes.p + n, bytes.n - n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			break;
		n += (size_t)done;
	}
	return n;
}

int
fd_write_at(int fd, struct span bytes, uint64_t at)
{
	while (bytes.n > 0) {
		ssize_t done = pwrite(fd, bytes.p, bytes.n, (off_t)at);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return -1;
		bytes.p += done;
		bytes.n -= (size_t)done;
		at += (uint64_t)done;
	}
	return 0;
}

ssize_t
fd_read_at(int fd, void *to, size_t least, size_t most, uint64_t at)
{
	size_t n = 0;

	while (n < least) {
		ssize_t got = pread(fd, (char *)to + n, most - n,
		    (off_t)(at + n));

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0) {
			errno = EIO;
			break;
		}
		n += (size_t)got;
	}
	return (ssize_t)n;
}

int
fd_sync(int fd)
{
	int status;

	do
		status = fsync(fd);
	while (status < 0 && errno == EINTR);
	return status;
}

/* Milliseconds that are left, as poll(2) has them. */
static int
time_left(int64_t until)
{
	int64_t left = until - clock_steady_ms();

	if (!until)
		return -1;
	return left > INT_MAX ? INT_MAX : left > 0 ? (int)left : 0;
}

int
fd_poll(struct pollfd *fds, size_t n, int64_t until)
{
	int got;

	do
		got = poll(fds, (nfds_t)n, time_left(until));
	while (got < 0 && errno == EINTR);
	return got;
}

int
fd_waitpid(pid_t pid, int *status)
{
	pid_t got;

	do
		got = waitpid(pid, status, 0);
	while (got < 0 && errno == EINTR);
	return got < 0 ? -1 : 0;
}
