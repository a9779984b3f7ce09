/* SPDX-License-Identifier: MIT */
#include "route/times.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/integer.h"
#include "json/scan.h"
#include "value/types.h"

const char *const times_doubts[] = { "before", "after", "error", NULL };

enum { DAY_S = 86400 };

/* How a column's values are written. */
enum form { FORM_OTHER, FORM_STAMP, FORM_MILLIS, FORM_MICROS, FORM_NANOS,
	FORM_ISO, FORM_TEXT, FORM_UNKNOWN };

struct timed_column {
	char *name;             /* as it stands between the quotes, owned */
	size_t n;
	enum form form;
};

struct timed_table {
	char *db, *name;        /* owned */
	uint64_t round;         /* of what was told */
	struct timed_column *columns;
	size_t n;
};

int
times_open(struct times *t, const struct times_options *opt,
    const struct told *told, struct err *err)
{
	t->opt = opt;
	t->told = told;
	t->tables = xcalloc(TIMES_SLOTS, sizeof(*t->tables));
	if (opt->timestamp_zone &&
	    !(t->timestamp = zone_new(opt->timestamp_zone, err)))
		return err_wrap(err, "--timestamp-zone");
	if (opt->datetime_zone &&
	    !(t->datetime = zone_new(opt->datetime_zone, err)))
		return err_wrap(err, "--datetime-zone");
	return 0;
}

/* ---- tables and columns */

static void
forget_columns(struct timed_table *table)
{
	for (size_t i = 0; i < table->n; i++)
		free(table->columns[i].name);
	table->n = 0;
}

static void
forget(struct timed_table *table)
{
	forget_columns(table);
	free(table->columns);
	free(table->db);
	free(table->name);
	*table = (struct timed_table){ 0 };
}

static struct timed_table *
table_of(struct times *t, struct span db, struct span name)
{
	struct timed_table *table = &t->tables[hash_span(name, hash_span(db,
	    hash_seed())) % TIMES_SLOTS];

	if (!table->name || !span_is(db, table->db) ||
	    !span_is(name, table->name)) {
		forget(table);
		table->db = xmemdup(db.p, db.n);
		table->name = xmemdup(name.p, name.n);
	}
	if (table->round != t->told->round)
		forget_columns(table);
	table->round = t->told->round;
	return table;
}

static int
refuse(const struct record *rec, const struct timed_table *table,
    struct span column, const char *why, struct err *err)
{
	return err_set(err, ERR_DATA, "line %" PRIu64 ": column %s.%s.%.*s %s",
	    rec->line.number, table->db, table->name, (int)column.n, column.p,
	    why);
}

/* Those that cdc-unwrap adds (__op, __deleted) have no type. */
static bool
is_added(struct span name)
{
	return name.n > 2 && name.p[0] == '_' && name.p[1] == '_';
}

static enum form
form_of(const struct times *t, const struct schema_column *column)
{
	static const enum form forms[] = {
		[TIME_ADAPTIVE] = FORM_MILLIS, [TIME_CONNECT] = FORM_MILLIS,
		[TIME_ISOSTRING] = FORM_ISO, [TIME_STRING] = FORM_TEXT,
		[TIME_MICROSECONDS] = FORM_MICROS,
		[TIME_NANOSECONDS] = FORM_NANOS,
	};
	enum type_class class = schema_column_type(column)->class;
	int time = t->told->modes.time < 0 ? t->opt->time :
	    t->told->modes.time;

	if (class == CLASS_TIMESTAMP && t->timestamp)
		return time == TIME_STRING ? FORM_TEXT : FORM_STAMP;
	if (class != CLASS_DATETIME || !t->datetime)
		return FORM_OTHER;
	if (time < 0)
		return FORM_UNKNOWN;
	return time == TIME_ADAPTIVE && column->length > 3 ? FORM_MICROS :
	    forms[time];
}

