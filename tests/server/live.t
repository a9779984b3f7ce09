#!/bin/sh
# cdc-tail on a server: where it begins and ends, what it does when the server
# goes away, and what it says when it is refused.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

tails=
cleanup() {
	[ -z "$tails" ] || kill $tails 2>/dev/null
	server_stop
}
sql() { mariadb_sql "$server" -u $account "$@"; }
live() { cdc-tail -S "$server/sock" -u $account "$@"; }
rows() { jq -r '.payload.after.id // empty' "$1" | tr '\n' ' '; }
# what is the same in every run, whatever it was read from
still_rows() {
	grep '"op"' "$1" | sed 's/"op":"\(.\)","ts_ms":[0-9]*/"op":"\1"/'
}
begins_and_ends() {
	sql <<-'SQL'
	CREATE DATABASE t;
	CREATE TABLE t.a (id INT PRIMARY KEY, u INET6);
	INSERT INTO t.a (id) VALUES (1);
	INSERT INTO t.a (id) VALUES (2);
	FLUSH LOGS;
	SET gtid_domain_id = 7;
	INSERT INTO t.a (id) VALUES (3);
	SET gtid_domain_id = 1;
	INSERT INTO t.a (id) VALUES (4), (5);
	UPDATE t.a SET u = '2001:db8::1' WHERE id = 5;
	SQL
	run live --from earliest --until now
	exits 0 "$v: from the oldest log to now"
	is "$(rows "$T/out")" "1 2 3 4 5 5 " "$v: everything"
	cp "$T/out" "$T/all"
	cdc-tail "$server"/mariadb-bin.0????? >"$T/files"
	still_rows "$T/files" >"$T/want"
	still_rows "$T/all" >"$T/got"
	same "$T/got" "$T/want" "$v: as its files say it"
	is "$(grep -c 2001:db8::1 "$T/all")" 1 \
	    "$v: types that only the statements of the log tell"
	run live --from now --until now --control
	exits 0 "$v: now is reached at once"
	is "$(jq -r '.payload.beat' "$T/out" | tr '\n' ' ')" "first last " \
	    "$v: with its heartbeats"
	gtid=$(jq -r 'select(.payload.after.id == 2) | .payload.source.gtid' \
	    "$T/all")
	run live --from "$gtid,7-1-0" --until now
	is "$(rows "$T/out")" "3 4 5 5 " "$v: from a GTID"
	run live --from "$gtid" --until now
	exits 64 "$v: a domain that --from does not name"
	err_like "domain of the server: 7-1-[0-9]* is missing" "$v: which"
	run live --from "$gtid" --other-domains now --until now
	is "$(rows "$T/out")" "4 5 5 " "$v: it begins now"
	run live --from "$gtid" --other-domains earliest --until now
	is "$(rows "$T/out")" "3 4 5 5 " "$v: it is read from its beginning"
	run live --from mariadb-bin.000002:4 --until now
	is "$(rows "$T/out")" "3 4 5 5 " "$v: from an offset"
	run live --from earliest --until mariadb-bin.000002:4
	is "$(rows "$T/out")" "1 2 " "$v: to an offset"
	run live --from '2000-01-01 00:00:00' --count 2
	is "$(rows "$T/out")" "1 2 " "$v: from a time"
	run live
	exits 64 "$v: it must be said where to begin"
}

# Where it is before anything came is where the server says that is.
places() {
	end=$(sql -N -e "SHOW MASTER STATUS" | awk '{ print $1 ":" $2 }')
	place='.payload | select(.beat) | "\(.file):\(.pos)"'
	run live --from now --until now --control
	is "$(jq -r "$place" "$T/out" | uniq)" "$end" "$v: now is a place"
	is "$(jq -r .payload.gtid "$T/out" | tr '\n' ' ')" \
	    "$(sql -N -e "SELECT CONCAT(@@gtid_binlog_pos, ' ',
	    @@gtid_binlog_pos, ' ')")" "$v: and a vector, from the beginning"
	run live --from mariadb-bin.000002:4 --control --count 0
	is "$(jq -r "$place" "$T/out" | uniq)" "mariadb-bin.000002:4" \
	    "$v: an offset too, and --count 0 prints nothing"
	run live --from "$gtid,7-1-0" --control --until now
	is "$(jq -r "$place" "$T/out" | head -n 1)" \
	    "mariadb-bin.000002:$(sql -N -e "SHOW BINLOG EVENTS IN
	    'mariadb-bin.000002'" | awk '/GTID 7-1-1/ { print $2 }')" \
	    "$v: a GTID is where the transaction behind it begins"
	: >"$T/err"
	cdc-tail -S "$server/sock" -u $account --from now \
	    --write-state "$T/place" >"$T/out" 2>>"$T/err" &
	tails=$!
	takes_usr1 $tails
	for _ in $(seq $patience); do
		kill -USR1 $tails
		sleep 0.2
		! grep -q '"file":"m' "$T/err" || break
	done
	is "$(grep '"file":"m' "$T/err" | head -n 1 | jq -r \
	    '"\(.file):\(.pos)"')" "$end" "$v: the counters know it"
	kill $tails
	wait $tails
	is "$? $(jq -r '"\(.file):\(.pos)"' "$T/place")" "0 $end" \
	    "$v: and a state"
	tails=
	sql -e "INSERT INTO t.a (id) VALUES (600)"
	run live --state "$T/place" --write-state "$T/place" --until now
	is "$(rows "$T/out")" "600 " "$v: behind which the next run goes on"
}

