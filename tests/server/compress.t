#!/bin/sh
# log_bin_compress=ON changes the log, not the records.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

server=
cleanup() { [ -z "$server" ] || mariadb_stop "$server"; }

# What does not depend on how the log is written.
rows() { still | grep -v '"beat"\|"ddl"' | sed 's/"pos":[0-9]*,//; s/"thread":[0-9a-z]*,//'; }

shop | rows >"$T/want"
for version in 10.11 11.8; do
	if ! mariadb_have $version; then
		skip "$version" "no MariaDB $version here"
		continue
	fi
	server=$T/$version
	mariadb_start $version "$server" --log-bin-compress=ON \
	    --log-bin-compress-min-len=10 || { server=; continue; }
	mariadb_sql "$server" <"$src/tests/data/ecommerce.sql"
	mariadb_stop "$server"
	cdc-tail "$server/mariadb-bin.000001" \
	    "$server/mariadb-bin.000002" >"$T/out" 2>"$T/err"
	ran="cdc-tail on $version"
	status=$?
	exits 0 "$version: compressed logs are read"
	rows <"$T/out" >"$T/got"
	same "$T/got" "$T/want" "$version: the same records"
	server=
done
done_testing
