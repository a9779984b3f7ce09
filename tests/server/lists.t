#!/bin/sh
# Lists hold for statements and schemas as for rows: whatever a source does,
# only what is followed changes at the target.  240 statements of all kinds,
# under several lists; cdc-filter makes of them what cdc-tail does.  And what
# nobody asked for: system schemas, accounts, the tables of positions.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { pair_stop; }
apply() { cdc-apply -q -S "$1/sock" --schema-evolution apply-ddl; }
corpus() { perl "$src/tests/server/lists.pl" "$@"; }

start_pair() {
	from=$T/$v-from
	to=$T/$v-to
	mariadb_start "$v" "$from" --innodb-stats-persistent=OFF || from=
	mariadb_start "$v" "$to" --server-id=2 \
	    --innodb-stats-persistent=OFF || to=
	[ -n "$from" ] && [ -n "$to" ]
	result $? "$v: servers start"
}

# The user's databases go, unlogged; $1 is from_sql or to_sql.
wipe() {
	$1 -N -e "SELECT CONCAT('SET sql_log_bin=0, foreign_key_checks=0; ',
	    'DROP DATABASE \`', SCHEMA_NAME, '\`;') FROM information_schema.SCHEMATA WHERE SCHEMA_NAME NOT IN
	    ('mysql', 'sys', 'information_schema', 'performance_schema')" |
	    $1
}

setup() {
	echo 'CREATE DATABASE shop; CREATE DATABASE crm;
	    CREATE DATABASE billing; CREATE SEQUENCE shop.sq;
	    CREATE SEQUENCE crm.sq; CREATE TABLE billing.b (i INT);
	    INSERT INTO billing.b VALUES (1);'
	corpus tables
}

# All that a server holds, a line for each fact, which begins with its table
# or (as "db.") its database.
facts() {
	{
		name="CONCAT(TABLE_SCHEMA, '.', TABLE_NAME)"
		mine="TABLE_SCHEMA NOT IN ('information_schema',
		    'performance_schema') AND TABLE_NAME NOT RLIKE
		    '_stats?\$|_log\$|^gtid_|^cdc_offsets\$'"
		$1 -N -e "SELECT CONCAT(SCHEMA_NAME, '.'),
		    DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA;
		    SELECT $name, TABLE_TYPE, ENGINE, TABLE_COLLATION,
			CREATE_OPTIONS, TABLE_COMMENT
			FROM information_schema.TABLES WHERE $mine;
		    SELECT $name, COLUMN_NAME, ORDINAL_POSITION, COLUMN_TYPE,
			IS_NULLABLE, COLUMN_DEFAULT, COLUMN_COMMENT
			FROM information_schema.COLUMNS WHERE $mine;
		    SELECT $name, INDEX_NAME, COLUMN_NAME, SEQ_IN_INDEX
			FROM information_schema.STATISTICS WHERE $mine;
		    SELECT $name, PARTITION_NAME, PARTITION_DESCRIPTION
			FROM information_schema.PARTITIONS WHERE $mine;
		    SELECT $name, CONSTRAINT_NAME, COLUMN_NAME,
			REFERENCED_TABLE_SCHEMA, REFERENCED_TABLE_NAME
			FROM information_schema.KEY_COLUMN_USAGE WHERE $mine"
		$1 -N -e "SELECT CONCAT('CHECKSUM TABLE \`', TABLE_SCHEMA,
		    '\`.\`', TABLE_NAME, '\`;') FROM information_schema.TABLES
		    WHERE $mine AND TABLE_TYPE IN ('BASE TABLE',
		    'SYSTEM VERSIONED')" | $1 -N --force 2>/dev/null
	} | sort
}

# Facts on what is not followed: $1 is what of db.table is, by Perl's regular
# expressions, $2 what of databases.
not_followed() {
	perl -ne '/^(.*?)\t/; my $n = $1;
	    print unless $n =~ /\.$/ ? $n =~ /^(?:'"$2"')\.$/i :
	    $n =~ /^(?:'"$1"')$/i'
}

