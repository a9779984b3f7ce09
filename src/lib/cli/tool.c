/* SPDX-License-Identifier: MIT */
#include "cli/tool.h"

#include <fcntl.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "cli/elsewhere.h"
#include "cli/value.h"
#include "io/out.h"
#include "io/report.h"
#include "io/stop.h"
#include "match/named.h"
#include "match/table_filter.h"

enum { FIRST_LONG = 256, HELP_COLUMN = 34, HELP_WIDTH = 79 };

/* Every program has these; they act in act_on_common(). */
static const struct option_row common[] = {
	HEADING_ROW("General"),
	ACT_ROW("verbose", NULL, "print more messages on standard error",
	    .letter = 'v'),
	ACT_ROW("quiet", NULL, "print no warnings on standard error",
	    .letter = 'q'),
	ACT_ROW("help", NULL, "print this help", .letter = '?'),
	ACT_ROW("version", NULL, "print the version"),
	END_ROW
};

static size_t
count_rows(const struct option_row *rows)
{
	size_t n = 0;

	while (rows[n].name)
		n++;
	return n;
}

/* A row by its name, NULL if there is none. */
static const struct option_row *
find_option(const struct option_row *rows, const char *name)
{
	for (; rows->name; rows++)
		if (rows->kind != OPT_GROUP && strcmp(rows->name, name) == 0)
			return rows;
	return NULL;
}

/* Those of the next program that this one has not itself.  The headings are
 * the tool's own. */
static bool
is_next_only(const struct tool *tool, const struct option_row *row)
{
	return row->kind != OPT_GROUP &&
	       !find_option(tool->options, row->name);
}

/* Words of help from column HELP_COLUMN on, wrapped. */
static void
print_wrapped(const char *text)
{
	int column = HELP_COLUMN;

	while (*text) {
		int n = (int)strcspn(text, " ");

		if (column > HELP_COLUMN && column + 1 + n > HELP_WIDTH) {
			printf("\n%*s", HELP_COLUMN, "");
			column = HELP_COLUMN;
		} else if (column > HELP_COLUMN) {
			putchar(' ');
			column++;
		}
		printf("%.*s", n, text);
		column += n;
		text += n + (text[n] == ' ');
	}
	putchar('\n');
}

static void
print_choices(const struct option_row *row, char *text, size_t size)
{
	text[0] = '\0';
	for (size_t i = 0; row->choices[i]; i++) {
		size_t n = strlen(text);

		snprintf(text + n, size - n, "%s%s", i ? "|" : "",
		    row->choices[i]);
	}
}

static void
print_row(const struct option_row *row)
{
	char left[160];
	char choices[128] = "";
	const char *arg = row->arg;
	int n;

	if (row->kind == OPT_GROUP) {
		printf("\n%s:\n", row->name);
		return;
	}
	if (row->kind == OPT_CHOICE) {
		print_choices(row, choices, sizeof(choices));
		arg = choices;
	}
	n = snprintf(left, sizeof(left), "  %c%c%s --%s%s%s",
	    row->letter ? '-' : ' ', row->letter ? row->letter : ' ',
	    row->letter ? "," : " ", row->name, arg ? " " : "",
	    arg ? arg : "");
	printf("%s", left);
	if (n >= HELP_COLUMN - 1) {
		putchar('\n');
		n = 0;
	}
	printf("%*s", HELP_COLUMN - n, "");
	print_wrapped(row->help);
	if (row->also)
		printf("%*s(also --%s)\n", HELP_COLUMN, "", row->also);
}

static void
print_help(const struct tool *tool)
{
	printf("%s - %s\n\nusage: %s %s\n", tool->name, tool->summary,
	    tool->name, tool->synopsis);
	for (size_t i = 0; tool->options[i].name; i++)
		print_row(&tool->options[i]);
	if (tool->next)
		printf("\n%s:\n", tool->next_heading);
	for (size_t i = 0; tool->next && tool->next[i].name; i++)
		if (is_next_only(tool, &tool->next[i]))
			print_row(&tool->next[i]);
	for (size_t i = 0; common[i].name; i++)
		print_row(&common[i]);
	printf("\nSee the manual page %s(1) for details.\n",
	    tool->name);
}

/* For the completions: letter, name, argument, help, tab-separated; '-' for
 * what there is not. */
static void
list_row(const struct option_row *row, const char *name)
{
	char choices[128] = "";

	if (row->kind == OPT_GROUP)
		return;
	if (row->kind == OPT_CHOICE)
		print_choices(row, choices, sizeof(choices));
	printf("%c\t%s\t%s\t%s\n", row->letter ? row->letter : '-', name,
	    row->kind == OPT_CHOICE ? choices : row->arg ? row->arg : "-",
	    row->help);
	if (row->also && name == row->name)
		list_row(row, row->also);
}

