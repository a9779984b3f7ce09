#!/bin/sh
# A log that does not name columns (binlog_row_metadata=NO_LOG, MINIMAL), of
# tables that are altered all the time: a server that is asked answers as it is
# then, which is later than the rows that are being read.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

reader=
cleanup() {
	[ -z "$reader" ] || kill -KILL $reader 2>/dev/null
	server_stop
}
sql() { mariadb_sql "$server" "$@"; }

# Statements; a column xN holds 'xN' or, after an UPDATE, 'xN' and a sign.
statements() {
	perl -e '
		my ($seed, $steps) = @ARGV;
		srand $seed;
		my ($n, @x) = (0);
		sub name { "x" . ++$n }
		sub column { my $x = name; push @x, $x;
			my $where = rand() < .3 ? " FIRST" : rand() < .5 ?
			    " AFTER id" : "";
			my $set = rand() < .3 ? " CHARACTER SET latin1" : "";
			return "ADD $x VARCHAR(9)$set DEFAULT \"$x\"$where" }
		sub insert { "INSERT INTO a (id) VALUES (NULL), (NULL);" }
		for (1 .. $steps) {
			my $change = column;
			if (@x > 4) {
				my $i = int rand(@x - 1);
				my $x = splice @x, $i, 1;
				$change .= ", DROP $x";
			}
			if (@x > 2 && rand() < .4) {
				my $x = $x[0];
				$change .= ", MODIFY $x VARCHAR(12) DEFAULT \"$x\"";
			}
			print "ALTER TABLE a $change, FORCE;", insert, "\n";
			print "UPDATE a SET $x[-1] = \"$x[-1]*\" WHERE id % 9 = 0;\n"
			    if rand() < .5;
			print "RENAME TABLE a TO b; INSERT INTO b VALUES (); ",
			    "RENAME TABLE b TO a;\n" if rand() < .2;
			print "CREATE TABLE s$_ (id INT PRIMARY KEY, x$_ ",
			    "CHAR(9)); INSERT INTO s$_ VALUES ",
			    "($_, \"x$_\"); DROP TABLE s$_;\n" if rand() < .3;
		}
	' "$@"
}

# usage: all_records WHAT   what was read of the statements is what is there
all_records() {
	jq -c '.payload | select(.op == "c" or .op == "u") | .after' "$T/out" \
	    >"$T/rows"
	is "$(jq -c 'keys[] | select(test("^(id|end|x[0-9]+)$") | not)' \
	    "$T/rows" | wc -l)" 0 "$1: all columns have their names"
	is "$(jq -c 'to_entries[] | select((.key | test("^x")) and
	    (.value | rtrimstr("*")) != .key)' "$T/rows" | wc -l)" 0 \
	    "$1: and their own values"
	sql t -B -e "SELECT * FROM a WHERE end = 7 ORDER BY id" >"$T/want"
	jq -rs '[.[] | select(.end == 7)] | (.[0] | keys_unsorted),
	    (sort_by(.id)[] | [.[]]) | map(tostring) | join("\t")' \
	    "$T/rows" >"$T/got"
	same "$T/got" "$T/want" "$1: the table as it is in the end"
}

# Read while the statements run, as late as can be.
late() {
	what="$version: $1"
	sql -e "DROP DATABASE IF EXISTS t; CREATE DATABASE t CHARSET utf8mb4;
	    CREATE TABLE t.a (id INT PRIMARY KEY AUTO_INCREMENT)"
	: >"$T/out"
	cdc-tail -S "$server/sock" -u root --from now --control >"$T/out" \
	    2>"$T/err" &
	reader=$!
	wait_for "$T/out" '"beat":"first"'
	[ "$2" = busy ] || kill -STOP $reader
	statements "$3" 40 | sql t
	result $? "$what: the statements run"
	sql t -e "ALTER TABLE a ADD end INT; UPDATE a SET end = 7;
	    INSERT INTO a (id, end) VALUES (1000000, 8)"
	kill -CONT $reader
	wait_for "$T/out" '"key":{"id":1000000}' ||
	    sed 's/^/# /' "$T/err"
	kill $reader
	wait $reader
	status=$?
	reader=
	exits 0 "$what: it is read to its end"
	all_records "$what"
}

