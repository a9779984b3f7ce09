#!/bin/sh
# Calls that fail: whatever fails, and when, ends in a documented status with
# a word about it, and what was printed before is whole lines of the truth.
. "$(dirname "$0")/../lib.sh"
"${CC:-cc}" -shared -fPIC -O1 -o "$T/fault.so" "$src/tests/fault/fault.c" \
    -ldl || exit 1
one=$src/examples/data/mariadb-bin.000001
shop >"$T/records"
printf '%s\n' '{"topic":"mariadb","key":null,"payload":{"tableChanges":[]}}' \
    >"$T/schema"

# usage: faults FUNCTION STATUS TIMES NAME CMD…    stdin: $T/records
# Fail the 1st to TIMESth call; the status is STATUS, or 0 with all the output
# (the failure was none: behind the end, or made up for).
faults() {
	function=$1
	want=$2
	times=$3
	name=$4
	shift 4
	"$@" <"$T/records" 2>/dev/null | still >"$T/whole"
	n=1
	met=0
	wrong=
	while [ $n -le "$times" ]; do
		status=0
		FAULT=$function:$n LD_PRELOAD=$T/fault.so "$@" \
		    <"$T/records" >"$T/out" 2>"$T/err" || status=$?
		still <"$T/out" >"$T/got"
		if [ $status -eq "$want" ]; then
			met=$((met + 1))
			[ -s "$T/err" ] || wrong="$wrong $n:silent"
		elif [ $status -ne 0 ]; then
			wrong="$wrong $n:$status"
		elif ! cmp -s "$T/got" "$T/whole"; then
			wrong="$wrong $n:lost"
		fi
		n=$((n + 1))
	done
	is "$wrong" "" "$name: $function fails"
	result $((met == 0)) "$name: $met failures seen, $want each"
}

tail_all() { cdc-tail --control --hold 1 "$@"; }
faults read 74 12 "cdc-tail, a file" cdc-tail --hold 1 "$one"
faults read 74 12 "cdc-tail, --schema" cdc-tail --schema "$T/schema" "$one"
faults write 74 3 "cdc-tail" cdc-tail "$one"
faults malloc 71 150 "cdc-tail" cdc-tail "$one"
for tool in "cdc-filter -t shop.*" "cdc-filter --exclude-column .*\.name" \
    "cdc-unwrap" "cdc-route (.*)\.(.*)\.(.*) \$3" \
    "cdc-mask --redact .*\.name=x" "cdc-outbox -t shop.x.*" \
    "cdc-format --to cloudevents"; do
	faults read 74 4 "${tool%% *}" $tool
	faults write 74 2 "${tool%% *}" $tool
	faults malloc 71 60 "${tool%% *}" $tool
done

# Where a temporary file cannot be emptied it only grows.
cdc-tail --hold 1 - <"$one" 2>/dev/null | still >"$T/whole"
wrong=
for n in 1 2 3 4; do
	cat "$one" | FAULT=ftruncate:$n LD_PRELOAD="$T/fault.so" \
	    cdc-tail --hold 1 - >"$T/out" 2>"$T/err" || wrong="$wrong $n:fails"
	still <"$T/out" >"$T/got"
	cmp -s "$T/whole" "$T/got" || wrong="$wrong $n:lost"
done
is "$wrong" "" "a pipe: ftruncate fails"

# A state file is the old one or the new one, whatever fails, and nothing is
# left beside it; a run that says that all is well has written the new one.
mkdir "$T/kept"
cdc-tail -q --count 3 --write-state "$T/old" "$one" >/dev/null
cp "$T/old" "$T/new"
again() {
	"$@" cdc-tail -q --state "$T/kept/state" --write-state "$T/kept/state" \
	    "$one" >"$T/out" 2>"$T/err"
}
cp "$T/old" "$T/kept/state"
again env
cp "$T/kept/state" "$T/new"
# usage: is_state WHICH    old or new, but for the time
is_state() {
	[ "$(sed 's/"ts_ms":[0-9]*//' "$T/$1")" = \
	    "$(sed 's/"ts_ms":[0-9]*//' "$T/kept/state")" ]
}
! is_state old
result $? "a run moves its state"
for function in write fsync rename; do
	wrong=
	met=0
	for n in 1 2 3 4 5 6; do
		cp "$T/old" "$T/kept/state"
		status=0
		again env FAULT=$function:$n LD_PRELOAD="$T/fault.so" || status=$?
		case $status in
		0) is_state new || wrong="$wrong $n:lost" ;;
		74)
			met=$((met + 1))
			[ -s "$T/err" ] || wrong="$wrong $n:silent"
			is_state old || is_state new || wrong="$wrong $n:torn"
			;;
		*) wrong="$wrong $n:$status" ;;
		esac
		[ "$(cd "$T/kept" && ls -A | tr '\n' ' ')" = \
		    "state state.lock " ] || wrong="$wrong $n:beside"
	done
	is "$wrong" "" "a state file: $function fails"
	result $((met == 0)) "a state file: $met failures seen"
done
done_testing
