#!/bin/sh
# cdc-apply: what the records say is what the target holds, once, or an error
# says why not.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

busy=
cleanup() {
	[ -z "$busy" ] || kill $busy 2>/dev/null
	pair_stop
}
tail_of() { cdc-tail -q -S "$from/sock" --until now --control "$@"; }
apply() { cdc-apply -S "$to/sock" "$@"; }
counter() { sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p" "$T/err"; }
now() { from_sql -N -e 'SELECT @@gtid_binlog_pos'; }
new_name() {
	names=$((names + 1))
	name=n$names
}
names=0
name=n0

# usage: equal TABLE DESCRIPTION   the same rows on both sides
equal() {
	is "$(to_sql -N -e "CHECKSUM TABLE $1")" \
	    "$(from_sql -N -e "CHECKSUM TABLE $1")" "$v: $2"
}

# Both sides get it; the stream of what comes next begins behind it.
both() {
	from_sql "$@" && to_sql "$@"
	since=$(now)
	new_name
}

# usage: run_apply [options]   what is new on one side comes to the other
run_apply() {
	tail_of --from "$since" >"$T/stream" 2>"$T/tail.err" ||
	    result 1 "$v: cdc-tail: $(cat "$T/tail.err")"
	apply --name "$name" "$@" <"$T/stream" >"$T/out" 2>"$T/err"
	status=$?
	ran="cdc-apply $*"
}

# Random rows of every type, in every mode that loses nothing; and what the
# other modes make of dates that do not exist is the same in all of them.
types() {
	trip() { perl "$src/tests/server/roundtrip.pl" "$@"; }
	{
		echo 'CREATE DATABASE r; USE r;'
		trip schema $v a
		trip rows $v a 1000 7
	} | from_sql >/dev/null 2>&1
	sums=
	set -f
	for modes in '--time string' \
	    '--time string --decimal precise --binary hex' \
	    '--time string --bigint string' \
	    '--time string --binary base64-url-safe --bigint-unsigned precise' \
	    '' '--time microseconds --decimal numeric' \
	    '--time isostring --bigint-unsigned string' \
	    '--time nanoseconds'; do
		{ echo 'CREATE OR REPLACE DATABASE r; USE r;'; trip schema $v a
		} | to_sql
		new_name
		tail_of --from earliest -t 'r\..*' $modes >"$T/stream"
		run_on "$T/stream" apply --name $name
		exits 0 "$v: every type, $modes"
		case $modes in
		*string*--*|*string)
			case $modes in *isostring*) ;; *)
			equal r.a "every type, $modes: CHECKSUM TABLE" ;; esac ;;
		esac
		case $modes in
		'--time string'*) ;;
		*) sums="$sums $(to_sql -N -e 'CHECKSUM TABLE r.a' | cut -f2)" ;;
		esac
	done
	set +f
	is "$(echo $sums | tr ' ' '\n' | sort -u | wc -l)" 1 \
	    "$v: modes without zero dates agree"
	from_sql -e 'DROP DATABASE r'
}

# jq, whatever its version: what it makes of numbers is in no string.
through_jq() {
	both -e "CREATE DATABASE j; CREATE TABLE j.a (id BIGINT, u BIGINT UNSIGNED,
	    v BIGINT, PRIMARY KEY (id, u))"
	from_sql j -e "INSERT INTO a VALUES
	    (-9223372036854775808, 18446744073709551615, 9223372036854775807),
	    (9007199254740993, 9007199254740993, -9007199254740993), (1, 2, 3);
	    UPDATE a SET v = 9223372036854775806 WHERE id < 0;
	    UPDATE a SET id = 9007199254740995 WHERE id = 9007199254740993;
	    DELETE FROM a WHERE id = 1"
	new_name
	tail_of --from earliest -t 'j\.a' --bigint string | jq -c . >"$T/stream"
	run_on "$T/stream" apply --name $name
	exits 0 "$v: --bigint string through $(jq --version)"
	equal j.a "--bigint string through jq"
	is "$(jq -r 'select(.payload.beat == "first").payload.modes.bigint' \
	    "$T/stream")" string "$v: the heartbeat says it"
	from_sql -e 'DROP DATABASE j'
}

