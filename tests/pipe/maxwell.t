#!/bin/sh
# cdc-format --to maxwell beside a model of it: hostile names and values, in all
# spellings of JSON, with random settings (maxwell.py).
. "$(dirname "$0")/../lib.sh"

for seed in ${SEEDS:-1 2 3 4 5 6 7 8}; do
	settings=$(python3 "$src/tests/pipe/maxwell.py" "$seed" "$T/in" \
	    "$T/want") || result 1 "$seed: the model"
	run_on "$T/in" cdc-format -q --to maxwell --maxwell "$settings"
	exits 0 "seed $seed: $settings"
	result_of=$(python3 "$src/tests/pipe/maxwell.py" --check "$T/out" \
	    "$T/want" 2>&1)
	is "$(echo "$result_of" | sed 's/^[0-9]* //' | cut -c1-300)" messages \
	    "seed $seed: each as it must be"
	is "$(jq -c . "$T/out" | wc -l)" "$(wc -l <"$T/out")" "and jq reads them"
done
done_testing
