#!/bin/sh
# What a connection is after it was made, whatever servers, option files and
# administrators do to it; what its errors mean; and connections that are lost.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

jobs=
cleanup() {
	[ -z "$jobs" ] || kill -CONT $jobs 2>/dev/null
	[ -z "$jobs" ] || kill $jobs 2>/dev/null
	server_stop
}
sql() { mariadb_sql "$server" -u root "$@"; }
# as somebody whom init_connect concerns
apply() { cdc-apply --defaults-file="$T/cnf" --no-state "$@"; }

# usage: record TABLE ID TEXT
record() {
	printf '{"topic":"m.s.%s","key":{"id":%s},"payload":{"op":"c","source":{"db":"s","table":"%s"},"before":null,"after":{"id":%s,"v":"%s"}}}\n' \
	    "$1" "$2" "$1" "$2" "$3"
}

# usage: option_file [LINE]…
option_file() {
	printf '[client]\nuser=me\npassword=pw\nsocket=%s\n' "$server/sock" \
	    >"$T/cnf"
	for line in "$@"; do echo "$line"; done >>"$T/cnf"
}

# usage: true_text WHAT: text and names are what they are, to and fro
true_text() {
	sql -e 'SET NAMES utf8mb4; DELETE FROM s.`café`'
	{ record café 1 'é€𝄞'; record café 2 b; } >"$T/in"
	run_on "$T/in" apply
	exits 0 "$v: $1: applied"
	is "$(sql -N -e 'SET NAMES utf8mb4; SELECT HEX(v) FROM s.`café`
	    WHERE id = 1')" \
	    C3A9E282ACF09D849E "$v: $1: as it is"
	run cdc-snapshot --defaults-file="$T/cnf" -t 's\.café'
	is "$(jq -r 'select(.payload.after) | .payload.source.table +
	    .payload.after.v' "$T/out" | tr '\n' ' ')" \
	    'caféé€𝄞 caféb ' "$v: $1: a snapshot of it"
	is "$(jq -r '.payload.after.d // empty' "$T/out" | tr '\n' ' ')" \
	    '2020-01-01T12:00:00Z 2020-01-01T12:00:00Z ' "$v: $1: its time"
}

texts() {
	option_file
	true_text "nothing special"
	option_file default-character-set=latin1 reconnect=1 \
	    'init-command=SET NAMES latin1'
	true_text "an option file's character set"
	sql -e "SET GLOBAL init_connect=\"SET NAMES latin1, autocommit=0,
	    sql_mode='ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PAD_CHAR_TO_FULL_LENGTH',
	    time_zone='-05:00', sql_select_limit=1, sql_safe_updates=1,
	    completion_type=2, lc_messages='de_DE', timestamp=1,
	    max_error_count=0, tx_read_only=1, sql_quote_show_create=0,
	    system_versioning_asof='2001-01-01 00:00:00'\""
	option_file
	true_text "init_connect"
	sql -e "SET GLOBAL init_connect='', GLOBAL character_set_server=latin1"
	mariadb_stop "$server"
	start --skip-character-set-client-handshake \
	    --character-set-server=latin1
	true_text "skip_character_set_client_handshake"
	mariadb_stop "$server"
	start
}

start() {
	mariadb_again $v "$server" "$@"
	sql -e 'FLUSH PRIVILEGES'
}

# usage: fails STATUS REGEX NAME [OPTION]…   one record is applied
fails() {
	want=$1
	said=$2
	name=$3
	shift 3
	record a 7 x >"$T/in"
	run_on "$T/in" apply "$@"
	exits "$want" "$v: $name: $want"
	err_like "$said" "$v: $name: said"
}

