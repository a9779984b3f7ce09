#!/bin/sh
# cdc-apply and what ends it: transactions that are finished are there, with
# their position, whatever breaks behind them; the words say where.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

busy=
cleanup() {
	[ -z "$busy" ] || kill $busy 2>/dev/null
	pair_stop
}
apply() { cdc-apply -S "$to/sock" -u root "$@"; }
counter() { sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p" "$T/err"; }
stored() { apply --show-state 2>/dev/null | jq -r .gtid; }

# Six transactions of two rows each and of one row that all of them change.
# gtid N, line N: where the Nth is, and its second row.
history() {
	from_sql -e "CREATE OR REPLACE DATABASE d; USE d;
	    CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(20), KEY (v));
	    CREATE TABLE hot (id INT PRIMARY KEY, n INT, v VARCHAR(20));
	    CREATE TABLE none (id INT PRIMARY KEY);
	    INSERT INTO hot VALUES (1, 0, '')"
	since=$(from_sql -N -e 'SELECT @@gtid_binlog_pos')
	for n in 1 2 3 4 5 6; do
		from_sql d -e "SET @n = $n; BEGIN; INSERT INTO t (id, v)
		    VALUES ($n, 'a'); INSERT INTO t (id, v) VALUES (${n}0, 'b$n');
		    UPDATE hot SET n = $n, v = 'h$n'; $1 COMMIT"
		from_sql -N -e 'SELECT @@gtid_binlog_pos' >"$T/gtid.$n"
		[ $n != 4 ] || [ -z "$2" ] || from_sql d -e "$2"
	done
	cdc-tail -q -S "$from/sock" -u root --from "$since" --until now \
	    --control --schema-changes >"$T/stream"
}
gtid() { cat "$T/gtid.$1"; }
line() { grep -n "\"after\":{\"id\":${1}0," "$T/stream" | cut -d: -f1; }

fresh() {
	to_sql -e "DROP DATABASE IF EXISTS cdc; CREATE OR REPLACE DATABASE d;
	    USE d; CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(20), KEY (v));
	    CREATE TABLE hot (id INT PRIMARY KEY, n INT, v VARCHAR(20));
	    INSERT INTO hot VALUES (1, 0, '')"
	rm -f "$T/dlq" "$T/dlq.lock"
}

# usage: keeps N WHAT    of the last run: N transactions are there, and no more
keeps() {
	is "$(to_sql -N -e 'SELECT COUNT(*) FROM d.t; SELECT n, v FROM d.hot' |
	    tr '\t\n' '  ')$(stored)" "$((2 * $1)) $1 h$1 $(gtid "$1")" \
	    "$v: $2: $1 transactions and their position"
}
# usage: names N WHAT    the words name the line and the transaction
names() {
	err_like "line $(line "$1") \\($(gtid "$1")\\)" "$v: $2: and where"
}

