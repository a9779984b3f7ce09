#!/bin/sh
# cdc-apply --dlq: bad records go to a file, and come back.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"
. "$src/tests/applied.sh"

# Bad records go to a file, and what follows them; the rest goes on.
letters=${DLQ_ROWS:-12000}
letters() {
	from_sql -e "CREATE OR REPLACE DATABASE l; CREATE TABLE l.t
	    (id INT PRIMARY KEY, v INT, s VARCHAR(20), at DATETIME(6));
	    CREATE TABLE l.other (id INT PRIMARY KEY)"
	to_sql -e "CREATE OR REPLACE DATABASE l; CREATE TABLE l.t
	    (id INT PRIMARY KEY, v INT, s VARCHAR(5), at DATETIME(6));
	    CREATE TABLE l.other (id INT PRIMARY KEY)"
	since=$(now)
	new_name
	from_sql l -e "INSERT INTO t SELECT seq, seq, 'ok',
		'2026-01-02 03:04:05.678901' FROM seq_1_to_$letters;
	    UPDATE t SET s = 'too long' WHERE id IN (7, 77, 777, 7777);
	    UPDATE t SET v = v + 1 WHERE id < 8000;
	    UPDATE t SET s = 'fine' WHERE id = 77;
	    UPDATE t SET id = 20000077 WHERE id = 77;
	    DELETE FROM t WHERE id = 777; INSERT INTO other VALUES (1);
	    INSERT INTO t VALUES (777, 1, 'new', NULL)"
	run_apply --dlq "$T/dlq"
	exits 0 "$v: --dlq"
	is "$(counter dlq)" 13 "$v: counted"
	is "$(jq -r '[.headers.key.id, .error_type, .original_event.payload.op]
	    | join(" ")' "$T/dlq" | tr '\n' ';')" \
	    "7 DatabaseError u;77 DatabaseError u;777 DatabaseError u;7777 DatabaseError u;7 KeyHeld u;77 KeyHeld u;777 KeyHeld u;7777 KeyHeld u;77 KeyHeld u;77 KeyHeld d;20000077 KeyHeld c;777 KeyHeld d;777 KeyHeld c;" \
	    "$v: the bad ones and what follows them, in order"
	is "$(to_sql -N -e 'SELECT COUNT(*), SUM(v) FROM l.t; SELECT * FROM
	    l.other' | tr '\t\n' ' ;')" \
	    "$letters $((letters * (letters + 1) / 2 + 7999 - 4));1;" "$v: the rest is applied"
	apply --name $name --dlq "$T/dlq" <"$T/stream" 2>"$T/err"
	is "$(counter skipped) $(wc -l <"$T/dlq")" "$(grep -c '"op"' "$T/stream") 13" \
	    "$v: a second time: nothing"
	is "$(counter dlq)" 0 "$v: … of this run"
	run apply --name $name --replay-dlq "$T/dlq"
	exits 65 "$v: --replay-dlq too early: 65"
	is "$(wc -l <"$T/dlq")" 4 "$v: those stay whose last one fails"
	to_sql -e 'ALTER TABLE l.t MODIFY s VARCHAR(20)'
	run apply --name $name --replay-dlq "$T/dlq"
	exits 0 "$v: --replay-dlq"
	is "$(wc -l <"$T/dlq")" 0 "$v: leaves none"
	equal l.t "the replica is healed"
	to_sql -e 'DELETE FROM l.t; ALTER TABLE l.t MODIFY s VARCHAR(5)'
	new_name
	run_apply --dlq "$T/dlq2" --dlq-max 3
	exits 65 "$v: more than --dlq-max: 65"
	is "$(to_sql -N -e "SELECT COUNT(*) FROM cdc.cdc_offsets WHERE name =
	    '$name'") $(to_sql -N -e 'SELECT COUNT(*), MAX(s) FROM l.t')" \
	    "1 $letters	ok" "$v: what was finished before is applied"
	# in front of the position stand those alone that are done
	run_apply --dlq "$T/dlq2"
	sed 's/"gtid":"1-1-[0-9]*"/"gtid":"1-1-999999"/g' "$T/dlq2" >"$T/more"
	cat "$T/more" >>"$T/dlq2"
	apply --name $name --dlq "$T/dlq2" <"$T/stream" 2>"$T/err"
	is "$(wc -l <"$T/dlq2")" 13 "$v: entries of no transaction are dropped"
	run_apply
	new_name
	run_apply
	exits 65 "$v: without --dlq: 65"
	err_like 'line [0-9]* .[0-9-]*.: table l.t, key 7:.*too long' "$v: which record"
}

