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
done_testing