# The statements of schema records, to be executed by the client.
as_script() {
	echo 'DELIMITER //'
	jq -r 'select(.payload.ddl) |
	    "USE `\(.payload.databaseName | gsub("`"; "``"))`//\n" +
	    "\(.payload.ddl)\n//"'
}

# usage: follow TABLES DATABASES LISTS…
follow() {
	tables=$1
	databases=$2
	shift 2
	wipe to_sql
	setup | to_sql
	facts to_sql | not_followed "$tables" "$databases" >"$T/before"
	cdc-tail -q --on-error warn -S "$from/sock" --from "$since" \
	    --until now --schema-changes --control "$@" >"$T/tail"
	as_script <"$T/tail" | to_sql --force >/dev/null 2>"$T/err"
	facts to_sql | not_followed "$tables" "$databases" >"$T/after"
	same "$T/after" "$T/before" "$v, $*: the rest is as it was"
	printed=$(jq -c 'select(.payload.ddl)' "$T/tail" | wc -l)
	[ "$printed" -gt 40 ]
	result $? "$v, $*: $printed statements are printed"
	while IFS= read -r line; do
		printf '%s\n' "$line" | cdc-filter "$@" 2>/dev/null
	done <"$T/all" | grep -v '"table":"a091n"' | uncounted >"$T/filtered"
	# a chain of renames is refused before its first part is printed; a
	# filter has let that pass when it comes to the second
	grep -v '"table":"a091n"' "$T/tail" | uncounted >"$T/tailed"
	same "$T/filtered" "$T/tailed" "$v, $*: cdc-filter, the same"
}

# What is wholly followed, and could be taken apart, is as at the source.
equal_shop() {
	names() { perl -ne 'print "$1\n" while /\b([abv]\d+\w*)/g'; }
	for side in from_sql to_sql; do
		facts $side | grep '^shop\.[^.]*	' | grep -v crm >"$T/$side"
	done
	diff "$T/from_sql" "$T/to_sql" | sed -n 's/^[<>] shop\.//p' |
	    cut -f1 | sort -u >"$T/differ"
	cdc-tail --on-error warn -S "$from/sock" --from "$since" \
	    --until now --schema-changes -t 'shop\..*' 2>&1 >/dev/null |
	    names | sort -u >"$T/refused"
	# … nor what is taken out, what no statement says, and VERSIONING's time
	corpus statements | grep 'REFERENCES.*[^a-z]y[0-9]\|TRUNC\|CREATE TABLE.*SELECT\|SYS' |
	    names >>"$T/refused"
	is "$(sort -u "$T/refused" | comm -13 - "$T/differ" | tr '\n' ' ')" \
	    "" "$v: what is followed is as at the source"
}

statements() {
	wipe from_sql
	setup | from_sql
	since=$(from_sql -N -e 'SELECT @@gtid_binlog_pos')
	{ echo 'DELIMITER //'; corpus statements; } | from_sql --force \
	    >/dev/null 2>&1
	cdc-tail -q -S "$from/sock" --from "$since" --until now \
	    --schema-changes --control >"$T/all"
	follow 'shop\..*' shop -t 'shop\..*'
	equal_shop
	[ $v = 10.11 ] || return 0
	follow 'shop\.[a].*' none -t 'shop\.a.*'
	follow '(?!(crm|billing|archive|mysql|sys)\.).*' \
	    '(?!(crm|billing|archive|mysql|sys)\.$).*' \
	    --exclude-db 'crm,billing,archive'
	follow 'shop\.(?!b).*' none --include-db shop \
	    --exclude-table '.*\.b.*'
	follow '(?!(mysql|sys)\.).*' '(?!(mysql|sys)\.).*' -t '.*\..*'
}

