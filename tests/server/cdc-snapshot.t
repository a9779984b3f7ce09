#!/bin/sh
# cdc-snapshot: rows as the stream prints them, at a position from which it goes
# on; nobody is kept waiting.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

busy=
cleanup() {
	[ -z "$busy" ] || kill $busy 2>/dev/null
	server_stop
}
account=root
sql() { mariadb_sql "$server" -u $account "$@"; }
snapshot() { cdc-snapshot -q -S "$server/sock" -u $account "$@"; }
fold() { perl "$src/tests/server/fold.pl"; }
position() { tail -n 1 "$1" | jq -r '.payload | select(.beat == "last").gtid'; }

tool_basics cdc-snapshot
run cdc-snapshot operand
exits 64 "no operands"
run cdc-snapshot -S "$T/none" --where 'no condition'
exits 64 "--where without a condition"
run cdc-snapshot -S "$T/none"
exits 69 "no server there: 69"

# Every type: a recorded log is executed; the tables that it leaves and the
# records of the log must come to the same.  The logs are 11.8's: older servers
# cannot store all of their values.
types() {
	[ $v = 11.8 ] || return 0
	# 11.8.9 has no negative zero, 11.8.6 had
	zero=$(sql -N -e 'SELECT -0e0')
	data=$src/tests/conformance/data
	for case in names wide types-int types-num types-time types-bin \
	    types-enum types-text types-json types-geo types-uuid types-inet \
	    types-compressed types-charsets types-zerodate types-invaliddate \
	    types-gen sysver sysver-period types-vector; do
		log=$data/$case/binlog.000001
		(mariadb_run $v /usr/bin/mariadb-binlog --no-defaults \
		    --force-read "$log") 2>/dev/null |
		    sql --binary-mode -f >/dev/null 2>&1
		cdc-tail -q --on-error warn --topic-prefix p \
		    --exclude-table 'zz_sentinel\..*' "$log" 2>/dev/null |
		    fold | sed "s/:-0\.0\([,}]\)/:$zero.0\1/g" >"$T/want"
		run snapshot --topic-prefix p --exclude-table 'zz_sentinel\..*'
		[ $status -eq 0 ] || explain "$ran"
		fold <"$T/out" >"$T/got"
		same "$T/got" "$T/want" "$v: $case: as the stream prints it"
		[ ! -e "$data/$case/initial.jsonl.gz" ] || as_debezium
		sql -N -e "SELECT CONCAT('DROP DATABASE \`', SCHEMA_NAME, '\`;')
		    FROM information_schema.SCHEMATA WHERE SCHEMA_NAME NOT IN
		    ('mysql', 'sys', 'information_schema',
		    'performance_schema')" | sql
	done
}

# What Debezium's own snapshot of the same tables printed, markers and all.
as_debezium() {
	sql -e "CREATE DATABASE IF NOT EXISTS zz_sentinel;
	    CREATE TABLE IF NOT EXISTS zz_sentinel.s (id INT PRIMARY KEY);
	    INSERT IGNORE INTO zz_sentinel.s VALUES (0)"
	snapshot --topic-prefix oracle | grep '"op"' | grep -v zz_sentinel \
	    >"$T/ours"
	printf '%s-initial\t%s\t%s\tsnapshot\n' "$case" \
	    "$data/$case/initial.jsonl.gz" "$T/ours" |
	    python3 "$src/tests/conformance/compare.py" \
	    "$src/tests/conformance/known.tsv" >"$T/differences"
	tail -n 1 "$T/differences" | grep -q '^ok'
	result $? "$v: $case: Debezium's: $(tail -n 1 "$T/differences")" ||
	    cut -c1-300 "$T/differences" | head -n 10
}