states() {
	printf '{"version":1,"gtid":"%s","filter":"x"}\n' "$gtid" >"$T/state"
	run live --state "$T/state" --until now
	is "$(rows "$T/out")" "3 4 5 5 " "$v: behind a state, new domains whole"
	is "$(head -n 1 "$T/out" | jq -r .payload.beat)" first \
	    "$v: --state implies --control"
	printf '{"version":1,"gtid":"7-1-1,1-1-1"}' >"$T/older"
	run live --state "$T/state" --state "$T/older" --until now
	is "$(head -n 1 "$T/out" | jq -r .payload.gtid)" "1-1-1" \
	    "$v: of two states the older in each domain"
	run live --state "$T/none" --until now
	exits 78 "$v: no state yet, and no --from"
	run live --state "$T/none" --from now --until now
	exits 0 "$v: --from serves the first run"
	echo '{"version":2}' >"$T/bad"
	run live --state "$T/bad" --until now
	exits 65 "$v: no state of ours"
	printf '{"version":1,"gtid":"%s","snapshot":{"table":["t","a"]}}' \
	    "$gtid" >"$T/half"
	run live --state "$T/half" --until now
	exits 78 "$v: a snapshot that is not whole: 78"
	err_like 'half: its snapshot is incomplete' "$v: said"
	run cdc-tail --state "$T/state" "$server"/mariadb-bin.0?????
	is "$(rows "$T/out")" "3 4 5 5 " "$v: a state and files"
}

# A server that logs no names: its own schema serves, as far as it can.
nameless() {
	sql -e "SET GLOBAL binlog_row_metadata = NO_LOG;
	    CREATE TABLE t.n (id INT UNSIGNED, u INET6, j JSON, PRIMARY KEY (id),
	    e ENUM('a,b', 'c'), d DATETIME(3), s VARCHAR(9) CHARACTER SET latin1)"
	now=$(sql -N -e "SELECT @@gtid_binlog_pos")
	: >"$T/live"
	: >"$T/err"
	cdc-tail -S "$server/sock" -u $account -v --schema-changes --from now \
	    --count 2 >"$T/live" 2>"$T/err" &
	tail=$!
	tails=$tail
	wait_for "$T/err" 'reading as server id'
	sql --default-character-set=utf8mb4 -e "INSERT INTO t.n VALUES (4294967295,
	    '2001:db8::1', '{}', 'a,b', '2026-01-02', 'é');
	    ALTER TABLE t.n DROP COLUMN d, ADD z INT UNSIGNED FIRST"
	wait_for "$T/live" '"ddl":"ALTER'
	sql -e "INSERT INTO t.n VALUES (7, 1, NULL, NULL, 'c', 'x')"
	wait $tail
	is $? 0 "$v: a log without names"
	tails=
	grep '"op"' "$T/live" >"$T/rows"
	is "$(head -n 1 "$T/rows" | jq -c '[.key, .payload.after]')" \
	    '[{"id":4294967295},{"id":4294967295,"u":"2001:db8::1","j":"{}","e":"a,b","d":1767312000000,"s":"é"}]' \
	    "$v: named by the server's schema"
	is "$(tail -n 1 "$T/rows" | jq -c '[.key, .payload.after]')" \
	    '[{"id":1},{"z":7,"id":1,"u":null,"j":null,"e":"c","s":"x"}]' \
	    "$v: which is asked again behind an ALTER"
	run live --from "$now" --until now
	exits 78 "$v: rows older than the schema: 78"
	err_like 'schema is newer than this event|8 columns|6 columns' \
	    "$v: and why"
	sql -e "CREATE TABLE t.o (a INT)"
	later=$(sql -N -e "SELECT @@gtid_binlog_pos")
	sql -e "INSERT INTO t.o VALUES (1)"
	run live -t 't\.o' --from "$later" --until now
	exits 78 "$v: likewise if nothing was altered"
	run live -t 't\.o' --from "$now" --until now
	exits 0 "$v: unless its CREATE TABLE was read"
	is "$(jq -c '.payload.after' "$T/out")" '{"a":1}' "$v: by its names"
	run live -t 't\.o' --from "$later" --until now \
	    --trust-current-schema
	is "$(jq -c .payload.after "$T/out")" '{"a":1}' \
	    "$v: --trust-current-schema"
	sql -e "SET GLOBAL binlog_row_metadata = FULL"
}

