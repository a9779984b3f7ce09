#!/bin/sh
# Filters read what a string says, however another program wrote it: with
# every character as \uXXXX, or some strings so and others not, the same records
# pass, and jq sees the same.  So it is with every option that takes a name.
. "$(dirname "$0")/../lib.sh"

cdc-tail -q --control --tombstones --from earliest \
    "$src/examples/data/mariadb-bin.000001" \
    "$src/examples/data/mariadb-bin.000002" >"$T/plain"
for how in escape mix; do
	python3 "$src/tests/server/pipes.py" reshape $how <"$T/plain" >"$T/$how"
done

# what is JSON in a string, as cdc-audit has rows, says the same
say='walk(if type == "string" then (fromjson? // .) else . end)'
# usage: alike TOOL [OPTION]…   something passes, and it is the same
alike() {
	for how in plain escape mix; do
		"$@" -q <"$T/$how" 2>"$T/$how.err" | jq -S "$say" >"$T/$how.out"
		[ -s "$T/$how.out" ] || echo "nothing passes: $how" >>"$T/$how.err"
	done
	cat "$T/plain.err" >"$T/err"
	is "$(cat "$T/err")" "" "$*: something passes"
	same "$T/escape.out" "$T/plain.out" "$*: escaped"
	same "$T/mix.out" "$T/plain.out" "$*: escaped or not"
}
alike cdc-filter --op u,d
alike cdc-filter -t 'shop\.customers'
alike cdc-filter --exclude-column 'shop\.customers\.email'
alike cdc-filter --where 'name~^A'
alike cdc-filter --include-db shop
alike cdc-unwrap
alike cdc-unwrap --add-fields op,source.gtid --deletes rewrite
alike cdc-route 'mariadb\.(.*)' 'x.$1'
alike cdc-audit

# Names that are not ASCII, and some that look like escapes: of three columns
# one is called as another is written.
perl -I"$src/tests" -MBinlog -e 'my $log = Binlog->new;
    my @table = (1, "dä", "t\\u0061b", "\3\3\3\3\3", "",
	Binlog::names("aä", "a\\u00e4", "\"\\/", "a", "op") .
	Binlog::metadata(8, "\0\1"));
    my $row = sub { "\xE0" . pack "V5", @_ };
    $log->gtid->map(@table)->rows(1, 5, $row->(1, 2, 3, 4, 5))->xid;
    $log->gtid->map(@table)->event("update", Binlog::rows_body(1, 5,
	"\xFF" . $row->(1, 2, 3, 4, 5) . $row->(1, 2, 7, 4, 6)))->xid;
    $log->gtid->map(@table)->rows(1, 5, $row->(8, 8, 8, 8, 8))->xid;
    $log->write(shift)' "$T/log" || result 1 "a log is written"
cdc-tail -q --control "$T/log" >"$T/plain"
for how in escape mix; do
	python3 "$src/tests/server/pipes.py" reshape $how <"$T/plain" >"$T/$how"
done
is "$(jq -c 'select(.payload.op) | [.key, .payload.after]' "$T/mix" |
    head -n 1)" \
    '[{"aä":1,"a\\u00e4":2},{"aä":1,"a\\u00e4":2,"\"\\/":3,"a":4,"op":5}]' \
    "the names are these"
# usage: of_column NAME REGEX VALUE   options that name this one
of_column() {
	alike cdc-filter --exclude-column "dä\\.t\\\\u0061b\\.$2"
	alike cdc-filter --where "$1=$3"
	is "$(grep -c '"op": "[cud]"' "$T/plain.out")" 2 "… of its column alone"
	alike cdc-unwrap --drop-fields "$1" --drop-fields-from-key
	is "$(jq -r '.payload | select(has("a") or has("op")) | keys |
	    length' "$T/mix.out" | sort -u)" 4 "… of five one"
	alike cdc-unwrap --route-by-field "$1"
}
of_column 'aä' 'aä' 1
of_column 'a\u00e4' 'a\\u00e4' 2
of_column '"\/' '"\\/' 3
of_column a a 4
of_column op op 5
alike cdc-filter --include-column 'dä\.t\\u0061b\.(a.*)'
alike cdc-filter --where 'a\u00e4~.'
alike cdc-unwrap --add-fields 'before.x:ä-,source.db:\u00e4'
alike cdc-unwrap --add-headers 'source.db:"\/'
alike cdc-route --key-field '\u00e4' '(.*)' 'x.$1'
alike cdc-filter --include-db 'dä'
alike cdc-filter -t 'dä\.t\\u0061b'
alike cdc-filter --exclude-table 'dä\.tab' -v
alike cdc-filter --skip-unchanged --exclude-column 'dä\.t\\u0061b\.("\\/|op)'
alike cdc-unwrap --drop-fields-header drop
alike cdc-audit
jq -c 'select(.payload.op) | .payload.after.changed_fields' "$T/mix.out" |
    sort -u >"$T/changed"
is "$(cat "$T/changed")" '["\"\\/","op"]
null' "what changed are the columns that changed"
same "$T/mix.out" "$T/plain.out" "however they are written"
for how in plain escape mix; do
	run_on "$T/$how" cdc-filter --include-db d
	is "$(jq -c '.payload | select(.op)' "$T/out")" "" \
	    "$how: the list of another name lets nothing pass"
done

# a list that a header has
jq -c 'select(.payload.op) | .headers = {"drop": ["aä", "a"]}' "$T/plain" \
    >"$T/listed"
for how in plain escape mix; do
	python3 "$src/tests/server/pipes.py" reshape $how <"$T/listed" |
	    cdc-unwrap --drop-fields-header drop |
	    jq -c '.payload | keys' | sort -u >"$T/keys"
	is "$(cat "$T/keys")" '["\"\\/","a\\u00e4","op"]' \
	    "$how: what a header names is dropped"
done
done_testing
