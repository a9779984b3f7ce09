#!/bin/sh
# Random rows of every column type (thousands; `make soak`: more): written to a server, decoded
# from its log, written to a second table; CHECKSUM TABLE tells whether a bit
# was lost or made up.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { server_stop; }
trip() { perl "$src/tests/server/roundtrip.pl" "$@"; }
rows=${ROUNDTRIP_ROWS:-3000}
seed=${ROUNDTRIP_SEED:-1}

# usage: round_trip VERSION NAME [mariadbd's options]
round_trip() {
	version=$1
	name="$1 $2"
	dir=$T/$1-$2
	shift 2
	server_start "$version" "$dir" "$@" || return 0
	{
		echo 'CREATE DATABASE t; USE t;'
		trip schema "$version" a
		trip schema "$version" b
		trip rows "$version" a "$rows" "$seed"
	} | mariadb_sql "$server" >"$T/sql" 2>&1 ||
	    result 1 "$name: rows written: $(tail -n 1 "$T/sql")"
	cdc-tail -q --time string --binary hex -t 't\.a' \
	    "$dir/mariadb-bin.000001" >"$T/records"
	is "$(wc -l <"$T/records")" "$rows" "$name: rows decoded"
	{ echo 'USE t;'; trip load "$version" b <"$T/records"; } |
	    mariadb_sql "$server" >"$T/sql" 2>&1 ||
	    result 1 "$name: rows written again: $(tail -n 1 "$T/sql" |
	    cut -c1-200)"
	is "$(mariadb_sql "$server" -N -e 'CHECKSUM TABLE t.b' | cut -f2)" \
	    "$(mariadb_sql "$server" -N -e 'CHECKSUM TABLE t.a' | cut -f2)" \
	    "$name: CHECKSUM TABLE"
	server_stop
}

for version in $mariadb_versions; do
	if ! mariadb_have $version; then
		skip "$version" "no MariaDB $version here"
		continue
	fi
	round_trip $version plain
	rows=1000
	round_trip $version compressed --log-bin-compress=ON
	round_trip $version old-times --mysql56-temporal-format=OFF
	rows=${ROUNDTRIP_ROWS:-3000}
done
done_testing
