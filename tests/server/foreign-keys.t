#!/bin/sh
# Foreign keys and checks: what a row's session did not check is not checked, a
# change of key is one change whatever came of its halves, and a copy says which
# rows refer to nothing.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { server_stop; }
sql() { mariadb_sql "$server" "$@"; }
apply() { cdc-apply -S "$server/sock" --map 's\.(.*)=d.$1' "$@"; }
tail_of() {
	cdc-tail -q -S "$server/sock" --until now --control -t 's\..*' \
	    --from "$since" "$@"
}
now() { sql -N -e 'SELECT @@gtid_binlog_pos'; }
new_name() {
	names=$((names + 1))
	name=n$names
}
names=0
tables='CREATE TABLE p (id INT PRIMARY KEY, v VARCHAR(9));
    CREATE TABLE c (id INT PRIMARY KEY, pid INT, FOREIGN KEY (pid)
	REFERENCES p (id) ON DELETE CASCADE ON UPDATE CASCADE)'
rows="INSERT INTO p VALUES (1, 'a'), (2, 'b'), (3, 'c');
    INSERT INTO c VALUES (1, 1), (2, 2), (3, 3)"

# Both sides have the rows; the stream of what comes next begins behind them.
both() {
	sql -e "CREATE OR REPLACE DATABASE s; USE s; $tables; $rows;
	    CREATE OR REPLACE DATABASE d; USE d; $tables; $rows"
	since=$(now)
	new_name
}
children() { sql -N -e "SELECT GROUP_CONCAT(id, '-', pid ORDER BY id) FROM $1.c"; }

said() {
	both
	sql s -e "INSERT INTO p VALUES (4, 'd');
	    SET foreign_key_checks=0, check_constraint_checks=0;
	    INSERT INTO c VALUES (4, 44); SET foreign_key_checks=1,
	    unique_checks=0; INSERT INTO p VALUES (5, 'e')"
	tail_of >"$T/stream"
	is "$(jq -c 'select(.payload.op) | .payload.source.session' "$T/stream" |
	    tr '\n' ' ')" \
	    'null {"foreign_key_checks":0,"check_constraint_checks":0} {"unique_checks":0,"check_constraint_checks":0} ' \
	    "source.session has what was not checked, and nothing else"
	is "$(cdc-unwrap <"$T/stream" | jq -c 'select(.op == "c") |
	    .source.session.foreign_key_checks' | tr '\n' ' ')" 'null 0 null ' \
	    "a row has it on its line"
	cdc-unwrap <"$T/stream" >"$T/rows"
	run_on "$T/rows" apply --name $name
	exits 0 "rows apply"
	is "$(children d)" "$(children s)" "with a child of nobody"
	new_name
	run_on "$T/stream" apply --name $name --dry-run
	is "$(grep -c 'SET SESSION foreign_key_checks=0, check_constraint_checks=0;' \
	    "$T/out")" 1 "--dry-run says so"
}

# usage: moves DESCRIPTION OPTIONS   the stream in $T/stream gives s
moves() {
	what=$1
	shift
	run_on "$T/stream" apply "$@"
	exits 0 "$what"
	is "$(children d)" "$(children s)" "$what: the child moved with it"
}

halves() {
	both
	sql s -e "UPDATE p SET id = 10 WHERE id = 1; UPDATE p SET id = 20 WHERE
	    id = 2; INSERT INTO p VALUES (1, 'new')"
	tail_of --tombstones >"$T/stream"
	moves "a tombstone between the halves" --name $name
	both >/dev/null
	sql s -e "UPDATE p SET id = 10 WHERE id = 1; UPDATE p SET id = 1 WHERE
	    id = 2"
	tail_of >"$T/stream"
	moves "at least once" --no-state
	moves "once more" --no-state
	moves "and again" --no-state --insert-mode upsert
	is "$(sql -N -e 'CHECKSUM TABLE d.p' | cut -f2)" \
	    "$(sql -N -e 'CHECKSUM TABLE s.p' | cut -f2)" "the parents, too"
	both
	sql s -e "UPDATE p SET id = 10, v = 'x' WHERE id = 1"
	tail_of >"$T/stream"
	moves "--insert-mode insert" --name $name --insert-mode insert
	both
	sql s -e "UPDATE p SET id = 10, v = 'keep' WHERE id = 1;
	    UPDATE p SET id = 20, v = 'drop' WHERE id = 2;
	    UPDATE p SET id = 30, v = 'keep' WHERE id = 3"
	# of row 1 its delete, of row 3 its create: no change of key
	tail_of | jq -c 'select((.payload.op // "") == "" or (.payload |
	    .op == "d" and .before.id == 1 or
	    .op == "c" and .after.id == 30))' >"$T/stream"
	run_on "$T/stream" apply --name $name
	is "$(children d)" "2-2,3-3" "halves of two rows are not one"
}

