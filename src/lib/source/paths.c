/* SPDX-License-Identifier: MIT */
#include "source/paths.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

enum { LOOK = 4096 };

static bool
ends_with(const char *path, const char *end)
{
	size_t n = strlen(path), m = strlen(end);

	return n > m && strcmp(path + n - m, end) == 0;
}

/* Lines of names, each of which ends in digits. */
static bool
lists_logs(const char *text, size_t n)
{
	bool digit = false;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i];

		if ((c < ' ' && c != '\n') || (c == '\n' && !digit))
			return false;
		digit = isdigit(c);
	}
	return n > 0;
}

/* Pages that begin with their magic; or none yet. */
static bool
indexes_gtids(const char *text, size_t n)
{
	static const char magic[] = "\xFE\xFE\x0C\x01";

	return n == 0 || (n >= 4 && memcmp(text, magic, 4) == 0);
}

/* Lines of GTIDs. */
static bool
holds_gtids(const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!isdigit((unsigned char)text[i]) && text[i] != '-' &&
		    text[i] != '\n')
			return false;
	return true;
}

/* What MariaDB and MySQL keep beside logs, by name and content. */
static const struct beside {
	const char *end, *what;
	bool (*is)(const char *text, size_t n);
} besides[] = {
	{ ".index", "the list of the logs", lists_logs },
	{ ".idx", "a log's GTID index", indexes_gtids },
	{ ".state", "the GTIDs at a shutdown", holds_gtids },
};

/* NULL: a log, or something that is to be complained of. */
static const char *
what_beside(const char *path)
{
	char text[LOOK];
	size_t n = 0;

	for (size_t i = 0; i < sizeof(besides) / sizeof(*besides); i++) {
		FILE *f = ends_with(path, besides[i].end) ?
		    fopen(path, "re") : NULL;

		if (!f)
			continue;
		n = fread(text, 1, sizeof(text), f);
		fclose(f);
		if (besides[i].is(text, n))
			return besides[i].what;
	}
	return NULL;
}

/* Where the number of a log begins; NULL if it has none. */
static const char *
number_of(const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot && dot[1] && !dot[1 + strspn(dot + 1, "0123456789")] ?
	    dot + 1 : NULL;
}

/* Logs of one name, as a shell sorts them? */
static bool
is_pattern(char **paths, size_t n)
{
	const char *first = number_of(paths[0]);

	for (size_t i = 1; first && i < n; i++) {
		const char *number = number_of(paths[i]);

		if (!number || number - paths[i] != first - paths[0] ||
		    strncmp(paths[i], paths[0],
		    (size_t)(first - paths[0])) != 0 ||
		    strcmp(paths[i - 1], paths[i]) >= 0)
			return false;
	}
	return first != NULL;
}

/* Of one name: the shorter number is the smaller. */
static int
by_number(const void *a, const void *b)
{
	const char *x = *(char *const *)a, *y = *(char *const *)b;
	size_t n = strlen(x), m = strlen(y);

	return n != m ? (n > m) - (n < m) : strcmp(x, y);
}

int
paths_settle(char **paths, size_t *n, struct err *err)
{
	size_t kept = 0;

	for (size_t i = 0; i < *n; i++) {
		const char *what = what_beside(paths[i]);

		if (what)
			log_warn("%s: skipped: it is not a log, but %s",
			    paths[i], what);
		else
			paths[kept++] = paths[i];
	}
	if (*n && !kept) {
		*n = 0;
		return err_set(err, ERR_DATA, "none of the files is a binlog");
	}
	*n = kept;
	if (kept > 1 && is_pattern(paths, kept))
		qsort(paths, kept, sizeof(*paths), by_number);
	return 0;
}
