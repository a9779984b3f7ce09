#!/bin/sh
# Statements as the source executed them: the session that schema records tell
# is the one that mariadb-binlog tells; statements that failed there; sessions
# that no server has.  What cdc-apply makes of the rest is compared with a
# replica by native.t.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"
cleanup() { server_stop; }
sessions() { perl "$src/tests/server/ddl.pl" "$@"; }
sql() { mariadb_sql "$server" "$@"; }

# usage: log_of PERL…   the records of a log
log_of() {
	perl -I"$src/tests" -MBinlog -e 'my $log = Binlog->new;
	    $log->statement("CREATE TABLE t (a INT)");'"$1"';
	    $log->statement("CREATE TABLE after (a INT)"); $log->write($ARGV[0])' \
	    "$T/log" || result 1 "$v: a log is written"
	cdc-tail -q --control --schema-changes "$T/log" >"$T/records"
}

# usage: is_done PERL STATUS TABLES WHAT   what cdc-apply makes of it
is_done() {
	log_of "$1"
	sql -e 'DROP DATABASE IF EXISTS d; CREATE DATABASE d;
	    DROP DATABASE IF EXISTS cdc'
	run_on "$T/records" cdc-apply -S "$server/sock" \
	    --schema-evolution apply-ddl
	exits "$2" "$v: $4"
	is "$(sql -N -e 'SHOW TABLES FROM d' | paste -sd ' ')" "$3" "$v: … $4"
}

failed_statements() {
	is_done '$log->failed(1051, "DROP TABLE t, missing")' 0 after \
	    "DROP TABLE that missed some"
	is_done '$log->failed(1050, "CREATE TABLE t (b INT)")' 0 "after t" \
	    "it fails alike: gone on"
	is "$(jq -c 'select(.payload.session.error) | .payload |
	    [.ddl, .session.error, .tableChanges, .source.table]' \
	    "$T/records")" '["CREATE TABLE t (b INT)",1050,[],null]' \
	    "$v: told as failed, and nothing of what it changed"
	is_done '$log->failed(1050, "CREATE TABLE x (b INT)")' 78 "t x" \
	    "it succeeds here: 78"
	err_like 'failed at the source \(error 1050\) succeeds here' "$v: said"
	run_on "$T/records" cdc-apply -S "$server/sock" \
	    --schema-evolution apply-ddl
	exits 78 "$v: … as often as it is begun"
	err_like 'hint: undo at the target what it did' "$v: until it is undone"
	sql -e 'RENAME TABLE d.x TO d.z; CREATE TABLE d.x (a INT)'
	run_on "$T/records" cdc-apply -S "$server/sock" \
	    --schema-evolution apply-ddl
	exits 0 "$v: … and it fails"
	is_done '$log->failed(1050, "ALTER TABLE t DROP x")' 78 t \
	    "it fails in another way: 78"
	is_done '$log->failed(1317, "CREATE TABLE x (b INT)")' 78 t \
	    "it was killed there: 78, and not executed"
	is_done '$log->failed(1205, "CREATE TABLE x (b INT)")' 0 "after t x" \
	    "somebody was in its way there: executed"
	is_done '$log->statement("DROP TABLE t, missing")' 0 after \
	    "DROP TABLE without an error, as servers log it since 10.6"
}

# usage: hostile SESSION STATUS WHAT   of the record that makes table t
hostile() {
	jq -c --argjson more "$1" 'if .payload.ddl == "CREATE TABLE t (a INT)"
	    then .payload.session += $more else . end' <"$T/records" >"$T/in"
	sql -e 'DROP DATABASE IF EXISTS d; CREATE DATABASE d;
	    DROP DATABASE IF EXISTS cdc'
	run_on "$T/in" cdc-apply -S "$server/sock" --schema-evolution apply-ddl
	exits "$2" "$v: $1: $3"
	is "$(sql -N -e 'SHOW TABLES FROM d' | paste -sd ' ')" "${4-}" \
	    "$v: … and so are the tables"
}

