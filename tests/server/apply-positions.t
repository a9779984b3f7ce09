#!/bin/sh
# cdc-apply: where a stream may begin and end, transactions that are seen whole,
# servers and locks that go away.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"
. "$src/tests/applied.sh"

# Where a stream may begin, and end.
positions() {
	both -e "CREATE OR REPLACE DATABASE p; CREATE TABLE p.t
	    (id INT AUTO_INCREMENT PRIMARY KEY, v INT)"
	from_sql p -e "INSERT INTO t (v) VALUES (1); INSERT INTO t (v) VALUES (2);
	    INSERT INTO t (v) SELECT seq FROM seq_1_to_5"
	tail_of --from "$since" >"$T/stream"
	run_on "$T/stream" apply --name $name --state "$T/$v.pos"
	exits 0 "$v: --state"
	is "$(jq -r .gtid "$T/$v.pos")" "$(now)" "$v: the file is the position"
	is "$(cdc-apply -S "$to/sock" --name $name --show-state | jq -r .gtid)" \
	    "$(now)" "$v: --show-state"
	from_sql p -e 'INSERT INTO t (v) VALUES (8)'
	cdc-tail -q -S "$from/sock" --state "$T/$v.pos" --until now |
	    apply --name $name --state "$T/$v.pos" 2>"$T/err"
	is "$(counter records)" 1 "$v: cdc-tail --state goes on there"
	equal p.t "rows"
	from_sql p -e 'INSERT INTO t (v) VALUES (9)'
	tail_of --from now >"$T/stream"
	run_on "$T/stream" apply --name $name
	exits 78 "$v: a gap: 78"
	err_like 'transactions are missing' "$v: is said"
	tail_of --from "$since" | grep -v '"beat":"last"' >"$T/stream"
	new_name
	run_on "$T/stream" apply --name $name
	exits 75 "$v: no last heartbeat: 75"
	grep '"op"' "$T/stream" | cdc-unwrap >"$T/rows"
	run_on "$T/rows" apply --name $name
	exits 64 "$v: no heartbeat at all: 64"
	run_on "$T/rows" apply --no-state
	exits 0 "$v: unless --no-state"
	equal p.t "unwrapped rows"
	head -c 2000 "$T/stream" >"$T/cut"
	new_name
	run_on "$T/cut" apply --name $name
	exits 75 "$v: a cut line: 75"
	tail_of --from "$since" >"$T/stream"
	{
		grep '"beat":"first"\|tableChanges' "$T/stream"
		grep '"op"' "$T/stream" | sed -n 2p
		grep '"op"' "$T/stream" | sed -n 1p
		grep '"beat":"last"' "$T/stream"
	} >"$T/back"
	new_name
	run_on "$T/back" apply --name $name
	exits 65 "$v: sequence numbers that go back: 65"
	err_like 'gtid_strict_mode' "$v: what to do about it"
	run_on "$T/back" apply --name $name --gtid-order arrival
	exits 0 "$v: --gtid-order arrival"
	is "$(counter records)" 2 "$v: takes them as they come"
	run apply --name other --forget
	exits 78 "$v: --forget of a name that is none: 78"
	head -n 1 "$T/stream" | apply -q --name other 2>/dev/null
	run apply --name other --forget
	exits 0 "$v: --forget"
	is "$(jq -r .name "$T/out")" other "$v: … says what it forgot"
	run apply --name other --show-state
	exits 78 "$v: nothing is stored: 78"
	# two of one name
	mkfifo "$T/$v.fifo"
	cdc-apply -q -S "$to/sock" --name $name <"$T/$v.fifo" 2>/dev/null &
	busy=$!
	exec 4>"$T/$v.fifo"
	head -n 1 "$T/stream" >&4
	eventually is_kept
	run_on "$T/stream" apply --name $name
	exits 75 "$v: a second one: 75"
	err_like 'another cdc-apply' "$v: is said"
	exec 4>&-
	wait $busy
	busy=
	# somebody else moves it
	tail_of --from "$since" >"$T/stream"
	new_name
	apply --name $name <"$T/stream" 2>/dev/null
	from_sql p -e 'INSERT INTO t (v) VALUES (10)'
	before=$(to_sql -N -e 'SELECT COUNT(*) FROM p.t')
	tail_of --from "$since" >"$T/stream"
	: >"$T/err"
	cdc-apply -q -S "$to/sock" --name $name <"$T/$v.fifo" 2>>"$T/err" &
	busy=$!
	exec 4>"$T/$v.fifo"
	head -n 1 "$T/stream" >&4
	wait_taken "$T/$v.fifo"
	to_sql -e "UPDATE cdc.cdc_offsets SET gtid = '0-1-1'"
	tail -n +2 "$T/stream" >&4
	exec 4>&-
	wait $busy
	is $? 75 "$v: the position was moved: 75"
	busy=
	is "$(to_sql -N -e 'SELECT COUNT(*) FROM p.t')" "$before" \
	    "$v: and nothing is applied"
}

