/* SPDX-License-Identifier: MIT */
#include "format/connect_schema.h"

#include "format/connect_default.h"
#include "json/scan.h"
#include "json/write.h"

/* ---- types of columns */

#define TYPE(kind, type, name) { CONNECT_##kind, type, name }

static const struct connect_type
    int16_type = TYPE(INTEGER, "int16", NULL),
    int32_type = TYPE(INTEGER, "int32", NULL),
    int64_type = TYPE(INTEGER, "int64", NULL),
    float_type = TYPE(REAL, "float", NULL),
    double_type = TYPE(REAL, "double", NULL),
    boolean_type = TYPE(BOOLEAN, "boolean", NULL),
    string_type = TYPE(TEXT, "string", NULL),
    bytes_type = TYPE(TEXT, "bytes", NULL),
    json_type = TYPE(TEXT, "string", "io.debezium.data.Json"),
    uuid_type = TYPE(TEXT, "string", "io.debezium.data.Uuid"),
    enum_type = TYPE(TEXT, "string", "io.debezium.data.Enum"),
    set_type = TYPE(TEXT, "string", "io.debezium.data.EnumSet"),
    bits_type = TYPE(TEXT, "bytes", "io.debezium.data.Bits"),
    year_type = TYPE(INTEGER, "int32", "io.debezium.time.Year"),
    zoned_type = TYPE(TEXT, "string", "io.debezium.time.ZonedTimestamp"),
    decimal_type = TYPE(TEXT, "bytes",
	"org.apache.kafka.connect.data.Decimal"),
    numeric_type = TYPE(REAL, "bytes",
	"org.apache.kafka.connect.data.Decimal"),
    vector_type = TYPE(ARRAY, "array", "io.debezium.data.FloatVector"),
    geometry_type = TYPE(STRUCT, "struct",
	"io.debezium.data.geometry.Geometry"),
    point_type = TYPE(STRUCT, "struct", "io.debezium.data.geometry.Point");

/* Of temporal values, by --time: a date, a time, a moment of at most three
 * digits, and one of more. */
static const struct connect_type temporals[][4] = {
	[TIME_ADAPTIVE] = {
		TYPE(INTEGER, "int32", "io.debezium.time.Date"),
		TYPE(INTEGER, "int64", "io.debezium.time.MicroTime"),
		TYPE(INTEGER, "int64", "io.debezium.time.Timestamp"),
		TYPE(INTEGER, "int64", "io.debezium.time.MicroTimestamp") },
	[TIME_CONNECT] = {
		TYPE(INTEGER, "int32", "org.apache.kafka.connect.data.Date"),
		TYPE(INTEGER, "int32", "org.apache.kafka.connect.data.Time"),
		TYPE(INTEGER, "int64",
		    "org.apache.kafka.connect.data.Timestamp"),
		TYPE(INTEGER, "int64",
		    "org.apache.kafka.connect.data.Timestamp") },
	[TIME_ISOSTRING] = {
		TYPE(TEXT, "string", "io.debezium.time.IsoDate"),
		TYPE(TEXT, "string", "io.debezium.time.IsoTime"),
		TYPE(TEXT, "string", "io.debezium.time.IsoTimestamp"),
		TYPE(TEXT, "string", "io.debezium.time.IsoTimestamp") },
	[TIME_STRING] = {
		TYPE(TEXT, "string", NULL), TYPE(TEXT, "string", NULL),
		TYPE(TEXT, "string", NULL), TYPE(TEXT, "string", NULL) },
	[TIME_MICROSECONDS] = {
		TYPE(INTEGER, "int32", "io.debezium.time.Date"),
		TYPE(INTEGER, "int64", "io.debezium.time.MicroTime"),
		TYPE(INTEGER, "int64", "io.debezium.time.MicroTimestamp"),
		TYPE(INTEGER, "int64", "io.debezium.time.MicroTimestamp") },
	[TIME_NANOSECONDS] = {
		TYPE(INTEGER, "int32", "io.debezium.time.Date"),
		TYPE(INTEGER, "int64", "io.debezium.time.NanoTime"),
		TYPE(INTEGER, "int64", "io.debezium.time.NanoTimestamp"),
		TYPE(INTEGER, "int64", "io.debezium.time.NanoTimestamp") },
};

