# A private, throw-away broker of Apache Kafka: one node, no ZooKeeper.
# To be read by sh, after mariadb.sh (its cache, free_port): . tests/kafka.sh
#
#   kafka_fetch        its jars from Maven Central, once, into the cache
#   kafka_start DIR    start one with its files in DIR; $kafka is its address
#   kafka_stop DIR     end it
#
# kafka.jars lists what kafka_2.13 4.1.1 needs: path and SHA-256.

kafka_jars=$mariadb_cache/kafka-4.1.1
kafka_central=${MAVEN_CENTRAL:-https://repo1.maven.org/maven2}

kafka_fetch() {
	[ ! -d "$kafka_jars" ] || return 0
	command -v java >/dev/null && command -v curl >/dev/null || return 1
	kafka_new=$kafka_jars.$$
	mkdir -p "$kafka_new"
	while read -r path sum; do
		name=${path##*/}
		curl -sSfL --connect-timeout 10 --retry 3 -o "$kafka_new/$name" \
		    "$kafka_central/$path" &&
		    echo "$sum  $kafka_new/$name" | sha256sum -c --quiet || {
			rm -rf "$kafka_new"
			return 1
		}
	done <"$src/tests/kafka.jars"
	mv -T "$kafka_new" "$kafka_jars" 2>/dev/null || rm -rf "$kafka_new"
}

# JsonConverter and what it needs besides (connect.jars), into a folder of its
# own; run a program of Java with both.
connect_jars=$mariadb_cache/connect-4.1.1
connect_fetch() {
	[ ! -d "$connect_jars" ] || return 0
	connect_new=$connect_jars.$$
	mkdir -p "$connect_new"
	while read -r path sum; do
		name=${path##*/}
		curl -sSfL --connect-timeout 10 --retry 3 \
		    -o "$connect_new/$name" "$kafka_central/$path" &&
		    echo "$sum  $connect_new/$name" |
		    sha256sum -c --quiet || {
			rm -rf "$connect_new"
			return 1
		}
	done <"$src/tests/connect.jars"
	mv -T "$connect_new" "$connect_jars" 2>/dev/null ||
	    rm -rf "$connect_new"
}
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