statuses() {
	option_file
	sql -e 'SET GLOBAL read_only=1'
	fails 75 'read-only' "read_only" --retries 1 --retry-delay 10ms
	err_like 'retrying' "$v: read_only: tried again"
	sql -e 'SET GLOBAL read_only=0'
	sql -e 'LOCK TABLES s.a WRITE; SELECT SLEEP(4)' >/dev/null &
	jobs=$!
	sleep 1
	sql -e 'SET GLOBAL max_statement_time=0.5'
	fails 75 'max_statement_time' "max_statement_time" --retries 0
	sql -e 'SET GLOBAL max_statement_time=0'
	wait $jobs
	jobs=
	sql -e "SET max_heap_table_size=16384; CREATE OR REPLACE TABLE
	    s.full (id INT PRIMARY KEY, v CHAR(200)) ENGINE=MEMORY"
	for i in $(seq 300); do record full "$i" x; done >"$T/in"
	run_on "$T/in" apply --retries 0 --at-least-once
	exits 75 "$v: a full table: 75"
	sql -e "CREATE USER few@'%' IDENTIFIED BY 'pw' WITH
	    MAX_QUERIES_PER_HOUR 1; GRANT ALL ON *.* TO few@'%'"
	fails 69 'max_queries' "an account's limit" --retries 0 -u few
	"${CC:-cc}" -shared -fPIC -x c -o "$T/again.so" - <<'END'
int getaddrinfo(void) { return -3; }
END
	status=0
	ASAN_OPTIONS=verify_asan_link_order=0:${ASAN_OPTIONS:-} \
	    LD_PRELOAD=$T/again.so cdc-apply --no-state -h nowhere.test \
	    --retries 1 --retry-delay 10ms <"$T/in" 2>"$T/err" || status=$?
	is $status 69 "$v: no answer from the name server: 69"
	err_like 'retrying' "$v: it is asked again"
}

# A row that no packet can hold is named, and is buried where that is wanted.
packets() {
	sql -e "SET GLOBAL max_allowed_packet=1048576; DELETE FROM s.a"
	option_file
	{
		record a 1 x
		record a 2 "$(head -c 2000000 /dev/zero | tr '\0' y)"
		record a 3 z
	} >"$T/in"
	run_on "$T/in" apply
	exits 65 "$v: a row above max_allowed_packet: 65"
	err_like 'line 2: table s.a, key 2: a row of 20000.. bytes, where max_allowed_packet is 1048576' \
	    "$v: named"
	run_on "$T/in" apply --dlq "$T/dlq"
	exits 0 "$v: … with --dlq"
	is "$(sql -N -e 'SELECT id FROM s.a' | tr '\n' ' ')" '1 3 ' \
	    "$v: the others are applied"
	rm -f "$T/dlq"
	sql -e "SET GLOBAL max_allowed_packet=16777216"
}

# usage: applied TABLE ID
is_there() { [ -n "$(sql -N -e "SELECT 1 FROM s.$1 WHERE id = $2")" ]; }
applied() { eventually is_there "$1" "$2"; }

# Records one by one, over a pipe that stays open; 8 writes.
begin_pipe() {
	rm -f "$T/pipe"
	mkfifo "$T/pipe"
	# shellcheck disable=SC2094
	cdc-apply --defaults-file="$T/cnf" --no-state --batch 1 \
	    --retry-delay 10ms "$@" <"$T/pipe" 2>"$T/err" &
	applier=$!
	jobs="$jobs $applier"
	exec 8>"$T/pipe"
}

end_pipe() {
	exec 8>&-
	wait $applier
	is $? "$1" "$v: $2: exit $1"
	jobs=
}

# The connection is killed between two records; what comes then is a table
# that was never asked for, and one that is known.
killed() {
	for tls in '' ssl; do
		sql -e 'DELETE FROM s.a; DELETE FROM s.b'
		option_file reconnect=1 $tls
		begin_pipe
		record a 1 x >&8
		succeeds "$v: $tls: a row" applied a 1
		kill_connections
		record b 1 x >&8
		succeeds "$v: $tls: killed in front of a lookup: again" \
		    applied b 1
		kill_connections
		record b 2 x >&8
		succeeds "$v: $tls: killed in front of a change: again" \
		    applied b 2
		end_pipe 0 "$tls killed twice"
		is "$(grep -c 'retrying' "$T/err")" 2 \
		    "$v: $tls: it was said each time"
	done
}

kill_connections() {
	sql -N -e "SELECT CONCAT('KILL ', id, ';') FROM
	    information_schema.PROCESSLIST WHERE user = 'me'" | sql
}

# usage: stall ID [OPTION]…: a row over a proxy, which then takes another and
# passes nothing
stall() {
	id=$1
	shift
	jobs=$proxy
	begin_pipe -S "$T/cut" "$@"
	record a "$id" x >&8
	succeeds "$v: over a proxy" applied a "$id"
	passing=$(pgrep -P $proxy)
	jobs="$jobs $passing"
	kill -STOP $passing
	record a $((id + 1)) x >&8
}

