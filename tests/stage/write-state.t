#!/bin/sh
# cdc-tail --write-state: how far a run came, for the next one.
. "$(dirname "$0")/../lib.sh"

one=$src/examples/data/mariadb-bin.000001
two=$src/examples/data/mariadb-bin.000002
pos=$T/pos
state() { jq -c "$1" "$pos"; }
ids() { grep -o '"transaction":{"id":"[^"]*","total_order":[0-9]*' "$1"; }

cdc-tail "$one" "$two" | still >"$T/all"
run cdc-tail --from earliest --state "$pos" --write-state "$pos" "$one" "$two"
exits 0 "a first run"
is "$(grep -c beat "$T/out")" 0 "prints no heartbeats, for no sink reads them"
still <"$T/out" >"$T/got"
same "$T/got" "$T/all" "but everything else"
is "$(state '[.version, .name, .gtid, .file, .partial]')" \
    '[1,"mariadb","1-1-21","mariadb-bin.000002",null]' "its end is kept"
cdc-tail --control "$one" "$two" | tail -n 1 >"$T/beat"
is "$(state '[.gtid, .file, .pos, .filter]')" "$(jq -c '.payload |
    [.gtid, .file, .pos, .filter]' "$T/beat")" "as the last heartbeat has it"
before=$(state 'del(.ts_ms)')
run cdc-tail --from earliest --state "$pos" --write-state "$pos" "$one" "$two"
exits 0 "a second run"
out_is "" "has nothing new"
is "$(state 'del(.ts_ms)')" "$before" "and stands where it stood"

# From transaction to transaction: the runs together are one run.
rm "$pos"
: >"$T/out"
for i in $(seq 1 21); do
	cdc-tail --from earliest --state "$pos" --write-state "$pos" \
	    --until 1-1-$i "$one" "$two" >>"$T/out"
done
still <"$T/out" >"$T/got"
same "$T/got" "$T/all" "21 runs, a transaction each: once each"

# One record at a time: what --count cut comes again, nothing is left out.
rm "$pos"
run cdc-tail --count 0 --write-state "$pos" "$one"
exits 0 "count 0"
out_is "" "prints nothing"
is "$(state '[.gtid, .partial]')" '["",null]' "and is nowhere"
big=$(jq -s 'group_by(.payload.transaction.id) | max_by(length) |
    [.[0].payload.transaction.id, length] | .[]' "$T/all" | tr -d '"')
result $(($(echo "$big" | tail -n 1) < 2)) "a transaction of several records"
id=$(echo "$big" | head -n 1)
run cdc-tail --from "1-1-$((${id##*-} - 1))" --count 1 --write-state "$pos" \
    "$one" "$two"
exits 0 "count ends inside it"
is "$(state '[.gtid, .partial]')" \
    "[\"1-1-$((${id##*-} - 1))\",{\"gtid\":\"$id\",\"total_order\":1}]" \
    "it is partly done"
err_like "ended inside transaction $id: the next run prints it again" "said"
run cdc-tail --state "$pos" --write-state "$pos" "$one" "$two"
is "$(ids "$T/out" | head -n 1)" \
    "\"transaction\":{\"id\":\"$id\",\"total_order\":1" \
    "it is whole in the next run"
run cdc-tail --from "1-1-$((${id##*-} - 1))" --write-state "$pos" \
    --count "$(echo "$big" | tail -n 1)" "$one" "$two"
is "$(state '[.gtid, .partial]')" "[\"$id\",null]" \
    "count ends with it: it is done"

# What has not left is not done.
rm "$pos"
status=0
cdc-tail --write-state "$pos" "$one" >/dev/full 2>"$T/err" || status=$?
exits 74 "a full disk: 74"
[ ! -e "$pos" ]
result $? "no state"
cdc-tail --write-state "$pos" "$one" "$one" "$two" 2>"$T/err" | head -n 0
[ ! -e "$pos" ]
result $? "a reader that is gone: no state"
run cdc-tail --write-state "$pos" "$two" "$one"
exits 65 "an error"
[ ! -e "$pos" ]
result $? "no state"
run cdc-tail --write-state "$T/none/pos" "$one"
exits 74 "a state that cannot be written: 74"
err_like "$T/none/pos" "its name"

# One at a time.
hold_lock "$pos.lock"
run cdc-tail --write-state "$pos" "$one"
exits 75 "another one writes it: 75"
out_is "" "before anything is printed"
kill $holder
rm -f "$pos.lock"

# Signals.
ended_by() {
	rm -f "$pos"
	mkfifo "$T/log"
	: >"$T/out"
	perl -e '$SIG{INT} = "DEFAULT"; exec @ARGV' cdc-tail \
	    --write-state "$pos" - <"$T/log" >"$T/out" 2>"$T/err" &
	tail=$!
	exec 8>"$T/log"
	cat "$one" >&8
	wait_for "$T/out" '"id":"1-1-18"'
	kill -"$1" $tail
	status=0
	wait $tail || status=$?
	exec 8>&-
	rm "$T/log"
}
ended_by TERM
exits 0 "SIGTERM: 0"
is "$(state .gtid)" '"1-1-18"' "and a state"
ended_by INT
exits 130 "SIGINT: no good end"
[ ! -e "$pos" ]
result $? "no state"

run cdc-tail --write-state "$pos" "$src"/tests/data/mysql/*.00000*
exits 64 "transactions without a MariaDB GTID: 64"
err_like 'has none' "said"

# The manual's form for a program of one's own: what it failed at comes again.
cat >"$T/form" <<'SH'
rm -f pos.next
cdc-tail --state pos --from earliest --write-state pos.next \
    "$@" | $PROGRAM && mv pos.next pos
SH
cd "$T" || exit 1
rm -f pos
export PROGRAM
PROGRAM='cat'
sh form --until 1-1-7 "$one" >"$T/out"
PROGRAM='false'
sh form "$one" "$two" >/dev/null 2>&1
PROGRAM='cat'
sh form "$two" "$one" >"$T/part" 2>/dev/null   # a failure: wrong order
result $(($? == 0)) "the form fails where cdc-tail does"
is "$(state .gtid)" '"1-1-7"' "and the position stays"
sh form "$one" "$two" >>"$T/out"
still <"$T/out" >"$T/got"
same "$T/got" "$T/all" "a program that failed gets the same again"
done_testing
