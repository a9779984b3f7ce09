#!/bin/sh
# What binlog_row_image=MINIMAL leaves out of a new row where the target does not
# execute the source's statements: the row has the source's defaults, or is
# refused by name.  (What is exact, native.t compares: tests/native/add-omitted.sql.)
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { pair_stop; }

names=0

# usage: begin SQL [SQL]   the source has these tables, the target others
begin() {
	since=$(from_sql -N -e 'SELECT @@gtid_binlog_pos')
	from_sql -e "CREATE OR REPLACE DATABASE t; USE t; $1"
	to_sql -e "CREATE OR REPLACE DATABASE t; USE t; ${2-}"
	names=$((names + 1))
}

# usage: go MODE WHAT [option]…   what the source did since then
go() {
	mode=$1
	what="$v: $1: $2"
	shift 2
	cdc-tail -q $where --from "${since:-earliest}" --until now --control \
	    --time string >"$T/stream"
	run_on "$T/stream" cdc-apply -S "$to/sock" --name "n$names" \
	    --schema-evolution "$mode" "$@"
}

minimal() { from_sql t -e "SET binlog_row_image=MINIMAL; $1"; }
target() { to_sql -N -e "$1" t 2>&1 | tr '\t\n' ' ;'; }

# usage: live SQL   the source does that while it is read from now on
live() {
	rm -f "$T/stream"
	cdc-tail -q $where --from now --control --time string >"$T/stream" &
	reader=$!
	wait_for "$T/stream" '"beat":"first"'
	minimal "$1"
	wait_for "$T/stream" '"op":"c"'
	kill $reader
	wait $reader
	run_on "$T/stream" cdc-apply -q -S "$to/sock" --name "n$names" \
	    --schema-evolution add
}

table='CREATE TABLE a (id INT PRIMARY KEY, n INT DEFAULT 5, w VARCHAR(9)
    NOT NULL DEFAULT "x", k INT)'
other='CREATE TABLE a (id INT PRIMARY KEY, n INT DEFAULT 7, w VARCHAR(9), k
    INT NOT NULL)'

by_server() {
	where="-S $from/sock"
	begin "$table" "$other"
	minimal 'INSERT INTO a (id, k) VALUES (1, 2)'
	go none "the target's defaults are others"
	exits 0 "$what: 0"
	is "$(target 'SELECT * FROM a')" '1 5 x 2;' "$what: the source's"
	minimal 'INSERT INTO a (id) VALUES (2)'
	go none 'NULL, where the target is NOT NULL'
	exits 65 "$what: 65"
	err_like 'table t\.a, column k .*: null: it is NOT NULL' "$what: says so"

	begin "$table"
	go add 'nothing yet'
	minimal 'INSERT INTO a (id) VALUES (1); ALTER TABLE a ALTER n SET
	    DEFAULT 6; INSERT INTO a (id) VALUES (2)'
	go add 'a table that is made'
	what="$v: add: another run, which asks the server"
	live 'INSERT INTO a (id) VALUES (3)'
	exits 0 "$what: 0"
	is "$(target 'SELECT * FROM a ORDER BY id')" \
	    '1 5 x NULL;2 6 x NULL;3 6 x NULL;' "$what: the source's"
	is "$(target "SELECT GROUP_CONCAT(COLUMN_NAME, ' ',
	    IFNULL(COLUMN_DEFAULT, '-') ORDER BY ORDINAL_POSITION) FROM
	    information_schema.COLUMNS WHERE TABLE_SCHEMA = 't'")" \
	    "id -,n 5,w 'x',k NULL;" "$what: the table was made with them"
}

copied() {
	begin "$table; INSERT INTO a VALUES (1, 2, 'y', 3)"
	rm -f "$T/stream"
	cdc-snapshot -q -S "$from/sock" -t 't\.a' --time string \
	    --mode initial >"$T/stream" &
	reader=$!
	wait_for "$T/stream" '"op":"r"'
	minimal 'INSERT INTO a (id) VALUES (2)'
	wait_for "$T/stream" '"op":"c"'
	kill $reader
	wait $reader
	run_on "$T/stream" cdc-apply -q -S "$to/sock" --name "n$names" \
	    --schema-evolution add
	exits 0 "$v: a copy, then rows: 0"
	is "$(target 'SELECT * FROM a ORDER BY id')" '1 2 y 3;2 5 x NULL;' \
	    "$v: a copy, then rows: the source's defaults"
}

# A log that begins after the table was made does not tell its defaults.
by_files() {
	begin "$table"
	since=
	from_sql -e 'FLUSH BINARY LOGS'
	where=$(from_sql -N -e 'SHOW MASTER STATUS' | cut -f1)
	where=$from/$where
	minimal 'INSERT INTO a (id) VALUES (1)'
	go add 'defaults that no log tells'
	exits 65 "$what: 65"
	err_like 'table t\.a: a row without column n, whose default at the source is not known' \
	    "$what: it names the column"
	err_like 'hint: binlog_row_image=FULL .*--accept-tables' \
	    "$what: says what to do"
	to_sql -e 'CREATE OR REPLACE DATABASE t'
	to_sql t -e "$table"
	go add 'a table that is as it should be' --accept-tables 't\.a'
	exits 0 "$what: 0"
	is "$(target 'SELECT * FROM a')" '1 5 x NULL;' "$what: its defaults"

	to_sql -e 'CREATE OR REPLACE DATABASE t'
	to_sql t -e "$table"
	names=$((names + 1))
	go none 'a table that may be as it should be'
	exits 0 "$what: 0"
	err_like 'warning: table t\.a: column n is not in the log, and its default' \
	    "$what: a warning"

	to_sql -e 'CREATE OR REPLACE DATABASE t'
	to_sql t -e "$other"
	names=$((names + 1))
	go none 'a target that is NULL where the source is not'
	exits 65 "$what: 65"
	err_like 'a row without column w, whose default' "$what: says so"
	err_like "hint: .*the source's defaults and NOT NULL" \
	    "$what: and how they differ"
}

for v in $mariadb_versions; do
	if ! mariadb_have $v; then
		skip "$v" "no MariaDB $v here"
		continue
	fi
	from=$T/$v-from
	to=$T/$v-to
	mariadb_start $v "$from" && mariadb_start $v "$to" || {
		result 1 "MariaDB $v starts"
		continue
	}
	by_server
	copied
	by_files
	pair_stop
done
done_testing
