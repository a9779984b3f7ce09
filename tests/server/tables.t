#!/bin/sh
# What table maps do not say, learned from the statements of the log: system
# versioning, unique keys, types; and columns that the log does not hold.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { server_stop; }

# op, key, before and after of each record of a table
rows() {
	sed -n 's/^{"topic":"mariadb\.t\.'"$1"'","key":\(.*\),"payload":{"before":\(.*\),"after":\(.*\),"source":.*"op":"\(.\)".*/\4 \1 \2 \3/p' "$T/out" |
	    sed 's/,"headers":{[^}]*}}}*//; s/"\([a-z_]*\)":"2[0-9][0-9][0-9]-[0-9T:. -]*Z*"/"\1":TIME/g'
}

# The history that a stream tells, in plain tables that it makes: what the source
# has FOR SYSTEM_TIME ALL.
history_copied() {
	sql() { mariadb_sql "$server" -u root -N "$@"; }
	told() {
		cdc-tail -q -S "$server/sock" -u root --from earliest \
		    --until now -t 't\.(implicit|nokey|period)' --control \
		    --time string --history
	}
	told | cdc-apply -q -S "$server/sock" -u root --no-state \
	    --map 't\.(.*)=copy.$1' --schema-evolution add 2>"$T/err"
	is $? 0 "$version: --history into tables that it makes"
	for table in implicit nokey period; do
		times=', row_start, row_end'
		[ $table != period ] || times=
		sql -e "SELECT *$times FROM t.$table FOR SYSTEM_TIME ALL
		    ORDER BY 1, 2, 3" >"$T/want"
		sql -e "SELECT * FROM copy.$table ORDER BY 1, 2, 3" >"$T/got"
		same "$T/got" "$T/want" "$version: the history of $table"
	done
	sql -e "CREATE DATABASE plain; CREATE TABLE plain.nokey (v INT)"
	told >"$T/told"
	run_on "$T/told" cdc-apply -q -S "$server/sock" -u root --no-state \
	    --map 't\.nokey=plain.nokey' --map 't\.(.*)=copy.$1'
	exits 78 "$version: but not into one without columns for it"
	err_like 'contains the history of t\.nokey' "$version: which is said"
}