shape() {
	sql <<-'SQL'
	CREATE DATABASE s;
	USE s;
	CREATE TABLE a (id INT PRIMARY KEY, v VARCHAR(9) DEFAULT 'd');
	CREATE TABLE b (id INT PRIMARY KEY, v VARCHAR(9) COMMENT 'c');
	CREATE TABLE c (v INT);
	CREATE TABLE d (id INT PRIMARY KEY, `h``h` INT);
	INSERT INTO a VALUES (3, 'z'), (1, 'x'), (2, NULL);
	INSERT INTO c VALUES (7), (7);
	INSERT INTO d VALUES (1, 2);
	SQL
	run snapshot -t 's\..*'
	exits 0 "$v: tables of a database"
	is "$(jq -r 'select(.payload.op) | [.payload.source.snapshot,
	    .payload.source.table, .payload.after.id // .payload.after.v] |
	    map(tostring) | join(" ")' "$T/out" | tr '\n' ';')" \
	    "first c 7;last_in_data_collection c 7;first_in_data_collection a 1;true a 2;last_in_data_collection a 3;last d 1;" \
	    "$v: without a key first, with Debezium's markers"
	is "$(head -n 1 "$T/out" | jq -c '.payload | [.beat, .gtid,
	    .snapshot.start, .modes.time]')" \
	    "[\"first\",\"\",\"$(sql -N -e 'SELECT @@gtid_binlog_pos'
	    )\",\"adaptive_time_microseconds\"]" \
	    "$v: what a sink must know first"
	is "$(sed -n 3p "$T/out" | jq -c '.payload | [.ddl, .source.snapshot,
	    (.tableChanges[0] | .type,
	    .table.columns[1].defaultValueExpression)]')" \
	    '[null,"true","CREATE","d"]' \
	    "$v: schemas first"
	now=$(sql -N -e "SELECT @@gtid_binlog_pos")
	is "$(position "$T/out")" "$now" "$v: the position at the end"
	is "$(jq -r 'select(.payload.op).payload.source.gtid' "$T/out" |
	    sort -u)" "$now" "$v: and in each row"
	is "$(grep -c '"beat"' "$T/out")" 2 "$v: two heartbeats"
	run snapshot -t 's\.d' --exclude-column 's\.d\.h`h'
	is "$(grep '"op"' "$T/out" | jq -c .payload.after)" '{"id":1}' \
	    "$v: --exclude-column"
	run snapshot -t 's\.d' --exclude-column 's\.d\.id'
	exits 64 "$v: not a column of the key"
	run snapshot -t 's\.[ab]' --where 's.a: id > 1 OR v = 1' \
	    --where 's.a: v IS NULL'
	is "$(grep '"op"' "$T/out" | jq -c .key)" '{"id":2}' "$v: --where"
	run snapshot -t 's\.a' --mode schema_only
	is "$(jq -r '.payload.beat // .payload.databaseName' "$T/out" |
	    tr '\n' ' ')" "first s last " "$v: --mode schema_only"
	run snapshot -t 's\.a' --decimal precise --progress "$T/progress"
	is "$(tail -n 1 "$T/progress" | jq -c '[.state, .db, .table, .rows,
	    .total_rows]')" '["ended","s","a",3,3]' "$v: --progress"
}

