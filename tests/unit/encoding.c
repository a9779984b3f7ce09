/* SPDX-License-Identifier: MIT
 *
 * How a column is encoded: by the source's schema, by the target's column, by
 * Debezium's schema beside the payload.
 */
#include "convert/encoding.h"

#include "tap.h"

static const char *const encodings[] = {
	[ENC_PLAIN] = "plain", [ENC_DAYS] = "days",
	[ENC_TIME_MILLIS] = "time-ms", [ENC_TIME_MICROS] = "time-us",
	[ENC_TIME_NANOS] = "time-ns", [ENC_MILLIS] = "ms",
	[ENC_MICROS] = "us", [ENC_NANOS] = "ns", [ENC_ISO] = "iso",
	[ENC_YEAR] = "year", [ENC_BASE64] = "base64", [ENC_HEX] = "hex",
	[ENC_UNSCALED] = "unscaled", [ENC_BITS] = "bits",
	[ENC_GEOMETRY] = "geometry", [ENC_VECTOR] = "vector",
	[ENC_JSON] = "json", [ENC_SOME_DECIMAL] = "decimal?",
	[ENC_SOME_TEMPORAL] = "temporal?", [ENC_SOME_BINARY] = "binary?",
	[ENC_SOME_JSON] = "json?",
};

/* By the type of the source: with no mode known, and in three streams. */
static void
by_schema(void)
{
	static const struct known_modes modes[] = {
		{ -1, -1, -1, -1, -1, -1 },
		{ DECIMAL_PRECISE, TIME_ADAPTIVE, BINARY_BASE64,
		    BIGINT_PRECISE, JSON_EMBED, 0 },
		{ DECIMAL_DOUBLE, TIME_CONNECT, BINARY_HEX, BIGINT_STRING,
		    JSON_STRING, 0 },
		{ DECIMAL_STRING, TIME_NANOSECONDS, BINARY_BASE64_URL_SAFE,
		    BIGINT_NUMBER, JSON_STRING, 0 },
	};
	static const struct {
		const char *type;
		int length;
		bool is_unsigned;
		const char *want;
	} v[] = {
		{ "INT", -1, false, "plain plain plain plain" },
		{ "BIGINT", -1, false, "plain plain plain plain" },
		{ "BIGINT", -1, true, "plain unscaled plain plain" },
		{ "DECIMAL", 10, false, "decimal? unscaled plain plain" },
		{ "DATE", -1, false, "days days days days" },
		{ "TIME", -1, false, "temporal? time-us time-ms time-ns" },
		{ "DATETIME", -1, false, "temporal? ms ms ns" },
		{ "DATETIME", 3, false, "temporal? ms ms ns" },
		{ "DATETIME", 6, false, "temporal? us ms ns" },
		{ "TIMESTAMP", 6, false, "iso iso iso iso" },
		{ "YEAR", -1, false, "year year year year" },
		{ "BIT", 8, false, "bits bits bits bits" },
		{ "BINARY", 8, false, "binary? base64 hex base64" },
		{ "LONGBLOB", -1, false, "binary? base64 hex base64" },
		{ "GEOMETRY", -1, false, "geometry geometry geometry "
		    "geometry" },
		{ "POINT", -1, false, "geometry geometry geometry geometry" },
		{ "VECTOR", 3, false, "vector vector vector vector" },
		{ "JSON", -1, false, "plain json plain plain" },
		{ "LONGTEXT", -1, false, "plain json? plain plain" },
		{ "VARCHAR", 20, false, "plain plain plain plain" },
		{ "UUID", -1, false, "plain plain plain plain" },
		{ "ENUM", -1, false, "plain plain plain plain" },
	};
	const struct target_column to = { .class = CLASS_OTHER };

	for (size_t i = 0; i < sizeof(v) / sizeof(*v); i++) {
		const struct schema_column from = {
			.type = (char *)(uintptr_t)v[i].type,
			.length = v[i].length, .scale = -1,
			.is_unsigned = v[i].is_unsigned };
		struct buf got = { 0 };

		for (size_t k = 0; k < 4; k++)
			buf_printf(&got, "%s%s", k ? " " : "",
			    encodings[encoding_of(&from, &modes[k], &to)]);
		is_text(buf_view(&got), v[i].want, v[i].type);
		buf_free(&got);
	}
}

