# A private, throw-away Redis server on a socket.  To be read by sh.
#
#   redis_start DIR    start one with its files in DIR; $redis is its socket
#   redis_stop         end it
#   redis ARG…         redis-cli, without its output
#   redis_ask ARG…     the same with it
#   redis_all          all fields of all hashes (redis.py)

redis_pid=
redis_start() {
	mkdir -p "$1"
	redis=$1/sock
	redis-server --port 0 --unixsocket "$redis" --dir "$1" --save '' \
	    --appendonly no >"$1/log" 2>&1 &
	redis_pid=$!
	eventually redis ping
}

redis_stop() {
	[ -z "$redis_pid" ] || kill "$redis_pid" 2>/dev/null
	redis_pid=
}

redis() { redis-cli -s "$redis" "$@" >/dev/null 2>&1; }
redis_ask() { redis-cli -s "$redis" "$@"; }
redis_all() { python3 "$src/tests/redis.py" "$redis"; }
