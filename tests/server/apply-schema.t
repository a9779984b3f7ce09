#!/bin/sh
# cdc-apply --schema-evolution: tables that follow the source's.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"
. "$src/tests/applied.sh"

# Tables that follow the source's.
evolution() {
	both -e 'CREATE DATABASE other'
	from_sql -e "CREATE DATABASE e; USE e; CREATE TABLE t (id INT PRIMARY KEY,
		v VARCHAR(10) CHARACTER SET latin1, e ENUM('a', 'it''s'),
		d DECIMAL(10,2) UNSIGNED, ts TIMESTAMP(3) NULL, j JSON, g POINT,
		b BIT(5), y YEAR, x BLOB);
	    INSERT INTO t VALUES (1, 'x', 'a', 1.5, '2026-01-01', '{}',
		POINT(1, 2), b'101', 2020, x'00FF');
	    ALTER TABLE t ADD COLUMN n INT NOT NULL DEFAULT 5, ADD UNIQUE (n);
	    INSERT INTO t (id, e, n) VALUES (2, 'it''s', 7);
	    CREATE TABLE nokey (a INT); INSERT INTO nokey VALUES (1), (1);
	    ALTER TABLE t DROP COLUMN j, MODIFY v VARCHAR(20) DEFAULT 'q';
	    UPDATE t SET v = 'longer than ten' WHERE id = 1; TRUNCATE nokey;
	    INSERT INTO nokey VALUES (3); RENAME TABLE nokey TO nk;
	    INSERT INTO nk VALUES (9); CREATE INDEX i ON t (v);
	    CREATE TABLE gone (a INT); DROP TABLE gone"
	new_name
	run_apply
	exits 78 "$v: no such table: 78"
	err_like 'hint: .*--schema-evolution add' "$v: what to do"
	run_apply --schema-evolution check
	exits 78 "$v: --schema-evolution check: 78"
	run_apply --schema-evolution add
	exits 0 "$v: add: tables and columns follow"
	is "$(to_sql -N -e "SELECT GROUP_CONCAT(COLUMN_NAME, ' ', COLUMN_TYPE
	    ORDER BY ORDINAL_POSITION) FROM information_schema.COLUMNS WHERE
	    TABLE_SCHEMA = 'e' AND TABLE_NAME = 't'")" \
	    "id int(11),v varchar(20),e enum('a','it''s'),d decimal(10,2) unsigned,ts timestamp(3),j longtext,g point,b bit(5),y year(4),x blob,n int(11)" \
	    "$v: add: tables and columns"
	is "$(to_sql -N -e 'SELECT id, n FROM e.t' | tr '\t\n' ' ;')" \
	    '1 5;2 7;' "$v: add: the rows before"
	to_sql -e 'DROP DATABASE e'
	new_name
	cdc-tail -q -S "$from/sock" --until now --control --schema-changes \
	    --from "$since" >"$T/stream"
	apply --name $name --schema-evolution apply-ddl <"$T/stream" \
	    2>"$T/err"
	is $? 0 "$v: apply-ddl"
	for s in from to; do
		${s}_sql -N -r -e 'SHOW CREATE TABLE e.t; SHOW TABLES IN e;
		    CHECKSUM TABLE e.t, e.nk' >"$T/$s.tables"
	done
	same "$T/to.tables" "$T/from.tables" "$v: the same tables and rows"
	apply --name $name --schema-evolution apply-ddl <"$T/stream" \
	    2>"$T/err"
	is "$?,$(counter records)" 0,0 "$v: apply-ddl: not twice"
	# killed behind the ALTER and in front of the position
	to_sql -e 'DROP DATABASE e'
	new_name
	grep -n 'ADD COLUMN n' "$T/stream" | head -n 1 | cut -d: -f1 >"$T/at"
	head -n "$(($(cat "$T/at") - 1))" "$T/stream" |
	    apply --name $name --schema-evolution apply-ddl 2>/dev/null
	is $? 75 "$v: cut in front of a statement"
	to_sql e -e 'ALTER TABLE t ADD COLUMN n INT NOT NULL DEFAULT 5,
	    ADD UNIQUE (n)'
	to_sql -e "UPDATE cdc.cdc_offsets SET statement = JSON_OBJECT('ddl',
	    'ALTER TABLE t ADD COLUMN n INT NOT NULL DEFAULT 5, ADD UNIQUE (n)',
	    'databaseName', 'e', 'table', 't', 'before', 'another')
	    WHERE name = '$name'"
	run_on "$T/stream" apply --name $name --schema-evolution apply-ddl
	exits 0 "$v: a statement that was executed is not executed again"
	to_sql -N -r -e 'SHOW CREATE TABLE e.t; SHOW TABLES IN e;
	    CHECKSUM TABLE e.t, e.nk' >"$T/to.tables"
	same "$T/to.tables" "$T/from.tables" "$v: the same tables and rows"
	is "$(to_sql -N -e "SELECT statement FROM cdc.cdc_offsets WHERE
	    name = '$name'")" NULL "$v: none is begun"
	run_on "$T/stream" apply --name x --schema-evolution apply-ddl \
	    --map 'e\.(.*)=f.$1'
	exits 78 "$v: apply-ddl and --map: 78"
	since=$(now)
	from_sql -e 'INSERT INTO e.nk VALUES (10)'
	tail_of --from "$since" -t 'e\.nk' >"$T/stream"
	run_on "$T/stream" cdc-apply -S "$to/sock" --no-state --dry-run \
	    --map 'e\.tt=f.x' --map 'e\.(.*)=e.$1'
	exits 0 "$v: --map"
	err_like 'warning: --map e..tt: matched nothing that was read' \
	    "$v: a --map of no table: a warning"
}

on_versions evolution
done_testing
