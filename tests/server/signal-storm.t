#!/bin/sh
# Tables are copied while the stream runs, under a write load, onto a replica
# that is empty, or whose rows are wrong; every part is killed again and again:
# cdc-tail, cdc-apply, the source, the target.  When no copy is left both sides
# are equal: with partial row images, keys that move, and a second unique key
# whose values are swapped.
# SIGNAL_KILLS=20 SIGNAL_ROWS=50000 is a long one (make soak).
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"
. "$src/tests/storm.sh"
kills=${SIGNAL_KILLS:-5}
rows=${SIGNAL_ROWS:-10000}
v=11.8
tables='p s u c g'
cleanup() { storm_stop; }

# Rows come, change, move and go everywhere, each of them seldom: what a copy
# gets wrong stays wrong.  Two of u swap their values.
write() {
	n=$1
	id=$((n * 7919 % rows + 1))
	echo "BEGIN; UPDATE p SET v = 'u$n' WHERE id = $id;
	    UPDATE p SET w = $n WHERE id = $((n * 3163 % rows));
	    DELETE FROM p WHERE id = $((n * 104729 % rows));
	    INSERT INTO p VALUES ($((rows + n)), 'new', $n);
	    UPDATE s SET k = CONCAT(k, 'x') WHERE v = $id;
	    UPDATE c SET a = a + 1 WHERE a = $((id % 100))
	    ORDER BY b DESC LIMIT 2;
	    UPDATE g SET v = $n WHERE n = $id;
	    COMMIT;"
	swap_u $id
}

pipeline() {
	rm -f "$T/pipe"
	mkfifo "$T/pipe"
	cdc-tail -q -S "$from/sock" -u root -t 't\..*' --time string \
	    --signal x.signals --chunk-size 300 --from "$begin" \
	    --retry-delay 10ms --retry-delay-max 100ms \
	    --state "$T/pos" >"$T/pipe" 2>>"$T/tail.err" &
	echo $! >"$T/tail.pid"
	cdc-apply -q -S "$to/sock" -u root --state "$T/pos" \
	    --retry-delay 10ms --retry-delay-max 100ms <"$T/pipe" \
	    2>>"$T/apply.err" &
	echo $! >"$T/apply.pid"
}

end_pipeline() {
	kill "$(cat "$T/tail.pid")" 2>/dev/null
	wait "$(cat "$T/apply.pid")" 2>/dev/null
	wait "$(cat "$T/tail.pid")" 2>/dev/null
}

is_copying() { grep -qs '"incremental":{' "$T/pos"; }

make_tables() {
	mariadb_sql "$1" -e 'CREATE DATABASE t; USE t;
	    CREATE TABLE p (id INT PRIMARY KEY, v VARCHAR(20), w INT);
	    CREATE TABLE s (k VARCHAR(200) PRIMARY KEY, v INT, KEY (v));
	    CREATE TABLE u (id INT PRIMARY KEY, k INT UNIQUE);
	    CREATE TABLE c (a INT, b VARCHAR(20), v INT, PRIMARY KEY (a, b));
	    CREATE TABLE g (id UUID PRIMARY KEY, n INT, v INT, KEY (n))'
}

fill_tables() {
	mariadb_sql "$from" -D t -e "
	    INSERT INTO p SELECT seq, seq, 0 FROM seq_1_to_$rows;
	    INSERT INTO s SELECT MD5(seq), seq FROM seq_1_to_$rows;
	    INSERT INTO u SELECT seq, seq FROM seq_1_to_$rows;
	    INSERT INTO c SELECT seq % 100, seq, seq FROM seq_1_to_$rows;
	    INSERT INTO g SELECT CONCAT(LEFT(MD5(seq), 8), '-1111-1111-8111-',
	    RIGHT(MD5(seq), 12)), seq, 0 FROM seq_1_to_$rows;
	    CREATE DATABASE x; CREATE TABLE x.signals (id VARCHAR(42) PRIMARY
	    KEY, type VARCHAR(32) NOT NULL, data TEXT)"
}

# Reading p and u is slow, so that much happens between watermarks.
ask() {
	mariadb_sql "$from" <<-'SQL'
	INSERT INTO x.signals VALUES ('one', 'execute-snapshot',
	    '{"data-collections": ["t\\\\.[psu]"], "additional-conditions":
	    [{"data-collection": "t.[pu]",
	    "filter": "id % 50 > 0 OR SLEEP(0.02) = 0"}]}'),
	    ('two', 'execute-snapshot',
	    '{"data-collections": ["t.c", "t.g"]}');
	SQL
}

# Rows that are wrong, in the way of others, or not there.
spoil_target() {
	mariadb_sql "$to" -D t -e "
	    INSERT INTO p SELECT seq, 'old', NULL FROM seq_1_to_$rows
	    WHERE seq % 3 = 0;
	    INSERT INTO s SELECT MD5(seq), 0 FROM seq_1_to_$rows
	    WHERE seq % 5 = 0;
	    INSERT INTO u SELECT seq, $rows + 1 - seq FROM seq_1_to_$rows;"
}

storm() {
	killed=0
	while [ $killed -lt "$kills" ]; do
		sleep "0.$((killed * 7 % 8 + 2))"
		is_copying || break
		killed=$((killed + 1))
		kill_next $killed tail
		end_pipeline
		pipeline
	done
}

has_mark() {
	mariadb_sql "$to" -N -e "SELECT 'is there' FROM t.p
	    WHERE id = $mark" | grep -q there
}

# Until no copy is left, and everything that was written is there.
settle() {
	echo "# $(jq -c '.incremental.copies | map({tables, rows})' "$T/pos")"
	mark=2000000000
	for turn in $(seq 1800); do
		if ! kill -0 "$(cat "$T/apply.pid")" 2>/dev/null; then
			end_pipeline
			pipeline
		fi
		is_copying || break
		# writers that outrun the copy are no reason to fail
		[ $turn -ne 300 ] || touch "$T/enough"
		sleep 0.1
	done
	! is_copying
	result $? "$1: killed $killed times, the copies are whole" ||
	    tail -n 5 "$T/tail.err" "$T/apply.err" | sed 's/^/# /'
	touch "$T/enough"
	wait $load 2>/dev/null
	load=
	mariadb_sql "$from" -e "INSERT INTO t.p VALUES ($mark, 'end', 0)"
	eventually has_mark
	end_pipeline
}

# usage: round NAME [spoiled]
round() {
	mariadb_start "$v" "$T/from" $durable $source_options && from=$T/from
	mariadb_start "$v" "$T/to" --server-id=2 $durable && to=$T/to
	make_tables "$from"
	make_tables "$to"
	fill_tables
	[ -z "${2:-}" ] || spoil_target
	begin=$(mariadb_sql "$from" -N -e 'SELECT @@gtid_binlog_pos')
	pipeline
	ask
	eventually is_copying
	rm -f "$T/enough"
	write_on write &
	load=$!
	storm
	settle "$1"
	for table in $tables; do
		same_table "$table" "$1"
	done
	pair_stop
	rm -rf "$T/from" "$T/to" "$T/pos"
}

mariadb_have "$v" || skip_all "no MariaDB $v here"
round "rows that are wrong" spoiled
source_options=--binlog-row-image=MINIMAL
round "partial images"
done_testing
