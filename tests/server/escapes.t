#!/bin/sh
# A stream of which another program writes every string with escapes, each
# character as \uXXXX, or some strings: it is the same stream.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { pair_stop; }
escape() { python3 "$src/tests/server/pipes.py" reshape escape; }
logs="$src/examples/data/mariadb-bin.000001
    $src/examples/data/mariadb-bin.000002"
# usage: came_to NAME: what the target holds now, and a target that is empty
came_to() {
	cdc-apply -S "$to/sock" -u root --offsets-db cdc --show-state |
	    jq -S 'del(.ts_ms)' >"$1"
	mariadb-dump --no-defaults -S "$to/sock" --skip-dump-date \
	    --order-by-primary --databases shop >>"$1"
	mariadb_sql "$to" -e 'DROP DATABASE shop; DROP DATABASE cdc'
}

mariadb_have 11.8 || skip_all "no MariaDB 11.8 here"
mariadb_start 11.8 "$T/to" || skip_all "no server starts"
to=$T/to

cdc-tail -q --control --tombstones --from earliest -t 'shop\..*' $logs \
    >"$T/plain"
escape <"$T/plain" >"$T/escaped"
python3 "$src/tests/server/pipes.py" reshape mix <"$T/plain" >"$T/mixed"
for how in plain escaped mixed; do
	mariadb_sql "$to" -e 'CREATE DATABASE shop; CREATE DATABASE cdc'
	run_on "$T/$how" cdc-apply -q -S "$to/sock" -u root \
	    --schema-evolution add --offsets-db cdc --state "$T/$how.state"
	exits 0 "the $how stream is applied"
	[ $how = plain ] || {
		run_on "$T/plain" cdc-apply -S "$to/sock" -u root \
		    --schema-evolution add --offsets-db cdc
		err_like '"records":0' "the plain one goes on from its place"
	}
	came_to "$T/$how.is"
done
same "$T/escaped.is" "$T/plain.is" "the tables and the position are the same"
same "$T/mixed.is" "$T/plain.is" "… where some strings are escaped"

# a state that another program wrote anew
escape <"$T/plain.state" >"$T/written.state"
for how in plain written; do
	cdc-tail -q --control --from earliest --state "$T/$how.state" \
	    -t 'shop\..*' $logs | jq -c 'del(.payload.ts_ms)' >"$T/$how.rest"
done
same "$T/written.rest" "$T/plain.rest" "a state with escapes says the same"

# entries that are put aside: none is dropped, all come back
mariadb_sql "$to" -e "CREATE DATABASE shop; CREATE DATABASE cdc"
apply() { cdc-apply -S "$to/sock" -u root --offsets-db cdc "$@"; }
apply -q --schema-evolution add <"$T/plain"
mariadb_sql "$to" -e "DELETE FROM shop.customers; DELETE FROM cdc.cdc_offsets;
    ALTER TABLE shop.customers MODIFY name VARCHAR(1)"
run_on "$T/plain" apply -q --dlq "$T/dlq"
exits 0 "rows that do not fit are put aside"
escape <"$T/dlq" >"$T/dlq.escaped"
run_on "$T/escaped" apply -q --dlq "$T/dlq.escaped"
is "$(grep -c . "$T/dlq.escaped")" "$(grep -c . "$T/dlq")" \
    "… and stay there, however they are written"
mariadb_sql "$to" -e "ALTER TABLE shop.customers MODIFY name VARCHAR(100)"
run apply --replay-dlq "$T/dlq.escaped"
exits 0 "… until they are replayed"
came_to "$T/replayed.is"
is "$(grep INTO "$T/replayed.is")" "$(grep INTO "$T/plain.is")" \
    "… into the same rows"
done_testing
