#!/bin/sh
# cdc-format --to template, |sql: INSERT statements of a user's own make the
# same table, whatever sql_mode and character set the session has that reads
# them.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { server_stop; }
sql() { mariadb_sql "$server" "$@"; }
columns='id, u, l, g, e, s, b, n, f, d, tm, js, geo, bits, i, w, x, z, y'
sums='SELECT GROUP_CONCAT(CONCAT_WS("|", id, HEX(u), HEX(l), HEX(g), e + 0,
    s + 0, HEX(b), n, f, d, tm, HEX(js), HEX(geo), bits + 0, i, w, x, z + 0, y)
    ORDER BY id SEPARATOR "\n")'

for version in $mariadb_versions; do
	if ! mariadb_have $version; then
		skip "$version" "no MariaDB $version here"
		continue
	fi
	server_start $version "$T/$version" --sql-mode= --log-bin=b \
	    --binlog-format=ROW || continue
	sql <<-'EOF'
	SET NAMES utf8mb4;
	CREATE DATABASE d;
	CREATE TABLE d.t (id INT PRIMARY KEY,
	    u TEXT CHARSET utf8mb4, l VARCHAR(50) CHARSET latin1,
	    g VARCHAR(50) CHARSET gbk, e ENUM('it''s','{\\}','ü') CHARSET utf8mb4,
	    s SET('a','[b]','é') CHARSET latin1, b BLOB, n DECIMAL(20,4),
	    f DOUBLE, d DATE, tm TIMESTAMP(3) NULL, js JSON, geo POINT,
	    bits BIT(9), i INET6, w VARCHAR(20) CHARSET ucs2,
	    x TEXT CHARSET utf16le, z ENUM('b','c') CHARSET utf32, y YEAR);
	INSERT INTO d.t VALUES
	    (1, 'it''s "x" \\ {~}|@`^[]#$ \n\t %', 'é{}~', '中文\\', 1, 7,
	    X'00FF275C', -1.5, 1e-300, '2026-11-27', '2026-11-27 10:00:00.123',
	    '{"a":"\\u00e9"}', POINT(1, 2), b'100000001', '::1', 'abc', 'abc', 'c', 0),
	    (2, '', '', '', 2, 0, '', 0, -0.1, '0000-00-00', NULL, 'null',
	    NULL, 0, '1.2.3.4', '', '', 'b', 2000),
	    (3, '😀 ； ı', 'plain', '誠', 3, 5, X'8127', 1e15, 1e300,
	    '9999-12-31', '2037-12-31 23:59:59', '"\\\\"', POINT(0, -1e9), 1, '::', 'ü\\', 'x', 'b', 1999),
	    (4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
	    NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
	EOF
	want=$(sql -N -e "$sums FROM d.t")
	sql -e 'FLUSH LOGS'
	cdc-tail -q --control --schema-changes --time string \
	    "$T/$version"/data/b.000001 >"$T/records" 2>"$T/err" ||
	    cdc-tail -q --control --time string "$T/$version"/b.000001 \
	    >"$T/records"
	cdc-format --to template <"$T/records" >"$T/sql" \
	    --template "INSERT INTO d.c ($columns) VALUES ($(echo "$columns" |
	    sed 's/[a-z]*[a-z]/{&|sql}/g'));"
	is "$(wc -l <"$T/sql")" 4 "$version: a statement for each row"
	for charset in utf8mb4 latin1 gbk sjis big5 swe7 cp932 euckr binary; do
		for mode in '' ANSI_QUOTES NO_BACKSLASH_ESCAPES \
		    ORACLE,EMPTY_STRING_IS_NULL,PIPES_AS_CONCAT; do
			{
				echo "CREATE OR REPLACE TABLE d.c LIKE d.t;
				    SET time_zone='+00:00', sql_mode='$mode';
				    SET NAMES $charset;"
				cat "$T/sql"
			} | sql 2>"$T/err"
			is "$(sql -N -e "$sums FROM d.c")" "$want" \
			    "$version: $charset, '$mode'" ||
			    explain "$(tail -n 1 "$T/err")"
		done
	done
	server_stop
done
done_testing
