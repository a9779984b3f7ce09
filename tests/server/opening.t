#!/bin/sh
# What it costs to open tables: questions by the server's own count, for times
# are the machine's.  A table of the target is one question, and who refers to
# whom is asked once; a statement of a live stream is two, over one connection.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { server_stop; }
sql() { mariadb_sql "$server" "$@"; }
count() { sql -N -e "SHOW GLOBAL STATUS LIKE '$1'" | cut -f2; }
tables=60

# usage: at_most MOST GOT NAME
at_most() {
	[ "$2" -le "$1" ]
	result $? "$3" || echo "# $2, more than $1"
}

opening() {
	sql -e 'CREATE DATABASE s'
	since=$(sql -N -e 'SELECT @@gtid_binlog_pos')
	for i in $(seq $tables); do
		echo "CREATE TABLE s.t$i (id INT PRIMARY KEY, u UUID);"
		[ "$i" = 1 ] || echo "CREATE TABLE s.left_out$i (id INT);"
	done | sql
	connections=$(count Connections) questions=$(count Questions)
	cdc-tail -q -S "$server/sock" --from "$since" --until now --control \
	    --schema-changes -t 's\.t.*' >"$T/stream"
	at_most 6 $(($(count Connections) - connections)) \
	    "$v: connections for $tables statements of a live stream"
	at_most $((2 * tables + 50)) $(($(count Questions) - questions)) \
	    "$v: questions for them"
	is "$(grep -c '"typeName":"UUID"' "$T/stream")" $tables \
	    "$v: and what only they tell is there"

	for i in $(seq $tables); do
		echo '{"topic":"m.s.t'"$i"'","key":{"id":1},"payload":{"before":null,"after":{"id":1},"source":{"db":"s","table":"t'"$i"'","gtid":"1-1-'"$i"'"},"op":"c","ts_ms":1}}'
	done >"$T/rows"
	sql -e "SET GLOBAL log_output = 'TABLE', general_log = 1"
	run_on "$T/rows" cdc-apply -q -S "$server/sock" --no-state
	sql -e 'SET GLOBAL general_log = 0'
	exits 0 "$v: a row for each table"
	at_most $((tables + 8)) "$(sql -N -e "SELECT COUNT(*) FROM
	    mysql.general_log WHERE argument LIKE '%information_schema%'")" \
	    "$v: a question for each table"
	is "$(sql -N -e "SELECT COUNT(*) FROM mysql.general_log WHERE argument
	    LIKE 'SELECT DISTINCT UNIQUE\\_CONSTRAINT%'")" 1 \
	    "$v: and one for who refers to whom"
}

for v in $mariadb_versions; do
	if ! mariadb_have $v; then
		skip "$v" "no MariaDB $v here"
		continue
	fi
	server_start $v "$T/$v" || continue
	opening
	server_stop
done
done_testing
