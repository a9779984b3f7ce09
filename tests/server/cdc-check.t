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
is "$(grep -c '^-- --schema-evolution add .*ALTER, DROP; apply-ddl ALTER, DROP, INDEX, REFERENCES' \
    "$T/out")" 1 "--print-grants: what --schema-evolution needs"
run cdc-check --print-grants reader --job snapshot
is "$(grep -c 'REPLICATION SLAVE ON\|^-- .*RELOAD' "$T/out")" 2 \
    "--job snapshot: what goes on as cdc-tail, and what options need"

# usage: item NAME: what was found
item() {
	jq -r --arg name "$1" \
	    'select(.check == $name) | .verdict + ": " + .value' "$T/out"
}

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
	    "SET GLOBAL binlog_format = ROW, and binlog_format = ROW under [mariadb]; sessions that are open keep their own" \
	    "$v: with how to fix it"
	is "$(item 'binlog_do_db, binlog_ignore_db')" \
	    'note: unknown without a binlog' "$v: no binlog: what it filters"
	is "$(jq -r 'select(.check == "log_bin").fix' "$T/out")" \
	    "log_bin = mariadb-bin under [mariadb], and restart the server" \
	    "$v: and whether that needs a restart"
	run cdc-check -S "$server/sock" -u root
	is "$(grep -c '^bad ' "$T/out")" 5 "$v: as a table"
	is "$(grep -A2 '^bad \|^warn ' "$T/out" | grep -c '^      fix: ')" \
	    "$(grep -c '^bad \|^warn ' "$T/out")" \
	    "$v: what is not right has a fix"
	is "$(grep -A1 '^note ' "$T/out" | grep -c '^      [a-z]')" \
	    "$(grep -c '^note ' "$T/out")" "$v: a note says what it means"
	run cdc-check -S "$server/sock" -u root --job apply
	exits 0 "$v: a replica needs none of that"
	mariadb_sql "$server" -e "SET GLOBAL innodb_flush_log_at_trx_commit = 2"
	run cdc-check -S "$server/sock" -u root --job apply --format json
	is "$(item innodb_flush_log_at_trx_commit)" "warn: 2" \
	    "$v: … but to keep what it commits"
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
	is "$(item 'cascading foreign keys')" 'note: not known of 1: t.child' \
	    "$v: foreign keys whose rules the account may not see"
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
	mariadb_sql "$server" -u admin -e "FLUSH LOGS; FLUSH LOGS"
	run cdc-check -S "$server/sock" -u reader --format json
	is "$(item 'statement-based changes' | cut -d, -f1)" \
	    'warn: 2 in mariadb-bin.000001 to mariadb-bin.000003' \
	    "$v: a rotation does not hide them"
	states
	server_stop
}

# usage: check_as JOB
check_as() {
	run cdc-check -S "$server/sock" -u reader --job "$1" --format json
}

# Each item as it should not be, in turn; the fix that it names is followed, and
# it is right again.  Those that need a restart have none that can be followed.
turns='tail|binlog_format|bad|SET GLOBAL binlog_format = MIXED
tail|binlog_row_image|bad|SET GLOBAL binlog_row_image = NOBLOB
tail|binlog_row_metadata|bad|SET GLOBAL binlog_row_metadata = MINIMAL
tail|gtid_strict_mode|bad|SET GLOBAL gtid_strict_mode = OFF
tail|binlog_checksum|warn|SET GLOBAL binlog_checksum = NONE
tail|sync_binlog|warn|SET GLOBAL sync_binlog = 0
tail|innodb_flush_log_at_trx_commit|warn|SET GLOBAL innodb_flush_log_at_trx_commit = 2
tail|retention|bad|SET GLOBAL expire_logs_days = 0.5
tail|retention|warn|SET GLOBAL expire_logs_days = 2
tail|retention|bad|/*M!110400 SET GLOBAL max_binlog_total_size = 4096 */
tail|wsrep_gtid_mode|bad|SET GLOBAL wsrep_gtid_mode = OFF
tail|REPLICATION SLAVE|bad|REVOKE REPLICATION SLAVE ON *.* FROM reader
snapshot|REPLICATION SLAVE|warn|REVOKE REPLICATION SLAVE ON *.* FROM reader
tail|BINLOG MONITOR|warn|REVOKE BINLOG MONITOR ON *.* FROM reader
tail|binlog_do_db, binlog_ignore_db|warn|REVOKE BINLOG MONITOR ON *.* FROM reader
snapshot|BINLOG ADMIN|warn|REVOKE BINLOG ADMIN ON *.* FROM reader
snapshot|SELECT|bad|REVOKE SELECT ON *.* FROM reader
tail|SELECT|warn|REVOKE SELECT ON *.* FROM reader
apply|INSERT, UPDATE, DELETE|bad|REVOKE UPDATE ON *.* FROM reader
tail|too many privileges|warn|GRANT FILE ON *.* TO reader'