static void
list_options(const struct tool *tool)
{
	for (size_t i = 0; tool->options[i].name; i++)
		list_row(&tool->options[i], tool->options[i].name);
	for (size_t i = 0; tool->next && tool->next[i].name; i++)
		if (is_next_only(tool, &tool->next[i]))
			list_row(&tool->next[i], tool->next[i].name);
	for (size_t i = 0; common[i].name; i++)
		list_row(&common[i], common[i].name);
}

static void
done(void)
{
	if (fflush(stdout) != 0)
		log_die(ERR_IO, "cannot write to standard output");
	exit(0);
}

static void
act_on_common(const struct tool *tool, const char *name)
{
	if (strcmp(name, "help") == 0) {
		print_help(tool);
		done();
	} else if (strcmp(name, "version") == 0) {
		printf("%s (cdc-tools) %s\n", tool->name, PACKAGE_VERSION);
		done();
	} else if (strcmp(name, "list-options") == 0) {
		list_options(tool);
		done();
	} else if (strcmp(name, "verbose") == 0) {
		log_set_level(LOG_VERBOSE);
	} else {
		log_set_level(LOG_QUIET);
	}
}

/* Put an option's argument where it belongs. */
static int
store(const struct option_row *row, void *values, const char *text,
    struct err *err)
{
	void *field = (char *)values + row->offset;

	switch (row->kind) {
	case OPT_FLAG:
		if (row->act)
			row->act();
		else
			*(bool *)field = true;
		return 0;
	case OPT_TEXT:
		*(const char **)field = text;
		return 0;
	case OPT_COUNT:
		return value_count(field, text, err);
	case OPT_SIZE:
		return value_size(field, text, err);
	case OPT_DURATION:
		return value_duration(field, text, err);
	case OPT_CHOICE:
		return value_choice(field, text, row->choices, err);
	case OPT_NAMES:
		return name_list_add(field, text, err);
	case OPT_CALL:
		return row->call(field, text, err);
	default:
		return err_set(err, ERR_BUG, "option of kind %d", row->kind);
	}
}

/* getopt's view of our rows: val is FIRST_LONG + index of the row; rows of
 * `common` come after the tool's. */
struct parser {
	struct option *longs;
	char *shorts;
	const struct option_row **rows;
	size_t n;
};

static void
add_row(struct parser *ps, const struct option_row *row, size_t *nlongs,
    size_t *nshorts)
{
	int has_arg = row->kind == OPT_FLAG ? optional_argument :
	    required_argument;
	int val = FIRST_LONG + (int)ps->n;

	ps->rows[ps->n++] = row;
	if (row->kind == OPT_GROUP)
		return;
	ps->longs[(*nlongs)++] = (struct option){ row->name, has_arg, 0, val };
	if (row->also)
		ps->longs[(*nlongs)++] =
		    (struct option){ row->also, has_arg, 0, val };
	if (!row->letter || row->letter == '?')
		return;
	ps->shorts[(*nshorts)++] = row->letter;
	if (row->kind != OPT_FLAG)
		ps->shorts[(*nshorts)++] = ':';
	for (int i = 0; row->kind == OPT_FLAG && row->letter == 'p' && i < 2;
	    i++)                        /* -pSECRET is no -p -S ECRET */
		ps->shorts[(*nshorts)++] = ':';
}

static void
make_parser(struct parser *ps, const struct tool *tool)
{
	static const struct option_row list =
	    ACT_ROW("list-options", NULL, "");
	size_t rows = count_rows(tool->options) + count_rows(common) + 1 +
	    (tool->next ? count_rows(tool->next) : 0);
	size_t nlongs = 0, nshorts = 0;

	*ps = (struct parser){ 0 };
	ps->longs = xcalloc(2 * rows + 1, sizeof(*ps->longs));
	ps->shorts = xcalloc(2 * rows + 4, 1);
	ps->rows = xcalloc(rows, sizeof(*ps->rows));
	ps->shorts[nshorts++] = ':';
	for (size_t i = 0; tool->options[i].name; i++)
		add_row(ps, &tool->options[i], &nlongs, &nshorts);
	for (size_t i = 0; common[i].name; i++)
		add_row(ps, &common[i], &nlongs, &nshorts);
	for (size_t i = 0; tool->next && tool->next[i].name; i++)
		if (is_next_only(tool, &tool->next[i]))
			add_row(ps, &tool->next[i], &nlongs, &nshorts);
	add_row(ps, &list, &nlongs, &nshorts);
}

static const struct option_row *
row_of(const struct parser *ps, int c)
{
	if (c >= FIRST_LONG)
		return ps->rows[c - FIRST_LONG];
	for (size_t i = 0; i < ps->n; i++)
		if (ps->rows[i]->letter == c)
			return ps->rows[i];
	return NULL;
}

