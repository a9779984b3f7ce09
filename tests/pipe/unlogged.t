#!/bin/sh
# Statements whose rows are not in the log, or go without row events: nothing is
# lost without a word, and nothing stops for what is left out.
. "$(dirname "$0")/../lib.sh"

# usage: log_of STATEMENT…   a log of them, and of a row of shop.t
log_of() {
	perl -I"$src/tests" -MBinlog -e 'my $log = Binlog->new;
	    my $path = shift;
	    $log->statement($_, "shop") for @ARGV;
	    $log->gtid->map(7, "shop", "t", "\3")->rows(7, 1,
	    "\0" . pack "V", 5)->xid; $log->write($path)' "$T/log" "$@" ||
	    result 1 "a log is written"
}

# usage: passes STATEMENT OPTION…, stops STATUS REGEX STATEMENT OPTION…
passes() {
	log_of "$1"
	statement=$1
	shift
	run cdc-tail "$@" "$T/log"
	exits 0 "passes, $*: $statement"
	is "$(grep -c '"op":"c"' "$T/out")" 1 "… and the row behind it came"
}
stops() {
	want=$1
	like=$2
	statement=$3
	log_of "$3"
	shift 3
	run cdc-tail "$@" "$T/log"
	exits "$want" "$want, $*: $statement"
	err_like "$like" "… which is said"
}

for s in "INSERT INTO t VALUES (1)" "REPLACE shop.t SELECT 1" \
    "UPDATE LOW_PRIORITY IGNORE t SET a = 1" "DELETE FROM t WHERE a = 1" \
    "INSERT HIGH_PRIORITY IGNORE INTO \`t\` VALUES (1)" \
    "UPDATE x, t SET x.a = 1" "UPDATE x JOIN t USING (a) SET x.a = 1" \
    "DELETE x FROM x JOIN t ON x.a = t.a" "DELETE FROM x USING x, shop.t" \
    "DELETE QUICK FROM \`shop\`.\`t\` LIMIT 1" \
    "UPDATE (SELECT 1 AS a) AS s, x SET x.a = 1" "CALL p()" \
    "SELECT f()" "WITH c AS (SELECT 1 AS a) DELETE FROM x" \
    "SET STATEMENT max_statement_time=1 FOR DELETE FROM t" \
    "CREATE TABLE t SELECT 1" "CREATE OR REPLACE TABLE t (a INT) AS SELECT 1" \
    "CREATE TABLE t (PRIMARY KEY (a)) IGNORE SELECT a FROM x" \
    "CREATE TABLE IF NOT EXISTS shop.t (SELECT 1 AS a)" \
    "CREATE TABLE t AS WITH c AS (SELECT 1) SELECT * FROM c" \
    "CREATE TABLE t AS VALUES (1), (2)"; do
	stops 65 'statement-based change .*its rows are not in the log' \
	    "$s" -t 'shop\.t'
done
for s in "INSERT INTO x VALUES (1)" "INSERT INTO x SELECT * FROM t" \
    "UPDATE x SET a = (SELECT MAX(a) FROM t)" "DELETE FROM x WHERE a IN (t.a)" \
    "REPLACE INTO percona.checksums SELECT 'shop', 't', COUNT(*) FROM t" \
    "DELETE x FROM x JOIN y ON x.a = y.a WHERE x.a IN (SELECT a FROM t)" \
    "CREATE TABLE x SELECT * FROM t" "CREATE TABLE shop.x AS VALUES (1)"; do
	passes "$s" -t 'shop\.t'
	err_like 'warning: .*:[0-9]*: a statement on .* was logged without its rows' \
	    "… it is said"
	passes "$s" -t 'shop\.t' --control --schema-changes
done
passes "INSERT INTO mysql.rds_heartbeat2 VALUES (1)"
passes "INSERT INTO t VALUES (1)" --on-error warn
passes "CREATE TABLE t LIKE x" -t 'shop\.t'
passes "CREATE TABLE t (a INT, b INT AS (a) STORED) PARTITION BY LIST (a) (PARTITION p VALUES IN (1))"
passes "CREATE TEMPORARY TABLE t SELECT 1"
# of a temporary table itself no rows are missed; but what its query calls may
# change any table
for s in "CREATE TEMPORARY TABLE t SELECT f(1)" \
    "CREATE TEMPORARY TABLE x (a INT) AS SELECT shop.now() AS a" \
    "CREATE TEMPORARY TABLE x SELECT a FROM t WHERE \`count\` (a) > 1" \
    "CREATE OR REPLACE TEMPORARY TABLE x AS WITH c (a) AS (SELECT p.f(2)) TABLE c" \
    "CREATE TEMPORARY TABLE x VALUES (f(1))"; do
	stops 65 'statement-based change .*its rows are not in the log' "$s" \
	    -t 'shop\.t'
	err_like 'hint: .*--on-error warn --until 0-1-1' "… what to do"
	passes "$s" --on-error warn
