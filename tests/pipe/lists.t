#!/bin/sh
# What lists make of schema records: of statements, and of tables and columns,
# ours and Debezium's.
. "$(dirname "$0")/../lib.sh"

# usage: record DB DDL TABLECHANGES
record() {
	printf '%s|%s\n' "$1" "$2" | records "$3"
}

# usage: records [TABLECHANGES]   of lines of DB | DDL | …
records() {
	jq -Rc --argjson changes "${1:-[]}" 'split("|") | {source: {db: .[0],
	    table: "?"}, ts_ms: 1, databaseName: .[0], ddl: .[1],
	    tableChanges: $changes}'
}

# usage: becomes LISTS <<: lines of DB | DDL | what becomes of it: its tables
# and the statement, "as it is", "nothing", or words of the error (78)
becomes() {
	lists=$1
	cat >"$T/cases"
	records <"$T/cases" >"$T/records"
	while IFS='|' read -r db ddl want && IFS= read -r line <&3; do
		printf '%s\n' "$line" >"$T/line"
		set -f
		run_on "$T/line" cdc-filter -q $lists
		set +f
		case $status in
		0) echo '""' | cat "$T/out" - | head -n 1 ;;
		78)
			{ grep -o "$want" "$T/err" || echo; } | head -n 1 |
			    sed 's/["\\]/\\&/g; s/.*/"&"/' ;;
		*) echo "\"exit $status\"" ;;
		esac
	done <"$T/cases" 3<"$T/records" |
	    jq -r 'if type == "object" then "\(.source.table): \(.ddl)"
	    else . end' >"$T/became"
	while IFS='|' read -r db ddl want && IFS= read -r got <&3; do
		case $want in
		nothing) want= ;;
		'as it is: '*) want="${want#as it is: }: $ddl" ;;
		esac
		is "$got" "$want" "$lists: $ddl"
	done <"$T/cases" 3<"$T/became"
}

