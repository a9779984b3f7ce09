# TAP in plain sh.  A test begins with: . "$(dirname "$0")/../lib.sh"
#
#   run CMD [ARG]…         run it; $T/out, $T/err and $status are what it did
#   exits STATUS NAME      did the last run exit so?
#   out_is TEXT NAME       is its output exactly this?
#   lines_out              how many lines it is, but for a status at its end
#   err_like REGEX NAME    does its stderr match (grep -E)?
#   is GOT WANT NAME       are two strings the same?
#   same FILE FILE NAME    are two files the same?
#   succeeds NAME CMD …    does the command succeed?
#   eventually CMD …       wait until the command succeeds; if it does not within
#                          $patience tenths of a second, that is a failed check
#   wait_for FILE REGEX [TIMES]
#                          eventually, FILE has so many such lines
#   skip NAME WHY          count a check that cannot be made here
#   skip_all WHY           leave the whole test out
#   done_testing           the last line
#
# $src is the source tree, $T a folder of the test's own.

LC_ALL=C.UTF-8
TZ=UTC
# No authority but those that a test names; it takes a program 20 ms to read the
# system's.
SSL_CERT_FILE=/nonexistent
SSL_CERT_DIR=/nonexistent
export LC_ALL TZ SSL_CERT_FILE SSL_CERT_DIR
src=${CDC_SRC:-$(cd "$(dirname "$0")/../.." && pwd)}
PATH=${CDC_BIN:-$src/src}:$PATH
T=$(mktemp -d "${TMPDIR:-/tmp}/cdc-test.XXXXXX")
trap 'cleanup; rm -rf "$T"' EXIT
trap 'exit 130' INT TERM
count=0
failed=0

# A test that starts something redefines this.
cleanup() { :; }

