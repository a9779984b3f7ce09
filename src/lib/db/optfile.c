/* SPDX-License-Identifier: MIT */
#include "db/optfile.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/buf.h"
#include "base/log.h"

enum { MAX_DEPTH = 10, MAX_LINE = 4094 };

struct reader {
	const char *const *groups;
	const char *suffix;
	option_line_fn *take;
	void *arg;
	int depth;              /* of !include */
};

static int read_file(struct reader *r, const char *path, bool needed,
    struct err *err);

static bool
is_wanted(const struct reader *r, const char *group)
{
	for (const char *const *g = r->groups; *g; g++) {
		size_t n = strlen(*g);

		if (strncasecmp(group, *g, n) == 0 && (!group[n] ||
		    (r->suffix && strcasecmp(group + n, r->suffix) == 0)))
			return true;
	}
	return false;
}

static char *
skip_space(char *p)
{
	while (isspace((unsigned char)*p))
		p++;
	return p;
}

static void
trim_end(char *p)
{
	size_t n = strlen(p);

	while (n && isspace((unsigned char)p[n - 1]))
		p[--n] = '\0';
}

/* A '#' after an option begins a comment, unless it is in quotes. */
static void
cut_comment(char *p)
{
	char quote = '\0';
	bool escaped = false;

	for (; *p; p++) {
		if ((*p == '\'' || *p == '"') && !escaped) {
			if (!quote)
				quote = *p;
			else if (quote == *p)
				quote = '\0';
		}
		if (!quote && *p == '#') {
			*p = '\0';
			return;
		}
		escaped = quote && *p == '\\' && !escaped;
	}
}

/* \n \t \r \b \s \" \' \\; any other backslash is itself. */
static void
unescape(char *p)
{
	static const char from[] = "ntrbs\"'\\", to[] = "\n\t\r\b \"'\\";
	char *out = p;

	while (*p) {
		const char *known = p[0] == '\\' && p[1] ?
		    strchr(from, p[1]) : NULL;

		*out++ = known ? to[known - from] : *p;
		p += known ? 2 : 1;
	}
	*out = '\0';
}

/* name, name=value, name="value" # comment */
static int
take_option(struct reader *r, char *p, const char *path, unsigned number,
    struct err *err)
{
	struct option_line line = { .name = p, .file = path, .line = number };
	char *value;
	size_t n;

	cut_comment(p);
	value = strchr(p, '=');
	if (value) {
		*value = '\0';
		value = skip_space(value + 1);
		trim_end(value);
		n = strlen(value);
		if (n > 1 && (*value == '\'' || *value == '"') &&
		    value[n - 1] == *value) {
			value[n - 1] = '\0';
			value++;
		}
		unescape(value);
		line.value = value;
	}
	trim_end(p);
	return r->take(r->arg, &line, err);
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool
is_option_file(const char *name)
{
	size_t n = strlen(name);

	return n > 4 && strcmp(name + n - 4, ".cnf") == 0;
}

/* !includedir: its *.cnf, sorted. */
static int
read_folder(struct reader *r, const char *path, struct err *err)
{
	DIR *dir = opendir(path);
	char **names = NULL;
	size_t n = 0;
	int status = 0;

	if (!dir)
		return err_errno(err, ERR_CONFIG, "cannot read folder %s",
		    path);
	for (struct dirent *e; (e = readdir(dir));)
		if (is_option_file(e->d_name)) {
			*ARRAY_ADD(names, n) = xstrdup(e->d_name);
		}
	closedir(dir);
	if (n)
		qsort(names, n, sizeof(*names), compare);
	for (size_t i = 0; i < n; i++) {
		struct buf file = { 0 };

		buf_printf(&file, "%s/%s", path, names[i]);
		if (status == 0)
			status = read_file(r, buf_cstr(&file), false, err);
		buf_free(&file);
		free(names[i]);
	}
	free(names);
	return status;
}

/* !include FILE, !includedir DIR */
static int
take_directive(struct reader *r, char *p, const char *path, unsigned number,
    struct err *err)
{
	char *word = skip_space(p + 1), *what = word;
	bool folder;
	int status;

