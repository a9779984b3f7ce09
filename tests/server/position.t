#!/bin/sh
# Positions are places: in a log whose sequence numbers do not grow (two
# servers in one domain), and at every offset.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { pair_stop; }
files() { cdc-tail -q --gtid-order arrival "$@" "$from"/mariadb-bin.0?????; }
live() { timeout 90 cdc-tail -q -S "$from/sock" --gtid-order arrival "$@"; }
apply() { cdc-apply -q -S "$to/sock" --gtid-order arrival "$@"; }
ids() {
	sed -n '/"op":"/{ s/.*"after":{"n":\([0-9]*\)[,}].*/\1/; t p
	    s/.*/null/; :p
	    p; }' | tr '\n' ' '
}

# usage: transactions "SERVER-NUMBER"…   one each, as servers 1 and 2 would
# log it that take turns; a new log in the middle
transactions() {
	echo 'CREATE DATABASE IF NOT EXISTS d;
	CREATE TABLE IF NOT EXISTS d.log (n INT, x INT);
	CREATE TABLE IF NOT EXISTS d.other (n INT);'
	for t in "$@"; do
		n=$((n + 1))
		[ "$n" -ne 7 ] || echo 'FLUSH BINARY LOGS;'
		echo "SET SESSION server_id=${t%-*}, gtid_seq_no=${t#*-};
		INSERT INTO d.log VALUES ($n, ${t#*-});"
	done
}

# The target as it was before its first stream.
again() { to_sql -e 'TRUNCATE d.log; DROP DATABASE IF EXISTS cdc'; }

# Every pair of GTIDs, from files: the slice of the whole.
gtid_pairs() {
	all="2-5 2-6 1-11 2-11 1-12 2-12 1-20 2-7 1-21"
	n=0
	transactions 1-10 $all >"$T/sql"
	from_sql <"$T/sql"
	bad=0
	i=1
	for f in 1-10 $all; do
		j=1
		for u in 1-10 $all; do
			want=
			[ $j -le $i ] || want="$(seq -s ' ' $((i + 1)) $j) "
			got=$(files --from "1-$f" --until "1-$u" | ids)
			[ "$got" = "$want" ] || {
				bad=$((bad + 1))
				echo "# --from 1-$f --until 1-$u: $got, not $want"
			}
			j=$((j + 1))
		done
		i=$((i + 1))
	done
	is $bad 0 "$v: 100 pairs of GTIDs in arrival order, from files"
	run files --from 1-2-99
	exits 78 "$v: a GTID that is not there: 78"
	run files --until 1-2-99
	exits 78 "$v: neither as an end"
	run live --until 1-1-21 --from 1-2-7
	is "$(ids <"$T/out")" "10 " "$v: an end of a server"
	run live --from 1-1-20 --until 1-2-6
	exits 0 "$v: one that lies before the beginning ends at once"
	is "$(ids <"$T/out")" "" "$v: and prints nothing"
	run live --from now --until now
	exits 0 "$v: now is a place"
	run cdc-tail -S "$from/sock" --from earliest --until now
	exits 65 "$v: the default refuses such a log: 65"
	err_like 'gtid-order arrival' "$v: and says what reads on"
}

# Every pair of offsets, against mariadb-binlog.
offset_pairs() {
	log=mariadb-bin.000001
	from_sql -N -e "SHOW BINLOG EVENTS IN '$log'" >"$T/events"
	awk -F '\t' '$3 ~ /Format|Gtid|Rotate/ { print $2 }
	    $3 == "Rotate" { print $5 }' "$T/events" | sort -nu >"$T/offsets"
	bad=0
	pairs=0
	for f in $(cat "$T/offsets"); do
		for u in $(cat "$T/offsets"); do
			want=
			[ "$u" -le "$f" ] || want=$(mariadb-binlog -v \
			    --skip-gtid-strict-mode --start-position="$f" \
			    --stop-position="$u" "$from/$log" |
			    sed -n 's/^###   @1=//p' | tr '\n' ' ')
			for how in files live; do
				pairs=$((pairs + 1))
				got=$($how --from $log:"$f" --until $log:"$u" |
				    ids)
				[ "$got" = "$want" ] || {
					bad=$((bad + 1))
					echo "# $how $f to $u: $got, not $want"
				}
			done
		done
	done
	result "$((bad + (pairs < 100)))" \
	    "$v: $pairs pairs of offsets, as mariadb-binlog has them"
}

# A state at every place: what comes next is what comes next.
states() {
	for how in files live; do
		$how --from earliest --until now --control >"$T/full"
		grep -n '"beat"' "$T/full" | cut -d: -f1 >"$T/beats"
		is "$(grep '"beat"' "$T/full" | jq 'select(.payload.pos < 4)')" \
		    "" "$v: $how: each heartbeat is somewhere in a log"
		bad=0
		for line in $(cat "$T/beats"); do
			sed -n "${line}p" "$T/full" | jq -c '{version: 1} +
			    .payload' >"$T/state"
			got=$($how --state "$T/state" --until now | ids)
			want=$(tail -n +"$line" "$T/full" | ids)
			[ "$got" = "$want" ] || {
				bad=$((bad + 1))
				echo "# behind line $line: $got, not $want"
			}
		done
		is $bad 0 "$v: $(grep -c . "$T/beats") states, $how"
	done
}

# A sink that is cut at every line of its stream, and goes on with another one
# from its state, or from the very beginning.
sinks() {
	live --from earliest --until now --control >"$T/full"
	bad=0
	for cut in $(seq 2 3 "$(grep -c . "$T/full")"); do
		again
		head -n "$cut" "$T/full" | apply 2>"$T/err"
		if [ $((cut % 2)) -eq 0 ]; then
			apply --show-state >"$T/state" 2>/dev/null
			set -- --state "$T/state"
			[ -s "$T/state" ] || set -- --from earliest
			live "$@" --until now --control
		else
			cat "$T/full"
		fi | apply 2>"$T/err" || bad=$((bad + 1))
		[ "$(to_sql -N -e 'SELECT n FROM d.log ORDER BY n' |
		    tr '\n' ' ')" = "$(seq -s ' ' $n) " ] || {
			bad=$((bad + 1))
			echo "# cut behind line $cut"
		}
	done
	is $bad 0 "$v: a sink cut at every third line"
	live --from now --until now --control >"$T/late"
	again
	head -n 13 "$T/full" | apply 2>"$T/err"
	run_on "$T/late" apply
	exits 78 "$v: a stream that begins behind what is done: 78"
	err_like 'transactions are missing' "$v: a gap"
	cdc-tail -q --gtid-order arrival --control -t 'd\.log' \
	    "$from"/mariadb-bin.0????? >"$T/stream"
	run_on "$T/stream" cdc-apply -S "$to/sock" --name strict
	exits 78 "$v: the sink must know that numbers do not grow: 78"
}

# What a filter left out is a place, too.
filtered() {
	again
	files --control | cdc-filter --where 'x!=11' >"$T/full"
	want=$(ids <"$T/full")
	bad=0
	for cut in $(seq 2 "$(grep -c . "$T/full")"); do
		again
		head -n "$cut" "$T/full" | apply 2>"$T/err"
		apply <"$T/full" 2>"$T/err" || bad=$((bad + 1))
		[ "$(to_sql -N -e 'SELECT n FROM d.log ORDER BY n' |
		    tr '\n' ' ')" = "$want" ] || bad=$((bad + 1))
	done
	is $bad 0 "$v: the same, where a filter left transactions out"
}

# Numbers of one server that go back: a server would look for the wrong place.
back() {
	transactions 1-30 2-31 1-25 2-32 1-33 >"$T/sql"
	from_sql <"$T/sql"
	states
	sinks
}

# A GTID that a log has twice, and an end that is now.
twice() {
	from_sql <<-'SQL'
	CREATE DATABASE e;
	CREATE TABLE e.log (n INT);
	SET SESSION server_id=7, gtid_seq_no=501; INSERT INTO e.log VALUES (1);
	SET SESSION server_id=1, gtid_seq_no=502; INSERT INTO e.log VALUES (2);
	SET SESSION server_id=7, gtid_seq_no=501; INSERT INTO e.log VALUES (3);
	SQL
	run live -t 'e\.log' --from earliest --until now
	is "$(ids <"$T/out")" "1 2 3 " "$v: now is behind the second of a GTID"
	from_sql -e 'FLUSH BINARY LOGS'
	run live -t 'e\.log' --from earliest --until now
	is "$(ids <"$T/out")" "1 2 3 " "$v: also where a new log is empty"
	run live --from now --until now
	exits 0 "$v: and now is not before it"
	from_sql -e 'DROP DATABASE e'
}

# Logs one after the other in a pipe, or in a file.
joined() {
	at=$(from_sql -N -e "SHOW BINLOG EVENTS IN 'mariadb-bin.000001'" |
	    awk -F '\t' '$3 == "Gtid" { at = $2 } END { print at }')
	cat "$from"/mariadb-bin.00000[12] >"$T/joined"
	run_on "$T/joined" cdc-tail -q --gtid-order arrival - --until "$at"
	exits 64 "$v: --until OFFSET of several logs in a pipe: 64"
	err_like 'use LOG:OFFSET' "$v: and says what is missing"
	run cdc-tail -q --gtid-order arrival "$T/joined" --until "$at"
	exits 64 "$v: in a file, too"
	run_on "$from/mariadb-bin.000001" cdc-tail -q --control \
	    --gtid-order arrival - --until "$at"
	exits 0 "$v: one log in a pipe has but one such offset"
	is "$(tail -n 1 "$T/out" | jq .payload.pos)" "$at" "$v: and ends there"
	is "$(ids <"$T/out")" "$(files --until "mariadb-bin.000001:$at" |
	    ids)" "$v: as it does in the log"
	run_on "$T/joined" cdc-tail -q --gtid-order arrival - \
	    --until mariadb-bin.000001:4
	exits 78 "$v: the first log of a pipe has no name: 78"
	err_like 'in a pipe' "$v: which is said"
}

