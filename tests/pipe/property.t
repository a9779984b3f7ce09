#!/bin/sh
# Lines of every shape through every tool that reads lines, beside what the
# manuals say that must come out: see tests/property/property.h.  A longer run
# is `make property`.
. "$(dirname "$0")/../lib.sh"
property=${CDC_BIN:-$src/src}/../tests/property/property
lines=${PROPERTY_LINES:-60000}

# What judges is judged first: is the same JSON to Python's reader?
"$property" --print --lines 8000 --batch 3 --seed 1 >"$T/lines"
"$property" --json <"$T/lines" >"$T/ours"
python3 "$src/tests/property/reader.py" <"$T/lines" |
    paste "$T/ours" - | sort | uniq -c >"$T/verdicts"
is "$(awk '$2 != $3 && $3 != "deep"' "$T/verdicts")" "" \
    "the oracle's reader and Python's agree"
is "$(awk '$2 == $3' "$T/verdicts" | wc -l)" 2 "on lines of both kinds"

# usage: property NAME [OPTION]…
property() {
	name=$1
	shift
	run "$property" --bin "${CDC_BIN:-$src/src}" --seed 1 "$@"
	exits 0 "$name"
	sed 's/^#*/#/' "$T/out" | cut -c1-1000
}
property "what is wanted comes out, and nothing else" --lines "$lines"
property "what is wrong is refused, by its line" --lines $((lines / 15)) --batch 4

# For people: each record is shown, or refused, and none controls the terminal.
# A harness judges that, whose first byte chooses options (tests/fuzz/show.c).
show=${CDC_BIN:-$src/src}/../tests/fuzz/show
"$property" --print --lines $((lines / 4)) --batch 8 --seed 2 |
    split -C 500k - "$T/some."
for choice in 001 000 062 021 060 103; do
	for some in "$T"/some.*; do
		printf "\\$choice" | cat - "$some" >"$T/shown.${some##*.}"
	done
	succeeds "cdc-show shows each record, and no more (options $choice)" \
	    "$show" "$T"/shown.*
done

# Formats whose readers are written from their specifications.
for seed in 1 5; do
	"$property" --print --lines 400 --seed $seed >"$T/lines"
	run_on "$T/lines" python3 "$src/tests/property/formats.py" \
	    "${CDC_BIN:-$src/src}"
	exits 0 "seed $seed: Redis, Elasticsearch and kcat read each row as it was"
	is "$(awk '$2 > 100 { print $1 }' "$T/out" | tr '\n' ' ')" \
	    "resp es-bulk kcat kcat " "many of them"
done
done_testing