result() {
	count=$((count + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $count - $2"
		return 0
	fi
	failed=$((failed + 1))
	echo "not ok $count - $2"
	return 1
}

# Say what was run, as comments, after a check that failed.
explain() {
	echo "# $*"
	[ ! -s "$T/err" ] || sed 's/^/# stderr: /' "$T/err" | head -n 5
	return 1
}

run() {
	ran=$*
	status=0
	"$@" >"$T/out" 2>"$T/err" </dev/null || status=$?
}

# The same, with a file as standard input.
run_on() {
	input=$1
	shift
	ran="$* < $input"
	status=0
	"$@" >"$T/out" 2>"$T/err" <"$input" || status=$?
}

patience=900
eventually() {
	for _ in $(seq $patience); do
		"$@" && return 0
		sleep 0.1
	done
	result 1 "waited in vain: $*"
}

has_lines() { [ "$(grep -cs -- "$2" "$1")" -ge "${3:-1}" ]; }

wait_for() {
	eventually has_lines "$@" || {
		tail -n 3 "$1" | cut -c1-300 | sed 's/^/# /'
		return 1
	}
}

exits() {
	[ "$status" -eq "$1" ]
	result $? "$2" || explain "$ran: exit $status, not $1"
}

is() {
	[ "$1" = "$2" ]
	result $? "$3" || {
		echo "# got:  $1" | head -n 5
		echo "# want: $2" | head -n 5
		return 1
	}
}

out_is() {
	is "$(cat "$T/out")" "$1" "$2"
}

lines_out() {
	grep -cv '"payload":{"ts_ms":[0-9]*,"end":{"status":' "$T/out"
}

# Does it refuse such options, in words like these?
# usage: misused TOOL NAME WORDS [ARGUMENT]…
misused() {
	misused_tool=$1
	misused_name=$2
	misused_words=$3
	shift 3
	run_on /dev/null "$misused_tool" "$@"
	exits 64 "$misused_name: 64"
	err_like "$misused_words" "… and why"
}

err_like() {
	grep -Eq -- "$1" "$T/err"
	result $? "$2" || explain "$ran: stderr does not match $1"
}

same() {
	cmp -s "$1" "$2"
	result $? "$3" || diff "$1" "$2" | head -n 6 | cut -c1-300 |
	    sed 's/^/# /'
}

succeeds() {
	checked=$1
	shift
	passed=0
	"$@" >"$T/ok.out" 2>&1 || passed=1
	result $passed "$checked" || sed 's/^/# /' "$T/ok.out" | head -n 5
}

skip() {
	count=$((count + 1))
	echo "ok $count - $1 # SKIP $2"
}

skip_all() {
	echo "1..0 # SKIP $1"
	exit 0
}

done_testing() {
	echo "1..$count"
	[ "$failed" -eq 0 ]
	exit
}

# The first checks of every tool.
tool_basics() {
	run "$1" --help
	exits 0 "$1 --help"
	is "$(head -n 1 "$T/out" | cut -d' ' -f1)" "$1" "help names the tool"
	run "$1" '-?'
	exits 0 "$1 -?"
	run "$1" --version
	exits 0 "$1 --version"
	run "$1" --no-such-option
	exits 64 "unknown option: 64"
	err_like 'unknown option --no-such-option' "it is named"
	err_like "hint: $1 --help" "and help is pointed to"
	status=0
	timeout -k 1 20 "$1" --help >&- 2>"$T/err" || status=$?
	exits 74 "no standard output: 74"
	[ -z "$("$1" --list-options | grep 'socket	')" ] ||
	    answers_while_connecting "$1"
}

# Those of every stage that reads lines; ARGS make it pass our records, or print
# $heartbeat_is of a heartbeat.
# usage: stage_basics TOOL [ARG]…
stage_basics() {
	tool_basics "$1"
	run "$@"
	exits 0 "no input: no output"
	out_is "" "really none"
	heartbeat='{"topic":"__debezium-heartbeat.m","key":{"serverName":"m"},"payload":{"ts_ms":1,"beat":"next","gtid":"0-1-2","file":"mariadb-bin.000001","pos":256}}'
	comes_out=${heartbeat_is:-$heartbeat}
	printf '{"topic":\n' >"$T/bad"
	printf '%s\n\n' "$heartbeat" >"$T/empty-line"
	printf '{"topic":"t","key":null,"payload":{"a":"b' >"$T/cut"
	status=0
	timeout -k 1 20 "$@" <&- >"$T/out" 2>"$T/err" || status=$?
	exits 74 "no standard input: 74"
	run_on "$T/bad" "$@"
	exits 65 "a line that is no record: 65"
	err_like 'line 1: ' "with its number"
	run_on "$T/empty-line" "$@"
	exits 65 "an empty line: 65"
	err_like 'line 2: empty line' "with its number"
	run_on "$T/cut" "$@"
	exits 75 "input that ends inside a line: 75"
	err_like 'the input ended in the middle of it' "and says so"
	printf '%s' "$heartbeat" >"$T/beat"
	run_on "$T/beat" "$@"
	out_is "$comes_out" "a whole last line without newline is taken"
	status=0
	timeout -k 1 20 "$@" <"$T/beat" >&- 2>"$T/err" || status=$?
	exits 74 "no standard output: 74"
	flushes_before_waiting "$@"
	ends_by TERM 0 "$@"
	ends_by INT 130 "$@"
	ends_unread TERM 0 "$@"
	ends_unread INT 130 "$@"
	ends_unread CONT 141 "$@"
	answers_usr1 "$@"
	status=0
	"$@" <"$T/beat" >/dev/full 2>"$T/err" || status=$?
	exits 74 "a full disk: 74"
}

# A lone line comes through while more input may follow.
flushes_before_waiting() {
	mkfifo "$T/in" "$T/through"
	"$@" <"$T/in" >"$T/through" 2>/dev/null &
	flusher=$!
	exec 8>"$T/in" 9<"$T/through"
	cat "$T/beat" >&8
	echo >&8
	seen=$(timeout 10 head -n 1 <&9)
	is "$seen" "$comes_out" "a lone line is flushed before waiting"
	exec 8>&- 9<&-
	wait $flusher
	rm "$T/in" "$T/through"
}

# Is a report of the tool in FILE, and nothing else?
# usage: reported TOOL FILE FILTER
reported() {
	jq -es --arg tool "$1" \
	    "length == 1 and (.[0] | .tool == \$tool and ($3))" "$2"
}

# Does process PID take SIGUSR1, and not die of it?
takes_usr1() {
	for _ in $(seq $patience); do
		caught=$(sed -n 's/^SigCgt:[^0-9a-f]*//p' \
		    "/proc/$1/status" 2>/dev/null)
		[ $((0x0${caught:-0} >> 9 & 1)) -eq 0 ] || return 0
		sleep 0.1
	done
	return 1
}

# Until process PID has written all that its reader leaves room for.
until_full() {
	before=none
	for _ in $(seq $patience); do
		now=$(sed -n 's/^wchar: //p' "/proc/$1/io")
		[ "$now" != "$before" ] || [ "$now" = 0 ] || return 0
		before=$now
		sleep 0.3
	done
	return 1
}

# SIGUSR1 has it print its counters, while it waits for input and while nobody
# reads what it prints; and it goes on.
answers_usr1() {
	mkfifo "$T/in" "$T/through"
	: >"$T/err"
	"$@" <"$T/in" >"$T/through" 2>>"$T/err" &
	asked=$!
	exec 8>"$T/in" 9<"$T/through"
	{ cat "$T/beat" && echo; } >&8
	takes_usr1 $asked
	kill -USR1 $asked
	wait_for "$T/err" '"tool"'
	succeeds "SIGUSR1 while it waits for input: its counters" \
	    reported "$1" "$T/err" '.lines_read <= 1'
	: >"$T/err"
	{ cat "$T/beat" && echo; } >"$T/beats"
	yes "$(cat "$T/beat")" | head -n 40000 >>"$T/beats"
	cat "$T/beats" >&8 &
	feeder=$!
	until_full $asked
	kill -USR1 $asked
	wait_for "$T/err" '"tool"'
	succeeds "and while it cannot write" reported "$1" "$T/err" \
	    '.lines_read > 1 and .bytes_printed > 65536'
	exec 8>&-
	lines=$(wc -l <&9)
	wait $feeder
	status=0
	wait $asked || status=$?
	is "$status $lines" "0 40002" "and goes on"
	exec 9<&-
	rm "$T/in" "$T/through"
}

# The same in front of a server that says nothing.
answers_while_connecting() {
	perl -MIO::Socket::UNIX -e 'my $s = IO::Socket::UNIX->new(
	    Local => $ARGV[0], Listen => 5) or die; sleep 60' "$T/silent" &
	silent=$!
	until [ -S "$T/silent" ]; do sleep 0.1; done
	: >"$T/err"
	"$1" -S "$T/silent" >"$T/out" 2>>"$T/err" </dev/null &
	asked=$!
	takes_usr1 $asked
	kill -USR1 $asked
	wait_for "$T/err" '"tool"'
	grep '"tool"' "$T/err" >"$T/report"
	succeeds "SIGUSR1 while it waits for a server: its counters" \
	    reported "$1" "$T/report" true
	kill -KILL $asked $silent
	wait $asked $silent 2>/dev/null
	rm "$T/silent"
}

# A signal ends it, after what was read before is written: SIGTERM with 0;
# SIGINT by its default action, so that shell loops stop, too.
# usage: ends_by SIGNAL STATUS CMD …
ends_by() {
	signal=$1
	want=$2
	shift 2
	mkfifo "$T/in"
	: >"$T/out"
	perl -e '$SIG{INT} = "DEFAULT"; exec @ARGV' "$@" <"$T/in" \
	    >"$T/out" 2>"$T/err" &
	stopped=$!
	exec 8>"$T/in"
	cat "$T/beat" >&8
	echo >&8
	waited=0
	until [ -s "$T/out" ] || [ $waited -gt 100 ]; do
		sleep 0.1
		waited=$((waited + 1))
	done
	kill -"$signal" $stopped
	status=0
	wait $stopped || status=$?
	exits "$want" "SIG$signal: $want"
	out_is "$comes_out" "what was read before it is written"
	exec 8>&-
	rm "$T/in"
}

# Its reader goes while it writes: where a signal has asked it to stop, that is
# no error; otherwise it ends by SIGPIPE, and silently, too.
# usage: ends_unread SIGNAL STATUS CMD …
ends_unread() {
	signal=$1
	want=$2
	shift 2
	mkfifo "$T/in" "$T/through"
	perl -e '$SIG{$_} = "DEFAULT" for "INT", "PIPE"; exec @ARGV' "$@" \
	    <"$T/in" >"$T/through" 2>"$T/err" &
	stopped=$!
	exec 8>"$T/in" 9<"$T/through"
	{ yes "$(cat "$T/beat")" | head -n 40000; } >&8 9<&- 2>/dev/null &
	feeder=$!
	until_full $stopped
	kill -"$signal" $stopped
	exec 9<&- 8>&-
	status=0
	wait $stopped || status=$?
	wait $feeder
	ran="$*, SIG$signal"
	is "$status $(cat "$T/err")" "$want " \
	    "SIG$signal, and nobody reads any more: $want"
	rm "$T/in" "$T/through"
}

# Hold the lock of a file, as $holder, until that is killed.
hold_lock() {
	(exec 7>"$1" && flock 7 && exec sleep 60) &
	holder=$!
	while flock -n "$1" true; do sleep 0.1; done
}

# A log that no server would write, in $T/log: by Perl, of $log (Binlog.pm) and
# $row, of one INT column.
make_log() {
	perl -I"$src/tests" -MBinlog -e "my \$log = Binlog->new;
	    my \$row = \"\\0\\1\\0\\0\\0\"; $1;
	    \$log->write(shift)" "$T/log" || echo "# make_log: $1"
}

# Of three inserts each into d.t, whose values v count up for each key k.
# usage: make_counting_log TRANSACTIONS
make_counting_log() {
	make_log 'for my $n (1 .. '"$1"') {
		$log->gtid; $log->map(1, "d", "t", "\3\3", "",
		    Binlog::names("k", "v") . Binlog::metadata(8, "\0"));
		for my $k (0 .. 2) {
			my $key = ($n * 7 + $k * 5) % 19;
			$log->rows(1, 2, "\0" . pack("VV", $key, ++$seen{$key}));
		}
		$log->xid;
	}'
}