# Whose transactions: by GTID source, by server, by @@skip_replication.
origins() {
	now=$(sql -N -e "SELECT @@gtid_binlog_pos")
	sql <<-'SQL'
	CREATE TABLE t.w (id INT PRIMARY KEY);
	INSERT INTO t.w VALUES (1);
	SET server_id = 9;
	INSERT INTO t.w VALUES (2);
	SET gtid_domain_id = 7;
	INSERT INTO t.w VALUES (3);
	SET skip_replication = 1;
	INSERT INTO t.w VALUES (4);
	SQL
	whose() { run live --from "$now" --until now "$@"; }
	whose --include-gtid '1-.*'
	is "$(rows "$T/out")" "1 2 " "$v: --include-gtid: a domain"
	whose --include-gtid '1-1,7-9' --exclude-gtid '1-.*'
	is "$(rows "$T/out")" "3 4 " "$v: --exclude-gtid wins"
	whose --include-server-id 1,5
	is "$(rows "$T/out")" "1 " "$v: --include-server-id"
	whose --skip-replication --control
	is "$(rows "$T/out")" "1 2 3 " "$v: --skip-replication"
	is "$(tail -n 1 "$T/out" | jq -r .payload.gtid)" \
	    "$(sql -N -e "SELECT @@gtid_binlog_pos")" \
	    "$v: what is left out is done, too"
	whose --include-server-id 1,x
	exits 64 "$v: no server id"
}

# A table that was there before us is known when it is altered.
altered() {
	sql -e "CREATE TABLE t.old (id INT AUTO_INCREMENT PRIMARY KEY,
	    s VARCHAR(9) CHARACTER SET latin1 NOT NULL DEFAULT 'it''s'
	    COMMENT 'c', u INET6) COMMENT 'old one'"
	: >"$T/live"
	: >"$T/err"
	cdc-tail -S "$server/sock" -u $account -v --schema-changes --from now \
	    >"$T/live" 2>"$T/err" &
	tail=$!
	tails=$tail
	wait_for "$T/err" 'reading as server id'
	sql -e "ALTER TABLE t.old ADD n INT NOT NULL AFTER id"
	wait_for "$T/live" '"ddl":"ALTER'
	is "$(grep '"ddl":"ALTER' "$T/live" | jq -c '.payload.tableChanges[0].table
	    | [.comment, .primaryKeyColumnNames, (.columns[] | [.name, .typeName,
	    .charsetName, .optional, .autoIncremented, .defaultValueExpression,
	    .comment])]')" '["old one",["id"],["id","INT",null,false,true,null,null],["n","INT",null,false,false,null,null],["s","VARCHAR","latin1",false,false,"it'"'"'s","c"],["u","INET6",null,true,false,null,null]]' \
	    "$v: an older table is told whole behind its ALTER"
	# asked while it waits
	kill -USR1 $tail
	wait_for "$T/err" '"tool":"cdc-tail"'
	is "$(grep '"tool"' "$T/err" | jq -c '[.records, .transactions, .lag_s,
	    (.gtid | type), (.pos > 4)]')" '[0,1,0,"string",true]' \
	    "$v: SIGUSR1 while it waits: its counters"
	kill $tail
	wait $tail
	is $? 0 "$v: which does not end it"
	tails=
}

# Statements and rows that are there before anybody reads them: what the server
# says now is younger than all of them, what the statements say is not.
nameless_at_once() {
	now=$(sql -N -e "SELECT @@gtid_binlog_pos")
	sql -e "SET GLOBAL binlog_row_metadata = NO_LOG;
	    CREATE TABLE t.m (id INT UNSIGNED PRIMARY KEY, a INET6, b BINARY(16));
	    INSERT INTO t.m VALUES (4294967295, '2001:db8::1', '');
	    ALTER TABLE t.m RENAME COLUMN a TO b, RENAME COLUMN b TO a;
	    INSERT INTO t.m VALUES (2, '2001:db8::1', '');
	    ALTER TABLE t.m DROP a, ADD s SET('x', 'y') FIRST;
	    INSERT INTO t.m VALUES ('x,y', 3, '2001:db8::1');
	    DROP TABLE t.m; SET GLOBAL binlog_row_metadata = FULL"
	run cdc-tail -S "$server/sock" -u $account --from "$now" --until now
	exits 0 "$v: rows that follow their statement at once"
	is "$(jq -c '.payload.after | [keys_unsorted, .id]' "$T/out" |
	    tr '\n' ' ')" '[["id","a","b"],4294967295] [["id","b","a"],2] [["s","id","b"],3] ' \
	    "$v: by the names that they had"
	is "$(jq -r '.payload.after | .b // .a | length' "$T/out" |
	    tr '\n' ' ')" '24 11 11 ' "$v: an INET6 is one where it was"
}