# Two domains: an end in one that comes first leaves nothing undone there.
two_domains() {
	from_sql <<-'SQL'
	FLUSH BINARY LOGS;
	SET SESSION gtid_domain_id=5; INSERT INTO d.other VALUES (1), (2);
	SET SESSION gtid_domain_id=6; INSERT INTO d.other VALUES (3);
	SET SESSION gtid_domain_id=5; INSERT INTO d.other VALUES (4);
	SET SESSION gtid_domain_id=6; INSERT INTO d.other VALUES (5);
	SQL
	last=$(find "$from" -name 'mariadb-bin.0?????' | sort | tail -n 1)
	cdc-tail -q --control --until 5-1-1,6-1-2 --other-domains earliest \
	    "$last" >"$T/one"
	is "$(ids <"$T/one")" "1 2 3 5 " "$v: an end in each of two domains"
	tail -n 1 "$T/one" | jq -c '{version: 1} + .payload' >"$T/state"
	cdc-tail -q --state "$T/state" "$last" >"$T/two"
	is "$(ids <"$T/two")" "4 " "$v: what was behind one of them comes next"
}

# An end where no transaction is, and one that the clock says.
ends() {
	from_sql -e 'FLUSH BINARY LOGS'
	set -- $(from_sql -N -e 'SHOW MASTER STATUS')
	run timeout 90 cdc-tail -q -S "$from/sock" --gtid-order arrival \
	    --from earliest --until "$1:$2"
	exits 0 "$v: an end in a log that holds nothing"
	before=$(grep -c . "$T/out")
	from_sql -e 'INSERT INTO d.other VALUES (9); FLUSH BINARY LOGS;
	    INSERT INTO d.other VALUES (10)'
	run live --from earliest --until "$1:$2"
	is "$(grep -c . "$T/out")" "$before" "$v: what comes later is out"
	run files --until "$1:$2"
	is "$(grep -c . "$T/out")" "$before" "$v: also from files"
	run files --until "$1:4"
	is "$(grep -c . "$T/out")" "$before" "$v: and at its beginning"
	run files --from "$1:$2"
	is "$(ids <"$T/out")" "9 10 " "$v: one begins there, too"
	for place in "$1:999999" nosuch.000001:4; do
		for option in from until; do
			run files --$option "$place"
			exits 78 "$v: files: --$option $place: 78"
			run live --from earliest --$option "$place"
			exits 78 "$v: server: --$option $place: 78"
		done
	done
	run files --from "$1:5"
	exits 64 "$v: an offset inside of an event: 64"
	inside=$(from_sql -N -e "SHOW BINLOG EVENTS IN 'mariadb-bin.000001'" |
	    awk -F '\t' '$3 == "Table_map" { print $2; exit }')
	run files --from "mariadb-bin.000001:$inside"
	exits 64 "$v: inside of a transaction: 64"
	run live --from "mariadb-bin.000001:$inside" --until now
	exits 64 "$v: of a server, too"
	run live --from earliest --until "$(date -d '1 hour ago' '+%F %T')"
	exits 0 "$v: a time that is over ends, though nothing comes"
	run live --from now --until "$(date -d '2 seconds' '+%F %T')"
	exits 0 "$v: as does one that comes"
}

