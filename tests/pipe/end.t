#!/bin/sh
# How a program ended is said in its stream, and comes down it.
. "$(dirname "$0")/../lib.sh"

log=$src/examples/data/mariadb-bin.000001
# usage: end    what the last line of $T/out says
end() { tail -n 1 "$T/out" | jq -c '.payload | keys, .end'; }
ends() { grep -c '"end":{"status"' "$T/out"; }

run cdc-tail --control "$log"
exits 0 "no error"
is "$(ends)" 0 "… and nothing is said of an end"
run cdc-tail "$log" "$T/none"
exits 78 "a file that is not there"
is "$(ends)" 0 "without --control nothing is said"
run cdc-tail --control "$log" "$T/none"
exits 78 "a file that is not there, --control"
is "$(end)" '["end","ts_ms"]
{"status":78}' "… its status"
is "$(jq -r 'select(.payload.beat == "last") | 1' "$T/out")" "" \
    "… and no last heartbeat"
cp "$T/out" "$T/failed"
run cdc-tail --control --topic-prefix 'a"b' "$T/none"
is "$(jq -r '.topic, .key.serverName' "$T/out")" '__debezium-heartbeat.a"b
a"b' "under the prefix"
head -c 4000 "$log" >"$T/cut"
run cdc-tail --control "$T/cut"
is "$(jq -r '.payload.end.status // empty' "$T/out")" "$status" \
    "a log that is cut: its status"
run cdc-tail --control --where nonsense "$log"
exits 64 "a bad option"
is "$(wc -c <"$T/out")" 0 "… prints nothing"
(ulimit -f 1; trap '' XFSZ; cdc-tail --control "$log") >"$T/out" 2>"$T/err"
is $? 74 "what cannot be written"
is "$(ends)" 0 "… says nothing more"

for filter in "cdc-filter" "cdc-filter --op d" "cdc-filter -t shop\\.none" \
    "cdc-filter --exclude-column .*\\.status" "cdc-unwrap" \
    "cdc-mask --redact .*\\.status=x" "cdc-outbox -t shop\\.x"; do
	set -f
	run_on "$T/failed" $filter -q
	set +f
	exits 0 "$filter"
	is "$(tail -n 1 "$T/out")" "$(tail -n 1 "$T/failed")" \
	    "… passes it as it is"
done
{ head -n 5 "$T/failed"; echo nonsense; tail -n 1 "$T/failed"; } >"$T/in"
for filter in cdc-filter 'cdc-mask --null .*\.x'; do
	run_on "$T/in" $filter -q
	exits 65 "a filter that fails itself"
	is "$(end)" '["end","ts_ms"]
{"status":65}' "… says so"
	is "$(ends)" 1 "… once"
done
grep -v '"beat"' "$T/failed" | grep -v '"end"' >"$T/in"
echo nonsense >>"$T/in"
run_on "$T/in" cdc-filter
exits 65 "… in a stream without heartbeats"
is "$(ends)" 0 "… nothing is said"
echo '{"topic":"m.d.t","key":{"id":1},"payload":{"ts_ms":1,"end":{"status":78}}}' \
    >"$T/in"
run_on "$T/in" cdc-filter -t 'd\.t'
exits 0 "a row that looks like it"
same "$T/out" "$T/in" "… is a row"
done_testing