# What ends a run in the fourth of six, in one batch.
ends() {
	history
	fourth=$(line 4)
	for bad in x '{"topic":1,"payload":null}' '{"topic":"m.d.t","key":null,"payload":7}'; do
		fresh
		sed "$fourth{p;s/.*/$bad/}" "$T/stream" >"$T/in"
		run_on "$T/in" apply
		exits 65 "$v: a line that is no record"
		keeps 3 "a line that is no record"
		err_like "in $(gtid 4) or after it: line $((fourth + 1))" \
		    "$v: … and where"
	done
	fresh
	sed "$fourth{p;q}" "$T/stream" >"$T/in"
	head -c -9 "$T/in" >"$T/cut"
	run_on "$T/cut" apply
	exits 75 "$v: a line that is cut"
	keeps 3 "a line that is cut"
	for order in '' --no-reorder; do
		fresh
		to_sql -e "ALTER TABLE d.t ADD CHECK (v <> 'b4')"
		run_on "$T/stream" apply $order
		exits 65 "$v: a record that the server refuses $order"
		keeps 3 "a record that the server refuses"
		names 4 "a record that the server refuses"
		err_like 'hint: .*--dlq FILE' "$v: … and what to do"
		run_on "$T/stream" apply $order
		keeps 3 "… again"
		to_sql -e "ALTER TABLE d.t DROP CONSTRAINT CONSTRAINT_1"
		run_on "$T/stream" apply $order
		exits 0 "$v: … and when it is mended"
		keeps 6 "the rest"
	done
	fresh
	to_sql -e "ALTER TABLE d.t ADD CHECK (v <> 'b4');
	    ALTER TABLE d.t ADD CHECK (v <> 'b2')"
	run_on "$T/stream" apply
	exits 65 "$v: two of them"
	keeps 1 "two of them"
	fresh
	to_sql -e "ALTER TABLE d.t ADD CHECK (v <> 'b4')"
	run_on "$T/stream" apply --batch 4
	keeps 3 "batches of a transaction or two"
	fresh
	sed "$fourth{p;s/.*/x/}" "$T/stream" >"$T/in"
	to_sql -e "ALTER TABLE d.t ADD CHECK (v <> 'b3')"
	run_on "$T/in" apply --dlq "$T/dlq" --dlq-max 1
	exits 65 "$v: a queue that is full"
	is "$(to_sql -N -e 'SELECT COUNT(*) FROM d.t')$(stored) $(grep -c . \
	    "$T/dlq")" "5$(gtid 3) 1" "$v: … holds one, and the rest is there"
	fresh
	to_sql -e "ALTER TABLE d.t ADD CHECK (v <> 'b4')"
	ran="cdc-apply --dlq, the file at its limit"
	status=0
	{ (trap '' XFSZ; ulimit -f 1
	    apply --dlq "$T/dlq" <"$T/stream" 2>&1); echo $?; } | cat >"$T/err"
	is "$(tail -n 1 "$T/err")" 74 "$v: a queue that cannot be written: 74"
	keeps 3 "a queue that cannot be written"
	is "$(wc -c <"$T/dlq")" 0 "$v: … and holds nothing"
	fresh
	rm -f "$T/fifo"
	mkfifo "$T/fifo"
	ran="cdc-apply, SIGTERM"
	cdc-apply -S "$to/sock" -u root <"$T/fifo" 2>"$T/err" &
	busy=$!
	exec 4>"$T/fifo"
	head -n "$fourth" "$T/stream" >&4
	for _ in $(seq $patience); do
		# once it is caught: bit 9
		caught=$(sed -n 's/^SigCgt:[^0-9a-f]*//p' "/proc/$busy/status")
		[ $((0x${caught:-0} & 0x200)) -eq 0 ] || kill -USR1 $busy
		! grep -q '"records":11' "$T/err" || break
		sleep 0.1
	done
	kill $busy
	wait $busy
	status=$?
	busy=
	exec 4>&-
	exits 0 "$v: SIGTERM"
	keeps 3 "SIGTERM"
	fresh
	to_sql -e "ALTER TABLE d.t ADD CHECK (v <> 'b5')"
	sed "$fourth{p;s/.*/x/}" "$T/stream" | sed "$((fourth + 5)),\$d" \
	    >"$T/in"
	run_on "$T/in" apply --dlq "$T/dlq" --batch 10
	exits 75 "$v: an entry of the queue in a part of a transaction"
	is "$(grep -c 'warning: line .*: written to' "$T/err")" 1 \
	    "$v: … is said once"
	keeps 4 "an entry of the queue in a part of a transaction"
	history 'INSERT INTO none VALUES (@n);'
	fresh
	run_on "$T/stream" apply
	exits 78 "$v: a table that is not there, at once"
	is "$(to_sql -N -e 'SELECT COUNT(*) FROM d.t')" 0 "$v: … and nothing is"
	history '' 'INSERT INTO none VALUES (4)'
	fresh
	run_on "$T/stream" apply
	exits 78 "$v: a table that is not there"
	keeps 4 "a table that is not there"
	err_like 'line [0-9]* \([0-9-]*\): .*d\.none' "$v: … and where"
	err_like 'hint: .*mariadb-dump --no-data' "$v: … and what to do"
}

# What is done in a table that has no transactions stays: it is not done again to
# find the row.
untransactional() {
	to_sql -e "CREATE OR REPLACE DATABASE d; CREATE TABLE d.log (v TEXT)
	    ENGINE=Aria; INSERT INTO d.log VALUES ('x');
	    CREATE TABLE d.list (v TEXT, CHECK (v <> 'c'))"
	for row in 'log d before x' 'list c after b' 'list c after c'; do
		set -- $row
		printf '{"topic":"m.d.%s","key":null,"payload":{"op":"%s",%s' \
		    "$1" "$2" "\"$3\":{\"v\":\"$4\"},"
		echo "\"source\":{\"db\":\"d\",\"table\":\"$1\"}}}"
	done >"$T/in"
	run_on "$T/in" apply --no-state --at-least-once
	exits 65 "$v: a row that the server refuses, after one in Aria"
	err_like 'line 2: one of 2 rows.* table d.list: .*CONSTRAINT' \
	    "$v: … is said, and where"
}