# Transactions of the source are seen whole, soon.
whole() {
	both -e "CREATE OR REPLACE DATABASE w; CREATE TABLE w.t (id INT PRIMARY KEY)"
	from_sql w -e "INSERT INTO t SELECT seq FROM seq_1_to_20"
	tail_of --from "$since" >"$T/stream"
	rm -f "$T/$v.fifo"
	mkfifo "$T/$v.fifo"
	: >"$T/err"
	cdc-apply -q -S "$to/sock" --name $name --batch 5 <"$T/$v.fifo" \
	    2>>"$T/err" &
	busy=$!
	exec 4>"$T/$v.fifo"
	grep -v '"beat":"last"' "$T/stream" | head -n 12 >&4
	wait_taken "$T/$v.fifo"
	is "$(to_sql -N -e 'SELECT COUNT(*) FROM w.t')" 0 \
	    "$v: half a transaction is not seen"
	tail -n +13 "$T/stream" | grep -v '"beat":"last"' >&4
	wait_taken "$T/$v.fifo"
	is "$(to_sql -N -e 'SELECT COUNT(*) FROM w.t')" 0 \
	    "$v: nor one whose end is not known"
	grep '"beat":"last"' "$T/stream" >&4
	for _ in $(seq 20); do
		seen=$(to_sql -N -e 'SELECT COUNT(*) FROM w.t')
		[ "$seen" = 0 ] || break
		sleep 0.1
	done
	is "$seen" 20 "$v: then at once"
	: >"$T/err"
	kill -USR1 $busy
	wait_for "$T/err" '"tool"'
	is "$(counter transactions)" 1 "$v: SIGUSR1"
	kill -TERM $busy
	wait $busy
	is $? 0 "$v: SIGTERM: 0"
	busy=
	exec 4>&-
	to_sql -e 'DELETE FROM w.t'
	new_name
	grep -v '"beat":"last"' "$T/stream" | head -n 14 |
	    apply --name $name --batch 5 --split-transactions 2>"$T/err"
	is "$(to_sql -N -e 'SELECT COUNT(*) FROM w.t')" 10 \
	    "$v: --split-transactions: a part"
	is "$(cdc-apply -S "$to/sock" --name $name --show-state |
	    jq -c .partial.total_order)" 10 "$v: which the position knows"
	apply --name $name --batch 5 --split-transactions <"$T/stream" \
	    2>"$T/err"
	is "$(counter records)" 10 "$v: the rest is applied"
	equal w.t "all of it"
}

# A server that goes away, and locks.
failures() {
	both -e "CREATE OR REPLACE DATABASE f; CREATE TABLE f.t
	    (id INT PRIMARY KEY, v INT)"
	from_sql f -e "INSERT INTO t SELECT seq, 0 FROM seq_1_to_100"
	tail_of --from "$since" >"$T/stream"
	to_sql -e 'SET GLOBAL innodb_lock_wait_timeout = 1;
	    INSERT INTO f.t VALUES (50, 1)'
	: >"$T/locked"
	to_sql -N --unbuffered -e 'BEGIN; UPDATE f.t SET v = 5;
	    SELECT "locked"; SELECT SLEEP(3); COMMIT' >"$T/locked" &
	locker=$!
	wait_for "$T/locked" locked
	run_on "$T/stream" apply --name $name --retry-delay 200ms
	exits 0 "$v: a lock that passes"
	[ "$(counter retries)" -gt 0 ]
	result $? "$v: was waited for"
	wait $locker
	to_sql -e 'SET GLOBAL innodb_lock_wait_timeout = 50'
	equal f.t "rows"
	since=$(now)
	new_name
	rm -f "$T/$v.fifo"
	mkfifo "$T/$v.fifo"
	from_sql f -e "UPDATE t SET v = 9"
	tail_of --from "$since" >"$T/stream"
	: >"$T/err"
	cdc-apply -q -S "$to/sock" --name $name --retry-delay 200ms \
	    <"$T/$v.fifo" 2>>"$T/err" &
	busy=$!
	exec 4>"$T/$v.fifo"
	head -n 20 "$T/stream" >&4
	wait_taken "$T/$v.fifo"
	to_sql -N -e "SELECT CONCAT('KILL ', id, ';') FROM
	    information_schema.PROCESSLIST WHERE id <> CONNECTION_ID() AND
	    command = 'Sleep'" | to_sql 2>/dev/null
	tail -n +21 "$T/stream" >&4
	exec 4>&-
	wait $busy
	is $? 0 "$v: a killed connection"
	busy=
	equal f.t "nothing is lost"
	run cdc-apply -S "$T/none" --retries 0
	exits 69 "$v: no server: 69"
}

on_versions positions whole failures
done_testing
