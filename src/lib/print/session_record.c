/* SPDX-License-Identifier: MIT
 *
 * Cold: clarity before speed.
 */
#include "print/session_record.h"

#include "json/write.h"
#include "value/types.h"

static void
put_number(struct buf *line, const char *name, uint64_t v)
{
	buf_printf(line, ",\"%s\":", name);
	buf_u64(line, v);
}

/* The time, as SET timestamp takes it. */
static void
put_time(struct buf *line, const struct query_session *s, uint32_t seconds)
{
	put_number(line, "timestamp", seconds);
	if (s->microseconds)
		buf_printf(line, ".%06u", (unsigned)(s->microseconds %
		    1000000));
}

/* Switches whose bit is their value, or its contrary.  MySQL has bits of its
 * own where `mariadb` is set. */
static void
put_flags(struct buf *line, const struct query_session *s,
    const struct binlog_format *format)
{
	static const struct {
		const char *name;
		uint32_t flag;
		bool contrary, mariadb;
	} flags[] = {
		{ "foreign_key_checks", SESSION_NO_FOREIGN_KEYS, true,
		    false },
		{ "unique_checks", SESSION_RELAXED_UNIQUE, true, false },
		{ "check_constraint_checks", SESSION_NO_CHECKS, true, true },
		{ "sql_auto_is_null", SESSION_AUTO_IS_NULL, false, false },
		{ "sql_if_exists", SESSION_IF_EXISTS, false, true },
		{ "system_versioning_insert_history", SESSION_INSERT_HISTORY,
		    false, true },
	};

	if (!(s->parts & SESSION_FLAGS))
		return;
	for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++)
		if (format->mariadb || !flags[i].mariadb)
			put_number(line, flags[i].name, flags[i].contrary !=
			    ((s->flags & flags[i].flag) != 0));
}

/* The releases from which on MariaDB's logs have the flag. */
static bool
flags_timestamps(const struct binlog_format *format)
{
	static const unsigned since[][2] = {
		{ 5, 17 }, { 6, 9 }, { 7, 5 }, { 8, 4 }, { 9, 2 }, { 10, 0 },
	};
	size_t i = sizeof(since) / sizeof(*since) - 1;

	if (!format->mariadb)
		return false;
	for (; i > 0 && !format_is_since(format, 10, since[i][0], 0); i--)
		;
	return format_is_since(format, 10, since[i][0], since[i][1]);
}

/* MySQL says it apart. */
static void
put_timestamps(struct buf *line, const struct query_session *s,
    const struct binlog_format *format)
{
	static const char name[] = "explicit_defaults_for_timestamp";

	if (s->parts & SESSION_TIMESTAMPS)
		put_number(line, name, s->explicit_timestamps);
	else if ((s->parts & SESSION_FLAGS) && flags_timestamps(format))
		put_number(line, name, (s->flags &
		    SESSION_EXPLICIT_TIMESTAMPS) != 0);
}

static void
put_collations(struct buf *line, const struct query_session *s)
{
	struct cursor in = cursor_of(s->collations.p, s->collations.n);
	const char *sign = ",\"character_set_collations\":[";

	if (s->parts & SESSION_CHARSETS) {
		put_number(line, "character_set_client", s->client);
		put_number(line, "collation_connection", s->connection);
		put_number(line, "collation_server", s->server);
	}
	if (s->parts & SESSION_DATABASE)
		put_number(line, "collation_database", s->database);
	if (!s->collations.n)
		return;
	while (cursor_left(&in) > 0) {
		take_u16(&in);          /* of the set: it has one */
		buf_str(line, sign);
		buf_u64(line, take_u16(&in));
		sign = ",";
	}
	buf_char(line, ']');
}

static void
put_parts(struct buf *line, const struct query_session *s)
{
	if (s->parts & SESSION_INCREMENTS) {
		put_number(line, "auto_increment_increment", s->increment);
		put_number(line, "auto_increment_offset", s->offset);
	}
	if (s->time_zone.n)
		json_member(line, "time_zone", s->time_zone);
	if (s->parts & SESSION_LOCALE)
		put_number(line, "lc_time_names", s->locale);
}

void
session_record_put(struct buf *line, const struct query *query,
    const struct session_print *more)
{
	const struct query_session *s = &query->session;

	buf_str(line, ",\"session\":{\"database\":");
	if (query->default_db.n)
		json_words(line, query->default_db);
	else
		buf_str(line, "null");
	if (query->error)
		put_number(line, "error", query->error);
	put_time(line, s, more->seconds);
	if (s->parts & SESSION_SQL_MODE)
		put_number(line, "sql_mode", s->sql_mode);
	put_flags(line, s, more->format);
	put_timestamps(line, s, more->format);
	put_collations(line, s);
	put_parts(line, s);
	if (more->bytes.p) {
		buf_str(line, ",\"statement\":");
		value_put_hex(line, more->bytes);
	}
	buf_char(line, '}');
}
