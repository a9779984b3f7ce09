#!/bin/sh
# A target that is newer than its source, or older: what both know arrives as the
# source has it, what the target does not know is refused, with a way on.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { pair_stop; }

names=0

# What is seen of the tables in d, and of databases.
facts() {
	mariadb_sql "$1" -N -e "SELECT TABLE_NAME, COLUMN_NAME, COLUMN_TYPE,
	    COLLATION_NAME, COLUMN_DEFAULT, IS_NULLABLE
	    FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = 'd'
	    ORDER BY TABLE_NAME, ORDINAL_POSITION;
	    SELECT TABLE_NAME, TABLE_COLLATION FROM information_schema.TABLES
	    WHERE TABLE_SCHEMA = 'd' ORDER BY 1;
	    SELECT SCHEMA_NAME, DEFAULT_COLLATION_NAME
	    FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE 'd%'"
}

# usage: replay SQL   of the source, at the target
replay() {
	for side in "$from" "$to"; do
		mariadb_sql "$side" -e "SET sql_log_bin = 0;
		    DROP DATABASE IF EXISTS d; DROP DATABASE IF EXISTS d2"
	done
	since=$(from_sql -N -e 'SELECT @@gtid_binlog_pos')
	mariadb_sql "$from" -u root -e "CREATE DATABASE d; USE d; $1" ||
	    result 1 "$way: the source: $1"
	names=$((names + 1))
	cdc-tail -q -u root -S "$from/sock" --from "$since" --until now \
	    --control --schema-changes >"$T/stream"
	run_on "$T/stream" cdc-apply -u root -S "$to/sock" --name "n$names" \
	    --schema-evolution "$mode"
}

alike() {
	replay "$1"
	exits 0 "$way: $1"
	facts "$from" >"$T/from.facts"
	facts "$to" >"$T/to.facts"
	same "$T/from.facts" "$T/to.facts" "$way: … alike"
}

# usage: refused STATUS REGEX SQL
refused() {
	replay "$3"
	exits "$1" "$way: $1: $3"
	err_like "$2" "$way: … it says why"
	err_like '^cdc-apply: hint: ' "$way: … and what to do"
}

# What a character set's own default is, in all places that name one.
sets="CREATE TABLE a (v VARCHAR(9) CHARACTER SET utf8mb4,
    e ENUM('a') CHARSET utf8mb3, t TEXT UNICODE, n NCHAR(3),
    w NATIONAL VARCHAR(9), k VARCHAR(9) CHARSET latin1);
    CREATE TABLE b (v VARCHAR(9)) CHARSET=utf8mb4;
    CREATE TABLE c (v VARCHAR(9)) CHARSET=latin1;
    ALTER TABLE c CONVERT TO CHARACTER SET utf8mb4;
    CREATE DATABASE d2 CHARACTER SET utf8mb4"

both_ways() {
	alike "CREATE TABLE a (id INT PRIMARY KEY, v VARCHAR(9), u UUID, i INET4,
	    j JSON); INSERT INTO a (id, v) VALUES (1, 'x')"
	alike "CREATE TABLE a (v VARCHAR(9) CHARSET utf8mb4
	    COLLATE utf8mb4_bin) CHARSET=utf8mb3 COLLATE=utf8mb3_unicode_ci"
	alike "CREATE TABLE a (v VARCHAR(9) CHARSET latin1, KEY (v DESC) IGNORED)"
	alike "SET explicit_defaults_for_timestamp=0;
	    CREATE TABLE a (id INT, t TIMESTAMP, u TIMESTAMP)"
	alike "SET explicit_defaults_for_timestamp=1;
	    CREATE TABLE a (id INT, t TIMESTAMP, u TIMESTAMP)"
	alike "SET sql_mode='TIME_ROUND_FRACTIONAL';
	    CREATE TABLE a (t TIME DEFAULT '01:02:03.999')"
	alike "CREATE TABLE a (v VARCHAR(9) COLLATE uca1400_swedish_ai_ci)"
	alike "CREATE SEQUENCE s;
	    CREATE DEFINER=root@localhost VIEW v AS SELECT 'x' AS x"
	alike "SET NAMES utf8mb4 COLLATE utf8mb4_uca1400_nopad_as_cs;
	    CREATE TABLE a AS SELECT 'x' AS x WHERE FALSE"
}

