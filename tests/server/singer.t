#!/bin/sh
# cdc-format --to singer: target-jsonl finds each record valid by its schema and
# stores what it says; target-duckdb has the tables of the server, after a copy
# and a stream that goes on at the target's own state.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"
. "$src/tests/pip.sh"

cleanup() { server_stop; }
targets=$mariadb_cache/singer-1
pip_fetch "$targets" "$src/tests/singer.pip" 2>"$T/err" ||
    skip_all "no targets here: $(tail -n 1 "$T/err")"

# ---- every type
printf '{"destination_path":"%s","do_timestamp_file":false}' "$T/jsonl" \
    >"$T/jsonl.json"
# usage: values FILE…   rows of a stream, or of a file for each; numbers exactly
values() { python3 -c '
import json, os, sys
from decimal import Context, Decimal
exact = Context(prec=2000)
number = lambda text: "number " + str(Decimal(text).normalize(exact))
for name in sys.argv[1:]:
    for line in open(name, encoding="utf-8"):
        row = json.loads(line, parse_float=number, parse_int=number)
        stream = os.path.basename(name)[:-6]
        if row.get("type") == "RECORD":
            stream, row = row["stream"], row["record"]
        elif "type" in row and "stream" in row or row.get("type") == "STATE":
            continue
        print(json.dumps([stream, row], sort_keys=True))' "$@" | sort; }
cases='ddl ecommerce-xa names sequence sysver types-bin types-charsets
    types-compressed types-enum types-gen types-geo types-inet types-int
    types-json types-num types-text types-time types-uuid types-vector
    types-zerodate wide'
for modes in '' '--decimal precise --time connect' \
    '--decimal numeric --time isostring --binary hex --json embed'; do
	rm -rf "$T/jsonl" "$T/lines"
	mkdir "$T/jsonl"
	for case in $cases; do
		# shellcheck disable=SC2086
		cdc-tail -q --on-error warn --control --transactions $modes \
		    --exclude-table 'zz_sentinel\..*' \
		    "$src/tests/conformance/data/$case/binlog.000001" \
		    2>/dev/null |
		    cdc-format -q --to singer >>"$T/lines" 2>"$T/err" ||
		    result 1 "$case $modes: $(cat "$T/err")"
	done
	"$targets/bin/target-jsonl" -c "$T/jsonl.json" <"$T/lines" \
	    >"$T/state" 2>"$T/err" ||
	    result 1 "target-jsonl: $(tail -n 1 "$T/err")"
	values "$T/lines" >"$T/want"
	values "$T/jsonl"/* >"$T/got"
	same "$T/got" "$T/want" "${modes:-modes of cdc-tail}: $(wc -l <"$T/want") rows"
	is "$(tail -n 1 "$T/state" | jq -c .)" \
	    "$(grep '"STATE"' "$T/lines" | tail -n 1 | jq -c .value)" \
	    "and the last state"
done

# ---- tables of a server
sql() { mariadb_sql "$server" "$@"; }
from_server() { "$@" -q -S "$server/sock" -u root \
    -t 'd\..*'; }
printf '{"path":"%s","database":"duck","filepath":"%s","default_target_schema":"main","hard_delete":true}' \
    "$T/duck.db" "$T/duck.db" >"$T/duck.json"
to_duck() {
	cdc-format --to singer >"$T/lines" 2>"$T/err" || explain "cdc-format"
	"$targets/bin/target-duckdb" -c "$T/duck.json" <"$T/lines" \
	    >"$T/states" 2>"$T/log" || explain "$(tail -n 1 "$T/log")"
	tail -n 1 "$T/states" | jq -c .bookmarks.binlog >"$T/state"
}
in_duck() { "$targets/bin/python" -c '
import duckdb, sys
for row in duckdb.connect(sys.argv[1]).execute(sys.argv[2]).fetchall():
    print("\t".join("NULL" if v is None else str(v) for v in row))' \
    "$T/duck.db" "$1"; }
t='SELECT id, v, big, n, dt, day FROM'
k='SELECT a, b, v FROM'
# usage: check_tables NAME
check_tables() {
	sql -N -e "$t d.t ORDER BY id; $k d.k ORDER BY a, b" >"$T/want"
	{ in_duck "$t t ORDER BY id" && in_duck "$k k ORDER BY a, b"; } >"$T/got"
	same "$T/got" "$T/want" "$version: $1"
}

for version in $mariadb_versions; do
	if ! mariadb_have $version; then
		skip "$version" "no MariaDB $version here"
		continue
	fi
	rm -f "$T/duck.db"
	server_start $version "$T/$version" --log-bin=b --binlog-format=ROW \
	    --binlog-row-metadata=FULL || continue
	sql -e "CREATE DATABASE d;
	    CREATE TABLE d.t (id INT PRIMARY KEY, v VARCHAR(50),
		big BIGINT, n DOUBLE, dt DATETIME, day DATE);
	    CREATE TABLE d.k (a INT, b VARCHAR(10), v INT, PRIMARY KEY (a, b));
	    INSERT INTO d.t VALUES (1, 'it''s ü, 😀;|', 1 << 62, 1.5,
		'2026-11-27 10:00:00', '2026-02-28'), (2, NULL, NULL, NULL,
		NULL, NULL), (3, '-', -1, 0.1, '1970-01-01 00:00:01',
		'1000-01-01');
	    INSERT INTO d.k VALUES (1, 'x', 1), (1, 'y', 2), (2, 'x', 3)"
	from_server cdc-snapshot | to_duck
	check_tables "a copy"
	sql -e "UPDATE d.t SET v = 'changed', n = NULL WHERE id = 1;
	    DELETE FROM d.t WHERE id = 2;
	    BEGIN; INSERT INTO d.t (id) VALUES (4); UPDATE d.t SET id = 40
	    WHERE id = 4; COMMIT;
	    UPDATE d.k SET b = 'z' WHERE v = 2;
	    DELETE FROM d.k WHERE v = 3; INSERT INTO d.k VALUES (2, 'x', 4)"
	from_server cdc-tail --state "$T/state" --until now \
	    --transactions | to_duck
	check_tables "a stream that goes on there"
	sql -e "ALTER TABLE d.k ADD w INT; UPDATE d.k SET w = v * 2;
	    INSERT INTO d.t (id, v) VALUES (5, 'five')"
	k='SELECT a, b, v, w FROM'
	from_server cdc-tail --state "$T/state" --until now \
	    --transactions | to_duck
	check_tables "another column"
	sql -e "DELETE FROM d.t; DELETE FROM d.k WHERE v <> 1"
	# which target-duckdb passes over
	from_server cdc-snapshot | cdc-format --to singer >"$T/lines"
	is "$(jq -r 'select(.type == "ACTIVATE_VERSION").stream' "$T/lines" |
	    sort | tr '\n' ' ')" 'd-k d-t ' \
	    "$version: a copy of one row and of none takes older ones away"
	k='SELECT a, b, v FROM'
	server_stop
done
done_testing