changes() {
	both -e "CREATE DATABASE c; USE c;
	    CREATE TABLE one (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(20),
		n INT);
	    CREATE TABLE two (a INT, b VARCHAR(10), v INT, PRIMARY KEY (b, a));
	    CREATE TABLE uniq (id INT PRIMARY KEY, u INT NOT NULL UNIQUE,
		v INT);
	    CREATE TABLE nokey (a INT, f FLOAT, t VARCHAR(5), d DECIMAL(30,10));
	    CREATE TABLE nonnull (a VARCHAR(5) NOT NULL UNIQUE, v INT);
	    CREATE TABLE gen (id INT PRIMARY KEY, a INT, b INT AS (a + 1) STORED,
		c INT AS (a + 2) VIRTUAL);
	    CREATE TABLE ci (k VARCHAR(10) COLLATE utf8mb4_general_ci
		PRIMARY KEY, v INT)"
	from_sql c -e "INSERT INTO one (v, n) VALUES ('a', 1), ('b', 2), ('c', 3);
	    UPDATE one SET n = n + 1; DELETE FROM one WHERE v = 'b';
	    UPDATE one SET id = 10 WHERE v = 'c';
	    INSERT INTO one VALUES (10 + 1, 'z', NULL);
	    DELETE FROM one WHERE id = 11; INSERT INTO one VALUES (11, 'y', 1);
	    SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO';
	    INSERT INTO one VALUES (0, 'zero', 0);
	    INSERT INTO two SELECT seq % 10, seq, seq FROM seq_1_to_500;
	    UPDATE two SET a = a + 100 WHERE v % 3 = 0;
	    DELETE FROM two WHERE v % 7 = 0;
	    INSERT INTO uniq VALUES (1, 1, 1), (2, 2, 2), (3, 3, 3);
	    UPDATE uniq SET u = u + 10 ORDER BY u DESC;
	    DELETE FROM uniq WHERE id = 2; INSERT INTO uniq VALUES (4, 12, 4);
	    UPDATE uniq SET u = 99 WHERE id = 1;
	    UPDATE uniq SET u = 11 WHERE id = 3;
	    INSERT INTO nokey VALUES (1, 1.1, 'a', 0.1), (1, 1.1, 'A', 0.1),
		(1, 1.1, 'a', 0.1), (NULL, NULL, NULL, 12345678901234567890.5);
	    DELETE FROM nokey WHERE t = BINARY 'A';
	    DELETE FROM nokey WHERE a = 1 LIMIT 1;
	    UPDATE nokey SET f = 2.2 WHERE a IS NULL;
	    INSERT INTO nonnull VALUES ('x', 1), ('y', 2);
	    UPDATE nonnull SET a = 'z', v = 3 WHERE a = 'x';
	    INSERT INTO gen (id, a) VALUES (1, 1), (2, NULL);
	    UPDATE gen SET a = 5;
	    INSERT INTO ci VALUES ('a', 1), ('b', 2); UPDATE ci SET k = 'A'
		WHERE k = 'a'; DELETE FROM ci WHERE k = 'b';
	    INSERT INTO ci VALUES ('B', 3)"
	run_apply
	exits 0 "$v: changes"
	for table in one two uniq nokey nonnull gen ci; do
		equal c.$table "table $table"
	done
	is "$(to_sql -N -e "SELECT k FROM c.ci WHERE v = 3" )" B \
	    "$v: a key that differs by case"
	apply --name $name <"$T/stream" 2>"$T/err"
	is "$(counter records)" 0 "$v: a second time: nothing is done"
	to_sql -e 'CREATE OR REPLACE DATABASE c2'
	for table in one two uniq nokey nonnull gen ci; do
		to_sql c2 -e "CREATE TABLE $table LIKE c.$table"
	done
	new_name
	run_apply --map 'c\.(.*)=c2.$1' --no-reorder --batch 7
	exits 0 "$v: in order, in small batches, under other names"
	for table in one two uniq nokey nonnull gen ci; do
		is "$(to_sql -N -e "CHECKSUM TABLE c2.$table" | cut -f2)" \
		    "$(from_sql -N -e "CHECKSUM TABLE c.$table" | cut -f2)" \
		    "$v: table $table again"
	done
	since=$(now)
	new_name
	from_sql c -e 'TRUNCATE two; INSERT INTO two VALUES (1, 1, 1)'
	run_apply
	equal c.two truncate
	since=$(now)
	new_name
	from_sql c -e 'TRUNCATE two; DELETE FROM one'
	run_apply --no-delete
	is "$(to_sql -N -e 'SELECT COUNT(*) FROM c.two')" 1 "$v: --no-delete"
}

# Images that hold only what changed.
images() {
	for image in MINIMAL NOBLOB; do
		both -e "CREATE OR REPLACE DATABASE i; CREATE TABLE i.t
		    (id INT PRIMARY KEY, a INT, b TEXT, c INT DEFAULT 7)"
		from_sql i -e "SET binlog_row_image = $image;
		    INSERT INTO t VALUES (1, 1, 'x', 1), (2, 2, 'y', 2);
		    UPDATE t SET a = 5 WHERE id = 1;
		    UPDATE t SET c = 9 WHERE id = 2;
		    UPDATE t SET b = 'z' WHERE id = 2;
		    INSERT INTO t (id) VALUES (3);
		    UPDATE t SET id = 30, a = 8 WHERE id = 2;
		    DELETE FROM t WHERE id = 1"
		run_apply
		exits 0 "$v: binlog_row_image=$image"
		equal i.t "binlog_row_image=$image: rows"
		since=$(now)
		new_name
		from_sql i -e "SET binlog_row_image = $image;
		    UPDATE t SET id = 31, b = 'moved' WHERE id = 30;
		    UPDATE t SET a = 1 WHERE id = 31;
		    DELETE FROM t WHERE id = 3;
		    INSERT INTO t VALUES (30, 0, 'new', 0)"
		run_apply
		equal i.t "binlog_row_image=$image: a key moves"
	done
	since=$(now)
	new_name
	to_sql -e 'DELETE FROM i.t'
	from_sql i -e "SET binlog_row_image = MINIMAL;
	    UPDATE t SET a = 77 WHERE id = 31"
	run_apply
	exits 65 "$v: a part of a row that is not there: 65"
	err_like 'table i.t, key 31: .*not there' "$v: is named"
}