# What an engine without transactions has kept is not written again.
kept() {
	from_sql -e "CREATE OR REPLACE TABLE l.k (v INT)"
	to_sql -e "CREATE OR REPLACE TABLE l.k (v TINYINT) ENGINE=Aria"
	since=$(now)
	new_name
	from_sql l -e 'INSERT INTO k VALUES (1),(2),(300),(3);
	    UPDATE k SET v = 4 WHERE v = 2; INSERT INTO k VALUES (5),(400),(6)'
	run_apply --dlq "$T/dlq3" --at-least-once
	exits 0 "$v: --dlq, Aria"
	is "$(to_sql -N -e 'SELECT v FROM l.k ORDER BY v' | tr '\n' ' ')" \
	    "1 2 " "$v: each row once, and nothing of a bad one"
	is "$(jq .original_event.payload.after.v "$T/dlq3" | tr '\n' ' ')" \
	    "300 3 4 5 400 6 " "$v: it is put aside, and what follows it"
}

# What empties a table waits for the rows of it that are put aside.
emptied() {
	from_sql -e "CREATE OR REPLACE TABLE l.e (id INT PRIMARY KEY, v INT)"
	to_sql -e "CREATE OR REPLACE TABLE l.e (id INT PRIMARY KEY,
	    v INT CHECK (v <> 3))"
	since=$(now)
	new_name
	from_sql l -e 'INSERT INTO e VALUES (1,3),(2,2); TRUNCATE e;
	    INSERT INTO e VALUES (5,5)'
	run_apply --dlq "$T/dlq4"
	exits 0 "$v: --dlq, TRUNCATE"
	to_sql -e 'ALTER TABLE l.e DROP CONSTRAINT v, MODIFY v INT' 2>/dev/null ||
	    to_sql -e 'ALTER TABLE l.e MODIFY v INT'
	run apply --name $name --replay-dlq "$T/dlq4"
	exits 0 "$v: … replayed"
	equal l.e "the row that was put aside is gone, too"
}

# A change of key whose rows are not whole is executed by itself, in the batch of
# the record that it waits for.
moved() {
	for image in NOBLOB MINIMAL; do
		both -e "CREATE OR REPLACE TABLE l.d
		    (a VARCHAR(5) PRIMARY KEY, v INT, z TEXT)"
		to_sql -e "ALTER TABLE l.d ADD CONSTRAINT k CHECK (z <> 'b')"
		from_sql l -e "SET binlog_row_image=$image;
		    INSERT INTO d VALUES ('b',3,NULL),('c',4,NULL);
		    UPDATE d SET z='b' WHERE a='b'; UPDATE d SET a='e' WHERE a='b';
		    UPDATE d SET a='f' WHERE a='c'; DELETE FROM d WHERE a='e'"
		run_apply --dlq "$T/dlq.$image"
		exits 0 "$v: a change of key, $image"
		is "$(jq -c '[.original_event.payload.op,.headers.key.a]' \
		    "$T/dlq.$image" | tr -d '\n')" \
		    '["u","b"]["d","b"]["c","e"]["d","e"]' \
		    "$v: … waits for the record before it"
		to_sql -e 'ALTER TABLE l.d DROP CONSTRAINT k'
		run apply --name $name --replay-dlq "$T/dlq.$image"
		exits 0 "$v: … and comes in after it"
		equal l.d "no row is back"
		rm "$T/dlq.$image"
	done
}