static bool
is_of(const struct option_row *rows, const struct option_row *row)
{
	return rows && row >= rows && row < rows + count_rows(rows);
}

/* An option that was given: 0, or -1 if its argument is wrong. */
static int
take_option(const struct tool *tool, const struct option_row *row,
    void *values, const char *text, struct err *err)
{
	bool own = is_of(tool->options, row);
	const struct option_row *next = tool->next ?
	    find_option(tool->next, row->name) : NULL;

	if (!own && !is_of(tool->next, row)) {
		act_on_common(tool, row->name);
		return 0;
	}
	named_option("--", row->name);
	if (store(row, own ? values : (char *)values + tool->next_offset, text,
	    err) < 0)
		return err_wrap(err, "--%s", row->name);
	if (next)
		tool->next_given(values, next, text, own);
	return 0;
}

/* What follows a password is one, too, and logs must not show it. */
static void
refuse_argument(const struct tool *tool, const struct option_row *row)
{
	if (strcmp(row->name, "password") != 0)
		cli_usage(tool, "option --%s takes no argument", row->name);
	log_error("--password takes no password: others would see it");
	log_hint("put it into an option file (password=...), or give -p "
	    "alone to be asked");
	exit(ERR_USAGE);
}

/* Another program's?  Then say so. */
static void
where_else(const char *word)
{
	size_t n;
	const char *tools = elsewhere_option(word, &n);

	if (!tools)
		return;
	log_error("unknown option %s", word);
	log_hint("%.*s is an option of %s", (int)n, word, tools);
	exit(ERR_USAGE);
}

static void
wrong_option(const struct tool *tool, int c, char **argv)
{
	if (c == ':')
		cli_usage(tool, "option %s needs an argument",
		    argv[optind - 1]);
	/* getopt has no other way to tell "-?" from an unknown letter. */
	if (optopt == '?' || (optopt == 0 &&
	    strcmp(argv[optind - 1], "-?") == 0))
		act_on_common(tool, "help");
	if (optopt && optopt < FIRST_LONG)
		cli_usage(tool, "unknown option -%c", optopt);
	where_else(argv[optind - 1]);
	cli_usage(tool, "unknown option %s", argv[optind - 1]);
}

/* A file of ours must not get the number of a standard one that is closed:
 * records would be written into it.  The substitute fails as it would. */
static void
hold_standard(void)
{
	static const int modes[] = { O_WRONLY, O_RDONLY, O_WRONLY };

	for (int fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", modes[fd]) !=
		    fd)
			_exit(ERR_OS);
}

int
cli_parse(const struct tool *tool, int argc, char **argv, void *values)
{
	struct err err = { 0 };
	struct parser ps;
	int c;

	hold_standard();
	log_name(tool->name);
	make_parser(&ps, tool);
	opterr = 0;
	while ((c = getopt_long(argc, argv, ps.shorts, ps.longs, NULL)) !=
	    -1) {
		const struct option_row *row;

		if (c == '?' || c == ':')
			wrong_option(tool, c, argv);
		row = row_of(&ps, c);
		if (row->kind == OPT_FLAG && optarg)
			refuse_argument(tool, row);
		if (take_option(tool, row, values, optarg, &err) < 0) {
			cli_report(&err);
			exit(err.kind);
		}
	}
	free(ps.longs);
	free(ps.shorts);
	free(ps.rows);
	stop_install();
	report_install(tool->name);
	return optind;
}

void
cli_usage(const struct tool *tool, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	log_error("%s", text);
	log_hint("%s --help lists the options", tool->name);
	exit(ERR_USAGE);
}

void
cli_misuse(const char *hint, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	log_error("%s", text);
	log_hint("%s", hint);
	exit(ERR_USAGE);
}

void
cli_no_file(const struct tool *tool, const char *operand)
{
	log_error("records come from standard input, not from '%s'", operand);
	log_hint("of a binlog: cdc-tail --control %s | %s; of a file of "
	    "records: %s <%s", operand, tool->name, tool->name, operand);
	exit(ERR_USAGE);
}

void
cli_report(const struct err *err)
{
	if (!err->kind)
		return;
	log_error("%s", err->text);
	if (err->hint[0])
		log_hint("%s", err->hint);
}

int
cli_finish(struct err *err)
{
	struct err closing = { 0 };

	if (!err->kind && !stop_requested())
		named_report(err);
	out_close(&closing);
	if (!err->kind)
		*err = closing;
	if (err->kind == ERR_STOPPED)
		err_clear(err);
	cli_report(err);
	if (!err->kind)
		stop_raise();
	return (int)err->kind;
}
