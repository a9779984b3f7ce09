#!/bin/sh
# Names of every hostile kind (names.pl) as databases, tables, columns, indexes,
# labels, through every tool that makes SQL.  What MariaDB holds is the measure,
# and its general log, which shows what it was told: each statement, its names
# and literals taken out, is one of few forms.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { pair_stop; }
names() { perl "$src/tests/server/names.pl" "$@"; }
mark() { since=$(from_sql -N -e 'SELECT @@gtid_binlog_pos'); }

# The stream since the last mark, applied.
follow() {
	cdc-tail -q -S "$from/sock" --from "${since:-earliest}" --until now --control \
	    --other-domains earliest $tail >"$T/stream" 2>"$T/tail.err" ||
	    cat "$T/tail.err"
	run_on "$T/stream" cdc-apply -q -S "$to/sock" "$@"
}

# Every table, what it holds and (of follow apply-ddl) how it is defined.
holds() {
	"$1" -N --raw -e "SELECT CONCAT('CHECKSUM TABLE ', n, ';', IF($2,
	    CONCAT(' SHOW CREATE TABLE ', n, ';'), '')) FROM (SELECT
	    CONCAT('\`', REPLACE(TABLE_SCHEMA, '\`', '\`\`'), '\`.\`',
	    REPLACE(TABLE_NAME, '\`', '\`\`'), '\`') AS n FROM
	    information_schema.TABLES WHERE TABLE_SCHEMA NOT IN ('mysql',
	    'sys', 'performance_schema', 'information_schema', 'cdc', 'o''\`',
	    'audit', 'ev')) t ORDER BY BINARY n" >"$T/questions"
	"$1" -N --raw <"$T/questions"
}

# usage: equal DEFINITIONS NAME
equal() {
	holds from_sql "$1" >"$T/from.holds"
	holds to_sql "$1" >"$T/to.holds"
	[ "$(grep -c . "$T/from.holds")" -gt 50 ] || echo few >>"$T/to.holds"
	same "$T/to.holds" "$T/from.holds" "$v: $2"
}

# From here on the servers write down what they are told …
listen() {
	for s in from to; do
		${s}_sql -e "SET sql_log_bin = 0;
		    SET GLOBAL general_log = 0, log_output = 'TABLE';
		    TRUNCATE mysql.general_log; SET GLOBAL general_log = 1"
	done
}

# … and these are its forms.
heard() {
	for s in from to; do
		${s}_sql -e 'SET GLOBAL general_log = 0'
		${s}_sql -N -e "SELECT HEX(argument) FROM mysql.general_log
		    WHERE command_type IN ('Query', 'Prepare') AND argument
		    NOT LIKE 'SET GLOBAL general_log%'" | names logged
	done
}

# No form holds what only a name could have brought in.
clean() {
	heard >"$T/heard"
	[ -s "$T/heard" ] || echo nothing >"$T/heard"
	is "$(grep -v '^SET SESSION sql_mode=' "$T/heard" |
	    grep -iE "nothing|SLEEP|DROP|;|--|#|/\*|\\\\|%|[\"\`]" |
	    head -n 3)" "" "$v: $1: no name is more than a name"
}

copies() {
	names make | from_sql || return
	listen
	cdc-snapshot -q -S "$from/sock" >"$T/copy"
	run_on "$T/copy" cdc-apply -q -S "$to/sock" --schema-evolution add
	exits 0 "$v: a copy"
	clean "a copy"
	equal 0 "a copy holds the same"
	mark
	names change | from_sql
	listen
	follow
	exits 0 "$v: changes"
	clean "changes"
	equal 0 "changes are the same"
	cp "$T/stream" "$T/changes"
	run_on "$T/stream" cdc-apply -q -S "$to/sock" --no-state --dry-run
	exits 0 "$v: --dry-run"
	is "$(grep -cvE '^(INSERT|UPDATE|DELETE|REPLACE|SET SESSION) ' \
	    "$T/out")" \
	    "$(grep -c '^b`' "$T/out")" "$v: a statement a line, or a name's"
}