done
for s in "CREATE TEMPORARY TABLE t (a INT, KEY k (a)) SELECT 1 AS a" \
    "CREATE TEMPORARY TABLE t (a INT DEFAULT (f(1)))" \
    "CREATE TEMPORARY TABLE x SELECT COUNT(*), IF(a IN (1, 2), NOW(6), DATE_FORMAT(b, '%Y')) FROM t GROUP BY LEFT(b, 1)" \
    "CREATE TEMPORARY TABLE x WITH c (a, b) AS (SELECT a, CAST(b AS DECIMAL(9,2)) FROM t) SELECT ROW_NUMBER() OVER (ORDER BY a) FROM c JOIN shop.t USING (a) WHERE EXISTS (SELECT 1) AND NOT (a = ANY (SELECT 2) OR ST_AsText(g) LIKE ('x'))"; do
	passes "$s" -t 'shop\.t'
done
log_of "INSERT INTO x VALUES (1)" "INSERT INTO y VALUES (1)" "DELETE FROM x"
run cdc-tail -t 'shop\.t' "$T/log"
is "$(grep -c 'logged without its rows' "$T/err")" 1 "several: said once"
perl -I"$src/tests" -MBinlog -e 'my $log = Binlog->new;
    $log->gtid->query("INSERT INTO shop.t VALUES (1)")->query("ROLLBACK");
    $log->write($ARGV[0])' "$T/log"
run cdc-tail "$T/log"
exits 0 "what was rolled back is not missed"

# what removes, moves or changes rows is told to a sink, whether asked for or not
for s in 'DROP TABLE `shop`.`t`' "DROP DATABASE shop" "ALTER TABLE t TRUNCATE PARTITION p" \
    "ALTER TABLE t DROP PARTITION IF EXISTS p, q" \
    "ALTER TABLE t EXCHANGE PARTITION p WITH TABLE x" \
    "ALTER TABLE t CONVERT PARTITION p TO TABLE x" \
    "ALTER TABLE t CONVERT TABLE x TO PARTITION p VALUES LESS THAN (5)" \
    "ALTER IGNORE TABLE t ADD UNIQUE (a)" \
    "ALTER ONLINE IGNORE TABLE t ADD UNIQUE (a)" \
    "CREATE OR REPLACE TABLE t (a INT)" "RENAME TABLE t TO x" \
    "ALTER TABLE t ADD b INT, RENAME TO x" "ALTER TABLE t ADD b INT" \
    "ALTER TABLE t DROP COLUMN a" "ALTER TABLE t DISCARD TABLESPACE" \
    "ALTER TABLE t IMPORT TABLESPACE"; do
	passes "$s" --control
	is "$(jq -r '.payload | select(.ddl) | .ddl' "$T/out")" "$s" \
	    "… and it is told"
done
for s in "CREATE TABLE t (a INT)" "CREATE INDEX i ON t (a)"; do
	passes "$s" --control
	is "$(jq -r '.payload | select(.ddl) | .ddl' "$T/out")" "" \
	    "… and is not told: no rows change"
done

# rows that cross the border of the lists
for s in "RENAME TABLE x TO t" "RENAME TABLE t TO x" \
    "RENAME TABLE t TO old, new TO t" "ALTER TABLE t RENAME TO x" \
    "ALTER TABLE x ADD b INT, RENAME t" \
    "ALTER TABLE t EXCHANGE PARTITION p WITH TABLE x" \
    "ALTER TABLE x EXCHANGE PARTITION p WITH TABLE t" \
    "ALTER TABLE t CONVERT PARTITION p TO TABLE x" \
    "ALTER TABLE t CONVERT TABLE x TO PARTITION p VALUES LESS THAN (5)"; do
	for how in "" "--control" "--schema-changes"; do
		stops 78 'rows move into or out of shop.t' "$s" \
		    -t 'shop\.t' $how
		err_like 'hint: .*copy shop.t again, .*--exclude-table .shop..t. .*--until 0-1-1' \
		    "… what to do"
	done
done
perl -I"$src/tests" -MBinlog -e 'my $log = Binlog->new;
    $log->gtid->map(7, "shop", "t", "\3")->rows(7, 1, "\0" . pack "V", 5)->xid;
    $log->statement("RENAME TABLE x TO t", "shop"); $log->write($ARGV[0])' \
    "$T/log"