# A network that swallows packets: the proxy takes them, and passes nothing.
swallowed() {
	rm -f "$T/cut"
	perl "$src/tests/server/cutter.pl" "$T/cut" "$server/sock" \
	    9000000000 1 2>/dev/null &
	proxy=$!
	jobs=$proxy
	until [ -S "$T/cut" ]; do sleep 0.1; done
	sql -e 'DELETE FROM s.a'
	option_file
	stall 1
	sleep 1
	kill $applier
	for _ in $(seq 100); do
		kill -0 $applier 2>/dev/null || break
		sleep 0.1
	done
	! kill -0 $applier 2>/dev/null
	result $? "$v: SIGTERM ends what waits for such a network"
	kill -CONT $passing
	end_pipe 75 "a network that swallows"
	# … and without a request: another connection sees that it is idle
	stall 3 -v
	succeeds "$v: a silent connection is made anew" applied a 4
	err_like 'does not answer; retrying' "$v: said"
	kill -CONT $passing
	end_pipe 0 "made anew"
	kill $proxy
	jobs=
}

# -p asks once, however many connections there are.
password() {
	cat >"$T/ask.py" <<'END'
import os, pty, sys
pid, fd = pty.fork()
if pid == 0:
    out = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT)
    os.dup2(out, 1)
    os.dup2(out, 2)
    os.execvp(sys.argv[2], sys.argv[2:])
asked = b""
while True:
    try:
        said = os.read(fd, 4096)
    except OSError:
        break
    if not said:
        break
    if b"password" in said:
        os.write(fd, b"pw\n")
    asked += said
status = os.waitpid(pid, 0)[1]
print(asked.count(b"Enter password"), os.waitstatus_to_exitcode(status),
      b"pw" in asked)
END
	run timeout 60 python3 "$T/ask.py" "$T/copy" cdc-snapshot --no-defaults \
	    -S "$server/sock" -u me -p -t 's\.[ab]' --mode initial --until now \
	    --threads 3
	out_is '1 0 False' "$v: -p asks once, and nothing shows what was typed"
}

# --retries: attempts without progress.  The proxy passes a bit of each
# connection, never all of a transaction.
without_progress() {
	rm -f "$T/cut"
	perl "$src/tests/server/cutter.pl" "$T/cut" "$server/sock" 100000 1 \
	    2>/dev/null &
	jobs=$!
	until [ -S "$T/cut" ]; do sleep 0.1; done
	from=$(sql -N -e 'SELECT @@gtid_binlog_pos')
	sql -e "INSERT INTO s.a SELECT seq + 100, REPEAT('x', 1000) FROM
	    s.seq_1_to_5000"
	option_file
	run timeout 120 cdc-tail --defaults-file="$T/cnf" -S "$T/cut" --from "$from" --retries 5 \
	    --retry-delay 1ms --retry-delay-max 1ms
	exits 69 "$v: --retries ends, where no transaction comes whole"
	kill $jobs
	jobs=
}

command -v pgrep >/dev/null || skip_all "no pgrep"
for v in $mariadb_versions; do
	if ! mariadb_have $v; then
		skip "$v" "no MariaDB $v here"
		continue
	fi
	self_signed own localhost
	server_start $v "$T/$v" --ssl-cert="$T/own.pem" \
	    --ssl-key="$T/own.key" || continue
	sql -e "FLUSH PRIVILEGES; CREATE USER me@'%' IDENTIFIED BY 'pw';
	    GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, RELOAD,
	    REPLICATION SLAVE, BINLOG MONITOR ON *.* TO me@'%'; CREATE USER
	    root@'%'; GRANT ALL ON *.* TO root@'%' WITH GRANT OPTION;
	    CREATE DATABASE s; SET NAMES utf8mb4; USE s;
	    CREATE TABLE \`café\` (id INT PRIMARY KEY, v TEXT CHARACTER SET
	    utf8mb4, d TIMESTAMP NOT NULL DEFAULT '2020-01-01 12:00:00');
	    CREATE TABLE a (id INT PRIMARY KEY, v LONGTEXT);
	    CREATE TABLE b LIKE a"
	killed
	texts
	statuses
	packets
	[ $v = 11.8 ] || swallowed
	password
	without_progress
	server_stop
done
done_testing