/* By the column of the target, where nobody tells the source's. */
static void
by_target(void)
{
	static const struct known_modes none = { -1, -1, -1, -1, -1, -1 };
	static const struct known_modes all = { DECIMAL_PRECISE,
		TIME_ADAPTIVE, BINARY_HEX, BIGINT_PRECISE, JSON_EMBED, 0 };
	static const struct {
		enum type_class class;
		const char *want;
	} v[] = {
		{ CLASS_INT, "plain plain" }, { CLASS_TEXT, "plain plain" },
		{ CLASS_DECIMAL, "decimal? decimal?" },
		{ CLASS_BIT, "bits bits" }, { CLASS_YEAR, "year year" },
		{ CLASS_DATE, "days days" }, { CLASS_TIME, "temporal? "
		    "time-us" }, { CLASS_DATETIME, "temporal? temporal?" },
		{ CLASS_TIMESTAMP, "temporal? temporal?" },
		{ CLASS_BINARY, "binary? hex" },
		{ CLASS_GEOMETRY, "geometry geometry" },
		{ CLASS_VECTOR, "vector vector" },
		{ CLASS_ENUM, "plain plain" }, { CLASS_OTHER, "plain plain" },
	};

	for (size_t i = 0; i < sizeof(v) / sizeof(*v); i++) {
		const struct target_column to = { .class = v[i].class };
		struct buf got = { 0 };

		buf_printf(&got, "%s %s", encodings[encoding_of(NULL, &none,
		    &to)], encodings[encoding_of(NULL, &all, &to)]);
		is_text(buf_view(&got), v[i].want, "by the target's class");
		buf_free(&got);
	}
}

/* Debezium's schema beside the payload. */
static void
by_connect(void)
{
	static const struct known_modes none = { -1, -1, -1, -1, -1, -1 };
	static const struct {
		enum type_class class;
		const char *field, *want;
	} v[] = {
		{ CLASS_DECIMAL, "{\"type\":\"bytes\",\"name\":\"org.apache."
		    "kafka.connect.data.Decimal\",\"parameters\":{\"scale\":"
		    "\"4\"}}", "unscaled 4" },
		{ CLASS_DATE, "{\"type\":\"int32\",\"name\":\"io.debezium.time"
		    ".Date\"}", "days 0" },
		{ CLASS_TIME, "{\"name\":\"io.debezium.time.MicroTime\"}",
		    "time-us 0" },
		{ CLASS_DATETIME, "{\"name\":\"io.debezium.time."
		    "NanoTimestamp\"}", "ns 0" },
		{ CLASS_TIMESTAMP, "{\"name\":\"io.debezium.time."
		    "ZonedTimestamp\"}", "iso 0" },
		{ CLASS_BIT, "{\"type\":\"bytes\",\"name\":\"io.debezium.data."
		    "Bits\"}", "bits 0" },
		{ CLASS_BIT, "{\"type\":\"boolean\"}", "bits 0" },
		{ CLASS_BINARY, "{\"type\":\"bytes\"}", "base64 0" },
		{ CLASS_BINARY, "{\"type\":\"string\"}", "binary? 0" },
		{ CLASS_TEXT, "{\"type\":\"string\",\"name\":\"io.debezium."
		    "data.Json\"}", "plain 0" },
		{ CLASS_GEOMETRY, "{\"type\":\"struct\",\"name\":\"io."
		    "debezium.data.geometry.Point\"}", "geometry 0" },
	};

	for (size_t i = 0; i < sizeof(v) / sizeof(*v); i++) {
		const struct target_column to = { .class = v[i].class };
		struct buf got = { 0 };
		int64_t scale = -1;
		enum encoding encoding = encoding_of_connect(
		    span_of(v[i].field), &scale, &none, &to);

		buf_printf(&got, "%s %lld", encodings[encoding],
		    (long long)scale);
		is_text(buf_view(&got), v[i].want, v[i].field);
		buf_free(&got);
	}
}

static void
exact(void)
{
	static const struct {
		const char *type;
		int decimal;
		bool want;
	} v[] = {
		{ "TINYINT", DECIMAL_STRING, true },
		{ "BIGINT", DECIMAL_DOUBLE, true },
		{ "DECIMAL", DECIMAL_STRING, true },
		{ "DECIMAL", DECIMAL_DOUBLE, false },
		{ "DOUBLE", DECIMAL_STRING, false },
		{ "VARCHAR", DECIMAL_STRING, false },
	};

	for (size_t i = 0; i < sizeof(v) / sizeof(*v); i++) {
		const struct schema_column from = {
			.type = (char *)(uintptr_t)v[i].type };
		const struct known_modes modes = { .decimal = v[i].decimal };

		is_number(encoding_is_exact(&from, &modes), v[i].want,
		    v[i].type);
	}
}

int
main(void)
{
	by_schema();
	by_target();
	by_connect();
	exact();
	return done();
}
