#!/bin/sh
# Each statement once: cdc-apply is killed before, while and after it executes
# a statement of every kind; the target is what a single execution makes of it.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"
busy=
cleanup() {
	[ -z "$busy" ] || kill $busy 2>/dev/null
	pair_stop
}
facts() {
	{
		echo "SET @only='.';"
		cat "$src/tests/server/native-facts.sql"
	} | "$1"_sql -N -r mysql 2>&1
}

# usage: until SQL VALUE   of the target
gives() { [ "$(to_sql -N -e "$1" 2>/dev/null)" = "$2" ]; }
until_is() { eventually gives "$1" "$2"; }

# A connection that is kept, of the statements that come through a pipe.
hold() {
	rm -f "$T/hold"
	mkfifo "$T/hold"
	: >"$T/held"
	to_sql -N --unbuffered <"$T/hold" >"$T/held" 2>&1 &
	busy=$!
	exec 3>"$T/hold"
	echo "$1; SELECT 'held';" >&3
	wait_for "$T/held" held
}
let_go() {
	exec 3>&-
	wait "$busy" 2>/dev/null
	busy=
}

waiting="SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE STATE LIKE
    'Waiting for table metadata lock%' OR STATE LIKE 'Waiting for schema%'"
at_work="SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE INFO LIKE
    'UPDATE \`cdc\`%'"
gone="SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE COMMAND IN
    ('Query', 'Sleep') AND ID <> CONNECTION_ID()"

begin_apply() {
	(exec 3>&-; exec cdc-apply -S "$to/sock" --name n \
	    --schema-evolution apply-ddl <"$T/records" 2>"$T/err") &
	applier=$!
}
kill_apply() {
	kill -KILL $applier
	wait $applier 2>/dev/null
}

# Killed while the server copies rows; it goes on with it, and what runs then
# waits for its end.
while_it_runs() {
	begin_apply
	until_is "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE
	    STATE = 'copy to tmp table'" 1
	kill_apply
	begin_apply
	wait $applier || return
	grep -q 'is still running: waiting' "$T/err" ||
	    echo "# it did not have to wait"
}

# Killed while it waits for a lock: the server ends it, or goes on with it when
# it gets the lock, and what runs then waits for its end.
while_it_waits() {
	hold "START TRANSACTION; SELECT 1 FROM $1 LIMIT 1"
	begin_apply
	until_is "$waiting" 1
	kill_apply
	begin_apply
	let_go
	wait $applier
}

