#!/bin/sh
# Statements whose rows no event has stop a pipeline, and it goes on as the hint
# and COPYING A TABLE AGAIN in cdc-apply(1) say: that page's commands are run as
# printed, between two servers, while the source is written to.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { pair_stop; }

# The page's commands, for our servers; the last pipeline ends.
recipe() {
	awk '/^\.Sh / { inside = /COPYING A TABLE AGAIN/ }
	    inside && /^\.Bd / { take = 1; next }
	    /^\.Ed/ { take = 0 }
	    take { gsub(/\\e/, "\\"); print }' "$src/man/cdc-apply.1" |
	    sed -e "s|\(mariadb[-a-z]*\) -h|\1 --no-defaults -h|" \
	    -e "s|-h db1|-S $from/sock|; s|-h replica|-S $to/sock|" \
	    -e 's/ --accept-lists |$/ --accept-lists --until now |/'
}

# The pipeline that is to be helped.
pipeline() {
	status=0
	{
		cdc-tail -q -S "$from/sock" -t 'shop\..*' --schema-changes \
		    --time string --state pos --until now "$@" 2>"$T/err"
		echo $? >"$T/status"
	} | cdc-apply -q -S "$to/sock" --state pos \
	    --schema-evolution apply-ddl 2>"$T/apply"
	status=$(cat "$T/status")
}

facts() {
	{
		"$1" -N shop -e "SHOW TABLES"
		for t in $("$1" -N shop -e "SHOW TABLES"); do
			"$1" -N shop -e "CHECKSUM TABLE \`$t\`;
			    SHOW CREATE TABLE \`$t\`"
		done
	} >"$T/$1"
}

equal() {
	facts from_sql
	facts to_sql
	same "$T/to_sql" "$T/from_sql" "$v, $1: the target is as the source"
}

begin() {
	from_sql -e "CREATE DATABASE shop; CREATE DATABASE stage; USE shop;
	    CREATE TABLE orders (id INT PRIMARY KEY, v INT);
	    INSERT INTO orders VALUES (1, 1), (2, 2);
	    CREATE TABLE ev (id INT PRIMARY KEY, u INT, UNIQUE (u));
	    INSERT INTO ev VALUES (1, 1), (2, 2), (3, 3);
	    CREATE TABLE stage.ev (id INT PRIMARY KEY, u INT, w INT DEFAULT 7,
	    UNIQUE (u)); INSERT INTO stage.ev (id, u) VALUES (1, 1), (4, 4);
	    CREATE TABLE stage.part (id INT, u INT);
	    INSERT INTO stage.part VALUES (1, 100), (2, 200)"
	pipeline --from earliest
	exits 0 "$v: all is followed"
	equal "to begin with"
}

# usage: goes_on STATUS NAME STATEMENTS AFTERWARDS   what stops the pipeline, and
# what the source goes on with
goes_on() {
	from_sql shop -e "UPDATE orders SET v = v + 1 WHERE id = 1; $3
	    UPDATE orders SET v = v + 1; $4"
	pipeline
	exits "$1" "$v, $2: $1"
	err_like 'hint: .*copy shop.ev again, .*--exclude-table .shop..ev. .*COPYING A TABLE AGAIN in cdc-apply' \
	    "… which is said"
	recipe >"$T/recipe"
	succeeds "$v, $2: what the page says" \
	    timeout 300 sh -e "$T/recipe"
	from_sql shop -e "UPDATE orders SET v = v + 1"
	pipeline
	exits 0 "$v, $2: and on as before"
	equal "$2"
}

# Partitions, and rows of a table that has them, behind that one.
partitions() {
	goes_on 78 "EXCHANGE PARTITION" "ALTER TABLE ev EXCHANGE PARTITION b
	    WITH TABLE stage.part;" "INSERT INTO ev VALUES (7, 7)"
	goes_on 78 "CONVERT PARTITION" "ALTER TABLE ev CONVERT PARTITION b
	    TO TABLE stage.b;" "INSERT INTO ev VALUES (1, 2);
	    UPDATE ev SET u = 3"
	goes_on 65 "a statement on rows" "SET binlog_format = STATEMENT;
	    UPDATE ev SET u = u + 1; SET binlog_format = ROW;" \
	    "INSERT INTO ev VALUES (9, 2)"
}

gone() {
	from_sql shop -e "RENAME TABLE ev TO stage.gone;
	    INSERT INTO orders VALUES (9, 9)"
	pipeline
	exits 78 "$v: RENAME out: 78"
	gtid=$(sed -n 's/.*--until \([0-9-]*\),.*/\1/p' "$T/err")
	recipe | sed -e '/ev\.copy/d; /ev\.sql/d; /--forget/d' \
	    -e "s/\"\$until\"/$gtid/" >"$T/recipe"
	succeeds "$v: RENAME out: the table is only dropped" sh -e "$T/recipe"
	equal "RENAME out"
}

for v in $mariadb_versions; do
	mariadb_have $v || {
		skip "$v" "no MariaDB $v here"
		continue
	}
	mariadb_start $v "$T/$v-from" && from=$T/$v-from
	mariadb_start $v "$T/$v-to" --server-id=2 && to=$T/$v-to
	mkdir "$T/$v"
	cd "$T/$v" || exit
	begin
	goes_on 78 "RENAME in" "RENAME TABLE ev TO stage.ev_old,
	    stage.ev TO ev;" "DELETE FROM ev WHERE id = 4;
	    INSERT INTO ev VALUES (5, 4, 8); UPDATE ev SET u = 9 WHERE id = 1;
	    INSERT INTO ev VALUES (6, 1, 9); ALTER TABLE ev ADD x INT;
	    UPDATE ev SET x = id"
	goes_on 65 "CREATE … SELECT" "SET binlog_format = STATEMENT;
	    CREATE OR REPLACE TABLE ev (id INT, u INT) PARTITION BY RANGE (u)
	    (PARTITION a VALUES LESS THAN (100), PARTITION b
	    VALUES LESS THAN (1000)) SELECT id, u FROM stage.ev_old;
	    SET binlog_format = ROW;" "INSERT INTO ev VALUES (7, 7), (8, 300);
	    DELETE FROM ev WHERE id = 2"
	[ $v = 10.11 ] || partitions
	gone
	pair_stop
done
done_testing
