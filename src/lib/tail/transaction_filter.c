/* SPDX-License-Identifier: MIT */
#include "tail/transaction_filter.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/integer.h"

/* In their order, each once, as lists are. */
static void
add_server(struct server_ids *ids, uint32_t id, struct span text)
{
	size_t i = ids->n;

	while (i > 0 && ids->v[i - 1].id > id)
		i--;
	if (i > 0 && ids->v[i - 1].id == id)
		return;
	*ARRAY_INSERT(ids->v, ids->n, i) = (struct server_id){ id,
		named_add(text) };
}

int
transaction_filter_servers(struct server_ids *ids, const char *text,
    struct err *err)
{
	const char *all = text;

	for (;; text++) {
		struct span digits = { text, strcspn(text, ",") };
		uint64_t id;

		if (!integer_read(digits, UINT32_MAX, &id))
			return err_set(err, ERR_USAGE, "'%s' is not a list "
			    "of server ids", all);
		add_server(ids, (uint32_t)id, digits);
		text += digits.n;
		if (!*text)
			return 0;
	}
}

/* What is in front of the number: of "0-1-42" and of "uuid:42". */
static struct span
gtid_source(const struct group *g)
{
	const char *end = strrchr(g->id, g->has_gtid ? '-' : ':');

	return (struct span){ g->id, end ? (size_t)(end - g->id) : 0 };
}

static bool
has_server(const struct server_ids *ids, uint32_t id)
{
	bool has = ids->n == 0;

	for (size_t i = 0; i < ids->n; i++) {
		named_look(ids->v[i].named, ids->v[i].id == id);
		has |= ids->v[i].id == id;
	}
	return has;
}

bool
transaction_filter_wanted(
    const struct transaction_filter *o, const struct group *g)
{
	if (o->skip_marked && g->skip_replication)
		return false;
	if (!has_server(&o->servers, g->server_id))
		return false;
	if (o->include_gtid.n && !name_list_has(&o->include_gtid,
	    gtid_source(g)))
		return false;
	return !o->exclude_gtid.n || !name_list_has(&o->exclude_gtid,
	    gtid_source(g));
}

static void
tell_servers(const struct server_ids *ids, struct lists *lists)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < ids->n; i++)
		buf_printf(&text, i ? ",%" PRIu32 : "%" PRIu32,
		    ids->v[i].id);
	lists_add(lists, "include-server-id", buf_view(&text));
	buf_free(&text);
}

void
transaction_filter_tell(const struct transaction_filter *o, struct lists *lists)
{
	lists_add_names(lists, "include-gtid", &o->include_gtid);
	lists_add_names(lists, "exclude-gtid", &o->exclude_gtid);
	tell_servers(&o->servers, lists);
	if (o->skip_marked)
		lists_add(lists, "skip-replication", SPAN("1"));
}

bool
transaction_filter_chooses(const struct transaction_filter *o)
{
	return o->include_gtid.n || o->exclude_gtid.n || o->servers.n;
}

void
transaction_filter_clear(struct transaction_filter *o)
{
	name_list_clear(&o->include_gtid);
	name_list_clear(&o->exclude_gtid);
	free(o->servers.v);
}
