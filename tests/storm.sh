# Storms: a source and a target, $from and $to of version $v, and the tools
# between them, all killed under load.  To be read by sh, after lib.sh and
# mariadb.sh.
#
#   storm_stop                 what a test's cleanup calls
#   kill_server DIR            by SIGKILL, and start it again
#   kill_tool NAME             by SIGKILL: the one whose pid $T/NAME.pid has
#   kill_next N NAME           of the tools and both servers, one after the
#                              other; NAME is the one in front of cdc-apply
#   write_on FUNCTION          run the SQL of FUNCTION 1, FUNCTION 2, … in
#                              database t of the source
#   swap_u ID                  SQL: swap two values of u's second unique key,
#                              of rows 1 to $rows
#   same_table TABLE [NAME]    is it equal on both sides?
#
# A load runs until $T/enough is there; $load are its pids.

# What was committed survives a SIGKILL, on both sides: the suite's servers
# are less careful.
durable='--innodb-flush-log-at-trx-commit=1 --sync-binlog=1'
source_options=         # more of the source
from=
to=
load=

storm_stop() {
	touch "$T/enough"
	[ -z "$load" ] || kill $load 2>/dev/null
	for storm_tool in copy tail apply; do
		kill "$(cat "$T/$storm_tool.pid" 2>/dev/null)" 2>/dev/null
	done
	pair_stop
}

kill_server() {
	mariadb_kill "$1"
	if [ "$1" = "$from" ]; then
		mariadb_again "$v" "$from" $durable $source_options
	else
		mariadb_again "$v" "$to" --server-id=2 $durable
	fi
}

kill_tool() {
	kill -KILL "$(cat "$T/$1.pid")" 2>/dev/null
}

kill_next() {
	case $(($1 % 5)) in
	1 | 3) kill_tool apply ;;
	2) kill_server "$from" ;;
	4) kill_server "$to" ;;
	*) kill_tool "$2" ;;
	esac
}

# A connection for some statements, since the source is killed.  They go
# through a file: in a pipe the number would be counted in a shell of its own.
write_on() {
	number=0
	while [ ! -e "$T/enough" ]; do
		for _ in $(seq 50); do
			number=$((number + 1))
			"$1" $number
		done >"$T/load.sql"
		mariadb_sql "$from" -f -D t <"$T/load.sql" >/dev/null 2>&1
	done
}

swap_u() {
	echo "BEGIN; SELECT k INTO @x FROM u WHERE id = $1;
	    SELECT k INTO @y FROM u WHERE id = $rows - $1;
	    UPDATE u SET k = -1 WHERE id = $1;
	    UPDATE u SET k = @x WHERE id = $rows - $1;
	    UPDATE u SET k = @y WHERE id = $1; COMMIT;"
}

same_table() {
	is "$(mariadb_sql "$to" -N -e "CHECKSUM TABLE t.$1")" \
	    "$(mariadb_sql "$from" -N -e "CHECKSUM TABLE t.$1")" \
	    "${2:+$2: }table $1 is the same" || differing_rows "$1"
}

# '<' is only at the source, '>' only at the target.
differing_rows() {
	mariadb_sql "$from" -N -e "SELECT * FROM t.$1" | sort >"$T/source-rows"
	mariadb_sql "$to" -N -e "SELECT * FROM t.$1" | sort >"$T/target-rows"
	diff "$T/source-rows" "$T/target-rows" | grep '^[<>]' | head -n 20 |
	    cut -c1-300 | sed 's/^/# /'
}
