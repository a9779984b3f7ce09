# Storms: a source and a target, $from and $to of version $v, and the tools
# between them, all killed under load.  To be read by sh, after lib.sh and
# mariadb.sh.
#
#   storm_stop                 what a test's cleanup calls
#   kill_server DIR            by SIGKILL, and start it again
#   kill_tool NAME             by SIGKILL: the one whose pid $T/NAME.pid has
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