becomes '-t shop\..*' <<'EOF'
shop|DROP TABLE a,b|as it is: a,b
crm|DROP TABLE shop.a, b, `shop`.`c` /* by a server */|a,c: DROP TABLE shop.a, `shop`.`c` /* by a server */
shop|drop table if exists SHOP . A, CRM.B restrict|A: drop table if exists SHOP . A restrict
shop|DROP TABLE `a.b`, `crm.x`|as it is: a.b,crm.x
shop|DROP TABLE crm.a, crm.b|nothing
shop|DROP SEQUENCE s, crm.t|s: DROP SEQUENCE s
shop|SET STATEMENT max_statement_time=1 FOR DROP TABLE a, crm.b|a: SET STATEMENT max_statement_time=1 FOR DROP TABLE a
crm|DROP DATABASE billing|nothing
crm|DROP DATABASE shop|as it is: ?
crm|DROP DATABASE `shop.x`|nothing
shop|ALTER DATABASE CHARACTER SET latin1|as it is: ?
crm|ALTER DATABASE CHARACTER SET latin1|nothing
crm|RENAME TABLE a TO b|nothing
shop|RENAME TABLE a TO b|as it is: b
shop|RENAME TABLE shop.a TO crm.b|it is also on crm.b, which is left out
shop|RENAME TABLE crm.a TO b|it is also on crm.a, which is left out
crm|RENAME TABLE shop.a TO shop.b, x TO y|b: RENAME TABLE shop.a TO shop.b
mysql|RENAME TABLE mysql.plugin TO mysql.p2|nothing
shop|ALTER TABLE p RENAME TO q, ADD i INT|as it is: q
shop|ALTER TABLE p RENAME TO crm.q|it is also on crm.q, which is left out
crm|ALTER TABLE p RENAME TO shop.q|it is also on crm.p, which is left out
shop|ALTER TABLE p EXCHANGE PARTITION p0 WITH TABLE crm.q|it is also on crm.q, which is left out
shop|ALTER TABLE p CONVERT PARTITION p0 TO TABLE crm.q|it is also on crm.q, which is left out
shop|ALTER TABLE o ADD FOREIGN KEY (c) REFERENCES crm.x (id) ON DELETE SET NULL, ADD d INT|o: ALTER TABLE o ADD d INT
shop|ALTER TABLE o ADD FOREIGN KEY (c) REFERENCES x (id)|as it is: o
crm|ALTER TABLE shop.o ADD FOREIGN KEY (c) REFERENCES x (id)|as it is: o
shop|ALTER TABLE o ADD CONSTRAINT f FOREIGN KEY (c) REFERENCES crm.x (id)|nothing
shop|ALTER TABLE o DROP FOREIGN KEY f, DROP d|as it is: o
shop|CREATE TABLE o (i INT DEFAULT (1--1), c INT REFERENCES crm.x (id) ON DELETE CASCADE ON UPDATE NO ACTION NOT NULL, CONSTRAINT f FOREIGN KEY (c) REFERENCES crm.y(id), k INT REFERENCES z(id)) ENGINE=InnoDB|o: CREATE TABLE o (i INT DEFAULT (1--1), c INT NOT NULL, k INT REFERENCES z(id)) ENGINE=InnoDB
shop|CREATE TABLE o LIKE crm.x|it is also on crm.x, which is left out
shop|CREATE TABLE o (LIKE x)|as it is: o
shop|CREATE TABLE o AS SELECT 1|its rows come from a query
crm|CREATE TABLE o AS SELECT 1|nothing
shop|CREATE TABLE o (i INT) ENGINE=MERGE UNION=(a, crm.b)|it is also on crm.b, which is left out
shop|CREATE TABLE o (i INT DEFAULT NEXT VALUE FOR crm.s)|it is also on crm.s, which is left out
shop|CREATE TABLE o (i INT DEFAULT nextval(s))|as it is: o
shop|CREATE TABLE o (i INT COMMENT 'it\'s, REFERENCES crm.x')|as it is: o
shop|CREATE TABLE o (i INT COMMENT "it\"s, REFERENCES crm.x")|as it is: o
shop|CREATE TABLE o (i INT COMMENT 'it''s)|a quote that is not closed
shop|ALTER TABLE o ADD i INT; DROP DATABASE x|more than one statement
shop|DROP TABLE a /*!50000 , crm.b */|comments stand between
shop|DROP TABLE a /*!999999 , crm.b */|other versions
shop|DROP /*!999999 TABLE a -- */ DATABASE crm|other versions
shop|CREATE TABLE o (i INT) /*!50100 PARTITION BY HASH (i) /* x */ PARTITIONS 2 */|as it is: o
shop|DROP TABLE a /*!50100 , b /*! x */ */|comments in a comment for servers only
shop|DROP TABLE a /*!999999 /* x */ , b */|comments in a comment for servers only
shop|CREATE INDEX i ON o (c)|as it is: o
crm|DROP INDEX i ON shop.o|as it is: o
shop|CREATE INDEX i ON crm.o (c)|nothing
shop|TRUNCATE o|as it is: o
shop|TRUNCATE TABLE crm.o|nothing
shop|CREATE VIEW v AS SELECT 1|as it is: v
shop|CREATE OR REPLACE VIEW v AS SELECT 1|as it is: v
crm|ALTER ALGORITHM = MERGE DEFINER=CURRENT_USER() SQL SECURITY INVOKER VIEW shop.v (a, b) AS (SELECT 1, 2)|as it is: v
crm|CREATE DEFINER=`a`@'%' VIEW v AS SELECT 1|nothing
shop|CREATE VIEW v AS SELECT * FROM o, crm.x|nothing
shop|CREATE VIEW v AS SELECT * FROM o a JOIN (o b, crm.x) ON (a.i = b.i)|nothing
shop|CREATE VIEW v AS SELECT (SELECT MAX(i) FROM crm.x)|nothing
shop|CREATE VIEW v AS SELECT 1 FROM o WHERE i IN (SELECT 1) UNION (SELECT i FROM o, crm.x)|nothing
shop|CREATE VIEW v AS SELECT 1 FROM o FOR SYSTEM_TIME FROM '1' TO '2', crm.x|nothing
shop|CREATE VIEW v AS SELECT i, x FROM o USE INDEX FOR ORDER BY (a, b), crm.x|nothing
shop|CREATE VIEW v AS WITH crm (i) AS (SELECT 1), x AS (SELECT * FROM crm.x) SELECT * FROM crm|nothing
crm|CREATE VIEW shop.v AS WITH RECURSIVE x (i) AS (SELECT 1 UNION SELECT i FROM x), y AS (SELECT 1) SELECT * FROM x, y|as it is: v
crm|CREATE VIEW shop.v AS SELECT EXTRACT(DAY FROM x), TRIM(x FROM y) FROM shop.o GROUP BY x, y ORDER BY x, y|as it is: v
crm|CREATE VIEW shop.v AS SELECT * FROM DUAL|as it is: v
shop|CREATE VIEW v AS SELECT * FROM { OJ a LEFT OUTER JOIN b USING (i) }, JSON_TABLE(a.j, '$' COLUMNS (k INT PATH '$.x')) j|as it is: v
shop|CREATE VIEW v AS SELECT * FROM information_schema.TABLES|as it is: v
shop|CREATE VIEW v AS SELECT 1; DROP TABLE o|more than one statement
shop|DROP VIEW IF EXISTS v, crm.w|v: DROP VIEW IF EXISTS v
shop|DROP VIEW v, w RESTRICT|v,w: DROP VIEW IF EXISTS v, w RESTRICT
shop|CREATE DEFINER=a@b TRIGGER t BEFORE INSERT ON o FOR EACH ROW SET @a=1|nothing
shop|CREATE TEMPORARY TABLE o (i INT)|nothing
shop|GRANT ALL ON shop.* TO x|nothing
shop|CREATE USER x IDENTIFIED BY 'y'|nothing
shop|ALTER USER x IDENTIFIED BY 'y'|nothing
shop|RENAME USER x TO y|nothing
shop|SET PASSWORD FOR x = 'y'|nothing
shop|INSTALL SONAME 'x'|nothing
shop|CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (HOST 'h')|nothing
shop|FLUSH TABLES|nothing
shop|OPTIMIZE TABLE o|nothing
EOF
becomes '-t shop\.orders' <<'EOF'
crm|DROP DATABASE shop|some tables of database shop are followed, and not all
crm|CREATE OR REPLACE DATABASE shop|some tables of database shop are followed, and not all
crm|CREATE DATABASE shop|nothing
crm|DROP DATABASE crm|nothing
shop|ALTER TABLE orders DROP FOREIGN KEY f, DROP CONSTRAINT g|orders: ALTER TABLE orders DROP FOREIGN KEY IF EXISTS f, DROP CONSTRAINT IF EXISTS g
shop|DROP INDEX f ON orders|orders: DROP INDEX IF EXISTS f ON orders
shop|RENAME TABLE orders TO _orders_old, _orders_new TO orders|it is also on shop._orders_old, which is left out
EOF
becomes '-t shop\.(?!secret).*' <<'EOF'
crm|DROP DATABASE shop|some tables of database shop are followed, and not all
EOF
becomes '--include-db shop --exclude-table shop\.secret' <<'EOF'
crm|DROP DATABASE shop|some tables of database shop are followed, and not all
shop|DROP TABLE secret, a|a: DROP TABLE a
EOF
becomes '--exclude-db crm' <<'EOF'
crm|DROP DATABASE shop|as it is: ?
crm|DROP DATABASE crm|nothing
crm|DROP DATABASE mysql|nothing
shop|DROP TABLE MySQL.user, a|a: DROP TABLE a
EOF
becomes '-t .*\..*' <<'EOF'
mysql|DROP TABLE plugin|nothing
sys|ALTER TABLE sys_config ADD i INT|nothing
cdc|CREATE TABLE cdc_offsets (i INT)|nothing
other|DROP TABLE kafka_consumer_offsets, a|a: DROP TABLE a
EOF
becomes '-t .*\..*,mysql\.plugin,cdc\.cdc_offsets' <<'EOF'
mysql|DROP TABLE plugin, user|plugin: DROP TABLE plugin
cdc|DROP TABLE cdc_offsets|as it is: cdc_offsets
EOF
becomes '--include-db .*,mysql' <<'EOF'
mysql|DROP TABLE user|as it is: user
sys|DROP TABLE sys_config|nothing
EOF
becomes '--exclude-column .*\.pw' <<'EOF'
shop|CREATE TABLE u (id INT PRIMARY KEY, pw CHAR(60) COMMENT "secret", n TEXT, KEY (pw), KEY k (n), CHECK (pw > 'x'))|?: CREATE TABLE u (id INT PRIMARY KEY, n TEXT, KEY k (n))
shop|ALTER TABLE u ADD x INT AFTER pw, ADD y INT FIRST|?: ALTER TABLE u ADD x INT , ADD y INT FIRST
shop|ALTER TABLE u ADD PW INT|nothing
shop|ALTER TABLE u DROP COLUMN IF EXISTS `pw`, ADD INDEX (pw), ADD z INT|?: ALTER TABLE u ADD z INT
shop|ALTER TABLE u CHANGE pw pw2 INT|it names column pw, which is left out
shop|ALTER TABLE u ADD (a INT, pw INT)|it names column pw, which is left out
shop|CREATE TABLE u (pw INT, PRIMARY KEY (pw))|it names column pw, which is left out
shop|CREATE TABLE u (pw INT, g INT AS (pw + 1))|it names column pw, which is left out
shop|CREATE TABLE u (pw INT, i INT) PARTITION BY HASH (pw)|it names column pw, which is left out
shop|CREATE INDEX i ON u (pw)|nothing
shop|DROP INDEX i ON u|?: DROP INDEX IF EXISTS i ON u
shop|drop index `i`on u|?: drop index IF EXISTS `i`on u
shop|DROP INDEX IF EXISTS i ON u|as it is: ?
shop|ALTER TABLE u DROP KEY i, DROP CONSTRAINT c, DROP FOREIGN KEY f, DROP INDEX /* it */ j, DROP x|?: ALTER TABLE u DROP KEY IF EXISTS i, DROP CONSTRAINT IF EXISTS c, DROP FOREIGN KEY IF EXISTS f, DROP INDEX /* it */ IF EXISTS j, DROP x
shop|ALTER TABLE u RENAME INDEX i TO j, RENAME KEY k TO l, ALTER INDEX j IGNORED|?: ALTER TABLE u RENAME INDEX IF EXISTS i TO j, RENAME KEY IF EXISTS k TO l, ALTER INDEX IF EXISTS j IGNORED
shop|ALTER TABLE u RENAME COLUMN a TO b, ALTER b SET DEFAULT 1, DROP PRIMARY KEY, RENAME TO v|as it is: ?
shop|ALTER TABLE u COMMENT='pw'|as it is: ?
shop|CREATE VIEW v AS SELECT n FROM u WHERE x.PW IS NULL|nothing
shop|CREATE VIEW v AS SELECT * FROM u|as it is: ?
shop|DROP VIEW v|?: DROP VIEW IF EXISTS v
shop|DROP DATABASE shop|as it is: ?
shop|GRANT SELECT (pw) ON shop.u TO x|nothing
EOF
becomes '--include-column .*\.id' <<'EOF'
shop|CREATE VIEW v AS SELECT n FROM u|nothing
shop|CREATE TABLE u (id INT PRIMARY KEY, pw INT) ENGINE=InnoDB|?: CREATE TABLE u (id INT PRIMARY KEY) ENGINE=InnoDB
EOF

# tableChanges, in Debezium's own form, too
table='{type:"ALTER",id:"\"shop\".\"u\"",previousId:"\"crm\".\"u\"",table:{
    defaultCharsetName:null,primaryKeyColumnNames:["id","pw"],columns:[
    {name:"id",position:1},{name:"pw",position:2,comment:"secret"},
    {name:"n",position:3}],attributes:[{name:"rowEnd",value:"pw"}]}}'
