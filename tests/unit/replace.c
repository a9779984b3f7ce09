/* SPDX-License-Identifier: MIT
 *
 * Files that are replaced whole, in a folder of their own.
 */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "io/files.h"
#include "tap.h"

static void
put(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	if (f) {
		fputs(text, f);
		fclose(f);
	}
}

static void
holds(const char *path, const char *want, const char *name)
{
	char text[100];
	FILE *f = fopen(path, "r");
	size_t n = f ? fread(text, 1, sizeof(text), f) : 0;

	is_text((struct span){ text, n }, want, name);
	if (f)
		fclose(f);
}

static int
entries(void)
{
	DIR *folder = opendir(".");
	int n = 0;

	while (folder && readdir(folder))
		n++;
	if (folder)
		closedir(folder);
	return n;
}

/* The kind of error, or 0. */
static int
replaced(const char *path)
{
	struct err err = { 0 };

	file_replace(path, SPAN("new"), &err);
	return (int)err.kind;
}

static mode_t
mode(const char *path)
{
	struct stat st;

	return lstat(path, &st) < 0 ? 0 : st.st_mode;
}

static void
files(void)
{
	is_number(replaced("first"), 0, "a file that is not there");
	holds("first", "new", "is made");
	is_number(mode("first") & 0777, 0644, "as the umask wants it");
	put("kept", "old");
	chmod("kept", 0640);
	is_number(replaced("kept"), 0, "a file that is there");
	holds("kept", "new", "is replaced");
	is_number(mode("kept") & 07777, 0640, "and keeps its mode");
	is_number(entries(), 2 + 2, "nothing is left beside");
}

static void
links(void)
{
	put("target", "old");
	result(symlink("target", "link") == 0 &&
	    symlink("nowhere", "dangling") == 0, "links");
	is_number(replaced("link"), 0, "through a link");
	result(S_ISLNK(mode("link")), "the link stays");
	holds("target", "new", "what it names is replaced");
	is_number(replaced("dangling"), ERR_CONFIG, "a link to nowhere");
	is_number((long long)mode("nowhere"), 0, "makes nothing");
	put("victim", "precious");
	result(symlink("victim", "first.new") == 0, "a planted link");
	is_number(replaced("first"), 0, "is not looked at");
	holds("victim", "precious", "and not followed");
}

static void
devices(void)
{
	struct err err = { 0 };

	mkfifo("fifo", 0600);
	mkdir("folder", 0700);
	is_number(replaced("fifo"), ERR_CONFIG, "a FIFO is refused");
	result(S_ISFIFO(mode("fifo")), "and stays");
	is_number(replaced("/dev/null"), ERR_CONFIG, "a device is refused");
	result(S_ISCHR(mode("/dev/null")), "and stays");
	is_number(replaced("folder"), ERR_CONFIG, "a folder is refused");
	is_number(replaced("no/such"), ERR_IO, "a folder that is not there");
	is_number(file_append("fifo", &err), -1, "appending to a FIFO");
	is_number((int)err.kind, ERR_CONFIG, "is refused, and does not wait");
}

/* No room: what was there stays, and nothing is left beside. */
static void
full(void)
{
	struct rlimit none = { 0, 0 };
	int before = entries(), status = -1;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		signal(SIGXFSZ, SIG_IGN);
		setrlimit(RLIMIT_FSIZE, &none);
		_exit(replaced("kept"));
	}
	waitpid(child, &status, 0);
	is_number(WEXITSTATUS(status), ERR_IO, "where there is no room");
	holds("kept", "new", "what was there stays");
	is_number(entries(), before, "and nothing is left beside");
}

static int
locked(const char *path)
{
	struct err err = { 0 };
	int status = -1;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		file_lock(path, &err);
		_exit((int)err.kind);
	}
	waitpid(child, &status, 0);
	return WEXITSTATUS(status);
}

static void
locks(void)
{
	struct err err = { 0 };

	is_number(file_lock("kept", &err), 0, "a lock");
	is_number(locked("kept"), ERR_RETRY, "is one process's");
	is_number(replaced("kept"), 0, "the file is replaced");
	is_number(locked("kept"), ERR_RETRY, "the lock holds");
	result(symlink("kept", "alias") == 0, "another name");
	is_number(locked("alias"), ERR_RETRY, "is the same file");
	result(symlink("victim", "other.lock") == 0, "a planted lock");
	is_number(locked("other"), ERR_IO, "is not followed");
}

int
main(void)
{
	char folder[] = "/tmp/cdc-replace.XXXXXX";

	umask(022);
	if (!mkdtemp(folder) || chdir(folder) < 0)
		return 1;
	files();
	links();
	devices();
	full();
	locks();
	if (system("rm -rf \"$PWD\"") != 0)
		puts("# the folder stays");
	return done();
}
