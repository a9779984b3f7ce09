#!/bin/sh
# Every code of every character set, as the server itself converts it.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

mariadb_have 11.8 || skip_all "no MariaDB 11.8 here"
cleanup() { server_stop; }
server_start 11.8 "$T/s" || done_testing
sql() { mariadb_sql "$server" -N -B "$@"; }

sets=$(sql -e "SELECT CHARACTER_SET_NAME FROM
    information_schema.CHARACTER_SETS WHERE CHARACTER_SET_NAME NOT IN
    ('binary') ORDER BY 1")
sql -e 'CREATE DATABASE t'
for set in $sets; do
	# Codes of one and two bytes; of three where the set has them.
	case $set in
	ujis | eucjpms) three='UNION ALL SELECT 9371648 + seq FROM seq_0_to_65535' ;;
	*) three= ;;
	esac
	sql t <<-SQL
	CREATE TABLE $set (id INT PRIMARY KEY,
	  v VARCHAR(8) CHARACTER SET $set);
	INSERT IGNORE INTO $set SELECT c, CONVERT(CHAR(c USING binary)
	  USING $set) FROM (SELECT seq AS c FROM seq_0_to_65535 $three) AS s;
	DELETE FROM $set WHERE v IS NULL OR v = '' OR INSTR(
	  CONVERT(v USING utf8mb4), '?') AND id != 63;
	-- half a surrogate pair: to the server a character like others
	DELETE FROM $set WHERE '$set' IN ('ucs2', 'utf32')
	  AND id BETWEEN 0xD800 AND 0xDFFF;
	FLUSH BINARY LOGS;
	CREATE TABLE copy SELECT id, v FROM $set;
	FLUSH BINARY LOGS;
	DROP TABLE copy;
	SQL
	log=$(find "$server" -name 'mariadb-bin.0*' ! -name '*.idx' | sort |
	    tail -n 2 | head -n 1)
	sql t -e "SELECT id, HEX(CONVERT(v USING utf8mb4)) FROM $set
	    ORDER BY id" >"$T/want"
	cdc-tail "$log" | perl -ne '
	    BEGIN { %short = (b => 8, t => 9, n => 10, f => 12, r => 13,
		"\"" => 34, "\\" => 92); }
	    ($id, $v) = /"after":{"id":(\d+),"v":"(.*)"},"source"/ or next;
	    $v =~ s/\\(?:u00(..)|(.))/chr(defined $1 ? hex $1 : $short{$2})/ge;
	    printf "%d\t%s\n", $id, uc unpack "H*", $v' |
	    sort -n >"$T/got"
	same "$T/got" "$T/want" "$set: $(wc -l <"$T/want") codes"
done
done_testing