# From A to B, from B's log to C, all names by default.
chain() {
	wipe from_sql
	wipe to_sql
	from_sql -e "RESET MASTER"
	to_sql -e "RESET MASTER"
	from_sql -e "CREATE DATABASE shop; USE shop;
	    CREATE TABLE p (id INT PRIMARY KEY, v TEXT);
	    CREATE TABLE c (id INT PRIMARY KEY, p INT REFERENCES p (id));
	    CREATE TABLE gone (i INT PRIMARY KEY);
	    INSERT INTO p VALUES (1,'a'), (2,'b');
	    INSERT INTO c VALUES (1,1), (2,2); INSERT INTO gone VALUES (1);
	    ALTER TABLE p ADD w INT DEFAULT 7; UPDATE p SET w = id;
	    DROP TABLE gone"
	cdc-tail -q -S "$from/sock" --from earliest --until now --control \
	    --schema-changes >"$T/a"
	apply "$to" <"$T/a" >"$T/out" 2>"$T/err"
	status=$?
	exits 0 "$v: A to B"
	from_sql shop -e "DELETE FROM c WHERE id = 2;
	    INSERT INTO p VALUES (3,'c',3)"
	facts from_sql | grep '^shop' >"$T/sums"
	cdc-tail -q -S "$from/sock" --from earliest --until now --control \
	    --schema-changes >"$T/a"
	apply "$to" <"$T/a" >"$T/out" 2>"$T/err"
	status=$?
	exits 0 "$v: A to B, once more"
	cdc-tail -q -S "$to/sock" --from earliest --until now --control \
	    --schema-changes >"$T/b"
	is "$(grep -c '"table":"cdc_offsets"' "$T/b")" 0 \
	    "$v: B's own position is not in its stream"
	wipe from_sql
	apply "$from" <"$T/b" >"$T/out" 2>"$T/err"
	status=$?
	exits 0 "$v: B to C"
	facts from_sql | grep '^shop' >"$T/got"
	same "$T/got" "$T/sums" "$v: C is as A was"
	cdc-tail -q -S "$to/sock" --from earliest --until now --control \
	    -t '.*\..*,cdc\.cdc_offsets' >"$T/asked"
	[ "$(grep -c '"table":"cdc_offsets"' "$T/asked")" -gt 0 ]
	result $? "$v: … but where it is asked for"
	cdc-snapshot -q -S "$to/sock" >"$T/copy"
	is "$(jq -r 'select(.payload.op) | .payload.source |
	    "\(.db).\(.table)"' "$T/copy" | sort -u | tr '\n' ' ')" \
	    "shop.c shop.p " "$v: nor in a copy of B"
	cdc-snapshot -q -S "$to/sock" -t 'cdc\.cdc_offsets' >"$T/copy"
	is "$(jq -r 'select(.payload.op) | .payload.source.table' "$T/copy")" \
	    cdc_offsets "$v: … likewise"
}

# usage: schema_line DB DDL
schema_line() {
	jq -nc --arg db "$1" --arg ddl "$2" '{topic: "m", key: {databaseName:
	    $db}, payload: {source: {db: $db, table: null}, ts_ms: 1,
	    databaseName: $db, ddl: $ddl, tableChanges: []}}'
}
row_line() {
	jq -nc --arg db "$1" --arg table "$2" --argjson row "$3" '{topic: "m",
	    key: null, payload: {before: null, after: $row, source: {db: $db,
	    table: $table}, op: "c", ts_ms: 1}}'
}
line() { cat >"$T/line"; }
try() { run_on "$T/line" cdc-apply -S "$to/sock" --no-state \
    --schema-evolution apply-ddl "$@"; }