	while (*what && !isspace((unsigned char)*what))
		what++;
	if (*what)
		*what++ = '\0';
	what = skip_space(what);
	trim_end(what);
	folder = strcmp(word, "includedir") == 0;
	if ((!folder && strcmp(word, "include") != 0) || !*what)
		return 0;
	if (r->depth == MAX_DEPTH) {
		log_warn("%s:%u: !%s %s is ignored: too many inside each "
		    "other", path, number, word, what);
		return 0;
	}
	r->depth++;
	status = (folder ? read_folder(r, what, err) :
	    read_file(r, what, false, err));
	r->depth--;
	return status;
}

/* [group]: 1 if it is one of ours. */
static int
take_group(struct reader *r, char *p, const char *path, unsigned number,
    struct err *err)
{
	char *end = strchr(++p, ']');

	if (!end)
		return err_set(err, ERR_CONFIG, "%s:%u: a group without its "
		    "']'", path, number);
	*end = '\0';
	trim_end(p);
	return is_wanted(r, p);
}

/* Of a line that is longer, its beginning: /dev/zero has none else. */
static size_t
read_line(FILE *in, char *text)
{
	size_t n = 0;
	int c = 0;

	while (n <= MAX_LINE && c != '\n' && (c = getc(in)) != EOF)
		text[n++] = (char)c;
	text[n] = '\0';
	return n;
}

static int
read_lines(struct reader *r, FILE *in, const char *path, struct err *err)
{
	char text[MAX_LINE + 2];
	int group = -1, status = 0;
	size_t n;

	for (unsigned i = 1; status == 0 && (n = read_line(in, text)); i++) {
		char *p = skip_space(text);

		if (n > MAX_LINE)
			status = err_set(err, ERR_CONFIG, "%s:%u: a line of "
			    "more than %d bytes", path, i, MAX_LINE);
		else if (!*p || *p == '#' || *p == ';')
			continue;
		else if (*p == '!')
			status = take_directive(r, p, path, i, err);
		else if (*p == '[')
			status = group = take_group(r, p, path, i, err);
		else if (group < 0)
			status = err_set(err, ERR_CONFIG, "%s:%u: an option "
			    "before any group", path, i);
		else if (group)
			status = take_option(r, p, path, i, err);
		if (status > 0)
			status = 0;
	}
	if (status == 0 && ferror(in))
		status = err_errno(err, ERR_CONFIG, "cannot read %s", path);
	return status;
}

static int
read_file(struct reader *r, const char *path, bool needed, struct err *err)
{
	struct stat st;
	FILE *in;
	int status;

	if (stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	    (st.st_mode & S_IWOTH)) {
		if (!needed) {
			log_warn("%s is ignored: it is world-writable",
			    path);
			return 0;
		}
		err_set(err, ERR_CONFIG, "option file %s: it is "
		    "world-writable", path);
		return err_hint(err, "chmod o-w %s", path);
	}
	in = fopen(path, "re");
	if (!in)
		return !needed ? 0 : err_errno(err, ERR_CONFIG, "cannot open "
		    "option file %s", path);
	status = read_lines(r, in, path, err);
	fclose(in);
	return status;
}

/* FOLDER/NAME; the usual ones need not be there. */
static int
read_in(struct reader *r, const char *folder, const char *name,
    struct err *err)
{
	struct buf path = { 0 };
	int status;

	if (!folder || !*folder)
		return 0;
	buf_printf(&path, "%s/%s", folder, name);
	status = read_file(r, buf_cstr(&path), false, err);
	buf_free(&path);
	return status;
}

static const char *
environment(const char *name, const char *older)
{
	const char *value = getenv(name);

	return value ? value : getenv(older);
}

int
optfile_read_all(const struct option_files *files,
    const char *const *groups, option_line_fn *take, void *arg,
    struct err *err)
{
	struct reader r = { groups, files->suffix, take, arg, 0 };

	if (files->none)
		return 0;
	if (!r.suffix)
		r.suffix = environment("MARIADB_GROUP_SUFFIX",
		    "MYSQL_GROUP_SUFFIX");
	if (files->only)
		return read_file(&r, files->only, true, err);
	if (read_in(&r, "/etc", "my.cnf", err) < 0 ||
	    read_in(&r, "/etc/mysql", "my.cnf", err) < 0 ||
	    read_in(&r, environment("MARIADB_HOME", "MYSQL_HOME"), "my.cnf",
	    err) < 0)
		return -1;
	if (files->extra && read_file(&r, files->extra, true, err) < 0)
		return -1;
	return read_in(&r, getenv("HOME"), ".my.cnf", err);
}
