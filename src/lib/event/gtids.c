/* SPDX-License-Identifier: MIT */
#include "event/gtids.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "event/record.h"
#include "json/scan.h"
#include "json/write.h"

void
gtids_put(struct buf *out, const char *name, const struct gtid_list *list)
{
	struct buf text = { 0 };

	gtid_list_print(list, &text);
	json_member(out, name, text.p ? buf_view(&text) : SPAN(""));
	buf_free(&text);
}

int
gtids_take(struct span object, const char *name, struct gtid_list *list,
    struct err *err)
{
	struct span inside = json_inside(object_member(object, name));
	char *text;
	int status;

	if (!inside.p)
		return 0;
	text = xmemdup(inside.p, inside.n);
	status = gtid_list_parse(list, text, err);
	free(text);
	return status < 0 ? -1 : 1;
}