# What does not fit is no less than an error.
misfits() {
	to_sql -e "CREATE OR REPLACE DATABASE m; USE m;
	    CREATE TABLE t (id INT PRIMARY KEY, d DECIMAL(5,1), s VARCHAR(3),
		e ENUM('a', 'b'), y TINYINT, t DATETIME, n INT NOT NULL,
		u INT UNIQUE)"
	while IFS=' ' read -r column value want; do
		value=$(printf %s "$value" | tr _ ' ')
		new_name
		printf '{"topic":"p.m.t","key":{"id":1},"payload":{"before":null,"after":{"id":1,"n":0,"%s":%s},"source":{"db":"m","table":"t"},"op":"c"}}\n' \
		    "$column" "$value" >"$T/in"
		run_on "$T/in" apply --no-state --time isostring \
		    --decimal string
		exits 65 "$v: $column = $value: 65"
		err_like "$want" "$v: and why"
	done <<-'EOF'
	d "1.25" column.d..decimal.5,1.*rounded
	d "123456.0" Out.of.range
	d "abc" Incorrect
	s "abcd" too.long
	s "abc_" too.long
	e "2" labels
	e "c" truncated
	y 300 Out.of.range
	y 1.5 whole.number
	y "" whole.number
	t "2026-01-01T00:00:00.5Z" fraction
	t "2026-13-01T00:00:00Z" Incorrect
	n null NOT.NULL
	d {"a":1} object
	x 1 no.column.x
	EOF
	err_like 'hint: .*GRANT SELECT on it' "$v: or it is not seen"
	is "$(to_sql -N -e 'SELECT COUNT(*) FROM m.t')" 0 "$v: nothing of it"
	for value in '"a"' '"b"' '""' null; do
		printf '{"topic":"p.m.t","key":{"id":1},"payload":{"before":null,"after":{"id":1,"n":0,"e":%s},"source":{"db":"m","table":"t"},"op":"c"}}\n' \
		    "$value" >"$T/in"
		run_on "$T/in" apply --no-state
		exits 0 "$v: ENUM $value"
		is "$(to_sql -N -e 'SELECT CONCAT("\"", e, "\"") FROM m.t' |
		    sed 's/NULL/null/')" "$value" "$v: ENUM $value is it"
	done
	to_sql -e 'INSERT INTO m.t (id, n, u) VALUES (5, 0, 50)'
	echo '{"topic":"p.m.t","key":{"id":6},"payload":{"before":null,"after":{"id":6,"n":0,"u":50},"source":{"db":"m","table":"t"},"op":"c"}}' >"$T/in"
	run_on "$T/in" apply --no-state
	exits 65 "$v: a clash of another unique key: 65"
	err_like 'unique key' "$v: is said"
	is "$(to_sql -N -e 'SELECT id FROM m.t WHERE u = 50')" 5 \
	    "$v: and nobody's row is changed"
	echo '{"topic":"p.m.t","key":{"id":6},"payload":{"before":null,"after":{"id":6,"n":0,"t":5},"source":{"db":"m","table":"t"},"op":"c"}}' >"$T/in"
	run_on "$T/in" apply --no-state
	exits 65 "$v: a number of unknown units: 65"
	err_like 'column t .*units' "$v: names the column"
	err_like 'hint: a schema record' "$v: and what to do"
	to_sql -e "CREATE TABLE m.trig (id INT PRIMARY KEY);
	    CREATE TRIGGER m.tr BEFORE INSERT ON m.trig FOR EACH ROW SET @a = 1;
	    CREATE TABLE m.my (id INT PRIMARY KEY) ENGINE=MyISAM"
	for table in trig my none; do
		echo '{"topic":"p.m.'$table'","key":{"id":6},"payload":{"before":null,"after":{"id":6},"source":{"db":"m","table":"'$table'"},"op":"c"}}' >"$T/in"
		run_on "$T/in" apply --no-state
		exits 78 "$v: table $table: 78"
		[ $table = none ] && continue
		run_on "$T/in" apply --no-state --allow-triggers --at-least-once
		exits 0 "$v: table $table, if asked for"
	done
}

