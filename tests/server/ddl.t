#!/bin/sh
# Statements as the source executed them: the session that schema records tell
# is the one that mariadb-binlog tells.  What cdc-apply makes of it is compared
# with a replica by native.t.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"
cleanup() { server_stop; }
sessions() { perl "$src/tests/server/ddl.pl" "$@"; }
sql() { mariadb_sql "$server" "$@"; }

for v in 10.11 11.8; do
	mariadb_have $v || {
		skip "MariaDB $v" "not here"
		continue
	}
	server_start $v "$T/$v" || continue
	sql -N -e "SELECT ID, CHARACTER_SET_NAME FROM
	    information_schema.COLLATION_CHARACTER_SET_APPLICABILITY" \
	    >"$T/collations"
	sessions sql 1 300 | sql --force >"$T/err" 2>&1
	is $? 0 "$v: 300 statements" || explain
	sql -e 'FLUSH BINARY LOGS'
	log=$server/mariadb-bin.000001
	mariadb-binlog --base64-output=never "$log" |
	    sessions binlog >"$T/want"
	run cdc-tail --schema-changes "$log"
	exits 0 "$v: cdc-tail"
	sessions tail "$T/collations" <"$T/out" >"$T/got"
	is "$(wc -l <"$T/got")" 301 "$v: all of them"
	same "$T/got" "$T/want" "$v: sessions as mariadb-binlog tells them"
	server_stop
done
done_testing
