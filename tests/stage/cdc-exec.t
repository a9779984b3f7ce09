#!/bin/sh
# cdc-exec: what commands are given, what their ends mean, and that each record
# is done at least once and in the order of its key, whatever is killed.
. "$(dirname "$0")/../lib.sh"

tool_basics cdc-exec
shop=$src/tests/data/shop.jsonl
quick='--retries 2 --retry-delay 10ms --retry-delay-max 20ms'

misused cdc-exec "no command" 'no command'
misused cdc-exec "a folder and a command" 'no command beside' --handlers "$T" -- cat
misused cdc-exec "handlers of transactions" 'per transaction' --handlers "$T" \
    --per transaction
misused cdc-exec "a folder of one program" 'keep-alive' --handlers "$T" --keep-alive
misused cdc-exec "transactions side by side" 'jobs must be 1' --per transaction -j2 \
    -- cat
misused cdc-exec "no jobs" 'jobs must be' -j0 -- cat
misused cdc-exec "no batch" 'batch must be' --batch 0 -- cat
misused cdc-exec "a replay with a position" 'reads no input' --replay-dlq "$T/q" \
    --state "$T/s" -- cat
misused cdc-exec "a placeholder that is none" 'literal' -- echo '{id'

# One row a line: id, value.
# usage: rows 'ID VALUE'…   VALUE is JSON
rows() {
	printf '%s\n' "$@" | while IFS= read -r row; do
		printf '{"topic":"m.d.t","key":{"id":%s},"payload":{"before":null,"after":{"id":%s,"v":%s},"source":{"db":"d","table":"t","gtid":"0-1-9","ts_ms":1},"op":"c"}}\n' \
		    "${row%% *}" "${row%% *}" "${row#* }"
	done >"$T/rows"
}

# ---- what a command is given

run_on "$shop" cdc-exec -- sh -c \
    'echo "$CDC_OP $CDC_DB $CDC_TABLE $CDC_KEY"; cat'
exits 0 "a command for each record"
jq -r 'select(.payload.op) | "\(.payload.op) \(.payload.source |
    "\(.db) \(.table)") \(.key | tojson)"' <"$shop" >"$T/want"
grep '^[a-z] ' "$T/out" >"$T/got"
same "$T/got" "$T/want" "its environment tells operation, database and table"
grep '"op"' "$shop" >"$T/want"
grep '^{' "$T/out" >"$T/got"
same "$T/got" "$T/want" "its input is the line, byte for byte"

hostile='"$(touch '"$T"'/pwned) `id` \u0022 \u0027 \\ ; | & > \n-rf \ud83d\ude00 {id} %s"'
rows "1 $hostile" '2 null' '3 1.10' '4 "--help"' '5 ""'
run_on "$T/rows" cdc-exec -- perl -e \
    'print join("\0", @ARGV), "\0\n"' -- '{v}' 'a{id}b' '{{x}}' '{source.table}'
jq -j '.payload.after | (.v | if . == null then "" elif type == "number" then "1.10"
    else . end), "\u0000a\(.id)b\u0000{x}\u0000t\u0000\n"' <"$T/rows" >"$T/want"
same "$T/out" "$T/want" "each value is part of one argument, whatever it holds"
succeeds "and no shell saw it" test ! -e "$T/pwned"
run_on "$T/rows" cdc-exec --literal -- echo '{id' '{v}'
is "$(sort -u "$T/out")" '{id {v}' "--literal"
run_on "$T/rows" cdc-exec $quick -- echo '{nothing}'
exits 65 "a column that the table has not: 65"
err_like 'line 1 .*d\.t.*nothing' "… which, and where"
rows '1 "a\u0000b"'
run_on "$T/rows" cdc-exec $quick -- echo '{v}'
exits 65 "a NUL is in no argument: 65"
rows "1 \"$(head -c 300000 /dev/zero | tr '\0' x)\""
run_on "$T/rows" cdc-exec $quick -- echo '{v}'
exits 65 "an argument that is too long: 65"
err_like 'Argument list too long' "… and why"
run_on "$T/rows" cdc-exec -- wc -c
is "$(cat "$T/out")" "$(wc -c <"$T/rows")" "its input may be longer"

