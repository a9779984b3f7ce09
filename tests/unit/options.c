/* SPDX-License-Identifier: MIT
 *
 * Option files, against my_print_defaults, which reads them by the code of
 * mariadb(1): random files, of what such files are made of.
 */
#include "db/optfile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "tap.h"

enum { FILES = 400, LINES = 12 };

static const char *const groups[] = {
	"client", "client-mariadb", "cdc", NULL,
};
static char folder[] = "/tmp/cdc-options.XXXXXX";

static int
take(void *arg, const struct option_line *o, struct err *err)
{
	struct buf *out = arg;

	(void)err;
	buf_printf(out, "--%s", o->name);
	if (o->value)
		buf_printf(out, "=%s", o->value);
	buf_char(out, '\n');
	return 0;
}

static void
run(const char *command, struct buf *out, bool *good)
{
	FILE *in = popen(command, "r");
	char text[4096];
	size_t n;

	while ((n = fread(text, 1, sizeof(text), in)) > 0)
		buf_put(out, text, n);
	*good = pclose(in) == 0;
}

/* A line of a file, by chance. */
static void
put_line(FILE *out)
{
	static const char *const lines[] = {
		"[client]", "[CLIENT]", "[cdc]", " [client-MariaDB] # x",
		"[Client-X]",
		"[client-x]", "[mysqld]", "# a comment", "; another", "",
		"[client ]", "[broken", "!include sub.cnf", "!includedir dir",
		"!include nowhere.cnf", "!nothing at all", "ssl", "ssl-ca=",
		"=value", "user = me", "user=\"a b\"  # and so on",
		"password='s#cret'", "password=s#cret", "p=\"un\\\"quoted\"",
		"v=\\n\\t\\r\\b\\s\\\"\\'\\\\\\x", "v = \"half", "v = half'",
		"v='a' 'b'", "  spaces\t=\tand tabs\t", "v='", "v=\"\"",
		"g_h-i=1 # 'x", "v=\"a'b\"", "v='\\'#'", "v=#", "a=b=c",
		"\xC3\xA9=\xE9", "v=\\", "v='\\\\'",
	};
	enum { N = sizeof(lines) / sizeof(*lines) };

	fprintf(out, "%s\n", lines[(unsigned)rand() % N]);
}

static void
write_file(const char *name, int lines, bool begins)
{
	FILE *out = fopen(name, "w");

	if (begins)
		fputs("[client]\n", out);
	while (lines-- > 0)
		put_line(out);
	fclose(out);
}

/* Is what we read what they read? */
static bool
same(const char *path, const char *suffix)
{
	struct option_files files = { .only = path, .suffix = suffix };
	struct buf ours = { 0 }, theirs = { 0 };
	struct buf command = { 0 };
	struct err err = { 0 };
	bool read, good, equal;

	buf_printf(&command, "my_print_defaults --defaults-file=%s "
	    "%s%s client client-mariadb cdc 2>errors && ! grep -q ^error "
	    "errors", path, suffix ? "--defaults-group-suffix=" : "",
	    suffix ? suffix : "");
	run(buf_cstr(&command), &theirs, &good);
	read = optfile_read_all(&files, groups, take, &ours, &err) == 0;
	/* they go on behind an included file that is broken, which they say;
	 * we do not */
	equal = read == good && (!read ||
	    span_eq(buf_view(&ours), buf_view(&theirs)));
	if (!equal)
		printf("# ours (%d, %s):\n%s# theirs (%d):\n%s\n", read,
		    err.text, buf_cstr(&ours), good, buf_cstr(&theirs));
	buf_free(&ours);
	buf_free(&theirs);
	buf_free(&command);
	return equal;
}

static void
check_random(void)
{
	int wrong = 0;

	mkdir("dir", 0755);
	for (int i = 0; i < FILES && wrong < 3; i++) {
		write_file("sub.cnf", 3, rand() % 4 > 0);
		write_file("dir/b.cnf", 2, true);
		write_file("dir/a.cnf", 2, true);
		write_file("dir/c.ini", 2, true);
		write_file("file.cnf", LINES, rand() % 8 > 0);
		if (!same("file.cnf", i % 4 ? NULL : "-x"))
			wrong++;
	}
	result(wrong == 0, "random files as my_print_defaults reads them");
}

static void
check_files(void)
{
	struct option_files files = { .only = "file.cnf" };
	FILE *out = fopen("file.cnf", "w");
	struct err err = { 0 };
	struct buf ours = { 0 };

	fputs("[client]\nuser=me\n", out);
	fclose(out);
	out = fopen("outer.cnf", "w");
	fputs("[client]\nhost=here\n!include file.cnf\n", out);
	fclose(out);
	result(same("file.cnf", NULL), "a file");
	chmod("file.cnf", 0666);
	result(same("outer.cnf", NULL), "one that anybody may write, in "
	    "another: nothing of it");
	result(optfile_read_all(&files, groups, take, &ours, &err) < 0 &&
	    err.kind == ERR_CONFIG && !ours.n, "one that was named: an error");
	buf_free(&ours);
	result(same("nowhere.cnf", NULL), "one that is not there: an error");
}

int
main(void)
{
	log_set_level(LOG_QUIET);
	if (system("my_print_defaults --version >/dev/null 2>&1") != 0) {
		puts("1..0 # SKIP no my_print_defaults");
		return 0;
	}
	srand(1);
	if (!mkdtemp(folder) || chdir(folder) != 0)
		return 1;
	check_random();
	check_files();
	run("rm -r \"$PWD\"", &(struct buf){ 0 }, &(bool){ false });
	return done();
}
