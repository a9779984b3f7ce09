#!/bin/sh
# Which names of savepoints are one: decided by servers, for pairs of letters
# that weigh the same in the old collation of names.  The temporary table makes
# the server log what it rolled back.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { server_stop; }

names() {
	server_start "$1" "$T/$1" --max-binlog-size=1G || return 0
	mariadb_sql "$server" --default-character-set=utf8mb4 -N mysql -e "
	    WITH letters AS (SELECT seq, CONVERT(CAST(UNHEX(LPAD(HEX(seq), 4,
	    '0')) AS CHAR CHARACTER SET ucs2) USING utf8mb3) AS c
	    FROM seq_33_to_65535 WHERE seq NOT BETWEEN 55296 AND 57343
	    AND seq <> 96)
	    SELECT MIN(c COLLATE utf8mb3_bin), MAX(c COLLATE utf8mb3_bin)
	    FROM letters GROUP BY HEX(WEIGHT_STRING(c COLLATE
	    utf8mb3_general_ci)) HAVING COUNT(*) > 1" >"$T/pairs"
	n=$(wc -l <"$T/pairs")
	{
		echo "CREATE DATABASE t; USE t; CREATE TABLE a (id INT PRIMARY KEY)
		    ENGINE=InnoDB;"
		perl -ne '($x, $y) = /^(\S+)\t(\S+)$/ or next; $i = 2 * $.;
		    print "CREATE TEMPORARY TABLE x (i INT); BEGIN;
		    SAVEPOINT `$x`; INSERT INTO a VALUES ($i); SAVEPOINT `$y`;
		    INSERT INTO a VALUES (", $i + 1, ");
		    DROP TEMPORARY TABLE x; ROLLBACK TO `$x`; COMMIT;\n"' "$T/pairs"
	} | mariadb_sql "$server" --default-character-set=utf8mb4
	mariadb_sql "$server" -N -e "SELECT id FROM t.a ORDER BY id" >"$T/want"
	server_stop
	[ "$n" -gt 300 ]
	result $? "$1: $n pairs, of which $(wc -l <"$T/want") are one"
	run cdc-tail -q -t 't\.a' "$T/$1/mariadb-bin.000001"
	exits 0 "$1: read to its end"
	jq .payload.after.id "$T/out" >"$T/got"
	same "$T/got" "$T/want" "$1: exactly the rows that the table holds"
}

for version in $mariadb_versions; do
	if mariadb_have $version; then
		names $version
	else
		skip "$version" "no MariaDB $version here"
	fi
done
done_testing
