# A private, throw-away broker of Apache Kafka: one node, no ZooKeeper.
# To be read by sh, after mariadb.sh (its cache, free_port): . tests/kafka.sh
#
#   kafka_fetch        its jars from Maven Central, once, into the cache
#   kafka_start DIR    start one with its files in DIR; $kafka is its address
#   kafka_stop DIR     end it
#
# kafka.jars lists what kafka_2.13 4.1.1 needs: path and SHA-256.

kafka_jars=$mariadb_cache/kafka-4.1.1

. "$src/tests/jars.sh"
kafka_fetch() { jars_fetch "$kafka_jars" "$src/tests/kafka.jars"; }

# JsonConverter and what it needs besides (connect.jars), into a folder of its
# own; run a program of Java with both.
connect_jars=$mariadb_cache/connect-4.1.1
connect_fetch() { jars_fetch "$connect_jars" "$src/tests/connect.jars"; }
connect_run() { java -Xmx256m -cp "$connect_jars/*:$kafka_jars/*" "$@"; }

kafka_run() { java -Xmx256m -cp "$kafka_jars/*" "$@"; }

kafka_start() {
	kafka=127.0.0.1:$(free_port)
	kafka_controller=127.0.0.1:$(free_port)
	mkdir -p "$1"
	cat >"$1/properties" <<-EOF
	process.roles=broker,controller
	node.id=1
	controller.quorum.voters=1@$kafka_controller
	controller.listener.names=CONTROLLER
	listeners=PLAINTEXT://$kafka,CONTROLLER://$kafka_controller
	log.dirs=$1/data
	num.partitions=3
	offsets.topic.replication.factor=1
	EOF
	kafka_run kafka.tools.StorageTool format -t MkU3OEVBNTcwNTJENDM2Qg \
	    -c "$1/properties" >"$1/log" 2>&1 || return 1
	kafka_run kafka.Kafka "$1/properties" >>"$1/log" 2>&1 &
	echo $! >"$1/pid"
	kafka_i=0
	until kcat -b "$kafka" -L -m 1 >/dev/null 2>&1; do
		kafka_i=$((kafka_i + 1))
		[ $kafka_i -lt 60 ] && kill -0 "$(cat "$1/pid")" || return 1
		sleep 0.5
	done
}

kafka_stop() {
	kill "$(cat "$1/pid")" 2>/dev/null
	wait "$(cat "$1/pid")" 2>/dev/null || :
}