# What no stream may do, whoever wrote it.
guards() {
	wipe to_sql
	to_sql -e "CREATE DATABASE shop; CREATE TABLE shop.t (i INT PRIMARY
	    KEY); CREATE DATABASE cdc; CREATE TABLE cdc.cdc_offsets (i INT
	    PRIMARY KEY); INSERT INTO cdc.cdc_offsets VALUES (1)"
	facts to_sql >"$T/before"
	for ddl in "GRANT ALL ON *.* TO 'x'@'%'" "CREATE USER x" \
	    "SET PASSWORD = 'x'" "SET GLOBAL read_only=1" \
	    "INSTALL SONAME 'x'" \
	    "CREATE VIEW shop.v AS SELECT * FROM mysql.global_priv" \
	    "CREATE VIEW shop.v AS SELECT * FROM (t, (SELECT i FROM cdc.cdc_offsets) x)" \
	    "CREATE EVENT shop.e ON SCHEDULE EVERY 1 DAY DO SELECT 1" \
	    "DELETE FROM shop.t" "CREATE DATABASE cdc" \
	    "CREATE FUNCTION shop.f() RETURNS INT RETURN 1" \
	    "DROP TABLE cdc.cdc_offsets"; do
		schema_line shop "$ddl" | line
		try
		exits 0 "$v: passed over: $ddl"
		err_like "not executed" "… and said so"
	done
	for ddl in "DROP TABLE mysql.plugin" "DROP TABLE MySQL.plugin" \
	    "RENAME TABLE mysql.plugin TO shop.p" "DROP DATABASE cdc" \
	    "CREATE OR REPLACE VIEW sys.version AS SELECT 1" \
	    "DROP VIEW sys.version" "ALTER VIEW shop.v AS SELECT 1; SET @a=1" \
	    "ALTER TABLE sys.sys_config ADD x INT" "DROP DATABASE sys" \
	    "DROP TABLE shop.t; DROP DATABASE shop" "NONSENSE" \
	    "DROP TABLE shop./*!999999 t, shop.*/t"; do
		schema_line shop "$ddl" | line
		try
		exits 78 "$v: refused: $ddl"
	done
	row_line mysql plugin '{"name":"x","dl":"y"}' | line
	try
	exits 78 "$v: rows of mysql are refused"
	err_like 'mysql.plugin belongs to the server.*' "… by name"
	err_like 'hint: .*--system-tables' "… with what to do"
	row_line cdc cdc_offsets '{"i":2}' | line
	try
	exits 0 "$v: rows of positions are left out"
	row_line shop t '{"i":1}' | line
	try --map 'shop\.t=mysql.plugin'
	exits 78 "$v: --map leads nowhere else"
	facts to_sql >"$T/after"
	same "$T/after" "$T/before" "$v: nothing has changed"
	schema_line shop "DROP TABLE shop.t, cdc.cdc_offsets" | line
	try
	is "$(facts to_sql | grep -c '^cdc.cdc_off\|^shop.t')" 0 \
	    "$v: of two tables the one that may go"
	is "$(to_sql -N -e 'SELECT COUNT(*) FROM cdc.cdc_offsets')" 1 \
	    "$v: and the other stays"
	schema_line mysql "CREATE TABLE lists_t (i INT PRIMARY KEY)" | line
	try --system-tables
	exits 0 "$v: --system-tables: a statement"
	row_line mysql lists_t '{"i":7}' | line
	try --system-tables --at-least-once
	is "$(to_sql -N -e 'SELECT i FROM mysql.lists_t')" 7 \
	    "$v: --system-tables: a row"
	schema_line shop "CREATE VIEW v AS SELECT * FROM cdc.cdc_offsets" | line
	try --system-tables
	err_like "not executed" "$v: not even so a view of its own position"
	row_line cdc cdc_offsets '{"i":2}' | line
	try --system-tables
	exits 78 "$v: not even so its own position"
	to_sql -e 'DROP TABLE mysql.lists_t'
}

