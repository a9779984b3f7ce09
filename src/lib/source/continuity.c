/* SPDX-License-Identifier: MIT */
#include "source/continuity.h"

#include <inttypes.h>

int
continuity_check(const struct gtid_list *read,
    const struct gtid_list *list, struct err *err)
{
	if (list->n == 0 && read->n > 0) {
		err_set(err, ERR_DATA, "this log begins at the very start, "
		    "but %u-%u-%" PRIu64 " was read already",
		    read->v[0].domain, read->v[0].server, read->v[0].seq);
		return err_hint(err, "give the files in their order, each "
		    "once");
	}
	for (size_t i = 0; i < list->n; i++) {
		const struct gtid *want = &list->v[i];
		const struct gtid *have = gtid_list_find(read,
		    want->domain);

		if (have && gtid_equal(have, want))
			continue;
		if (have && have->seq > want->seq) {
			err_set(err, ERR_DATA, "this log begins at %u-%u-%"
			    PRIu64 ", but %u-%u-%" PRIu64
			    " was read already", want->domain, want->server,
			    want->seq, have->domain, have->server, have->seq);
			return err_hint(err, "give the files in their order, "
			    "each once");
		}
		err_set(err, ERR_CONFIG, "this log begins after %u-%u-%"
		    PRIu64 ", but the one before it ends at %u-%u-%" PRIu64
		    ": a file between them is missing", want->domain,
		    want->server, want->seq, want->domain,
		    have ? have->server : want->server, have ? have->seq : 0);
		return err_hint(err, "give all files of the sequence");
	}
	return 0;
}