changes=$(jq -nc "[$table, {type:\"DROP\",id:\"\\\"crm\\\".\\\"x\\\"\",table:null}]")
record shop 'ALTER TABLE u ADD n TEXT' "$changes" >"$T/bare"
jq -c '{schema: {type: "struct"}, payload: .}' "$T/bare" >"$T/wrapped"
jq -c '{topic: "m", partition: 0, offset: 1, key: null,
    payload: tojson}' "$T/bare" >"$T/kcat"
run_on "$T/bare" cdc-filter --exclude-column '.*\.pw'
is "$(jq -c '[.tableChanges[0].table | .primaryKeyColumnNames,
    .attributes, [.columns[] | .name, .position]]' "$T/out")" \
    '[["id"],[],["id",1,"n",2]]' "a column that is left out, in a table"
run_on "$T/bare" cdc-filter -t 'shop\..*'
is "$(jq -c '[.source.table, (.tableChanges[] | .id, .previousId)]' \
    "$T/out")" '["u","\"shop\".\"u\"",null]' "a table that is left out"
cp "$T/out" "$T/want"
run_on "$T/wrapped" cdc-filter -t 'shop\..*'
is "$(jq -c .payload "$T/out")" "$(jq -c . "$T/want")" "Debezium's with schema"
run_on "$T/kcat" cdc-filter -t 'shop\..*'
is "$(jq -c '.payload | fromjson' "$T/out")" "$(jq -c . "$T/want")" "kcat -J"
run_on "$T/bare" cdc-filter
same "$T/out" "$T/bare" "no lists: every byte passes"
jq -c '.source.table = "u"' "$T/bare" >"$T/named"
run_on "$T/named" cdc-filter -t '.*'
same "$T/out" "$T/named" "all is followed: likewise"
echo '{"source":{"db":"shop"},"databaseName":"shop","ddl":null,"tableChanges":[{"table":{}}]}' >"$T/nameless"
run_on "$T/nameless" cdc-filter -t 'shop\..*'
exits 65 "a table without a name: 65"