static int
no_type(const struct record *rec, const struct timed_table *table,
    struct span name, struct err *err)
{
	refuse(rec, table, name, "has no type that a schema record tells",
	    err);
	return err_hint(err, "cdc-tail --control prints schema records; "
	    "--schema FILE reads those of another stream; --zone-exclude "
	    "leaves columns out");
}

/* A column that no record had yet. */
static int
judge(struct times *t, const struct record *rec,
    const struct timed_table *table, struct span name, enum form *form,
    struct err *err)
{
	const struct schema_table *schema = told_table(t->told,
	    span_of(table->db), span_of(table->name));
	const struct schema_column *column = schema ?
	    schema_column_find(schema, name) : NULL;

	*form = FORM_OTHER;
	if (!table_filter_keeps_column(&t->opt->columns, span_of(table->db),
	    span_of(table->name), name) || (!column && is_added(name)))
		return 0;
	if (!column)
		return no_type(rec, table, name, err);
	*form = form_of(t, column);
	if (*form == FORM_TEXT)
		return refuse(rec, table, name, "is MariaDB's text "
		    "(cdc-tail --time string), which has no zone", err);
	if (*form != FORM_UNKNOWN)
		return 0;
	refuse(rec, table, name, "is a number whose unit no heartbeat tells",
	    err);
	return err_hint(err, "cdc-tail --control prints heartbeats; --time "
	    "says how the values are written, as in Debezium");
}

/* The form of the member `name`, expected at place i. */
static int
find_form(struct times *t, const struct record *rec,
    struct timed_table *table, struct span name, size_t i, enum form *form,
    struct err *err)
{
	struct timed_column *c;
	struct span text;

	for (size_t k = i < table->n ? i : 0; k < table->n; k++) {
		c = &table->columns[k];
		if (c->n == name.n && memcmp(c->name, name.p, name.n) == 0) {
			*form = c->form;
			return 0;
		}
	}
	text = json_string_text(name, &t->scratch);
	if (judge(t, rec, table, text, form, err) < 0)
		return -1;
	if (table->n == MAX_COLUMNS)
		forget_columns(table);
	c = ARRAY_ADD(table->columns, table->n);
	*c = (struct timed_column){ xmemdup(name.p, name.n), name.n, *form };
	return 0;
}

/* ---- values */

/* What is read of "2026-11-22T10:00:00.5Z". */
struct iso {
	int64_t seconds;
	struct span fraction;   /* ".5" */
};

static bool
take_part(struct span *text, char end, size_t digits, uint64_t max,
    uint64_t *v)
{
	if (text->n <= digits || text->p[digits] != end ||
	    !integer_read((struct span){ text->p, digits }, max, v))
		return false;
	text->p += digits + 1;
	text->n -= digits + 1;
	return true;
}

static bool
read_iso(struct span text, struct iso *iso)
{
	uint64_t year, month, day, hour, minute, second;
	size_t digits;

	if (!take_part(&text, '-', 4, 9999, &year) ||
	    !take_part(&text, '-', 2, 12, &month) ||
	    !take_part(&text, 'T', 2, 31, &day) ||
	    !take_part(&text, ':', 2, 23, &hour) ||
	    !take_part(&text, ':', 2, 59, &minute) || text.n < 3 ||
	    !integer_read((struct span){ text.p, 2 }, 59, &second) || !year ||
	    !month || !day)
		return false;
	text.p += 2;
	text.n -= 2;
	iso->fraction = (struct span){ text.p, text.n - 1 };
	iso->seconds = clock_days_from_civil((unsigned)year, (unsigned)month,
	    (unsigned)day) * DAY_S + (int64_t)(hour * 3600 + minute * 60 +
	    second);
	digits = iso->fraction.n ? iso->fraction.n - 1 : 0;
	for (size_t i = 1; i <= digits; i++)
		if (text.p[i] < '0' || text.p[i] > '9')
			return false;
	return text.p[text.n - 1] == 'Z' && (!iso->fraction.n ||
	    (text.p[0] == '.' && digits));
}