# Two pipelines with one name, and what is done about it.
pipelines() {
	again
	cdc-tail -q --control --gtid-order arrival -t 'd\.log' \
	    "$from"/mariadb-bin.0????? >"$T/log"
	cdc-tail -q --control --gtid-order arrival -t 'd\.other' \
	    "$from"/mariadb-bin.0????? >"$T/other"
	run_on "$T/log" apply
	exits 0 "$v: a pipeline"
	rm -f "$T/pos.other"
	run_on "$T/other" apply --state "$T/pos.other"
	exits 78 "$v: another with its name, and other lists: 78"
	succeeds "$v: whose --state is not written" [ ! -e "$T/pos.other" ]
	err_like "now --include-table 'd..other'; no longer .*'d..log'" \
	    "$v: which lists changed"
	err_like 'hint: .*--name.*--accept-lists' "$v: what to do"
	run_on "$T/other" apply --name other --state "$T/pos.other"
	exits 0 "$v: with a name of its own"
	is "$(jq -r .name "$T/pos.other")" other "$v: whose --state it is"
	is "$(to_sql -N -e 'SELECT COUNT(*) > 0 FROM d.other')" 1 \
	    "$v: its rows come"
	cdc-tail -q --control --gtid-order arrival -t 'd\.log' --time string \
	    "$from"/mariadb-bin.0????? >"$T/string"
	run_on "$T/string" apply
	exits 0 "$v: a stream that keeps zero dates now"
	run_on "$T/log" apply
	exits 78 "$v: and no longer: 78"
	err_like 'with cdc-tail --time string.*NULL' "$v: what would be lost"
	err_like 'hint: run it with --time string' "$v: what to do"
	to_sql -e 'ALTER TABLE cdc.cdc_offsets DROP COLUMN modes'
	run_on "$T/log" apply
	exits 0 "$v: a position of an older version has no modes"
	is "$(apply --show-state | jq -r .modes.decimal)" string "$v: now it does"
	sed 's/"modes":{/&"history":"all",/' <"$T/log" >"$T/history"
	run_on "$T/history" apply
	exits 78 "$v: --history where there was none: 78"
	sed 's/"decimal":"[a-z]*"/"decimal":"double"/' <"$T/log" >"$T/double"
	run_on "$T/double" apply
	exits 78 "$v: --decimal double where digits were kept: 78"
	cdc-filter --where 'n!=3' <"$T/log" >"$T/narrow"
	run_on "$T/narrow" apply
	exits 78 "$v: a filter in between: 78"
	run_on "$T/narrow" apply --accept-lists
	exits 0 "$v: --accept-lists"
	run_on "$T/narrow" apply
	exits 0 "$v: makes them the position's"
	grep -v '"beat":"last"' "$T/log" | grep -n '"op"' | tail -n 1 |
	    cut -d: -f1 >"$T/line"
	again
	{
		head -n "$(cat "$T/line")" "$T/log"
		grep '"beat":"first"' "$T/log" |
		    sed 's/"beat":"first"/"beat":"last"/'
	} >"$T/inside"
	run_on "$T/inside" apply
	exits 75 "$v: a stream that ends inside a transaction: 75"
	run_on "$T/log" apply --state "$T/mirror"
	cp "$T/mirror" "$T/mirror.was"
	run_on "$T/log" apply --name second --state "$T/mirror"
	exits 78 "$v: a state file of another position: 78"
	err_like "'cdc', not of 'second'" "$v: both are named"
	same "$T/mirror" "$T/mirror.was" "$v: it stays"
	run_on "$T/log" apply --state "$T/mirror"
	exits 0 "$v: its own goes on"
	to_sql -e 'ALTER TABLE cdc.cdc_offsets DROP COLUMN lists' 2>"$T/err"
	run_on "$T/log" apply
	exits 0 "$v: a table of positions of an older version"
}

for v in $mariadb_versions; do
	mariadb_have $v || { skip "$v" "not installed"; continue; }
	from=$T/$v-from to=$T/$v-to
	mariadb_start $v "$from" --gtid-strict-mode=OFF &&
	    mariadb_start $v "$to" --server-id=9 || {
		result 1 "$v: servers"
		continue
	}
	gtid_pairs
	offset_pairs
	to_sql -e 'CREATE DATABASE d; CREATE TABLE d.log (n INT, x INT);
	    CREATE TABLE d.other (n INT)'
	states
	sinks
	filtered
	back
	joined
	two_domains
	ends
	pipelines
	twice
	pair_stop
done
done_testing