static const struct connect_type *
type_of_int(const struct schema_column *from, const struct known_modes *modes)
{
	enum declared_type id = schema_column_type(from)->id;

	if (id == DECLARED_BIGINT)
		return !from->is_unsigned ? &int64_type :
		    modes->bigint_unsigned == BIGINT_PRECISE ? &decimal_type :
		    modes->bigint_unsigned == BIGINT_STRING ? &string_type :
		    &int64_type;
	if (id == DECLARED_TINYINT || (id == DECLARED_SMALLINT &&
	    !from->is_unsigned))
		return &int16_type;
	return id == DECLARED_INT && from->is_unsigned ? &int64_type :
	    &int32_type;
}

static const struct connect_type *
type_of_temporal(const struct schema_column *from, enum type_class class,
    const struct known_modes *modes)
{
	if (class == CLASS_TIMESTAMP)
		return modes->time == TIME_STRING ? &string_type : &zoned_type;
	return &temporals[modes->time][class == CLASS_DATE ? 0 :
	    class == CLASS_TIME ? 1 : from->length > 3 ? 3 : 2];
}

static const struct connect_type *
type_of_text(const struct schema_column *from)
{
	return schema_column_type(from)->id == DECLARED_JSON ? &json_type :
	    &string_type;
}

/* Of streams whose modes are unknown, and values that are of two types. */
static const char *
fault_of_modes(enum type_class class, const struct known_modes *modes)
{
	if (class == CLASS_DECIMAL && modes->decimal < 0)
		return "how DECIMAL is written is not known";
	if (class >= CLASS_DATE && class <= CLASS_TIMESTAMP && modes->time < 0)
		return "how temporal values are written is not known";
	if (class == CLASS_BINARY && modes->binary < 0)
		return "how BINARY and BLOB are written is not known";
	return class == CLASS_TEXT && modes->json == JSON_EMBED ?
	    "embedded JSON has no type" : NULL;
}

const struct connect_type *
connect_type_of(const struct schema_column *from,
    const struct target_column *as, const struct known_modes *modes,
    const char **why)
{
	static const struct connect_type *const decimals[] = {
		[DECIMAL_STRING] = &string_type,
		[DECIMAL_DOUBLE] = &double_type,
		[DECIMAL_PRECISE] = &decimal_type,
		[DECIMAL_NUMERIC] = &numeric_type,
	};

	*why = fault_of_modes(as->class, modes);
	if (*why)
		return NULL;
	switch (as->class) {
	case CLASS_INT:
		return type_of_int(from, modes);
	case CLASS_DECIMAL:
		return decimals[modes->decimal];
	case CLASS_FLOAT:
		return &float_type;
	case CLASS_DOUBLE:
		return &double_type;
	case CLASS_BIT:
		return from->length > 1 ? &bits_type : &boolean_type;
	case CLASS_YEAR:
		return &year_type;
	case CLASS_DATE:
	case CLASS_TIME:
	case CLASS_DATETIME:
	case CLASS_TIMESTAMP:
		return type_of_temporal(from, as->class, modes);
	case CLASS_TEXT:
		return type_of_text(from);
	case CLASS_BINARY:
		return modes->binary == BINARY_BASE64 ? &bytes_type :
		    &string_type;
	case CLASS_ENUM:
		return &enum_type;
	case CLASS_SET:
		return &set_type;
	case CLASS_GEOMETRY:
		return schema_column_type(from)->id == DECLARED_POINT ?
		    &point_type : &geometry_type;
	case CLASS_VECTOR:
		return &vector_type;
	default:
		return schema_column_type(from)->id == DECLARED_UUID ?
		    &uuid_type : &string_type;
	}
}

/* ---- fields */

#define FIELD(type, optional, name)                                          \
	"{\"type\":\"" type "\",\"optional\":" optional ",\"field\":\""      \
	name "\"}"