run cdc-tail --control -t 'shop\.t' "$T/log"
exits 78 "a row, and rows that cross: 78"
is "$(jq -c '.payload | select(.beat) | [.beat, .gtid]' "$T/out" |
    tail -n 1)" \
    '["next","0-1-1"]' "… and a sink can keep the row"
passes "RENAME TABLE x TO t" -t 'shop\.t' --on-error warn
passes "RENAME TABLE x TO y, z TO x" -t 'shop\.t'
passes "RENAME TABLE t TO old, new TO t" -t 'shop\..*'
passes "ALTER TABLE x EXCHANGE PARTITION p WITH TABLE y" -t 'shop\.t'
# tables that take another's place, by a tool that works online
swap="RENAME TABLE t TO _t_del, _t_gho TO t"
for how in "" --control "--control --transactions"; do
	passes "$swap" -t 'shop\.t' --online-ddl gh-ost $how
	err_like "warning: .*:[0-9]*: treated as the ALTER .*RENAME" "… is said"
	is "$(grep -c '"ddl":"' "$T/out")" 0 "… no statement is told"
done
passes "$swap" --control --online-ddl gh-ost
is "$(grep -c '"ddl":"' "$T/out")" 0 "without lists, too"
passes "$swap" -t 'shop\.t' --online-ddl gh-ost --schema-changes
is "$(jq -r '.payload | select(.ddl) | .ddl' "$T/out" | paste -sd '|')" \
    "RENAME TABLE t TO _t_del|RENAME TABLE _t_gho TO t" \
    "with --schema-changes the statement is told"
for pair in "_t_gho TO t" "t TO _t_del" "_t_rev_del TO t" \
    "t TO _t_20260131123456_del" "_T_gho TO T" "__t_new TO t" \
    "t TO __________t_old"; do
	passes "RENAME TABLE $pair" -t 'shop\.t' --online-ddl gh-ost,pt-osc
done
passes "ALTER TABLE _t_gho RENAME TO t" -t 'shop\.t' --online-ddl gh-ost
for pair in "__t_gho TO t" "_t_new TO t" "_t_ghc TO t" "t_gho TO t" \
    "_u_gho TO t" "t TO _t_2026_del" "_gho TO t" "_t_gho TO crm.t" \
    "t TO _t_del, x TO t"; do
	stops 78 'rows move into or out of (shop|crm).t' \
	    "RENAME TABLE $pair" -t 'shop\.t,crm\.t' --online-ddl gh-ost
done
stops 78 'rows move into or out of shop.t' "ALTER TABLE _t_gho ADD a INT, RENAME TO t" \
    -t 'shop\.t' --online-ddl gh-ost
log_of "CREATE TABLE t (a INT PRIMARY KEY)" "CREATE TABLE _t_gho LIKE t" \
    "ALTER TABLE _t_gho ADD b INT DEFAULT 7" "$swap"
run cdc-tail --control -t 'shop\.t' --online-ddl gh-ost "$T/log"
is "$(jq -c '.payload.tableChanges | select(.)[] | select(.type == "ALTER") |
    [.id, (.table.columns[] | [.name, .defaultValueExpression])]' "$T/out")" \
    '["\"shop\".\"t\"",["a",null],["b","7"]]' "its new columns are told"
run cdc-tail --online-ddl gh-ost,gosc "$T/log"
exits 64 "no such tool"
tables_told() {
	run cdc-tail --online-ddl gh-ost,pt-osc "$@" "$T/log"
	is "$(jq -r '.payload | select(.op) | .source.table' "$T/out" |
	    paste -sd ' ')" "$want" "whose rows are told, $*"
}
perl -I"$src/tests" -MBinlog -e 'my $log = Binlog->new; my $id = 7;
    for (qw(t _t_gho _t_ghc _t_del __t_new _t_old u_gho)) {
	$log->gtid->map($id, "shop", $_, "\3")->rows($id++, 1,
	    "\0" . pack "V", 5)->xid;
    } $log->write($ARGV[0])' "$T/log"
want="t u_gho" tables_told
want="t" tables_told -t 'shop\.t'
want="t _t_gho _t_del __t_new _t_old" tables_told -t 'shop\.t' \
    --schema-changes
want="t _t_gho _t_ghc _t_del __t_new _t_old u_gho" tables_told \
    --schema-changes
cdc-tail --control "$T/log" | cdc-filter -t 'shop\.t' \
    --online-ddl gh-ost >"$T/out"
is "$(jq -r '.payload | select(.op) | .source.table' "$T/out" |
    paste -sd ' ')" "t _t_gho _t_del" "… by cdc-filter"
is "$(jq -rc '.payload | select(.beat) | .lists.filters' "$T/out" | tail -n 1)" \
    '["include-table=shop\\.t","online-ddl=gh-ost"]' \
    "which is one of the position's lists"
done_testing
