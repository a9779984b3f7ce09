#!/bin/sh
# A copy that cannot be taken up and starts over, and a cdc-apply that is killed
# meanwhile: what it committed last may not be in the file that the next
# cdc-snapshot reads.  Whoever runs both again gets on, or is told how.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

pids=
cleanup() {
	[ -z "$pids" ] || kill -KILL $pids 2>/dev/null
	pair_stop
}
name="it's one"
snapshot() { cdc-snapshot -q -S "$from/sock" -u root -t 'd\..*' "$@"; }
apply() {
	cdc-apply -q -S "$to/sock" -u root --name "$name" --batch 500 "$@"
}
# usage: together [CUT]     both with the file, the lines up to one like CUT
together() {
	snapshot --state "$T/pos" 2>"$T/words" | sed "/${1:-no such line}/q" |
	    { apply --state "$T/pos" 2>"$T/err"; echo $? >"$T/status"; }
	status=$(cat "$T/status")
	ran=cdc-apply
}
anew() {
	for server in "$from" "$to"; do
		mariadb_sql "$server" -e 'CREATE OR REPLACE DATABASE d;
		    CREATE TABLE d.a (id INT PRIMARY KEY, v INT);
		    CREATE TABLE d.n (v INT)'
	done
	from_sql -D d -e 'INSERT INTO a SELECT seq, 0 FROM seq_1_to_20000;
	    INSERT INTO n SELECT seq FROM seq_1_to_12000'
	rm -f "$T/pos" "$T/pos.lock"
	apply --forget >"$T/forgotten" 2>&1
}
changes() {
	from_sql -D d -e "DELETE FROM n WHERE v % 7 = $1; UPDATE a SET v = $1
	    WHERE id % 5 = $1; INSERT INTO n VALUES (-$1)"
}
same_rows() {
	for table in a n; do
		from_sql -N -e "SELECT * FROM d.$table ORDER BY 1" >"$T/want"
		to_sql -N -e "SELECT * FROM d.$table ORDER BY 1" >"$T/got"
		same "$T/got" "$T/want" "$1: table $table"
	done
}
half='"table":"`d`.`n`","key":null'

# The file is one start behind, or several, or was never written.
behind() {
	anew
	together "$half"
	exits 75 "half of a copy"
	cp "$T/pos" "$T/first"
	changes 1
	together "$half"
	exits 75 "half of the one that starts over"
	[ "$(jq -c .snapshot.start "$T/pos")" != \
	    "$(jq -c .snapshot.start "$T/first")" ]
	result $? "which is another"
	cp "$T/first" "$T/pos"
	changes 2
	together "$half"
	exits 75 "half of a third, that knows of the first alone"
	cp "$T/first" "$T/pos"
	together
	exits 0 "a whole one that knows of the first alone"
	same_rows "the file was behind"
	anew
	together "$half"
	rm "$T/pos"
	together
	exits 75 "the file was never written: not now"
	err_like "hint: $T/pos did not tell of it.*it does now: run both again" \
	    "the file was never written: what to do"
	together
	exits 0 "and now"
	same_rows "the file was never written"
}

# Nobody keeps a file: one command writes it.
hinted() {
	anew
	snapshot | sed "/$half/q" | apply 2>"$T/err"
	snapshot 2>/dev/null | { apply 2>"$T/err"; echo $? >"$T/status"; }
	status=$(cat "$T/status")
	ran=cdc-apply
	exits 78 "without a file: 78"
	sed -n 's/.*no FILE tells of it: \(cdc-apply .*\) >FILE.*/\1/p' \
	    "$T/err" >"$T/command"
	run sh "$T/command"
	exits 0 "the command of the hint" || sed 's/^/# /' "$T/command"
	mv "$T/out" "$T/written"
	snapshot --state "$T/written" | apply 2>"$T/err"
	status=$?
	ran=cdc-apply
	exits 0 "and with its file it goes on"
	same_rows "by the command of the hint"
	snapshot 2>/dev/null | { apply 2>"$T/err"; echo $? >"$T/status"; }
	is "$(cat "$T/status")" 78 "a copy over a whole one: 78"
	sed -n 's/.*no FILE tells of it: \(cdc-apply .*\) >FILE;.*/\1/p' \
	    "$T/err" >"$T/command"
	run sh "$T/command"
	exits 0 "the command of that hint" || sed 's/^/# /' "$T/err"
	is "$(jq -r .name "$T/out")" "$name" "is of the same position"
}

# Killed where it may be.
storm() {
	anew
	refused=0
	for i in $(seq 12); do
		rm -f "$T/fifo"
		mkfifo "$T/fifo"
		snapshot --state "$T/pos" --throttle 15000 >"$T/fifo" \
		    2>"$T/words" &
		pids=$!
		apply --state "$T/pos" <"$T/fifo" 2>"$T/err" &
		sink=$!
		pids="$pids $sink"
		sleep 0.$(((i * 37 + $$) % 90 + 10))
		kill -KILL $sink 2>/dev/null
		wait $pids 2>/dev/null
		pids=
		! grep -q 'a copy begins' "$T/err" || refused=$((refused + 1))
		changes $((i % 5))
	done
	tries=0
	for tries in 1 2 3; do
		snapshot --mode initial --until now --state "$T/pos" \
		    2>"$T/words" |
		    { apply --state "$T/pos" 2>"$T/err"; echo $? >"$T/status"; }
		status=$(cat "$T/status")
		[ "$status" -ne 0 ] || break
	done
	exits 0 "after twelve kills (refused: $refused; now: $tries)" ||
	    sed 's/^/# /' "$T/words"
	same_rows "after twelve kills"
}

v=11.8
mariadb_have $v || skip_all "no MariaDB $v here"
mariadb_start $v "$T/from" && from=$T/from
mariadb_start $v "$T/to" --server-id=2 && to=$T/to
behind
hinted
storm
pair_stop
done_testing