tables() {
	version=$1
	server_start "$version" "$T/$version" || return 0
	mariadb_sql "$server" <<-'SQL' >"$T/sql" 2>&1
	CREATE DATABASE t;
	USE t;
	CREATE TABLE implicit (id INT PRIMARY KEY, v INT)
	    WITH SYSTEM VERSIONING;
	INSERT INTO implicit VALUES (1, 1), (2, 2);
	UPDATE implicit SET v = 9 WHERE id = 1;
	DELETE FROM implicit WHERE id = 2;
	UPDATE implicit SET id = 7;
	DELETE HISTORY FROM implicit;
	CREATE TABLE nokey (v INT) WITH SYSTEM VERSIONING;
	INSERT INTO nokey VALUES (1);
	UPDATE nokey SET v = 2;
	DELETE FROM nokey;
	CREATE TABLE later (id INT PRIMARY KEY, v INT);
	INSERT INTO later VALUES (1, 1);
	ALTER TABLE later ADD SYSTEM VERSIONING;
	UPDATE later SET v = 2;
	ALTER TABLE later DROP SYSTEM VERSIONING;
	UPDATE later SET v = 3;
	CREATE TABLE period (id INT PRIMARY KEY,
	    a TIMESTAMP(6) GENERATED ALWAYS AS ROW START,
	    z TIMESTAMP(6) GENERATED ALWAYS AS ROW END,
	    PERIOD FOR SYSTEM_TIME (a, z)) WITH SYSTEM VERSIONING;
	INSERT INTO period (id) VALUES (1);
	DELETE FROM period;
	CREATE TABLE uniq (a INT, b INT NOT NULL, c INT NOT NULL, u BINARY(16),
	    UNIQUE (a), UNIQUE `the key` (c, b));
	INSERT INTO uniq VALUES (1, 2, 3, NULL);
	ALTER TABLE uniq MODIFY u UUID;
	INSERT INTO uniq VALUES (2, 3, 4, '123e4567-e89b-12d3-a456-426614174000');
	ALTER TABLE uniq DROP KEY `the key`, CHANGE u v UUID;
	UPDATE uniq SET a = 5 WHERE a = 2;
	CREATE TABLE gen (id INT PRIMARY KEY, v INT, g INT AS (v + 1) STORED);
	INSERT INTO gen (id, v) VALUES (1, 1);
	UPDATE gen SET v = 2;
	SQL
	history_copied
	server_stop
	log=$T/$version/mariadb-bin.000001
	run cdc-tail "$log"
	exits 0 "$version: read"
	is "$(rows implicit)" 'c {"id":1} null {"id":1,"v":1,"row_start":TIME,"row_end":TIME}
c {"id":2} null {"id":2,"v":2,"row_start":TIME,"row_end":TIME}
u {"id":1} {"id":1,"v":1,"row_start":TIME,"row_end":TIME} {"id":1,"v":9,"row_start":TIME,"row_end":TIME}
d {"id":2} {"id":2,"v":2,"row_start":TIME,"row_end":TIME} null
d {"id":1} {"id":1,"v":9,"row_start":TIME,"row_end":TIME} null
c {"id":7} null {"id":7,"v":9,"row_start":TIME,"row_end":TIME}' \
	    "$version: the lives of system-versioned rows"
	is "$(rows nokey | cut -c1-15)" 'c null null {"v
u null {"v":1,"
d null {"v":2,"' "$version: of a table without key, by its CREATE TABLE"
	is "$(rows later)" 'c {"id":1} null {"id":1,"v":1}
u {"id":1} {"id":1,"v":1,"row_start":TIME,"row_end":TIME} {"id":1,"v":2,"row_start":TIME,"row_end":TIME}
u {"id":1} {"id":1,"v":2} {"id":1,"v":3}' "$version: by its ALTER TABLE"
	is "$(rows period)" 'c {"id":1} null {"id":1,"a":TIME,"z":TIME}
d {"id":1} {"id":1,"a":TIME,"z":TIME} null' "$version: by its own period"
	is "$(rows uniq)" 'c {"c":3,"b":2} null {"a":1,"b":2,"c":3,"u":null}
c {"c":4,"b":3} null {"a":2,"b":3,"c":4,"u":"123e4567-e89b-12d3-a456-426614174000"}
u null {"a":2,"b":3,"c":4,"v":"123e4567-e89b-12d3-a456-426614174000"} {"a":5,"b":3,"c":4,"v":"123e4567-e89b-12d3-a456-426614174000"}' \
	    "$version: unique keys and types, as statements change them"
	# some releases leave generated columns out of UPDATE: never null
	is "$(rows gen | sed 's/,"g":[23]//g')" 'c {"id":1} null {"id":1,"v":1}
u {"id":1} {"id":1,"v":1} {"id":1,"v":2}' "$version: generated columns"
	run cdc-tail --history -t 't\.implicit' "$log"
	is "$(rows implicit | cut -c1 | tr -d '\n')" "ccucdcdccddd" \
	    "$version: --history: every row as it was logged"
	run cdc-tail --skip-op u -t 't\.nokey' "$log"
	is "$(rows nokey | cut -c1 | tr -d '\n')" "cd" \
	    "$version: --skip-op of what operations mean, not how they are logged"
}

# Statements in any letters, of a server whose names are in small ones.
small_letters() {
	version=$1
	server_start "$version" "$T/lower-$version" \
	    --lower-case-table-names=1 || return 0
	mariadb_sql "$server" <<-'SQL' >"$T/sql" 2>&1
	CREATE DATABASE D1;
	USE D1;
	CREATE TABLE T1 (k INT NOT NULL UNIQUE, u UUID);
	INSERT INTO t1 VALUES (1, '123e4567-e89b-12d3-a456-426614174000');
	ALTER TABLE D1.t1 ADD v UUID;
	RENAME TABLE T1 TO Tx;
	INSERT INTO tX VALUES (2, NULL, '123e4567-e89b-12d3-a456-426614174000');
	TRUNCATE TABLE TX;
	SQL
	run cdc-tail -S "$server/sock" -u root --from earliest --until now
	exits 0 "$version: lower_case_table_names=1"
	is "$(jq -c '[.topic, .key, .payload.after]' "$T/out")" \
	    '["mariadb.d1.t1",{"k":1},{"k":1,"u":"123e4567-e89b-12d3-a456-426614174000"}]
["mariadb.d1.tx",{"k":2},{"k":2,"u":null,"v":"123e4567-e89b-12d3-a456-426614174000"}]
["mariadb.d1.tx",null,null]' "$version: the server's names"
	server_stop
}

for version in $mariadb_versions; do
	if ! mariadb_have $version; then
		skip "$version" "no MariaDB $version here"
		continue
	fi
	tables $version
	small_letters $version
done
done_testing
