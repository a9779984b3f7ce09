/* SPDX-License-Identifier: MIT */
#include "binlog/query_session.h"

typedef void take_fn(struct query_session *s, struct cursor *in);

static void
take_flags(struct query_session *s, struct cursor *in)
{
	s->flags = take_u32(in);
	s->parts |= SESSION_FLAGS;
}

static void
take_sql_mode(struct query_session *s, struct cursor *in)
{
	s->sql_mode = take_u64(in);
	s->parts |= SESSION_SQL_MODE;
}

static void
take_increments(struct query_session *s, struct cursor *in)
{
	s->increment = take_u16(in);
	s->offset = take_u16(in);
	s->parts |= SESSION_INCREMENTS;
}

static void
take_charsets(struct query_session *s, struct cursor *in)
{
	s->client = take_u16(in);
	s->connection = take_u16(in);
	s->server = take_u16(in);
	s->parts |= SESSION_CHARSETS;
}

static void
take_time_zone(struct query_session *s, struct cursor *in)
{
	s->time_zone = take_span(in, take_u8(in));
}

static void
take_locale(struct query_session *s, struct cursor *in)
{
	s->locale = take_u16(in);
	s->parts |= SESSION_LOCALE;
}

static void
take_database(struct query_session *s, struct cursor *in)
{
	s->database = take_u16(in);
	s->parts |= SESSION_DATABASE;
}

static void
take_microseconds(struct query_session *s, struct cursor *in)
{
	s->microseconds = (uint32_t)take_le(in, 3);
}

static void
take_timestamps(struct query_session *s, struct cursor *in)
{
	s->explicit_timestamps = take_u8(in) != 0;
	s->parts |= SESSION_TIMESTAMPS;
}

static void
take_collations(struct query_session *s, struct cursor *in)
{
	s->collations = take_span(in, 4u * take_u8(in));
}

static void
skip_name(struct query_session *s, struct cursor *in)
{
	(void)s;
	take_span(in, take_u8(in));
}

static void
skip_name_and_nul(struct query_session *s, struct cursor *in)
{
	skip_name(s, in);
	take_u8(in);
}

static void
skip_names(struct query_session *s, struct cursor *in)
{
	skip_name(s, in);
	skip_name(s, in);
}

/* MySQL: how many, 254 for too many; the names end in NUL. */
static void
skip_databases(struct query_session *s, struct cursor *in)
{
	uint8_t n = take_u8(in);

	(void)s;
	for (; n < 254 && n > 0 && !in->bad; n--)
		while (take_u8(in))
			;
}

/* Of a COMMIT or ROLLBACK of an ALTER in two phases: whose it is. */
static void
skip_alter(struct query_session *s, struct cursor *in)
{
	enum { COMMIT_ALTER = 4, ROLLBACK_ALTER = 8 };

	(void)s;
	if (take_u8(in) & (COMMIT_ALTER | ROLLBACK_ALTER))
		take(in, 8);
}

/* THE TABLE: by codes; what has no function is of a fixed size. */
static const struct code {
	take_fn *take;
	size_t size;
} codes[256] = {
	[0] = { take_flags, 0 },
	[1] = { take_sql_mode, 0 },
	[2] = { skip_name_and_nul, 0 }, /* catalog */
	[3] = { take_increments, 0 },
	[4] = { take_charsets, 0 },
	[5] = { take_time_zone, 0 },
	[6] = { skip_name, 0 },         /* catalog */
	[7] = { take_locale, 0 },
	[8] = { take_database, 0 },
	[9] = { NULL, 8 },              /* tables that an UPDATE changes */
	[10] = { NULL, 4 },             /* bytes of the source's event */
	[11] = { skip_names, 0 },       /* invoker */
	[12] = { skip_databases, 0 },
	[13] = { take_microseconds, 0 },        /* MySQL's */
	[16] = { take_timestamps, 0 },
	[17] = { NULL, 8 },             /* MySQL: XID of a DDL */
	[18] = { NULL, 2 },             /* default collation of utf8mb4 */
	[19] = { NULL, 1 },             /* sql_require_primary_key */
	[20] = { NULL, 1 },             /* default_table_encryption */
	[128] = { take_microseconds, 0 },
	[129] = { NULL, 8 },            /* MariaDB: XID of a DDL */
	[130] = { skip_alter, 0 },
	[131] = { take_collations, 0 },
};

void
query_session_read(struct query_session *s, struct span status)
{
	struct cursor in = cursor_of(status.p, status.n);

	*s = (struct query_session){ 0 };
	while (cursor_left(&in) > 0 && !in.bad) {
		const struct code *code = &codes[take_u8(&in)];

		if (code->take)
			code->take(s, &in);
		else if (code->size)
			take(&in, code->size);
		else
			break;
	}
	if (in.bad)             /* it is unknown which of it is true */
		*s = (struct query_session){ 0 };
}