# What may pass is tried again, in a transaction whose table changes, too.
retries() {
	history '' 'ALTER TABLE t ADD x INT'
	to_sql -e "FLUSH PRIVILEGES; CREATE OR REPLACE USER w;
	    CREATE OR REPLACE USER root@localhost; GRANT ALL ON *.* TO
	    root@localhost WITH GRANT OPTION; GRANT SELECT, INSERT, UPDATE,
	    DELETE, CREATE, ALTER, DROP ON *.* TO w"
	for evolution in none add apply-ddl; do
		fresh
		[ $evolution != none ] || to_sql -e 'ALTER TABLE d.t ADD x INT'
		head -n 1 "$T/stream" | apply 2>/dev/null
		to_sql -e 'SET GLOBAL read_only = 1'
		run_on "$T/stream" cdc-apply -S "$to/sock" -u w \
		    --schema-evolution $evolution --retries 2 \
		    --retry-delay 100ms
		to_sql -e 'SET GLOBAL read_only = 0'
		exits 75 "$v: a server that reads only, $evolution: 75"
		is "$(counter retries)" 2 "$v: … and was asked again"
		is "$(grep -c 'larger than' "$T/err")" 0 \
		    "$v: … no word of a batch"
		to_sql -e 'SET GLOBAL read_only = 1'
		(sleep 1; to_sql -e 'SET GLOBAL read_only = 0') &
		busy=$!
		run_on "$T/stream" cdc-apply -S "$to/sock" -u w \
		    --schema-evolution $evolution --retry-delay 200ms
		wait $busy
		busy=
		exits 0 "$v: one that reads only for a while, $evolution"
		keeps 6 "… and then all is there, $evolution"
	done
	history '' 'TRUNCATE TABLE none'
	for way in 'd.hot WHERE id = 1' 'd.none WHERE id = 1'; do
		fresh
		to_sql -e 'CREATE TABLE d.none (id INT PRIMARY KEY);
		    INSERT INTO d.none VALUES (1);
		    SET GLOBAL innodb_lock_wait_timeout = 1'
		: >"$T/locks"
		to_sql -N --unbuffered -e "BEGIN; SELECT id FROM $way FOR UPDATE;
		    SELECT SLEEP(3); COMMIT" >"$T/locks" &
		busy=$!
		wait_for "$T/locks" 1
		run_on "$T/stream" apply --retry-delay 200ms
		wait $busy
		busy=
		exits 0 "$v: a lock that passes, ${way%% *}"
		keeps 6 "a lock that passes"
		[ "$(counter retries)" -gt 0 ]
		result $? "$v: … was waited for"
		is "$(to_sql -N -e 'SELECT COUNT(*) FROM d.none')" 0 \
		    "$v: … and the truncate was made"
	done
	to_sql -e 'SET GLOBAL innodb_lock_wait_timeout = 50'
}

# What the account may not do is said with its GRANT, which is then enough.
denied() {
	history '' 'ALTER TABLE t ADD x INT, ADD INDEX (x)'
	for evolution in add apply-ddl; do
		fresh
		to_sql -e "CREATE OR REPLACE USER 'w'@'%'; GRANT SELECT, INSERT,
		    UPDATE, DELETE ON d.* TO w; GRANT ALL ON cdc.* TO w"
		run_on "$T/stream" cdc-apply -S "$to/sock" -u w \
		    --schema-evolution $evolution
		exits 78 "$v: no ALTER, $evolution: 78"
		err_like 'ALTER command denied.*1142' "$v: … the server's words"
		err_like "hint: GRANT .*ALTER.* ON .d.\.\* TO 'w'@'%'" \
		    "$v: … and the GRANT"
		is "$(to_sql -N -e 'SELECT COUNT(*) FROM d.t')" 8 \
		    "$v: … what came before it is there"
		sed -n 's/.*hint: \(GRANT.*\)/\1/p' "$T/err" >"$T/grant"
		to_sql <"$T/grant"
		run_on "$T/stream" cdc-apply -S "$to/sock" -u w \
		    --schema-evolution $evolution
		exits 0 "$v: … which is enough, $evolution"
		keeps 6 "what was granted, $evolution"
	done
	fresh
	to_sql -e "CREATE OR REPLACE USER w; GRANT ALL ON cdc.* TO w;
	    GRANT SELECT ON d.* TO w"
	run_on "$T/stream" cdc-apply -S "$to/sock" -u w
	exits 78 "$v: no INSERT: 78"
	err_like 'hint: cdc-check --job apply --print-grants' \
	    "$v: … who says what is needed"
}