static void
put_digits(struct buf *out, uint64_t v, int n)
{
	buf_put_digits(buf_room(out, 20), v, n);
	out->n += (size_t)n;
}

/* A moment, as clocks with that offset show it. */
static void
put_iso(struct buf *out, const struct iso *iso, int32_t offset)
{
	int64_t shown = iso->seconds + offset;
	int64_t day = shown >= 0 ? shown / DAY_S : (shown + 1) / DAY_S - 1;
	unsigned rest = (unsigned)(shown - day * DAY_S), y, m, d;
	unsigned east = (unsigned)(offset < 0 ? -offset : offset);

	clock_civil_from_days((unsigned)day, &y, &m, &d);
	buf_char(out, '"');
	put_digits(out, y, 4);
	buf_char(out, '-');
	put_digits(out, m, 2);
	buf_char(out, '-');
	put_digits(out, d, 2);
	buf_char(out, 'T');
	put_digits(out, rest / 3600, 2);
	buf_char(out, ':');
	put_digits(out, rest / 60 % 60, 2);
	buf_char(out, ':');
	put_digits(out, rest % 60, 2);
	buf_span(out, iso->fraction);
	if (!offset) {
		buf_str(out, "Z\"");
		return;
	}
	buf_char(out, offset < 0 ? '-' : '+');
	put_digits(out, east / 3600, 2);
	buf_char(out, ':');
	put_digits(out, east / 60 % 60, 2);
	if (east % 60) {
		buf_char(out, ':');
		put_digits(out, east % 60, 2);
	}
	buf_char(out, '"');
}

/* The offset at a wall time, by the user's choice; NULL, or why there is
 * none. */
static const char *
choose_offset(struct times *t, int64_t wall, bool key, int32_t *offset)
{
	int32_t before, after;
	enum zone_shown shown;

	if (wall < ZONE_FIRST || wall > ZONE_LAST)
		return "is no DATETIME";
	shown = zone_of_wall(t->datetime, wall, &before, &after);
	*offset = t->opt->doubt == DOUBT_AFTER ? after : before;
	if (shown == ZONE_NEVER && key)
		return "is part of a key, and no clock in that zone ever "
		    "showed its time";
	if (shown == ZONE_ONCE || t->opt->doubt != DOUBT_ERROR)
		return NULL;
	return shown == ZONE_NEVER ? "has a time that no clock in that zone "
	    "ever showed" : "has a time that clocks in that zone showed twice";
}

static const char *
convert_stamp(struct times *t, struct span value, struct buf *out)
{
	struct iso iso;

	if (!read_iso(json_inside(value), &iso))
		return "is not written as a TIMESTAMP is";
	put_iso(out, &iso, zone_offset(t->timestamp, iso.seconds));
	return NULL;
}

static const char *
convert_iso(struct times *t, struct span value, bool key, struct buf *out)
{
	const char *why;
	struct iso iso;
	int32_t offset;

	if (!read_iso(json_inside(value), &iso))
		return "is not written as a DATETIME is";
	why = choose_offset(t, iso.seconds, key, &offset);
	iso.seconds -= why ? 0 : offset;
	if (!why && (iso.seconds < ZONE_FIRST || iso.seconds > ZONE_LAST))
		why = "would be a moment before the year 0 or after 9999";
	if (!why)
		put_iso(out, &iso, 0);
	return why;
}

static const char *
convert_number(struct times *t, struct span value, int64_t unit, bool key,
    struct buf *out)
{
	const char *why;
	int64_t v, wall;
	int32_t offset;

	if (!integer_read_signed(value, &v))
		return "is not written as a DATETIME is";
	wall = v >= 0 ? v / unit : (v + 1) / unit - 1;
	why = choose_offset(t, wall, key, &offset);
	if (why)
		return why;
	if (__builtin_sub_overflow(v, offset * unit, &v))
		return "would be a number beyond 64 bits";
	buf_i64(out, v);
	return NULL;
}