# What the server refused did not run, whatever is done to the target then.
mended_target() {
	sql -e 'DROP DATABASE IF EXISTS d; CREATE DATABASE d;
	    DROP DATABASE IF EXISTS cdc; CREATE TABLE d.t (stray INT)'
	log_of ''
	run_on "$T/records" cdc-apply -S "$server/sock" \
	    --schema-evolution apply-ddl
	exits 78 "$v: a stray table: 78"
	sql -e 'DROP TABLE d.t'
	run_on "$T/records" cdc-apply -S "$server/sock" \
	    --schema-evolution apply-ddl
	exits 0 "$v: … and when it is gone"
	is "$(sql -N -e 'SHOW TABLES FROM d' | paste -sd ' ')" "after t" \
	    "$v: … the statement is executed"
	is_done '$log->statement("RENAME TABLE t TO x, x TO stray, stray TO t")' \
	    0 "after t" "a RENAME of several"
	sql -e 'DROP DATABASE d; CREATE DATABASE d; DROP DATABASE cdc;
	    CREATE TABLE d.stray (a INT)'
	run_on "$T/records" cdc-apply -S "$server/sock" \
	    --schema-evolution apply-ddl
	exits 78 "$v: … where a later name is taken: 78"
	sql -e 'DROP TABLE d.stray'
	run_on "$T/records" cdc-apply -S "$server/sock" \
	    --schema-evolution apply-ddl
	exits 0 "$v: … and when it is gone"
	is "$(sql -N -e 'SHOW TABLES FROM d' | paste -sd ' ')" "after t" \
	    "$v: … the rest of it is executed"
}

hostile_sessions() {
	log_of ''
	hostile '{}' 0 "what log says" "after t"
	for bad in '{"sql_mode":"0, foreign_key_checks=0"}' \
	    '{"sql_mode":99999999999999999}' \
	    '{"sql_mode":-1}' '{"timestamp":"1"}' '{"timestamp":4294967296}' \
	    '{"timestamp":1.1234567}' '{"timestamp":-1}' \
	    '{"foreign_key_checks":2}' '{"foreign_key_checks":"1"}' \
	    '{"lc_time_names":65536}' '{"database":7}' \
	    '{"character_set_collations":["1) OR (1"]}' \
	    '{"auto_increment_offset":true}' '{"statement":7}' \
	    '{"statement":"4g","character_set_client":8}' \
	    '{"statement":"41","character_set_client":999}'; do
		hostile "$bad" 65 "65"
	done
	for bad in '{"collation_connection":2999}' '{"lc_time_names":60000}' \
	    "{\"time_zone\":\"+00:00', sql_log_bin='0\"}"; do
		hostile "$bad" 78 "78"
	done
	hostile '{"database":"x`; DROP DATABASE d; --"}' 78 "no such database"
	is "$(sql -N -e "SHOW DATABASES LIKE 'd'")" d "$v: nothing was dropped"
	# bytes that are another statement are not executed
	hostile "{\"character_set_client\":8,\"statement\":\"$(printf \
	    'DROP DATABASE d' | od -An -tx1 | tr -d ' \n')\"}" 0 \
	    "the text is what was judged" "after t"
	# what a string is to one sql_mode are names to another
	for bad in "1048576 ALTER TABLE after COMMENT '\\\\', RENAME TO mysql.x -- '" \
	    '4 ALTER TABLE "after\\" RENAME TO mysql.x -- "'; do
		jq -c --argjson mode "${bad%% *}" --arg ddl "${bad#* }" '
		    if .payload.ddl == "CREATE TABLE t (a INT)" then
		    .payload.ddl = $ddl | .payload.session.sql_mode = $mode
		    else . end' <"$T/records" >"$T/in"
		run_on "$T/in" cdc-apply -S "$server/sock" --name "mode$bad" \
		    --schema-evolution apply-ddl
		exits 78 "$v: $bad: 78"
		err_like 'mysql.x belongs to the server' "$v: … by its name"
	done
	# in swe7 a backtick is a letter to some, and to others none
	jq -c 'if .payload.ddl == "CREATE TABLE t (a INT)" then
	    .payload.ddl = "CREATE TABLE té (a INT)" else . end' \
	    <"$T/records" >"$T/in" && mv "$T/in" "$T/records"
	jq -c --arg s "$(printf 'CREATE TABLE t`` (a INT)' | od -An -tx1 |
	    tr -d ' \n')" 'if .payload.ddl == "CREATE TABLE té (a INT)" then
	    .payload.ddl = "CREATE TABLE téé (a INT)" |
	    .payload.session += {statement: $s, character_set_client: 10}
	    else . end' <"$T/records" >"$T/in"
	run_on "$T/in" cdc-apply -S "$server/sock" --name swe7 \
	    --schema-evolution apply-ddl
	exits 65 "$v: bytes that a server reads in another way"
}

