/* SPDX-License-Identifier: MIT
 *
 * Options that several tools have: a row here is one of all of them.  The
 * argument is the member of the tool's struct that they fill; where a tool says
 * something else of an option, its words are an argument, too.
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
#include "print/modes.h"
#include "record/shape.h"
#include "value/types.h"

/* Which server: struct db_options. */
#define SERVER_ROWS(db)                                                      \
	HEADING_ROW("Which server"),                                         \
	TEXT_ROW("host", db.host, "HOST,...",                                \
	    "the server; of several, one that can be reached",               \
	    .letter = 'h'),                                                  \
	COUNT_ROW("port", db.port, "N", "its TCP port", .letter = 'P'),      \
	TEXT_ROW("socket", db.socket, "FILE", "its socket", .letter = 'S'),  \
	TEXT_ROW("protocol", db.protocol, "tcp|socket",                      \
	    "which of the two to use, if the host is this machine"),         \
	TEXT_ROW("user", db.user, "NAME", "account", .letter = 'u'),         \
	FLAG_ROW("password", db.password,                                    \
	    "ask for the password; otherwise it is that of an option file",  \
	    .letter = 'p'),                                                  \
	OPTION_FILE_ROWS(db), TLS_ROWS(db)

#define OPTION_FILE_ROWS(db)                                                 \
	TEXT_ROW("defaults-file", db.defaults_file, "FILE",                  \
	    "read only this option file: [client], [client-mariadb], "       \
	    "[cdc]"),                                                        \
	TEXT_ROW("defaults-extra-file", db.defaults_extra, "FILE",           \
	    "also read this one"),                                           \
	TEXT_ROW("defaults-group-suffix", db.defaults_suffix, "TEXT",        \
	    "also read groups whose names end with it"),                     \
	FLAG_ROW("no-defaults", db.no_defaults, "read no option file")

#define TLS_ROWS(db)                                                         \
	FLAG_ROW("ssl", db.ssl, "require an encrypted connection"),          \
	FLAG_ROW("skip-ssl", db.skip_ssl, "do not encrypt the connection"),  \
	FLAG_ROW("ssl-verify-server-cert", db.ssl_verify,                    \
	    "verify the server's certificate, and that it names the host"),  \
	FLAG_ROW("skip-ssl-verify-server-cert", db.skip_ssl_verify,          \
	    "do not verify the server's certificate"),                       \
	TEXT_ROW("ssl-ca", db.ssl_ca, "FILE",                                \
	    "certificates of the authorities to trust"),                     \
	TEXT_ROW("ssl-capath", db.ssl_capath, "DIR",                         \
	    "the same, a folder"),                                           \
	TEXT_ROW("ssl-cert", db.ssl_cert, "FILE", "our certificate"),        \
	TEXT_ROW("ssl-key", db.ssl_key, "FILE", "our key"),                  \
	TEXT_ROW("ssl-cipher", db.ssl_cipher, "LIST", "ciphers to allow"),   \
	TEXT_ROW("ssl-crl", db.ssl_crl, "FILE",                              \
	    "certificates that were revoked"),                               \
	TEXT_ROW("ssl-crlpath", db.ssl_crlpath, "DIR",                       \
	    "the same, a folder"),                                           \
	TEXT_ROW("ssl-fp", db.ssl_fp, "HEX",                                 \
	    "fingerprint of the server's certificate"),                      \
	TEXT_ROW("tls-version", db.tls_version, "LIST",                      \
	    "versions that are allowed")

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
	ACT_ROW("strict", named_be_strict, "a name in an option that "       \
	    "matched nothing is an error at the end, not a warning")

/* Of tools that read records: enum record_shape in an int; and a bool of those
 * whose lists need to know a record's table, columns or operation. */
#define SHAPE_ROW(shape)                                                     \
	CHOICE_ROW("shape", shape, shape_names,                              \
	    "what payloads without source and op beside them are (auto)")
#define PASS_UNKNOWN_ROW(pass)                                               \
	FLAG_ROW("pass-unknown", pass, "let lines that do not say what an "  \
	    "option needs to know pass as they are")

/* How values are written: enums of value/types.h. */
#define DECIMAL_ROW(modes)                                                   \
	CHOICE_ROW("decimal", modes.decimal, modes_decimal, "DECIMAL values")
#define TIME_ROW(modes)                                                      \
	CHOICE_ROW("time", modes.time, modes_time, "temporal values")
#define BINARY_ROW(modes)                                                    \
	CHOICE_ROW("binary", modes.binary, modes_binary,                     \
	    "BINARY and BLOB values")
#define BIGINT_ROW(modes)                                                    \
	CHOICE_ROW("bigint", modes.bigint, modes_all_bigint,                 \
	    "all BIGINT values; string for readers whose numbers are "       \
	    "doubles")
#define BIGINT_UNSIGNED_ROW(modes)                                           \
	CHOICE_ROW("bigint-unsigned", modes.bigint_unsigned, modes_bigint,   \
	    "BIGINT UNSIGNED values")
#define JSON_ROW(modes)                                                      \
	CHOICE_ROW("json", modes.json, modes_json, "JSON values")

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
	    "at most this long (60s)")

#endif
