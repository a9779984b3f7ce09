#!/bin/sh
# cdc-check: a default server, what it says of it, and that its own
# configuration and grants pass.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { server_stop; }

tool_basics cdc-check
run cdc-check operand
exits 64 "no operands"
run cdc-check -S "$T/none"
exits 69 "no server there: 69"
run cdc-check --print-config
exits 0 "--print-config needs no server"
cp "$T/out" "$T/my.cnf"
run cdc-check --print-grants "reader@10.%" --job apply
is "$(grep -c "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE ON \*\.\* TO 'reader'@'10.%';" \
    "$T/out")" 1 "--print-grants"
run cdc-check --print-grants reader --job snapshot
is "$(grep -c 'REPLICATION SLAVE ON\|^-- .*RELOAD' "$T/out")" 2 \
    "--job snapshot: what goes on as cdc-tail, and what options need"

verdicts() { jq -r "select(.verdict == \"$1\") | .check" "$T/out" | tr '\n' ';'; }

defaults() {
	v=$1
	server_start "$v" "$T/$v" --skip-log-bin --binlog-format=MIXED \
	    --binlog-row-metadata=NO_LOG --gtid-strict-mode=OFF \
	    --binlog-row-image=MINIMAL || return 0
	run cdc-check -S "$server/sock" -u root --format json
	exits 1 "$v: a default server is not ready: 1"
	is "$(verdicts bad)" "log_bin;binlog_format;binlog_row_image;binlog_row_metadata;gtid_strict_mode;" \
	    "$v: every setting to change"
	err_like 'is not ready for tail' "$v: said"
	is "$(jq -r 'select(.check == "binlog_format").fix' "$T/out")" \
	    "binlog_format = ROW" "$v: with what mends it"
	run cdc-check -S "$server/sock" -u root
	is "$(grep -c '^bad ' "$T/out")" 5 "$v: as a table"
	run cdc-check -S "$server/sock" -u root --job apply
	exits 0 "$v: a replica needs none of that"
	server_stop
}

# usage: standing GTIDS: verdict and value of --state
standing() {
	printf '{"version":1,"gtid":"%s"}' "$1" >"$T/state"
	run cdc-check -S "$server/sock" -u admin --format json \
	    --state "$T/state"
	jq -r 'select(.check == "--state") | .verdict + ": " + .value' "$T/out"
}

behind() {
	jq -c 'select(.check == "--state") | [.transactions, .seconds, .purged]' \
	    "$T/out"
}

states() {
	now=$(mariadb_sql "$server" -u admin -N -e "SELECT @@gtid_binlog_pos")
	is "$(standing "$now")" "ok: $now, 0 transactions behind" \
	    "$v: a state that is up to date"
	is "$(behind)" '[0,0,false]' "$v: in numbers"
	is "$(standing "${now%-*}-$((${now##*-} - 3))" | cut -d, -f2)" \
	    " 3 transactions behind" "$v: how far one is behind"
	mariadb_sql "$server" -u admin t -e "
	    SET timestamp = UNIX_TIMESTAMP() - 1000; INSERT INTO a (id) VALUES (7);
	    SET timestamp = DEFAULT; DELETE FROM a WHERE id = 7"
	standing "$now" >/dev/null
	is "$(behind | sed 's/100[0-9],/100x,/')" '[2,100x,false]' \
	    "$v: in numbers, and seconds"
	now=$(mariadb_sql "$server" -u admin -N -e "SELECT @@gtid_binlog_pos")
	is "$(standing "${now}0" | cut -c1-3)" bad \
	    "$v: one that the server does not know"
	is "$(behind)" '[null,null,null]' "$v: is nowhere"
	is "$(standing "5-1-1,$now" | cut -c1-3),$(behind)" \
	    "bad,[null,null,null]" "$v: nor a domain"
	mariadb_sql "$server" -u admin -e "FLUSH LOGS; FLUSH LOGS"
	mariadb_purge "$server" -u admin
	is "$(standing "${now%-*}-1")" "bad: ${now%-*}-1, purged, $((${now##*-} -
	    1)) transactions behind" "$v: one that is purged"
	is "$(behind)" "[$((${now##*-} - 1)),null,true]" "$v: in numbers"
	run cdc-check -S "$server/sock" -u admin --state "$T/state"
	exits 1 "$v: which is not ready"
	run cdc-check -S "$server/sock" -u admin --state "$T/state" \
	    --state "$T/nowhere"
	exits 1 "$v: a state that is not there"
}

own_advice() {
	server_start "$v" "$T/$v-good" \
	    $(sed -n 's/^\([a-z_]*\) = \(.*\)/--\1=\2/p' "$T/my.cnf") || return 0
	{
		cat <<-'SQL'
		FLUSH PRIVILEGES;
		CREATE USER reader;
		CREATE DATABASE t;
		CREATE TABLE t.a (id INT PRIMARY KEY, u UUID);
		CREATE TABLE t.nokey (v INT);
		CREATE TABLE t.child (id INT PRIMARY KEY, FOREIGN KEY (id)
		    REFERENCES t.a (id) ON DELETE CASCADE);
		CREATE USER admin;
		GRANT ALL ON *.* TO admin;
		SQL
		cdc-check --print-grants reader
	} | mariadb_sql "$server"
	run cdc-check -v -S "$server/sock" -u reader --format json
	exits 0 "$v: its own configuration and grants pass"
	is "$(verdicts bad)" "" "$v: nothing is bad"
	is "$(jq -r 'select(.check == "tables without a key").value' \
	    "$T/out")" "1: t.nokey" "$v: tables without a key"
	is "$(jq -r 'select(.check == "types that logs hide").value' \
	    "$T/out")" "1: t.a" "$v: types that logs hide"
	err_like 'is ready for tail' "$v: said"
	run cdc-check -S "$server/sock" -u admin --format json
	is "$(jq -r 'select(.check == "cascading foreign keys").value' \
	    "$T/out")" "1: t.child" "$v: foreign keys that cascade"
	is "$(jq -r 'select(.check == "too many privileges").verdict' \
	    "$T/out")" warn "$v: an account that may do more"
	run cdc-check -S "$server/sock" -u nobody
	exits 78 "$v: no such account: 78"
	mariadb_sql "$server" -u admin -e "XA START 'x'; INSERT INTO t.nokey
	    VALUES (1); XA END 'x'; XA PREPARE 'x'"
	run cdc-check -S "$server/sock" -u admin --format json
	is "$(jq -r 'select(.check == "prepared XA transactions").value' \
	    "$T/out")" 1 "$v: an undecided XA transaction"
	mariadb_sql "$server" -u admin -e "XA ROLLBACK 'x'"
	run cdc-check -S "$server/sock" -u reader --format json
	is "$(jq -c 'select(.check == "statement-based changes") |
	    [.verdict, .value]' "$T/out")" \
	    '["ok","none in mariadb-bin.000001"]' "$v: no statements"
	mariadb_sql "$server" -u admin -e "SET binlog_format = STATEMENT;
	    INSERT INTO t.a (id) VALUES (1); DELETE FROM t.a"
	run cdc-check -S "$server/sock" -u reader --format json
	is "$(jq -c 'select(.check == "statement-based changes") |
	    [.verdict, .value]' "$T/out")" \
	    '["warn","2 in mariadb-bin.000001, the last: DELETE FROM t.a"]' \
	    "$v: statements in the log"
	states
	server_stop
}

for v in 10.11 11.8; do
	if ! mariadb_have $v; then
		skip "$v" "no MariaDB $v here"
		continue
	fi
	defaults $v
	own_advice
done
done_testing