/* a,b\,c: labels with their commas escaped. */
static void
put_labels(struct buf *out, const struct target_column *as)
{
	struct buf all = { 0 };

	for (size_t i = 0; i < as->nlabels; i++) {
		struct span label = as->labels[i];

		if (i)
			buf_char(&all, ',');
		for (size_t k = 0; k < label.n; k++) {
			if (label.p[k] == ',')
				buf_char(&all, '\\');
			buf_char(&all, label.p[k]);
		}
	}
	json_string(out, buf_view(&all));
	buf_free(&all);
}

static void
put_parameters(struct buf *out, const struct connect_type *type,
    const struct schema_column *from, const struct target_column *as)
{
	bool serial = type == &decimal_type && as->class == CLASS_INT;

	if (type == &enum_type || type == &set_type) {
		buf_str(out, ",\"parameters\":{\"allowed\":");
		put_labels(out, as);
		buf_char(out, '}');
	} else if (type == &bits_type) {
		buf_printf(out, ",\"parameters\":{\"length\":\"%lld\"}",
		    (long long)from->length);
	} else if (type == &decimal_type || type == &numeric_type) {
		buf_printf(out, ",\"parameters\":{\"scale\":\"%lld\","
		    "\"connect.decimal.precision\":\"%lld\"}",
		    serial || from->scale < 0 ? 0 : (long long)from->scale,
		    serial ? 20 : (long long)from->length);
	}
}

/* What is in a struct or an array. */
static const char *
inside_of(const struct connect_type *type)
{
	if (type == &point_type)
		return ",\"fields\":[" FIELD("double", "false", "x") ","
		    FIELD("double", "false", "y") ","
		    FIELD("bytes", "true", "wkb") ","
		    FIELD("int32", "true", "srid") "]";
	if (type == &geometry_type)
		return ",\"fields\":[" FIELD("bytes", "false", "wkb") ","
		    FIELD("int32", "true", "srid") "]";
	return type == &vector_type ?
	    ",\"items\":{\"type\":\"float\",\"optional\":false}" : "";
}

static const char *
doc_of(const struct connect_type *type)
{
	return type == &point_type ? ",\"doc\":\"Geometry (POINT)\"" :
	    type == &geometry_type ? ",\"doc\":\"Geometry\"" : "";
}

void
connect_schema_field(struct buf *out, const struct connect_type *type,
    const struct schema_column *from, const struct target_column *as,
    const struct known_modes *modes)
{
	buf_str(out, "{\"type\":\"");
	buf_str(out, type->type);
	buf_char(out, '"');
	buf_str(out, inside_of(type));
	buf_str(out, as->nullable ? ",\"optional\":true" :
	    ",\"optional\":false");
	if (type->name) {
		json_member(out, "name", span_of(type->name));
		buf_str(out, ",\"version\":1");
	}
	if (*doc_of(type))
		buf_str(out, doc_of(type));
	else if (from->comment && *from->comment)
		json_member(out, "doc", span_of(from->comment));
	put_parameters(out, type, from, as);
	connect_default_put(out, type, from, as, modes);
	json_member(out, "field", span_of(from->name));
	buf_char(out, '}');
}

/* ---- the same for all */

#define STRUCT(fields, name)                                                 \
	"{\"type\":\"struct\",\"fields\":[" fields "],\"optional\":false,"   \
	"\"name\":\"" name "\",\"version\":1}"
#define COMMON "io.debezium.connector.common."

const char connect_source_fields[] =
    FIELD("string", "false", "version") ","
    FIELD("string", "false", "connector") ","
    FIELD("string", "false", "name") ","
    FIELD("int64", "false", "ts_ms") ","
    "{\"type\":\"string\",\"optional\":true,\"name\":"
    "\"io.debezium.data.Enum\",\"version\":1,\"parameters\":{\"allowed\":"
    "\"true,first,first_in_data_collection,last_in_data_collection,last,"
    "false,incremental\"},\"default\":\"false\",\"field\":\"snapshot\"},"
    FIELD("string", "false", "db") ","
    FIELD("string", "true", "sequence") ","
    FIELD("int64", "true", "ts_us") ","
    FIELD("int64", "true", "ts_ns") ","
    FIELD("string", "true", "table") ","
    FIELD("int64", "false", "server_id") ","
    FIELD("string", "true", "gtid") ","
    FIELD("string", "false", "file") ","
    FIELD("int64", "false", "pos") ","
    FIELD("int32", "false", "row") ","
    FIELD("int64", "true", "thread") ","
    FIELD("string", "true", "query");