# usage: statements N   so many, one after the other with a session of its own,
# and one that tells none; each keeps what its session is
statements() {
	perl -I"$src/tests" -MBinlog -e 'my $log = Binlog->new;
	    $log->statement("CREATE TABLE t$_ (a INT)",
		$_ == 3 ? "gone" : "d") for 1 .. $ARGV[1];
	    $log->write($ARGV[0])' "$T/log" "$1"
	cdc-tail -q --control --schema-changes "$T/log" | jq -c --arg is "
	    SELECT VARIABLE_NAME n, VARIABLE_VALUE v FROM
	    information_schema.SESSION_VARIABLES UNION
	    SELECT 'database', DATABASE() UNION
	    SELECT 'mine', @mine := CONCAT(@mine, 1) UNION
	    SELECT 'lock', IS_USED_LOCK(CONCAT('cdc-apply.ddl.',
	    MD5('cdc'))) = CONNECTION_ID()" '
	    if .payload.ddl | not then . else
		(.payload.ddl | capture("t(?<n>[0-9]+)").n | tonumber) as $n |
		.payload.ddl = "CREATE TABLE d.t\($n)\($is)" |
		if $n % 2 == 1 then del(.payload.session) else
		.payload.session += {sql_mode: (4 + $n), time_zone: "-07:00",
		    foreign_key_checks: 0, unique_checks: 0, lc_time_names: 5,
		    check_constraint_checks: 0, sql_auto_is_null: 1,
		    auto_increment_increment: $n, auto_increment_offset: 2,
		    collation_connection: 8, collation_server: 8,
		    timestamp: (1000000000 + $n),
		    character_set_client: 8} end end'
}

# usage: sessions_are_clean FEW HOW COUNT
# A session that was used for a statement is what a new one is: for the next.
sessions_are_clean() {
	sql -e "DROP DATABASE IF EXISTS d; CREATE DATABASE d;
	    DROP DATABASE IF EXISTS cdc; SET GLOBAL general_log=1,
	    log_output='TABLE'; TRUNCATE mysql.general_log"
	statements "$3" >"$T/records"
	run_on "$T/records" cdc-apply -S "$server/sock" \
	    --schema-evolution apply-ddl
	exits 0 "$v: $3 statements"
	sql -e "SET GLOBAL general_log=0"
	is "$(sql -N -e "SELECT COUNT(*) < 20 FROM mysql.general_log WHERE
	    command_type = 'Connect'")" "$1" "$v: a connection for many: $2"
	sql -N -e "SELECT n, v FROM d.t1 WHERE n NOT REGEXP
	    'pseudo_thread_id|timestamp|rand_seed|gtid' ORDER BY n" \
	    >"$T/want"
	for n in 5 17 $(($3 - 1)); do
		sql -N -e "SELECT n, v FROM d.t$n WHERE n NOT REGEXP
		    'pseudo_thread_id|timestamp|rand_seed|gtid' ORDER BY n" >"$T/got"
		same "$T/got" "$T/want" "$v: session $n is as the first: $2"
	done
	is "$(sql -N -e "SELECT v FROM d.t3 WHERE n = 'database'")" NULL \
	    "$v: a database that is not there is none: $2"
	is "$(sql -N -e "SELECT COUNT(DISTINCT v) FROM (SELECT v FROM d.t2
	    WHERE n = 'SQL_MODE' UNION SELECT v FROM d.t10 WHERE n =
	    'SQL_MODE') x")" 2 "$v: and those that are told are made: $2"
}

for v in ${DDL_VERSIONS:-$mariadb_versions}; do
	mariadb_have $v || {
		skip "MariaDB $v" "not here"
		continue
	}
	server_start $v "$T/$v" || continue
	sql -N -e "SELECT ID, CHARACTER_SET_NAME FROM
	    information_schema.COLLATION_CHARACTER_SET_APPLICABILITY" \
	    >"$T/collations"
	sessions sql 1 300 | sql --force >"$T/err" 2>&1
	is $? 0 "$v: 300 statements" || explain
	sql -e 'FLUSH BINARY LOGS'
	log=$server/mariadb-bin.000001
	mariadb-binlog --base64-output=never "$log" |
	    sessions binlog >"$T/want"
	run cdc-tail --schema-changes "$log"
	exits 0 "$v: cdc-tail"
	sessions tail "$T/collations" <"$T/out" >"$T/got"
	is "$(wc -l <"$T/got")" 301 "$v: all of them"
	same "$T/got" "$T/want" "$v: sessions as mariadb-binlog tells them"
	failed_statements
	mended_target
	hostile_sessions
	sessions_are_clean 1 plain 500
	# what each new connection is to execute, it executes
	sql -e "SET GLOBAL init_connect='SET SESSION max_recursive_iterations=7'"
	sessions_are_clean 0 init_connect 60
	server_stop
done
done_testing
