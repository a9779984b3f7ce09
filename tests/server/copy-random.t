#!/bin/sh
# Random tables are copied by cdc-snapshot, or by a signal, under a storm: rows
# change and move, tables are altered, renamed, dropped and created again, tools
# are killed, the target refuses rows.  See copies.py; COPIES_ROUNDS=300
# COPIES_SEED=7 makes it longer, and another one.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { pair_stop; }

version=11.8
mariadb_have $version || version=10.11
mariadb_have $version || skip_all "no MariaDB here"
mariadb_start $version "$T/from" && from=$T/from
mariadb_start $version "$T/to" --server-id=2 && to=$T/to
for kind in snapshot signal; do
	run python3 -B "$src/tests/server/copies.py" $kind "$from" "$to" \
	    "${CDC_BIN:-$src/src}" "${COPIES_SEED:-100}" "${COPIES_ROUNDS:-8}" \
	    "${COPIES_SECONDS:-2}"
	exits 0 "$kind: after each storm both sides are equal" ||
	    cut -c1-1500 "$T/out" | sed 's/^#*/#/'
done
done_testing