turn() {
	check_as "$1"
	case $2 in
	too*) ;;
	*) is "$(item "$2" | cut -d: -f1)" ok "$v: $1: $2: as it should be" ;;
	esac
	mariadb_sql "$server" -u admin -e "$4"
	check_as "$1"
	is "$(item "$2" | cut -d: -f1)" "$3" "$v: $4"
	fix=$(jq -r --arg name "$2" 'select(.check == $name).fix' "$T/out" |
	    grep -o '^SET GLOBAL [a-z_]* = [A-Z0-9]*\|^GRANT .*')
	case $2 in
	binlog_do_db*) fix="GRANT BINLOG MONITOR ON *.* TO reader" ;;
	too*) return ;;
	esac
	mariadb_sql "$server" -u admin -e "$fix"
	check_as "$1"
	is "$(item "$2" | cut -d: -f1)" ok "$v: $2: ${fix:-no fix}"
}

every_item() {
	server_start "$v" "$T/$v-turns" --wsrep-on=ON --wsrep-gtid-mode=ON \
	    --sync-binlog=1 --innodb-flush-log-at-trx-commit=1 \
	    --expire-logs-days=7 || return 0
	mariadb_sql "$server" -e "FLUSH PRIVILEGES; CREATE USER reader, admin;
	    GRANT ALL ON *.* TO admin WITH GRANT OPTION;
	    GRANT SELECT, INSERT, UPDATE, DELETE, REPLICATION SLAVE,
	    BINLOG MONITOR, BINLOG ADMIN ON *.* TO reader"
	echo "$turns" >"$T/turns"
	while IFS='|' read -r job name verdict bad; do
		case $v,$bad in 10.11,*M!1104*) continue ;; esac
		turn "$job" "$name" "$verdict" "$bad" </dev/null
	done <"$T/turns"
	mariadb_sql "$server" -u admin -e "SET GLOBAL gtid_slave_pos =
	    CONCAT(@@gtid_binlog_pos, ',5-1-1')"
	check_as tail
	is "$(item log_slave_updates)" 'bad: OFF on a replica' \
	    "$v: a replica that does not log"
	server_stop
}

# What only an option of the server says: usage: started OPTION… (as $server)
started() {
	server_start "$v" "$T/$v-$((n += 1))" "$@" || return 1
	run cdc-check -S "$server/sock" -u root --format json
	server_stop
}

filters() {
	n=0
	started --binlog-ignore-db=hr --skip-ssl || return 0
	is "$(item 'binlog_do_db, binlog_ignore_db')" \
	    'warn: binlog_ignore_db=hr' "$v: a database that is ignored"
	is "$(jq -r 'select(.check | test("ignore_db")).why' "$T/out")" \
	    'changes of these databases are in no log' "$v: its changes are"
	is "$(item have_ssl)" 'warn: DISABLED' "$v: no TLS"
	started --binlog-do-db=shop --binlog-do-db=cdc --binlog-ignore-db=hr \
	    || return 0
	is "$(item 'binlog_do_db, binlog_ignore_db')" \
	    'warn: binlog_do_db=shop,cdc; binlog_ignore_db=hr' \
	    "$v: only some databases are logged"
	is "$(jq -r 'select(.check | test("ignore_db")).why' "$T/out")" \
	    'changes of all other databases are in no log' \
	    "$v: changes of the others are"
}

for v in $mariadb_versions; do
	if ! mariadb_have $v; then
		skip "$v" "no MariaDB $v here"
		continue
	fi
	defaults $v
	own_advice
	every_item
	filters
done
done_testing
