#!/bin/sh
# What a real server logs for transactions that are undone, in part or whole.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { server_stop; }

undone() {
	server_start "$1" "$T/$1" --max-allowed-packet=64M || return 0
	mariadb_sql "$server" <<-'SQL'
	CREATE DATABASE t;
	USE t;
	CREATE TABLE a (id INT PRIMARY KEY, v LONGTEXT) ENGINE=InnoDB;
	CREATE TABLE m (id INT PRIMARY KEY) ENGINE=MyISAM;
	CREATE TEMPORARY TABLE x (i INT);
	BEGIN; INSERT INTO a VALUES (1, ''); DROP TEMPORARY TABLE x; ROLLBACK;
	CREATE TEMPORARY TABLE x (i INT);
	BEGIN;
	INSERT INTO a VALUES (2, '');
	SAVEPOINT s;
	INSERT INTO a VALUES (3, '');
	SAVEPOINT `S 2`;
	INSERT INTO a VALUES (4, '');
	DROP TEMPORARY TABLE x;
	ROLLBACK TO `S 2`;
	INSERT INTO a VALUES (5, '');
	ROLLBACK TO s;
	INSERT INTO a VALUES (6, '');
	COMMIT;
	CREATE TEMPORARY TABLE x (i INT);
	BEGIN;
	INSERT INTO a VALUES (7, '');
	INSERT INTO m VALUES (1);
	DROP TEMPORARY TABLE x;
	ROLLBACK;
	CREATE TEMPORARY TABLE x (i INT);
	BEGIN;
	INSERT INTO a VALUES (8, REPEAT('large', 2000000));
	INSERT INTO a VALUES (9, REPEAT('large', 2000000));
	DROP TEMPORARY TABLE x;
	ROLLBACK;
	BEGIN;
	INSERT INTO a VALUES (10, REPEAT('large', 2000000));
	INSERT INTO a VALUES (11, REPEAT('large', 2000000));
	COMMIT;
	CREATE TABLE c SELECT id FROM a;
	SQL
	mariadb_sql "$server" -N -e "SELECT CONCAT('t.a ', id) FROM t.a
	    UNION SELECT CONCAT('t.m ', id) FROM t.m
	    UNION SELECT CONCAT('t.c ', id) FROM t.c" | sort >"$T/want"
	server_stop
	log=$T/$1/mariadb-bin.000001

	# of lines of 10 MB
	keys='s/^\{"topic":"mariadb\.([^"]*)".*?"after":\{"id":(\d+).*/$1 $2/'
	run cdc-tail "$log"
	exits 0 "$1: read to its end"
	perl -pe "$keys" "$T/out" | sort >"$T/got"
	same "$T/got" "$T/want" "$1: exactly what the tables hold"
	cdc-tail - <"$log" | perl -pe "$keys" | sort >"$T/got"
	same "$T/got" "$T/want" "$1: from standard input"
	cat "$log" | cdc-tail - | perl -pe "$keys" | sort >"$T/got"
	same "$T/got" "$T/want" "$1: from a pipe, above --hold"
	cat "$log" | cdc-tail --hold 64M - | perl -pe "$keys" | sort >"$T/got"
	same "$T/got" "$T/want" "$1: from a pipe, below --hold"
	is "$(cat "$log" | cdc-tail -t 't\.a' - | grep -o '"v":"[a-z]*"' |
	    tail -n 1 | wc -c)" 10000007 "$1: 10 MB values come through"
}

for version in $mariadb_versions; do
	if mariadb_have $version; then
		undone $version
	else
		skip "$version" "no MariaDB $version here"
	fi
done
done_testing
