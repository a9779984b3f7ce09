/* SPDX-License-Identifier: MIT */
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

static void
bounds(void)
{
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
	};
	static const char *const bad[] = {
		"", "x", ":4", "f:", "1-2", "2025-10-09 25", "-4",
		"18446744073709551616", };

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
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct bound b = { 0 };
		struct err err = { 0 };

		result(bound_parse(&b, bad[i], &err) < 0, bad[i]);
		bound_clear(&b);
	}
}

int
main(void)
{
	lists();
	covers();
	bounds();
	return done();
}
