/* SPDX-License-Identifier: MIT */
#include "sink/upstream.h"

static int
ended_early(bool whole, const char *done, struct err *err)
{
	err_set(err, ERR_RETRY, whole ? "the input ended early, without its "
	    "last heartbeat" : "the input ended early, inside a transaction");
	if (whole)
		return err_hint(err, "see the messages of the program before "
		    "it; complete transactions are %s: run it again, and it "
		    "continues from there", done);
	return err_hint(err, "see the messages of the program before it; what "
	    "was committed stays: run it again, and the rest follows");
}

int
upstream_check(const struct progress *p, bool ended, bool whole,
    const char *done, struct err *err)
{
	if (p->failed) {
		err_set(err, p->failed, "the program before it ended with "
		    "exit status %d", (int)p->failed);
		return err_hint(err, "its messages say why; complete "
		    "transactions are %s, and the next run continues after "
		    "them", done);
	}
	return ended && whole ? 0 : ended_early(whole, done, err);
}
