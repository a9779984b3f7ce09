#!/bin/sh
# cdc-tail --signal: tables that are copied while the stream runs.  That rows
# are neither lost nor older than the stream, under load and kills, is
# signal-storm.t's.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

tails=
cleanup() {
	[ -z "$tails" ] || kill $tails 2>/dev/null
	pair_stop
}
sql() { mariadb_sql "$from" "$@"; }
live() { cdc-tail -S "$from/sock" -u root "$@"; }

# Start one beside us, its lines in $T/lines and its words in $T/words.
start() {
	: >"$T/lines"
	now=$(sql -N -e 'SELECT @@gtid_binlog_pos')
	cdc-tail -S "$from/sock" -u root -v --from "$now" \
	    --signal x.signals "$@" >"$T/lines" 2>"$T/words" &
	tails=$!
}
stop() {
	kill $tails 2>/dev/null
	wait $tails
	status=$?
	tails=
}
# usage: signal ID TYPE [DATA]
signal() {
	sql -e "INSERT INTO x.signals VALUES ('$1', '$2', '${3:-}')"
}
# usage: copy ID TABLES [FILTER]     of TABLES, of those that FILTER likes
copy() {
	where=
	[ $# -lt 3 ] || where=", \"additional-conditions\": [{
	    \"data-collection\": \"$2\", \"filter\": \"$3\"}]"
	signal "$1" execute-snapshot \
	    "{\"data-collections\": [\"$2\"]$where}"
}
whole() { wait_for "$T/words" "table $1 is copied: " "${2:-1}"; }
# A copy whose condition is `GET_LOCK(HEX(7), 60) = 1` is held while it reads a row,
# from `hold 7` to `let_go 7`.
hold() {
	sql -e "SELECT GET_LOCK(HEX($1), 60) AND SLEEP(600)" >/dev/null 2>&1 &
	doing "STATE = 'User sleep' AND INFO LIKE '%GET_LOCK(HEX($1)%'"
}
let_go() {
	ends "STATE = 'User sleep' AND INFO LIKE '%GET_LOCK(HEX($1)%'"
}
held() { doing "STATE = 'User lock'"; }
blocked() { doing "STATE LIKE 'Waiting for%lock' AND INFO LIKE '$1%'"; }
connections() {
	sql -N -e "SELECT ID FROM information_schema.PROCESSLIST WHERE $1
	    AND ID <> CONNECTION_ID()"
}
are_connections() { [ -n "$(connections "$1")" ]; }
doing() { eventually are_connections "$1"; }
ends() { for id in $(connections "$1"); do sql -e "KILL $id"; done; }
# The records of a table, as "op key after".
rows() {
	jq -r --arg t "$1" 'select(.payload.source.table == $t) |
	    "\(.payload.op) \(.key | tojson) \(.payload.after | tojson)"' \
	    "$T/lines"
}
ids() { jq -r 'select(.payload.op == "r") | .key.id' "$T/lines" | tr '\n' ' '; }

refuses() {
	run live --from now --signal signals
	exits 64 "$v: a signal table without its database"
	err_like 'signals: not db.table' "$v: which"
	run live --from now --signal x.none
	exits 78 "$v: one that is not there"
	err_like 'CREATE TABLE `x`.`none` \(id VARCHAR\(42\)' "$v: how to make it"
	run live --from now --signal x.a
	exits 78 "$v: one of other columns"
	run live --from now --signal x.signals --include-server-id 1
	exits 64 "$v: our own transactions must not be left out"
	run live --from now --signal x.signals --chunk-size 0
	exits 64 "$v: chunks without rows"
	run cdc-tail --signal x.signals "$src/examples/data/mariadb-bin.000001"
	exits 64 "$v: files have no signals"
}

copies() {
	sql -D x -e 'INSERT INTO a SELECT seq, seq * 10 FROM seq_1_to_10'
	start --chunk-size 4 --transactions
	copy one x.a
	whole x.a
	sql -e 'UPDATE x.a SET v = 5 WHERE id = 5'
	wait_for "$T/lines" '"op":"u"'
	stop
	is "$status" 0 "$v: stopped by a signal of the other kind"
	is "$(ids)" "1 2 3 4 5 6 7 8 9 10 " "$v: all rows, in order"
	is "$(rows a | sed -n '5p;11p')" 'r {"id":5} {"id":5,"v":50}
u {"id":5} {"id":5,"v":5}' "$v: as the stream prints them"
	is "$(jq -r 'select(.payload.op == "r") | .payload | [.source.snapshot,
	    .source.gtid == .transaction.id, .transaction.total_order] |
	    tojson' "$T/lines" | head -n 5 | sort | uniq -c | tr -s ' \n' ' ')" \
	    ' 2 ["incremental",true,1] 1 ["incremental",true,2] 1 ["incremental",true,3] 1 ["incremental",true,4] ' \
	    "$v: part of the transaction of the second watermark"
	is "$(jq -r 'select(.payload.status == "END") | .payload |
	    select(.event_count > 1) | .data_collections[0] | tojson' \
	    "$T/lines" | uniq -c | tr -s ' \n' ' ')" \
	    ' 2 {"data_collection":"x.a","event_count":4} 1 {"data_collection":"x.a","event_count":2} ' \
	    "$v: and counted there"
	is "$(grep -c signals "$T/lines")" 0 "$v: signals are not printed"
	is "$(sql -N -e 'SELECT id FROM x.signals')" one "$v: and stay alone"
}