# One workload, without names in the log, from the server and from its files.
same_from_files() {
	cdc-tail --control "$src"/examples/data/mariadb-bin.0????? >"$T/schema"
	sql -e "SET GLOBAL binlog_row_metadata = NO_LOG; FLUSH LOGS"
	now=$(sql -N -e "SELECT @@gtid_binlog_pos")
	sql <"$src/tests/data/ecommerce.sql" >/dev/null 2>&1
	sql -e "SET GLOBAL binlog_row_metadata = FULL"
	live --from "$now" --until now --schema "$T/schema" >"$T/live"
	cdc-tail --from "$now" --schema "$T/schema" \
	    "$server"/mariadb-bin.0????? >"$T/files"
	still_rows "$T/files" >"$T/want"
	still_rows "$T/live" >"$T/got"
	same "$T/got" "$T/want" "$v: the same from the server and from files"
	is "$(wc -l <"$T/got")" 24 "$v: all of it"
	is "$(grep -c '"@1"' "$T/got")" 0 "$v: with names"
}

# The server dies under a reader, twice; it must print everything once.
survives() {
	: >"$T/err"
	cdc-tail -S "$server/sock" -u $account -v --from now --retry-delay 100ms >"$T/live" 2>"$T/err" &
	tail=$!
	tails=$tail
	wait_for "$T/err" 'reading as server id'
	for n in 10 20; do
		sql -e "INSERT INTO t.a (id) VALUES ($n), ($n + 1)"
		mariadb_kill "$server"
		mariadb_again $v "$server"
		sql -e "INSERT INTO t.a (id) VALUES ($n + 2)"
		succeeds "$v: goes on" wait_for "$T/live" "\"id\":$((n + 2))},"
	done
	sql -e "FLUSH LOGS; INSERT INTO t.a (id) VALUES (30)"
	wait_for "$T/live" '"id":30},'
	kill -TERM $tail
	wait $tail
	is $? 0 "$v: SIGTERM while it waits: 0"
	tails=
	is "$(rows "$T/live")" "10 11 12 20 21 22 30 " \
	    "$v: two server deaths: nothing lost, nothing twice"
	err_like 'retrying \(1 of 10\)' "$v: said"
}

refusals() {
	run cdc-tail -S "$T/no.sock" --from now
	exits 69 "$v: no server there: 69"
	# from here on the server asks who we are
	sql -e "FLUSH PRIVILEGES; CREATE USER admin; GRANT ALL ON *.* TO admin
	    WITH GRANT OPTION; CREATE USER bare; GRANT SELECT ON t.* TO bare"
	account='admin'
	run cdc-tail -S "$server/sock" -u nobody --from now
	exits 78 "$v: no such account: 78"
	run cdc-tail -S "$server/sock" -u bare --from "$gtid,7-1-0"
	exits 78 "$v: no privilege: 78"
	err_like 'GRANT REPLICATION SLAVE' "$v: which it needs"
	sql -e "FLUSH LOGS; FLUSH LOGS"
	mariadb_purge "$server" -u $account
	run live --from "$gtid,7-1-0"
	exits 78 "$v: purged: 78"
	err_like 'hint: the oldest log that it has begins after [-0-9,]*1-1-[0-9]+.*: take' \
	    "$v: and what to do"
	: >"$T/first.err"
	cdc-tail -S "$server/sock" -u $account -v --server-id 4242 --from now >"$T/first" 2>"$T/first.err" &
	tail=$!
	tails=$tail
	wait_for "$T/first.err" 'reading as server id 4242'
	# until the server has the first one, which it ends for the second
	for _ in $(seq 20); do
		timeout 2 cdc-tail -q -S "$server/sock" -u admin \
		    --server-id 4242 --from now --retries 0 >/dev/null 2>&1
		kill -0 $tail 2>/dev/null || break
	done
	wait $tail
	is $? 78 "$v: another with the same --server-id: 78"
	succeeds "$v: which is said" grep -q 'choose one of its own' \
	    "$T/first.err"
	tails=
	run cdc-tail -S "$server/sock" somefile
	exits 64 "$v: files or a server"
}

for v in $mariadb_versions; do
	if ! mariadb_have $v; then
		skip "$v" "no MariaDB $v here"
		continue
	fi
	server_start $v "$T/$v" || continue
	account=root
	begins_and_ends
	states
	nameless
	nameless_at_once
	origins
	altered
	same_from_files
	places
	survives
	refusals
	server_stop
done
done_testing
