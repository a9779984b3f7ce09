#!/bin/sh
# log_bin_compress=ON changes the log, not the records.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { server_stop; }

# What does not depend on how the log is written.
rows() { still | grep -v '"beat"\|"ddl"' | sed 's/"pos":[0-9]*,//; s/"thread":[0-9a-z]*,//'; }

shop | rows >"$T/want"
for version in $mariadb_versions; do
	if ! mariadb_have $version; then
		skip "$version" "no MariaDB $version here"
		continue
	fi
	server_start $version "$T/$version" --log-bin-compress=ON \
	    --log-bin-compress-min-len=10 || continue
	mariadb_sql "$server" <"$src/tests/data/ecommerce.sql"
	server_stop
	run cdc-tail "$T/$version/mariadb-bin.000001" \
	    "$T/$version/mariadb-bin.000002"
	exits 0 "$version: compressed logs are read"
	rows <"$T/out" >"$T/got"
	same "$T/got" "$T/want" "$version: the same records"
done
done_testing
