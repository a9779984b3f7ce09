#!/bin/sh
# --schema-evolution add and --evolve: what the target follows, what it leaves,
# and that rows which clash with that say so.  (What `add` makes of statements
# that it follows, native.t compares: tests/native/add-*.sql.)
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { pair_stop; }

names=0
both() { from_sql "$@" && to_sql "$@"; }

# usage: begin SQL   both sides have a table t.a of these statements
begin() {
	both -e "CREATE OR REPLACE DATABASE t; USE t; $1"
	since=$(from_sql -N -e 'SELECT @@gtid_binlog_pos')
	names=$((names + 1))
}

# usage: go WHAT [option]…   what the source did since then
go() {
	go_what=$1
	shift
	cdc-tail -q -S "$from/sock" --from "$since" --until now --control \
	    --time string $tail_options >"$T/stream" 2>"$T/tail.err" ||
	    result 1 "$v: cdc-tail: $(cat "$T/tail.err")"
	again "$@"
}

again() {
	run_on "$T/stream" cdc-apply -S "$to/sock" --name "n$names" \
	    --schema-evolution "$mode" "$@"
	at=$(grep '"ddl":"' "$T/stream" | tail -n 1 |
	    sed 's/.*"gtid":"\([^"]*\)".*/\1/')
	[ -n "$at" ] || at=none
}

# usage: ends STATUS [REGEX]   so the run ended, and said that
ends() {
	exits "$1" "$v: $mode: $go_what: $1" || return
	[ $# -lt 2 ] || err_like "$2" "$v: $mode: $go_what: it says why"
}

target() { to_sql -N -e "$1" t 2>&1 | tr '\t\n' ' ;'; }
columns() {
	target "SELECT GROUP_CONCAT(COLUMN_NAME, ' ', COLUMN_TYPE ORDER BY
	    ORDINAL_POSITION) FROM information_schema.COLUMNS WHERE
	    TABLE_SCHEMA = 't' AND TABLE_NAME = '${1:-a}'"
}

table='CREATE TABLE a (id INT PRIMARY KEY, w VARCHAR(9) NOT NULL, i INT);
    INSERT INTO a VALUES (1, "x", 5)'