# What happens between a chunk's watermarks is in the stream, and in no r.
stream_is_newer() {
	start --chunk-size 100
	hold 7
	copy slow x.a 'GET_LOCK(HEX(7), 60) = 1'
	held
	sql -e 'UPDATE x.a SET v = 0 WHERE id = 9; DELETE FROM x.a WHERE id = 1;
	    UPDATE x.a SET id = 11 WHERE id = 2;
	    INSERT INTO x.a VALUES (12, 120)'
	let_go 7
	whole x.a
	stop
	is "$(ids)" "3 4 5 6 7 8 10 " "$v: rows that changed meanwhile"
	is "$(rows a | head -n 5)" 'u {"id":9} {"id":9,"v":0}
d {"id":1} null
d {"id":2} null
c {"id":11} {"id":11,"v":20}
c {"id":12} {"id":12,"v":120}' "$v: are told by the stream alone"

	# … and where they changed before they were read
	start --chunk-size 3
	hold 7
	copy locked x.a 'id > 3 OR GET_LOCK(HEX(7), 60) = 1'
	held
	{
		echo 'LOCK TABLES x.a WRITE;'
		blocked LOCK >&2
		let_go 7
		blocked SELECT >&2
		echo 'UPDATE x.a SET v = 77 WHERE id = 7;
		    DELETE FROM x.a WHERE id = 6;
		    INSERT INTO x.a VALUES (1, 1); UNLOCK TABLES'
	} | sql --unbuffered
	whole x.a
	stop
	is "$(ids)" "3 4 5 8 9 10 11 12 " "$v: the same where they were read so"
	start --chunk-size 100
	hold 7
	copy emptied x.a 'GET_LOCK(HEX(7), 60) = 1'
	held
	sql -e 'CREATE TABLE x.b LIKE x.a; INSERT INTO x.b SELECT * FROM x.a;
	    SET lock_wait_timeout = 1; TRUNCATE x.a' 2>/dev/null
	let_go 7
	whole x.a
	stop
	sql -e 'TRUNCATE x.a; INSERT INTO x.a SELECT * FROM x.b; DROP TABLE x.b'
	is "$(ids)" "1 3 4 5 7 8 9 10 11 12 " "$v: a statement that is refused"
}

# usage: between_chunks SIGNAL STATEMENT     which waits for the second one
between_chunks() {
	hold 7
	copy "$1" x.a 'id < 4 OR GET_LOCK(HEX(7), 60) = 1'
	held
	sql -e "$2" &
	waits=$!
	blocked ALTER
	let_go 7
	wait $waits
}

alters() {
	start --chunk-size 2
	between_chunks alter 'ALTER TABLE x.a ADD w INT DEFAULT 7 FIRST'
	whole x.a
	stop
	is "$(ids)" "1 3 4 5 7 8 9 10 11 12 " "$v: a table that is altered"
	is "$(rows a | sed -n '1p;$p')" 'r {"id":1} {"id":1,"v":1}
r {"id":12} {"w":7,"id":12,"v":120}' "$v: its rows, before and behind"
	start --chunk-size 2
	between_chunks key 'ALTER TABLE x.a CHANGE id k INT'
	wait_for "$T/words" 'table x.a: its key was altered: it is not copied'
	result $? "$v: another key"
	stop
	sql -e 'ALTER TABLE x.a CHANGE k id INT, DROP w'
}

