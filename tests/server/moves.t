#!/bin/sh
# Statements that give rows of tables other names (RENAME, EXCHANGE PARTITION)
# while cdc-snapshot copies the tables: no row comes under another table's name.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

reader=
cleanup() {
	[ -z "$reader" ] || kill $reader 2>/dev/null
	pair_stop
}
account=root
words=RENAME
snapshot() { cdc-snapshot -v -S "$from/sock" -u $account -t 'd\..*' "$@"; }
sink() { cdc-apply -S "$to/sock" -u root --state "$T/pos" "$@"; }
doing() { eventually are_connections "$1"; }
connections() {
	from_sql -N -e "SELECT ID FROM information_schema.PROCESSLIST WHERE $1
	    AND ID <> CONNECTION_ID()"
}
are_connections() { [ -n "$(connections "$1")" ]; }

# Tables a, b, c, d of which the rows say where they were made; p is partitioned.
tables() {
	for server in "$from" "$to"; do
		mariadb_sql "$server" -e "DROP DATABASE IF EXISTS d;
		    CREATE DATABASE d; USE d;
		    CREATE TABLE a (id INT PRIMARY KEY, v CHAR(2));
		    CREATE TABLE b LIKE a; CREATE TABLE c LIKE a;
		    CREATE TABLE e LIKE a; CREATE TABLE p (id INT PRIMARY KEY,
		    v CHAR(2)) PARTITION BY RANGE (id) (PARTITION p0 VALUES
		    LESS THAN (100), PARTITION p1 VALUES LESS THAN (200))"
	done
	from_sql -D d -e "
	    INSERT INTO a SELECT seq, 'a' FROM seq_1_to_4;
	    INSERT INTO b SELECT seq, 'b' FROM seq_1_to_3;
	    INSERT INTO c SELECT seq, 'c' FROM seq_1_to_5;
	    INSERT INTO e SELECT seq, 'e' FROM seq_1_to_2;
	    INSERT INTO p SELECT seq, 'p' FROM seq_98_to_101"
	rm -f "$T/pos"
	cdc-apply -S "$to/sock" -u root --forget >"$T/forgotten" 2>&1
}

# Begin a copy that is held while it reads table a … and let it go.
# usage: begin [ARG]…
begin() { begin_at a "$@"; }
begin_at() {
	at=$1
	shift
	from_sql -e "SELECT GET_LOCK('here', 60) AND SLEEP(600)" \
	    >"$T/holder" 2>&1 &
	doing "STATE = 'User sleep'"
	snapshot --where "d.$at: id <> 2 OR GET_LOCK('here', 60) = 1" "$@" \
	    >"$T/out" 2>"$T/err" &
	reader=$!
	doing "STATE = 'User lock'"
}
go_on() {
	for id in $(connections "STATE = 'User sleep'"); do
		from_sql -e "KILL $id"
	done
	status=0
	wait $reader || status=$?
	reader=
	ran="cdc-snapshot while $words"
}
ends() { is "$(grep -c '"beat":"last"' "$T/out")" "$1" "$2"; }

# usage: refused NAME REGEX STATEMENTS
refused() {
	tables
	words=$3
	begin
	from_sql -D d -e "$3"
	go_on
	exits 75 "$v: $1: not now"
	err_like "$2" "$v: $1: which statement, where"
	ends 0 "$v: $1: what was printed is not whole"
}

refuses() {
	place='mariadb-bin\.[0-9]+:[0-9]+'
	refused "two tables swap their names" \
	    "table d.b: .*before it was read: $place: RENAME TABLE b TO" \
	    'RENAME TABLE b TO x, c TO b, x TO c'
	refused "a table gets another name" \
	    "table d.b: .*: $place: rename table b to x" 'rename table b to x'
	refused "by ALTER" "table d.c: .*: $place: ALTER TABLE \`c\`" \
	    'ALTER TABLE `c` FORCE, RENAME x'
	refused "by SET STATEMENT" "table d.c: " \
	    'SET STATEMENT max_statement_time=9 FOR RENAME TABLE c TO x'
	refused "a partition is exchanged" \
	    "table d.(e|p): .*: $place: ALTER TABLE p EXCHANGE PARTITION p0" \
	    'ALTER TABLE p EXCHANGE PARTITION p0 WITH TABLE e'
	[ $v = 10.5 ] || [ $v = 10.6 ] ||
		refused "a partition becomes a table" "table d.p: " \
		    'ALTER TABLE p CONVERT PARTITION p0 TO TABLE x'
	from_sql -e 'SET GLOBAL log_bin_compress=1, log_bin_compress_min_len=10'
	refused "in a compressed event" "table d.b: " \
	    'RENAME TABLE b TO x, c TO b, x TO c'
	from_sql -e 'SET GLOBAL log_bin_compress=0'
	refused "in another log" "table d.b: .*mariadb-bin" \
	    'FLUSH BINARY LOGS; RENAME TABLE b TO x, c TO b, x TO c;
	    FLUSH BINARY LOGS; INSERT INTO a VALUES (9, "9")'
	refused "in letters of another character set" 'table d.c: ' \
	    'SET NAMES latin1; RENAME TABLE c TO d.caf_'
	tables
	words='readers are several'
	begin --threads 2
	from_sql -D d -e 'RENAME TABLE b TO x; INSERT INTO a VALUES (9, "n")'
	go_on
	[ $status -ne 0 ] || grep -q '"v":"b"' "$T/out"
	result $? "$v: several readers: b is whole, or it is not now"
}