run_on "$shop" cdc-exec --per batch -- sh -c 'echo $CDC_RECORDS $(wc -l)'
out_is "27 27" "a command for a batch"
run_on "$shop" cdc-exec --per batch --batch 10 -- wc -l
out_is "10
10
7" "of so many records"
run_on "$shop" cdc-exec --per table -- sh -c 'echo $CDC_TABLE $CDC_RECORDS $(wc -l)'
out_is "customers 5 5
products 4 4
orders 8 8
order_items 8 8
sessions 2 2" "for the records of a table"
run_on "$shop" cdc-exec --per transaction -- sh -c 'echo $CDC_GTID $(wc -l)'
jq -r 'select(.payload.op or .payload == null) | .payload.source.gtid // ""' \
    <"$shop" | awk '$1 { gtid = $1 } { n[gtid]++; if ($1) if (!seen[gtid]++)
    order[++k] = gtid } END { for (i = 1; i <= k; i++)
    print order[i], n[order[i]] }' >"$T/want"
same "$T/out" "$T/want" "for each transaction"
run_on "$shop" cdc-exec --per batch --control -- cat
same "$T/out" "$shop" "--control: all lines"

# usage: formats FORMAT [OPTION]…   batches of a format are what cdc-format prints
formats() {
	run_on "$T/formatted" cdc-format --to "$@"
	mv "$T/out" "$T/want"
	run_on "$T/formatted" cdc-exec --per batch --batch 3 --to "$@" -- cat
	exits 0 "--to $1"
	same "$T/out" "$T/want" "is what cdc-format prints"
}
cdc-tail --control --schema-changes \
    "$src/examples/data/mariadb-bin.000001" >"$T/formatted"
for format in canal cloudevents debezium es-bulk maxwell resp; do
	formats $format
done
formats csv --no-header --columns @op,@source.table
for format in csv sql singer maxscale; do
	run_on "$T/formatted" cdc-exec --per batch --to $format -- cat
	exits 64 "--to $format, whose beginning holds for the rest: 64"
done
formats template --template '{op} {source.table|json}'
run_on "$shop" cdc-exec --expire 1h -- cat
exits 64 "an option of a format, and none: 64"
err_like 'needs --to resp' "which"

# A record that cannot be formatted leaves nothing in front of the next one.
grep -v '"beat"' "$T/formatted" | grep '"op":' >"$T/unknown"
rm -f "$T/q"
run_on "$T/unknown" cdc-exec -q --dlq "$T/q" --to template --raw \
    --template '{op}:{source.table}:{nosuch}' -- cat
is "$status $(cat "$T/out") $(wc -l <"$T/q")" \
    "0  $(wc -l <"$T/unknown")" "what cannot be formatted is set aside, whole"
head -n 1 "$T/unknown" >"$T/mixed"
printf '%s\n' '{"topic":"m.d.t","key":{"id":1},"payload":{"before":null,"after":{"id":1,"nosuch":7},"source":{"db":"d","table":"t"},"op":"c"}}' >>"$T/mixed"
rm -f "$T/q"
run_on "$T/mixed" cdc-exec --dlq "$T/q" --to template --raw \
    --template '{op}:{source.table}:{nosuch}' -- cat
out_is "c:t:7" "and nothing of it is given"
err_like "1 record set aside in $T/q: --replay-dlq" "how many is told at the end"
# Modes are kept for the replay, columns come from --schema.
rm -f "$T/q"
run_on "$T/formatted" cdc-exec -q --dlq "$T/q" --per batch --to resp -- \
    sh -c 'exit 65'
run cdc-exec --replay-dlq "$T/q" --to resp --schema "$T/formatted" -- cat
exits 0 "a replay in a format"
cdc-format --to resp <"$T/formatted" >"$T/want"
same "$T/out" "$T/want" "gives the same"

