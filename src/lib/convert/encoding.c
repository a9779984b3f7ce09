/* SPDX-License-Identifier: MIT */
#include "convert/encoding.h"

#include <stdlib.h>

#include "base/integer.h"
#include "json/scan.h"
#include "record/record.h"

static const enum encoding dates[] = {
	[TIME_ADAPTIVE] = ENC_DAYS, [TIME_CONNECT] = ENC_DAYS,
	[TIME_ISOSTRING] = ENC_ISO, [TIME_STRING] = ENC_ISO,
	[TIME_MICROSECONDS] = ENC_DAYS, [TIME_NANOSECONDS] = ENC_DAYS,
};
static const enum encoding times[] = {
	[TIME_ADAPTIVE] = ENC_TIME_MICROS, [TIME_CONNECT] = ENC_TIME_MILLIS,
	[TIME_ISOSTRING] = ENC_ISO, [TIME_STRING] = ENC_ISO,
	[TIME_MICROSECONDS] = ENC_TIME_MICROS,
	[TIME_NANOSECONDS] = ENC_TIME_NANOS,
};
static const enum encoding datetimes[] = {
	[TIME_ADAPTIVE] = ENC_MILLIS, [TIME_CONNECT] = ENC_MILLIS,
	[TIME_ISOSTRING] = ENC_ISO, [TIME_STRING] = ENC_ISO,
	[TIME_MICROSECONDS] = ENC_MICROS, [TIME_NANOSECONDS] = ENC_NANOS,
};
static const enum encoding binaries[] = {
	[BINARY_BASE64] = ENC_BASE64, [BINARY_BASE64_URL_SAFE] = ENC_BASE64,
	[BINARY_HEX] = ENC_HEX,
};

bool
encoding_is_exact(const struct schema_column *from,
    const struct known_modes *modes)
{
	enum type_class class = schema_column_type(from)->class;

	return class == CLASS_DECIMAL ? modes->decimal != DECIMAL_DOUBLE :
	    class == CLASS_INT;
}

static enum encoding
datetime_encoding(const struct schema_column *from, int mode)
{
	if (mode == TIME_ADAPTIVE && !from)     /* its digits decide */
		return ENC_SOME_TEMPORAL;
	return mode == TIME_ADAPTIVE && from->length > 3 ? ENC_MICROS :
	    datetimes[mode];
}

static enum encoding
temporal(enum type_class class, const struct schema_column *from, int mode)
{
	if (class == CLASS_TIMESTAMP)
		return from ? ENC_ISO : ENC_SOME_TEMPORAL;
	if (class == CLASS_DATE)
		return mode < 0 ? ENC_DAYS : dates[mode];
	if (mode < 0)
		return ENC_SOME_TEMPORAL;
	return class == CLASS_TIME ? times[mode] :
	    datetime_encoding(from, mode);
}

enum encoding
encoding_of(const struct schema_column *from,
    const struct known_modes *modes, const struct target_column *to)
{
	const struct sql_type *type = from ? schema_column_type(from) :
	    sqltype_get(DECLARED_NONE);
	enum type_class class = from ? type->class : to->class;

	switch (class) {
	case CLASS_INT:
		return type->id == DECLARED_BIGINT && from->is_unsigned &&
		    modes->bigint_unsigned == BIGINT_PRECISE ? ENC_UNSCALED :
		    ENC_PLAIN;
	case CLASS_DECIMAL:
		return modes->decimal < 0 ? ENC_SOME_DECIMAL :
		    modes->decimal != DECIMAL_PRECISE ? ENC_PLAIN :
		    from ? ENC_UNSCALED : ENC_SOME_DECIMAL;
	case CLASS_DATE:
	case CLASS_TIME:
	case CLASS_DATETIME:
	case CLASS_TIMESTAMP:
		return temporal(class, from, modes->time);
	case CLASS_BINARY:
		return modes->binary < 0 ? ENC_SOME_BINARY :
		    binaries[modes->binary];
	case CLASS_YEAR:
		return ENC_YEAR;
	case CLASS_BIT:
		return ENC_BITS;
	case CLASS_GEOMETRY:
		return ENC_GEOMETRY;
	case CLASS_VECTOR:
		return ENC_VECTOR;
	case CLASS_TEXT:
		return modes->json != JSON_EMBED ? ENC_PLAIN :
		    type->id == DECLARED_JSON ? ENC_JSON :
		    type->id == DECLARED_LONGTEXT ? ENC_SOME_JSON : ENC_PLAIN;
	default:
		return ENC_PLAIN;
	}
}