# usage: waits NAME EVOLUTION STATEMENT   it does not overtake records of a table
waits() {
	to_sql -e "DROP DATABASE IF EXISTS w"
	both -e "CREATE OR REPLACE DATABASE w; CREATE TABLE w.t (id INT PRIMARY
	    KEY, v INT, u INT); CREATE TABLE w.o (id INT PRIMARY KEY)"
	to_sql -e "ALTER TABLE w.t ADD CONSTRAINT k CHECK (v <> 3)"
	from_sql w -e "INSERT INTO t VALUES (1,3,4),(2,2,2);
	    CREATE TABLE free (id INT PRIMARY KEY); $3;
	    CREATE TABLE later (id INT PRIMARY KEY)"
	tail_of --from "$since" --schema-changes >"$T/stream"
	set -- "$1" --name $name --dlq "$T/dlq.w" --schema-evolution $2 \
	    --evolve drop.table=follow,rename.column=follow
	told=$1
	shift
	for again in '' ', again'; do
		run_on_stream apply "$@"
		exits 65 "$v: $told waits$again"
		err_like 'w\..*: records of it are in .*, and must be applied' \
		    "$v: … and what for"
	done
	is "$(to_sql -N -e "SHOW TABLES FROM w" | grep -x 'free\|t\|later' |
	    tr '\n' ' ')" "free t " "$v: … what is before it is done, and nothing after it"
	to_sql -e 'ALTER TABLE w.t DROP CONSTRAINT k'
	run apply --name $name --replay-dlq "$T/dlq.w"
	exits 0 "$v: … the record is applied"
	run_on_stream apply "$@"
	exits 0 "$v: … and the rest follows"
	is "$(to_sql -N -e 'SHOW TABLES FROM w')" \
	    "$(from_sql -N -e 'SHOW TABLES FROM w')" "$v: … all of it"
	rm -f "$T/dlq.w"
}
run_on_stream() {
	ran=$*
	status=0
	"$@" <"$T/stream" >"$T/out" 2>"$T/err" || status=$?
}
statements() {
	for way in add apply-ddl; do
		waits "ADD COLUMN ($way)" $way 'ALTER TABLE t ADD c INT DEFAULT 7'
		equal w.t "the row has its default"
		waits "RENAME TABLE ($way)" $way 'RENAME TABLE o TO o2, t TO t2'
		equal w.t2 "the row came along"
		waits "DROP TABLE ($way)" $way 'DROP TABLE o, t'
	done
	waits 'RENAME COLUMN' apply-ddl \
	    'ALTER TABLE t RENAME COLUMN v TO u, RENAME COLUMN u TO v'
	equal w.t "each value in its column"
	waits 'CREATE OR REPLACE' apply-ddl \
	    'CREATE OR REPLACE TABLE t (id INT PRIMARY KEY)'
	equal w.t "no row is back"
	waits 'one more of several' apply-ddl \
	    'RENAME TABLE o TO x, t TO o, x TO t'
	equal w.o "the row came along"
}

# A key of other columns may be that of the same row.
other_key() {
	both -e "CREATE OR REPLACE TABLE l.y (id INT PRIMARY KEY, v INT NOT NULL)"
	to_sql -e "ALTER TABLE l.y ADD CONSTRAINT k CHECK (v <> 3),
	    DROP PRIMARY KEY, ADD PRIMARY KEY (v)"
	from_sql l -e "INSERT INTO y VALUES (1,3),(2,2);
	    ALTER TABLE y DROP PRIMARY KEY, ADD PRIMARY KEY (v);
	    DELETE FROM y WHERE v=3"
	run_apply --dlq "$T/dlq.y" --accept-tables 'l\.y'
	exits 0 "$v: a key of other columns"
	to_sql -e 'ALTER TABLE l.y DROP CONSTRAINT k'
	run apply --name $name --replay-dlq "$T/dlq.y" --accept-tables 'l\.y'
	exits 0 "$v: … replayed"
	equal l.y "its record waited, too"
}

