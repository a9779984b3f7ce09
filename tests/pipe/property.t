#!/bin/sh
# Lines of every shape through every tool that reads lines, beside what the
# manuals say that must come out: see tests/property/property.h.  A longer run
# is `make property`.
. "$(dirname "$0")/../lib.sh"
property=${CDC_BIN:-$src/src}/../tests/property/property

# What judges is judged first: is the same JSON to Python's reader?
"$property" --print --lines 8000 --batch 3 --seed 1 >"$T/lines"
"$property" --json <"$T/lines" >"$T/ours"
python3 "$src/tests/property/reader.py" <"$T/lines" |
    paste "$T/ours" - | sort | uniq -c >"$T/verdicts"
is "$(awk '$2 != $3 && $3 != "deep"' "$T/verdicts")" "" \
    "the oracle's reader and Python's agree"
is "$(awk '$2 == $3' "$T/verdicts" | wc -l)" 2 "on lines of both kinds"

run "$property" --bin "${CDC_BIN:-$src/src}" --lines 60000 --seed 1 \
    --without names,style,bad,unplaced,route,tombstones
exits 0 "what is wanted comes out, and nothing else"
sed 's/^#*/#/' "$T/out" | cut -c1-1000
done_testing
