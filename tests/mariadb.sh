# Private, throw-away MariaDB servers, for tests, recordings and benchmarks.
# To be read by sh: . tests/mariadb.sh
#
#   mariadb_have VERSION             is that version to be had here?
#   mariadb_start VERSION DIR [OPT]… start one with its files in DIR
#   mariadb_again VERSION DIR [OPT]… start it again, with the files it left
#   mariadb_sql DIR [ARG]…           the client, on its socket
#   mariadb_stop DIR                 shut it down cleanly
#   mariadb_kill DIR                 end it by SIGKILL; its files stay
#   mariadb_purge DIR [ARG]…         purge all its logs but the newest, as soon
#                                    as nobody holds them
#   free_port                        a port of 127.0.0.1 that nobody has
#   self_signed NAME [CN]            a certificate $T/NAME.pem, and its .key
#   certificate NAME CN [DAYS]       one that `ca` signed, a self_signed one
#
# In a test (after lib.sh), one server at a time, stopped at the test's end:
#
#   server_start VERSION DIR [OPT]…  start it as $server; that it does not is
#                                    a failed check, and false
#   server_stop                      shut it down; its files stay
#   pair_stop                        of two servers, $from and $to: those that
#                                    run
#
# VERSION is 10.11 (the packages of this Debian 12) or 11.8 (a Debian trixie
# root, made once by mariadb_fetch and kept in the user's cache).  A trixie
# program runs by that root's own loader and libraries, so no chroot is needed.

mariadb_cache=${CDC_TEST_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/cdc-tools}
mariadb_trixie=$mariadb_cache/trixie

free_port() {
	perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(Listen => 1,
	    LocalAddr => "127.0.0.1")->sockport'
}

self_signed() {
	openssl req -x509 -newkey rsa:2048 -nodes -days 2 \
	    -subj "/CN=${2:-$1}" -keyout "$T/$1.key" -out "$T/$1.pem" \
	    2>/dev/null
}

certificate() {
	openssl req -newkey rsa:2048 -nodes -subj "/CN=$2" \
	    -keyout "$T/$1.key" -out "$T/$1.csr" 2>/dev/null
	openssl x509 -req -in "$T/$1.csr" -CA "$T/ca.pem" \
	    -CAkey "$T/ca.key" -CAcreateserial -days "${3:-2}" \
	    -out "$T/$1.pem" 2>/dev/null
}

# Make the trixie root.  Needs root, debootstrap and a mirror.
mariadb_fetch() {
	[ -x "$mariadb_trixie/usr/sbin/mariadbd" ] && return 0
	mirror=$(sed -n -e 's/^URIs: *\([^ ]*\).*/\1/p' \
	    -e 's/^deb \(\[[^]]*\] \)\{0,1\}\(http[^ ]*\/debian\/*\) .*/\2/p' \
	    /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null |
	    head -n 1)
	mkdir -p "$mariadb_cache"
	rm -rf "$mariadb_trixie.new"
	${SUDO:-} debootstrap --variant=minbase --include=mariadb-server \
	    trixie "$mariadb_trixie.new" \
	    "${mirror:-http://deb.debian.org/debian}" \
	    >"$mariadb_cache/trixie.log" 2>&1 || {
		tail -n 5 "$mariadb_cache/trixie.log" >&2
		return 1
	}
	${SUDO:-} rm -rf "$mariadb_trixie"
	${SUDO:-} mv "$mariadb_trixie.new" "$mariadb_trixie"
}

mariadb_have() {
	case $1 in
	10.11) command -v mariadbd >/dev/null || [ -x /usr/sbin/mariadbd ] ;;
	11.8) [ -x "$mariadb_trixie/usr/sbin/mariadbd" ] ;;
	*) return 1 ;;
	esac
}

# Run a program of VERSION: mariadb_run VERSION /usr/sbin/mariadbd …
mariadb_run() {
	mariadb_version=$1
	mariadb_program=$2
	shift 2
	if [ "$mariadb_version" = 10.11 ]; then
		exec "$mariadb_program" "$@"
	fi
	exec "$(echo "$mariadb_trixie"/usr/lib*/ld-linux-*.so.*)" \
	    --library-path "$(echo "$mariadb_trixie"/usr/lib/*-linux-gnu)" \
	    "$mariadb_trixie$mariadb_program" "$@"
}

mariadb_base() {
	case $1 in
	10.11) echo /usr ;;
	*) echo "$mariadb_trixie/usr" ;;
	esac
}

# Its messages and SQL files; the folder was renamed on the way.
mariadb_share() {
	mariadb_s=$(mariadb_base "$1")/share/mariadb
	[ -d "$mariadb_s" ] || mariadb_s=$(mariadb_base "$1")/share/mysql
	echo "$mariadb_s"
}

