# A private, throw-away node of OpenSearch.  To be read by sh, after mariadb.sh
# (its cache, free_port).
#
#   opensearch_fetch       its jars from Maven Central, once, into the cache
#   opensearch_start DIR   start one with its files in DIR; $opensearch is its URL
#   opensearch_stop DIR    end it
#   opensearch_ask PATH [curl option]…   a request, its answer on stdout
#
# opensearch.jars lists what org.opensearch:opensearch 2.19.6 needs, with
# transport-netty4-client and log4j-core.

. "$src/tests/jars.sh"
opensearch_jars=$mariadb_cache/opensearch-2.19.6

opensearch_fetch() { jars_fetch "$opensearch_jars" "$src/tests/opensearch.jars"; }

opensearch_ask() {
	opensearch_path=$1
	shift
	curl -sS --max-time 60 "$opensearch/$opensearch_path" \
	    -H 'Content-Type: application/json' "$@"
}

opensearch_start() {
	opensearch_port=$(free_port)
	opensearch=http://127.0.0.1:$opensearch_port
	mkdir -p "$1/config" "$1/logs"
	cat >"$1/config/log4j2.properties" <<-EOF
	appender.c.type = Console
	appender.c.name = c
	appender.c.layout.type = PatternLayout
	appender.c.layout.pattern = %d %p %c{1.} %m%n
	rootLogger.level = warn
	rootLogger.appenderRef.c.ref = c
	EOF
	java -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
	    --add-opens java.base/java.nio=ALL-UNNAMED \
	    -Dlog4j2.configurationFile="$1/config/log4j2.properties" \
	    -Dopensearch.set.netty.runtime.available.processors=false \
	    -cp "$opensearch_jars/*" "$src/tests/OpenSearchNode.java" \
	    "$1" "$opensearch_port" "$(free_port)" >"$1/log" 2>&1 &
	echo $! >"$1/pid"
	opensearch_i=0
	until opensearch_ask _cluster/health -f >/dev/null 2>&1; do
		opensearch_i=$((opensearch_i + 1))
		[ $opensearch_i -lt 120 ] && kill -0 "$(cat "$1/pid")" 2>/dev/null ||
		    return 1
		sleep 0.5
	done
}

opensearch_stop() {
	kill "$(cat "$1/pid")" 2>/dev/null
	wait "$(cat "$1/pid")" 2>/dev/null || :
}
