#!/bin/sh
# A replica under load whose every part is killed again and again: cdc-tail,
# cdc-apply, the source, the target.  In the end both sides are equal, and a
# table that is only appended to, and has no key on the target, shows that
# nothing came twice.
# STORM_SECONDS=600 is a long one (make soak), STORM_LOAD=sysbench one under
# sysbench's oltp_write_only.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"
. "$src/tests/storm.sh"
seconds=${STORM_SECONDS:-10}
seed=${STORM_SEED:-1}

cleanup() { storm_stop; }
trip() { perl "$src/tests/server/roundtrip.pl" "$@"; }

# Rows of every type, of plain tables, of one with a second unique key, and
# a journal; some undone.
load() {
	id=0
	rows=$(trip rows "$v" a 60 "$seed" | grep -v '^SET')
	while [ ! -e "$T/enough" ]; do
		for _ in $(seq 30); do
			id=$((id + 3))
			echo "BEGIN; INSERT INTO t.p VALUES ($id, REPEAT('x', $((id % 7 * 9)))),
			    ($id + 1, IF($id % 20, 'y', REPEAT('z', 100000)));
			    INSERT INTO t.journal VALUES (NULL, '$id');
			    SAVEPOINT s; INSERT INTO t.p VALUES ($id + 2, 'undone');
			    ROLLBACK TO s; UPDATE t.p SET v = 'u' WHERE id = $id;
			    REPLACE INTO t.u VALUES ($id % 50, $id % 31, $id);
			    UPDATE t.u SET k = k + 100 WHERE id = $id % 50;
			    DELETE FROM t.p WHERE id = $id - 60;
			    $([ $((id % 5)) -eq 0 ] && echo ROLLBACK || echo COMMIT);"
		done >"$T/load.sql"     # not a pipe, whose shell would count
		mariadb_sql "$from" -f <"$T/load.sql" >/dev/null 2>&1
		{
			echo 'BEGIN; DELETE FROM t.a;'
			echo "$rows"
			echo "DELETE FROM t.a WHERE id % 3 = $((id % 3));
			    UPDATE t.a SET id = id + 1000 WHERE id % 5 = 0; COMMIT"
		} | mariadb_sql "$from" -D t -f --init-command="SET
		    time_zone = '+00:00', sql_mode =
		    'ALLOW_INVALID_DATES,NO_AUTO_VALUE_ON_ZERO'" >/dev/null 2>&1
	done
}

sysbench_load() {
	while [ ! -e "$T/enough" ]; do
		sysbench oltp_write_only --mysql-socket="$from/sock" \
		    --mysql-user=root --mysql-db=t --tables=4 \
		    --table-size=1000 --threads=4 --rate=300 --time=2 run
	done >/dev/null 2>&1
}

# The pipeline, for ever.
keep() {
	while [ ! -e "$T/enough" ]; do
		cdc-tail -q -S "$from/sock" -u root --state "$T/pos" \
		    --from earliest --time string --retries 2 \
		    --retry-delay 10ms >"$T/pipe" 2>>"$T/tail.err" &
		echo $! >"$T/tail.pid"
		cdc-apply -q -S "$to/sock" -u root --state "$T/pos" \
		    --retry-delay 10ms --retry-delay-max 100ms \
		    <"$T/pipe" 2>>"$T/apply.err" &
		apply=$!
		echo $apply >"$T/apply.pid"
		wait $apply
		wait $(cat "$T/tail.pid")
	done
}

killed=0
kill_one() {
	killed=$((killed + 1))
	case $(($1 % 8)) in
	0) kill_server "$from" ;;
	4) kill_server "$to" ;;
	1 | 3 | 6) kill_tool tail ;;
	*) kill_tool apply ;;
	esac
}

schema() {
	echo 'CREATE DATABASE t; USE t;
	    CREATE TABLE p (id INT PRIMARY KEY, v LONGTEXT);
	    CREATE TABLE u (id INT PRIMARY KEY, k INT UNIQUE, v INT);'
	trip schema "$v" a
	if [ "$1" = from ]; then
		echo 'CREATE TABLE journal (id INT AUTO_INCREMENT PRIMARY KEY,
		    v INT);'
	else
		echo 'CREATE TABLE journal (id INT, v INT);'
	fi
}

storm() {
	rm -f "$T/enough" "$T/pos" "$T/pipe"
	mkfifo "$T/pipe"
	mariadb_start "$v" "$T/$v.from" $durable && from=$T/$v.from
	mariadb_start "$v" "$T/$v.to" --server-id=2 $durable && to=$T/$v.to
	schema to | mariadb_sql "$to" >/dev/null
	# behind it: the target has its tables already
	start=$(schema from | mariadb_sql "$from" -N >/dev/null
	    mariadb_sql "$from" -N -e 'SELECT @@gtid_binlog_pos')
	if [ "${STORM_LOAD:-}" = sysbench ]; then
		for s in "$from" "$to"; do
			sysbench oltp_write_only --tables=4 \
			    --mysql-socket="$s/sock" --mysql-user=root \
			    --mysql-db=t --table-size=1000 --rand-seed=1 \
			    prepare >/dev/null
		done
		mariadb_sql "$to" -e 'DELETE FROM t.sbtest1; DELETE FROM
		    t.sbtest2; DELETE FROM t.sbtest3; DELETE FROM t.sbtest4'
		sysbench_load &
		load="$load $!"
	fi
	load &
	load="$load $!"
	keep &
	load="$load $!"
	for i in $(seq $((seconds * 2))); do
		sleep 0.5
		kill_one "$i"
	done
	touch "$T/enough"
	sleep 1
	kill_tool tail
	kill_tool apply
	wait $load 2>/dev/null
	load=
	cdc-tail -q -S "$from/sock" -u root --state "$T/pos" --from earliest \
	    --time string --until now 2>"$T/tail.last" |
	    cdc-apply -q -S "$to/sock" -u root --state "$T/pos" 2>"$T/err"
	result $? "$v: $killed kills, and it ends well"
	grep -v '^{' "$T/err" | sed 's/^/# /'
	sed 's/^/# /' "$T/tail.last"
	for table in $(mariadb_sql "$from" -N -e "SELECT TABLE_NAME FROM
	    information_schema.TABLES WHERE TABLE_SCHEMA = 't' AND
	    TABLE_NAME <> 'journal'"); do
		same_table "$table" "$v"
	done
	is "$(mariadb_sql "$to" -N -e 'SELECT COUNT(*), COUNT(DISTINCT id),
	    BIT_XOR(CRC32(CONCAT(id, v))) FROM t.journal')" \
	    "$(mariadb_sql "$from" -N -e 'SELECT COUNT(*), COUNT(*),
	    BIT_XOR(CRC32(CONCAT(id, v))) FROM t.journal')" \
	    "$v: the journal: nothing lost, nothing twice"
	echo "# $(mariadb_sql "$to" -N -e 'SELECT COUNT(*) FROM t.journal') lines of it"
	pair_stop
}

for v in ${STORM_SERVERS:-11.8}; do
	if ! mariadb_have "$v"; then
		skip "$v" "no MariaDB $v here"
		continue
	fi
	storm
done
done_testing