# Killed when the statement is executed, and the position is not written yet.
before_the_position() {
	hold "START TRANSACTION; SELECT 1 FROM $1 LIMIT 1"
	begin_apply
	until_is "$waiting" 1
	: >"$T/held2"
	(exec 3>&-; to_sql -N --unbuffered -e "START TRANSACTION;
	    SELECT name FROM cdc.cdc_offsets FOR UPDATE;
	    SELECT 'locked', SLEEP(100)" >"$T/held2" 2>&1) &
	locker=$!
	wait_for "$T/held2" n
	let_go
	until_is "$at_work" 1
	kill_apply
	to_sql -e "KILL $(to_sql -N -e "SELECT ID FROM
	    information_schema.PROCESSLIST WHERE INFO LIKE '%SLEEP(100)%' AND
	    ID <> CONNECTION_ID()")"
	wait $locker 2>/dev/null
	until_is "$gone" 0
	begin_apply
	wait $applier
}

# As if killed when each of the statements is executed, and the position is not
# written yet: the input ends before their transaction does.
the_input_ends() {
	for n in $(grep -n '"ddl":"' "$T/records" | cut -d: -f1); do
		head -n "$n" "$T/records" >"$T/begun"
		cdc-apply -S "$to/sock" --name n --schema-evolution apply-ddl \
		    <"$T/begun" 2>"$T/err"
		[ $? -eq 75 ] || return
	done
	begin_apply
	wait $applier
}

# usage: once WINDOW TABLE BEFORE STATEMENTS…   killed in that window of the
# first of the statements that needs TABLE
once() {
	window=$1
	table=$2
	before=$3
	shift 3
	for s in from to; do
		${s}_sql -e "DROP DATABASE IF EXISTS d; DROP DATABASE IF EXISTS
		    d2; DROP DATABASE IF EXISTS cdc; CREATE DATABASE d"
		${s}_sql d -e "$before"
	done
	since=$(from_sql -N -e 'SELECT @@gtid_binlog_pos')
	from_sql d -e "$*" || result 1 "$v: the source: $*"
	cdc-tail -q -S "$from/sock" --from "$since" --until now --control \
	    --schema-changes >"$T/records"

	$window "$table"
	result $? "$v: $window: $*" || explain
	facts from >"$T/want"
	facts to >"$T/got"
	same "$T/got" "$T/want" "$v: … once"
	is "$(to_sql -N -e 'SELECT statement FROM cdc.cdc_offsets')" NULL \
	    "$v: … and nothing is begun"
}

parts="CREATE TABLE p (i INT PRIMARY KEY, v INT) PARTITION BY RANGE (i)
    (PARTITION a VALUES LESS THAN (10), PARTITION b VALUES LESS THAN (20));
    INSERT INTO p VALUES (1, 1), (2, 2), (11, 11); CREATE TABLE x (i INT
    PRIMARY KEY, v INT); INSERT INTO x VALUES (3, 3)"
plain="CREATE TABLE t (i INT PRIMARY KEY, a INT, b INT); INSERT INTO t VALUES
    (1, 2, 3), (4, 5, 6); CREATE TABLE u (i INT PRIMARY KEY, a INT, b INT);
    INSERT INTO u VALUES (7, 8, 9)"

refers="CREATE TABLE t (i INT PRIMARY KEY, v INT, KEY (v), CHECK (v <> 5));
    CREATE TABLE c (i INT PRIMARY KEY, v INT, KEY k (v), CONSTRAINT f FOREIGN
    KEY (v) REFERENCES t (i) ON DELETE CASCADE); CREATE TABLE n (v INT, KEY
    (v)); CREATE DEFINER=a@b VIEW w AS SELECT * FROM t; CREATE DEFINER=a@b VIEW
    x AS SELECT 1; INSERT INTO t VALUES (1, 2); INSERT INTO c VALUES (7, 1)"

few_kinds() {
	once "$1" d.x "$parts" "ALTER TABLE p EXCHANGE PARTITION a WITH TABLE x"
	once "$1" d.c "$refers" "ALTER TABLE c DROP FOREIGN KEY f"
	once "$1" d.x "$refers" "ALTER DEFINER=a@b VIEW x AS SELECT 2"
	once "$1" d.u "$plain" "RENAME TABLE t TO w, u TO t, w TO u"
}

all_kinds() {
	once "$1" d.t "$plain" "CREATE INDEX k ON t (a)"
	once "$1" d.t "$plain" "ALTER TABLE t COMMENT 'x'"
	once "$1" d.t "$plain" \
	    "ALTER TABLE t CHANGE a b INT, CHANGE b a INT AFTER i"
	once "$1" d.t "$plain" "RENAME TABLE t TO w, u TO t, w TO u"
	once "$1" d.t "$plain" "DROP TABLE u, t" "; CREATE TABLE t (n INT)"
	once "$1" d.p "$parts" "ALTER TABLE p DROP PARTITION a"
	once "$1" d.p "$parts" "ALTER TABLE p TRUNCATE PARTITION a"
	once "$1" d.t "$plain" "CREATE OR REPLACE TABLE t (z INT)"
	once "$1" d.t "$plain" "ALTER TABLE t ADD c INT DEFAULT 5" \
	    "; INSERT INTO t VALUES (9, 9, 9, 9)"
	once "$1" d.t "$plain" "DROP DATABASE d; CREATE DATABASE d2; CREATE
	    DATABASE d COMMENT 'x'"
}

# What need not be waited for, or cannot.
more_kinds() {
	once "$1" '' "$refers" "ALTER TABLE c DROP FOREIGN KEY f, ADD CONSTRAINT
	    g FOREIGN KEY (v) REFERENCES t (i)"
	once "$1" '' "$refers" "ALTER TABLE n ADD FOREIGN KEY (v) REFERENCES
	    t (i)"
	once "$1" '' "$refers" "ALTER TABLE n ADD CHECK (v <> 99)" \
	    "; ALTER TABLE n ADD CHECK (v <> 98), ADD CHECK (v <> 97)"
	once "$1" '' "$refers" "ALTER TABLE t DROP CONSTRAINT CONSTRAINT_1" \
	    "; ALTER TABLE t DROP CONSTRAINT IF EXISTS CONSTRAINT_1"
	once "$1" '' "$refers" "CREATE DEFINER=a@b VIEW y AS SELECT * FROM t" \
	    "; ALTER DEFINER=a@b VIEW y AS SELECT 2" "; RENAME TABLE y TO z" \
	    "; CREATE OR REPLACE DEFINER=a@b VIEW z AS SELECT 3" \
	    "; DROP VIEW x, w" "; CREATE TABLE w (i INT)"
	once "$1" '' "$refers" "RENAME TABLE w TO y, x TO w, y TO x, n TO y"
	once "$1" '' "$refers" "ALTER DATABASE d COLLATE latin1_bin" \
	    "; ALTER DATABASE d COMMENT 'x'" "; CREATE DATABASE d2 COMMENT 'y'" \
	    "; DROP DATABASE d2; CREATE OR REPLACE DATABASE d2"
	once "$1" '' "$refers" "CREATE SEQUENCE s" \
	    "; ALTER SEQUENCE s INCREMENT 5" "; RENAME TABLE s TO s2" \
	    "; DROP SEQUENCE s2; CREATE SEQUENCE s2 START 7"
	once "$1" '' "$parts" \
	    "ALTER TABLE p ADD PARTITION (PARTITION c VALUES LESS THAN (30))" \
	    "; ALTER TABLE p REORGANIZE PARTITION a, b INTO (PARTITION ab VALUES
	    LESS THAN (20))" "; ALTER TABLE p TRUNCATE PARTITION ab" \
	    "; ALTER TABLE p REMOVE PARTITIONING"
	once "$1" '' "$parts" "ALTER TABLE p EXCHANGE PARTITION a WITH TABLE x" \
	    "; ALTER TABLE p EXCHANGE PARTITION a WITH TABLE x"
	once "$1" '' "$plain" \
	    "ALTER TABLE t RENAME COLUMN a TO c, RENAME COLUMN b TO a" \
	    "; ALTER TABLE t RENAME INDEX IF EXISTS k TO l, AUTO_INCREMENT 70" \
	    "; ALTER TABLE t ENGINE=Aria, RENAME TO v" "; ALTER TABLE v FORCE" \
	    "; ALTER TABLE v ORDER BY i DESC"
}