# ---- what its end means

# usage: ends STATUS NAME COMMAND…   of a command for the first record
rows '1 1' '2 2'
ends() {
	want=$1
	name=$2
	shift 2
	run_on "$T/rows" cdc-exec $quick "$@"
	exits "$want" "$name: $want"
}
ends 0 "a command that does not read" -- true
ends 75 "one that fails" -- false
err_like 'attempt 2 of 3, next in 0\.0[0-9]* s' "it is tried again"
err_like 'exit status 1' "… and what it ended with"
ends 65 "bad input" -- sh -c 'exit 65'
is "$(grep -c attempt "$T/err")" 0 "it is not tried again"
err_like 'line 1 \(0-1-9, d\.t\)' "… which record"
ends 78 "one that is not there" -- "$T/nowhere"
err_like "cannot execute $T/nowhere: No such file" "… which"
ends 78 "one whose interpreter finds nothing" -- sh -c 'exit 127'
ends 75 "one that is killed" -- sh -c 'kill -9 $$'
err_like 'killed by signal 9 ' "… by what"
ends 75 "one that hangs" --timeout 100ms --retries 0 -- sleep 60
err_like 'more than 0.100 s' "… for how long"
ends 75 "and what it started" --timeout 100ms --retries 0 -- sh -c \
    "sleep 60 & echo \$! >$T/left; wait"
eventually sh -c "! kill -0 $(cat "$T/left") 2>/dev/null"
ends 0 "one that leaves others running" -- sh -c \
    "sleep 1 </dev/null >/dev/null 2>&1 &"
rows "1 \"$(head -c 3000000 /dev/zero | tr '\0' x)\""
ends 0 "one that closes its input" -- sh -c 'exec <&-; exit 0'
ends 75 "one that reads a little, and fails" -- sh -c 'head -c1; exit 3'
ends 0 "one that writes much" -- sh -c 'head -c 5000000 /dev/zero; cat'
is "$(wc -c <"$T/out")" $((5000000 + $(wc -c <"$T/rows"))) "… all of it"

# ---- handlers

mkdir "$T/handlers"
# usage: handler NAME [COMMAND]
handler() {
	printf '#!/bin/sh\n%s\n' "${2:-echo $1 \$CDC_TABLE \$(wc -l)}" \
	    >"$T/handlers/$1"
	chmod +x "$T/handlers/$1"
}
handler shop.customers
handler orders
handler before-start 'echo start'
handler before-exit 'echo exit'
run_on "$shop" cdc-exec --per table --handlers "$T/handlers"
out_is "start
shop.customers customers 5
orders orders 8
exit" "a program for each table, and for the beginning and the end"
err_like 'no handler for table shop\.products .*left out' "others are told of"
handler default
run_on "$shop" cdc-exec --per table --handlers "$T/handlers"
is "$(grep -c ^default "$T/out")" 3 "or have one of their own"
handler before-start 'exit 1'
run_on "$shop" cdc-exec --handlers "$T/handlers"
exits 75 "without a beginning nothing is run"
out_is "" "really nothing"
handler before-start ''
printf '%s\n' '{"topic":"m.d.t","key":{"id":1},"payload":{"before":null,"after":{"id":1},"source":{"db":"..","table":"/bin/sh"},"op":"c"}}' >"$T/evil"
run_on "$T/evil" cdc-exec --handlers "$T/handlers"
is "$status $(grep -c '^default' "$T/out")" "0 1" "a name is no path"

# ---- one that answers