left() {
	begin "$table"
	from_sql t -e 'ALTER TABLE a DROP w; INSERT INTO a VALUES (2, 6)'
	go 'DROP COLUMN is left'
	ends 0 "warning: column w of t.a was dropped at the source by $at: --evolve drop.column=ignore left it"
	is "$(columns)" 'id int(11),w varchar(9),i int(11);' \
	    "$v: $mode: it is there"
	is "$(target 'SELECT * FROM a')" '1 x 5;2 NULL 6;' \
	    "$v: $mode: and takes rows without it"
	to_sql t -e 'ALTER TABLE a ADD k INT NOT NULL'
	from_sql t -e 'INSERT INTO a VALUES (3, 7)'
	go 'a column that the record does not have'
	ends 65 "hint: the record has no such column: drop it here.*allow NULL"
	begin "$table"
	from_sql t -e 'ALTER TABLE a ADD u UUID DEFAULT UUID(),
	    ADD s VARCHAR(9) DEFAULT LOWER("RAND()")'
	go 'a DEFAULT that no log holds'
	ends 0 'its rows get the default that the new column u has here and now: UUID()'
	is "$(grep -c 'has here and now' "$T/err")" 1 \
	    "$v: $mode: which a text is not"
	begin "CREATE TABLE a (id INT PRIMARY KEY, d DATETIME(3), n INT,
	    e ENUM('x','y'), f FLOAT, v VARCHAR(5), g INT)"
	from_sql t -e 'ALTER TABLE a DROP g, ADD g INT AS (n + 1)'
	since=$(from_sql -N -e 'SELECT @@gtid_binlog_pos')
	from_sql t -e "SET sql_mode=''; ALTER TABLE a MODIFY d DATETIME,
	    MODIFY n INT NOT NULL, MODIFY e ENUM('x'), MODIFY f DOUBLE,
	    MODIFY v VARCHAR(5) COMMENT 'the same', MODIFY g INT AS (n + 2);
	    INSERT INTO a (id, d, n, e) VALUES (1, '2020-01-02', 0, 'x')"
	go 'columns that become narrower'
	ends 0 "warning: table t.a: column d was altered at the source by $at: values that this changed there stay"
	is "$(grep -o 'column . was altered' "$T/err" | cut -c8 |
	    paste -sd ' ')" 'd n e g' \
	    "$v: $mode: those, and no others"
	begin "$table"
	to_sql t -e 'ALTER TABLE a DROP PRIMARY KEY,
	    ADD k INT AUTO_INCREMENT PRIMARY KEY'
	from_sql t -e 'ALTER TABLE a DROP PRIMARY KEY,
	    ADD n INT AUTO_INCREMENT PRIMARY KEY'
	go 'a key that the target cannot have'
	ends 78 'hint: create it at the target by hand'
	begin "$table"
	from_sql t -e "ALTER TABLE a MODIFY i VARCHAR(9);
	    INSERT INTO a VALUES (2, 'x', 'text')"
	go 'a type that is none that holds both'
	ends 65 "column i of t.a was changed at the source by $at, which is not followed where values could be lost"
	begin "$table"
	from_sql t -e "ALTER TABLE a MODIFY w VARCHAR(3) NOT NULL,
	    MODIFY i TINYINT; INSERT INTO a VALUES (2, 'abc', 7)"
	go 'what becomes narrower'
	ends 0
	is "$(columns)" 'id int(11),w varchar(9),i int(11);' \
	    "$v: $mode: stays as wide as it is"
	begin "$table"
	from_sql t -e "DROP TABLE a"
	go 'DROP TABLE is left'
	ends 0 "table t.a was dropped at the source by .*drop.table=ignore"
	is "$(target 'SELECT COUNT(*) FROM a')" '1;' "$v: $mode: it is there"
}

# usage: each WAY   what each action does under it
each() {
	way=$1
	begin "$table"
	from_sql t -e "ALTER TABLE a ADD n INT DEFAULT 7;
	    INSERT INTO a VALUES (2, 'y', 6, 8)"
	go "add.column=$way" --evolve "add.column=$way"
	expect 65 78 "column n of t.a was added at the source by $at: --evolve add.column=$way"
	begin "$table"
	from_sql t -e "ALTER TABLE a MODIFY i BIGINT;
	    INSERT INTO a VALUES (2, 'y', 5000000000)"
	go "alter.column.type=$way" --evolve "alter.column.type=$way"
	expect 65 78 "column i of t.a was changed at the source by $at: --evolve alter.column.type=$way"
	begin "$table"
	from_sql t -e "ALTER TABLE a RENAME COLUMN i TO j;
	    INSERT INTO a VALUES (2, 'y', 6)"
	go "rename.column=$way" --evolve "rename.column=$way"
	expect 65 78 "column i of t.a was renamed to j at the source by $at: --evolve rename.column=$way"
	begin "$table"
	from_sql t -e "ALTER TABLE a DROP i; INSERT INTO a VALUES (2, 'y')"
	go "drop.column=$way" --evolve "drop.column=$way"
	expect 0 78 "column i of t.a was dropped at the source by $at: --evolve drop.column=$way"
	begin ''
	from_sql t -e "CREATE TABLE a (id INT PRIMARY KEY);
	    INSERT INTO a VALUES (1)"
	go "create.table=$way" --evolve "create.table=$way"
	expect 78 78 "table t.a was created at the source.*: --evolve create.table=$way"
	begin "$table"
	from_sql t -e "DROP TABLE a"
	go "drop.table=$way" --evolve "drop.table=$way"
	expect 0 78 "table t.a was dropped at the source by $at: --evolve drop.table=$way"
	begin "$table"
	from_sql t -e "TRUNCATE a; INSERT INTO a VALUES (1, 'y', 6), (2, 'z', 7)"
	go "truncate.table=$way" --evolve "truncate.table=$way"
	expect 0 78 "table t.a was emptied at the source by .*: --evolve truncate.table=$way"
}