# A first copy: rows, of types that both have.
copied() {
	for side in "$from" "$to"; do
		mariadb_sql "$side" -e "SET sql_log_bin = 0;
		    CREATE OR REPLACE DATABASE d"
	done
	from_sql d -e "CREATE TABLE a (id INT PRIMARY KEY, v VARCHAR(9), u UUID,
	    i INET4, n INET6, j JSON, t TIMESTAMP(3), y YEAR, g POINT,
	    e ENUM('a', 'b') CHARSET utf8mb4);
	    INSERT INTO a VALUES (1, 'x', '123e4567-e89b-12d3-a456-426614174000',
	    '1.2.3.4', '::1', '{}', '2020-01-01 00:00:00.125', 2020,
	    POINT(1, 2), 'b'), (2, 'ÿ😀', NULL, NULL, NULL, '[1]', 0, 0, NULL, 2)"
	names=$((names + 1))
	cdc-snapshot -q -u root -S "$from/sock" --time string -t 'd\.a' >"$T/stream"
	run_on "$T/stream" cdc-apply -u root -S "$to/sock" --name "n$names" \
	    --schema-evolution add
	exits 0 "$way: a first copy, with add"
	for side in from to; do
		"${side}_sql" -N -e "SELECT *, HEX(g) FROM d.a ORDER BY id" \
		    >"$T/$side.rows"
	done
	same "$T/from.rows" "$T/to.rows" "$way: … its rows"
}

to_older() {
	alike "SET character_set_collations = ''; $sets"
	alike "SET lc_time_names = 'ka_GE'; CREATE TABLE a (id INT)"
	refused 78 'names character set utf8mb3 without a collation' "$sets"
	refused 78 'names character set utf8mb4 without a collation' \
	    "SET character_set_collations = 'utf8mb4=utf8mb4_bin';
	    CREATE TABLE a (v VARCHAR(9) CHARSET 'utf8mb4')"
	alike "SET character_set_collations = 'utf8mb4=utf8mb4_bin';
	    CREATE TABLE a (v VARCHAR(9) CHARSET utf8mb3)"
	refused 78 "data type: 'VECTOR'" "CREATE TABLE a (v VECTOR(3))"
	refused 78 "UUID_v7" "CREATE TABLE a (v UUID DEFAULT UUID_v7())"
	refused 78 "utf8mb4_0900_ai_ci" \
	    "CREATE TABLE a (v VARCHAR(9) COLLATE utf8mb4_0900_ai_ci)"
	refused 65 'table d.a, key 1: .*2040-01-01' "CREATE TABLE a (id INT
	    PRIMARY KEY, t TIMESTAMP NULL); INSERT INTO a VALUES
	    (1, '2040-01-01 00:00:00')"
	mode=add
	refused 78 "table d.a, .*data type: 'VECTOR'" \
	    "CREATE TABLE a (id INT PRIMARY KEY, v VECTOR(3));
	    INSERT INTO a VALUES (1, NULL)"
}

mariadb_have 10.11 && mariadb_have 11.8 ||
    skip_all "MariaDB 10.11 and 11.8 are not both here"
older=$T/10.11
newer=$T/11.8
mariadb_start 10.11 "$older" && from=$older &&
    mariadb_start 11.8 "$newer" --server-id=2 && to=$newer
result $? "they start"
from_sql -e 'CREATE DATABASE other'
to_sql -e 'CREATE DATABASE other'

way="10.11 to 11.8"
mode=apply-ddl
both_ways
copied
alike "$sets"

from=$newer
to=$older
way="11.8 to 10.11"
both_ways
copied
to_older
done_testing
