#!/bin/sh
# cdc-apply: values of every type, in every mode; and what does not fit.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"
. "$src/tests/applied.sh"

# Random rows of every type, in every mode that loses nothing; and what the
# other modes make of dates that do not exist is the same in all of them.
types() {
	trip() { perl "$src/tests/server/roundtrip.pl" "$@"; }
	{
		echo 'CREATE DATABASE r; USE r;'
		trip schema $v a
		trip rows $v a 1000 7
	} | from_sql >/dev/null 2>&1
	sums=
	set -f
	for modes in '--time string' \
	    '--time string --decimal precise --binary hex' \
	    '--time string --bigint string' \
	    '--time string --binary base64-url-safe --bigint-unsigned precise' \
	    '' '--time microseconds --decimal numeric' \
	    '--time isostring --bigint-unsigned string' \
	    '--time nanoseconds'; do
		{ echo 'CREATE OR REPLACE DATABASE r; USE r;'; trip schema $v a
		} | to_sql
		new_name
		tail_of --from earliest -t 'r\..*' $modes >"$T/stream"
		run_on "$T/stream" apply --name $name
		exits 0 "$v: every type, $modes"
		case $modes in
		*string*--*|*string)
			case $modes in *isostring*) ;; *)
			equal r.a "every type, $modes: CHECKSUM TABLE" ;; esac ;;
		esac
		case $modes in
		'--time string'*) ;;
		*) sums="$sums $(to_sql -N -e 'CHECKSUM TABLE r.a' | cut -f2)" ;;
		esac
	done
	set +f
	is "$(echo $sums | tr ' ' '\n' | sort -u | wc -l)" 1 \
	    "$v: modes without zero dates agree"
	from_sql -e 'DROP DATABASE r'
}

# jq, whatever its version: what it makes of numbers is in no string.
through_jq() {
	both -e "CREATE DATABASE j; CREATE TABLE j.a (id BIGINT, u BIGINT UNSIGNED,
	    v BIGINT, PRIMARY KEY (id, u))"
	from_sql j -e "INSERT INTO a VALUES
	    (-9223372036854775808, 18446744073709551615, 9223372036854775807),
	    (9007199254740993, 9007199254740993, -9007199254740993), (1, 2, 3);
	    UPDATE a SET v = 9223372036854775806 WHERE id < 0;
	    UPDATE a SET id = 9007199254740995 WHERE id = 9007199254740993;
	    DELETE FROM a WHERE id = 1"
	new_name
	tail_of --from earliest -t 'j\.a' --bigint string | jq -c . >"$T/stream"
	run_on "$T/stream" apply --name $name
	exits 0 "$v: --bigint string through $(jq --version)"
	equal j.a "--bigint string through jq"
	is "$(jq -r 'select(.payload.beat == "first").payload.modes.bigint' \
	    "$T/stream")" string "$v: the heartbeat says it"
	from_sql -e 'DROP DATABASE j'
}

