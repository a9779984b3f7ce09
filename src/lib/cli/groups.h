/* SPDX-License-Identifier: MIT
 *
 * Options that several tools share: a row here belongs to all of them.  The
 * argument is the member of the tool's struct that they fill; if a tool
 * describes an option differently, its text is an argument, too.
 */
#ifndef CLI_GROUPS_H
#define CLI_GROUPS_H

#include "base/retry.h"
#include "cli/option.h"
#include "db/connect.h"
#include "match/named.h"
#include "match/online.h"
#include "match/table_filter.h"
#include "position/gtid.h"
#include "value/modes.h"
#include "record/shape.h"
#include "value/types.h"

/* Which server: struct db_options. */
#define SERVER_ROWS(db)                                                      \
	HEADING_ROW("Which server"),                                         \
	TEXT_ROW("host", db.host, "HOST,...",                                \
	    "connect to this server, or to one of several",                  \
	    .letter = 'h'),                                                  \
	COUNT_ROW("port", db.port, "N", "its TCP port", .letter = 'P'),      \
	TEXT_ROW("socket", db.socket, "FILE", "its Unix socket",             \
	    .letter = 'S'),                                                  \
	TEXT_ROW("protocol", db.protocol, "tcp|socket",                      \
	    "how to connect to a server on the local host"),                 \
	TEXT_ROW("user", db.user, "NAME", "account", .letter = 'u'),         \
	FLAG_ROW("password", db.password,                                    \
	    "ask for the password; otherwise use that of an option file",    \
	    .letter = 'p'),                                                  \
	OPTION_FILE_ROWS(db), TLS_ROWS(db)

#define OPTION_FILE_ROWS(db)                                                 \
	TEXT_ROW("defaults-file", db.defaults_file, "FILE",                  \
	    "read only this option file (groups: client, cdc, …)"),          \
	TEXT_ROW("defaults-extra-file", db.defaults_extra, "FILE",           \
	    "also read this option file"),                                   \
	TEXT_ROW("defaults-group-suffix", db.defaults_suffix, "TEXT",        \
	    "also read groups with this suffix"),                            \
	FLAG_ROW("no-defaults", db.no_defaults, "read no option files")

#define TLS_ROWS(db)                                                         \
	FLAG_ROW("ssl", db.ssl, "require an encrypted connection"),          \
	FLAG_ROW("skip-ssl", db.skip_ssl, "do not encrypt the connection"),  \
	FLAG_ROW("ssl-verify-server-cert", db.ssl_verify,                    \
	    "verify the server's certificate and host name"),                \
	FLAG_ROW("skip-ssl-verify-server-cert", db.skip_ssl_verify,          \
	    "do not verify the server's certificate"),                       \
	TEXT_ROW("ssl-ca", db.ssl_ca, "FILE",                                \
	    "trust the certificate authorities in this file"),               \
	TEXT_ROW("ssl-capath", db.ssl_capath, "DIR",                         \
	    "the same, in this directory"),                                  \
	TEXT_ROW("ssl-cert", db.ssl_cert, "FILE", "client certificate"),     \
	TEXT_ROW("ssl-key", db.ssl_key, "FILE", "its key"),                  \
	TEXT_ROW("ssl-cipher", db.ssl_cipher, "LIST",                        \
	    "allow only these ciphers"),                                     \
	TEXT_ROW("ssl-crl", db.ssl_crl, "FILE",                              \
	    "certificate revocation list"),                                  \
	TEXT_ROW("ssl-crlpath", db.ssl_crlpath, "DIR",                       \
	    "the same, in this directory"),                                  \
	TEXT_ROW("ssl-fp", db.ssl_fp, "HEX",                                 \
	    "fingerprint that the server's certificate must have"),          \
	TEXT_ROW("tls-version", db.tls_version, "LIST",                      \
	    "allow only these TLS versions")

/* Which databases, tables and columns: struct table_filter. */
#define TABLE_ROWS(filter)                                                   \
	NAMES_ROW("include-db", filter.include_db, "only these databases"),  \
	NAMES_ROW("exclude-db", filter.exclude_db, "not these databases"),   \
	NAMES_ROW("include-table", filter.include_table,                     \
	    "only these tables (db.table)", .letter = 't'),                  \
	NAMES_ROW("exclude-table", filter.exclude_table,                     \
	    "not these tables (db.table)")

OPTION_READER(read_excluded_columns, name_list_add_columns, struct name_list)
#define COLUMN_ROWS(filter, not_these)                                       \
	NAMES_ROW("include-column", filter.include_column,                   \
	    "only these columns (db.table.column)"),                         \
	CALL_ROW("exclude-column", filter.exclude_column,                    \
	    read_excluded_columns, "REGEX,...", not_these)

OPTION_READER(read_online_tools, online_read, unsigned)
#define ONLINE_DDL_ROW(filter, what)                                         \
	CALL_ROW("online-ddl", filter.online, read_online_tools, "TOOL,...", \
	    what)

