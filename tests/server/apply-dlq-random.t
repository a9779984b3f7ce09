#!/bin/sh
# cdc-apply --dlq, with random statements of which the target refuses some: what
# was put aside and is replayed makes it what the source is, or the tools stop
# by name (tests/random/queue.py).
#
# QUEUE_SEED=N: the first; QUEUE_SEEDS=N of them, or QUEUE_SECONDS=N on each
# server; what is wrong stays in QUEUE_KEEP
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"
. "$src/tests/applied.sh"

queues() {
	python3 -B "$src/tests/random/queue.py" "$from/sock" "$to/sock" "$T" \
	    --seed "${QUEUE_SEED:-300}" --seeds "${QUEUE_SEEDS:-5}" \
	    --seconds "${QUEUE_SECONDS:-0}" --keep "${QUEUE_KEEP:-$T/kept}" \
	    >"$T/told" 2>&1
	sed 's/^/# /' "$T/told"
	tail -n 1 "$T/told" | grep -q '^0 wrong$'
	result $? "$v: $(tail -n 2 "$T/told" | head -n 1)"
}
on_versions queues
done_testing