# usage: expect IGNORED STOPPED REGEX
expect() {
	[ "$way" = stop ] && set -- "$2" "$2" "$3"
	ends "$1" "$3"
}

followed() {
	begin "$table; CREATE TABLE b (id INT PRIMARY KEY)"
	from_sql t -e 'ALTER TABLE a DROP w; INSERT INTO a VALUES (2, 6);
	    DROP TABLE b'
	go 'drops are followed' --evolve drop.column=follow,drop.table=follow
	ends 0
	is "$(columns)$(target 'SHOW TABLES; SELECT * FROM a')" \
	    'id int(11),i int(11);a;1 5;2 6;' "$v: $mode: they are gone"
	begin "$table"
	from_sql t -e "ALTER TABLE a DROP i, ADD i INT DEFAULT 9"
	go 'a column made anew' --evolve drop.column=follow
	ends 0
	is "$(target 'SELECT * FROM a')" '1 x 9;' "$v: $mode: has no old value"
}

# What cannot be seen, or would keep values of another column.
refused() {
	begin "$table"
	from_sql t -e "ALTER TABLE a DROP i, ADD i INT DEFAULT 9"
	go 'a column made anew'
	ends 78 'drop.column=stop'
	begin "$table"
	from_sql t -e "ALTER TABLE a DROP i; ALTER TABLE a ADD i INT DEFAULT 9"
	go 'a column made again'
	ends 78 'column i of t.a is added again, and the earlier one'
	again
	ends 78 'column i of t.a was dropped at the source by .*is added again'
	to_sql t -e 'ALTER TABLE a DROP i'
	again
	ends 0
	is "$(target 'SELECT * FROM a')" '1 x 9;' "$v: $mode: until it is gone"
	is "$(kept)" NULL "$v: $mode: nothing is left"
	begin "$table"
	from_sql t -e "ALTER TABLE a DROP i; RENAME TABLE a TO b;
	    ALTER TABLE b ADD i INT DEFAULT 9"
	go 'a column made again in a table of another name'
	ends 78 'column i of t.b is added again, and the earlier one'
	begin "$table"
	from_sql t -e "DROP TABLE a; $table"
	go 'another table of the name'
	ends 78 'table t.a: the source dropped and created it again'
	again
	ends 78 'table t.a: the source dropped and created it again'
	to_sql t -e 'DROP TABLE a'
	again
	ends 0
	is "$(target 'SELECT * FROM a')" '1 x 5;' "$v: $mode: until it is gone"
	begin "$table; CREATE TABLE b (i INT)"
	from_sql t -e 'DROP TABLE b; RENAME TABLE a TO b'
	go 'a name that is there'
	ends 78 'table t.a is renamed to t.b, which already exists'
	begin "$table"
	from_sql t -e "ALTER TABLE a ADD j INT DEFAULT 3,
	    CHANGE i k INT; ALTER TABLE a CHANGE j k INT, CHANGE k j INT"
	go 'names that change places'
	ends 78 'exchange names'
	is "$(target 'SELECT j, k FROM a')" '3 5;' "$v: $mode: as before it"
	begin "$table"
	to_sql t -e 'ALTER TABLE a ADD k INT'
	from_sql t -e "ALTER TABLE a RENAME COLUMN i TO k"
	go 'a new name that is there'
	ends 78 'column i of t.a is renamed to k, which already exists'
}

kept() {
	to_sql -N -r -e "SELECT unfollowed FROM cdc.cdc_offsets WHERE
	    name = 'n$names'"
}

# What is not followed stops each run until somebody saw to it.
again_and_again() {
	want=$1
	ends 78 "$want"
	again
	ends 78 "$want"
}

