/* SPDX-License-Identifier: MIT */
#include "sink/written.h"

#include "json/object.h"

/* The words that decide what a value is; all others are ways to write the
 * same. */
static const struct {
	const char *name, *word;
	bool begins, ends;      /* which of the two loses nothing? */
	const char *option, *why;
} ways[] = {
	{ "time", "string", true, false, "--time string",
	    "zero and invalid dates would be NULL" },
	{ "decimal", "double", false, true, "--decimal double",
	    "digits would be lost" },
	{ "history", "all", false, false, "--history",
	    "rows that are past would not be told from current ones" },
};

static int
refuse(size_t way, bool begins, struct err *err)
{
	err_set(err, ERR_CONFIG, "the position was made with%s cdc-tail %s, "
	    "and the stream is written with%s it: %s", begins ? "out" : "",
	    ways[way].option, begins ? "" : "out", ways[way].why);
	return err_hint(err, "run it with%s %s, as before; or copy the tables "
	    "again, under another --name", begins ? "out" : "",
	    ways[way].option);
}

int
written_check(struct span was, struct span is, struct err *err)
{
	for (size_t i = 0; was.n && is.n && i < sizeof(ways) / sizeof(*ways);
	    i++) {
		bool had = json_is_text(object_member(was, ways[i].name),
		    ways[i].word);
		bool has = json_is_text(object_member(is, ways[i].name),
		    ways[i].word);

		if (had != has && !(has ? ways[i].begins : ways[i].ends))
			return refuse(i, has, err);
	}
	return 0;
}
