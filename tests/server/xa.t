#!/bin/sh
# XA transactions: their rows at XA COMMIT, none at XA ROLLBACK.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { server_stop; }
keys() { sed 's/^{"topic":"mariadb\.\([^"]*\)".*"after":{"id":\([0-9]*\).*/\1 \2/'; }
gtids() { sed -n 's/.*"gtid":"1-1-\([0-9]*\)".*/\1/p' | uniq | tr '\n' ' '; }

decided() {
	server_start "$1" "$T/$1" || return 0
	mariadb_sql "$server" <<-'SQL'
	CREATE DATABASE t;
	USE t;
	CREATE TABLE a (id INT PRIMARY KEY, v LONGTEXT) ENGINE=InnoDB;
	XA START 'one', 'phase'; INSERT INTO a VALUES (1, '');
	XA END 'one', 'phase'; XA COMMIT 'one', 'phase' ONE PHASE;
	XA START 'small'; INSERT INTO a VALUES (2, '');
	XA END 'small'; XA PREPARE 'small';
	XA COMMIT 'small';
	XA START 'undone'; INSERT INTO a VALUES (3, '');
	XA END 'undone'; XA PREPARE 'undone';
	XA ROLLBACK 'undone';
	XA START 'large'; INSERT INTO a VALUES (4, REPEAT('x', 500000));
	INSERT INTO a VALUES (5, REPEAT('y', 500000));
	XA END 'large'; XA PREPARE 'large';
	SQL
	mariadb_sql "$server" t <<-'SQL'
	INSERT INTO a VALUES (6, 'between');
	FLUSH BINARY LOGS;
	XA COMMIT 'large';
	XA START 'open'; INSERT INTO a VALUES (7, '');
	XA END 'open'; XA PREPARE 'open';
	SQL
	mariadb_sql "$server" -N -e 'SELECT CONCAT("t.a ", id) FROM t.a' |
	    sort >"$T/want"
	mariadb_sql "$server" -e "XA COMMIT 'open'"
	server_stop
	one=$T/$1/mariadb-bin.000001
	two=$T/$1/mariadb-bin.000002

	last=$(cdc-tail --control "$one" "$two" | tail -n 1 |
	    sed 's/.*"gtid":"1-1-\([0-9]*\)".*/\1/')
	run cdc-tail --until 1-1-$((last - 1)) "$one" "$two"
	exits 0 "$1: two logs with XA transactions"
	keys <"$T/out" | sort >"$T/got"
	same "$T/got" "$T/want" "$1: exactly what was committed"
	is "$(grep -o '"gtid":"[^"]*","file":"mariadb-bin.000001","pos":[0-9]*,"row":0,"thread":[^,]*,"query":null},"op":"c","ts_ms":[0-9]*,"transaction":{"id":"[^"]*","total_order":2' "$T/out" | wc -l)" \
	    1 "$1: a transaction counts its rows, in the log of its PREPARE"
	cdc-tail "$one" "$two" | keys | grep -c . >"$T/got"
	is "$(cat "$T/got")" 6 "$1: what is committed last comes last"
	cdc-tail --control --until 1-1-$((last - 1)) "$one" "$two" |
	    tail -n 1 >"$T/out"
	is "$(grep -c "\"restart\":\"1-1-$((last - 2))\"" "$T/out")" 1 \
	    "$1: an undecided one is to be read again: restart"
	cdc-tail --from mariadb-bin.000002:4 "$one" "$two" | keys | sort |
	    tr '\n' ' ' >"$T/got"
	is "$(cat "$T/got")" "t.a 4 t.a 5 t.a 7 " \
	    "$1: from an offset: what was committed behind it"
	run cdc-tail "$two"
	exits 65 "$1: a COMMIT whose PREPARE was not read: 65"
	err_like "XA COMMIT X'6c61726765'.*its XA PREPARE was not read" \
	    "$1: which names the xid"
	cdc-tail --xa prepare "$one" | keys | sort | tr '\n' ' ' >"$T/got"
	is "$(cat "$T/got")" "t.a 1 t.a 2 t.a 3 t.a 4 t.a 5 t.a 6 " \
	    "$1: --xa prepare does as Debezium"
}

for version in $mariadb_versions; do
	if mariadb_have $version; then
		decided $version
	else
		skip "$version" "no MariaDB $version here"
	fi
done
done_testing
