#!/bin/sh
# A failover: A is replicated by B, B becomes the source, and A again.  A
# position of the one goes on at the other, and what comes is what a native
# replica has.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() {
	for dir in "$T"/*-[abct]; do
		[ ! -d "$dir" ] || mariadb_stop "$dir"
	done
}
sql() { mariadb_sql "$T/$v-$1" -e "$2"; }
value() { mariadb_sql "$T/$v-$1" -N -e "$2"; }

# usage: up NAME NUMBER
up() {
	eval "port_$1=$(free_port)"
	eval "port=\$port_$1"
	mariadb_start $v "$T/$v-$1" --server-id="$2" --skip-networking=0 \
	    --bind-address=127.0.0.1 --port="$port" --log-slave-updates \
	    --gtid-strict-mode=OFF --skip-slave-start
}

# usage: follow SERVER SOURCE   natively, from where it is
follow() {
	eval "port=\$port_$2"
	sql "$1" "STOP SLAVE; CHANGE MASTER TO MASTER_HOST='127.0.0.1',
	    MASTER_PORT=$port, MASTER_USER='root',
	    MASTER_USE_GTID=slave_pos; START SLAVE"
}

# usage: caught_up SERVER SOURCE
caught_up() {
	is "$(value "$1" "SELECT MASTER_GTID_WAIT('$(value "$2" \
	    'SELECT @@gtid_binlog_pos')', 60)")" 0 "$v: $1 has all of $2"
}

# usage: carry SERVER ORDER   what is new of it, to the target
carry() {
	file=$T/$v-$2.pos
	timeout 60 cdc-tail -q -S "$T/$v-$1/sock" -t 'd\..*' --control \
	    --gtid-order "$2" --state "$file" --from earliest --until now \
	    2>"$T/err" >"$T/stream"
	status=$?
	exits 0 "$v: $2: cdc-tail of $1"
	run_on "$T/stream" cdc-apply -q -S "$T/$v-t/sock" --name "$2" \
	    --state "$file" --gtid-order "$2" --map "d\.(.*)=$2.\$1"
	exits 0 "$v: $2: cdc-apply"
}

rows() { value "$1" "SELECT * FROM $2.t ORDER BY id; SELECT * FROM $2.s"; }

# usage: both SERVER WHEN   the stream in both orders, against the replica
both() {
	caught_up c "$1"
	rows c d >"$T/want"
	for order in strict arrival; do
		carry "$1" $order
		rows t $order >"$T/got"
		same "$T/got" "$T/want" "$v: $order: $2: as the replica has it"
	done
}

# usage: turn NEW OLD   the old one's changes are all there, and it follows
turn() {
	caught_up "$1" "$2"
	sql "$1" 'STOP SLAVE; RESET SLAVE ALL'
}

# What a key-less table and an UPDATE show: each change once.
work() {
	sql "$1" "INSERT INTO d.t (v) VALUES ($2), ($2 + 1);
	    UPDATE d.t SET v = v + 1; INSERT INTO d.s VALUES ($2);
	    DELETE FROM d.t WHERE v % 7 = 0;
	    BEGIN; INSERT INTO d.t (v) VALUES ($2 + 50);
	    INSERT INTO d.s VALUES ($2 + 1); COMMIT"
}

for v in $mariadb_versions; do
	mariadb_have $v || { skip "$v" "not installed"; continue; }
	up a 1 && up b 2 && up c 3 && up t 9 || {
		result 1 "$v: servers"
		continue
	}
	for order in strict arrival; do
		sql t "CREATE DATABASE $order;
		CREATE TABLE $order.t (id INT PRIMARY KEY, v INT);
		CREATE TABLE $order.s (n INT)"
	done
	follow b a
	follow c a
	sql a 'CREATE DATABASE d; CREATE TABLE d.t (id INT AUTO_INCREMENT
	    PRIMARY KEY, v INT); CREATE TABLE d.s (n INT)'
	work a 100
	both a "the first source"
	work a 200
	turn b a
	work b 300
	follow c b
	both b "after the failover"
	sql a "SET GLOBAL gtid_slave_pos = '$(value a \
	    'SELECT @@gtid_binlog_pos')'"
	follow a b
	work b 400
	turn a b
	work a 500
	follow c a
	both a "and back"
	# a ring: each logs what the other wrote, and both write
	follow a b
	follow b a
	for n in 600 700 800; do
		sql a "INSERT INTO d.s VALUES ($n)"
		caught_up b a
		sql b "INSERT INTO d.s VALUES ($n + 1)"
		caught_up a b
	done
	both a "a ring"
	sql a "INSERT INTO d.s VALUES (900)"
	caught_up b a
	both b "a ring, at its other server"
	cleanup
	rm -rf "$T"/*-[abct]
done
done_testing