# What does not fit is no less than an error.
misfits() {
	to_sql -e "CREATE OR REPLACE DATABASE m; USE m;
	    CREATE TABLE t (id INT PRIMARY KEY, d DECIMAL(5,1), s VARCHAR(3),
		e ENUM('a', 'b'), y TINYINT, t DATETIME, n INT NOT NULL,
		u INT UNIQUE)"
	while IFS=' ' read -r column value want; do
		value=$(printf %s "$value" | tr _ ' ')
		new_name
		printf '{"topic":"p.m.t","key":{"id":1},"payload":{"before":null,"after":{"id":1,"n":0,"%s":%s},"source":{"db":"m","table":"t"},"op":"c"}}\n' \
		    "$column" "$value" >"$T/in"
		run_on "$T/in" apply --no-state --time isostring \
		    --decimal string
		exits 65 "$v: $column = $value: 65"
		err_like "$want" "$v: and why"
	done <<-'EOF'
	d "1.25" column.d..decimal.5,1.*rounded
	d "123456.0" Out.of.range
	d "abc" Incorrect
	s "abcd" too.long
	s "abc_" too.long
	e "2" labels
	e "c" truncated
	y 300 Out.of.range
	y 1.5 whole.number
	y "" whole.number
	t "2026-01-01T00:00:00.5Z" fraction
	t "2026-13-01T00:00:00Z" Incorrect
	n null NOT.NULL
	d {"a":1} object
	x 1 no.column.x
	EOF
	err_like 'hint: .*GRANT SELECT on it' "$v: or it is not seen"
	is "$(to_sql -N -e 'SELECT COUNT(*) FROM m.t')" 0 "$v: nothing of it"
	for value in '"a"' '"b"' '""' null; do
		printf '{"topic":"p.m.t","key":{"id":1},"payload":{"before":null,"after":{"id":1,"n":0,"e":%s},"source":{"db":"m","table":"t"},"op":"c"}}\n' \
		    "$value" >"$T/in"
		run_on "$T/in" apply --no-state
		exits 0 "$v: ENUM $value"
		is "$(to_sql -N -e 'SELECT CONCAT("\"", e, "\"") FROM m.t' |
		    sed 's/NULL/null/')" "$value" "$v: ENUM $value is it"
	done
	to_sql -e 'INSERT INTO m.t (id, n, u) VALUES (5, 0, 50)'
	echo '{"topic":"p.m.t","key":{"id":6},"payload":{"before":null,"after":{"id":6,"n":0,"u":50},"source":{"db":"m","table":"t"},"op":"c"}}' >"$T/in"
	run_on "$T/in" apply --no-state
	exits 65 "$v: a clash of another unique key: 65"
	err_like 'unique key' "$v: is said"
	is "$(to_sql -N -e 'SELECT id FROM m.t WHERE u = 50')" 5 \
	    "$v: and nobody's row is changed"
	echo '{"topic":"p.m.t","key":{"id":6},"payload":{"before":null,"after":{"id":6,"n":0,"t":5},"source":{"db":"m","table":"t"},"op":"c"}}' >"$T/in"
	run_on "$T/in" apply --no-state
	exits 65 "$v: a number of unknown units: 65"
	err_like 'column t .*units' "$v: names the column"
	err_like 'hint: a schema record' "$v: and what to do"
	to_sql -e "CREATE TABLE m.trig (id INT PRIMARY KEY);
	    CREATE TRIGGER m.tr BEFORE INSERT ON m.trig FOR EACH ROW SET @a = 1;
	    CREATE TABLE m.my (id INT PRIMARY KEY) ENGINE=MyISAM"
	for table in trig my none; do
		echo '{"topic":"p.m.'$table'","key":{"id":6},"payload":{"before":null,"after":{"id":6},"source":{"db":"m","table":"'$table'"},"op":"c"}}' >"$T/in"
		run_on "$T/in" apply --no-state
		exits 78 "$v: table $table: 78"
		[ $table = none ] && continue
		run_on "$T/in" apply --no-state --allow-triggers --at-least-once
		exits 0 "$v: table $table, if asked for"
	done
}

# Whole and decimal numbers of the source, in columns of binary ones.
reals() {
	from_sql -e "CREATE OR REPLACE DATABASE r; CREATE TABLE r.t (id INT
	    PRIMARY KEY, d DECIMAL(30,5), b BIGINT UNSIGNED, i INT)"
	to_sql -e "CREATE OR REPLACE DATABASE r; CREATE TABLE r.t (id INT
	    PRIMARY KEY, d DOUBLE, b DOUBLE, i FLOAT)"
	while IFS=' ' read -r status values; do
		at=$(now)
		from_sql -e "INSERT INTO r.t VALUES ($values)"
		tail_of --from "$at" >"$T/in"
		run_on "$T/in" apply --no-state
		exits "$status" "$v: FLOAT and DOUBLE take $values: $status"
		[ "$status" = 0 ] || err_like 'would be rounded' "$v: is said"
	done <<-'EOF'
	0 1,1234567890.12345,9007199254740992,16777216
	0 2,-0.00001,10000000000000000000,-999999
	65 3,12345678901.12345,0,0
	65 4,0,9007199254740993,0
	65 5,0,18446744073709551615,0
	65 6,0,0,-16777217
	EOF
	is "$(to_sql -N -e 'SELECT CONCAT_WS(" ", CAST(d AS DECIMAL(30,5)),
	    CAST(b AS DECIMAL(20)), CAST(i AS DECIMAL(9))) FROM r.t')" \
	    "$(from_sql -N -e 'SELECT CONCAT_WS(" ", d, b, i) FROM r.t
	    WHERE id < 3')" "$v: and what they take is what it was"
}

on_versions types through_jq misfits reals
done_testing