pauses() {
	start --chunk-size 1 --control
	hold 7
	hold 8
	copy long x.a 'id < 4 OR GET_LOCK(HEX(IF(id < 9, 7, 8)), 60) = 1'
	held
	signal p1 pause-snapshot
	let_go 7
	wait_for "$T/lines" '"paused":true'
	n=$(ids | wc -w)
	sleep 0.5
	is "$(ids | wc -w)" "$n" "$v: a copy pauses"
	sql -e 'INSERT INTO x.n VALUES (1)'
	wait_for "$T/lines" '"table":"n".*"op":"c"'
	result $? "$v: the stream goes on"
	is "$(jq -r '.payload.incremental.paused // empty' "$T/lines" |
	    tail -n 1)" true "$v: a heartbeat says so"
	signal p2 resume-snapshot '{"type": "INCREMENTAL"}'
	wait_for "$T/lines" '"op":"r"' $((n + 1))
	result $? "$v: and is resumed"
	held
	copy behind x.c
	signal p3 stop-snapshot '{"data-collections": ["x.a"]}'
	let_go 8
	whole x.c
	result $? "$v: one is stopped, and the one behind it is not"
	n=$(rows a | wc -l)
	[ "$n" -lt 10 ]
	result $? "$v: it is not whole"
	is "$(jq -c '.payload.incremental // empty' "$T/lines" | tail -n 1 |
	    jq -c '[.copies[].signal]')" '["behind"]' "$v: what is left"
	hold 7
	copy more x.a 'id < 9 OR GET_LOCK(HEX(7), 60) = 1'
	held
	signal p4 stop-snapshot
	let_go 7
	for _ in $(seq $patience); do
		! tail -n 1 "$T/lines" | grep '"beat"' |
		    grep -qv '"incremental"' || break
		sleep 0.1
	done
	stop
	is "$(tail -n 1 "$T/lines" | jq -c .payload.incremental)" null \
	    "$v: all are stopped"
}

warns() {
	start
	signal w1 make-coffee
	signal w2 execute-snapshot '{"data-collections": '
	signal w3 execute-snapshot '{}'
	signal w4 execute-snapshot '{"data-collections": ["x.a"],
	    "surrogate-key": "v"}'
	signal w5 execute-snapshot '{"data-collections": ["x.a"],
	    "type": "BLOCKING"}'
	copy w6 x.none
	copy w7 x.n
	copy w8 x.f
	copy w9 x.a 'no such sql'
	copy w10 'x.(a'
	signal w12 execute-snapshot '{"data-collections": ["x.b"],
	    "data-collections": ["x.a"]}'
	signal w11 snapshot-window-open 'x'
	# escaped as other programs do
	signal last execute-snapshot '{"\\u0064ata-\\u0063ollections":
	    ["\\u0078.a"], "\\u0074ype": "\\u0049ncremental"}'
	whole x.a
	stop
	for word in 'w1: unknown type make-coffee' \
	    'w2: its data is not a JSON object' 'w3: it names no data-coll' \
	    'w4: surrogate-key is not known' 'w5: type is not "incremental"' \
	    'w6: "x.none" is not a captured table' 'w7: table x.n: it has no key in' \
	    'w8: table x.f: it has no key in' \
	    'w9: table x.a: .*You have an error in your SQL' \
	    'w10: .*missing' 'w12: its data has a name twice'; do
		grep -q "signal $word" "$T/words"
		result $? "$v: signal $word"
	done
	is "$(grep -c w11 "$T/words")" 0 "$v: windows of others are none"
	is "$(ids)" "1 3 4 5 7 8 9 10 11 12 " "$v: what follows is done"
}