static const char *
convert_value(struct times *t, enum form form, struct span value, bool key,
    struct buf *out)
{
	static const int64_t units[] = {
		[FORM_MILLIS] = 1000, [FORM_MICROS] = 1000000,
		[FORM_NANOS] = 1000000000,
	};

	if (form == FORM_OTHER || span_is(value, "null")) {
		buf_span(out, value);
		return NULL;
	}
	if (form == FORM_STAMP)
		return convert_stamp(t, value, out);
	if (form == FORM_ISO)
		return convert_iso(t, value, key, out);
	return convert_number(t, value, units[form], key, out);
}

/* ---- rows */

/* *object becomes the same with its values converted, in out. */
static int
convert_object(struct times *t, const struct record *rec,
    struct timed_table *table, struct span *object, bool key,
    struct buf *out, struct err *err)
{
	struct json_pos at = json_at(*object);
	struct span name, value;
	enum form form;
	bool changed = false;

	if (!object->p || !json_enter(&at, '{'))
		return 0;
	out->n = 0;
	for (size_t i = 0; json_next(&at, &name) > 0 &&
	    json_value(&at, &value); i++) {
		const char *why;

		if (find_form(t, rec, table, name, i, &form, err) < 0)
			return -1;
		buf_char(out, i ? ',' : '{');
		buf_put(out, name.p - 1, name.n + 2);
		buf_char(out, ':');
		why = convert_value(t, form, value, key, out);
		if (why)
			return refuse(rec, table, json_string_text(name,
			    &t->scratch), why, err);
		changed = changed || form != FORM_OTHER;
	}
	if (changed) {
		buf_char(out, '}');
		*object = buf_view(out);
	}
	return 0;
}

/* Debezium's, behind kcat, are strings that hold JSON with its schema. */
static int
check_headers(struct record *rec, const struct routed *parts,
    struct err *err)
{
	if (record_check_headers(rec, err) < 0)
		return -1;
	if ((parts->oldkey.p && parts->oldkey.p[0] != '{') ||
	    (parts->newkey.p && parts->newkey.p[0] != '{'))
		return record_fault(rec, "its header with a key is not an "
		    "object of columns", err);
	return 0;
}

int
times_convert(struct times *t, struct record *rec, struct routed *parts,
    struct err *err)
{
	struct timed_table *table;
	struct span db, name;

	if (!t->timestamp && !t->datetime)
		return 0;
	if (!record_table(rec, &db, &name))
		return record_fault(rec, "it does not tell its table", err);
	table = table_of(t, db, name);
	return record_check_rows(rec, err) < 0 ||
	    record_check_key(rec, err) < 0 ||
	    check_headers(rec, parts, err) < 0 ||
	    convert_object(t, rec, table, &parts->before, false, &t->before,
	    err) < 0 ||
	    convert_object(t, rec, table, &parts->after, false, &t->after,
	    err) < 0 ||
	    convert_object(t, rec, table, &parts->key, true, &t->key,
	    err) < 0 ||
	    convert_object(t, rec, table, &parts->oldkey, true, &t->oldkey,
	    err) < 0 ||
	    convert_object(t, rec, table, &parts->newkey, true, &t->newkey,
	    err) < 0 ? -1 : 0;
}

void
times_clear(struct times *t)
{
	struct buf *const bufs[] = { &t->before, &t->after, &t->key,
		&t->oldkey, &t->newkey, &t->scratch };

	for (size_t i = 0; t->tables && i < TIMES_SLOTS; i++)
		forget(&t->tables[i]);
	free(t->tables);
	zone_free(t->timestamp);
	zone_free(t->datetime);
	for (size_t i = 0; i < sizeof(bufs) / sizeof(*bufs); i++)
		buf_free(bufs[i]);
}