plain='CREATE TABLE a (id INT PRIMARY KEY, v INT); INSERT INTO a VALUES (1, 1)'
other="CREATE TABLE a (id INT PRIMARY KEY, v INT); INSERT INTO a VALUES (2, 2)"
parted="CREATE TABLE p (i INT PRIMARY KEY, v INT) PARTITION BY RANGE (i)
    (PARTITION a VALUES LESS THAN (10), PARTITION b VALUES LESS THAN (20));
    INSERT INTO p VALUES (1, 1), (11, 11);
    CREATE TABLE x (i INT PRIMARY KEY, v INT); INSERT INTO x VALUES (3, 3)"

# Tables that are made again over rows of the dropped one.
made_again() {
	says='table t.a: the source dropped and created it again'
	for go_what in 'DROP TABLE a' 'DROP DATABASE t; CREATE DATABASE t; USE t'
	do
		begin "$plain"
		from_sql t -e "$go_what; $other"
		go "$go_what"
		again_and_again "$says"
		is "$(target 'SELECT * FROM a')" '1 1;' \
		    "$v: $mode: $go_what: no row is mixed with those"
		to_sql t -e 'TRUNCATE a'
		again
		ends 0
		from_sql t -e 'INSERT INTO a VALUES (3, 3)'
		go "$go_what"
		ends 0
		is "$(target 'SELECT * FROM a')" '2 2;3 3;' \
		    "$v: $mode: $go_what: it goes on once they are gone"
	done
	begin "$plain"
	from_sql t -e "CREATE OR REPLACE TABLE a (id INT PRIMARY KEY, v INT);
	    INSERT INTO a VALUES (2, 2)"
	go 'CREATE OR REPLACE'
	again_and_again "$says"
	err_like "accept-tables 't..a'" "$v: $mode: $go_what: what to do"
	to_sql t -e 'UPDATE a SET id = 4'
	again --accept-tables 't\.a'
	ends 0
	is "$(target 'SELECT * FROM a')" '2 2;4 1;' "$v: $mode: $go_what: accepted"
}

# usage: moves WHAT STATEMENT TABLES
moves() {
	begin "$parted"
	from_sql t -e "$2; INSERT INTO p VALUES (12, 12)"
	go "$1"
	again_and_again "moves rows that no record contains.*: $3: $2"
	is "$(target 'SELECT i FROM p UNION ALL SELECT i FROM x')" '1;11;3;' \
	    "$v: $mode: $1: nothing came after it"
}

# Rows that move from table to table, and no record says which.
moved() {
	moves EXCHANGE 'ALTER TABLE p EXCHANGE PARTITION a WITH TABLE x' \
	    't.p, t.x'
	to_sql t -e 'ALTER TABLE p EXCHANGE PARTITION a WITH TABLE x'
	again --accept-tables 't\.(p|x)'
	ends 0 'passed over, as --accept-tables says: ALTER TABLE p EXCHANGE'
	is "$(target 'SELECT i FROM p; SELECT i FROM x')" '3;11;12;1;' \
	    "$v: $mode: $go_what: accepted"
	moves IMPORT 'ALTER TABLE x DISCARD TABLESPACE' t.x
	if [ "$(to_sql -N -e 'SELECT VERSION() RLIKE "^10\.([0-6])\."')" = 0 ]
	then
		moves 'CONVERT PARTITION' \
		    'ALTER TABLE p CONVERT PARTITION a TO TABLE y' t.p
	fi
	[ "$mode" != add ] || return
	moves RENAME 'RENAME TABLE x TO y' t.x
	to_sql t -e 'RENAME TABLE x TO y'
	again
	ends 0
}