# Keys of all kinds, three rows at a time: each row once, as in the stream.
keys() {
	sql -D k <<-'SQL'
	CREATE TABLE k1 (a INT, b VARCHAR(9), c INT, PRIMARY KEY (b, a));
	INSERT INTO k1 SELECT seq, CONCAT('x', seq % 4), 1 FROM seq_1_to_20;
	CREATE TABLE k2 (a UUID PRIMARY KEY);
	INSERT INTO k2 SELECT CONCAT(LEFT(MD5(seq), 8), '-1111-1111-8111-',
	    RIGHT(MD5(seq), 12)) FROM seq_1_to_20;
	CREATE TABLE k3 (a INET6 PRIMARY KEY);
	INSERT INTO k3 SELECT CONCAT('2001:', HEX(seq), '::') FROM seq_1_to_20;
	CREATE TABLE k4 (a VARBINARY(9) PRIMARY KEY);
	INSERT INTO k4 SELECT UNHEX(LEFT(MD5(seq), 12)) FROM seq_1_to_20;
	CREATE TABLE k5 (a DECIMAL(20,5), b DATETIME(3), PRIMARY KEY (a, b));
	INSERT INTO k5 SELECT seq / 7 - 1, '2025-01-01' + INTERVAL seq SECOND
	    FROM seq_1_to_20;
	CREATE TABLE k6 (a TIMESTAMP(6) PRIMARY KEY, b TIME);
	INSERT INTO k6 SELECT '2025-10-26' + INTERVAL seq * 10 MINUTE,
	    SEC_TO_TIME(seq) FROM seq_1_to_20;
	CREATE TABLE k7 (a VARCHAR(9) CHARACTER SET latin1 PRIMARY KEY);
	INSERT INTO k7 SELECT CONCAT('é', CHAR(64 + seq)) FROM seq_1_to_20;
	CREATE TABLE k8 (a BIGINT UNSIGNED, b INT NOT NULL, UNIQUE (b));
	INSERT INTO k8 SELECT 18446744073709551600 - seq, -seq
	    FROM seq_1_to_20;
	CREATE TABLE k9 (a INT PRIMARY KEY, b INT) WITH SYSTEM VERSIONING;
	INSERT INTO k9 SELECT seq, seq FROM seq_1_to_20;
	UPDATE k9 SET b = 0 WHERE a = 3;
	CREATE TABLE `k``"0` (`i d` INT PRIMARY KEY, `"` TEXT);
	INSERT INTO `k``"0` SELECT seq, "it's \\ \"so\"" FROM seq_1_to_20;
	SQL
	start --chunk-size 3 --time string
	copy keys 'k[.]k.*'
	whole 'k.k."0'
	stop
	live --time string --from earliest --until now -t 'k\..*' |
	    jq -c 'select(.payload.after) | [.topic, .key, .payload.after]' |
	    sort >"$T/want"
	jq -c 'select(.payload.op == "r") | [.topic, .key, .payload.after]' \
	    "$T/lines" | sort >"$T/got"
	grep -v '"a":3,"b":3' "$T/want" >"$T/wanted"
	same "$T/got" "$T/wanted" "$v: keys of all kinds: as in the stream"
	is "$(wc -l <"$T/got")" 200 "$v: 200 rows"
}

# Large rows come fewer at a time.
is_flat() {
	sql -D k -e "CREATE TABLE big (id INT PRIMARY KEY, b LONGTEXT);
	    INSERT INTO big SELECT seq, REPEAT('x', 3000000)
	    FROM seq_1_to_50"
	start --chunk-size 50 --control
	copy big k.big
	whole k.big
	peak=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\) kB/\1/p' /proc/$tails/status)
	stop
	is "$(ids | wc -w)" 50 "$v: rows of 3 MB"
	[ "$peak" -lt 100000 ]
	result $? "$v: memory does not grow with the chunk ($peak kB)"
	sql -e 'DROP TABLE k.big'
}

goes_on() {
	start --chunk-size 1
	hold 7
	copy killed x.a 'id < 4 OR GET_LOCK(HEX(7), 60) = 1'
	held
	ends "STATE = 'User lock'"
	let_go 7
	whole x.a
	stop
	is "$(ids)" "1 3 4 5 7 8 9 10 11 12 " "$v: its connection was killed"
	grep -q 'retrying in 500 ms' "$T/words"
	result $? "$v: it says so"
	is "$(sql -N -e "SELECT id FROM x.signals WHERE id LIKE 'cdc-%'")" "" \
	    "$v: its window was taken away"
	start --chunk-size 2
	first=$tails
	cp "$T/lines" "$T/second"
	: >"$T/second.words"
	cdc-tail -S "$from/sock" -u root -v --from "$now" \
	    --signal x.signals --chunk-size 3 >"$T/second" \
	    2>"$T/second.words" &
	second=$!
	copy both x.a
	whole x.a
	wait_for "$T/second.words" 'is copied: '
	kill $second
	wait $second
	tails=$first
	stop
	is "$(ids)" "1 3 4 5 7 8 9 10 11 12 " "$v: one of two readers"
	cp "$T/second" "$T/lines"
	is "$(ids)" "1 3 4 5 7 8 9 10 11 12 " "$v: and the other"
}