# Rows change while they are copied: the copy and the stream behind it come to
# what the tables hold.
hand_over() {
	sql -e "CREATE DATABASE h; USE h;
	    CREATE TABLE a (id INT PRIMARY KEY, v INT, u INT UNIQUE);
	    CREATE TABLE m (id INT PRIMARY KEY, v INT) ENGINE=MyISAM;
	    INSERT INTO a SELECT seq, 0, seq FROM seq_1_to_20000;
	    INSERT INTO m SELECT seq, 0 FROM seq_1_to_500"
	(
		i=0
		while [ ! -e "$T/enough" ]; do
			i=$((i + 1))
			echo "UPDATE h.a SET v = $i WHERE id % 1000 = $((i % 1000));
			    DELETE FROM h.a WHERE id = $((i * 7 % 20000));
			    UPDATE h.m SET v = $i WHERE id = $((i % 500));
			    INSERT INTO h.a VALUES (20000 + $i, $i, NULL);"
		done | sql -f >/dev/null 2>&1
	) &
	busy=$!
	sleep 0.5
	run snapshot -t 'h\..*' --throttle 10000 --write-state "$T/state"
	exits 0 "$v: under load"
	touch "$T/enough"
	wait $busy
	busy=
	rm "$T/enough"
	is "$(jq -r .gtid "$T/state")" "$(position "$T/out")" \
	    "$v: --write-state"
	cdc-tail -S "$server/sock" -u $account -t 'h\..*' --state "$T/state" \
	    --until now >"$T/stream"
	result $(($(grep -c '"op"' "$T/stream") < 100)) \
	    "$v: much changed meanwhile"
	snapshot -t 'h\..*' | fold >"$T/want"
	cat "$T/out" "$T/stream" | fold >"$T/got"
	same "$T/got" "$T/want" "$v: the copy and the stream are the tables"
}

# $waited: for how many ms an ALTER of h.a waits while h.z is read
altering() {
	rm -f "$T/out"          # of the run before
	cdc-snapshot -S "$server/sock" -u $account -t 'h\.[az]' \
	    --throttle 10000 >"$T/out" 2>"$T/err" &
	busy=$!
	wait_for "$T/out" '"table":"z".*"op"'
	began=$(date +%s%N)
	sql -e "SET lock_wait_timeout = 20; ALTER TABLE h.a ADD COLUMN w INT"
	waited=$((($(date +%s%N) - began) / 1000000))
	wait $busy
	status=$?
	busy=
}

metadata_locks() {
	sql -e "USE h; CREATE TABLE z (id INT PRIMARY KEY);
	    INSERT INTO z SELECT seq FROM seq_1_to_20000;
	    DELETE FROM a WHERE id > 100"
	altering
	is $status 0 "$v: an ALTER of a table that was read"
	result $((waited > 1000)) "$v: it waited $waited ms"
	is "$(grep -c '"op"' "$T/out")" \
	    "$(sql -N -e 'SELECT (SELECT COUNT(*) FROM h.a) + (SELECT COUNT(*)
	    FROM h.z)')" "$v: and nothing is lost"
	# one that is altered before it is read
	rm -f "$T/out"
	cdc-snapshot -v -S "$server/sock" -u $account -t 'h\.z|s\.[ab]' \
	    --throttle 10000 >"$T/out" 2>"$T/err" &
	busy=$!
	wait_for "$T/out" '"table":"z".*"op"'
	sql -e "ALTER TABLE s.a ADD late INT DEFAULT 9, ALGORITHM = COPY;
	    INSERT INTO s.a VALUES (4, 'new', 8); DROP TABLE s.b"
	wait $busy
	is $? 0 "$v: a table that was altered before it was read"
	busy=
	is "$(grep '"op"' "$T/out" | tail -n 1 | jq -c .payload.after)" \
	    '{"id":4,"v":"new","late":8}' "$v: it is read as it is then"
	is "$(tail -n 1 "$T/out" | jq -r .payload.snapshot.until)" \
	    "$(sql -N -e "SELECT @@gtid_binlog_pos")" "$v: up to when is said"
	run snapshot -t 's\.a' --ddl-waiting stop
	exits 0 "$v: nobody waits"
}

# usage: goes_on [OPTION]…: until a row that is inserted meanwhile is printed
goes_on() {
	: >"$T/out"                     # not what the last one printed
	cdc-snapshot -q -S "$server/sock" -u $account -t 'i\.a' "$@" \
	    >"$T/out" 2>"$T/err" &
	busy=$!
	wait_for "$T/out" '"beat":"first"'
	id=$((id + 1))
	sql -e "INSERT INTO i.a VALUES ($id)"
	wait_for "$T/out" "\"after\":{\"id\":$id}"
	kill $busy
	wait $busy
	result $? "$v: $*: it goes on"
	busy=
	ops=$(jq -r '.payload.op // empty' "$T/out" | tr -d '\n')
}

