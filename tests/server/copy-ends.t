#!/bin/sh
# What a copy finds and leaves: rows that are stale, a stream that fails right
# behind its end, tables that are dropped and created again.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { pair_stop; }

statements=
both() {
	mariadb_sql "$from" "$@"
	mariadb_sql "$to" "$@"
}
snapshot() {
	cdc-snapshot -S "$from/sock" -u root -t "$db\..*" $statements \
	    --state "$T/$db.pos" "$@" 2>"$T/words"
}
sink() {
	cdc-apply -q -S "$to/sock" -u root --name "$db" \
	    --state "$T/$db.pos" "$@" 2>"$T/err"
	status=$?
	ran="$db: cdc-apply"
}
# usage: go_on [ARG]…    of cdc-apply: the copy, and the stream up to now
go_on() {
	snapshot --mode initial --until now | { sink "$@"; echo $status; } \
	    >"$T/status"
	status=$(cat "$T/status")
	ran="$db: cdc-apply"
}
# The copy up to the first line like a regular expression.
begin() {
	regex=$1
	shift
	snapshot >"$T/lines"
	sed "/$regex/q" "$T/lines" | { sink "$@"; echo $status; } >"$T/status"
	is "$(cat "$T/status")" 75 "$db: half of a copy"
}
same_rows() {
	from_sql -N -e "SELECT * FROM $1 ORDER BY 1" >"$T/want"
	to_sql -N -e "SELECT * FROM $1 ORDER BY 1" >"$T/got"
	same "$T/got" "$T/want" "$2"
}

# A row that the log contains in part is made where an older one of its key is:
# what it lacks is the default, not what was there.
stale() {
	db=s
	both -e "CREATE DATABASE s; CREATE TABLE s.a (id INT PRIMARY KEY,
	    v INT DEFAULT 3, n INT NOT NULL DEFAULT 4, t TEXT,
	    x VARCHAR(9) DEFAULT (CONCAT('a', 1)), z INT NOT NULL)"
	to_sql -D s -e "INSERT INTO a SELECT seq, 9, 9, 'stale', 9, 9
	    FROM seq_1_to_6; ALTER TABLE a ADD own INT DEFAULT 0;
	    UPDATE a SET own = 1"
	from_sql -e "SET sql_mode = '', binlog_row_image = $1;
	    INSERT INTO s.a (id) VALUES (1); INSERT INTO s.a (id, v) VALUES (2, 7);
	    INSERT INTO s.a (id) VALUES (3); UPDATE s.a SET v = 8 WHERE id = 3;
	    INSERT INTO s.a (id) VALUES (4); UPDATE s.a SET id = 40 WHERE id = 4;
	    INSERT INTO s.a (id, n) VALUES (5, 1); DELETE FROM s.a WHERE id = 5;
	    INSERT INTO s.a (id) VALUES (5), (6)"
	cdc-tail -q -S "$from/sock" -u root -t 's\..*' --from earliest \
	    --until now --control >"$T/lines"
	sink ${2:-} <"$T/lines"
	exits 0 "$1 ${2:-}: rows that are there already"
	from_sql -N -e 'SELECT * FROM s.a ORDER BY id' >"$T/want"
	to_sql -N -e 'SELECT id, v, n, t, x, z FROM s.a ORDER BY id' >"$T/got"
	same "$T/got" "$T/want" "$1 ${2:-}: nothing stale stays"
	is "$(to_sql -N -e 'SELECT own FROM s.a WHERE id = 1')" 1 \
	    "$1 ${2:-}: but for what the source has not"
	both -e 'DROP DATABASE s'
	cdc-apply -q -S "$to/sock" -u root --name s --forget >"$T/out" \
	    2>"$T/err"
	from_sql -e 'RESET MASTER'
	rm -f "$T/s.pos"
}

# The stream fails behind the end of a copy that was taken up: what is in the
# file is what is at the target, and the next run goes on.
fails() {
	db=f
	both -e 'CREATE DATABASE f; CREATE TABLE f.a (id INT PRIMARY KEY, v INT);
	    CREATE TABLE f.b (id INT PRIMARY KEY, v INT)'
	from_sql -D f -e 'INSERT INTO a SELECT seq, 0 FROM seq_1_to_6000;
	    INSERT INTO b SELECT seq, 0 FROM seq_1_to_6000'
	begin '"table":"`f`.`b`","key":{' --schema-evolution add
	from_sql -D f -e 'ALTER TABLE b ADD w INT; DROP TABLE a;
	    CREATE TABLE c (id INT PRIMARY KEY); INSERT INTO c VALUES (1)'
	cp "$T/f.pos" "$T/half.pos"
	go_on --schema-evolution add --evolve drop.table=stop
	exits 78 "a statement that it stops at, right behind the copy"
	is "$(jq -r '.gtid, (.snapshot | has("until"), has("table"))' \
	    "$T/f.pos" | tr '\n' ' ')" "$(to_sql -N -e "SELECT gtid FROM
	    cdc.cdc_offsets WHERE name = 'f'") true false " \
	    "the file tells what the target does"
	go_on --schema-evolution add --evolve drop.table=follow
	exits 0 "and the next run goes on"
	same_rows f.b "the table that was altered"
	same_rows f.c "the table that was created"
	# killed between the two
	cp "$T/half.pos" "$T/f.pos"
	go_on --schema-evolution add
	exits 75 "a file from before the copy's end: not now"
	err_like 'did not tell of it.*it does now: run both again' \
	    "a file from before the copy's end: what to do"
	go_on --schema-evolution add
	exits 0 "a file from before the copy's end: and now"
}