# Rows of a prepared transaction are in the log, and not in the table.
waits_for_xa() {
	sql -e "XA START 'old'; INSERT INTO x.a VALUES (50, 50);
	    XA END 'old'; XA PREPARE 'old'"
	start --chunk-size 4
	sql -e "XA START 'new', 'b', 7; UPDATE x.a SET v = -1 WHERE id = 5;
	    XA END 'new', 'b', 7; XA PREPARE 'new', 'b', 7"
	copy xa x.a
	wait_for "$T/words" 'an XA transaction is being committed' 2
	result $? "$v: an XA transaction that was prepared before"
	is "$(ids)" "" "$v: is waited for"
	sql -e "XA ROLLBACK 'old'"
	whole x.a
	sql -e "XA COMMIT 'new', 'b', 7"
	wait_for "$T/lines" '"op":"u"'
	stop
	is "$(rows a | tail -n 1)" 'u {"id":5} {"id":5,"v":-1}' \
	    "$v: one that the stream has is told behind the copy"
	is "$(ids)" "1 3 4 5 7 8 9 10 11 12 " "$v: whose rows are as before"
	sql -e 'UPDATE x.a SET v = 50 WHERE id = 5'
}

# With the privileges that the manual names.
has_rights() {
	sql -e 'FLUSH PRIVILEGES; CREATE USER cdc; CREATE USER root@localhost;
	    GRANT ALL ON *.* TO root@localhost WITH GRANT OPTION;
	    GRANT REPLICATION SLAVE ON *.*
	    TO cdc; GRANT SELECT ON x.a TO cdc; GRANT SELECT, INSERT ON
	    x.signals TO cdc'
	run cdc-tail -S "$from/sock" -u cdc --from "$now" --signal x.signals
	exits 78 "$v: an account that may not delete from the signal table"
	err_like 'DELETE command denied' "$v: what it may not"
	sql -e 'GRANT DELETE ON x.signals TO cdc'
	start -u cdc
	copy rights x.a
	copy none x.c
	whole x.a
	stop
	is "$(ids)" "1 3 4 5 7 8 9 10 11 12 " "$v: one that may"
	grep -q 'none: "x.c" is not a captured table' "$T/words"
	result $? "$v: and what it may not read"
}

# Start a pipeline into the replica, with a state; wait for its end.
sink_options='--insert-mode insert'
pipeline() {
	rm -f "$T/pipe"
	mkfifo "$T/pipe"
	cdc-tail -S "$from/sock" -u root -t 'x\..*' --from "$begin" \
	    --state "$T/pos" -v "$@" >"$T/pipe" 2>"$T/words" &
	tails=$!
	cdc-apply -q -S "$to/sock" -u root --state "$T/pos" $sink_options \
	    <"$T/pipe" 2>"$T/err" &
	sink=$!
}
end_pipeline() {
	wait $tails
	wait $sink
	status=$?
	tails=
}

keeps_state() {
	mariadb_sql "$to" -e 'CREATE DATABASE x; CREATE TABLE x.a
	    (id INT PRIMARY KEY, v INT); INSERT INTO x.a VALUES (3, -3)'
	begin=$(sql -N -e 'SELECT @@gtid_binlog_pos')
	copy kept x.a 'SLEEP(0.05) = 0'
	signal hold pause-snapshot
	pipeline --until now --signal x.signals --chunk-size 2
	end_pipeline
	is "$(jq -r '.incremental | [.copies[0].signal, .paused] | tojson' \
	    "$T/pos")" '["kept",true]' "$v: the state tells of a copy"
	copy kept2 x.c
	sql -e "DELETE FROM x.signals WHERE id = 'kept';
	    UPDATE x.a SET v = 0 WHERE id = 1"
	begin=9-9-9
	pipeline --until now
	end_pipeline
	grep -q 'signal continues it' "$T/words"
	result $? "$v: without --signal it waits"
	is "$(jq -r '.incremental.copies[0].signal' "$T/pos")" kept \
	    "$v: and is kept"
	signal go resume-snapshot
	mariadb_sql "$to" -e 'DELETE FROM x.a WHERE id = 1;
	    CREATE TABLE x.c (id INT PRIMARY KEY)'
	pipeline --signal x.signals --chunk-size 2 --until now
	end_pipeline
	is "$status" 0 "$v: now is when all is copied"
	is "$(mariadb_sql "$to" -N -e 'CHECKSUM TABLE x.a')" \
	    "$(sql -N -e 'CHECKSUM TABLE x.a')" "$v: it goes on from there"
	is "$(jq -r .incremental "$T/pos")" null "$v: and ends"
}

