#!/bin/sh
# A first copy under a write load whose every part is killed again and again:
# cdc-snapshot, cdc-apply, the source, the target.  Each time it is taken up
# where it was; behind the stream both sides are equal, also a table with a
# second unique key whose values are swapped meanwhile.
# COPY_KILLS=20 COPY_ROWS=400000 is a long one (make soak).
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"
. "$src/tests/storm.sh"
kills=${COPY_KILLS:-6}
rows=${COPY_ROWS:-60000}
v=11.8
cleanup() { storm_stop; }

# Rows come, change and go everywhere; two of u swap their values.
write() {
	n=$1
	id=$((n * 7919 % rows + 1))
	echo "BEGIN; UPDATE p SET v = 'u$n' WHERE id = $id;
	    DELETE FROM p WHERE id = $((n * 104729 % rows));
	    INSERT INTO p VALUES ($((rows + n)), 'new');
	    UPDATE s SET k = CONCAT(k, 'x') WHERE v = $id;
	    COMMIT;"
	swap_u $id
}

is_whole() { jq -e '.snapshot | objects | has("table") | not' "$T/pos" \
    >/dev/null 2>&1 || jq -e '.snapshot == null' "$T/pos" >/dev/null 2>&1; }

copy() {
	rm -f "$T/pipe"
	mkfifo "$T/pipe"
	cdc-snapshot -q -S "$from/sock" -u root -t 't\..*' --time string \
	    --state "$T/pos" --throttle $((rows / 2)) >"$T/pipe" \
	    2>>"$T/copy.err" &
	echo $! >"$T/copy.pid"
	cdc-apply -q -S "$to/sock" -u root --state "$T/pos" \
	    --retry-delay 10ms --retry-delay-max 100ms <"$T/pipe" \
	    2>>"$T/apply.err" &
	echo $! >"$T/apply.pid"
}

end_copy() {
	wait "$(cat "$T/apply.pid")" 2>/dev/null
	wait "$(cat "$T/copy.pid")" 2>/dev/null
}

mariadb_have "$v" || skip_all "no MariaDB $v here"
mariadb_start "$v" "$T/from" $durable && from=$T/from
mariadb_start "$v" "$T/to" --server-id=2 $durable && to=$T/to
for s in "$from" "$to"; do
	mariadb_sql "$s" -e 'CREATE DATABASE t; USE t;
	    CREATE TABLE p (id INT PRIMARY KEY, v VARCHAR(20));
	    CREATE TABLE s (k VARCHAR(90) PRIMARY KEY, v INT, KEY (v));
	    CREATE TABLE u (id INT PRIMARY KEY, k INT UNIQUE)'
done
mariadb_sql "$from" -D t -e "
    INSERT INTO p SELECT seq, seq FROM seq_1_to_$rows;
    INSERT INTO s SELECT MD5(seq), seq FROM seq_1_to_$rows;
    INSERT INTO u SELECT seq, seq FROM seq_1_to_$rows"
write_on write &
load=$!
copy
killed=0
steps=
while [ $killed -lt "$kills" ]; do
	sleep "0.$((killed * 7 % 8 + 2))"
	! is_whole || break
	killed=$((killed + 1))
	kill_next $killed copy
	end_copy
	steps="$steps $(jq -r '.snapshot.rows // 0' "$T/pos" 2>/dev/null)"
	copy
done
echo "# taken up at$steps rows"
for _ in $(seq 100); do
	end_copy
	! is_whole || break
	copy
done
is_whole
result $? "a copy of $((3 * rows)) rows, killed $killed times, is whole" ||
    sed 's/^/# /' "$T/copy.err" "$T/apply.err" | tail -n 12
touch "$T/enough"
wait $load 2>/dev/null
load=
cdc-tail -q -S "$from/sock" -u root -t 't\..*' --time string --until now \
    --state "$T/pos" 2>"$T/tail.err" |
    cdc-apply -q -S "$to/sock" -u root --state "$T/pos" 2>"$T/err"
result $? "the stream behind it" || sed 's/^/# /' "$T/err" "$T/tail.err"
for table in p s u; do
	same_table "$table"
done
done_testing