# What cdc-tail makes of $T/log: lines, or an error that names a limit.
# usage: reads_log NAME LINES
reads_log() {
	run cdc-tail -q "$T/log"
	exits 0 "$1"
	is "$(wc -l <"$T/out")" "$2" "its rows"
}

# usage: refuses_log NAME WORDS
refuses_log() {
	run cdc-tail -q "$T/log"
	exits 65 "$1: 65"
	err_like "^cdc-tail: $T/log:[0-9]*: (table d.t: )?.*$2" \
	    "by file and position, and which limit it is"
	out_is "" "and nothing of it is printed"
}

# The shop of examples/data, as records with ts_ms out of the way.
shop() {
	cdc-tail "$@" "$src/examples/data/mariadb-bin.000001" \
	    "$src/examples/data/mariadb-bin.000002" | still
}

# Records without heartbeats, and without what counts them.
uncounted() {
	jq -c 'select(.payload.beat | not) |
	    del(.payload.ts_ms, .payload.transaction)'
}

# Replace what differs from run to run.
still() {
	sed -e 's/"op":"\(.\)","ts_ms":[0-9]*/"op":"\1","ts_ms":0/' \
	    -e 's/"payload":{"ts_ms":[0-9]*/"payload":{"ts_ms":0/' \
	    -e 's/"version":"[^"]*"/"version":"0"/' \
	    -e 's/},"ts_ms":[0-9]*,"databaseName"/},"ts_ms":0,"databaseName"/'
}
