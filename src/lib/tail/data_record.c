/* SPDX-License-Identifier: MIT
 *
 * A data record is laid together from pieces that are longer-lived than it:
 *
 *   plan->head      {"topic":"…","key":                  a table
 *   key             {"id":1}                             a row
 *   headers         ,"headers":{…}                       a key change
 *   images          ,"payload":{"before":…,"after":…     a row
 *   p->source       ,"source":{…"row":                   an event
 *   p->source_end   ,"thread":null,"query":null}         an event
 *   p->times        ,"ts_ms":…,"transaction":{…          a transaction
 */
#include "tail/printer.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "binlog/events.h"
#include "io/out.h"

void
data_record_begin(struct printer *p, const struct binlog_event *ev,
    struct span names)
{
	struct buf *out = &p->source;

	out->n = 0;
	buf_str(out, ",\"source\":{\"version\":\"" PACKAGE_VERSION "\","
	    "\"connector\":\"mariadb\",\"name\":");
	buf_span(out, buf_view(&p->prefix));
	buf_str(out, ",\"ts_ms\":");
	buf_u64(out, (uint64_t)ev->timestamp * 1000);
	buf_span(out, names);
	buf_u64(out, ev->server_id);
	buf_str(out, ",\"gtid\":");
	buf_span(out, buf_view(&p->gtid));
	buf_str(out, ",\"file\":");
	buf_span(out, buf_view(&p->file));
	buf_str(out, ",\"pos\":");
	buf_u64(out, ev->pos);
	buf_str(out, ",\"row\":");

	out = &p->source_end;
	out->n = 0;
	buf_str(out, ",\"thread\":");
	if (p->group->thread_id)
		buf_u64(out, p->group->thread_id);
	else
		buf_str(out, "null");
	buf_str(out, ",\"query\":");
	if (p->opt->query && p->statement.n)
		buf_span(out, buf_view(&p->statement));
	else
		buf_str(out, "null");
	buf_char(out, '}');
	buf_room(&p->source, COPY_SLACK);
	buf_room(out, COPY_SLACK);
}

/* ,"session":{"foreign_key_checks":0}} */
void
data_record_unchecked(struct printer *p, uint16_t flags)
{
	static const struct {
		const char *name;
		uint16_t flag;
	} all[] = {
		{ "foreign_key_checks", ROWS_NO_FOREIGN_KEYS },
		{ "unique_checks", ROWS_RELAXED_UNIQUE },
		{ "check_constraint_checks", ROWS_NO_CHECKS },
	};
	const char *sign = ",\"session\":{";
	struct buf *out = &p->source_end;

	out->n--;                       /* of the block's end */
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		if (!(flags & all[i].flag))
			continue;
		buf_printf(out, "%s\"%s\":0", sign, all[i].name);
		sign = ",";
	}
	buf_str(out, *sign && !sign[1] ? "}}" : "}");
	buf_room(out, COPY_SLACK);
}

/* Note the first record of a table in its transaction. */
static void
touch(struct printer *p, struct table *table)
{
	struct touched *t;

	if (p->ntouched == p->touched_cap) {
		p->touched = xreallocarray(p->touched, p->ntouched + 1,
		    sizeof(*p->touched));
		p->touched[p->touched_cap++] = (struct touched){ 0 };
	}
	table->tally.touched = p->ntouched++;
	t = &p->touched[table->tally.touched];
	t->records = 0;
	t->name.n = 0;
	buf_span(&t->name, table->db);
	buf_char(&t->name, '.');
	buf_span(&t->name, table->name);
}

/* The transaction's counters, which count what is printed. */
static void
count(struct printer *p, struct table *table)
{
	struct table_tally *tally = &table->tally;

	p->printed++;
	p->total_order++;
	if (tally->group != p->number) {
		tally->group = p->number;
		tally->order = 0;
		if (p->opt->transactions)
			touch(p, table);
	}
	tally->order++;
	if (p->opt->transactions)
		p->touched[tally->touched].records++;
}

static inline char *
put(char *to, const void *from, size_t n)
{
	memcpy(to, from, n);
	return to + n;
}