# Whole and decimal numbers of the source, in columns of binary ones.
reals() {
	from_sql -e "CREATE OR REPLACE DATABASE r; CREATE TABLE r.t (id INT
	    PRIMARY KEY, d DECIMAL(30,5), b BIGINT UNSIGNED, i INT)"
	to_sql -e "CREATE OR REPLACE DATABASE r; CREATE TABLE r.t (id INT
	    PRIMARY KEY, d DOUBLE, b DOUBLE, i FLOAT)"
	while IFS=' ' read -r status values; do
		at=$(now)
		from_sql -e "INSERT INTO r.t VALUES ($values)"
		tail_of --from "$at" >"$T/in"
		run_on "$T/in" apply --no-state
		exits "$status" "$v: FLOAT and DOUBLE take $values: $status"
		[ "$status" = 0 ] || err_like 'would be rounded' "$v: is said"
	done <<-'EOF'
	0 1,1234567890.12345,9007199254740992,16777216
	0 2,-0.00001,10000000000000000000,-999999
	65 3,12345678901.12345,0,0
	65 4,0,9007199254740993,0
	65 5,0,18446744073709551615,0
	65 6,0,0,-16777217
	EOF
	is "$(to_sql -N -e 'SELECT CONCAT_WS(" ", CAST(d AS DECIMAL(30,5)),
	    CAST(b AS DECIMAL(20)), CAST(i AS DECIMAL(9))) FROM r.t')" \
	    "$(from_sql -N -e 'SELECT CONCAT_WS(" ", d, b, i) FROM r.t
	    WHERE id < 3')" "$v: and what they take is what it was"
}

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
	sleep 1
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
	cdc-apply -q -S "$to/sock" --name $name <"$T/$v.fifo" 2>"$T/err" &
	busy=$!
	exec 4>"$T/$v.fifo"
	head -n 1 "$T/stream" >&4
	sleep 1
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
	cdc-apply -q -S "$to/sock" --name $name --batch 5 <"$T/$v.fifo" \
	    2>"$T/err" &
	busy=$!
	exec 4>"$T/$v.fifo"
	grep -v '"beat":"last"' "$T/stream" | head -n 12 >&4
	sleep 1
	is "$(to_sql -N -e 'SELECT COUNT(*) FROM w.t')" 0 \
	    "$v: half a transaction is not seen"
	tail -n +13 "$T/stream" | grep -v '"beat":"last"' >&4
	sleep 1
	is "$(to_sql -N -e 'SELECT COUNT(*) FROM w.t')" 0 \
	    "$v: nor one whose end is not known"
	grep '"beat":"last"' "$T/stream" >&4
	for i in 1 2 3 4 5 6 7 8 9 10; do
		seen=$(to_sql -N -e 'SELECT COUNT(*) FROM w.t')
		[ "$seen" = 0 ] || break
		sleep 0.1
	done
	is "$seen" 20 "$v: then at once"
	kill -USR1 $busy
	sleep 1
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

# Lines of kcat -J: left out by partition and offset.
kafka() {
	to_sql -e "CREATE OR REPLACE DATABASE k; CREATE TABLE k.t
	    (id INT PRIMARY KEY, v INT, d DECIMAL(10,2), ts DATETIME(6))"
	new_name
	i=0
	while [ $i -lt 10 ]; do
		printf '{"topic":"p.k.t","partition":%s,"offset":%s,"key":"{\\"id\\":%s}","payload":"{\\"before\\":null,\\"after\\":{\\"id\\":%s,\\"v\\":%s},\\"source\\":{\\"db\\":\\"k\\",\\"table\\":\\"t\\"},\\"op\\":\\"c\\"}"}\n' \
		    $((i % 2)) $((i / 2)) $i $i $i
		i=$((i + 1))
	done >"$T/lines"
	head -n 4 "$T/lines" >"$T/in"
	run_on "$T/in" apply --name $name
	exits 0 "$v: kcat's lines"
	run_on "$T/lines" apply --name $name
	is "$(counter skipped)" 4 "$v: those below the offset are left out"
	is "$(to_sql -N -e "SELECT topic, partition_id, offset_value FROM
	    cdc.kafka_consumer_offsets WHERE consumer_group = '$name'
	    ORDER BY 2" | tr '\t\n' ' ;')" 'p.k.t 0 4;p.k.t 1 4;' \
	    "$v: the offsets are stored"
	is "$(cdc-apply -S "$to/sock" --name $name --show-state |
	    jq -c '[.topic, .partition, .offset]' | head -n 1)" '["p.k.t",0,4]' \
	    "$v: and shown"
	cat >"$T/in" <<-'EOF'
	{"topic":"p.k.t","partition":0,"offset":7,"key":"{\"schema\":{\"type\":\"struct\"},\"payload\":{\"id\":1}}","payload":null}
	{"topic":"p.k.t","partition":0,"offset":8,"key":"{\"id\":2}","payload":"{\"schema\":{\"type\":\"struct\",\"fields\":[{\"type\":\"struct\",\"fields\":[{\"type\":\"int32\",\"field\":\"id\"},{\"type\":\"bytes\",\"name\":\"org.apache.kafka.connect.data.Decimal\",\"parameters\":{\"scale\":\"2\"},\"field\":\"d\"},{\"type\":\"int64\",\"name\":\"io.debezium.time.MicroTimestamp\",\"field\":\"ts\"}],\"field\":\"after\"}]},\"payload\":{\"before\":null,\"after\":{\"id\":2,\"d\":\"/sc=\",\"ts\":1767261600123456},\"source\":{\"db\":\"k\",\"table\":\"t\"},\"op\":\"c\"}}"}
	{"topic":"p.k.t","partition":0,"offset":9,"key":"{\"id\":3}","payload":"{\"id\":3,\"v\":33,\"__deleted\":\"false\"}"}
	{"topic":"p.k.t","partition":0,"offset":10,"key":"{\"id\":4}","payload":"{\"id\":4,\"v\":4,\"__deleted\":\"true\"}"}
	EOF
	run_on "$T/in" apply --name $name
	exits 0 "$v: tombstones, Debezium's schema, flat rows"
	is "$(to_sql -N -e 'SELECT id, v, d, ts FROM k.t WHERE id BETWEEN 1 AND 4' |
	    tr '\t\n' ' ;')" \
	    '2 2 -3.13 2026-01-01 10:00:00.123456;3 33 NULL NULL;' \
	    "$v: are what they say"
}