# usage: leads_to NAME BAN STATEMENTS   what the records in the queue lead to can
# be written, what is between can not
leads_to() {
	both -e "CREATE OR REPLACE TABLE l.n (id VARCHAR(5) PRIMARY KEY, v INT,
	    u INT UNIQUE)"
	to_sql -e "ALTER TABLE l.n ADD CONSTRAINT k CHECK ($2)"
	from_sql l -e "$3"
	run_apply --dlq "$T/dlq.n"
	exits 0 "$v: $1"
	to_sql -e 'ALTER TABLE l.n DROP CONSTRAINT k'
	run apply --name $name --replay-dlq "$T/dlq.n"
	exits 0 "$v: … comes in"
	equal l.n "and is what the source has"
	rm "$T/dlq.n"
}
# The same where what is between never can.
lasting() {
	both -e "CREATE OR REPLACE TABLE l.n (id INT PRIMARY KEY, v INT,
	    u INT UNIQUE)"
	to_sql -e "ALTER TABLE l.n ADD CONSTRAINT k CHECK ($2)"
	from_sql l -e "$3"
	run_apply --dlq "$T/dlq.n"
	exits 0 "$v: $1"
	run apply --name $name --replay-dlq "$T/dlq.n"
	exits 0 "$v: … comes in"
	equal l.n "and is what the source has"
	rm "$T/dlq.n"
}

net() {
	both -e 'CREATE DATABASE IF NOT EXISTS l'
	leads_to 'a value that a row had for a while' 'v <> 3' "
	    INSERT INTO n VALUES (1,3,5); DELETE FROM n WHERE id=1;
	    INSERT INTO n VALUES (2,2,5)"
	leads_to 'a value that a row gave up' 'v <> 3' "
	    INSERT INTO n VALUES (1,3,5),(4,4,4); UPDATE n SET u=6 WHERE id=1;
	    INSERT INTO n VALUES (2,2,5); UPDATE n SET v=1 WHERE id=1"
	leads_to 'a row that moved' 'v <> 3' "
	    INSERT INTO n VALUES (1,3,5); UPDATE n SET id=9 WHERE id=1;
	    DELETE FROM n WHERE id=9; INSERT INTO n VALUES (2,2,5)"
	leads_to 'a value that was handed on twice' 'v <> 3' "
	    INSERT INTO n VALUES (1,3,5); UPDATE n SET u=6 WHERE id=1;
	    INSERT INTO n VALUES (2,3,5); UPDATE n SET u=7 WHERE id=2;
	    INSERT INTO n VALUES (3,1,5)"
	lasting 'values that rows exchanged' 'u <> 7' "
	    INSERT INTO n VALUES (1,1,5),(2,2,6); UPDATE n SET u=7 WHERE id=1;
	    UPDATE n SET u=5 WHERE id=2; UPDATE n SET u=6 WHERE id=1"
	for image in MINIMAL NOBLOB FULL; do
		lasting "$image: a new row that moved" 'v <> 3' "
		    SET binlog_row_image=$image; INSERT INTO n VALUES (1,3,5);
		    UPDATE n SET id=9; UPDATE n SET v=2"
		lasting "$image: rows that moved twice, and there" 'v <> 3' "
		    SET binlog_row_image=$image; INSERT INTO n VALUES (1,1,5),
		    (2,2,2),(3,2,3); UPDATE n SET v=3 WHERE id<3; UPDATE n SET
		    id=id+10 WHERE id<3; DELETE FROM n WHERE id=3; UPDATE n SET
		    id=3 WHERE id=11; UPDATE n SET v=2; UPDATE n SET id=1
		    WHERE id=12; DELETE FROM n WHERE id=1"
	done
	both -e "CREATE OR REPLACE TABLE l.n (id INT PRIMARY KEY, v INT,
	    u INT UNIQUE)"
	to_sql -e "ALTER TABLE l.n ADD CONSTRAINT k CHECK (v <> 3);
	    INSERT INTO l.n VALUES (7,7,5)"
	from_sql l -e "INSERT INTO n VALUES (1,3,5); UPDATE n SET v=3"
	run_apply --dlq "$T/dlq.n"
	to_sql -e 'ALTER TABLE l.n DROP CONSTRAINT k'
	run apply --name $name --replay-dlq "$T/dlq.n"
	exits 65 "$v: a value that stays taken: 65"
	err_like "Duplicate entry '5'" "$v: … which one"
	err_like 'hint: change the table, or the row that is in the way' \
	    "$v: … and what to do"
	is "$(wc -l <"$T/dlq.n")" 1 \
	    "$v: … and the records stay"
	to_sql -e 'DELETE FROM l.n WHERE id=7'
	run apply --name $name --replay-dlq "$T/dlq.n"
	exits 0 "$v: … once it is free they come in"
	equal l.n "in their order"
	rm "$T/dlq.n"
}