# The source's own statements, under a position of a hostile name.
statements() {
	mark
	names make | from_sql || return
	tail=--schema-changes
	set -- --schema-evolution apply-ddl --name "x' OR \`'" \
	    --offsets-db "o'\`"
	follow "$@"
	exits 0 "$v: apply-ddl"
	equal 1 "apply-ddl: the same tables and rows"
	mark
	names change | from_sql
	names alter | from_sql
	follow "$@"
	exits 0 "$v: apply-ddl: what is done to them"
	equal 1 "apply-ddl: the same tables and rows"
	# killed behind a statement and in front of its position
	mark
	ddl="ALTER TABLE $(names name 9).$(names name 10) ADD COLUMN zz INT"
	from_sql -e "$ddl"
	to_sql -e "$ddl"
	to_sql -e "UPDATE \`o'\`\`\`.cdc_offsets SET statement = JSON_OBJECT(
	    'ddl', X'$(printf %s "$ddl" | od -An -tx1 | tr -d ' \n')',
	    'databaseName', X'$(hex 9)', 'table', X'$(hex 10)', 'before',
	    'another')"
	follow "$@"
	exits 0 "$v: a statement that was executed is not executed again"
	tail=
	equal 1 "apply-ddl: the same tables and rows"
	is "$(cdc-apply -S "$to/sock" --name "x' OR \`'" \
	    --offsets-db "o'\`" --show-state | jq -r .gtid)" \
	    "$(from_sql -N -e 'SELECT @@gtid_binlog_pos')" \
	    "$v: a position of a hostile name"
	names drop | from_sql
	names drop | to_sql
}

# A name's bytes, in hexadecimal.
hex() {
	names name "$1" | sed 's/^`//; s/`$//; s/``/`/g' | od -An -tx1 |
	    tr -d ' \n'
}

signals() {
	mark
	names signal | from_sql
	to_sql -e "DELETE FROM $(names name 9).$(names name 10)"
	tail="--signal $(names signals)"
	listen
	follow_signal
	exits 0 "$v: --signal"
	clean "--signal"
	from_sql -e "DROP TABLE $(names signals)"
	equal 0 "--signal: what was lost is there again"
	tail=
}

# The option has blanks.
follow_signal() {
	cdc-tail -q -S "$from/sock" --from "${since:-earliest}" --until now --control \
	    --other-domains earliest --signal "$(names signals)" \
	    >"$T/stream" 2>"$T/tail.err" || cat "$T/tail.err"
	run_on "$T/stream" cdc-apply -q -S "$to/sock"
}

others() {
	run cdc-check -S "$from/sock" --format json
	is "$(jq -es 'length > 10' "$T/out")" true "$v: cdc-check"
	to_sql -e 'CREATE DATABASE audit'
	cdc-audit --ddl --partition-months 1 | to_sql
	cdc-audit <"$T/changes" >"$T/audit"
	run_on "$T/audit" cdc-apply -q -S "$to/sock" --no-state \
	    --insert-mode insert
	exits 0 "$v: cdc-audit"
	is "$(to_sql -N -e 'SELECT COUNT(*) FROM audit.audit_trail')" \
	    "$(grep -c '"op":"[cudt]"' "$T/changes")" "$v: a row each"
	is "$(to_sql -N -e 'SELECT COUNT(DISTINCT BINARY source_database,
	    BINARY source_table) FROM audit.audit_trail')" 40 \
	    "$v: of every table"
}