# What goes with a column that is left out is not there to be dropped.
without_index() {
	wipe from_sql
	wipe to_sql
	from_sql -e "RESET MASTER; CREATE DATABASE shop; USE shop;
	    CREATE TABLE p (id INT PRIMARY KEY);
	    CREATE TABLE u (id INT PRIMARY KEY, n INT, pw INT,
	    CONSTRAINT c CHECK (pw > 0), KEY kn (n), KEY k0 (n, pw));
	    ALTER TABLE u ADD INDEX x1 (pw), ADD UNIQUE x2 (pw, n);
	    ALTER TABLE u ADD CONSTRAINT f FOREIGN KEY (pw) REFERENCES p (id);
	    ALTER TABLE u RENAME INDEX x2 TO x3, RENAME KEY kn TO kn2;
	    ALTER TABLE u ALTER INDEX k0 IGNORED, ALTER KEY kn2 IGNORED;
	    ALTER TABLE u DROP FOREIGN KEY f; DROP INDEX x1 ON u;
	    ALTER TABLE u DROP INDEX x3, DROP KEY k0, DROP CONSTRAINT c,
	    ADD a INT; INSERT INTO u VALUES (1, 2, 3, 4)"
	cdc-tail -q -S "$from/sock" --from earliest --until now --control \
	    --schema-changes | cdc-filter --exclude-column '.*\.pw' |
	    apply "$to" >"$T/out" 2>"$T/err"
	status=$?
	exits 0 "$v: indexes and constraints that were left out are dropped"
	is "$(to_sql shop -N -e "SELECT GROUP_CONCAT(DISTINCT INDEX_NAME,
	    IGNORED ORDER BY 1) FROM information_schema.STATISTICS WHERE
	    TABLE_SCHEMA = 'shop' AND TABLE_NAME = 'u'; SELECT * FROM u" |
	    tr '\t\n' '  ')" "kn2YES,PRIMARYNO 1 2 4 " \
	    "$v: … and the rest is there"
}

# A column that is left out is nowhere at the target.
columns() {
	wipe from_sql
	from_sql -e "RESET MASTER; CREATE DATABASE shop; USE shop;
	    CREATE TABLE u (id INT PRIMARY KEY, password_hash CHAR(60)
	    DEFAULT 'secret-default' COMMENT 'secret-comment', name TEXT,
	    KEY (password_hash), CHECK (password_hash <> 'secret-check'));
	    INSERT INTO u VALUES (1, 'secret-value', 'x');
	    ALTER TABLE u ADD a INT AFTER password_hash;
	    ALTER TABLE u MODIFY password_hash VARCHAR(99) COMMENT 'secret-2';
	    CREATE INDEX i ON u (password_hash);
	    CREATE DEFINER=x@y VIEW v AS SELECT id, 'secret-view' FROM u x WHERE
	    x.password_hash = 'secret-3'; CREATE DEFINER=x@y VIEW w AS SELECT * FROM u;
	    UPDATE u SET a = 5; DROP VIEW v; ALTER TABLE u DROP password_hash"
	cdc-tail -q -S "$from/sock" --from earliest --until now --control \
	    --schema-changes | cdc-filter --exclude-column \
	    '.*\.password_hash' >"$T/stream"
	# (heartbeats tell the lists themselves)
	is "$(grep -v '"beat"' "$T/stream" |
	    grep -c 'secret-\|password_hash')" 0 \
	    "$v: a column that is left out is in no line"
	for way in apply-ddl add; do
		wipe to_sql
		cdc-apply -q -S "$to/sock" --schema-evolution $way \
		    <"$T/stream" >"$T/out" 2>"$T/err"
		status=$?
		exits 0 "$v: $way: without the column"
		is "$(to_sql -N -e "SELECT GROUP_CONCAT(COLUMN_NAME ORDER BY
		    COLUMN_NAME) FROM information_schema.COLUMNS WHERE
		    TABLE_NAME='u'") $(to_sql -N -e 'SELECT id, name, a FROM
		    shop.u' | tr '\t' ' ')" "a,id,name 1 x 5" \
		    "$v: $way: the others are there"
	done
}

for v in $mariadb_versions; do
	if ! mariadb_have $v; then
		skip "$v" "no MariaDB $v here"
		continue
	fi
	start_pair && {
		statements
		chain
		guards
		columns
		without_index
	}
	pair_stop
done
done_testing
