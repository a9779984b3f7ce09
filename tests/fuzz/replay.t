#!/bin/sh
# Every harness reads its seeds, and whatever once was a finding, without a
# crash (and under sanitizers without a report).
. "$(dirname "$0")/../lib.sh"
programs=${CDC_BIN:-$src/src}/../tests/fuzz
perl "$src/tests/fuzz/seeds.pl" "$src" "$T/seeds"

for harness in log stream image line gtid names maxwell predicate rules schema signal \
    state result convert progress show escapes placeholder command; do
	succeeds "$harness: $(ls "$T/seeds/$harness" | wc -l) seeds" \
	    "$programs/$harness" "$T/seeds/$harness"/*
	for found in "$src/tests/fuzz/corpus/$harness"/*; do
		[ ! -e "$found" ] || succeeds "$harness: ${found##*/}" \
		    "$programs/$harness" "$found"
	done
done
done_testing
