#!/bin/sh
# MariaDB's own suites: their tests run on a source, its log is compared with
# what mariadb-binlog says of it, row by row, and replayed by cdc-tail |
# cdc-apply beside a replica; both stop before each DROP, and what they have is
# compared.  See mtr.py; known.tsv has what may differ, and why.
# usage: sh tests/mtr/mtr.sh [TEST…]   (default: those in tests/mtr/tests)
# MTR_TESTS=all: all that are for us; MTR_VERSION=10.11; RESULTS=FILE goes on
# with what is there
set -u
here=$(cd "$(dirname "$0")" && pwd)
PATH=${CDC_BIN:+$CDC_BIN:}$PATH
LC_ALL=C.UTF-8
TZ=UTC
export PATH LC_ALL TZ
[ "$(id -u)" -eq 0 ] || SUDO=sudo
export SUDO
. "$here/../mariadb.sh"
version=${MTR_VERSION:-11.8}
T=$(mktemp -d "${TMPDIR:-/tmp}/cdc-mtr.XXXXXX")
results=${RESULTS:-$T/results}
trap 'servers_stop; rm -rf "$T"' EXIT
trap 'exit 130' INT TERM
started=

servers_stop() {
	for s in $started; do
		mariadb_stop "$T/$s"
	done
	started=
}

servers_start() {
	servers_stop
	port=$(free_port)
	for s in source replica target; do
		rm -rf "${T:?}/$s"
		case $s in
		# a test makes rows of that size
		source) set -- --max-allowed-packet=16M --skip-networking=0 \
		    --bind-address=127.0.0.1 --port="$port" --secure-file-priv= ;;
		replica) set -- --server-id=2 ;;
		target) set -- --server-id=3 ;;
		esac
		mariadb_start "$version" "$T/$s" --max-allowed-packet=1G \
		    --plugin-maturity=unknown \
		    --plugin-load-add=test_versioning "$@" || return
		started="$started $s"
		mariadb_sql "$T/$s" -u root -e "SET sql_log_bin=0;
		    FLUSH PRIVILEGES; CREATE USER root;
		    GRANT ALL ON *.* TO root WITH GRANT OPTION" || return
	done
	mariadb_sql "$T/replica" -u root -e "SET GLOBAL gtid_slave_pos='';
	    CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT=$port,
	    MASTER_USER='root', MASTER_CONNECT_RETRY=1,
	    MASTER_USE_GTID=slave_pos"
}

# usage: program FOLDER NAME   how one of the suites' programs is run
program() {
	mariadb_r=$(mariadb_root "$version")
	if [ -z "$mariadb_r" ]; then
		echo "$1/usr/bin/$2"
		return
	fi
	echo "$(echo "$1"/usr/lib/*-linux-gnu/ld-linux-*.so.*)" \
	    --library-path "$(echo "$1"/usr/lib/*-linux-gnu)" "$1/usr/bin/$2"
}

mariadb_fetch "$version" && MTR_TOP=$(mariadb_suites "$version")
if [ -z "${MTR_TOP-}" ]; then
	echo "mtr.sh: no MariaDB $version with its suites here" >&2
	exit 1
fi
root=${MTR_TOP%/usr/share/*}
MTR_CLIENT=$(program "$root" mariadb-test)
MTR_BINLOG=$(program "$([ -n "$(mariadb_root "$version")" ] && echo "$root")" \
    mariadb-binlog)
export MTR_TOP MTR_CLIENT MTR_BINLOG
mtr() { python3 -B "$here/mtr.py" "$@"; }

tests=${*:-${MTR_TESTS:-$(cat "$here/tests")}}
[ "$tests" != all ] || tests=$(mtr list)
while :; do
	servers_start || exit
	mtr run "$T" "$results" $tests
	[ $? -eq 75 ] || break
done
mtr report "$results" "$here/known.tsv"
