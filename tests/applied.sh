# What is written on one server is applied to another: $from and $to, of version
# $v.  To be read by sh, after lib.sh and mariadb.sh.
#
#   on_versions FUNCTION…      run them on each version, one after the other, on
#                              the same two servers
#   both [ARG]…                the client, on both; $since is behind that, and
#                              $name a name that no position has
#   run_apply [OPTION]…        what is new since $since comes to the other: the
#                              records are in $T/stream
#   equal TABLE NAME           are the rows the same?

busy=
cleanup() {
	[ -z "$busy" ] || kill $busy 2>/dev/null
	pair_stop
}
tail_of() { cdc-tail -q -S "$from/sock" --until now --control "$@"; }
apply() { cdc-apply -S "$to/sock" "$@"; }
counter() { sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p" "$T/err"; }
now() { from_sql -N -e 'SELECT @@gtid_binlog_pos'; }
new_name() {
	names=$((names + 1))
	name=n$names
}
names=0
name=n0

# Is $name kept by one that runs?
is_kept() {
	[ "$(to_sql -N -e "SELECT IS_USED_LOCK(CONCAT('cdc-apply.',
	    MD5('$name'))) IS NOT NULL")" = 1 ]
}

# Until the reader of FIFO has taken all that was written, and has had the time to
# do something about it.
wait_taken() {
	eventually perl -e '$n = pack "i", 0; ioctl(STDIN, 0x541B, $n) or die;
	    exit(unpack("i", $n) > 0)' <"$1"
	sleep 0.3
}

# usage: equal TABLE DESCRIPTION   the same rows on both sides
equal() {
	is "$(to_sql -N -e "CHECKSUM TABLE $1")" \
	    "$(from_sql -N -e "CHECKSUM TABLE $1")" "$v: $2"
}

# Both sides get it; the stream of what comes next begins behind it.
both() {
	from_sql "$@" && to_sql "$@"
	since=$(now)
	new_name
}

# usage: run_apply [options]   what is new on one side comes to the other
run_apply() {
	tail_of --from "$since" >"$T/stream" 2>"$T/tail.err" ||
	    result 1 "$v: cdc-tail: $(cat "$T/tail.err")"
	apply --name "$name" "$@" <"$T/stream" >"$T/out" 2>"$T/err"
	status=$?
	ran="cdc-apply $*"
}

on_versions() {
	for v in $mariadb_versions; do
		if ! mariadb_have $v; then
			skip "$v" "no MariaDB $v here"
			continue
		fi
		mariadb_start $v "$T/$v.from" && from=$T/$v.from
		mariadb_start $v "$T/$v.to" --server-id=2 && to=$T/$v.to
		for applied_by in "$@"; do
			"$applied_by"
		done
		pair_stop
	done
}