# Names that go round: not once more after a crash.
swapped() {
	begin "$plain; CREATE TABLE b LIKE a; INSERT INTO b VALUES (2, 2)"
	from_sql t -e 'RENAME TABLE a TO w, b TO a, w TO b;
	    INSERT INTO a VALUES (3, 3)'
	go_what='tables that exchange names'
	cdc-tail -q -S "$from/sock" --from "$since" --until now --control \
	    >"$T/whole"
	for n in $(grep -n '"ddl":"RENAME' "$T/whole" | cut -d: -f1); do
		head -n "$n" "$T/whole" >"$T/stream"
		again
		ends 75
	done
	cp "$T/whole" "$T/stream"
	again
	ends 0
	is "$(target 'SELECT id FROM a; SELECT id FROM b; SHOW TABLES')" \
	    '2;3;1;a;b;' "$v: $mode: $go_what: once"
	is "$(to_sql -N -e "SELECT statement FROM cdc.cdc_offsets WHERE
	    name = 'n$names'")" NULL "$v: $mode: nothing is begun"
}

# What --evolve left of the source's statements, and IF NOT EXISTS over it.
replayed() {
	begin "$plain"
	from_sql t -e 'DROP TABLE a; CREATE TABLE IF NOT EXISTS a (id INT
	    PRIMARY KEY, v INT); INSERT INTO a VALUES (2, 2)'
	go 'a table that was left' --evolve drop.table=ignore
	again_and_again 'table t.a: the source dropped and created it again'
	to_sql t -e 'DROP TABLE a'
	again
	ends 0
	is "$(target 'SELECT * FROM a')$(kept)" '2 2;NULL' "$v: $mode: $go_what"
	begin "$plain"
	from_sql t -e 'CREATE OR REPLACE TABLE a (id INT PRIMARY KEY, v INT);
	    INSERT INTO a VALUES (2, 2)'
	go 'a table that is replaced' --evolve drop.table=ignore
	ends 78 'table t.a: the source dropped and created it again'
	to_sql t -e 'TRUNCATE a'
	again --evolve drop.table=ignore
	ends 0
	is "$(target 'SELECT * FROM a')" '2 2;' "$v: $mode: $go_what"
	begin "$plain"
	from_sql t -e 'ALTER TABLE a DROP v; RENAME TABLE a TO b;
	    ALTER TABLE b ADD COLUMN IF NOT EXISTS v INT DEFAULT 7;
	    INSERT INTO b VALUES (2, 2)'
	go 'a column that was left' --evolve drop.column=ignore
	again_and_again 'column v of t.b is added again, and the earlier one'
	to_sql t -e 'ALTER TABLE b DROP v'
	again
	ends 0
	is "$(target 'SELECT * FROM b')$(kept)" '1 7;2 2;NULL' \
	    "$v: $mode: $go_what"
	begin "$plain"
	from_sql t -e 'ALTER TABLE a RENAME COLUMN v TO w;
	    ALTER TABLE a ADD COLUMN IF NOT EXISTS w INT;
	    INSERT INTO a VALUES (2, 2)'
	go 'a name that was left' --evolve rename.column=ignore
	again_and_again 'column w of t.a is added again, and has its first name'
	to_sql t -e 'ALTER TABLE a RENAME COLUMN v TO w'
	again
	ends 0
	is "$(target 'SELECT * FROM a')$(kept)" '1 1;2 2;NULL' \
	    "$v: $mode: $go_what"
}

# A name that was left gets another one.
renamed_again() {
	begin "$plain"
	from_sql t -e 'ALTER TABLE a RENAME COLUMN v TO w;
	    ALTER TABLE a RENAME COLUMN w TO x; INSERT INTO a VALUES (2, 2)'
	go 'a name that was left gets another one' --evolve rename.column=ignore
	ends 65 'column w of t.a was renamed to x at the source'
	again
	ends 65 'column w of t.a was renamed to x at the source'
	is "$(columns)" 'id int(11),v int(11);' "$v: $mode: $go_what: left"
}