modes() {
	sql -e "CREATE DATABASE i; CREATE TABLE i.a (id INT PRIMARY KEY);
	    INSERT INTO i.a VALUES (1), (2)"
	id=2
	goes_on --mode initial
	is "$ops" rrc "$v: initial: rows, then changes"
	printf '{"version":1,"gtid":"%s"}' \
	    "$(sql -N -e 'SELECT @@gtid_binlog_pos')" >"$T/state"
	goes_on --mode when_needed --state "$T/state"
	is "$ops" c "$v: when_needed: not needed"
	goes_on --mode never --state "$T/state"
	is "$ops" cc "$v: never"
	sql -e "FLUSH LOGS; FLUSH LOGS"
	mariadb_purge "$server" -u $account
	goes_on --mode when_needed --state "$T/state"
	is "$ops" rrrrrc "$v: when_needed: purged, and so needed"
	goes_on --mode when_needed --state "$T/none"
	is "$ops" rrrrrrc "$v: when_needed: no state yet"
	run snapshot --mode initial --exclude-column x
	exits 64 "$v: initial, and columns left out"
	run cdc-snapshot --mode initial
	exits 64 "$v: initial, and no server for cdc-tail"
	run snapshot --mode initial --from earliest
	exits 64 "$v: initial, and another beginning"
	run snapshot --tombstones
	exits 64 "$v: an option of the stream, and no stream"
	err_like '.--tombstones needs a --mode' "$v: it is named"
	run snapshot --threads 257
	exits 64 "$v: --threads 257"
	run snapshot --mode initial --until never
	exits 64 "$v: one that cdc-tail would refuse"
	is "$(cat "$T/out")" "" "$v: before anything is copied"
	stream_options
}

# What it goes on as is cdc-tail with these options: they are as true behind a
# copy as without one.
stream_options() {
	sql -e "CREATE DATABASE IF NOT EXISTS i"
	snapshot -t 'i\..*' --write-state "$T/begin" >"$T/copy"
	sql -e "INSERT INTO i.a VALUES (100); UPDATE i.a SET id = 101 WHERE
	    id = 100; DELETE FROM i.a WHERE id = 101;
	    CREATE TABLE i.other (id INT PRIMARY KEY, v BIGINT UNSIGNED);
	    INSERT INTO i.other VALUES (1, 18446744073709551615)"
	began=$(jq -r .gtid "$T/begin")
	wanted='--tombstones --transactions --schema-changes --query
	    --unavailable-value x --bigint-unsigned string --skip-op u
	    --topic-prefix p --retries 2 --heartbeat 7s --until now'
	cdc-tail -S "$server/sock" -u $account -t 'i\..*' --control \
	    --from "$began" --other-domains earliest $wanted | still |
	    sed 's/"payload":{"ts_ms":0,"beat.*//' >"$T/want"
	# the copy itself has nothing to say: its tables are gone
	run snapshot --mode never --from "$began" -t 'i\..*' $wanted
	exits 0 "$v: never, with cdc-tail's options"
	still <"$T/out" | sed 's/"payload":{"ts_ms":0,"beat.*//' >"$T/got"
	same "$T/got" "$T/want" "$v: they do what they do there"
	result $(($(wc -l <"$T/want") < 8)) "$v: which is something"
	run snapshot --mode initial -t 'i\..*' $wanted
	exits 0 "$v: initial, with cdc-tail's options, to its end"
	is "$(jq -r '.payload.beat // empty' "$T/out" | tr '\n' ' ')" \
	    "first last first last " "$v: a copy, and a stream"
}

