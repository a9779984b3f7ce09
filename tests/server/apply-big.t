#!/bin/sh
# A transaction of any size: memory stays flat, and cdc-apply killed in the
# middle of it goes on exactly, shown whole or (--split-transactions) in parts.
# BIG_ROWS=5000000 is one of over 1 GiB (make soak).
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"
rows=${BIG_ROWS:-300000}
to=
cleanup() {
	server_stop
	[ -z "$to" ] || mariadb_stop "$to"
}
on_to() { mariadb_sql "$to" -N -e "$1"; }
checksum() {
	mariadb_sql "$1" -N -e 'CHECKSUM TABLE t.b, t.small'
}

pipeline() {
	"$src/tests/peak" "$T/tail" cdc-tail -q --control $logs 2>"$T/tail.err" | "$src/tests/peak" "$T/apply" \
	    cdc-apply -q -S "$to/sock" -u root "$@" 2>"$T/err"
}

# Kill it once the target says of so many rows that it has them.
kill_after() {
	until [ "$(on_to "$1" 2>/dev/null)" -gt "$2" ] 2>/dev/null; do
		sleep 0.02
		[ ! -e "$T/done" ] || return 1
	done
	kill -KILL "$(cat "$T/apply.pid")"
}

# way NAME [OPTION]…: killed in the middle, looked at, resumed.
way() {
	name=$1
	shift
	on_to 'DELETE FROM t.small; TRUNCATE t.b'
	rm -f "$T/done"
	{
		pipeline --name "$name" "$@"
		touch "$T/done"
	} &
	job=$!
	if [ "$name" = split ]; then
		kill_after 'SELECT COUNT(*) FROM t.b' $((rows / 8))
	else
		on_to 'FLUSH GLOBAL STATUS'
		kill_after "SELECT VARIABLE_VALUE FROM
		    information_schema.GLOBAL_STATUS WHERE
		    VARIABLE_NAME = 'Handler_write'" $((rows / 4))
	fi
	result $? "$v: $name: killed inside the transaction"
	wait $job
	while [ "$(on_to 'SELECT COUNT(*) FROM
	    information_schema.INNODB_TRX')" -gt 0 ]; do
		sleep 0.1
	done
	there=$(on_to 'SELECT COUNT(*) FROM t.b')
	if [ "$name" = split ]; then
		[ "$there" -gt 0 ] && [ "$there" -lt "$rows" ]
	else
		[ "$there" -eq 0 ]
	fi
	result $? "$v: $name: $there of its rows are shown"
	pipeline --name "$name" "$@"
	result $? "$v: $name: resumed"
	sed 's/^/# /' "$T/err"
	is "$(checksum "$to")" "$want" "$v: $name: the same rows"
	for of in tail apply; do
		kib=$(cat "$T/$of")
		[ "$kib" -lt 65536 ]
		result $? "$v: $name: cdc-$of: $kib KiB for $bytes bytes of log"
	done
}

v=11.8
mariadb_have "$v" || skip_all "no MariaDB $v here"
server_start "$v" "$T/from" --max-binlog-size=1G \
    --innodb-buffer-pool-size=512M || { done_testing; exit; }
mariadb_start "$v" "$T/to" --server-id=2 --skip-log-bin \
    --innodb-buffer-pool-size=512M && to=$T/to
for s in "$server" "$to"; do
	mariadb_sql "$s" -e 'CREATE DATABASE t;
	    CREATE TABLE t.b (id INT PRIMARY KEY, v VARCHAR(250));
	    CREATE TABLE t.small (id INT PRIMARY KEY)'
done
mariadb_sql "$server" -D t -e "INSERT INTO t.small VALUES (1);
    INSERT INTO t.b SELECT seq, REPEAT(MD5(seq), 7) FROM seq_1_to_$rows;
    INSERT INTO t.small VALUES (2)"
logs=$(echo "$server"/mariadb-bin.0?????)
bytes=$(cat $logs | wc -c)
want=$(checksum "$server")
way whole
way split --split-transactions
done_testing
