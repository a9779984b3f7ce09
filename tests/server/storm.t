#!/bin/sh
# A connection that is cut at random bytes, a server that dies, a reader that is
# killed and begins again behind the last heartbeat that it printed, under
# load: what was printed is what the logs hold, nothing lost, nothing twice.
# Without TLS, and over TLS, where a cut is another error.
# STORM_SECONDS=600 is a long one (make soak), STORM_LOAD=sysbench one under
# sysbench's oltp_write_only.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"
seconds=${STORM_SECONDS:-8}
seed=${STORM_SEED:-1}
case ${STORM_LOAD:-} in
sysbench) load=sysbench_load ;;
*) load=load ;;
esac

stop=
cleanup() {
	[ -z "$stop" ] || kill $stop 2>/dev/null
	server_stop
}

# Transactions of several rows, some of 100 KB, some undone in part or whole;
# statements until the end of time, one connection for each second.
load() {
	id=0
	while [ ! -e "$T/enough" ]; do
		for _ in $(seq 40); do
			id=$((id + 3))
			echo "BEGIN; INSERT INTO t.a VALUES ($id, REPEAT('x', $((id % 7 * 9)))),
			    ($id + 1, IF($id % 20, 'y', REPEAT('z', 100000)));
			    SAVEPOINT s; INSERT INTO t.a VALUES ($id + 2, 'undone');
			    INSERT INTO t.m VALUES ($id);
			    ROLLBACK TO s; UPDATE t.a SET v = 'u' WHERE id = $id;
			    $([ $((id % 5)) -eq 0 ] && echo ROLLBACK || echo COMMIT);"
		done >"$T/load.sql"     # not a pipe, whose shell would count
		mariadb_sql "$server" -f <"$T/load.sql" >/dev/null 2>&1
	done
}

sysbench_load() {
	while [ ! -e "$T/enough" ]; do
		sysbench oltp_write_only --mysql-socket="$server/sock" \
		    --mysql-user=root --mysql-db=t --tables=4 \
		    --table-size=1000 --threads=4 --rate=300 --time=2 run
	done >/dev/null 2>&1
}

# what does not depend on when and from where a record was read
essence() {
	sed -n 's/^\(.*\),"ts_ms":[0-9]*,"transaction":\(.*\)$/\1\2/p' "$1"
}

# Is all read?  By the next one, where this one was killed.
has_end() {
	grep -q 'the end' "$T/live" && return 0
	kill -0 $tail 2>/dev/null || read_on
	return 1
}

# Begin to read, behind what was printed and is known to be whole.
read_on() {
	gtid=$(perl -e '
		open my $f, "+<", $ARGV[0] or exit;
		my ($end, $at, $gtid) = (0, 0, "");
		while (<$f>) {
			$at += length;
			next unless /\n$/ && /"beat":"\w+","gtid":"([^"]*)"/;
			($end, $gtid) = ($at, $1);
		}
		truncate $f, $end;
		print $gtid' "$T/live")
	cdc-tail -S "$T/cut.sock" -u root $tls --from "${gtid:-earliest}" \
	    --other-domains earliest --control --hold 20k \
	    --retries 1000 --retry-delay 10ms --retry-delay-max 50ms \
	    >>"$T/live" 2>>"$T/err" &
	tail=$!
}

# Kill the reader; it may be refused at once, if its first connection is cut.
kill_reader() {
	kill -KILL $tail 2>/dev/null
	wait $tail 2>/dev/null
	read_on
	sleep 0.5
	while ! kill -0 $tail 2>/dev/null; do
		read_on
		sleep 0.5
	done
	stop="$cutter $tail $loader"
	kills=$((kills + 1))
}

# usage: storm VERSION --ssl|--skip-ssl
storm() {
	v=$1
	tls=$2
	with=
	if [ $tls = --ssl ]; then       # some make none of their own
		self_signed own localhost
		with="--ssl-cert=$T/own.pem --ssl-key=$T/own.key"
	fi
	server_start "$v" "$T/$v" $with || return 0
	name="$v $tls"
	mariadb_sql "$server" -e "CREATE DATABASE t; CREATE TABLE t.a
	    (id INT PRIMARY KEY, v LONGTEXT); CREATE TABLE t.m (i INT)
	    ENGINE=MyISAM"
	[ "$load" = load ] || sysbench oltp_write_only --tables=4 \
	    --mysql-socket="$server/sock" --mysql-user=root --mysql-db=t \
	    --table-size=1000 prepare >/dev/null
	rm -f "$T/enough"
	perl "$src/tests/server/cutter.pl" "$T/cut.sock" "$server/sock" \
	    60000 "$seed" 2>/dev/null &
	cutter=$!
	until [ -S "$T/cut.sock" ]; do sleep 0.1; done
	kills=0
	: >"$T/live"
	: >"$T/err"
	$load &
	loader=$!
	read_on
	stop="$cutter $tail $loader"
	for _ in 1 2; do
		for _ in $(seq $((seconds / 4))); do
			sleep 1
			kill_reader
		done
		mariadb_kill "$server"
		mariadb_again "$1" "$server" $with
	done
	touch "$T/enough"
	wait $loader
	mariadb_sql "$server" -e "INSERT INTO t.a VALUES (-1, 'the end')"
	eventually has_end
	kill -TERM $tail
	wait $tail
	is $? 0 "$name: it lived through it"
	kill $cutter
	wait $cutter 2>/dev/null
	stop=
	cdc-tail -q "$server"/mariadb-bin.0????? >"$T/files"
	essence "$T/files" >"$T/want"
	essence "$T/live" >"$T/got"
	cuts=$(grep -c 'retrying' "$T/err")
	result $((cuts < 5)) "$name: $cuts times cut, $kills times killed, $(
	    wc -l <"$T/got") records"
	rm -f "$T/cut.sock"
	if cmp -s "$T/got" "$T/want"; then
		result 0 "$name: nothing lost, nothing twice"
	else
		result 1 "$name: nothing lost, nothing twice"
		diff "$T/want" "$T/got" | cut -c1-300 | head -n 6 | sed 's/^/# /'
	fi
	server_stop
	rm -r "${T:?}/$1"
}

for v in ${STORM_SERVERS:-$mariadb_versions}; do
	if mariadb_have $v; then
		[ $v != 10.11 ] || storm $v --skip-ssl
		storm $v --ssl
	else
		skip "$v" "no MariaDB $v here"
	fi
done
done_testing
