/* SPDX-License-Identifier: MIT
 *
 * How the values of a column are written in a record, as far as it is known:
 * from a schema record and the stream's modes, from Debezium's schema beside
 * the payload, or from the target column if that leaves no choice.
 */
#ifndef CONVERT_ENCODING_H
#define CONVERT_ENCODING_H

#include "convert/known_modes.h"
#include "convert/target_column.h"
#include "schema/schema.h"
#include "value/types.h"

enum encoding {
	ENC_PLAIN,              /* what it says: number, text, true, JSON */
	ENC_DAYS,               /* since 1970-01-01 */
	ENC_TIME_MILLIS, ENC_TIME_MICROS, ENC_TIME_NANOS,
	ENC_MILLIS, ENC_MICROS, ENC_NANOS,      /* since 1970, as if UTC */
	ENC_ISO,                /* ISO 8601, or MariaDB's text */
	ENC_YEAR,
	ENC_BASE64, ENC_HEX,
	ENC_UNSCALED,           /* Connect's Decimal: base64, big-endian */
	ENC_BITS,               /* true, false, or base64, little-endian */
	ENC_GEOMETRY, ENC_VECTOR,
	ENC_JSON,               /* embedded: its text is the value */
	/* not known; what can be told by the value is */
	ENC_SOME_DECIMAL, ENC_SOME_TEMPORAL, ENC_SOME_BINARY, ENC_SOME_JSON,
};

/* By a schema record's column, which may be NULL. */
enum encoding encoding_of(const struct schema_column *from,
    const struct known_modes *modes, const struct target_column *to);

/* Is it a whole number, or a decimal one that was not printed as a double? */
bool encoding_is_exact(const struct schema_column *from,
    const struct known_modes *modes);

/* The field of a column in Debezium's schema of an envelope or a row; p NULL
 * where it has none. */
struct span encoding_connect_field(struct span schema, struct span column);

/* By such a field: {"type":"int64","name":"io.debezium.…"};
 * *scale is that of a Decimal. */
enum encoding encoding_of_connect(struct span field, int64_t *scale,
    const struct known_modes *modes, const struct target_column *to);

#endif
