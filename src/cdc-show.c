/* SPDX-License-Identifier: MIT
 *
 * cdc-show - print records for people to read
 *
 * Records in, text out: a block for each transaction, in it what became of each
 * row.  Nothing that a record contains reaches the terminal but as text.  See
 * cdc-show(1).
 */
#include "cdc.h"
#include "show/page.h"
#include "show/show.h"
#include "show/time_zone.h"

#define OPTIONS struct show_options

static const struct option_row options[] = {
	HEADING_ROW("What to print"),
	FLAG_ROW("oneline", oneline, "print each change on one line"),
	FLAG_ROW("full", full, "print all columns with their types, whole "
	    "values and statements"),
	FLAG_ROW("stat", stat, "print how many changes each transaction made "
	    "to each table, not the changes"),
	FLAG_ROW("summary", summary, "at the end, print how many changes there "
	    "were of each table; without --stat print nothing else"),

	HEADING_ROW("How to print it"),
	CHOICE_ROW("color", color, page_colors,
	    "use colours (auto: on a terminal)"),
	COUNT_ROW("width", width, "COLUMNS",
	    "length of lines, 0 for no limit (that of the terminal, or 80)"),
	TEXT_ROW("timezone", zone, "ZONE",
	    "time zone of times, such as Europe/Berlin (the system's)"),

	HEADING_ROW("Lines"),
	SHAPE_ROW(shape),
	FLAG_ROW("pass-unknown", pass_unknown, "show lines that are neither "
	    "records nor messages, escaped"),
	END_ROW
};

static const struct tool tool = {
	.name = "cdc-show",
	.summary = "print records for people to read",
	.synopsis = "[options] < RECORDS",
	.options = options,
};

static void
filter(struct showing *st, const struct show_options *opt, struct err *err)
{
	struct record rec = { .shape = (enum record_shape)opt->shape };
	struct lines in;
	struct line line;
	int shown = 0;

	lines_open(&in);
	while (shown >= 0 && lines_next(&in, &line, err) > 0) {
		if (record_scan(&rec, &line, err) < 0)
			break;
		shown = show_record(st, &rec, err);
	}
	show_end(st);
	lines_close(&in);
	record_clear(&rec);
}

int
main(int argc, char **argv)
{
	struct show_options opt = { .width = UINT64_MAX };
	struct showing st;
	struct err err = { 0 };
	int first = cli_parse(&tool, argc, argv, &opt);

	if (first < argc)
		cli_no_file(&tool, argv[first]);
	if (opt.zone && time_zone_choose(opt.zone, &err) < 0)
		return cli_finish(&err);
	show_open(&st, &opt);
	filter(&st, &opt, &err);
	show_close(&st);
	return cli_finish(&err);
}
