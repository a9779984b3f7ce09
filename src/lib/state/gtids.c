/* SPDX-License-Identifier: MIT */
#include "state/gtids.h"

#include <stdlib.h>

#include "record/record.h"
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
	char *text = json_text(object_member(object, name));
	int status;

	if (!text)
		return 0;
	status = gtid_list_parse(list, text, err);
	free(text);
	return status < 0 ? -1 : 1;
}

bool
gtids_take_one(struct span object, const char *name, struct gtid *gtid)
{
	struct span value = object_member(object, name);
	struct buf scratch = { 0 };
	bool good = gtid_parse(gtid, json_value_text(value, &scratch));

	buf_free(&scratch);
	return good;
}