# Rows of which the log does not tell all, and which move from what is not yet
# copied to where nobody reads any more: in front of it, or past its end.  Both
# while a chunk is read, and across a kill.
moves() {
	sink_options=
	for server in "$from" "$to"; do
		mariadb_sql "$server" -e 'CREATE TABLE x.m (id INT PRIMARY KEY,
		    v INT, w DATETIME)'
	done
	sql -D x -e "INSERT INTO m SELECT seq * 10, seq, '2025-01-01' + INTERVAL
	    seq HOUR FROM seq_1_to_12"
	begin=$(sql -N -e 'SELECT @@gtid_binlog_pos')
	rm -f "$T/pos"
	cdc-apply -S "$to/sock" -u root --forget >"$T/forgotten"
	hold 7
	hold 8
	copy moves x.m \
	    'id NOT IN (5, 40) OR GET_LOCK(HEX(IF(id = 5, 8, 7)), 60) = 1'
	pipeline --signal x.signals --chunk-size 2
	held
	sql -D x -e 'SET binlog_row_image = MINIMAL;
	    UPDATE m SET id = 5 WHERE id = 90;
	    UPDATE m SET id = 200, v = -1 WHERE id = 120;
	    UPDATE m SET id = 15 WHERE id = 50;
	    UPDATE m SET id = 6 WHERE id = 80;
	    UPDATE m SET id = 7 WHERE id = 6;
	    UPDATE m SET id = 41 WHERE id = 40;
	    UPDATE m SET id = 25 WHERE id = 20'
	let_go 7
	doing "STATE = 'User lock' AND INFO LIKE '%\`id\` = 5)%'"
	kill -KILL $tails
	end_pipeline 2>/dev/null
	is "$status $(jq -c '.incremental.copies[0].moved' "$T/pos")" \
	    '75 [{"id":5},{"id":200},{"id":15},{"id":6},{"id":7},{"id":40},{"id":41},{"id":25}]' \
	    "$v: killed while the state tells of rows that moved"
	let_go 8
	sql -D x -e 'SET binlog_row_image = MINIMAL;
	    UPDATE m SET id = 8 WHERE id = 110'
	begin=9-9-9
	pipeline --until now
	end_pipeline
	pipeline --signal x.signals --chunk-size 2 --until now
	end_pipeline
	is "$status" 0 "$v: and it goes on"
	mariadb_sql "$to" -N -e 'SELECT * FROM x.m ORDER BY id' >"$T/got"
	sql -N -e 'SELECT * FROM x.m ORDER BY id' >"$T/want"
	same "$T/got" "$T/want" "$v: rows that moved away are copied, too"
	moves_back
	moves_many
}

# Rows that were read after they had changed their places.
moves_back() {
	for server in "$from" "$to"; do
		mariadb_sql "$server" -e 'CREATE TABLE x.w (id INT PRIMARY KEY,
		    v INT)'
	done
	sql -D x -e 'INSERT INTO w SELECT seq, seq FROM seq_1_to_6'
	hold 7
	copy back x.w 'id > 2 OR GET_LOCK(HEX(7), 60) = 1'
	pipeline --signal x.signals --chunk-size 2 --until now
	held
	{
		echo 'SET binlog_row_image = MINIMAL; LOCK TABLES x.w WRITE;'
		blocked LOCK >&2
		let_go 7
		blocked SELECT >&2
		echo 'UPDATE x.w SET id = 9 WHERE id = 3;
		    UPDATE x.w SET id = 3 WHERE id = 4;
		    UPDATE x.w SET id = 4 WHERE id = 9; UNLOCK TABLES'
	} | sql --unbuffered
	end_pipeline
	is "$status $(mariadb_sql "$to" -N -e 'SELECT GROUP_CONCAT(v ORDER BY
	    id) FROM x.w')" '0 1,2,4,3,5,6' "$v: rows that changed their places"
}

# Two tables change their names while one of them is copied: its rows go on under
# a name that nobody asked for, and those of the other come under its own.
swaps() {
	sink_options='--schema-evolution apply-ddl'
	for server in "$from" "$to"; do
		mariadb_sql "$server" -D x -e 'CREATE TABLE r1 (id INT PRIMARY
		    KEY, v CHAR(1)); CREATE TABLE r2 LIKE r1'
	done
	sql -D x -e "INSERT INTO r1 SELECT seq, 'a' FROM seq_1_to_6;
	    INSERT INTO r2 SELECT seq, 'b' FROM seq_1_to_4"
	begin=$(sql -N -e 'SELECT @@gtid_binlog_pos')
	rm -f "$T/pos"
	cdc-apply -S "$to/sock" -u root --forget >"$T/forgotten"
	hold 7
	copy swaps x.r1 'id <> 3 OR GET_LOCK(HEX(7), 60) = 1'
	pipeline --signal x.signals --chunk-size 2 --until now --schema-changes
	held
	sql -D x -e 'RENAME TABLE r1 TO r9, r2 TO r1, r9 TO r2' &
	renames=$!
	blocked RENAME
	let_go 7
	wait $renames
	end_pipeline
	is "$status $(mariadb_sql "$to" -D x -N -e 'SELECT GROUP_CONCAT(v ORDER
	    BY id) FROM r1 UNION ALL SELECT GROUP_CONCAT(v ORDER BY id) FROM
	    r2' | paste -sd ' ')" '0 b,b,b,b a,a,a,a,a,a' \
	    "$v: names that are swapped during a copy" ||
	    sed 's/^/# /' "$T/words" "$T/err"
	sink_options=
}

