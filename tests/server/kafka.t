#!/bin/sh
# Envelopes in topics of a real broker, read by kcat, applied, killed again
# and again, and gone on with from the offsets that the target holds.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"
. "$src/tests/kafka.sh"
kills=${KAFKA_KILLS:-12}

to=
broker=
cleanup() {
	[ -z "$broker" ] || kafka_stop "$broker"
	server_stop
	[ -z "$to" ] || mariadb_stop "$to"
}
command -v kcat >/dev/null || skip_all "no kcat here"
kafka_fetch 2>"$T/err" || skip_all "no Kafka here: $(tail -n 1 "$T/err")"
mariadb_have 11.8 || skip_all "no MariaDB 11.8 here"

# Lines as they are in a topic: lengths, -1 for null, key and value.
with_lengths() {
	perl -ne 'chomp; my ($key, $value) = /^([^\t]*)\t(.*)$/ or die;
	    printf "%d %d %s\t%s\n", length $key || -1, length $value || -1,
	    $key, $value' | sort
}
# usage: topic NAME
topic() {
	kcat -q -b "$kafka" -C -e -t "$1" -f '%K %S %k\t%s\n' | sort
}

show_state() { cdc-apply -S "$to/sock" -u root --name kafka --show-state; }
# The next offset of a topic's partition, by what the target holds.
next_of() {
	show_state 2>/dev/null | jq -r --arg t "$1" --argjson p "$2" \
	    'select(.topic == $t and .partition == $p) | .offset + 1' |
	    grep . || echo 0
}

# These two become the process that they run: a subshell's, to be killed.
apply_lines() {
	exec cdc-apply -q -S "$to/sock" -u root --name kafka \
	    --time isostring --decimal string --binary base64 "$@"
}

# usage: read_partition TOPIC N [kcat option]…
read_partition() {
	topic=$1
	partition=$2
	shift 2
	exec kcat -q -b "$kafka" -C -J -t "$topic" -p "$partition" \
	    -o "$(next_of "$topic" "$partition")" "$@"
}

server_start 11.8 "$T/from" || { done_testing; exit; }
mariadb_start 11.8 "$T/to" --server-id=2 --innodb-flush-log-at-trx-commit=1 &&
    to=$T/to
kafka_start "$T/kafka"
result $? "a broker starts" || tail -n 5 "$T/kafka/log" | sed 's/^/# /'
broker=$T/kafka

mariadb_sql "$server" -e "CREATE DATABASE k; USE k;
    CREATE TABLE t (id INT PRIMARY KEY, n BIGINT UNSIGNED, d DECIMAL(20,4),
	ts DATETIME(6), v VARCHAR(60), b VARBINARY(20));
    CREATE TABLE journal (id INT PRIMARY KEY, v VARCHAR(20));"
mariadb_sql "$to" -e "CREATE DATABASE k; USE k;
    CREATE TABLE t (id INT PRIMARY KEY, n BIGINT UNSIGNED, d DECIMAL(20,4),
	ts DATETIME(6), v VARCHAR(60), b VARBINARY(20));
    CREATE TABLE journal (id INT, v VARCHAR(20));"
mariadb_sql "$server" -D k -e "
    INSERT INTO t SELECT seq, 18446744073709551615 - seq, seq / 7,
	'2026-01-01 00:00:00.000001' + INTERVAL seq MINUTE,
	CONCAT('ä\t\"', seq), UNHEX(MD5(seq)) FROM seq_1_to_20000;
    UPDATE t SET d = d * 3, v = NULL WHERE id % 3 = 0;
    DELETE FROM t WHERE id % 5 = 0;
    UPDATE t SET id = id + 100000 WHERE id % 11 = 0;
    INSERT INTO journal SELECT seq, seq FROM seq_1_to_20000"
cdc-tail -q "$server/mariadb-bin.000001" -t 'k\..*' --time isostring \
    --decimal string --tombstones >"$T/stream"
result $? "the stream"
mkdir "$T/topics"
cdc-format --to kcat --drop-headers --split "$T/topics" <"$T/stream" \
    2>"$T/err"
result $? "as kcat reads it" || sed 's/^/# /' "$T/err"
for table in t journal; do
	kcat -q -b "$kafka" -P -t "mariadb.k.$table" -K "$(printf '\t')" -Z \
	    <"$T/topics/k.$table.kcat"
	result $? "kcat fills a topic: k.$table"
	topic "mariadb.k.$table" >"$T/got"
	with_lengths <"$T/topics/k.$table.kcat" >"$T/want"
	same "$T/got" "$T/want" "which has $(wc -l <"$T/want") messages, as they were"
done
# without a key, and escapes of what would separate messages
value='{"before":null,"after":{"a":"\t\u0000\r\n"},"source":{"db":"d","table":"t"},"op":"c"}'
key='{"a":"\t\n\\N"}'
printf '%s\n' '{"topic":"m.d.t","key":null,"payload":'"$value}" \
    '{"topic":"m.d.t","key":'"$key"',"payload":null}' |
    cdc-format --to kcat >"$T/lines"
kcat -q -b "$kafka" -P -t m.d.t -K "$(printf '\t')" -Z <"$T/lines"
topic m.d.t >"$T/got"
printf '%s\n' "-1 ${#value} 	$value" "${#key} -1 $key	" >"$T/want"
same "$T/got" "$T/want" "no key is null, and what is escaped stays so"

# Each reader is killed after a while, until one has come to the end.
partitions='mariadb.k.t:0 mariadb.k.t:1 mariadb.k.t:2 mariadb.k.journal:0
    mariadb.k.journal:1 mariadb.k.journal:2'
killed=0
while [ $killed -lt "$kills" ]; do
	for each in $partitions; do
		mkfifo "$T/pipe"
		read_partition "${each%:*}" "${each#*:}" >"$T/pipe" \
		    2>/dev/null &
		reader=$!
		apply_lines --batch 200 <"$T/pipe" 2>/dev/null &
		applier=$!
		sleep "0.$((killed * 7 % 9 + 1))"
		kill -KILL $applier $reader 2>/dev/null
		wait $applier $reader 2>/dev/null
		rm "$T/pipe"
		killed=$((killed + 1))
	done
done
stored=$(show_state | jq -s 'map(.offset // 0) | add')
for each in $partitions; do
	read_partition "${each%:*}" "${each#*:}" -e |
	    apply_lines 2>"$T/err"
	result $? "$each to its end" || sed 's/^/# /' "$T/err"
done
is "$(mariadb_sql "$to" -N -e 'CHECKSUM TABLE k.t')" \
    "$(mariadb_sql "$server" -N -e 'CHECKSUM TABLE k.t')" \
    "$killed kills, the last begins behind $stored records: the same rows"
is "$(mariadb_sql "$to" -N -e 'SELECT COUNT(*), COUNT(DISTINCT id), SUM(v)
    FROM k.journal')" "$(mariadb_sql "$server" -N -e 'SELECT COUNT(*),
    COUNT(*), SUM(v) FROM k.journal')" "nothing lost, nothing twice"
is "$(show_state | jq -r 'select(.topic) |
    [.topic, .partition, .offset] | join(" ")' | sort)" \
    "$(for each in $partitions; do
	echo "${each%:*} ${each#*:} $(kcat -q -b "$kafka" -C -e -t "${each%:*}" \
	    -p "${each#*:}" -o -1 -f '%o')"
    done | sort)" "each partition's last offset is stored"
done_testing