#define PUT(to, literal) put(to, literal, sizeof(literal) - 1)

/* All buffers of a record keep COPY_SLACK bytes after their contents. */
static inline char *
put_buf(char *to, const struct buf *b)
{
	return b ? copy16(to, b->p, b->n) : PUT(to, "null");
}

static inline size_t
size_of(const struct buf *b)
{
	return b ? b->n : 4;
}

static inline char *
put_source(char *to, const struct printer *p, uint64_t row)
{
	to = put_buf(to, &p->source);
	to = buf_put_u64(to, row);
	return put_buf(to, &p->source_end);
}

static inline char *
put_orders(char *to, const struct printer *p, const struct table *table)
{
	to = buf_put_u64(to, p->total_order);
	to = PUT(to, ",\"data_collection_order\":");
	to = buf_put_u64(to, table->tally.order);
	*to++ = '}';
	return to;
}

/* ,"headers":{"__debezium.newkey":{…}} */
static void
make_headers(struct printer *p, const struct tail_record *rec)
{
	struct buf *out = &p->headers;

	out->n = 0;
	if (!rec->header)
		return;
	buf_printf(out, ",\"headers\":{\"%s\":", rec->header);
	buf_span(out, buf_view(rec->header_key));
	buf_char(out, '}');
	buf_room(out, COPY_SLACK);
}

/* What every line of the record needs, apart from its images. */
static size_t
line_size(const struct printer *p, const struct record_template *plan,
    const struct tail_record *rec)
{
	return plan->head.n + size_of(rec->key) + p->headers.n +
	    p->source.n + p->source_end.n + p->times.n + LINE_NUMBERS + 128 +
	    COPY_SLACK;
}

static void
print_data(struct printer *p, const struct record_template *plan,
    const struct table *table, const struct tail_record *rec)
{
	size_t size = line_size(p, plan, rec) + size_of(rec->before) +
	    size_of(rec->after);
	char *start = out_room(size);
	char *to = put_buf(start, &plan->head);

	to = put_buf(to, rec->key);
	if (p->headers.n)
		to = put_buf(to, &p->headers);
	to = PUT(to, ",\"payload\":{\"before\":");
	to = put_buf(to, rec->before);
	to = PUT(to, ",\"after\":");
	to = put_buf(to, rec->after);
	to = put_source(to, p, rec->row);
	to = PUT(to, ",\"op\":\"");
	*to++ = rec->op;
	*to++ = '"';
	to = put_buf(to, &p->times);
	to = put_orders(to, p, table);
	to = PUT(to, "}}\n");
	out_commit((size_t)(to - start));
}

/* The tombstone of a delete: its position is on the line itself. */
static void
print_tombstone(struct printer *p, const struct record_template *plan,
    const struct table *table, const struct tail_record *rec)
{
	char *start = out_room(line_size(p, plan, rec) + p->id.n);
	char *to = put_buf(start, &plan->head);

	to = put_buf(to, rec->key);
	if (p->headers.n)
		to = put_buf(to, &p->headers);
	to = put_source(to, p, rec->row);
	to = PUT(to, ",\"transaction\":{\"id\":");
	to = put_buf(to, &p->id);
	to = PUT(to, ",\"total_order\":");
	to = put_orders(to, p, table);
	to = PUT(to, ",\"op\":\"d\",\"payload\":null}\n");
	out_commit((size_t)(to - start));
}

bool
data_record_op_skipped(const struct printer *p, char op)
{
	return p->skipped[(unsigned char)op];
}

bool
printer_counted(const struct printer *p)
{
	return p->printed >= p->opt->count;
}

void
data_record_print(struct printer *p, const struct record_template *plan,
    struct table *table, const struct tail_record *rec)
{
	if (data_record_op_skipped(p, rec->op))
		return;
	/* a sink that keeps a position takes transactions whole */
	if (printer_counted(p) && !p->opt->control) {
		p->cut = true;
		return;
	}
	count(p, table);
	make_headers(p, rec);
	print_data(p, plan, table, rec);
	if (rec->op == 'd' && p->opt->tombstones)
		print_tombstone(p, plan, table, rec);
}
