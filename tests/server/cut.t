#!/bin/sh
# A stream that is cut, at every line and inside of lines: what was finished is
# there, with its position, and nothing else; what comes next is exact.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { pair_stop; }

# One server's tables, and where it was.
rows() {
	"$1" -N -e 'SELECT * FROM d.k ORDER BY id; SELECT * FROM d.u ORDER BY id;
	    SELECT * FROM d.p ORDER BY n'
}

# After each transaction: what a reader of the source sees, and its GTID.
step() {
	n=$((n + 1))
	from_sql d -e "BEGIN; $1; COMMIT"
	rows from_sql >"$T/rows.$n"
	from_sql -N -e 'SELECT @@gtid_binlog_pos' >"$T/gtid.$n"
}

tables='CREATE DATABASE d;
CREATE TABLE d.k (id INT PRIMARY KEY, a INT, b VARCHAR(20));
CREATE TABLE d.u (id INT PRIMARY KEY, a INT UNIQUE);
CREATE TABLE d.p (n INT)'

# Changes of one key in several transactions, keys that move, unique keys that
# change hands, rows without a key, a table that is emptied and filled.
history() {
	n=0
	rows from_sql >"$T/rows.0"
	from_sql -N -e 'SELECT @@gtid_binlog_pos' >"$T/gtid.0"
	step "INSERT INTO k VALUES (1, 1, 'one'), (2, 2, 'two'),
	    (3, 3, 'three'); INSERT INTO u VALUES (1, 1), (2, 2);
	    INSERT INTO p VALUES (1), (1), (2)"
	step "UPDATE k SET a = 20 WHERE id = 2; DELETE FROM k WHERE id = 1;
	    INSERT INTO k VALUES (4, 4, 'four'); DELETE FROM p WHERE n = 2"
	step "UPDATE k SET b = 'again' WHERE id = 2; INSERT INTO k VALUES
	    (1, 100, 'new'); UPDATE k SET a = 21 WHERE id = 2;
	    UPDATE u SET a = 3 WHERE id = 1; UPDATE u SET a = 1 WHERE id = 2;
	    UPDATE u SET a = 2 WHERE id = 1"
	step "UPDATE k SET id = 9 WHERE id = 3; DELETE FROM k WHERE id = 2;
	    UPDATE p SET n = 5 WHERE n = 1"
	step "SET SESSION binlog_row_image=MINIMAL; UPDATE k SET a = 0;
	    UPDATE k SET id = 10 WHERE id = 9; UPDATE k SET b = 'end'"
	step "INSERT INTO k VALUES (2, 2, 'two'); DELETE FROM u;
	    INSERT INTO u VALUES (7, 1), (8, 2)"
}

# How many transactions are finished in a stream?  All but the one that its
# last record belongs to; that, too, where its END or a later heartbeat came.
finished() {
	jq -s 'reduce .[].payload as $p ({};
	    if $p.status == "END" or ($p.beat and $p.beat != "first")
		then .open = null
	    elif ($p.transaction // $p.source // $p).id // $p.source.gtid
		then (($p.transaction.id // $p.source.gtid // $p.id) as $id |
		    if .open != $id then .n += 1 | .open = $id else . end)
	    else . end) | (.n // 0) - (if .open then 1 else 0 end)' "$1"
}

fresh() {
	to_sql -e "DROP DATABASE IF EXISTS cdc; DROP DATABASE IF EXISTS d;
	    $tables"
}

# usage: judge WHAT   of the run on $T/part, whose status is known
judge() {
	k=$(finished "$T/whole")
	rows to_sql >"$T/got"
	cdc-apply -q -S "$to/sock" --show-state >"$T/state" 2>/dev/null
	at=$(sed -n 's/^{"version":1,"gtid":"\([^"]*\)".*/\1/p' "$T/state")
	if ! cmp -s "$T/got" "$T/rows.$k" ||
	    { [ -n "$at" ] && [ "$at" != "$(cat "$T/gtid.$k")" ]; }; then
		bad=$((bad + 1))
		echo "# $1: exit $status, at $at, not $k transactions"
	fi
	[ "$status" = 75 ] || {
		bad=$((bad + 1))
		echo "# $1: exit $status, not 75"
		sed 's/^/# /' "$T/err" | head -n 3
	}
}

# usage: cuts STEP NAME ARG …   of cdc-apply
cuts() {
	every=$1
	name=$2
	shift 2
	bad=0
	lines=$(grep -c . "$T/full")
	for cut in $(seq 1 "$every" $((lines - 1))); do
		fresh
		head -n "$cut" "$T/full" >"$T/whole"
		cp "$T/whole" "$T/part"
		# every second one ends inside of a line
		[ $((cut / every % 2)) -eq 0 ] || sed -n "$((cut + 1))p" \
		    "$T/full" | head -c 40 >>"$T/part"
		run_on "$T/part" cdc-apply -q -S "$to/sock" "$@"
		judge "line $cut"
		run_on "$T/part" cdc-apply -q -S "$to/sock" "$@"
		judge "line $cut, again"
		run_on "$T/full" cdc-apply -q -S "$to/sock" "$@"
		rows to_sql >"$T/got"
		[ "$status" -eq 0 ] && cmp -s "$T/got" "$T/rows.$n" || {
			bad=$((bad + 1))
			echo "# line $cut, the rest: exit $status"
			sed 's/^/# /' "$T/err" | head -n 3
		}
	done
	is $bad 0 "$v: $name: cut every $every of $lines lines"
}

for v in $mariadb_versions; do
	mariadb_have $v || { skip "$v" "not installed"; continue; }
	from=$T/$v-from to=$T/$v-to
	mariadb_start $v "$from" && mariadb_start $v "$to" --server-id=9 || {
		result 1 "$v: servers"
		continue
	}
	from_sql -e "$tables; FLUSH BINARY LOGS"
	history
	last=$(find "$from" -name 'mariadb-bin.0?????' | sort | tail -n 1)
	cdc-tail -q --control "$last" >"$T/full"
	is "$(finished "$T/full")" $n "$v: six transactions"
	cuts 2 "one batch"
	cuts 5 "a batch smaller than a transaction" --batch 2
	cuts 7 "one of some transactions" --batch 11
	cuts 7 "a dead letter queue" --dlq "$T/dlq" --batch 5
	cuts 11 "in order" --no-reorder --batch 8
	cdc-tail -q --control --transactions "$last" >"$T/full"
	cuts 9 "with BEGIN and END" --batch 11
	pair_stop
done
done_testing