# What comes after a table's reading, or is on others, is the stream's.
allows() {
	tables
	to_sql -e 'CREATE DATABASE IF NOT EXISTS o'
	from_sql -e 'CREATE OR REPLACE DATABASE o; CREATE TABLE o.a (id INT
	    PRIMARY KEY); CREATE TABLE o.b LIKE o.a'
	words='tables that were read are renamed'
	begin_at e --mode initial --schema-changes --until now
	from_sql -D d -e 'RENAME TABLE b TO x, c TO b, x TO c;
	    RENAME TABLE o.a TO o.x, o.b TO o.a; CREATE TABLE n LIKE a;
	    ALTER TABLE p ADD w INT; INSERT INTO p VALUES (1, "n", 2)'
	go_on
	exits 0 "$v: $words: the copy goes on"
	ends 2 "$v: and is whole"
	sink --schema-evolution apply-ddl <"$T/out" 2>"$T/err"
	exits_now $? 0 "$v: and the stream renames them"
	same_rows a b c e p
}
exits_now() {
	status=$1
	ran=cdc-apply
	exits "$2" "$3"
}
same_rows() {
	for table in "$@"; do
		from_sql -N -e "SELECT * FROM d.$table ORDER BY id" >"$T/want"
		to_sql -N -e "SELECT * FROM d.$table ORDER BY id" >"$T/got"
		same "$T/got" "$T/want" "$v: $words: table $table"
	done
}

# A copy that a sink has a part of starts over by itself: where it found out
# itself, and where it was interrupted before.
starts_over() {
	tables
	words='the copy starts over'
	begin --state "$T/pos"
	from_sql -D d -e 'RENAME TABLE b TO x, c TO b, x TO c'
	sleep 1                         # it says how far it is
	go_on
	exits 75 "$v: not now, with a state"
	sed '/"done":\[".*`a`"/q' "$T/out" | sink 2>"$T/err"
	exits_now $? 75 "$v: a sink has a part of it"
	again
	tables
	begin_at c --state "$T/pos"
	sleep 1
	go_on
	sed '/"done":\[".*`c`"/q' "$T/out" | sink 2>"$T/err"
	exits_now $? 75 "$v: a sink has a part of one that was killed"
	from_sql -D d -e 'RENAME TABLE e TO x, c TO e, x TO c'
	again
}
again() {
	snapshot --state "$T/pos" 2>"$T/words" | sink 2>"$T/err"
	exits_now $? 0 "$v: the next one does"
	grep -q 'changed their names, .*: RENAME TABLE .*: the copy starts over' \
	    "$T/words"
	result $? "$v: and says why" || sed 's/^/# /' "$T/words"
	same_rows a b c e p
}

# Who may not read the log keeps these statements waiting.
keeps() {
	tables
	words='names are kept'
	from_sql -e "FLUSH PRIVILEGES; CREATE USER s@localhost, root@localhost;
	    GRANT ALL ON *.* TO root@localhost; GRANT SELECT ON *.* TO s@localhost"
	account=s
	begin --threads 2
	from_sql -D d -e 'RENAME TABLE b TO x, c TO b, x TO c' &
	renames=$!
	doing "STATE LIKE 'Waiting for%' AND INFO LIKE 'RENAME%'"
	go_on
	exits 0 "$v: without REPLICATION SLAVE it is whole"
	err_like 'without the privilege REPLICATION SLAVE .* waits' \
	    "$v: and says what waits"
	wait $renames
	is "$(jq -r 'select(.payload.op == "r").payload |
	    .source.table + .after.v' "$T/out" | sort | uniq -c |
	    tr -s ' \n' ' ')" ' 4 aa 3 bb 5 cc 2 ee 4 pp ' \
	    "$v: each row under its table's name"
	account=root
}

for v in $mariadb_versions; do
	mariadb_have $v || {
		skip "moves on $v" "no MariaDB $v here"
		continue
	}
	mariadb_start $v "$T/from" --server-id=1 && from=$T/from
	mariadb_start $v "$T/to" --server-id=2 && to=$T/to
	refuses
	allows
	starts_over
	keeps
	pair_stop
	rm -rf "$T/from" "$T/to"
done
done_testing