# The target loses what it had committed, while a statement waits there: what
# comes again after the connection is lost would not follow what is there.
went_back() {
	for s in from to; do
		${s}_sql -e "DROP DATABASE IF EXISTS d; DROP DATABASE IF EXISTS
		    cdc; CREATE DATABASE d; CREATE TABLE d.t (i INT PRIMARY
		    KEY)"
	done
	since=$(from_sql -N -e 'SELECT @@gtid_binlog_pos')
	from_sql d -e "INSERT INTO t VALUES (1); INSERT INTO t VALUES (2);
	    ALTER TABLE t ADD c INT"
	cdc-tail -q -S "$from/sock" -u root --control --schema-changes \
	    --from "$since" --until now >"$T/records"
	hold "START TRANSACTION; SELECT 1 FROM d.t LIMIT 1"
	begin_apply
	until_is "$waiting" 1
	to_sql -e "UPDATE cdc.cdc_offsets SET gtid = '$since', statement = NULL;
	    KILL $(to_sql -N -e "SELECT ID FROM
	    information_schema.PROCESSLIST WHERE INFO LIKE 'ALTER TABLE t%'")"
	wait $applier
	is $? 75 "$v: a position that went back: 75"
	err_like "went back to '$since': the server lost" "$v: said"
	let_go
	is "$(to_sql -N -e 'SELECT gtid FROM cdc.cdc_offsets')" "$since" \
	    "$v: and nothing is written"
}

for v in ${ONCE_VERSIONS:-$mariadb_versions}; do
	mariadb_have $v || {
		skip "MariaDB $v" "not here"
		continue
	}
	from=$T/$v.from to=$T/$v.to
	mariadb_start $v "$from" && mariadb_start $v "$to" --server-id=2 || {
		result 1 "MariaDB $v starts"
		continue
	}
	all_kinds the_input_ends
	few_kinds the_input_ends
	more_kinds the_input_ends
	all_kinds while_it_waits
	few_kinds while_it_waits
	few_kinds before_the_position
	once while_it_runs d.big "CREATE TABLE big (i INT, v INT);
	    INSERT INTO big SELECT seq, seq % 7 FROM seq_1_to_200000" \
	    "ALTER TABLE big ADD INDEX (v), ALGORITHM=COPY"
	went_back
	pair_stop
done
done_testing
