/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <time.h>

#include "position/bound.h"
#include "position/gtid.h"
#include "tap.h"

static void
lists(void)
{
	static const struct { const char *text, *printed; } good[] = {
		{ "", "" },
		{ "0-1-3", "0-1-3" },
		{ "5-2-7, 0-1-3", "0-1-3,5-2-7" },
		{ "4294967295-4294967295-18446744073709551615",
		    "4294967295-4294967295-18446744073709551615" },
	};
	static const char *const bad[] = {
		"1", "1-2", "1-2-", "1-2-3,", "1-2-3 4", "a-b-c", "1-2-3-4",
		"4294967296-1-1", "1-1-18446744073709551616", "1-1-1,1-2-2",
		"-1-1-1",
	};

	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		struct gtid_list list = { 0 };
		struct err err = { 0 };
		struct buf out = { 0 };

		is_number(gtid_list_parse(&list, good[i].text, &err), 0,
		    "parses");
		gtid_list_print(&list, &out);
		buf_cstr(&out);
		is_text(buf_view(&out), good[i].printed, "prints");
		gtid_list_clear(&list);
		buf_free(&out);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct gtid_list list = { 0 };
		struct err err = { 0 };

		result(gtid_list_parse(&list, bad[i], &err) < 0 &&
		    err.kind == ERR_USAGE, bad[i]);
		gtid_list_clear(&list);
	}
}

static void
covers(void)
{
	struct gtid_list list = { 0 };
	struct err err = { 0 };
	struct gtid newer = { 1, 9, 8 };

	gtid_list_parse(&list, "0-1-3,1-1-7", &err);
	result(gtid_list_covers(&list, &(struct gtid){ 1, 9, 7 }),
	    "the same sequence number of another server is covered");
	result(!gtid_list_covers(&list, &newer), "a later one is not");
	result(!gtid_list_covers(&list, &(struct gtid){ 2, 1, 1 }),
	    "an unknown domain is not");
	gtid_list_set(&list, &newer);
	result(gtid_list_covers(&list, &newer) && list.n == 2, "set");
	gtid_list_clear(&list);
}

