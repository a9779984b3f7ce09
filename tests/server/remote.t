#!/bin/sh
# A server over the network: TLS with a real certificate, accounts, a server
# that falls silent, and another host that goes on.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

tails=
replica=
cleanup() {
	[ -z "$tails" ] || kill $tails 2>/dev/null
	[ -z "$replica" ] || mariadb_stop "$replica"
	server_stop
}
sql() { mariadb_sql "$server" "$@"; }
rows() { jq -r '.payload.after.id // empty' "$1" | tr '\n' ' '; }

# usage: account NAME PASSWORD: an option file
account() {
	printf '[client]\nuser=%s\n[cdc]\npassword="%s"\n' "$1" "$2" >"$T/cnf"
}

# usage: connect HOST [OPTION]…
connect() {
	host=$1
	shift
	run timeout 60 cdc-tail --defaults-file "$T/cnf" -h "$host" -P "$port" \
	    --from now --until now --control "$@"
}

accounts() {
	sql -e "FLUSH PRIVILEGES; INSTALL SONAME 'auth_ed25519';
	    CREATE USER plain@'%' IDENTIFIED BY 's#cret';
	    CREATE USER safe@'%' IDENTIFIED BY 'x' REQUIRE SSL;
	    CREATE USER ed@'%' IDENTIFIED VIA ed25519 USING PASSWORD('y');
	    CREATE USER cert@'%' IDENTIFIED BY 'z' REQUIRE SUBJECT '/CN=me';
	    GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.* TO plain@'%',
	    safe@'%', ed@'%', cert@'%'; CREATE USER root@'%';
	    GRANT ALL ON *.* TO root@'%' WITH GRANT OPTION"
	account plain 's#cret'
	connect 127.0.0.1
	exits 0 "$v: a password from an option file"
	account plain wrong
	connect 127.0.0.1
	exits 78 "$v: a wrong one: 78"
	err_like 'Access denied for user .plain.*1045' "$v: as the server says it"
	account ed y
	connect 127.0.0.1
	exits 0 "$v: ed25519"
}

tls() {
	account safe x
	connect 127.0.0.1 --ssl
	exits 0 "$v: --ssl"
	connect 127.0.0.1 --ssl-ca "$T/ca.pem" --ssl-verify-server-cert
	exits 0 "$v: a certificate of an authority that we know"
	connect 127.0.0.2 --ssl-ca "$T/ca.pem" --ssl-verify-server-cert
	exits 78 "$v: of another host: 78"
	connect 127.0.0.1 --ssl-ca "$T/other.pem" --ssl-verify-server-cert
	exits 78 "$v: of an authority that we do not know: 78"
	account cert z
	connect 127.0.0.1 --ssl
	exits 78 "$v: an account that asks for our certificate: 78"
	connect 127.0.0.1 --ssl-ca "$T/ca.pem" --ssl-cert "$T/me.pem" \
	    --ssl-key "$T/me.key"
	exits 0 "$v: our certificate"
}

no_tls() {
	mariadb_stop "$server"
	mariadb_again $v "$server" --skip-ssl --skip-networking=0 \
	    --bind-address=127.0.0.1 --port="$port"
	sql -e 'FLUSH PRIVILEGES'
	account plain 's#cret'
	connect 127.0.0.1 --ssl
	exits 78 "$v: --ssl, and the server has none: 78"
	err_like 'the server has no TLS' "$v: which is said"
}

# The connection stays, and nothing comes.
stalls() {
	perl "$src/tests/server/cutter.pl" "$T/$v.cut" "$server/sock" 20000 1 \
	    stall 2>/dev/null &
	cutter=$!
	tails="$tails $cutter"
	until [ -S "$T/$v.cut" ]; do sleep 0.1; done
	sql -e "CREATE DATABASE s; USE s; CREATE TABLE s.a (id INT PRIMARY KEY,
	    v TEXT); INSERT INTO s.a SELECT seq, REPEAT('x', 500) FROM
	    seq_1_to_100; INSERT INTO s.a VALUES (101, 'the end')"
	: >"$T/$v.live"
	cdc-tail -S "$T/$v.cut" -u root --from earliest -t 's\.a' \
	    --heartbeat 1s --retry-delay 10ms >"$T/$v.live" 2>"$T/$v.err" &
	stalled=$!
	tails="$tails $stalled"
}

