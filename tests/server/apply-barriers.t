#!/bin/sh
# Changes that must not wait with others (truncates, keys that move in rows of
# which a part is known, keys that the log left out) beside records that the
# target refuses: with a queue for those, and without one.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { pair_stop; }
apply() { timeout 60 cdc-apply -S "$to/sock" -u root --no-state "$@"; }
line() {
	printf '{"before":%s,"after":%s,"source":{"db":"d","table":"%s"},"op":"%s"}\n' \
	    "${3:-null}" "${4:-null}" "$1" "$2"
}
holds() { to_sql -N d -e "SELECT * FROM $1 ORDER BY 1" | tr '\t\n' ' ;'; }
entries() { jq -r '.error_type' "$T/dlq" | paste -sd' ' -; }

fresh() {
	to_sql -e "CREATE OR REPLACE DATABASE d; USE d;
	    CREATE TABLE bad (id INT PRIMARY KEY, v VARCHAR(3));
	    CREATE TABLE fine LIKE bad;
	    CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(3), own INT);
	    CREATE TABLE pair (a INT, b INT, v VARCHAR(3), PRIMARY KEY (a, b));
	    INSERT INTO t VALUES (1, 'a', 10), (2, 'b', 20), (3, 'c', 30)"
	rm -f "$T/dlq" "$T/dlq.lock"
}

mariadb_start 10.11 "$T/to" || skip_all "no server starts"
to=$T/to
refused=$(line bad c null '{"id":1,"v":"long"}')
good=$(line fine c null '{"id":2,"v":"ok"}')

# usage: beside WHAT TABLE ROWS    after $refused and before $good stands $it
beside() {
	fresh
	printf '%s\n' "$refused" "$it" "$good" >"$T/in"
	run_on "$T/in" apply --dlq "$T/dlq"
	exits 0 "$1, and a refused record before it"
	is "$(entries)" DatabaseError "$1: that one is in the queue, alone"
	is "$(holds "$2")" "$3" "$1: it is done"
	is "$(holds fine)" "2 ok;" "$1: what comes after it, too"
	fresh
	run_on "$T/in" apply
	exits 65 "$1, without a queue"
	err_like 'line 1: .*bad' "$1: the refused one is named"
	fresh
	printf '%s\n' "$good" "$it" >"$T/in"
	run_on "$T/in" apply --dlq "$T/dlq"
	exits 0 "$1, and a good record before it"
	is "$(holds "$2")$(holds fine)" "${3}2 ok;" "$1: both are done"
	fresh
	printf '%s\n' "$good" "$it" "$refused" >"$T/in"
	run_on "$T/in" apply --dlq "$T/dlq"
	exits 0 "$1, and a refused record after it"
	is "$(holds "$2")$(holds fine)$(entries)" "${3}2 ok;DatabaseError" \
	    "$1: it is done once"
}

it=$(line t t)
beside "a truncate" t ''

# the target has a column that the source has not
it=$(line t u '{"id":2,"v":"b"}' '{"id":5,"v":"x"}')
beside "a row that moves" t '1 a 10;3 c 30;5 x 20;'

# --schema tells that the log left out a part of the key: INT has 0
cat >"$T/schema" <<'END'
{"source":{"db":"d","table":"pair"},"ts_ms":1,"databaseName":"d","ddl":null,"tableChanges":[{"type":"CREATE","id":"\"d\".\"pair\"","table":{"primaryKeyColumnNames":["a","b"],"columns":[{"name":"a","typeName":"INT","position":1,"optional":false},{"name":"b","typeName":"INT","position":2,"optional":false},{"name":"v","typeName":"VARCHAR","length":3,"charsetName":"utf8mb4","position":3,"optional":true}]}}]}
END
to_sql -e 'SET GLOBAL sql_mode = ""'
apply() {
	timeout 60 cdc-apply -S "$to/sock" -u root --no-state \
	    --schema "$T/schema" "$@"
}
it=$(line pair c null '{"b":7,"v":"x"}')
beside "a key that the log left out" pair '0 7 x;'

# and that record is the one that is refused
fresh
printf '%s\n' "$good" "$(line pair c null '{"b":7,"v":"long"}')" \
    "$(line fine c null '{"id":3,"v":"ok"}')" >"$T/in"
run_on "$T/in" apply --dlq "$T/dlq"
exits 0 "a key that the log left out, in a row that is refused"
is "$(jq -r .original_event.after.b "$T/dlq")" 7 "… is put aside"
is "$(holds pair)$(holds fine)" "2 ok;3 ok;" "… and the rest is there"
done_testing