threads() {
	for i in 1 2 3 4 5; do
		sql -e "USE h; CREATE TABLE p$i (id INT PRIMARY KEY, v TEXT);
		    INSERT INTO p$i SELECT seq, REPEAT('$i', seq % 300) FROM
		    seq_1_to_$((i * 1000))"
	done
	# locked ones, the first of which takes longer than others' first
	sql -e "USE h; CREATE TABLE l1 (id INT PRIMARY KEY) ENGINE=MyISAM;
	    INSERT INTO l1 SELECT seq FROM seq_1_to_50000;
	    CREATE TABLE l2 (id INT PRIMARY KEY) ENGINE=MyISAM;
	    INSERT INTO l2 VALUES (1)"
	snapshot -t 'h\..*|s\..*' >"$T/one"
	run cdc-snapshot -v -S "$server/sock" -u $account -t 'h\..*|s\..*' \
	    --threads 3
	exits 0 "$v: three readers"
	err_like 'commits waited for [0-9]+ ms' "$v: how long commits waited"
	result $(($(sed -n 's/.*waited for \([0-9]*\) ms/\1/p' "$T/err") > 1000)) \
	    "$v: which is not long"
	fold <"$T/one" >"$T/want"
	fold <"$T/out" >"$T/got"
	same "$T/got" "$T/want" "$v: the same rows"
	is "$(position "$T/out")" "$(position "$T/one")" "$v: one position"
	is "$(grep -c '"beat":"last"' "$T/out")" 1 "$v: and one end"
	: >"$T/out"
	: >"$T/err"
	cdc-snapshot -q -S "$server/sock" -u $account -t 'h\.p.*' --threads 2 \
	    --throttle 2000 >"$T/out" 2>"$T/err" &
	busy=$!
	wait_for "$T/out" '"op"' 1000
	kill -USR1 $busy
	wait_for "$T/err" '"tool"'
	succeeds "$v: SIGUSR1: its counters" reported cdc-snapshot "$T/err" \
	    '.rows >= 1000'
	kill -TERM $busy
	wait $busy
	is $? 75 "$v: stopped: 75"
	busy=
	is "$(grep -c '"beat":"last"' "$T/out")" 0 "$v: without an end"
	cdc-snapshot -q -S "$server/sock" -u $account -t 'h\.p.*' --threads 2 |
	    head -n 5 >"$T/out"
	for _ in $(seq $patience); do
		left=$(sql -N -e "SELECT COUNT(*) - 1 FROM
		    information_schema.PROCESSLIST WHERE COMMAND <> 'Daemon'")
		[ "$left" -gt 0 ] || break
		sleep 0.1
	done
	is "$(grep -c . "$T/out") $left" "5 0" \
	    "$v: whom nobody reads any more leaves, with all its readers"
	sql -e "DROP TABLE h.p1, h.p2, h.p3, h.p4, h.p5"
}

# What --where names is there, and is SQL, or nothing is copied.
conditions() {
	sql -e "CREATE DATABASE w; CREATE TABLE w.a (id INT PRIMARY KEY, v INT);
	    INSERT INTO w.a VALUES (1, 1), (2, 2)"
	run snapshot -t 'w\..*' --where 'w.a: nosuch > 1'
	exits 64 "$v: --where: an unknown column: 64"
	err_like "Unknown column 'nosuch'" "$v: which"
	run snapshot -t 'w\..*' --where 'w.aa: v > 1'
	exits 64 "$v: --where: an unknown table: 64"
	err_like '.--where w.aa: no such table is copied' "$v: which"
	run snapshot -t 'w\..*' --where 'w.a: v >'
	exits 64 "$v: --where: no SQL: 64"
	is "$(lines_out)" 0 "$v: nothing is copied"
	run snapshot -t 'w\..*' --where 'w.a: v > 1'
	is "$(grep -c '"op"' "$T/out")" 1 "$v: --where: what is wanted"
	for threads in 1 2; do
		run cdc-snapshot -S "$server/sock" -u $account --threads $threads \
		    -t 'w\.a,shop\.none' --exclude-column 'w\.a\.v,w\.a\.none'
		exits 0 "$v: names that nothing has, $threads threads"
		is "$(sed -n 's/.*warning: \(.*\): matched nothing.*/\1/p' "$T/err" |
		    tr '\n' ' ')" \
		    '--include-table shop\.none --exclude-column w\.a\.none ' \
		    "$v: are warned of"
	done
	run snapshot -t 'w\.a,shop\.none' --strict
	exits 78 "$v: --strict: 78"
	sql -e "DROP DATABASE w"
}