# A table is dropped and created again before it is read, or after.
anew() {
	db=n
	from_sql -e 'CREATE DATABASE n; CREATE TABLE n.a (id INT PRIMARY KEY);
	    CREATE TABLE n.c (id INT PRIMARY KEY, v INT)'
	from_sql -D n -e 'INSERT INTO a SELECT seq FROM seq_1_to_9000;
	    INSERT INTO c SELECT seq, 0 FROM seq_1_to_6000'
	snapshot --throttle 6000 --mode initial --until now \
	    2>"$T/words" >"$T/lines" &
	copy=$!
	eventually grep -q '"table":"a"' "$T/lines"
	from_sql -D n -e 'INSERT INTO c VALUES (7000, 1); DROP TABLE c;
	    CREATE TABLE c (k INT PRIMARY KEY, w INT);
	    INSERT INTO c (k) VALUES (1), (2)'
	wait $copy
	is $? 75 "a table is made anew before it is read: 75"
	grep -q 'table n.c: .* before it was read: .*DROP TABLE' "$T/words"
	result $? "and by what" || sed 's/^/# /' "$T/words"
	sink --schema-evolution add <"$T/lines"
	go_on --schema-evolution add
	exits 78 "the copy starts over, and the target has the old one"
	err_like 'table n.c has another key than' "which it names"
	err_like 'drop it here, and run both again' "and what to do"
	to_sql -e 'DROP TABLE n.c'
	go_on --schema-evolution add
	exits 0 "without it the copy fills a new one"
	same_rows n.a "the other table"
	same_rows n.c "the table that was made anew"
	# and behind the copy: no run takes the old rows for new ones
	from_sql -D n -e 'DROP TABLE c; CREATE TABLE c (k INT PRIMARY KEY,
	    w INT); INSERT INTO c VALUES (9, 9)'
	statements=--schema-changes
	for turn in first second; do
		go_on --schema-evolution add
		exits 78 "the old rows are still there: the $turn run stops"
	done
	statements=
	err_like 'drop or rename it here and continue' "and says what to do"
	to_sql -e 'DROP TABLE n.c'
	go_on --schema-evolution add
	exits 0 "without them it goes on"
	same_rows n.c "with the new ones"
}

# What half a copy filled, and the source has no more when it starts over, is
# not there when a table of that name comes.
gone() {
	db=g
	both -e 'CREATE DATABASE g; CREATE TABLE g.a (id INT PRIMARY KEY);
	    CREATE TABLE g.b (v INT)'
	from_sql -D g -e 'INSERT INTO b SELECT seq FROM seq_1_to_12000'
	both -D g -e 'CREATE TABLE z LIKE a'
	from_sql -D g -e 'INSERT INTO z SELECT seq FROM seq_1_to_9000'
	begin '"table":"`g`.`z`","key":{'
	is "$(to_sql -N -e 'SELECT COUNT(*) > 0 FROM g.z')" 1 \
	    "half of z is there"
	from_sql -D g -e 'DROP TABLE z; RENAME TABLE a TO aa'
	to_sql -D g -e 'CREATE TABLE aa LIKE a'
	snapshot >"$T/copy"
	grep -q 'the copy starts over' "$T/words"
	result $? "the copy starts over" || sed 's/^/# /' "$T/words"
	from_sql -D g -e 'CREATE TABLE z (id INT PRIMARY KEY);
	    INSERT INTO z VALUES (9001)'
	sink <"$T/copy"
	exits 0 "it is whole"
	go_on
	exits 0 "the stream behind it"
	same_rows g.z "a later table has its own rows alone"
	same_rows g.b "the table without a key"
}

v=11.8
mariadb_have $v || skip_all "no MariaDB $v here"
mariadb_start $v "$T/from" && from=$T/from
mariadb_start $v "$T/to" --server-id=2 && to=$T/to
stale MINIMAL
stale NOBLOB
stale MINIMAL --no-reorder
fails
anew
gone
pair_stop
done_testing