# Rows come into a table that is copied, and go from it, with a partition.
exchanges() {
	sink_options='--schema-evolution apply-ddl'
	for server in "$from" "$to"; do
		mariadb_sql "$server" -D x -e 'CREATE TABLE e1 (id INT PRIMARY
		    KEY, v CHAR(1)); CREATE TABLE e2 (id INT PRIMARY KEY, v
		    CHAR(1)) PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS
		    THAN (10), PARTITION p1 VALUES LESS THAN (20))'
	done
	sql -D x -e "INSERT INTO e1 SELECT seq, 'a' FROM seq_3_to_6;
	    INSERT INTO e2 SELECT seq, 'b' FROM seq_1_to_12"
	for table in e1 e2; do
		begin=$(sql -N -e 'SELECT @@gtid_binlog_pos')
		rm -f "$T/pos"
		cdc-apply -S "$to/sock" -u root --forget >"$T/forgotten"
		mariadb_sql "$to" -D x -e 'DELETE FROM e1; DELETE FROM e2'
		hold 7
		copy exchange-$table x.$table \
		    'id <> 5 OR GET_LOCK(HEX(7), 60) = 1'
		pipeline --signal x.signals --chunk-size 2 --until now \
		    --schema-changes
		held
		sql -D x -e 'ALTER TABLE e2 EXCHANGE PARTITION p0 WITH TABLE
		    e1' &
		exchange=$!
		blocked ALTER
		let_go 7
		wait $exchange
		end_pipeline
		is "$status $(mariadb_sql "$to" -D x -N -e 'SELECT GROUP_CONCAT(
		    id, v ORDER BY id) FROM e1 UNION ALL SELECT GROUP_CONCAT(
		    id, v ORDER BY id) FROM e2' | paste -sd ' ')" "0 $(sql -D x \
		    -N -e 'SELECT GROUP_CONCAT(id, v ORDER BY id) FROM e1 UNION
		    ALL SELECT GROUP_CONCAT(id, v ORDER BY id) FROM e2' |
		    paste -sd ' ')" \
		    "$v: a partition that is exchanged while $table is copied" ||
		    sed 's/^/# /' "$T/words" "$T/err"
	done
	sink_options=
}

# More than a heartbeat is to tell of.
moves_many() {
	for server in "$from" "$to"; do
		mariadb_sql "$server" -e 'CREATE TABLE x.l
		    (k VARCHAR(255) PRIMARY KEY, v INT)'
	done
	sql -D x -e "INSERT INTO l SELECT CONCAT(seq, REPEAT('x', 220)), seq
	    FROM seq_101_to_420"
	hold 7
	copy many x.l "k NOT LIKE ''250%'' OR GET_LOCK(HEX(7), 60) = 1"
	pipeline --signal x.signals --chunk-size 100 --until now
	held
	sql -D x -e "SET binlog_row_image = MINIMAL;
	    UPDATE l SET k = CONCAT('0', k)"
	let_go 7
	end_pipeline
	grep -q 'x.l: more rows moved .*starts over' "$T/words"
	result $? "$v: where too many moved, a copy starts over"
	is "$status $(mariadb_sql "$to" -N -e 'CHECKSUM TABLE x.l')" \
	    "0 $(sql -N -e 'CHECKSUM TABLE x.l')" "$v: and is whole"
}

