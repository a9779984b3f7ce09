#!/bin/sh
# --replay-dlq over a connection that is cut, after every few bytes: an entry is
# applied, or it stays in the file.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

busy=
cleanup() {
	[ -z "$busy" ] || kill $busy 2>/dev/null
	pair_stop
}
entry() {
	printf '{"before":null,"after":{"id":%s,"v":"long"},"source":{"db":"d","table":"%s"},"op":"c"}\n' \
	    "$2" "$1"
}

mariadb_start 10.11 "$T/to" || skip_all "no server starts"
to=$T/to
for table in a b c; do
	to_sql -e "CREATE DATABASE IF NOT EXISTS d; CREATE TABLE d.$table
	    (id INT PRIMARY KEY, v VARCHAR(1))"
	entry $table 1
	entry $table 2
done >"$T/in"
run_on "$T/in" cdc-apply -q -S "$to/sock" -u root --no-state --dlq "$T/all"
exits 0 "rows that do not fit are put aside"
is "$(grep -c . "$T/all")" 6 "all of them"
for table in a b c; do
	to_sql -e "ALTER TABLE d.$table MODIFY v VARCHAR(9)"
done
wanted='d.a 1 d.a 2 d.b 1 d.b 2 d.c 1 d.c 2'

# usage: replay BYTES   over a connection that is cut after so many; *kept: what
# is there or in the file, in order, each as often as it is
replay() {
	to_sql -e 'DELETE FROM d.a; DELETE FROM d.b; DELETE FROM d.c'
	cp "$T/all" "$T/dlq"
	rm -f "$T/cut"
	perl "$src/tests/server/cutter.pl" "$T/cut" "$to/sock" "$1" 1 once &
	busy=$!
	eventually [ -S "$T/cut" ]
	cdc-apply -q -S "$T/cut" -u root --retry-delay 1ms \
	    --replay-dlq "$T/dlq" 2>"$T/err"
	kill $busy
	wait $busy 2>/dev/null
	busy=
	kept=$({
		jq -r '.original_event | "d.\(.source.table) \(.after.id)"' \
		    "$T/dlq"
		for table in a b c; do
			to_sql -N -e "SELECT 'd.$table', id FROM d.$table" |
			    tr '\t' ' '
		done
	} | sort | paste -sd' ' -)
}

replay 1000000
is "$kept $(grep -c . "$T/dlq")" "$wanted 0" "a connection that stays"
wrong=0
cuts=0
for bytes in $(seq 500 150 9000); do
	replay "$bytes"
	cuts=$((cuts + $(grep -c . "$T/dlq" | sed 's/[1-9].*/1/')))
	[ "$kept" = "$wanted" ] || {
		wrong=$((wrong + 1))
		echo "# after $bytes bytes: $kept"
	}
done
is "$wrong" 0 "each entry is applied or stays"
result $((cuts < 20)) "… of many runs that were cut"
done_testing
