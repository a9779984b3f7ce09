#!/bin/sh
# cdc-apply: copies of cdc-snapshot, whole, interrupted and begun anew.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"
. "$src/tests/applied.sh"

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

on_versions copies strangers interruptions beginnings
done_testing