# What is said on the way.
wishes() {
	both -e "CREATE OR REPLACE DATABASE o; CREATE TABLE o.orders
	    (order_id INT PRIMARY KEY, status VARCHAR(10), note TEXT)"
	to_sql -e "CREATE TABLE o.orders_replica (order_id INT PRIMARY KEY,
	    state VARCHAR(10), own INT DEFAULT 5, synced_at DATETIME(6))"
	from_sql o -e "INSERT INTO orders VALUES (1, 'new', 'x');
	    UPDATE orders SET status = 'paid'; INSERT INTO orders VALUES
	    (2, 'new', 'y')"
	run_apply --map 'o\.orders=orders_replica' \
	    --map-column '.*\.status=state' --set 'synced_at=NOW(6)'
	exits 65 "$v: a column that the target has not: 65"
	err_like 'o.orders_replica has no column note' "$v: is named"
	run_apply --map 'o\.orders=orders_replica' \
	    --map-column '.*\.status=state' --set 'synced_at=NOW(6)' \
	    --ignore-unknown-columns
	exits 0 "$v: --map, --map-column, --set, --ignore-unknown-columns"
	is "$(grep -c 'nothing that was read' "$T/err")" 0 \
	    "$v: all of them met something"
	new_name
	run_apply --map 'o\.orders=orders_replica' \
	    --map-column '.*\.status=nothere'
	err_like 'no column nothere .--map-column of status' \
	    "$v: the target lacks what a column is mapped to"
	new_name
	run_apply --map 'o\.order=x' --map-column 'o\.orders\.stat=x' \
	    --set 'own=6' --set 'syncd_at=NOW(6)' --dry-run
	is "$(sed -n 's/.*warning: \(.*\): matched nothing.*/\1/p' \
	    "$T/err" | sort | tr '\n' ' ')" \
	    '--map o\.order --map-column o\.orders\.stat --set own --set syncd_at ' \
	    "$v: names that nothing has"
	is "$(to_sql -N -e 'SELECT order_id, state, own, synced_at > NOW() -
	    INTERVAL 1 MINUTE FROM o.orders_replica' | tr '\t\n' ' ;')" \
	    '1 paid 5 1;2 new 5 1;' "$v: what the target then has"
	new_name
	run_apply --dry-run
	exits 0 "$v: --dry-run"
	is "$(head -n 1 "$T/out")" "INSERT INTO \`o\`.\`orders\` (\`order_id\`, \`status\`, \`note\`) VALUES ('1', 'paid', 'x') ON DUPLICATE KEY UPDATE \`order_id\` = IF(\`order_id\` <=> VALUES(\`order_id\`) OR (SELECT NULL UNION ALL SELECT NULL), VALUES(\`order_id\`), VALUES(\`order_id\`)), \`status\` = VALUES(\`status\`), \`note\` = VALUES(\`note\`);" \
	    "$v: prints the SQL"
	is "$(to_sql -N -e 'SELECT COUNT(*) FROM o.orders')" 0 \
	    "$v: and does nothing"
	run_apply --insert-mode update
	is "$(to_sql -N -e 'SELECT COUNT(*) FROM o.orders')" 0 \
	    "$v: --insert-mode update makes no rows"
	new_name
	run_apply --insert-mode insert
	is "$(to_sql -N -e 'SELECT COUNT(*) FROM o.orders')" 2 \
	    "$v: --insert-mode insert does"
	new_name
	run_apply --insert-mode insert
	exits 65 "$v: but not twice: 65"
	err_like 'Duplicate' "$v: as the server says"
	new_name
	run_apply --skip-replication
	exits 0 "$v: --skip-replication"
}

# A first copy, then the stream; a copy that is half done is known.
copies() {
	from_sql -e "CREATE OR REPLACE DATABASE s; USE s;
	    CREATE TABLE a (id INT PRIMARY KEY, v VARCHAR(10));
	    CREATE TABLE b (id INT PRIMARY KEY, t DATETIME);
	    INSERT INTO a SELECT seq, CONCAT('v', seq) FROM seq_1_to_3000;
	    INSERT INTO b VALUES (1, '0000-00-00'), (2, '2026-01-01 10:00:00')"
	to_sql -e "CREATE OR REPLACE DATABASE s; USE s;
	    CREATE TABLE a (id INT PRIMARY KEY, v VARCHAR(10));
	    CREATE TABLE b (id INT PRIMARY KEY, t DATETIME)"
	new_name
	cdc-snapshot -q -S "$from/sock" -t 's\..*' --time string >"$T/copy"
	run_on "$T/copy" apply --name $name --state "$T/$v.copy"
	exits 0 "$v: a snapshot"
	equal s.a "table a"
	equal s.b "zero dates"
	from_sql s -e "DELETE FROM a WHERE id % 3 = 0; UPDATE b SET t = NULL"
	cdc-tail -q -S "$from/sock" -t 's\..*' --time string --until now \
	    --state "$T/$v.copy" |
	    apply --name $name --state "$T/$v.copy" 2>"$T/err"
	equal s.a "and the stream behind it"
	equal s.b "of the other table"
	run_on "$T/copy" apply --name $name
	exits 78 "$v: a second copy over the first: 78"
}