# Likewise of views, whose definer may be somebody else, and be nobody here.
denied_views() {
	history '' 'CREATE DEFINER=x@y VIEW v AS SELECT * FROM t;
	    ALTER DEFINER=x@y VIEW v AS SELECT id FROM t; RENAME TABLE v TO z;
	    DROP VIEW z'
	fresh
	to_sql -e "CREATE OR REPLACE USER w; GRANT SELECT, INSERT, UPDATE,
	    DELETE ON d.* TO w; GRANT ALL ON cdc.* TO w"
	for words in 'CREATE VIEW command denied.*1142' 'SET USER.*1227'; do
		run_on "$T/stream" cdc-apply -S "$to/sock" -u w \
		    --schema-evolution apply-ddl
		exits 78 "$v: a view, $words"
		err_like "$words" "$v: … the server's words"
		sed -n -e 's/the privilege that it names/SET USER/' \
		    -e 's/.*hint: \(GRANT.*\)/\1/p' "$T/err" >"$T/grant"
		to_sql <"$T/grant"
	done
	run_on "$T/stream" cdc-apply -S "$to/sock" -u w \
	    --schema-evolution apply-ddl
	exits 0 "$v: a view, with what was granted"
	keeps 6 "a view, with what was granted"
}

# However long a statement is, the server's words are there.
wordy() {
	history '' "ALTER TABLE t ADD x INT COMMENT '$(printf %0900d 0)'"
	fresh
	to_sql -e 'ALTER TABLE d.t ADD x INT'
	run_on "$T/stream" apply --schema-evolution apply-ddl
	exits 78 "$v: a long statement that does not fit"
	err_like "00…: Duplicate column name 'x' \(1060\)" "$v: … and why"
}

# usage: killed QUERY|CONNECTION   the ALTER that waits for what $busy holds ends once
killed() {
	for _ in $(seq $patience); do
		id=$(to_sql -N -e "SELECT ID FROM information_schema.PROCESSLIST
		    WHERE INFO LIKE 'ALTER%' AND STATE LIKE
		    'Waiting for table metadata%'")
		[ -z "$id" ] || break
		sleep 0.1
	done
	to_sql -e "KILL $1 $id"
}

# usage: altered QUERY|CONNECTION OPTION…   the stream is applied, and its ALTER
# killed once, as it waits for another session
altered() {
	victim=$1
	shift
	rm -f "$T/hold"
	mkfifo "$T/hold"
	: >"$T/locks"
	to_sql -N --unbuffered <"$T/hold" >"$T/locks" &
	busy=$!
	exec 4>"$T/hold"
	echo "BEGIN; SELECT COUNT(*) FROM d.t; SELECT 'held';" >&4
	wait_for "$T/locks" held
	killed "$victim" &              # it keeps the pipe open
	killer=$!
	exec 4>&-
	run_on "$T/stream" apply "$@"
	wait $killer $busy
	busy=
}

# A statement on a table that fails by what may pass is executed again.
again() {
	history '' 'ALTER TABLE t ADD x INT'
	for way in 'QUERY add' 'QUERY apply-ddl' 'CONNECTION add' \
	    'CONNECTION apply-ddl'; do
		evolution=${way#* }
		fresh
		head -n 1 "$T/stream" | apply 2>/dev/null
		altered "${way% *}" --schema-evolution $evolution \
		    --retry-delay 100ms
		exits 0 "$v: an ALTER that was killed, $way"
		err_like 'warning: .*ALTER.*retrying' "$v: … is said"
		keeps 6 "… and then all is there, $evolution"
		is "$(to_sql -N -e "SELECT COUNT(*) FROM
		    information_schema.COLUMNS WHERE TABLE_SCHEMA = 'd' AND
		    COLUMN_NAME = 'x'")" 1 "$v: … its column, too"
	done
	fresh
	altered QUERY --schema-evolution apply-ddl --retries 0
	exits 75 "$v: one that was killed, and is not tried again"
	is "$(to_sql -N -e 'SELECT statement FROM cdc.cdc_offsets' |
	    jq .refused)" true "$v: … is known not to be executed"
}

# Another unique key: which, and which value, in the server's words.
clash() {
	history
	for row in there not-there; do
		fresh
		to_sql -e "ALTER TABLE d.t ADD UNIQUE email (v);
		    INSERT INTO d.t VALUES (99, 'b4')"
		[ $row != there ] || to_sql -e "INSERT INTO d.t VALUES (40, 'x')"
		sed '/"id":[1-6],/d' "$T/stream" >"$T/in"
		run_on "$T/in" apply
		exits 65 "$v: another row has the value, and the row is $row"
		err_like "line .*table d.t, key 40: .*Duplicate entry 'b4' for key 'email'" \
		    "$v: … which key and which value"
		[ $row != there ] || err_like 'ON DUPLICATE K…: Duplicate' \
		    "$v: … a statement that is cut"
		is "$(to_sql -N -e "SELECT v FROM d.t WHERE id IN (40, 99)
		    ORDER BY id" |
		    tr '\n' ' ')" \
		    "$([ $row != there ] && echo 'b4 ' || echo 'x b4 ')" \
		    "$v: … and both rows are as they were"
		run_on "$T/in" apply --dlq "$T/dlq"
		exits 0 "$v: … --dlq"
		is "$(jq -r .error "$T/dlq" | grep -c "'b4' for key 'email'") \
$(to_sql -N -e 'SELECT COUNT(*) FROM d.t')" \
		    "1 $([ $row != there ] && echo 6 || echo 7)" \
		    "$v: … has it aside, and the rest is there"
	done
}