# … until the reader has had enough, some 30 s later.
stalled() {
	succeeds "$v: a server that falls silent: begun again" \
	    wait_for "$T/$v.live" 'the end'
	succeeds "$v: said" grep -q 'retrying (1 of' "$T/$v.err"
	is "$(wc -l <"$T/$v.live")" 101 "$v: nothing lost, nothing twice"
	kill $stalled $cutter
	wait $stalled $cutter 2>/dev/null
	tails=
}

# Start a replica of $server, with options.
start_replica() {
	replica=$T/$v-replica
	replica_port=$(free_port)
	mariadb_start $v "$replica" --server-id=2 --skip-networking=0 \
	    --bind-address=127.0.0.1 --port="$replica_port" "$@" || return 1
	mariadb_sql "$replica" -e "SET sql_log_bin = 0; FLUSH PRIVILEGES;
	    CREATE USER root@'%'; GRANT ALL ON *.* TO root@'%'; RESET MASTER;
	    SET GLOBAL gtid_slave_pos = ''; CHANGE MASTER TO MASTER_HOST='127.0.0.1',
	    MASTER_PORT=$port, MASTER_USER='root', MASTER_SSL=0,
	    MASTER_USE_GTID=slave_pos; START SLAVE"
}

caught_up() {
	gtid=$(sql -N -e "SELECT @@gtid_binlog_pos")
	mariadb_sql "$replica" -N -e "SELECT MASTER_GTID_WAIT('$gtid', 30)" \
	    >/dev/null
}

# usage: fail_over [OPTION]…: a reader of both, and the first one dies
fail_over() {
	server_start $v "$T/$v-first" --skip-networking=0 \
	    --bind-address=127.0.0.1 --port="$port" || return 1
	sql -e "SET sql_log_bin = 0; FLUSH PRIVILEGES; CREATE USER root@'%';
	    GRANT ALL ON *.* TO root@'%'"
	start_replica "$@" || return 1
	sql -e "CREATE DATABASE f; CREATE TABLE f.a (id INT PRIMARY KEY);
	    INSERT INTO f.a VALUES (1)"
	: >"$T/live"
	: >"$T/err"
	cdc-tail -h "127.0.0.1:$port,127.0.0.1:$replica_port" -u root \
	    --from now -v --retry-delay 10ms >"$T/live" 2>"$T/err" &
	tail=$!
	tails=$tail
	wait_for "$T/err" 'reading as server id'
	sql -e "INSERT INTO f.a VALUES (2), (3)"
	wait_for "$T/live" '"id":3'
	caught_up
	mariadb_kill "$server"
	mariadb_sql "$replica" -e "STOP SLAVE; SET GLOBAL server_id = 2;
	    INSERT INTO f.a VALUES (4)"
}

end_replica() {
	mariadb_stop "$replica"
	replica=
	server=
	tails=
	rm -rf "$T/$v-first" "$T/$v-replica"
}

fails_over() {
	fail_over --log-slave-updates || return 0
	succeeds "$v: another host of -h goes on" wait_for "$T/live" '"id":4'
	kill $tail
	wait $tail
	is "$(rows "$T/live")" "2 3 4 " "$v: nothing lost, nothing twice"
	end_replica
	fail_over --skip-log-slave-updates || return 0
	wait $tail
	is $? 78 "$v: not one that does not log what it applies: 78"
	cp "$T/err" "$T/said"
	succeeds "$v: and why" grep -q 'log_slave_updates=OFF' "$T/said"
	is "$(rows "$T/live")" "2 3 " "$v: nothing of it"
	end_replica
}

command -v openssl >/dev/null || skip_all "no openssl"
self_signed ca
self_signed other
certificate server server 2 IP:127.0.0.1
certificate me me
for v in $mariadb_versions; do
	if ! mariadb_have $v; then
		skip "$v" "no MariaDB $v here"
		continue
	fi
	port=$(free_port)
	server_start $v "$T/$v" --skip-networking=0 \
	    --bind-address=127.0.0.1,127.0.0.2 --port="$port" --ssl-ca="$T/ca.pem" --ssl-cert="$T/server.pem" \
	    --ssl-key="$T/server.key" || continue
	accounts
	tls
	no_tls
	if [ $v = 10.11 ]; then         # half a minute
		stalls
		stalled
	fi
	server_stop
	port=$(free_port)
	fails_over
done
done_testing
