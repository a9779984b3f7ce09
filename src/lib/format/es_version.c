/* SPDX-License-Identifier: MIT */
#include "format/es_version.h"

#include <inttypes.h>

#include "base/integer.h"
#include "json/scan.h"

static const uint64_t last_order = ((uint64_t)1 << ES_ORDER_BITS) - 1;
static const uint64_t last_sequence = ((uint64_t)1 << ES_SEQUENCE_BITS) - 1;

static int
refuse(const struct format_change *c, const char *why, struct span gtid,
    struct err *err)
{
	err_set(err, ERR_DATA, "table %s.%s: %s: %.*s%s", c->table->db.p,
	    c->table->name.p, why, SPAN_SHOWN(gtid, 80));
	return err_hint(err, "--es-version none writes no versions: then only "
	    "the order of requests says which row is newer");
}

/* Before the first transaction a copy's position is empty. */
static int
read_gtid(struct es_clock *clock, const struct format_change *c,
    struct span text, bool copied, struct err *err)
{
	struct span inside = json_inside(text);

	if (!inside.p)
		return refuse(c, "a change without a GTID, of which its "
		    "version is made", text.p ? text : SPAN("(none)"), err);
	clock->gtid = (struct gtid){ 0 };
	if (!gtid_parse(&clock->gtid, inside) && (inside.n || !copied)) {
		clock->text.n = 0;
		return refuse(c, copied ? "the position of a copy is not one "
		    "GTID" : "not MariaDB's GTID", text, err);
	}
	clock->text.n = 0;
	buf_span(&clock->text, text);
	return 0;
}

static int
check_domain(struct es_domain *domain, const struct format_change *c,
    const struct gtid *gtid, bool copied, struct span text, struct err *err)
{
	if (!gtid->seq && !copied)
		return refuse(c, "a change before the first transaction", text,
		    err);
	if (gtid->seq > last_sequence)
		return refuse(c, "a sequence number that no version holds",
		    text, err);
	if (domain->known && domain->domain != gtid->domain)
		return refuse(c, "a GTID of another domain than before, whose "
		    "numbers do not compare", text, err);
	if (gtid->seq)          /* not of an empty position */
		*domain = (struct es_domain){ true, gtid->domain };
	return 0;
}

int
es_version_of(struct es_clock *clock, struct es_domain *domain,
    const struct format_change *c, uint64_t *version, struct err *err)
{
	struct span text = member_value(&c->rec->block, M_GTID);
	struct span order = member_value(&c->rec->transaction_block,
	    M_TOTAL_ORDER);
	bool copied = c->op == 'r' && !order.p;
	uint64_t number = last_order;

	if (!text.p || !span_eq(text, buf_view(&clock->text)))
		if (read_gtid(clock, c, text, copied, err) < 0)
			return -1;
	if (check_domain(domain, c, &clock->gtid, copied, text, err) < 0)
		return -1;
	if (!copied && !integer_read(order, UINT64_MAX, &number))
		return refuse(c, "a change without its number in the "
		    "transaction, of which its version is made", text, err);
	if (number > last_order)
		number = last_order;
	*version = clock->gtid.seq << ES_ORDER_BITS | number;
	return 0;
}