# A whole log: what cdc-tail prints under lists is what cdc-filter leaves.
log=$src/tests/conformance/data/ddl/binlog.000001
all() { cdc-tail -q --schema-changes --control --tombstones "$@" "$log"; }
all >"$T/all"
for lists in "-t oracle\.d.*" "--exclude-table .*\.d1" "--include-db oracle" \
    "--exclude-db oracle"; do
	set -f
	all $lists 2>"$T/err" | uncounted >"$T/tail"
	cdc-filter $lists <"$T/all" 2>"$T/err" | uncounted >"$T/filter"
	set +f
	same "$T/filter" "$T/tail" "cdc-tail and cdc-filter: $lists"
done
# A view that is left out, those that read it, and what makes it one that is not.
records <<'EOF' >"$T/views"
shop|CREATE VIEW v AS SELECT * FROM crm.x
shop|CREATE VIEW w AS SELECT * FROM v
shop|CREATE VIEW x AS SELECT * FROM w, o
shop|CREATE OR REPLACE VIEW v AS SELECT * FROM o
shop|ALTER VIEW w AS SELECT i FROM v
shop|DROP VIEW x
shop|CREATE VIEW y AS SELECT * FROM x
shop|DROP VIEW v
EOF
run_on "$T/views" cdc-filter -t 'shop\..*'
is "$(jq -r '.source.table + " " + (.ddl | split(" ") | .[0])' "$T/out" |
    paste -sd ,)" 'v CREATE,w ALTER,x DROP,y CREATE,v DROP' \
    "a view that reads a view that is left out"
is "$(grep -o 'view [^:]*' "$T/err" | paste -sd ,)" "view shop.v is left $(
    )out because it reads crm.x, which the lists leave out,view shop.w is left $(
    )out because it reads shop.v, which the lists leave out,view shop.x is left $(
    )out because it reads shop.w, which the lists leave out" "each is said"
done_testing