static const struct {
	const char *text;
	enum bound_kind kind;
	const char *file;
	long long number;
} vectors[] = {
	{ "earliest", BOUND_EARLIEST, NULL, 0 },
	{ "now", BOUND_NOW, NULL, 0 },
	{ "1534", BOUND_OFFSET, NULL, 1534 },
	{ "bin.000002:4", BOUND_OFFSET, "bin.000002", 4 },
	{ "0-1-3,1-1-368", BOUND_GTID, NULL, 2 },
	{ "2025-10-09 08:53:20Z", BOUND_TIME, NULL, 1760000000 },
	{ "2025-10-09T08:53:20Z", BOUND_TIME, NULL, 1760000000 },
	{ "1969-12-31 23:59Z", BOUND_TIME, NULL, -60 },
	{ "2025/10/09 08:53:20Z", BOUND_TIME, NULL, 1760000000 },
	{ "2025/10/09 08:53:20", BOUND_TIME, NULL, 1760000000 },
	{ "20251009085320", BOUND_TIME, NULL, 1760000000 },
	{ "20251009T085320Z", BOUND_TIME, NULL, 1760000000 },
	{ "2025-10-09T10:53:20+02:00", BOUND_TIME, NULL, 1760000000 },
	{ "2025-10-09 10:53:20 +0200", BOUND_TIME, NULL, 1760000000 },
	{ "2025-10-09 01:53:20.999999-07", BOUND_TIME, NULL,
	    1760000000 },
	{ "2025-10-9 8:53", BOUND_TIME, NULL, 1760000000 - 20 },
	{ "2024-02-29 00:00:00Z", BOUND_TIME, NULL, 1709164800 },
	{ "02025-10-19", BOUND_GTID, NULL, 1 },
	{ "2025-10-1234", BOUND_GTID, NULL, 1 },
	{ "2025-10-09,0-1-1", BOUND_GTID, NULL, 2 },
	{ "10-12-2025", BOUND_GTID, NULL, 1 },
	{ "2025-40-3", BOUND_GTID, NULL, 1 },
	{ "bin.000002:15", BOUND_OFFSET, "bin.000002", 15 },
	{ "log.7:15", BOUND_OFFSET, "log.7", 15 },
	{ "000001:1534", BOUND_OFFSET, "000001", 1534 },
	{ "my log.000002:15", BOUND_OFFSET, "my log.000002", 15 },
	{ "20251399", BOUND_OFFSET, NULL, 20251399 },
	{ "1073741824", BOUND_OFFSET, NULL, 1073741824 },
};
static const char *const no_bounds[] = {
	"", "x", ":4", "f:", "1-2", "2025-10-09 25", "-4",
	"18446744073709551616",
	"2025-13-45 10:53:00", "2025-02-29 00:00:00",
	"2025/10/09 24:00:00", "2025-10-09 10:60:00",
	"2025-10-09 10:53:61", "2025-10-09", "2025-13-45", "2025-1-1",
	"09-10-2025", "25-10-09", "2025/10/09", "09.10.2025",
	"20251009", "20251309000000", "202510090000",
	"251009085320", "10:53", "10:53:20", "T10:53:20",
	"2025-10-09T00:00:00X", "2025-10-09T00:00:00+25:00",
	"2025-10-09T00:00:00+02:75",
	"2025-10-09 10:53:20.", "2025-10-09 PM",
	"9 Oct 2025 10:53:20", "Oct 9 10:53", "Thu Oct  9 10:53:20 2025",
	"2025-10-09 10:53:20 CEST", "+1h", "-1h", "yesterday", "NOW",
	"now-1h", "0-1-3,", "0-1-3,,1-1-4", "0-1-3 1-1-4",
	"0-1-3,0-1-4", "4294967296-1-1", "0-1-18446744073709551616",
	"bin.000002:", "bin.000002:4x", "bin.000002:-4",
	"2200-01-01 00:00:00", };

static void
bounds(void)
{
	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
		struct bound b = { 0 };
		struct err err = { 0 };
		long long number;

		bound_parse(&b, vectors[i].text, &err);
		number = b.kind == BOUND_OFFSET ? (long long)b.offset :
		    b.kind == BOUND_TIME ? b.time_s : (long long)b.gtids.n;
		result(b.kind == vectors[i].kind && !b.file ==
		    !vectors[i].file && number == vectors[i].number,
		    vectors[i].text);
		bound_clear(&b);
	}
	for (size_t i = 0; i < sizeof(no_bounds) / sizeof(*no_bounds); i++) {
		struct bound b = { 0 };
		struct err err = { 0 };

		result(bound_parse(&b, no_bounds[i], &err) < 0 &&
		    err.kind == ERR_USAGE, no_bounds[i]);
		bound_clear(&b);
	}
}

/* --start-datetime: nothing but a time. */
static void
times(void)
{
	static const char *const bad[] = {
		"", "1-1-5", "1534", "earliest", "now", "bin.000001:4",
		"2025-13-01", "20251301",
	};
	struct bound b = { 0 };
	struct err err = { 0 };

	bound_parse_time(&b, "2025-10-09", &err);
	is_number(b.time_s, 1759968000, "a date is its midnight");
	bound_parse_time(&b, "20251009", &err);
	is_number(b.time_s, 1759968000, "also without signs");
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		err = (struct err){ 0 };
		result(bound_parse_time(&b, bad[i], &err) < 0 &&
		    err.kind == ERR_USAGE, bad[i]);
	}
	setenv("TZ", "Europe/Berlin", 1);
	tzset();
	result(bound_parse_time(&b, "2025-03-30 02:30:00", &err) < 0,
	    "clocks go forward over it");
	bound_parse_time(&b, "2025-03-30 03:30:00", &err);
	is_number(b.time_s, 1743298200, "and not over this");
}

int
main(void)
{
	lists();
	covers();
	setenv("TZ", "UTC", 1);
	bounds();
	times();
	return done();
}