# Rows that a foreign key changes: their parents come first, and what is read
# while those change is read again.
cascades() {
	for server in "$from" "$to"; do
		mariadb_sql "$server" -D x -e 'CREATE TABLE cz (id INT PRIMARY
		    KEY); CREATE TABLE cb (id INT PRIMARY KEY, FOREIGN KEY (id)
		    REFERENCES cz (id) ON DELETE CASCADE ON UPDATE CASCADE);
		    CREATE TABLE ca (id INT PRIMARY KEY, z INT, FOREIGN KEY (z)
		    REFERENCES cb (id) ON DELETE CASCADE ON UPDATE CASCADE)'
	done
	sql -D x -e 'INSERT INTO cz SELECT seq FROM seq_1_to_9; INSERT INTO cb
	    SELECT id FROM cz; INSERT INTO ca SELECT id, id FROM cz'
	hold 7
	signal casc execute-snapshot '{"data-collections": ["x.c[abz]"],
	    "additional-conditions": [{"data-collection": "x.ca",
	    "filter": "id <> 3 OR GET_LOCK(HEX(7), 60) = 1"}]}'
	pipeline --signal x.signals --chunk-size 2 --until now
	held
	sql -D x -e 'DELETE FROM cz WHERE id IN (1, 4); UPDATE cz SET id = 30
	    WHERE id = 3; UPDATE cz SET id = 80 WHERE id = 8'
	let_go 7
	end_pipeline
	is "$status" 0 "$v: tables with foreign keys that change rows"
	for table in ca cb cz; do
		sql -N -e "SELECT * FROM x.$table ORDER BY id" >"$T/want"
		mariadb_sql "$to" -N -e "SELECT * FROM x.$table ORDER BY id" \
		    >"$T/got"
		same "$T/got" "$T/want" "$v: table $table is copied"
	done
}

# The same of two signals: what a later one asks for comes before what it
# changes, be that begun or not.
# usage: family NAME FILTER CHANGES
family() {
	for server in "$from" "$to"; do
		mariadb_sql "$server" -D x -e 'CREATE OR REPLACE TABLE fp (id INT
		    PRIMARY KEY); CREATE TABLE fc (id INT PRIMARY KEY, z INT,
		    FOREIGN KEY (z) REFERENCES fp (id) ON DELETE CASCADE ON
		    UPDATE CASCADE)'
	done
	sql -D x -e 'INSERT INTO fp SELECT seq FROM seq_1_to_9;
	    INSERT INTO fc SELECT id, id FROM fp'
	begin=$(sql -N -e 'SELECT @@gtid_binlog_pos')
	rm -f "$T/pos"
	cdc-apply -S "$to/sock" -u root --forget >"$T/forgotten"
	hold 7
	copy child-$1 x.fc "$2 OR GET_LOCK(HEX(7), 60) = 1"
	pipeline --signal x.signals --chunk-size 2 --until now
	held
	copy parent-$1 x.fp
	sql -D x -e "$3"
	let_go 7
	end_pipeline
	is "$status" 0 "$v: $1: parents that a later signal asks for"
	for table in fp fc; do
		sql -N -e "SELECT * FROM x.$table ORDER BY id" >"$T/want"
		mariadb_sql "$to" -N -e "SELECT * FROM x.$table ORDER BY id" \
		    >"$T/got"
		same "$T/got" "$T/want" \
		    "$v: $1: table $table is what it is there" ||
		    sed 's/^/# /' "$T/words"
	done
	for server in "$from" "$to"; do
		mariadb_sql "$server" -D x -e 'DROP TABLE fc'
	done
}
families() {
	family first 'id <> 1' 'DELETE FROM fp WHERE id IN (1, 8);
	    UPDATE fp SET id = 30 WHERE id = 2'
	family begun 'id <> 5' 'DELETE FROM fp WHERE id IN (6, 8);
	    UPDATE fp SET id = 30 WHERE id = 2'
	grep -q 'signal parent-begun asks for .* of table x.fc, of which some' \
	    "$T/words"
	result $? "$v: begun: it is said" || sed 's/^/# /' "$T/words"
}

for v in 11.8 10.11; do
	mariadb_have $v || {
		skip "cdc-tail --signal on $v" "no MariaDB $v here"
		continue
	}
	mariadb_start $v "$T/from" --server-id=1 && from=$T/from
	mariadb_start $v "$T/to" --server-id=2 && to=$T/to
	sql -e 'CREATE DATABASE x; CREATE DATABASE k; USE x;
	    CREATE TABLE a (id INT PRIMARY KEY, v INT);
	    CREATE TABLE c (id INT PRIMARY KEY); INSERT INTO c VALUES (1);
	    CREATE TABLE n (i INT); CREATE TABLE f (d DOUBLE PRIMARY KEY);
	    CREATE TABLE signals (id VARCHAR(42) PRIMARY KEY,
	    type VARCHAR(32) NOT NULL, data TEXT)'
	refuses
	copies
	stream_is_newer
	alters
	pauses
	warns
	keys
	is_flat
	goes_on
	waits_for_xa
	keeps_state
	moves
	swaps
	exchanges
	cascades
	families
	has_rights
	pair_stop
	rm -rf "$T/from" "$T/to" "$T/pos"
done
done_testing