# A parent that is only checked: what its records lead to comes in, then what
# waits for it; and what is gone at last needs nothing.
parents() {
	both -e "CREATE OR REPLACE DATABASE r; USE r;
	    CREATE TABLE p (id INT PRIMARY KEY, v INT);
	    CREATE TABLE c (id INT PRIMARY KEY, p INT, v INT,
		FOREIGN KEY (p) REFERENCES p (id))"
	to_sql r -e 'ALTER TABLE p ADD CHECK (v <> 3);
	    ALTER TABLE c ADD CHECK (v <> 3)'
	from_sql r -e 'INSERT INTO p VALUES (1,3),(2,3),(4,4);
	    INSERT INTO c VALUES (1,1,1),(2,2,3),(4,4,3);
	    UPDATE p SET v=1 WHERE id=1; DELETE FROM c WHERE id IN (2,4);
	    DELETE FROM p WHERE id IN (2,4)'
	run_apply --dlq "$T/dlq.p"
	exits 0 "$v: a parent that waits, and its children"
	run apply --name $name --replay-dlq "$T/dlq.p"
	exits 0 "$v: … come in"
	equal r.p "what its records lead to"
	equal r.c "the children"
	rm "$T/dlq.p"
}

# A copy that goes on does not bring again what it has put aside; what is in the
# queue is older than one that starts over.
copied() {
	both -e "CREATE OR REPLACE DATABASE y; CREATE TABLE y.a (id INT PRIMARY
	    KEY, v INT); CREATE TABLE y.b (id INT PRIMARY KEY, v INT)"
	to_sql -e "ALTER TABLE y.a MODIFY v SMALLINT;
	    ALTER TABLE y.b MODIFY v SMALLINT"
	from_sql y -e "INSERT INTO a SELECT seq, seq FROM seq_1_to_300;
	    INSERT INTO b SELECT seq, seq FROM seq_1_to_12000;
	    UPDATE a SET v = 40000 WHERE id = 7; UPDATE b SET v = 40000 WHERE
	    id IN (40, 11000)"
	rm -f "$T/state"
	set -- apply --name $name --state "$T/state" --dlq "$T/dlq.c"
	cdc-snapshot -q -S "$from/sock" -t 'y\..*' | head -n 9000 |
	    "$@" 2>"$T/err"
	is "$(jq -r .headers.key.id "$T/dlq.c" | tr '\n' ' ')" "7 40 " \
	    "$v: a copy that is cut off"
	cdc-snapshot -q -S "$from/sock" -t 'y\..*' --state "$T/state" \
	    >"$T/stream"
	run_on_stream "$@"
	exits 0 "$v: … and goes on"
	to_sql -e "ALTER TABLE y.a MODIFY v INT; ALTER TABLE y.b MODIFY v INT"
	run apply --name $name --replay-dlq "$T/dlq.c"
	exits 0 "$v: … what it put aside is there"
	equal y.a "in a table that was done"
	equal y.b "and in that which was not"
	rm "$T/dlq.c"
	both -e "CREATE OR REPLACE DATABASE y; CREATE TABLE y.n (v INT)"
	to_sql -e "ALTER TABLE y.n MODIFY v SMALLINT"
	from_sql y -e "INSERT INTO n SELECT IF(seq = 4000, 40000, seq)
	    FROM seq_1_to_12000"
	rm -f "$T/state"
	set -- apply --name $name --state "$T/state" --dlq "$T/dlq.c"
	cdc-snapshot -q -S "$from/sock" -t 'y\..*' | head -n 9000 |
	    "$@" 2>"$T/err"
	is "$(to_sql -N -e 'SELECT MAX(v) FROM y.n') $(head -n 1 "$T/dlq.c" |
	    jq .original_event.payload.after.v)" "3999 40000" \
	    "$v: a copy that is cut off behind a bad row"
	from_sql y -e "DELETE FROM n WHERE v=40000"
	cdc-snapshot -q -S "$from/sock" -t 'y\..*' --state "$T/state" \
	    >"$T/stream"
	run_on_stream "$@"
	exits 65 "$v: … does not start over beside the queue"
	err_like 'copy of table y.n starts over.*older records of it' \
	    "$v: … and says so"
	rm "$T/dlq.c"
	run_on_stream "$@"
	exits 0 "$v: … but without it"
	is "$(to_sql -N -e 'SELECT COUNT(*), SUM(v) FROM y.n')" \
	    "$(from_sql -N -e 'SELECT COUNT(*), SUM(v) FROM y.n')" \
	    "$v: which has what the source has"
}