/* THE TABLE: Connect's and Debezium's names of logical types. */
static const struct {
	const char *name;
	enum encoding encoding;
} logicals[] = {
	{ "org.apache.kafka.connect.data.Decimal", ENC_UNSCALED },
	{ "org.apache.kafka.connect.data.Date", ENC_DAYS },
	{ "org.apache.kafka.connect.data.Time", ENC_TIME_MILLIS },
	{ "org.apache.kafka.connect.data.Timestamp", ENC_MILLIS },
	{ "io.debezium.time.Date", ENC_DAYS },
	{ "io.debezium.time.Time", ENC_TIME_MILLIS },
	{ "io.debezium.time.MicroTime", ENC_TIME_MICROS },
	{ "io.debezium.time.NanoTime", ENC_TIME_NANOS },
	{ "io.debezium.time.Timestamp", ENC_MILLIS },
	{ "io.debezium.time.MicroTimestamp", ENC_MICROS },
	{ "io.debezium.time.NanoTimestamp", ENC_NANOS },
	{ "io.debezium.time.ZonedTimestamp", ENC_ISO },
	{ "io.debezium.time.IsoDate", ENC_ISO },
	{ "io.debezium.time.IsoTime", ENC_ISO },
	{ "io.debezium.time.IsoTimestamp", ENC_ISO },
	{ "io.debezium.time.Year", ENC_YEAR },
	{ "io.debezium.data.Bits", ENC_BITS },
	{ "io.debezium.data.geometry.Geometry", ENC_GEOMETRY },
	{ "io.debezium.data.geometry.Point", ENC_GEOMETRY },
	{ "io.debezium.data.FloatVector", ENC_VECTOR },
	{ "io.debezium.data.DoubleVector", ENC_VECTOR },
};

static struct span
field_named(struct span fields, struct span name)
{
	struct json_pos at = json_at(fields);
	struct span value, found = { NULL, 0 };
	struct buf scratch = { 0 };

	if (!fields.p || !json_enter(&at, '['))
		return found;
	while (!found.p && json_next_element(&at) > 0 &&
	    json_value(&at, &value))
		if (span_eq(json_value_text(object_member(value, "field"),
		    &scratch), name))
			found = value;
	buf_free(&scratch);
	return found;
}

struct span
encoding_connect_field(struct span schema, struct span column)
{
	struct span fields = object_member(schema, "fields");
	struct span row = field_named(fields, SPAN("after"));

	return field_named(row.p ? object_member(row, "fields") : fields,
	    column);
}

enum encoding
encoding_of_connect(struct span field, int64_t *scale,
    const struct known_modes *modes, const struct target_column *to)
{
	struct span name = object_member(field, "name");
	struct span type = object_member(field, "type");
	struct buf digits = { 0 };

	object_text(&digits, object_member(field, "parameters"), "scale");
	if (!integer_read_signed(buf_view(&digits), scale))
		*scale = 0;
	buf_free(&digits);
	for (size_t i = 0; i < sizeof(logicals) / sizeof(*logicals); i++)
		if (json_is_text(name, logicals[i].name))
			return logicals[i].encoding;
	if (json_is_text(type, "bytes"))
		return ENC_BASE64;
	if (json_is_text(type, "boolean"))
		return ENC_BITS;
	return to->class == CLASS_BINARY ?
	    encoding_of(NULL, modes, to) : ENC_PLAIN;
}