# Conditions are SQL on purpose: one expression, which changes nothing.
conditions() {
	mark
	from_sql -e "CREATE DATABASE cond; USE cond;
	    CREATE TABLE a (id INT PRIMARY KEY, v VARCHAR(20));
	    INSERT INTO a VALUES (1, ')'), (2, 'it''s; --'), (3, 'no');
	    CREATE TABLE log (x INT) ENGINE=InnoDB;
	    CREATE TABLE sig (id VARCHAR(42) PRIMARY KEY, type VARCHAR(32),
		data TEXT)"
	from_sql cond --delimiter='$$' -e 'CREATE FUNCTION f (x INT) RETURNS INT DETERMINISTIC
	    MODIFIES SQL DATA
	    BEGIN INSERT INTO cond.log VALUES (x); RETURN 1; END'
	run cdc-snapshot -q -S "$from/sock" -t 'cond\.a' \
	    --where "cond.a: v = ')' OR v = 'it''s; --'"
	is "$(grep -c '"op":"r"' "$T/out")" 2 "$v: --where"
	wrong=
	for where in '1) UNION SELECT User, 1 FROM mysql.user WHERE (1' \
	    '1) INTO OUTFILE "/tmp/x" -- ' '1; DROP TABLE cond.a' 'v = (1' \
	    "v = 'x" '1 /* x' '1 # x' ')('; do
		run cdc-snapshot -q -S "$from/sock" -t 'cond\.a' \
		    --where "cond.a: $where"
		[ $status = 64 ] || wrong="$wrong $status: $where"
		run cdc-apply --set "x=$where"
		[ $status = 64 ] || wrong="$wrong $status: --set $where"
	done
	is "$wrong" "" "$v: what is more than an expression: 64"
	run cdc-snapshot -q -S "$from/sock" -t 'cond\.a' \
	    --where 'cond.a: cond.f(id)'
	err_like 'READ ONLY' "$v: --where cannot change anything"
	for filter in 'cond.f(id)' '1) UNION SELECT 1, 2 -- '; do
		from_sql -e "INSERT INTO cond.sig VALUES (UUID(),
		    'execute-snapshot', JSON_OBJECT('type', 'incremental',
		    'data-collections', JSON_ARRAY('cond.a'),
		    'additional-conditions', JSON_ARRAY(JSON_OBJECT(
		    'data-collection', 'cond.a', 'filter', '$filter'))))"
	done
	run cdc-tail -S "$from/sock" --from "${since:-earliest}" --until now \
	    --other-domains earliest --signal cond.sig -t 'cond\.a'
	err_like 'READ ONLY' "$v: nor can the condition of a signal"
	err_like 'each filter one expression' "$v: which is one expression"
	is "$(from_sql -N -e 'SELECT COUNT(*) FROM cond.log')" 0 \
	    "$v: nothing was changed"
	from_sql -e 'DROP DATABASE cond'
}

inject() {
	to_sql -e 'CREATE DATABASE ev; CREATE TABLE ev.keep (id INT PRIMARY
	    KEY, precious INT)'
	to_sql -N --raw -e 'SHOW CREATE TABLE ev.keep' >"$T/keep"
	listen
	wrong=
	names inject >"$T/inject"
	while IFS= read -r line; do
		printf '%s\n' "$line" >"$T/line"
		run_on "$T/line" cdc-apply -q -S "$to/sock" --no-state \
		    --schema-evolution add
		[ $status = 65 ] || wrong="$wrong $status: $line"
	done <"$T/inject"
	is "$wrong" "" "$v: schema records that are SQL: 65"
	is "$(heard | grep -E 'ALTER|CREATE|mysql')" "" \
	    "$v: nothing of them is executed"
	printf '%s\n' '{"topic":"m","payload":{"source":{"db":"ev","table":
	    "keep","gtid":"1-1-1"},"databaseName":"ev","ddl":"CREATE TABLE x
	    (i INT); DROP TABLE keep","tableChanges":[]}}' | tr -d '\n\t' \
	    >"$T/line"
	run_on "$T/line" cdc-apply -q -S "$to/sock" --no-state \
	    --schema-evolution apply-ddl
	exits 78 "$v: two statements are none: 78"
	to_sql -N --raw -e 'SHOW CREATE TABLE ev.keep; SHOW TABLES IN ev' \
	    >"$T/kept"
	is "$(cat "$T/kept")" "$(cat "$T/keep"; echo keep)" "$v: and nothing is lost"
}

for v in $mariadb_versions; do
	if ! mariadb_have $v; then
		skip "$v" "no MariaDB $v here"
		continue
	fi
	mode=
	[ $v = 10.11 ] || mode=--sql-mode=ANSI_QUOTES,NO_BACKSLASH_ESCAPES
	mariadb_start $v "$T/$v.from" $mode && from=$T/$v.from
	mariadb_start $v "$T/$v.to" --server-id=2 $mode && to=$T/$v.to
	tail=
	statements
	copies
	signals
	others
	conditions
	inject
	pair_stop
done
done_testing
