#!/bin/sh
# cdc-format --to csv and --to tsv: LOAD DATA makes of a copy of each table what
# the table is.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { server_stop; }
data=$src/tests/conformance/data
sql() { mariadb_sql "$server" "$@"; }

# Statements that load a table's file; bytes are digits there, and a vector is
# its text.
# usage: load FORMAT
load() {
	case $1 in
	csv)
		how="FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '\"' "
		how="${how}ESCAPED BY '' LINES TERMINATED BY '\\\\r\\\\n'"
		;;
	tsv) how= ;;
	esac
	sql -N --raw -e "SET SESSION group_concat_max_len=100000;
	    SELECT CONCAT('CREATE TABLE loaded.', TABLE_NAME, ' LIKE oracle.',
	    TABLE_NAME, '; LOAD DATA LOCAL INFILE ''$T/split/oracle.',
	    TABLE_NAME, '.$1'' INTO TABLE loaded.', TABLE_NAME,
	    ' CHARACTER SET utf8mb4 ', '$(printf '%s' "$how" | sed "s/'/''/g")',
	    ' IGNORE 1 LINES (', GROUP_CONCAT(IF(kind = '', CONCAT('\`',
	    COLUMN_NAME, '\`'), CONCAT('@v', ORDINAL_POSITION)) ORDER BY
	    ORDINAL_POSITION), ')', COALESCE(CONCAT(' SET ',
	    GROUP_CONCAT(IF(kind = '', NULL, CONCAT('\`', COLUMN_NAME, '\`=',
	    kind, '(@v', ORDINAL_POSITION, ')')))), ''), ';')
	    FROM (SELECT TABLE_NAME, COLUMN_NAME, ORDINAL_POSITION,
	    CASE WHEN DATA_TYPE REGEXP 'binary|blob|bit|geometry|point|line|poly'
	    THEN 'UNHEX' WHEN DATA_TYPE = 'vector' THEN 'VEC_FromText' ELSE ''
	    END AS kind FROM information_schema.COLUMNS WHERE TABLE_SCHEMA =
	    'oracle') AS c GROUP BY TABLE_NAME"
}

# Bytes that are no characters of GBK and sjis are U+EFXX in text, and UCS-2 has
# halves of characters alone.
# usage: checksums DATABASE
checksums() {
	sql -N -e "SELECT CONCAT('CHECKSUM TABLE $1.', TABLE_NAME, ';') FROM
	    information_schema.TABLES WHERE TABLE_SCHEMA = '$1' ORDER BY
	    TABLE_NAME" | sql -N | sed "s/^$1\.//; /^t_gbk\|^t_sjis\|^t_ucs2/d"
}

# usage: loads CASE FORMAT
loads() {
	rm -rf "$T/split"
	mkdir "$T/split"
	sql -e 'DROP DATABASE IF EXISTS loaded; CREATE DATABASE loaded'
	null=
	[ "$2" != csv ] || null='--null NULL'
	cdc-snapshot -q -S "$server/sock" -u root --skip-ssl --time string \
	    -t 'oracle\..*' >"$T/records" 2>"$T/err"
	# shellcheck disable=SC2086
	cdc-format --to "$2" $null --columns '*' --split "$T/split" \
	    <"$T/records" 2>"$T/err" ||
	    result 1 "$1: $2: $(cat "$T/err")"
	{
		# of ENUM's error value, which no strict mode takes
		echo "SET SESSION sql_mode='NO_AUTO_VALUE_ON_ZERO',
		    time_zone='+00:00';"
		load "$2" | while read -r line; do
			file=$(printf "%s" "$line" | sed "s/.*INFILE '\([^']*\)'.*/\1/")
			[ -e "$file" ] || line=${line%%; LOAD*}\;
			printf "%s\n" "$line"
		done
	} >"$T/load"
	sql --local-infile <"$T/load" >"$T/log" 2>&1 ||
	    result 1 "$version: $1: $2: $(tail -n 1 "$T/log")"
	checksums oracle >"$T/want"
	checksums loaded >"$T/got"
	same "$T/got" "$T/want" "$version: $1: $2"
}

for version in $mariadb_versions; do
	if ! mariadb_have $version; then
		skip "$version" "no MariaDB $version here"
		continue
	fi
	server_start $version "$T/$version" --sql-mode= --local-infile=ON \
	    --gtid-strict-mode=OFF || continue
	for case in ${CASES:-keys types-bin types-enum types-geo types-inet \
	    types-int types-json types-text types-uuid types-vector \
	    types-zerodate wide}; do
		sql -e 'DROP DATABASE IF EXISTS oracle;
		    DROP DATABASE IF EXISTS zz_sentinel;
		    CREATE DATABASE zz_sentinel;
		    CREATE TABLE zz_sentinel.s (id INT)'
		mariadb-binlog --no-defaults --skip-gtid-strict-mode \
		    "$data/$case/binlog.000001" 2>/dev/null | sql \
		    >"$T/log" 2>&1 || {
			skip "$version: $case" "$(tail -n 1 "$T/log" | cut -c1-80)"
			continue
		}
		loads "$case" csv
		loads "$case" tsv
	done
	server_stop
done
done_testing