# A row that is not of the copy is never overwritten.
strangers() {
	both -e 'CREATE OR REPLACE DATABASE q; CREATE TABLE q.u
	    (id INT PRIMARY KEY, k INT UNIQUE)'
	from_sql q -e 'INSERT INTO u VALUES (1, 7)'
	to_sql q -e 'INSERT INTO u VALUES (9, 7)'
	new_name
	copy -t 'q\..*' >"$T/copy"
	run_on "$T/copy" apply --name $name
	exits 65 "$v: a copy clashes with a row that was there: 65"
	is "$(to_sql -N -e 'SELECT id FROM q.u')" 9 "$v: which stays"
}

# usage: copy [options]; the state is $T/state
copy() { cdc-snapshot -q -S "$from/sock" --time string "$@"; }
copied() { jq -c ".snapshot.$1" "$T/state"; }

# Copies that are interrupted and taken up, while the source goes on.
interruptions() {
	both -e "CREATE OR REPLACE DATABASE y; USE y;
	    CREATE TABLE a (id INT PRIMARY KEY, v VARCHAR(10));
	    CREATE TABLE b (d DATE, s VARCHAR(20), v INT, PRIMARY KEY (d, s));
	    CREATE TABLE u (id INT PRIMARY KEY, k INT UNIQUE, v INT)"
	from_sql y -e "INSERT INTO a SELECT seq, seq FROM seq_1_to_12000;
	    INSERT INTO b SELECT '2026-01-01' + INTERVAL seq % 40 DAY,
		CONCAT(\"it's \", seq), seq FROM seq_1_to_12000;
	    INSERT INTO u SELECT seq, seq, 0 FROM seq_1_to_12000"
	new_name
	rm -f "$T/state"
	copy -t 'y\..*' >"$T/copy"
	for lines in 9000 13000 11000; do
		head -n $lines "$T/copy" >"$T/half"
		run_on "$T/half" apply --name $name --state "$T/state"
		exits 75 "$v: a copy that ends behind $lines lines: 75"
		is "$(to_sql -N -e 'SELECT (SELECT COUNT(*) FROM y.a) +
		    (SELECT COUNT(*) FROM y.b) + (SELECT COUNT(*) FROM y.u)')" \
		    "$(copied rows)" "$v: what is shown is what is stored"
		run cdc-tail -S "$from/sock" --state "$T/state" --until now
		exits 78 "$v: nothing streams behind it: 78"
		tail_of --from earliest >"$T/stream"
		run_on "$T/stream" apply --name $name
		exits 78 "$v: not even here: 78"
		run copy --state "$T/state" --mode never
		exits 78 "$v: nor with --mode never: 78"
		# values are swapped, rows come and go, on both sides of it
		from_sql y -e "DELETE FROM a WHERE id % 7 = 0;
		    UPDATE a SET v = 'new' WHERE id % 5 = 0;
		    INSERT INTO a VALUES (20000 + $lines, 'late');
		    DELETE FROM b WHERE v % 11 = 0; UPDATE b SET s =
		    CONCAT(s, 'x') WHERE v % 13 = 0;
		    UPDATE u SET k = k + 100000; UPDATE u SET k = 112001 - k,
		    v = v + 1; DELETE FROM u WHERE id = $lines / 1000"
		copy -t 'y\..*' --state "$T/state" >"$T/copy"
		is "$(head -n 1 "$T/copy" | jq -c '.payload.snapshot |
		    del(.until)')" "$(jq -c '.snapshot | del(.until)' \
		    "$T/state")" "$v: it is taken up at $(copied key)"
	done
	run_on "$T/copy" apply --name $name --state "$T/state"
	exits 0 "$v: its end"
	run copy -t 'y\..*' --state "$T/state"
	exits 78 "$v: it is not taken again: 78"
	from_sql y -e 'UPDATE a SET v = 3 WHERE id = 3'
	tail_of -t 'y\..*' --time string --state "$T/state" >"$T/stream"
	run_on "$T/stream" apply --name $name --state "$T/state"
	exits 0 "$v: the stream behind it"
	for table in a b u; do
		equal y.$table "table $table after three interruptions"
	done
	is "$(jq -c .snapshot "$T/state")" null "$v: nothing is younger now"
}

# What has no key cannot go on: its table is emptied, and all begins anew.
beginnings() {
	both -e "CREATE OR REPLACE DATABASE y; USE y;
	    CREATE TABLE a (id INT PRIMARY KEY); CREATE TABLE n (v INT)"
	from_sql y -e "INSERT INTO a SELECT seq FROM seq_1_to_7000;
	    INSERT INTO n SELECT seq % 100 FROM seq_1_to_12000"
	new_name
	rm -f "$T/state"
	copy -t 'y\..*' | head -n 9000 | apply --name $name --state "$T/state" \
	    2>"$T/err"
	is "$(to_sql -N -e 'SELECT COUNT(*) FROM y.n') $(copied table)" \
	    '5000 "`y`.`n`"' "$v: interrupted in a table without a key"
	from_sql y -e "DELETE FROM n WHERE v < 10; DELETE FROM a WHERE id < 10"
	copy -t 'y\..*' --state "$T/state" >"$T/copy"
	is "$(head -n 1 "$T/copy" | jq .payload.snapshot.instead)" \
	    "$(copied start)" "$v: it begins anew, instead of that one"
	run_on "$T/copy" apply --name $name --no-delete
	exits 78 "$v: not with --no-delete: 78"
	head -n 11000 "$T/copy" >"$T/half"
	run_on "$T/half" apply --name $name --state "$T/state"
	is "$(to_sql -N -e 'SELECT COUNT(*) FROM y.n')" 10000 \
	    "$v: what was there is not there twice"
	copy -t 'y\..*' --state "$T/state" | apply --name $name \
	    --state "$T/state" 2>"$T/err"
	equal y.n "the table without a key"
	equal y.a "the other one"
	# several readers tell no steps
	new_name
	rm -f "$T/state"
	to_sql y -e 'DELETE FROM n'
	copy -t 'y\..*' --threads 2 | head -n 9000 | apply --name $name \
	    --batch 1000 --state "$T/state" 2>"$T/err"
	from_sql y -e "DELETE FROM n WHERE v < 20; DELETE FROM a WHERE id < 20"
	copy -t 'y\..*' --threads 2 --state "$T/state" | apply --name $name \
	    --state "$T/state" 2>"$T/err"
	equal y.n "two readers, begun anew: without a key"
	equal y.a "two readers, begun anew"
	# nor may what is not the state's own go on
	new_name
	copy -t 'y\.a' >"$T/copy"
	head -n 6000 "$T/copy" >"$T/half"
	rm -f "$T/state"
	apply --name $name --state "$T/state" <"$T/half" 2>"$T/err"
	sed 's/"rows":[0-9]*/"rows":9000/' "$T/state" >"$T/ahead"
	copy -t 'y\.a' --state "$T/ahead" >"$T/copy"
	run_on "$T/copy" apply --name $name
	exits 78 "$v: one that goes on behind what is done: 78"
	from_sql y -e 'DELETE FROM a WHERE id < 30'
	copy -t 'y\.a' >"$T/copy"
	run_on "$T/copy" apply --name $name
	exits 78 "$v: another copy where one is half done: 78"
}

# A server that goes away, and locks.
failures() {
	both -e "CREATE OR REPLACE DATABASE f; CREATE TABLE f.t
	    (id INT PRIMARY KEY, v INT)"
	from_sql f -e "INSERT INTO t SELECT seq, 0 FROM seq_1_to_100"
	tail_of --from "$since" >"$T/stream"
	to_sql -e 'SET GLOBAL innodb_lock_wait_timeout = 1;
	    INSERT INTO f.t VALUES (50, 1)'
	(to_sql -e 'BEGIN; UPDATE f.t SET v = 5; SELECT SLEEP(3); COMMIT' \
	    >/dev/null) &
	locker=$!
	sleep 0.5
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
	cdc-apply -q -S "$to/sock" --name $name --retry-delay 200ms \
	    <"$T/$v.fifo" 2>"$T/err" &
	busy=$!
	exec 4>"$T/$v.fifo"
	head -n 20 "$T/stream" >&4
	sleep 0.5
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
	is "$(wc -l <"$T/dlq")" 13 "$v: they stay"
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

# Tables that follow the source's.
evolution() {
	since=$(now)
	from_sql -e "CREATE DATABASE e; USE e; CREATE TABLE t (id INT PRIMARY KEY,
		v VARCHAR(10) CHARACTER SET latin1, e ENUM('a', 'it''s'),
		d DECIMAL(10,2) UNSIGNED, ts TIMESTAMP(3) NULL, j JSON, g POINT,
		b BIT(5), y YEAR, x BLOB);
	    INSERT INTO t VALUES (1, 'x', 'a', 1.5, '2026-01-01', '{}',
		POINT(1, 2), b'101', 2020, x'00FF');
	    ALTER TABLE t ADD COLUMN n INT NOT NULL DEFAULT 5, ADD UNIQUE (n);
	    INSERT INTO t (id, e, n) VALUES (2, 'it''s', 7);
	    CREATE TABLE nokey (a INT); INSERT INTO nokey VALUES (1), (1);
	    ALTER TABLE t DROP COLUMN j, MODIFY v VARCHAR(20) DEFAULT 'q';
	    UPDATE t SET v = 'longer than ten' WHERE id = 1; TRUNCATE nokey;
	    INSERT INTO nokey VALUES (3); RENAME TABLE nokey TO nk;
	    INSERT INTO nk VALUES (9); CREATE INDEX i ON t (v);
	    CREATE TABLE gone (a INT); DROP TABLE gone"
	new_name
	run_apply
	exits 78 "$v: no such table: 78"
	err_like 'hint: .*--schema-evolution add' "$v: what to do"
	run_apply --schema-evolution check
	exits 78 "$v: --schema-evolution check: 78"
	run_apply --schema-evolution add
	exits 0 "$v: add: tables and columns follow"
	is "$(to_sql -N -e "SELECT GROUP_CONCAT(COLUMN_NAME, ' ', COLUMN_TYPE
	    ORDER BY ORDINAL_POSITION) FROM information_schema.COLUMNS WHERE
	    TABLE_SCHEMA = 'e' AND TABLE_NAME = 't'")" \
	    "id int(11),v varchar(20),e enum('a','it''s'),d decimal(10,2) unsigned,ts timestamp(3),j longtext,g point,b bit(5),y year(4),x blob,n int(11)" \
	    "$v: add: tables and columns"
	is "$(to_sql -N -e 'SELECT id, n FROM e.t' | tr '\t\n' ' ;')" \
	    '1 5;2 7;' "$v: add: the rows before"
	to_sql -e 'DROP DATABASE e'
	new_name
	cdc-tail -q -S "$from/sock" --until now --control --schema-changes \
	    --from "$since" >"$T/stream"
	apply --name $name --schema-evolution apply-ddl <"$T/stream" \
	    2>"$T/err"
	is $? 0 "$v: apply-ddl"
	for s in from to; do
		${s}_sql -N -r -e 'SHOW CREATE TABLE e.t; SHOW TABLES IN e;
		    CHECKSUM TABLE e.t, e.nk' >"$T/$s.tables"
	done
	same "$T/to.tables" "$T/from.tables" "$v: the same tables and rows"
	apply --name $name --schema-evolution apply-ddl <"$T/stream" \
	    2>"$T/err"
	is "$?,$(counter records)" 0,0 "$v: apply-ddl: not twice"
	# killed behind the ALTER and in front of the position
	to_sql -e 'DROP DATABASE e'
	new_name
	grep -n 'ADD COLUMN n' "$T/stream" | head -n 1 | cut -d: -f1 >"$T/at"
	head -n "$(($(cat "$T/at") - 1))" "$T/stream" |
	    apply --name $name --schema-evolution apply-ddl 2>/dev/null
	is $? 75 "$v: cut in front of a statement"
	to_sql e -e 'ALTER TABLE t ADD COLUMN n INT NOT NULL DEFAULT 5,
	    ADD UNIQUE (n)'
	to_sql -e "UPDATE cdc.cdc_offsets SET statement = JSON_OBJECT('ddl',
	    'ALTER TABLE t ADD COLUMN n INT NOT NULL DEFAULT 5, ADD UNIQUE (n)',
	    'databaseName', 'e', 'table', 't', 'before', 'another')
	    WHERE name = '$name'"
	run_on "$T/stream" apply --name $name --schema-evolution apply-ddl
	exits 0 "$v: a statement that was executed is not executed again"
	to_sql -N -r -e 'SHOW CREATE TABLE e.t; SHOW TABLES IN e;
	    CHECKSUM TABLE e.t, e.nk' >"$T/to.tables"
	same "$T/to.tables" "$T/from.tables" "$v: the same tables and rows"
	is "$(to_sql -N -e "SELECT statement FROM cdc.cdc_offsets WHERE
	    name = '$name'")" NULL "$v: none is begun"
	run_on "$T/stream" apply --name x --schema-evolution apply-ddl \
	    --map 'e\.(.*)=f.$1'
	exits 78 "$v: apply-ddl and --map: 78"
	since=$(now)
	from_sql -e 'INSERT INTO e.nk VALUES (10)'
	tail_of --from "$since" -t 'e\.nk' >"$T/stream"
	run_on "$T/stream" cdc-apply -S "$to/sock" --no-state --dry-run \
	    --map 'e\.tt=f.x' --map 'e\.(.*)=e.$1'
	exits 0 "$v: --map"
	err_like 'warning: --map e..tt: matched nothing that was read' \
	    "$v: a --map of no table: a warning"
}

tool_basics cdc-apply
run cdc-apply operand
exits 64 "no operands"
run cdc-apply --map x
exits 64 "--map without a name"
run cdc-apply --set x
exits 64 "--set without an expression"
run cdc-apply --no-state --state x
exits 64 "--no-state and --state"
run cdc-apply --no-state --split-transactions
exits 64 "--no-state and --split-transactions"
run cdc-apply --dlq x --dry-run
exits 64 "--dlq and --dry-run"
run cdc-apply --batch 0
exits 64 "--batch 0"

for v in $mariadb_versions; do
	if ! mariadb_have $v; then
		skip "$v" "no MariaDB $v here"
		continue
	fi
	mariadb_start $v "$T/$v.from" && from=$T/$v.from
	mariadb_start $v "$T/$v.to" --server-id=2 && to=$T/$v.to
	types
	through_jq
	changes
	images
	misfits
	reals
	positions
	whole
	kafka
	wishes
	copies
	strangers
	interruptions
	beginnings
	failures
	letters
	evolution
	pair_stop
done
done_testing