# A name that stands twice, in all that is JSON and read.
twice() {
	history
	fresh
	head -n 1 "$T/stream" | sed 's/"modes":{/&"time":"connect",/' >"$T/in"
	run_on "$T/in" apply
	exits 65 "$v: twice in a heartbeat's modes"
	grep -m 1 '"typeName"' "$T/stream" |
	    sed 's/"typeName"/"typeName":"BLOB",&/' >"$T/in"
	run_on "$T/in" apply --no-state
	exits 65 "$v: twice in tableChanges"
	echo '{"original_event":{},"headers":{"table":"d.t","table":"d.u"}}' \
	    >"$T/dlq"
	run_on "$T/stream" apply --dlq "$T/dlq"
	exits 65 "$v: twice in an entry of the queue"
	err_like 'dlq:1: not an entry' "$v: … by its line"
	run apply --replay-dlq "$T/dlq"
	exits 65 "$v: … nor is it applied"
	fresh
	run_on "$T/stream" apply
	to_sql -e "UPDATE cdc.cdc_offsets
	    SET lists = '{\"source\":[],\"source\":[]}'"
	run apply --show-state
	exits 65 "$v: twice in the row of a position"
}

# A value that does not fit, after more warnings of an expression than a server
# keeps by itself.
warned() {
	from_sql -e "CREATE OR REPLACE DATABASE d; USE d; SET sql_mode='';
	    CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(9), d INT AS (v) VIRTUAL)"
	since=$(from_sql -N -e 'SELECT @@gtid_binlog_pos')
	from_sql d -e "SET sql_mode=''; INSERT INTO t (id, v)
	    SELECT seq, IF(seq = 90, 'longer', 'abc') FROM seq_1_to_100"
	cdc-tail -q -S "$from/sock" -u root --from "$since" --until now \
	    --control >"$T/stream"
	to_sql -e "DROP DATABASE IF EXISTS cdc; CREATE OR REPLACE DATABASE d;
	    SET sql_mode=''; CREATE TABLE d.t (id INT PRIMARY KEY,
	    v VARCHAR(3), d INT AS (v) VIRTUAL)"
	run_on "$T/stream" apply
	exits 65 "$v: a value that does not fit, among rows that warn"
	err_like "table d.t, key 90: .*'v'" "$v: … which"
	is "$(to_sql -N -e 'SELECT COUNT(*) FROM d.t')" 0 "$v: … and none is there"
}

for v in $mariadb_versions; do
	mariadb_have $v || { skip "$v" "not installed"; continue; }
	from=$T/$v-from to=$T/$v-to
	mariadb_start $v "$from" && mariadb_start $v "$to" --server-id=9 || {
		result 1 "$v: servers"
		continue
	}
	ends
	untransactional
	twice
	clash
	retries
	denied
	denied_views
	again
	wordy
	warned
	pair_stop
done
done_testing