# A key that an index takes only in part.
parted_key() {
	begin ''
	from_sql t -e "ALTER DATABASE t CHARACTER SET utf8mb4;
	    CREATE TABLE a (n INT, k TEXT, b BLOB, v INT,
	    PRIMARY KEY (n, k(10), b(20)));
	    CREATE TABLE b (k VARCHAR(2000), v INT, PRIMARY KEY (k(700)));
	    INSERT INTO a VALUES (1, 'x', 'y', 1), (1, 'X', 'z', 2),
		(2, REPEAT('k', 900), REPEAT('b', 4000), 3);
	    INSERT INTO b VALUES (REPEAT('k', 2000), 1), ('b', 2);
	    UPDATE a SET v = 4 WHERE b = 'y'; DELETE FROM a WHERE v = 3;
	    UPDATE b SET k = CONCAT(k, k) WHERE v = 2"
	go 'a key of parts of columns'
	ends 0
	for s in from to; do
		${s}_sql -N t -e 'SELECT n, MD5(k), MD5(b), v FROM a ORDER BY v;
		    SELECT MD5(k), v FROM b ORDER BY v' >"$T/$s.rows" 2>&1
	done
	same "$T/to.rows" "$T/from.rows" "$v: $mode: $go_what: the rows"
	is "$(target "SELECT INDEX_NAME, COLUMN_NAME, SUB_PART FROM
	    information_schema.STATISTICS WHERE TABLE_SCHEMA = 't' ORDER BY 1, 2,
	    3")" 'k k 768;n b 1520;n k 380;n n NULL;' \
	    "$v: $mode: $go_what: an index"
}

# Killed between a statement and the position: the table tells what was done.
twice() {
	begin "$table"
	from_sql t -e "ALTER TABLE a CHANGE i j BIGINT, ADD i INT DEFAULT 3,
	    RENAME COLUMN w TO v; INSERT INTO a VALUES (2, 'y', 6, 7)"
	go 'all at once'
	ends 0
	want=$(target 'SELECT id, i, j, v FROM a')
	is "$want" '1 3 5 x;2 7 6 y;' "$v: $mode: its rows"
	begin "$table"
	from_sql t -e "ALTER TABLE a CHANGE i j BIGINT, ADD i INT DEFAULT 3,
	    RENAME COLUMN w TO v; INSERT INTO a VALUES (2, 'y', 6, 7)"
	cp "$T/stream" "$T/whole"
	grep -n '"ddl":"ALTER' "$T/whole" | cut -d: -f1 >"$T/at"
	head -n "$(cat "$T/at")" "$T/whole" >"$T/stream"
	again
	exits 75 "$v: $mode: cut behind the statement"
	cp "$T/whole" "$T/stream"
	again
	exits 0 "$v: $mode: and again"
	is "$(target 'SELECT id, i, j, v FROM a')" "$want" "$v: $mode: its rows"
}

# Under other names.
mapped() {
	begin "$table"
	to_sql t -e 'RENAME TABLE a TO b; ALTER TABLE b RENAME COLUMN i TO x_i'
	from_sql t -e "ALTER TABLE a ADD n INT DEFAULT 7 AFTER i,
	    MODIFY i BIGINT; INSERT INTO a VALUES (2, 'y', 5000000000, 8)"
	go '--map and --map-column' --map 't\.a=t.b' \
	    --map-column 't\.a\.(i|n)=x_$1'
	ends 0
	is "$(columns b)$(target 'SELECT * FROM b')" \
	    'id int(11),w varchar(9),x_i bigint(20),x_n int(11);1 x 5 7;2 y 5000000000 8;' \
	    "$v: $mode: the target's names"
}

# Of the source's statements.
ddl() {
	begin "$table"
	from_sql t -e 'ALTER TABLE a DROP w, ADD n INT DEFAULT 7, MODIFY i BIGINT,
	    ADD KEY (n); INSERT INTO a VALUES (2, 6, 8)'
	go 'a part is left' --evolve drop.column=ignore
	ends 65 "column w of t.a was dropped at the source by $at: --evolve drop.column=ignore left it"
	is "$(columns)$(target 'SELECT * FROM a')" \
	    'id int(11),w varchar(9),i bigint(20),n int(11);1 x 5 7;' \
	    "$v: $mode: the others are executed"
	begin "$table; CREATE TABLE b (i INT)"
	from_sql t -e 'DROP TABLE a, b; CREATE TABLE a (i INT)' 2>/dev/null
	go 'statements are left' --evolve drop.table=ignore
	ends 78 'table t.b was dropped at the source'
	is "$(target 'SHOW TABLES; SELECT * FROM a')" 'a;b;1 x 5;' \
	    "$v: $mode: nothing is gone"
	each stop
}

