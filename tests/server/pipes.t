#!/bin/sh
# Tables with hostile names through random pipelines into another server: see
# pipes.py.  PIPES_ROUNDS=1000 PIPES_SEED=7 makes it longer, and another one.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { pair_stop; }

version=11.8
mariadb_have $version || version=10.11
mariadb_have $version || skip_all "no MariaDB here"
mariadb_start $version "$T/from" && from=$T/from ||
    result 1 "the source starts"
[ -z "$from" ] || { mariadb_start $version "$T/to" --server-id=2 &&
    to=$T/to; } || result 1 "the target starts"
if [ -n "$to" ]; then
	# a change of key of which the log holds the key alone, in two lines
	# that do not come together
	one='CREATE DATABASE one; CREATE TABLE one.t (id INT PRIMARY KEY, v INT);'
	mariadb_sql "$to" -e "$one"
	mariadb_sql "$from" -e "$one INSERT INTO one.t VALUES (1, 10);
	    SET binlog_row_image = MINIMAL; UPDATE one.t SET id = 2;"
	cdc-tail -q --control --tombstones --from earliest \
	    "$from/mariadb-bin.000001" >"$T/moved"
	while IFS= read -r line; do
		printf '%s\n' "$line"
		sleep 0.1
	done <"$T/moved" | cdc-apply -q -S "$to/sock" --no-state
	is "$(mariadb_sql "$to" -BNe 'SELECT * FROM one.t' | tr '\t' ' ')" \
	    "2 10" "a key that moves takes its row along, however it comes"
	run python3 "$src/tests/server/pipes.py" run "$from" "$to" \
	    "${CDC_BIN:-$src/src}" "${PIPES_SEED:-1}" "${PIPES_ROUNDS:-12}"
	exits 0 "whatever a pipeline is, its end equals its beginning"
	sed 's/^#*/#/' "$T/out" | cut -c1-1000
fi
done_testing