const char connect_transaction_key[] =
    STRUCT(FIELD("string", "false", "id"), COMMON "TransactionMetadataKey");
const char connect_transaction_value[] =
    STRUCT(FIELD("string", "false", "status") ","
    FIELD("string", "false", "id") ","
    FIELD("int64", "true", "event_count") ","
    "{\"type\":\"array\",\"items\":{\"type\":\"struct\",\"fields\":["
    FIELD("string", "false", "data_collection") ","
    FIELD("int64", "false", "event_count") "],\"optional\":true,"
    "\"name\":\"event.collection\",\"version\":1},\"optional\":true,"
    "\"field\":\"data_collections\"},"
    FIELD("int64", "false", "ts_ms"), COMMON "TransactionMetadataValue");
const char connect_heartbeat_key[] =
    STRUCT(FIELD("string", "false", "serverName"), COMMON "ServerNameKey");
const char connect_heartbeat_value[] =
    STRUCT(FIELD("int64", "false", "ts_ms"), COMMON "Heartbeat");
const char connect_change_key[] =
    STRUCT(FIELD("string", "false", "databaseName"),
    "io.debezium.connector.mariadb.SchemaChangeKey");

#define STRINGS(optional, name)                                              \
	"{\"type\":\"array\",\"items\":{\"type\":\"string\",\"optional\":"   \
	"false},\"optional\":" optional ",\"field\":\"" name "\"}"

const char connect_change_head[] =
    "{\"type\":\"struct\",\"fields\":[";
const char connect_change_tail[] = ","
    FIELD("int64", "false", "ts_ms") ","
    FIELD("string", "true", "databaseName") ","
    FIELD("string", "true", "schemaName") ","
    FIELD("string", "true", "ddl") ","
    "{\"type\":\"array\",\"items\":{\"type\":\"struct\",\"fields\":["
    FIELD("string", "false", "type") "," FIELD("string", "false", "id") ","
    "{\"type\":\"struct\",\"fields\":["
    FIELD("string", "true", "defaultCharsetName") ","
    STRINGS("true", "primaryKeyColumnNames") ","
    "{\"type\":\"array\",\"items\":{\"type\":\"struct\",\"fields\":["
    FIELD("string", "false", "name") "," FIELD("int32", "false", "jdbcType")
    "," FIELD("int32", "true", "nativeType") ","
    FIELD("string", "false", "typeName") ","
    FIELD("string", "true", "typeExpression") ","
    FIELD("string", "true", "charsetName") ","
    FIELD("int32", "true", "length") "," FIELD("int32", "true", "scale") ","
    FIELD("int32", "false", "position") ","
    FIELD("boolean", "true", "optional") ","
    FIELD("boolean", "true", "autoIncremented") ","
    FIELD("boolean", "true", "generated") ","
    FIELD("string", "true", "comment") ","
    FIELD("string", "true", "defaultValueExpression") ","
    STRINGS("true", "enumValues") "],\"optional\":false,\"name\":"
    "\"io.debezium.connector.schema.Column\",\"version\":1},"
    "\"optional\":false,\"field\":\"columns\"},"
    FIELD("string", "true", "comment") "],\"optional\":true,\"name\":"
    "\"io.debezium.connector.schema.Table\",\"version\":1,\"field\":"
    "\"table\"}],\"optional\":false,\"name\":"
    "\"io.debezium.connector.schema.Change\",\"version\":1},"
    "\"optional\":false,\"field\":\"tableChanges\"}],\"optional\":false,"
    "\"name\":\"io.debezium.connector.mariadb.SchemaChangeValue\","
    "\"version\":1}";
