#!/bin/sh
# cdc-format --to sql: what mariadb makes of the script equals what it makes of
# the log itself (mariadb-binlog), table by table, in every sql_mode in which
# quotes and backslashes mean something else.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { server_stop; }
data=$src/tests/conformance/data
modes=',STRICT'
sql() { mariadb_sql "$server" "$@"; }

# All tables but the mark at the end of each log, with their checksums and
# definitions.
state() {
	sql -N -e "SELECT CONCAT('SELECT ''', TABLE_SCHEMA, '.', TABLE_NAME,
	    '''; CHECKSUM TABLE \`', REPLACE(TABLE_SCHEMA, '\`', '\`\`'),
	    '\`.\`', REPLACE(TABLE_NAME, '\`', '\`\`'),
	    '\`; SHOW CREATE TABLE \`', REPLACE(TABLE_SCHEMA, '\`', '\`\`'),
	    '\`.\`', REPLACE(TABLE_NAME, '\`', '\`\`'), '\`;')
	    FROM information_schema.TABLES WHERE TABLE_SCHEMA NOT IN
	    ('mysql', 'sys', 'performance_schema', 'information_schema',
	    'seed', 'zz_sentinel') ORDER BY BINARY TABLE_SCHEMA,
	    BINARY TABLE_NAME" |
	    sed "s/SELECT '\(.*\)';/SELECT 1;/" | sql -N 2>&1 |
	    sed 's/ AUTO_INCREMENT=[0-9]*//'
}

empty() {
	sql -N -e "SELECT CONCAT('SET foreign_key_checks=0; DROP DATABASE \`',
	    REPLACE(SCHEMA_NAME, '\`', '\`\`'), '\`;') FROM
	    information_schema.SCHEMATA WHERE SCHEMA_NAME NOT IN
	    ('mysql', 'sys', 'performance_schema', 'information_schema')" | sql
}

# usage: script CASE   as cdc-format makes it
script() {
	cdc-tail -q --on-error warn --control --schema-changes --time string \
	    --exclude-table 'zz_sentinel\..*' \
	    "$data/$1/binlog.000001" 2>"$T/err" | cdc-format --to sql --schema-changes
}

# What of a case a statement cannot do: what servers of today make of -0, and
# rows that are in the log as statements alone.
not_to_be_had() {
	case $1 in
	types-num) echo 'UPDATE oracle.t_float SET f = 0, d = 0, f24 = 0,
	    f53 = 0, r = 0 WHERE id = 14;' ;;
	ecommerce) echo 'DELETE FROM ecommerce.carts WHERE cart_id IN
	    (900, 901);' ;;
	esac
}

# Times of rows are the server's own, and a table versioned by transactions is
# in the log as statements alone.
without_times() {
	[ "$1" != sysver ] || echo 'USE oracle;
	    CREATE TABLE i AS SELECT id, v FROM sv_implicit;
	    CREATE TABLE e AS SELECT id, v FROM sv_explicit;
	    DROP TABLE sv_implicit, sv_explicit, sv_trx;'
}

# usage: same_as_log CASE
same_as_log() {
	[ "$version$1" != 10.11types-time ] || return 0
	empty
	echo 'CREATE DATABASE zz_sentinel; CREATE TABLE zz_sentinel.s (id INT);' |
	    sql
	mariadb-binlog --no-defaults --skip-gtid-strict-mode \
	    "$data/$1/binlog.000001" 2>/dev/null | sql >"$T/log" 2>&1 || {
		skip "$version: $1" "$(tail -n 1 "$T/log" | cut -c1-80)"
		return
	}
	{ not_to_be_had "$1" && without_times "$1"; } | sql
	state >"$T/want"
	script "$1" >"$T/sql" 2>"$T/err"
	for mode in '' ANSI_QUOTES NO_BACKSLASH_ESCAPES \
	    ANSI_QUOTES,NO_BACKSLASH_ESCAPES; do
		empty
		sed "s/sql_mode='/&${mode:+$mode,}/" "$T/sql" |
		    sql >"$T/log" 2>&1 ||
		    result 1 "$version: $1: $(tail -n 1 "$T/log" | cut -c1-300)"
		without_times "$1" | sql
		state >"$T/got"
		same "$T/got" "$T/want" "$version: $1 ${mode:-as it is}"
	done
}

for version in $mariadb_versions; do
	if ! mariadb_have $version; then
		skip "$version" "no MariaDB $version here"
		continue
	fi
	server_start $version "$T/$version" --sql-mode= \
	    --gtid-strict-mode=OFF || continue
	# 2106 is the end of TIMESTAMP since 11.5
	[ $version != 10.11 ] || skip "$version: types-time" "before 11.5"
	for case in ${CASES:-ecommerce ecommerce-xa keys names partition wide ddl \
	    types-bin types-charsets types-compressed types-enum types-gen \
	    types-geo types-inet types-int types-json types-num types-text \
	    types-time types-uuid types-vector types-zerodate types-invaliddate \
	    sysver sequence}; do
		same_as_log $case
	done
	server_stop
done
done_testing