# What foreign keys change is in no record.
kin() {
	for who in from_sql to_sql; do
		$who -e "CREATE OR REPLACE DATABASE k; USE k;
		    CREATE TABLE p (a INT PRIMARY KEY, z TEXT);
		    CREATE TABLE c (a INT PRIMARY KEY, p INT, z TEXT,
			FOREIGN KEY (p) REFERENCES p (a) ON DELETE CASCADE
			ON UPDATE CASCADE);
		    CREATE TABLE g (a INT PRIMARY KEY, c INT,
			FOREIGN KEY (c) REFERENCES c (a) ON DELETE CASCADE);
		    CREATE TABLE free (a INT PRIMARY KEY);
		    INSERT INTO p VALUES (1,NULL),(5,NULL);
		    INSERT INTO c VALUES (1,1,NULL),(5,5,NULL);
		    INSERT INTO g VALUES (1,1)"
	done
	to_sql k -e "ALTER TABLE p ADD CONSTRAINT k CHECK (z <> 'b');
	    ALTER TABLE c ADD CONSTRAINT k CHECK (z <> 'b')"
	since=$(now)
	new_name
	from_sql k -e "UPDATE p SET z='b' WHERE a=1; DELETE FROM p WHERE a=1;
	    INSERT INTO p VALUES (1,NULL); INSERT INTO c VALUES (1,1,NULL);
	    INSERT INTO g VALUES (1,1); INSERT INTO free VALUES (1)"
	run_apply --dlq "$T/dlq.k" --batch 1
	exits 0 "$v: a parent that waits"
	is "$(jq -r .headers.table "$T/dlq.k" | tr '\n' ' ')" \
	    "k.p k.p k.p k.c k.g " "$v: … so do its children"
	from_sql k -e "UPDATE free SET a = 2"
	since=$(now)
	to_sql k -e 'ALTER TABLE p DROP CONSTRAINT k'
	run apply --name $name --replay-dlq "$T/dlq.k"
	exits 0 "$v: … replayed"
	for table in p c g; do
		equal k.$table "no row is gone by a cascade, $table"
	done
	new_name
	from_sql k -e "UPDATE c SET z='b' WHERE a=5;
	    UPDATE p SET a=6 WHERE a=5; INSERT INTO p VALUES (5,NULL)"
	run_apply --dlq "$T/dlq.k"
	exits 0 "$v: a child that waits"
	to_sql k -e 'ALTER TABLE c DROP CONSTRAINT k'
	run apply --name $name --replay-dlq "$T/dlq.k"
	exits 0 "$v: … replayed"
	equal k.c "it followed its parent"
	equal k.p "which waited"
	rm "$T/dlq.k"
}

on_versions letters kept emptied moved statements other_key net parents copied kin
done_testing