# The new row does not fit: neither half is done.
letters() {
	both
	sql -e "ALTER TABLE d.p MODIFY v VARCHAR(3)"
	sql s -e "UPDATE p SET id = 10, v = 'too long' WHERE id = 1;
	    UPDATE p SET id = 20 WHERE id = 2"
	tail_of --tombstones >"$T/stream"
	run_on "$T/stream" apply --name $name --dlq "$T/dlq"
	exits 0 "--dlq"
	# the other row of the table, too: its children may be those of this
	is "$(jq -r .original_event.payload.op "$T/dlq" | paste -sd,)" \
	    d,c,d,null,c "both halves wait"
	is "$(children d)" "1-1,2-2,3-3" "and the child is there"
	run apply --name $name --replay-dlq "$T/dlq"
	exits 65 "too early"
	is "$(children d) $(wc -l <"$T/dlq")" "1-1,2-2,3-3 5" "both stay"
	sql -e "ALTER TABLE d.p MODIFY v VARCHAR(9)"
	run apply --name $name --replay-dlq "$T/dlq"
	is "$status $(children d) $(wc -l <"$T/dlq")" "0 $(children s) 0" \
	    "--replay-dlq joins them"
	rm -f "$T/dlq"
}

# More columns than the source has stay with the row, where no key acts.
columns() {
	sql -e "CREATE OR REPLACE DATABASE s; CREATE TABLE s.t (id INT PRIMARY
	    KEY, v INT); INSERT INTO s.t VALUES (1, 1), (2, 2);
	    CREATE OR REPLACE DATABASE d; CREATE TABLE d.t (id INT PRIMARY KEY,
	    v INT, note VARCHAR(9)); INSERT INTO d.t VALUES (1, 1, 'mine'),
	    (2, 2, 'yours')"
	since=$(now)
	new_name
	sql s -e "UPDATE t SET v = 3 WHERE id = 2; UPDATE t SET id = 9 WHERE
	    id = 1; UPDATE t SET v = 5 WHERE id = 9"
	tail_of >"$T/stream"
	run_on "$T/stream" apply --name $name
	is "$(sql -N -e 'SELECT * FROM d.t' | tr '\t\n' ' ;')" \
	    "2 3 yours;9 5 mine;" "a column of the target's own is kept"
}

# Two rows of the source are not one, whatever the target's collation says.
coarser() {
	sql -e "CREATE OR REPLACE DATABASE s; CREATE TABLE s.t (k VARCHAR(9)
	    COLLATE utf8mb4_bin PRIMARY KEY, v INT);
	    CREATE OR REPLACE DATABASE d; CREATE TABLE d.t (k VARCHAR(9)
	    COLLATE utf8mb4_general_ci PRIMARY KEY, v INT)"
	since=$(now)
	new_name
	sql s -e "INSERT INTO t VALUES ('a', 1), ('b', 2); UPDATE t SET k = 'B'
	    WHERE k = 'b'; UPDATE t SET v = 3 WHERE k = 'B'"
	tail_of >"$T/stream"
	run_on "$T/stream" apply --name $name
	is "$status $(sql -N -e 'SELECT * FROM d.t' | tr '\t\n' ' ;')" \
	    "0 a 1;B 3;" "a key may change its case"
	since=$(now)
	new_name
	sql s -e "INSERT INTO t VALUES ('A', 9)"
	tail_of >"$T/stream"
	run_on "$T/stream" apply --name $name
	exits 65 "a key that the target takes for another: 65"
	err_like 'table d.t, key A: another row has the same value' "named"
	is "$(sql -N -e 'SELECT v FROM d.t WHERE k = "a"')" 1 \
	    "the other row is as it was"
}

copies() {
	both
	sql -e "SET foreign_key_checks=0; INSERT INTO s.c VALUES (4, 44), (5,
	    NULL); DELETE FROM d.p; DELETE FROM d.c"
	cdc-snapshot -q -S "$server/sock" -t 's\..*' >"$T/stream"
	run_on "$T/stream" apply --name $name
	exits 0 "a copy"
	is "$(children d)" "$(children s)" "children before parents"
	err_like 'table d.c: 1 rows refer to rows of d.p that do not exist \(foreign key c_ibfk_1\)' \
	    "the orphan is named"
	new_name
	sql -e "DELETE FROM s.c WHERE id = 4; DELETE FROM d.c"
	cdc-snapshot -q -S "$server/sock" -t 's\..*' >"$T/stream"
	run_on "$T/stream" apply --no-state
	is "$(grep -c 'do not exist' "$T/err")" 0 "and none where there is none"
}

for version in $mariadb_versions; do
	if ! mariadb_have $version; then
		skip "$version" "no MariaDB $version here"
		continue
	fi
	server_start $version "$T/$version" || continue
	said
	halves
	letters
	columns
	coarser
	copies
	server_stop
done
done_testing
