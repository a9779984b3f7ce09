#!/bin/sh
# cdc-apply beside native replication and the plainest loops, on the same logs
# into the same server, and how soon a lone change is there.
# The target keeps what it commits, as a server does by default;
# BENCH_FLUSH=0 is one that does not wait for its disk.
# usage: apply.sh DIR-OF-TOOLS PEER [ROUNDS]
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
. "$top/tests/mariadb.sh"
command -v sysbench >/dev/null || {
	echo "$0: sysbench is missing: apt-get install sysbench" >&2
	exit 1
}
work=$(mktemp -d)
trap 'mariadb_stop "$work/from"; mariadb_stop "$work/to"; rm -rf "$work"' EXIT
port=$(free_port)
mariadb_fetch 11.8
mariadb_start 11.8 "$work/from" --max-binlog-size=1G --skip-networking=0 \
    --bind-address=127.0.0.1 --port="$port" --innodb-buffer-pool-size=256M
mariadb_start 11.8 "$work/to" --server-id=2 --skip-log-bin \
    --innodb-buffer-pool-size=1G --innodb-log-file-size=512M \
    --innodb-flush-log-at-trx-commit="${BENCH_FLUSH:-1}"

load() {
	sysbench "$@" --tables=4 --table-size=50000 --threads=4 --db-driver=mysql \
	    --mysql-socket="$work/from/sock" --mysql-user=root \
	    --mysql-db=sbtest >"$work/sysbench.log" 2>&1 || {
		tail -n 5 "$work/sysbench.log" >&2
		exit 1
	}
}

# The log NAME of a load, and what was there before it and after it.
record() {
	mariadb_sql "$work/from" -e 'DROP DATABASE IF EXISTS sbtest;
	    CREATE DATABASE sbtest'
	load "$2" prepare
	mariadb-dump --no-defaults -S "$work/from/sock" sbtest \
	    >"$work/$1.before"
	mariadb_sql "$work/from" -e 'FLUSH BINARY LOGS'
	mariadb_sql "$work/from" -N -e 'SHOW MASTER STATUS' >"$work/$1.start"
	load "$2" --events="$3" --time=0 run
	mariadb_sql "$work/from" -N -e 'SHOW MASTER STATUS' >"$work/$1.end"
	mariadb_sql "$work/from" -N -e 'FLUSH BINARY LOGS;
	    CHECKSUM TABLE sbtest.sbtest1, sbtest.sbtest2, sbtest.sbtest3,
	    sbtest.sbtest4' >"$work/$1.sum"
}
record mixed oltp_write_only 50000
record inserts oltp_insert 300000
mariadb_sql "$work/from" -e 'CREATE TABLE sbtest.latency (id INT PRIMARY KEY)'
perl "$top/tests/bench/apply.pl" "$work" "$port" "$@"