# A reader of the log that has left is missed at the next event only, or after
# ten seconds: many short ones are many connections.
mariadb_server() {
	mariadb_v=$1
	shift
	mariadb_b=$(mariadb_base "$mariadb_v")
	mariadb_run "$mariadb_v" /usr/sbin/mariadbd --no-defaults \
	    --user="$(id -un)" --basedir="$mariadb_b" \
	    --lc-messages-dir="$(mariadb_share "$mariadb_v")" \
	    --plugin-dir="$mariadb_b/lib/mysql/plugin" \
	    --innodb-buffer-pool-size=64M --innodb-log-file-size=64M \
	    --innodb-flush-log-at-trx-commit=0 --sync-binlog=0 \
	    --max-connections=1000 "$@"
}

# One data directory for each version, made once and copied.
mariadb_template() {
	mariadb_t=$mariadb_cache/data-$1
	[ -d "$mariadb_t" ] && return 0
	mariadb_new=$mariadb_t.$$
	rm -rf "$mariadb_new"
	mkdir -p "$mariadb_new"
	mariadb_sql_files=$(mariadb_share "$1")
	(
		printf 'CREATE DATABASE mysql;\nUSE mysql;\n'
		cat "$mariadb_sql_files"/m*_system_tables.sql \
		    "$mariadb_sql_files"/m*_performance_tables.sql
	) | (mariadb_server "$1" --bootstrap --datadir="$mariadb_new" \
	    --tmpdir="$mariadb_new" \
	    --skip-grant-tables) >"$mariadb_new.log" 2>&1 || {
		cat "$mariadb_new.log" >&2
		return 1
	}
	rm -f "$mariadb_new.log"
	mv -T "$mariadb_new" "$mariadb_t" 2>/dev/null || rm -rf "$mariadb_new"
}

# The chapter's configuration; options given later win.
mariadb_start() {
	mariadb_template "$1" || return 1
	mkdir -p "$2"
	cp -r "$mariadb_cache/data-$1" "$2/data"
	mariadb_again "$@"
}

mariadb_again() {
	mariadb_v=$1
	mariadb_d=$2
	shift 2
	# of its own: a server that starts deletes what others have in theirs
	mkdir -p "$mariadb_d/tmp"
	mariadb_server "$mariadb_v" --datadir="$mariadb_d/data" \
	    --tmpdir="$mariadb_d/tmp" \
	    --socket="$mariadb_d/sock" --pid-file="$mariadb_d/pid" \
	    --skip-networking --skip-grant-tables \
	    --log-bin="$mariadb_d/mariadb-bin" --binlog-format=ROW \
	    --binlog-row-metadata=FULL --binlog-row-image=FULL \
	    --server-id=1 --gtid-domain-id=1 --gtid-strict-mode=ON \
	    --binlog-checksum=CRC32 --default-time-zone=+00:00 \
	    --character-set-server=utf8mb4 "$@" >"$mariadb_d/log" 2>&1 &
	echo $! >"$mariadb_d/shell-pid"
	mariadb_i=0
	until mariadb_sql "$mariadb_d" -e 'SELECT 1' >/dev/null 2>&1; do
		mariadb_i=$((mariadb_i + 1))
		if [ $mariadb_i -gt 300 ] ||
		    ! kill -0 "$(cat "$mariadb_d/shell-pid")" 2>/dev/null
		then
			tail -n 5 "$mariadb_d/log" >&2
			kill "$(cat "$mariadb_d/shell-pid")" 2>/dev/null
			return 1
		fi
		sleep 0.1
	done
}

mariadb_sql() {
	mariadb_dir=$1
	shift
	mariadb --no-defaults --socket="$mariadb_dir/sock" \
	    --default-character-set=utf8mb4 "$@"
}

mariadb_stop() {
	mariadb_sql "$1" -e SHUTDOWN >/dev/null 2>&1 ||
	    kill "$(cat "$1/shell-pid")" 2>/dev/null
	wait "$(cat "$1/shell-pid")" 2>/dev/null || :
}

mariadb_kill() {
	kill -KILL "$(cat "$1/pid")"
	wait "$(cat "$1/shell-pid")" 2>/dev/null || :
}

# The server passes over a log that somebody holds: a reader that has left a
# moment ago, or the engine, until its own checkpoint.
mariadb_purge() {
	mariadb_newest=$(mariadb_sql "$@" -N -e 'SHOW MASTER STATUS' | cut -f1)
	for _ in $(seq 150); do
		mariadb_sql "$@" -e "PURGE BINARY LOGS TO '$mariadb_newest'" \
		    2>/dev/null
		[ "$(mariadb_sql "$@" -N -e 'SHOW BINARY LOGS' | wc -l)" -gt 1 ] ||
		    return 0
		sleep 0.1
	done
	return 1
}

server=

server_start() {
	server=$2
	mariadb_start "$@" && return 0
	server=
	result 1 "MariaDB $1 starts"
	return 1
}

server_stop() {
	[ -n "$server" ] || return 0
	mariadb_stop "$server"
	server=
}

from=
to=

pair_stop() {
	[ -z "$from" ] || mariadb_stop "$from"
	[ -z "$to" ] || mariadb_stop "$to"
	from=
	to=
}
