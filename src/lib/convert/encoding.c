/* SPDX-License-Identifier: MIT */
#include "convert/encoding.h"

#include <stdlib.h>

#include "json/scan.h"
#include "record/record.h"
#include "schema/type_name.h"

/* What a type's encoding depends on. */
enum family {
	FAMILY_PLAIN, FAMILY_BIGINT, FAMILY_DECIMAL, FAMILY_DATE, FAMILY_TIME,
	FAMILY_DATETIME, FAMILY_TIMESTAMP, FAMILY_YEAR, FAMILY_BINARY,
	FAMILY_BIT, FAMILY_GEOMETRY, FAMILY_VECTOR, FAMILY_JSON,
	FAMILY_LONGTEXT,
};

/* THE TABLE: type of the source -> family; all others are plain. */
static const struct {
	const char *type;       /* type_name_plain() */
	enum family family;
} families[] = {
	{ "BIGINT", FAMILY_BIGINT }, { "DECIMAL", FAMILY_DECIMAL },
	{ "DATE", FAMILY_DATE }, { "TIME", FAMILY_TIME },
	{ "DATETIME", FAMILY_DATETIME }, { "TIMESTAMP", FAMILY_TIMESTAMP },
	{ "YEAR", FAMILY_YEAR }, { "BIT", FAMILY_BIT },
	{ "BINARY", FAMILY_BINARY }, { "VARBINARY", FAMILY_BINARY },
	{ "TINYBLOB", FAMILY_BINARY }, { "BLOB", FAMILY_BINARY },
	{ "MEDIUMBLOB", FAMILY_BINARY }, { "LONGBLOB", FAMILY_BINARY },
	{ "GEOMETRY", FAMILY_GEOMETRY }, { "VECTOR", FAMILY_VECTOR },
	{ "JSON", FAMILY_JSON }, { "LONGTEXT", FAMILY_LONGTEXT },
};

/* … and of a target column, where nobody tells the source's. */
static const enum family guesses[] = {
	[CLASS_INT] = FAMILY_PLAIN, [CLASS_DECIMAL] = FAMILY_DECIMAL,
	[CLASS_BIT] = FAMILY_BIT, [CLASS_YEAR] = FAMILY_YEAR,
	[CLASS_DATE] = FAMILY_DATE, [CLASS_TIME] = FAMILY_TIME,
	[CLASS_DATETIME] = FAMILY_DATETIME,
	[CLASS_TIMESTAMP] = FAMILY_TIMESTAMP,
	[CLASS_BINARY] = FAMILY_BINARY, [CLASS_GEOMETRY] = FAMILY_GEOMETRY,
	[CLASS_VECTOR] = FAMILY_VECTOR,
};

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

static enum family
family_of(const struct schema_column *from)
{
	const char *type = type_name_plain(from->type);

	for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++)
		if (strcmp(families[i].type, type) == 0)
			return families[i].family;
	return FAMILY_PLAIN;
}

bool
encoding_is_exact(const struct schema_column *from,
    const struct known_modes *modes)
{
	static const char *const types[] = { "TINYINT", "SMALLINT",
	    "MEDIUMINT", "INT", "BIGINT" };
	const char *type = type_name_plain(from->type);

	if (strcmp(type, "DECIMAL") == 0)
		return modes->decimal != DECIMAL_DOUBLE;
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (strcmp(types[i], type) == 0)
			return true;
	return false;
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
temporal(enum family family, const struct schema_column *from, int mode)
{
	if (family == FAMILY_TIMESTAMP)
		return from ? ENC_ISO : ENC_SOME_TEMPORAL;
	if (family == FAMILY_DATE)
		return mode < 0 ? ENC_DAYS : dates[mode];
	if (mode < 0)
		return ENC_SOME_TEMPORAL;
	return family == FAMILY_TIME ? times[mode] :
	    datetime_encoding(from, mode);
}

enum encoding
encoding_of(const struct schema_column *from,
    const struct known_modes *modes, const struct target_column *to)
{
	enum family family = from ? family_of(from) :
	    (size_t)to->class < sizeof(guesses) / sizeof(*guesses) ?
	    guesses[to->class] : FAMILY_PLAIN;

	switch (family) {
	case FAMILY_BIGINT:
		return from && from->is_unsigned &&
		    modes->bigint_unsigned == BIGINT_PRECISE ? ENC_UNSCALED :
		    ENC_PLAIN;
	case FAMILY_DECIMAL:
		return modes->decimal < 0 ? ENC_SOME_DECIMAL :
		    modes->decimal != DECIMAL_PRECISE ? ENC_PLAIN :
		    from ? ENC_UNSCALED : ENC_SOME_DECIMAL;
	case FAMILY_DATE:
	case FAMILY_TIME:
	case FAMILY_DATETIME:
	case FAMILY_TIMESTAMP:
		return temporal(family, from, modes->time);
	case FAMILY_BINARY:
		return modes->binary < 0 ? ENC_SOME_BINARY :
		    binaries[modes->binary];
	case FAMILY_YEAR:
		return ENC_YEAR;
	case FAMILY_BIT:
		return ENC_BITS;
	case FAMILY_GEOMETRY:
		return ENC_GEOMETRY;
	case FAMILY_VECTOR:
		return ENC_VECTOR;
	case FAMILY_JSON:
		return modes->json == JSON_EMBED ? ENC_JSON : ENC_PLAIN;
	case FAMILY_LONGTEXT:
		return modes->json == JSON_EMBED ? ENC_SOME_JSON : ENC_PLAIN;
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

enum encoding
encoding_of_connect(struct span field, int64_t *scale,
    const struct known_modes *modes, const struct target_column *to)
{
	struct span name = object_member(field, "name");
	struct span type = object_member(field, "type");
	struct buf digits = { 0 };

	object_text(&digits, object_member(field, "parameters"), "scale");
	*scale = strtoll(buf_cstr(&digits), NULL, 10);
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
