#!/bin/sh
# The tests whose subject is what a server logs, on servers that the suite does
# not take: MariaDB 10.5 and 11.4, and a node of a Galera cluster.
# usage: sh tests/servers.sh [VERSION…]
# SERVERS_TESTS="live groups" are others than these:
set -u
top=$(cd "$(dirname "$0")/.." && pwd)
tests=${SERVERS_TESTS:-}
[ "$(id -u)" -eq 0 ] || SUDO=sudo
export SUDO
. "$top/tests/mariadb.sh"
[ $# -gt 0 ] || set -- 10.5 11.4 galera
CDC_SRC=$top
CDC_LOGS=${CDC_LOGS:-$(mktemp -d)}
export CDC_SRC CDC_LOGS
failed=
for version; do
	echo "== $version"
	mariadb_fetch "$version" || {
		failed="$failed $version"
		continue
	}
	CDC_TEST_VERSIONS=$version
	export CDC_TEST_VERSIONS
	# a node of a cluster has one domain and one server id, and GTIDs that
	# grow only for InnoDB; this 11.4 has no plugins and no mariadb-binlog
	case $version in
	11.4) all="live groups roundtrip native nameless" ;;
	galera) all="roundtrip nameless compress" ;;
	*) all="live groups roundtrip native checksums nameless" ;;
	esac
	(cd "$top/tests/server" && for test in ${tests:-$all}; do
		echo "$test.t"
	done | xargs prove --exec "sh $top/tests/run-tap") ||
	    failed="$failed $version"
done
[ -z "$failed" ] || {
	echo "failed on:$failed; what they said is in $CDC_LOGS" >&2
	exit 1
}