/* Of tools whose options name tables, columns or fields (match/named.h). */
#define STRICT_ROW                                                           \
	ACT_ROW("strict", named_be_strict, "treat a name in an option that " \
	    "matched nothing as an error, not a warning")

/* Of tools that read records: enum record_shape in an int; and a bool of those
 * whose lists need to know a record's table, columns or operation. */
#define SHAPE_ROW(shape)                                                     \
	CHOICE_ROW("shape", shape, shape_names,                              \
	    "what a payload is if its line has no source and op (auto)")
#define PASS_UNKNOWN_ROW(pass)                                               \
	FLAG_ROW("pass-unknown", pass, "pass lines unchanged that do not "   \
	    "tell what an option depends on")

/* How values are written: enums of value/types.h. */
#define DECIMAL_ROW(modes)                                                   \
	CHOICE_ROW("decimal", modes.decimal, modes_decimal,                  \
	    "how DECIMAL is written")
#define TIME_ROW(modes)                                                      \
	CHOICE_ROW("time", modes.time, modes_time,                           \
	    "how temporal values are written")
#define BINARY_ROW(modes)                                                    \
	CHOICE_ROW("binary", modes.binary, modes_binary,                     \
	    "how BINARY and BLOB are written")
#define BIGINT_ROW(modes)                                                    \
	CHOICE_ROW("bigint", modes.bigint, modes_all_bigint,                 \
	    "how BIGINT is written; string for readers that store "          \
	    "numbers as doubles")
#define BIGINT_UNSIGNED_ROW(modes)                                           \
	CHOICE_ROW("bigint-unsigned", modes.bigint_unsigned, modes_bigint,   \
	    "how BIGINT UNSIGNED is written")
#define JSON_ROW(modes)                                                      \
	CHOICE_ROW("json", modes.json, modes_json, "how JSON is written")

/* Of tools that print what a source has. */
#define PRINT_ROWS(prefix)                                                   \
	HEADING_ROW("How to print it"),                                      \
	TEXT_ROW("topic-prefix", prefix, "NAME",                             \
	    "first part of every topic (mariadb)")
#define MODE_ROWS(modes)                                                     \
	DECIMAL_ROW(modes), TIME_ROW(modes), BINARY_ROW(modes),              \
	BIGINT_ROW(modes), BIGINT_UNSIGNED_ROW(modes), JSON_ROW(modes)

/* Of tools that compare positions: enum gtid_order, and a bool. */
#define GTID_ORDER_ROW(order, arrival)                                       \
	CHOICE_ROW("gtid-order", order, gtid_order_names,                    \
	    "arrival: " arrival)
#define ACCEPT_LISTS_ROW(any_lists, of_others)                               \
	FLAG_ROW("accept-lists", any_lists,                                  \
	    "accept a " of_others " other include and exclude lists")

/* Of tools that try again: struct retry. */
#define RETRY_DEFAULT { .times = 10, .first_ms = 500, .most_ms = 60000 }
#define RETRY_ROWS(retry, how_often, when_first)                             \
	COUNT_ROW("retries", retry.times, "N", how_often),                   \
	DURATION_ROW("retry-delay", retry.first_ms, "TIME", when_first),     \
	DURATION_ROW("retry-delay-max", retry.most_ms, "TIME",               \
	    "longest delay (60s)")

/* Of sinks: struct delivery_options.  hands: "also send ", in --control. */
#define BATCH_ROWS(delivery, hands)                                          \
	HEADING_ROW("Batches"),                                              \
	COUNT_ROW("batch", delivery.batch, "N",                              \
	    "records in a batch, at most (10000)"),                          \
	DURATION_ROW("linger", delivery.linger_ms, "TIME",                   \
	    "how long a batch that is not full waits for input (0)"),        \
	FLAG_ROW("control", delivery.control,                                \
	    hands "heartbeats, schema and transaction records")
#define POSITION_ROWS(delivery)                                              \
	HEADING_ROW("Position"),                                             \
	TEXT_ROW("state", delivery.state, "FILE",                            \
	    "keep the position in this file, for cdc-tail --state"),         \
	ACCEPT_LISTS_ROW(delivery.any_lists, "stream with")
#define DELIVERY_ROWS(delivery)                                              \
	HEADING_ROW("When something fails"),                                 \
	RETRY_ROWS(delivery.retry, "further attempts (10)",                  \
	    "delay before the first of them, doubled each time (500ms)"),    \
	TEXT_ROW("dlq", delivery.dlq, "FILE",                                \
	    "append records that cannot be delivered to this file, and "     \
	    "later ones of the same keys"),                                  \
	COUNT_ROW("dlq-max", delivery.dlq_max, "N",                          \
	    "exit after this many entries (10000)"),                         \
	TEXT_ROW("replay-dlq", delivery.replay_dlq, "FILE",                  \
	    "deliver the entries of this file in order, and exit")

#endif