# What another connection has locked is waited for, and not in silence.
locked_tables() {
	sql -e "CREATE DATABASE w; CREATE TABLE w.a (id INT PRIMARY KEY);
	    INSERT INTO w.a VALUES (1); CREATE TABLE w.m (id INT) ENGINE=MyISAM"
	sql -e "INSTALL SONAME 'metadata_lock_info'" 2>/dev/null
	: >"$T/holder"
	sql -N -e "LOCK TABLES w.a WRITE; SELECT CONNECTION_ID(); SELECT SLEEP(60)" \
	    --unbuffered >"$T/holder" 2>/dev/null &
	holder=$!
	wait_for "$T/holder" '^[0-9]'
	id=$(head -n 1 "$T/holder")
	: >"$T/err"
	cdc-snapshot -S "$server/sock" -u $account -t 'w\.a' \
	    >"$T/out" 2>"$T/err" &
	busy=$!
	succeeds "$v: a locked table: it is said" wait_for "$T/err" \
	    "table w.a: locked by another connection, waited for since"
	if sql -e "SELECT 1 FROM information_schema.METADATA_LOCK_INFO" \
	    >/dev/null 2>&1; then
		err_like "connection $id " "$v: by whom"
	else
		err_like 'SHOW PROCESSLIST' "$v: and how to find out by whom"
	fi
	kill -USR1 $busy
	succeeds "$v: SIGUSR1 is answered" wait_for "$T/err" '"tool"'
	sql -e "KILL $id"
	wait $busy
	is "$? $(grep -c '"op"' "$T/out")" "0 1" "$v: it goes on"
	busy=
	wait $holder 2>/dev/null
	: >"$T/holder"
	sql -N -e "LOCK TABLES w.a WRITE, w.m WRITE; SELECT CONNECTION_ID();
	    SELECT SLEEP(60)" --unbuffered >"$T/holder" 2>/dev/null &
	holder=$!
	wait_for "$T/holder" '^[0-9]'
	run cdc-snapshot -S "$server/sock" -u $account -t 'w\.a' \
	    --lock-wait-timeout 3s
	exits 75 "$v: locked for too long: 75"
	err_like 'hint: end what holds it, or --lock-wait-timeout' "$v: what to do"
	run cdc-snapshot -S "$server/sock" -u $account -t 'w\.m' --lock-wait 3s
	exits 75 "$v: one that it would lock, likewise: 75"
	err_like 'tables: locked by another connection' "$v: said"
	: >"$T/err"
	cdc-snapshot -S "$server/sock" -u $account -t 'w\.a' \
	    >"$T/out" 2>"$T/err" &
	busy=$!
	wait_for "$T/err" 'locked by another connection'
	kill -TERM $busy
	wait $busy
	is $? 75 "$v: SIGTERM ends the wait"
	busy=
	sql -e "KILL $(head -n 1 "$T/holder")"
	wait $holder 2>/dev/null
	sql -e "DROP DATABASE w"
}

