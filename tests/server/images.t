#!/bin/sh
# binlog_row_image: what the log does not hold is left out, never null, and
# the image after is completed by the one before.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { server_stop; }

# op, key, before and after of each record
shape() {
	sed 's/^{"topic":"[^"]*","key":\(.*\),"payload":{"before":\(.*\),"after":\(.*\),"source":.*"op":"\(.\)".*/\4 \1 \2 \3/'
}

images() {
	server_start "$1" "$T/$1-$2" --binlog-row-image="$2" || return 0
	mariadb_sql "$server" <<-'SQL'
	CREATE DATABASE t;
	USE t;
	CREATE TABLE a (id INT PRIMARY KEY, v INT, b TEXT, d INT DEFAULT 5);
	INSERT INTO a (id, v, b) VALUES (1, 2, 'text');
	UPDATE a SET v = NULL;
	UPDATE a SET b = 'other';
	UPDATE a SET id = 9;
	DELETE FROM a;
	SQL
	server_stop
	run cdc-tail "$T/$1-$2/mariadb-bin.000001"
	exits 0 "$1 $2: read"
	is "$(shape <"$T/out")" "$3" "$1 $2: what the log holds"
	[ "$2" = MINIMAL ] || return 0
	run cdc-tail --unavailable-value '?' "$T/$1-$2/mariadb-bin.000001"
	is "$(shape <"$T/out" | sed -n '2p;$p')" "$unavailable" \
	    "$1 $2: --unavailable-value marks what it does not"
}

full='c {"id":1} null {"id":1,"v":2,"b":"text","d":5}
u {"id":1} {"id":1,"v":2,"b":"text","d":5} {"id":1,"v":null,"b":"text","d":5}
u {"id":1} {"id":1,"v":null,"b":"text","d":5} {"id":1,"v":null,"b":"other","d":5}
d {"id":1},"headers":{"__debezium.newkey":{"id":9}} {"id":1,"v":null,"b":"other","d":5} null
c {"id":9},"headers":{"__debezium.oldkey":{"id":1}} null {"id":9,"v":null,"b":"other","d":5}
d {"id":9} {"id":9,"v":null,"b":"other","d":5} null'
minimal='c {"id":1} null {"id":1,"v":2,"b":"text"}
u {"id":1} {"id":1} {"id":1,"v":null}
u {"id":1} {"id":1} {"id":1,"b":"other"}
d {"id":1},"headers":{"__debezium.newkey":{"id":9}} {"id":1} null
c {"id":9},"headers":{"__debezium.oldkey":{"id":1}} null {"id":9}
d {"id":9} {"id":9} null'
unavailable='u {"id":1} {"id":1,"v":"?","b":"?","d":"?"} {"id":1,"v":null,"b":"?","d":"?"}
d {"id":9} {"id":9,"v":"?","b":"?","d":"?"} null'
noblob='c {"id":1} null {"id":1,"v":2,"b":"text","d":5}
u {"id":1} {"id":1,"v":2,"d":5} {"id":1,"v":null,"d":5}
u {"id":1} {"id":1,"v":null,"d":5} {"id":1,"v":null,"b":"other","d":5}
d {"id":1},"headers":{"__debezium.newkey":{"id":9}} {"id":1,"v":null,"d":5} null
c {"id":9},"headers":{"__debezium.oldkey":{"id":1}} null {"id":9,"v":null,"d":5}
d {"id":9} {"id":9,"v":null,"d":5} null'

for version in $mariadb_versions; do
	if ! mariadb_have $version; then
		skip "$version" "no MariaDB $version here"
		continue
	fi
	images $version FULL "$full"
	images $version MINIMAL "$minimal"
	images $version NOBLOB "$noblob"
	[ $version = 10.11 ] || images $version FULL_NODUP "$full"
done
done_testing
