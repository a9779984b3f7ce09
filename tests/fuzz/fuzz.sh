#!/bin/sh
# Fuzz every harness with AFL++, sanitizers on, so many seconds each.
# usage: tests/fuzz/fuzz.sh [SECONDS [HARNESS…]]    results in fuzz-out/
set -eu
src=$(cd "$(dirname "$0")/../.." && pwd)
seconds=${1:-3600}
[ $# -eq 0 ] || shift
harnesses=${*:-log stream image line gtid names maxwell predicate rules schema signal \
    state result convert progress show escapes}
command -v afl-fuzz >/dev/null || {
	echo "fuzz: afl-fuzz is missing: apt-get install afl++" >&2
	exit 69
}
out=$PWD/fuzz-out
mkdir -p "$out/build" "$out/found"
perl "$src/tests/fuzz/seeds.pl" "$src" "$out/seeds"

export AFL_USE_ASAN=1 AFL_USE_UBSAN=1 AFL_QUIET=1
(
	cd "$out/build"
	[ -e Makefile ] || CC=afl-clang-fast "$src/configure" -q \
	    CFLAGS="-O1 -g -Wno-format-nonliteral"
	make -s all >/dev/null
)
for harness in $harnesses; do
	afl-clang-fast -O1 -g -fsanitize=fuzzer -D_GNU_SOURCE -I"$src/src/lib" \
	    -o "$out/$harness" "$src/tests/fuzz/$harness.c" \
	    "$src/tests/fuzz/common.c" "$out/build/libcdc.a" -lpcre2-8 -ldeflate -lzstd \
	    -lmariadb -lcrypto -lm
	for found in "$src/tests/fuzz/corpus/$harness"/*; do
		[ ! -e "$found" ] || cp "$found" "$out/seeds/$harness/"
	done
	AFL_NO_UI=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 \
	    AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 \
	    afl-fuzz -V "$seconds" -t 2000 -m none -i "$out/seeds/$harness" \
	    -o "$out/found/$harness" "$out/$harness" >"$out/$harness.log" 2>&1 ||
	    true
	sed -n 's/^\(execs_done\|saved_crashes\|saved_hangs\|run_time\) *: */\1 /p' \
	    "$out/found/$harness/default/fuzzer_stats" |
	    tr '\n' ' ' | sed "s/^/$harness: /"
	echo
done
[ -z "$(find "$out/found" -path '*/crashes/id*' -o -path '*/hangs/id*')" ]
