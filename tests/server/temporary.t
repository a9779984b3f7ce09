#!/bin/sh
# Temporary tables of sessions that live on while streams end and begin, and
# servers start again: a target is what a replica is that was never stopped.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"
. "$src/tests/trio.sh"

cleanup() {
	[ -z "${session-}" ] || kill "$session" 2>/dev/null
	servers_stop
}

# usage: says SQL   a session that lasts executes it, to its end
says() {
	said=$((${said-0} + 1))
	printf '%s;\nSELECT "said %s";\n' "$1" "$said" >&3
	wait_for "$T/session" "said $said"
}

# A session that lasts, on descriptor 3.
session_begin() {
	rm -f "$T/fifo"
	mkfifo "$T/fifo"
	: >"$T/session"
	mariadb_sql "$T/source" -u root --unbuffered -N d <"$T/fifo" \
	    >"$T/session" 2>&1 &
	session=$!
	exec 3>"$T/fifo"
}

session_end() {
	exec 3>&-
	wait "$session"
	session=
}

# usage: carry [OPTION]…   what is new, to the target
carry() {
	run_on /dev/null timeout 60 cdc-tail -q -u root -S "$T/source/sock" \
	    --control --schema-changes --state "$T/state" --until now "$@"
	tail_status=$status
	cp "$T/out" "$T/stream"
	cp "$T/err" "$T/tail.err"
	run_on "$T/stream" cdc-apply -q -u root -S "$T/target/sock" \
	    --schema-evolution apply-ddl --state "$T/state"
}

# usage: equal NAME
equal() {
	is "$tail_status $status" "0 0" "$v: $1: carried" ||
	    sed 's/^/# /' "$T/tail.err" "$T/err"
	for s in source replica target; do
		on "$T/$s" -N d -e "SHOW TABLES; SELECT * FROM t;
		    SHOW COLUMNS FROM t; SELECT * FROM w; SELECT * FROM c" >"$T/$s.is" 2>&1
	done
	on "$T/replica" -N -e "SELECT MASTER_GTID_WAIT('$(on "$T/source" -N \
	    -e 'SELECT @@gtid_binlog_pos')', 60)" >/dev/null
	on "$T/replica" -N d -e "SHOW TABLES; SELECT * FROM t;
	    SHOW COLUMNS FROM t; SELECT * FROM w; SELECT * FROM c" >"$T/replica.is" 2>&1
	same "$T/replica.is" "$T/source.is" "$v: $1: the replica"
	same "$T/replica.is" "$T/target.is" "$v: $1: the target"
}

trio() {
	servers_start "$v" "--binlog-format=MIXED" || return
	rm -f "$T/state"
	on "$T/source" -e "SET GLOBAL innodb_flush_log_at_trx_commit=1;
	    CREATE DATABASE d; USE d;
	    CREATE TABLE t (a INT PRIMARY KEY);
	    CREATE TABLE w (a INT PRIMARY KEY);
	    DELIMITER //
	    CREATE PROCEDURE p () BEGIN
		CREATE TEMPORARY TABLE own (a INT); TRUNCATE w;
		ALTER TABLE w COMMENT 'by p'; DROP TEMPORARY TABLE own; END//
	    DELIMITER ;
	    SET SESSION binlog_format=ROW;
	    INSERT INTO t VALUES (1); INSERT INTO w VALUES (1);
	    CREATE TABLE c (a INT PRIMARY KEY); INSERT INTO c VALUES (1);
	    ALTER TABLE c ADD b INT DEFAULT (CONNECTION_ID());
	    ALTER TABLE c ADD d INT DEFAULT (1 + connection_id ())"
	carry --from earliest
	equal "the beginning"

	# in one run it is made, in another it hides a table
	session_begin
	says 'CREATE TEMPORARY TABLE t (a INT PRIMARY KEY)'
	carry
	equal "a temporary table is made"
	says 'TRUNCATE t; ALTER TABLE t ADD x INT; RENAME TABLE t TO t9'
	carry
	equal "what is on it"
	says 'TRUNCATE t9; ALTER TABLE t9 RENAME TO t'
	carry
	says 'RENAME TABLE t TO w; TRUNCATE w'
	carry
	equal "it is renamed"
	is "$(jq -c '[.temporary.tables[] | .table]' "$T/state")" '["w"]' \
	    "$v: the state has it"
	is "$(on "$T/target" -N -e "SELECT COUNT(temporary) FROM
	    cdc.cdc_offsets")" 1 "$v: … and the target"
	session_end
	carry
	is "$(jq -c .temporary.tables "$T/state")" '[]' "$v: it is gone"

	# a routine that uses one before it changes what all see
	on "$T/source" d -e "SET SESSION binlog_format=ROW; CALL p();
	    INSERT INTO w VALUES (7)"
	carry
	equal "a routine that used one"

	# from the middle of a log: of sessions that began before, nothing says
	# which tables they have
	for kind in new old; do
		on "$T/source" d -e "FLUSH BINARY LOGS;
		    SET SESSION binlog_format=ROW; INSERT INTO w VALUES (8)"
		carry
		jq -c 'del(.temporary)' "$T/state" >"$T/bare"
		[ $kind = new ] || session_begin
		[ $kind = new ] || says 'SET SESSION binlog_format=ROW'
		[ $kind = new ] || sleep 1
		run timeout 60 cdc-tail -q -u root -S "$T/source/sock" \
		    --state "$T/bare" --until now --write-state "$T/bare"
		exits 0 "$v: nothing is known of the sessions"
		if [ $kind = new ]; then
			on "$T/source" d -e "SET SESSION binlog_format=ROW;
			    CALL p(); INSERT INTO w VALUES (9)"
		else
			says 'CALL p(); INSERT INTO w VALUES (9)'
			session_end
		fi
		run timeout 60 cdc-tail -q -u root -S "$T/source/sock" \
		    --state "$T/bare" --until now
		# 11.8 flags what is on a temporary table, and nothing else
		case $kind$v in
		old10.*) exits 78 "$v: a session that was there before" ;;
		*) exits 0 "$v: a session that began since: $kind" ;;
		esac
		carry
		equal "a routine that used one, $kind"
	done

	# the server starts again, and numbers begin anew
	session_begin
	says 'CREATE TEMPORARY TABLE t (a INT PRIMARY KEY)'
	carry
	kill "$session"
	exec 3>&-
	session=
	mariadb_kill "$T/source"
	mariadb_again "$v" "$T/source" --skip-networking=0 \
	    --bind-address=127.0.0.1 --port="$port" --binlog-format=MIXED
	on "$T/source" d -e "SET SESSION binlog_format=ROW; TRUNCATE t;
	    INSERT INTO t VALUES (4)"
	carry
	equal "the server started again"
	is "$(jq -c '[.temporary | .after, .tables]' "$T/state")" '[0,[]]' \
	    "$v: … which all have seen"
	servers_stop
}

for v in $mariadb_versions; do
	if mariadb_have "$v"; then
		trio
	else
		skip "$v" "no MariaDB $v here"
	fi
done
done_testing
