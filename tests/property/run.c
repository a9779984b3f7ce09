/* Processes, pipes between them, files in memory at both ends. */
#include "property.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static int
sure(int n, const char *what)
{
	if (n < 0) {
		perror(what);
		exit(71);
	}
	return n;
}

static int
memory(void)
{
	return sure(memfd_create("property", MFD_CLOEXEC), "memfd_create");
}

static void
fill(int fd, struct text t)
{
	while (t.n) {
		ssize_t n = sure((int)write(fd, t.p, t.n > 1 << 30 ? 1 << 30 :
		    t.n), "write");

		t.p += n;
		t.n -= (size_t)n;
	}
	lseek(fd, 0, SEEK_SET);
}

static void
take(int fd, struct buf *b)
{
	struct stat st;
	size_t n;
	ssize_t got;

	sure(fstat(fd, &st), "fstat");
	b->n = 0;
	put(b, "", 0);
	n = (size_t)st.st_size;
	if (b->room < n + 1) {
		buf_free(b);
		b->p = malloc(n + 1);
		b->room = n + 1;
	}
	while (b->n < n && (got = pread(fd, b->p + b->n, n - b->n,
	    (off_t)b->n)) > 0)
		b->n += (size_t)got;
	b->p[b->n] = '\0';
	close(fd);
}

static pid_t
start(const struct stage *s, const char *bin, int in, int out, int err)
{
	posix_spawn_file_actions_t actions;
	char path[4096];
	pid_t pid;
	int e;

	snprintf(path, sizeof path, "%s/%s", bin, s->arg[0]);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, in, 0);
	posix_spawn_file_actions_adddup2(&actions, out, 1);
	posix_spawn_file_actions_adddup2(&actions, err, 2);
	e = posix_spawn(&pid, path, &actions, NULL, (char *const *)s->arg,
	    environ);
	posix_spawn_file_actions_destroy(&actions);
	if (e) {
		fprintf(stderr, "%s: %s\n", path, strerror(e));
		exit(71);
	}
	return pid;
}

static int
status_of(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) :
	    WEXITSTATUS(status);
}

void
pipeline_run(const struct pipeline *p, const char *bin, struct text in,
    struct result *r)
{
	int from = memory(), to = memory(), err[STAGES], ends[2];
	pid_t pid[STAGES];

	fill(from, in);
	for (size_t i = 0; i < p->stages; i++) {
		bool last = i + 1 == p->stages;

		if (!last)
			sure(pipe2(ends, O_CLOEXEC), "pipe2");
		err[i] = memory();
		pid[i] = start(&p->stage[i], bin, from, last ? to : ends[1],
		    err[i]);
		close(from);
		if (!last) {
			close(ends[1]);
			from = ends[0];
		}
	}
	for (size_t i = 0; i < p->stages; i++)
		r->status[i] = status_of(pid[i]);
	for (size_t i = 0; i < p->stages; i++)
		take(err[i], &r->err[i]);
	take(to, &r->out);
}