refusals() {
	sql -e "CREATE TABLE s.b (id INT PRIMARY KEY, v VARCHAR(9))"
	sql -e "XA START 'x'; INSERT INTO s.b VALUES (50, 'xa'); XA END 'x';
	    XA PREPARE 'x'"
	run snapshot -t 's\.b' --xa-timeout 1s
	exits 75 "$v: an undecided XA transaction: 75"
	err_like 'XA RECOVER names them' "$v: and what to do"
	sql -e "XA COMMIT 'x'"
	run snapshot -t 's\.b' --xa-timeout 1s
	is "$(grep '"op"' "$T/out" | jq -c .payload.after)" \
	    '{"id":50,"v":"xa"}' "$v: when it is decided"
	sql -e "FLUSH PRIVILEGES; CREATE USER admin; GRANT ALL ON *.* TO admin WITH
	    GRANT OPTION;
	    CREATE USER reader; CREATE USER less; GRANT SELECT ON *.* TO less;
	    GRANT BINLOG MONITOR ON *.* TO less;
	    $(cdc-check --print-grants reader --job snapshot)"
	account='admin'
	run cdc-snapshot -S "$server/sock" -u reader -t 's\..*|h\.m'
	exits 0 "$v: with the privileges that cdc-check prints"
	is "$(cat "$T/err")" "" "$v: which are enough"
	run cdc-snapshot -S "$server/sock" -u less -t 's\.a'
	exits 0 "$v: with less"
	err_like 'without the privilege REPLICATION SLAVE an ALTER or RENAME' \
	    "$v: it is said"
	run cdc-snapshot -S "$server/sock" -u less -t 's\.a' --mode initial
	is "$status,$(lines_out)" 78,0 \
	    "$v: --mode initial without REPLICATION SLAVE: before the first row"
	err_like 'hint: GRANT REPLICATION SLAVE .*initial_only' "$v: what to do"
	sql -e "CREATE ROLE follower; GRANT REPLICATION SLAVE ON *.* TO
	    follower; CREATE ROLE outer_one; GRANT follower TO outer_one;
	    CREATE USER by_role; GRANT SELECT, BINLOG MONITOR ON *.* TO
	    by_role; GRANT outer_one TO by_role; SET DEFAULT ROLE outer_one
	    FOR by_role"
	for who in reader by_role admin; do
		run timeout 60 cdc-snapshot -q -S "$server/sock" -u $who \
		    -t 's\.a' --mode initial --until now
		is "$status,$(tail -n 1 "$T/out" | jq -r .payload.beat)" \
		    0,last "$v: --mode initial as $who"
	done
	run cdc-snapshot -S "$server/sock" -u less -t 's\.a' --threads 2
	exits 0 "$v: several readers without REPLICATION SLAVE"
	err_like 'waits until the snapshot ends; one thread reads' \
	    "$v: it is one"
	run cdc-snapshot -S "$server/sock" -u by_role -t 's\.a' --threads 2
	exits 0 "$v: several readers without RELOAD"
	err_like '.--threads needs the privilege RELOAD: reading with one connection' \
	    "$v: it is one"
	err_like 'without the privilege BINLOG ADMIN an ALTER of a table already' \
	    "$v: which waits"
	run cdc-snapshot -S "$server/sock" -u reader -t 's\.nothing'
	is "$status,$(lines_out)" 78,0 "$v: a copy of nothing is none"
	err_like 'lists leave no table to copy' "$v: which is said"
	run cdc-snapshot -S "$server/sock" -u nobody
	exits 78 "$v: no such account: 78"
	cdc-snapshot -q -S "$server/sock" -u admin -t 'h\.z' --throttle 1000 \
	    >"$T/out" 2>"$T/err" &
	busy=$!
	sleep 1
	kill -TERM $busy
	wait $busy
	is $? 75 "$v: stopped inside: 75"
	busy=
	is "$(grep -c '"beat":"last"' "$T/out")" 0 "$v: no heartbeat: it is not whole"
	account=root
}

no_binlog() {
	server_stop
	server_start $v "$T/$v-nolog" --skip-log-bin || return 0
	run snapshot
	exits 78 "$v: no binlog: 78"
	err_like 'no binlog, and so no position' "$v: said"
}

for v in $mariadb_versions; do
	if ! mariadb_have $v; then
		skip "$v" "no MariaDB $v here"
		continue
	fi
	server_start $v "$T/$v" || continue
	types
	shape
	hand_over
	metadata_locks
	modes
	conditions
	locked_tables
	threads
	refusals
	no_binlog
	server_stop
done
done_testing