# Of a table that its session has locked, IF NOT EXISTS is logged although the
# table is there: who has seen rows of it does not take its names.
locked() {
	sql -e "DROP DATABASE IF EXISTS t; CREATE DATABASE t;
	    CREATE TABLE t.a (id INT PRIMARY KEY, x INT); FLUSH BINARY LOGS"
	log=$(sql -N -e 'SHOW MASTER STATUS' | cut -f1)
	sql t -e "INSERT INTO a VALUES (1, 2); LOCK TABLES a WRITE;
	    CREATE TABLE IF NOT EXISTS a (y INT PRIMARY KEY, z INT);
	    INSERT INTO a VALUES (3, 4); UNLOCK TABLES;
	    CREATE TABLE IF NOT EXISTS b (y INT PRIMARY KEY, z INT);
	    INSERT INTO b VALUES (5, 6); FLUSH BINARY LOGS"
	is "$(cdc-tail -q "$server/$log" | jq -c .payload.after | paste -sd ' ')" \
	    '{"@1":1,"@2":2} {"@1":3,"@2":4} {"y":5,"z":6}' \
	    "$version: IF NOT EXISTS, of a locked table and of none"
}

# What --schema says, and what statements make of it afterwards.
described() {
	sql -e "DROP DATABASE IF EXISTS t; CREATE DATABASE t;
	    SET GLOBAL binlog_row_metadata = FULL;
	    CREATE TABLE t.a (id INT UNSIGNED PRIMARY KEY, x VARCHAR(9));
	    INSERT INTO t.a VALUES (4294967295, 'é');
	    SET GLOBAL binlog_row_metadata = NO_LOG; FLUSH BINARY LOGS"
	log=$(sql -N -e 'SHOW MASTER STATUS' | cut -f1)
	cdc-tail -q --control "$server"/mariadb-bin.0* | grep '"ddl":' \
	    >"$T/schema"
	sql t -e "INSERT INTO a VALUES (1, 'é');
	    ALTER TABLE a ADD u INET6 FIRST; INSERT INTO a VALUES ('::1', 2, 'é');
	    ALTER TABLE a DROP x, RENAME COLUMN id TO i;
	    INSERT INTO a VALUES ('::2', 4294967294); FLUSH BINARY LOGS"
	run cdc-tail -q --schema "$T/schema" "$server/$log"
	exits 0 "$version: --schema, and columns that come and go later"
	is "$(jq -c .payload.after "$T/out" | paste -sd ' ')" '{"id":1,"x":"é"} '$(
	    )'{"u":"::1","id":2,"x":"é"} {"u":"::2","i":4294967294}' \
	    "$version: by their names"
}

# What is written while a copy is made, which the tail reads before it can ask.
copied() {
	sql -e "DROP DATABASE IF EXISTS t; CREATE DATABASE t CHARACTER SET
	    koi8r; USE t; CREATE TABLE a (id INT UNSIGNED PRIMARY KEY,
	    x VARCHAR(9)); INSERT INTO a SELECT seq, 'a' FROM seq_1_to_300"
	rm -f "$T/copied"
	cdc-snapshot -q -S "$server/sock" -t 't\..*' --mode initial \
	    --throttle 300 >"$T/copied" 2>"$T/err" &
	reader=$!
	wait_for "$T/copied" '"op":"r"'
	sql t -e "INSERT INTO a VALUES (4294967295, 'ж'); ALTER TABLE a ADD u
	    INET6 FIRST, CHANGE x y VARCHAR(9); INSERT INTO a VALUES ('::1', 0,
	    'д'); CREATE TABLE b (z VARCHAR(9)); INSERT INTO b VALUES ('я')"
	wait_for "$T/copied" '"z":'
	kill $reader
	wait $reader
	status=$?
	reader=
	exits 0 "$version: rows that are written during a copy"
	is "$(jq -c 'select(.payload.op == "c").payload.after' "$T/copied" |
	    paste -sd ' ')" '{"id":4294967295,"x":"ж"} '$(
	    )'{"u":"::1","id":0,"y":"д"} {"z":"я"}' "$version: by their names"
}

for version in $mariadb_versions; do
	if ! mariadb_have $version; then
		skip "$version" "no MariaDB $version here"
		continue
	fi
	server_start $version "$T/$version" --binlog-row-metadata=NO_LOG ||
	    continue
	late "NO_LOG, all at once" stopped 1
	late "NO_LOG, as it goes" busy 2
	locked
	described
	copied
	sql -e "SET GLOBAL binlog_row_metadata = MINIMAL"
	late "MINIMAL, all at once" stopped 3
	server_stop
done
done_testing