# A default that is more than one expression is none.
injected() {
	begin "$table"
	from_sql t -e 'CREATE TABLE b (id INT PRIMARY KEY, w INT);
	    ALTER TABLE b ADD n INT DEFAULT (1 + 1); INSERT INTO b VALUES (1, 2, 3)'
	go 'a default'
	ends 0
	cp "$T/stream" "$T/whole"
	while IFS= read -r text; do
		to_sql t -e 'CREATE OR REPLACE TABLE b (id INT PRIMARY KEY,
		    w INT)' </dev/null
		names=$((names + 1))
		TEXT=$text jq -c 'if .payload.ddl then
		    (.payload.tableChanges[0].table.columns[] |
		    select(.name == "n").defaultValueExpression) |= env.TEXT
		    else . end' "$T/whole" >"$T/stream"
		again
		exits 65 "$v: $mode: refused: DEFAULT $text"
		is "$(columns b)" 'id int(11),w int(11);' "$v: $mode: nothing of it"
	done <<'END'
1), DROP COLUMN w, ADD z INT DEFAULT (2
1) -- 
1) /* 
1; DROP TABLE a
'
`
"
(1
END
}

# A copy that was cut, and taken up after an ALTER: its rows before the cut have
# the DEFAULT, too.
resumed() {
	begin ''
	from_sql t -e 'CREATE TABLE a (id INT PRIMARY KEY, v INT);
	    INSERT INTO a SELECT seq, seq FROM seq_1_to_9000'
	cdc-snapshot -q -S "$from/sock" -t 't\.a' >"$T/whole"
	head -n 6000 "$T/whole" >"$T/stream"
	again --state "$T/pos.$names"
	exits 75 "$v: $mode: a copy that is cut"
	is "$(target 'SELECT COUNT(*) BETWEEN 1 AND 8999 FROM a')" '1;' \
	    "$v: $mode: has a part of the rows"
	from_sql t -e 'ALTER TABLE a ADD w INT DEFAULT 3'
	cdc-snapshot -q -S "$from/sock" -t 't\.a' --state "$T/pos.$names" \
	    >"$T/stream"
	again --state "$T/pos.$names"
	exits 0 "$v: $mode: and taken up after an ALTER"
	is "$(target 'SELECT w, COUNT(*) FROM a GROUP BY w')" '3 9000;' \
	    "$v: $mode: all rows have the default"
}

# What the target pads or cuts, and the source no longer does.
padded() {
	begin 'CREATE TABLE a (id INT PRIMARY KEY, b BINARY(3), c CHAR(3));
	    INSERT INTO a VALUES (1, "x", "y")'
	from_sql t -e 'ALTER TABLE a MODIFY b VARBINARY(3),
	    MODIFY c VARCHAR(3); INSERT INTO a VALUES (2, "x", "y ")'
	go 'types that no longer pad'
	ends 0
	is "$(columns)" 'id int(11),b varbinary(3),c varchar(3);' \
	    "$v: $mode: $go_what: neither do the target's"
	is "$(target 'SELECT id, HEX(b), HEX(c) FROM a')" \
	    '1 780000 79;2 78 7920;' "$v: $mode: $go_what: the values"
}

# `add` makes no foreign keys, and says which there are.
foreign() {
	parts='CREATE TABLE p (id INT PRIMARY KEY);
	    CREATE TABLE a (id INT PRIMARY KEY, p INT, q INT,
	    CONSTRAINT `goes with` FOREIGN KEY (p) REFERENCES p (id)
	    ON DELETE CASCADE)'
	says='warning: table t.a lacks the source.s foreign keys'
	begin ''
	from_sql t -e "$parts"
	cdc-snapshot -q -S "$from/sock" -t 't\..*' >"$T/stream"
	go_what='a copy of tables with foreign keys'
	again
	ends 0 "$says goes with: no record contains what they cascade"
	begin ''
	from_sql t -e "$parts; INSERT INTO p VALUES (1)"
	go 'a table that is made with foreign keys'
	ends 0 "$says to t.p: no record contains what they cascade"
	begin "$parts"
	from_sql t -e 'ALTER TABLE a ADD FOREIGN KEY (q) REFERENCES p (id)'
	go 'a foreign key like one that is there'
	ends 0
	is "$(grep -c warning "$T/err")" 0 "$v: $mode: no warning"
	begin "$parts; ALTER TABLE a DROP FOREIGN KEY \`goes with\`"
	from_sql t -e 'ALTER TABLE a ADD FOREIGN KEY (q) REFERENCES p (id)'
	go 'a foreign key'
	ends 0 "$says to t.p: no record contains what they cascade"
}

# A key of the target by which two rows of the source would be one.
keys() {
	for mode in none check add; do
		begin 'CREATE TABLE a (id INT PRIMARY KEY, k INT NOT NULL);
		    INSERT INTO a VALUES (1, 1)'
		from_sql t -e 'ALTER TABLE a DROP PRIMARY KEY,
		    ADD PRIMARY KEY (id, k); INSERT INTO a VALUES (1, 2)'
		go 'a primary key of more columns'
		ends 78 't.a has the key .id., by which two rows of the source could be one: its key is .id, k.'
		again
		ends 78 'could be one'
		is "$(target 'SELECT * FROM a')" '1 1;' \
		    "$v: $mode: $go_what: nothing is overwritten"
		to_sql t -e 'ALTER TABLE a DROP PRIMARY KEY,
		    ADD PRIMARY KEY (k, id)'
		again
		ends 0
		is "$(target 'SELECT * FROM a ORDER BY k')" '1 1;1 2;' \
		    "$v: $mode: $go_what: and with the key it goes on"
	done
	mode=none
	begin 'CREATE TABLE a (id INT PRIMARY KEY, k INT NOT NULL UNIQUE);
	    INSERT INTO a VALUES (1, 1)'
	to_sql t -e 'ALTER TABLE a DROP PRIMARY KEY'
	from_sql t -e 'INSERT INTO a VALUES (2, 2); UPDATE a SET id = 3
	    WHERE k = 1'
	go 'another key of the source'
	ends 78 "accept-tables 't..a'"
	again --accept-tables 't\.a'
	ends 0
	is "$(target 'SELECT * FROM a ORDER BY k')" '3 1;2 2;' \
	    "$v: $mode: $go_what: is accepted"
	mode=add
}

run cdc-apply --evolve drop.column=ignore
exits 64 "--evolve without --schema-evolution"
run cdc-apply --schema-evolution add --evolve drop.everything=ignore
exits 64 "an action that there is not"
err_like 'hint: actions are add.column, .*truncate.table' "those that there are"
run cdc-apply --schema-evolution add --evolve drop.table=maybe
exits 64 "a way that there is not"

for v in $mariadb_versions; do
	if ! mariadb_have $v; then
		skip "$v" "no MariaDB $v here"
		continue
	fi
	mariadb_start $v "$T/$v.from" && from=$T/$v.from
	mariadb_start $v "$T/$v.to" --server-id=2 && to=$T/$v.to
	mode=add
	tail_options=
	left
	each ignore
	each stop
	followed
	refused
	twice
	mapped
	padded
	resumed
	foreign
	injected
	keys
	parted_key
	swapped
	renamed_again
	for mode in none check add; do
		made_again
		moved
	done
	mode=apply-ddl
	tail_options=--schema-changes
	ddl
	replayed
	pair_stop
done
done_testing