cat >"$T/answer" <<'END'
use strict; $| = 1;
my ($log, $bad) = @ARGV;
while (my $line = <STDIN>) {
	my ($id) = $line =~ /"after":\{"id":(\d+)/;
	open my $f, '>>', $log; print $f "$id\n"; close $f;
	print $id == $bad ? "bad it is $id\n" : "ok\n";
}
END
rows $(seq 1 500 | sed 's/$/ 0/' | tr '\n' '|' | sed 's/|$//') 2>/dev/null
seq 1 500 | sed 's/.*/{"topic":"m.d.t","key":{"id":&},"payload":{"before":null,"after":{"id":&,"v":0},"source":{"db":"d","table":"t"},"op":"c"}}/' >"$T/rows"
run_on "$T/rows" cdc-exec --keep-alive -- perl "$T/answer" "$T/log" 0
exits 0 "--keep-alive: one command"
seq 1 500 >"$T/want"
same "$T/log" "$T/want" "each record once, in order"
rm "$T/log"
run_on "$T/rows" cdc-exec --keep-alive $quick -- perl "$T/answer" "$T/log" 7
exits 65 "a bad one: 65"
err_like 'line 7 \(d\.t\): it is 7' "… which, and why"
run_on "$T/rows" cdc-exec --keep-alive --per batch --batch 200 -- \
    perl -ne 'BEGIN { $| = 1 } if (/^$/) { print "ok $n\n"; $n = 0 } else { $n++ }'
exits 0 "--per batch: an answer after an empty line"
run_on "$T/rows" cdc-exec --keep-alive $quick -- sh -c 'read -r l; echo hello'
exits 78 "another answer: 78"
err_like "answered 'hello'" "… which"
run_on "$T/rows" cdc-exec --keep-alive $quick -- sh -c 'read -r l'
exits 75 "one that ends: 75"
run_on "$T/rows" cdc-exec --keep-alive $quick -- sh -c 'while read -r l; do echo retry not now; done'
exits 75 "retry: 75, in the end"
err_like 'not now; attempt 2 of 3' "… why, and how often"
run_on "$T/rows" cdc-exec --keep-alive --timeout 200ms --retries 0 -- sleep 60
exits 75 "no answer in time: 75"

# ---- the queue

rm -f "$T/log" "$T/dlq"
change() {
	printf '{"topic":"m.d.t","key":{"id":%s},"payload":{"before":null,"after":{"id":%s,"v":%s},"source":{"db":"d","table":"t"},"op":"c"}}\n' "$1" "$1" "$2"
}
{ change 1 1; change 2 1; change 3 1; change 2 2; change 1 2; change 2 3; } >"$T/in"
cat >"$T/picky" <<'END'
read -r line
id=${line#*'"after":{"id":'}
echo "${id%%\}*}" | tr -d '"v:' >>"$1.tried"
case $id in "$2"*) exit 65 ;; esac
echo "${id%%\}*}" | tr -d '"v:' >>"$1"
END
run_on "$T/in" cdc-exec --dlq "$T/dlq" -- sh "$T/picky" "$T/log" 2,
exits 0 "a queue takes what is bad"
is "$(tr '\n' ' ' <"$T/log")" "1,1 3,1 1,2 " "others are done"
is "$(jq -c '[.headers.key.id, .original_event.payload.after.v, .error_type]' \
    "$T/dlq" | tr -d '\n')" \
    '[2,1,"SinkError"][2,2,"KeyHeld"][2,3,"KeyHeld"]' \
    "and later ones of the key follow it"
is "$(jq -c .original_event "$T/dlq")" "$(grep '"id":2}' "$T/in")" \
    "byte for byte"
{ change 2 4; change 4 1; } >"$T/more"
run_on "$T/more" cdc-exec --dlq "$T/dlq" -- sh "$T/picky" "$T/log" 9
is "$(tail -n 1 "$T/log") $(wc -l <"$T/dlq")" "4,1 4" "in a later run, too"
cp "$T/dlq" "$T/before"
run cdc-exec --replay-dlq "$T/dlq" -- sh "$T/picky" "$T/log" 2,
exits 65 "a replay that fails again: 65"
same "$T/dlq" "$T/before" "and nothing is lost"
run cdc-exec --replay-dlq "$T/dlq" -- sh "$T/picky" "$T/log" 9
exits 0 "a replay"
is "$(tail -n 4 "$T/log" | tr '\n' ' ')$(wc -c <"$T/dlq")" \
    "2,1 2,2 2,3 2,4 0" "in order; then the queue is empty"
run_on "$T/in" cdc-exec --per batch --dlq "$T/dlq" -- \
    sh -c '! grep -q "\"id\":2,\"v\":1" && exit 0; exit 65'
is "$status $(jq -c .headers.key.id "$T/dlq" | tr '\n' ' ')" "0 2 2 2 " \
    "which of a batch is bad is found"
run_on "$T/in" cdc-exec --dlq "$T/dlq2" --dlq-max 2 -- sh "$T/picky" "$T/log" 2,
exits 65 "more entries than allowed: 65"

# Whatever the stream tells of its transactions, and however it ends.
cdc-tail "$src/examples/data/mariadb-bin.000001" >"$T/plain"
cdc-tail --control --transactions "$src/examples/data/mariadb-bin.000001" |
    head -n -2 >"$T/cut"
for stream in plain cut; do
	rm -f "$T/q"
	run_on "$T/$stream" cdc-exec -q --dlq "$T/q" -- sh -c 'exit 65'
	is "$(wc -l <"$T/q")" "$(grep -c '"op":' "$T/$stream")" \
	    "$stream: all that is bad is in the queue"
done
exits 75 "a stream that is cut, without --state: 75"
rm -f "$T/q" "$T/tries"
run_on "$T/plain" cdc-exec $quick --dlq "$T/q" -- sh -c \
    'echo $CDC_LINE >>'"$T/tries"'; [ $CDC_LINE != 9 ] || exit 65'
is "$(grep -cx 9 "$T/tries") $(jq -r .headers.line "$T/q" | head -n 1)" "1 9" \
    "a bad record is run once, and set aside"
rm -f "$T/q" "$T/tries"
run_on "$T/plain" cdc-exec $quick --dlq "$T/q" -- sh -c \
    'echo $CDC_LINE >>'"$T/tries"'; [ $CDC_LINE != 9 ] || exit 1'
is "$(grep -cx 9 "$T/tries") $(grep -cx 8 "$T/tries")" "3 1" \
    "one that fails as often as --retries says, and no other"
rm -f "$T/q"
run_on "$T/plain" cdc-exec --dlq "$T/q" --dlq-max 2 -- sh -c 'exit 65'
is "$status $(wc -l <"$T/q")" "65 2" "--dlq-max: what is said to be there is there"
for file in /dev/null "$T" "$shop" "$T/nowhere/q"; do
	run_on "$T/plain" cdc-exec --dlq "$file" -- true
	succeeds "--dlq $file: an error" test $status -ge 64 -a $status -le 78
	run_on "$T/plain" cdc-exec --state "$file" -- true
	succeeds "--state $file: an error" test $status -ge 64 -a $status -le 78
done
run_on "$T/plain" cdc-exec --state "$T/s" -- true
exits 64 "--state, and no position in the stream: 64"
err_like 'hint.*without --state' "what to do"
run_on "$T/plain" cdc-exec --keep-alive -- sh -c \
    'while read -r l; do echo ok; echo ok; done'
exits 78 "two answers to one record: 78"
err_like 'more often than it was asked' "why"
run_on "$T/plain" cdc-exec -- echo 'awk {print}'
err_like 'an argument; --literal leaves' "what it is, and what to do"

# ---- the position

run_on "$shop" cdc-exec --state "$T/state" -- true
is "$status $(jq -r .gtid "$T/state")" \
    "0 $(tail -n 1 "$shop" | jq -r .payload.gtid)" "a position"
run_on "$shop" cdc-exec --state "$T/state" -- sh -c 'echo again'
out_is "" "what is done is not done again"
sed '/"gtid":"1-1-12"/q' "$shop" | sed '$d' >"$T/half"
rm "$T/state"
run_on "$T/half" cdc-exec --state "$T/state" -- true
exits 75 "the input ended early: 75"
run_on "$shop" cdc-exec --state "$T/state" -- sh -c \
    'case $CDC_GTID in 1-1-13) exit 65 ;; esac'
exits 65 "a bad record"
is "$(jq -r .gtid "$T/state")" "1-1-11" "does not move it beyond what is stored"

# Everything is killed, again and again: each record at least once, none too
# early.  $T/log has "KEY VALUE" of each that was done; values of a key count up.
make_counting_log 600
cat >"$T/judge" <<'END'
my %max; my $early = 0; my $n = 0;
while (<>) {
	next unless /^(\d+) (\d+)$/;
	$early++ if $2 > ($max{$1} // 0) + 1;
	$max{$1} = $2 if $2 > ($max{$1} // 0);
	$n++;
}
my $sum = 0; $sum += $_ for values %max;
print "$early early, $sum of them\n";
END
cat >"$T/do" <<'END'
use strict;
my $log = shift; my @out; my %n;
while (<STDIN>) {
	/"after":\{"k":(\d+),"v":(\d+)/ or next;
	push @out, "$1 $2\n";
}
exit 3 if rand() < 0.02;
open my $f, '>>', $log; syswrite $f, join '', @out;
kill 9, $$ if rand() < 0.01;
END
cat >"$T/keep" <<'END'
use strict; $| = 1;
my $log = shift;
while (my $line = <STDIN>) {
	$line =~ /"after":\{"k":(\d+),"v":(\d+)/ or next;
	my ($k, $v) = ($1, $2);
	if (rand() < 0.02) { print "retry later\n"; next }
	kill 9, $$ if rand() < 0.005;
	open my $f, '>>', $log; syswrite $f, "$k $v\n"; close $f;
	print "ok\n";
}
END
# usage: storm NAME MANY [ARGUMENT]…
storm() {
	name=$1
	many=$2
	shift 2
	rm -f "$T/log" "$T/state" "$T/state.lock"
	kills=$(timeout 120 perl "$src/tests/pipeline.pl" 8 "exec cdc-tail -q --control \
	    --state $T/state --from earliest $T/stream 2>>$T/tail.err" \
	    sh -c 'exec cdc-exec "$@" 2>>'"$T/exec.err" - \
	    -q --state "$T/state" --retry-delay 1ms --retry-delay-max 5ms \
	    --retries 50 "$@")
	is "$? $(perl "$T/judge" "$T/log")" "0 0 early, $many of them" \
	    "$name: killed $kills times, none is lost, none overtakes" ||
	    tail -n 3 "$T/exec.err" "$T/tail.err" | sed 's/^/# /'
}
mv "$T/log" "$T/stream"
storm "batches" 1800 --per batch --batch 40 -- perl "$T/do" "$T/log"
storm "side by side" 1800 --per batch --batch 20 -j 4 -- perl "$T/do" "$T/log"
storm "transactions" 1800 --per transaction -- perl "$T/do" "$T/log"
storm "one that answers" 1800 --keep-alive -j 2 -- perl "$T/keep" "$T/log"

# One record is bad for good: it and later ones of its key go into the queue.
sed 's/^exit 3 if/exit 65 if grep { $_ eq "3 5\n" } @out;\n&/' "$T/do" \
    >"$T/refuse"
of_key=$(cdc-tail -q "$T/stream" | grep -c '"after":{"k":3,')
storm "a queue" $((1800 - of_key + 4)) --per batch --batch 40 \
    --dlq "$T/dlq3" -- perl "$T/refuse" "$T/log"
is "$(jq -r '.original_event.payload.after | "\(.k) \(.v)"' \
    "$T/dlq3")" "$(seq 5 "$of_key" | sed 's/^/3 /')" \
    "the queue has the rest of the key, once, in order"
run cdc-exec --per batch --retry-delay 1ms --replay-dlq "$T/dlq3" -- \
    perl "$T/do" "$T/log"
is "$status $(perl "$T/judge" "$T/log")" "0 0 early, 1800 of them" \
    "and is done by a replay"
done_testing
