/* SPDX-License-Identifier: MIT
 *
 * Positions: as text of a user, and as bytes of an event.
 */
#include "fuzz.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "binlog/gtid_event.h"
#include "binlog/mysql_gtid.h"
#include "position/bound.h"

static void
as_text(const uint8_t *data, size_t size)
{
	char *text = xmemdup(data, size);
	struct bound bound = { 0 };
	struct gtid_list list = { 0 };
	struct buf printed = { 0 };
	struct err err = { 0 };

	if (gtid_list_parse(&list, text, &err) == 0)
		gtid_list_print(&list, &printed);
	err = (struct err){ 0 };
	bound_parse(&bound, text, &err);
	bound_clear(&bound);
	gtid_list_clear(&list);
	buf_free(&printed);
	free(text);
}

static void
as_event(const uint8_t *data, size_t size)
{
	static const uint8_t mysql[] = { 33, 34, 42 };
	struct binlog_event ev = { .body = data, .body_n = size };
	struct gtid_event gtid = { 0 };
	struct gtid_list list = { 0 };
	struct query query = {
		.text = { (const char *)data, size },
	};
	char id[MYSQL_GTID_TEXT];
	struct err err = { 0 };

	gtid_event_parse(&gtid, &ev, &err);
	gtid_event_list_parse(&list, &ev, &err);
	gtid_list_clear(&list);
	gtid_event_xid_of_prepare(&gtid, &ev);
	gtid_event_xid_of_query(&gtid, &query);
	for (size_t i = 0; i < sizeof(mysql); i++) {
		ev.type = mysql[i];
		mysql_gtid_parse(id, &ev, &err);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	as_text(data, size);
	as_event(data, size);
	return 0;
}
