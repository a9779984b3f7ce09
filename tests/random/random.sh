#!/bin/sh
# Schemas, rows and statements at random, in several sessions: what a native
# replica makes of a log, our pipe makes of it, too.
#
# RANDOM_SEED=N: the first; RANDOM_SECONDS=N on each server, or RANDOM_SEEDS=N of
# them; what is wrong is made short, and stays in RANDOM_KEEP
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"
. "$src/tests/trio.sh"

cleanup() { servers_stop; }

# One of them is dead, or does not answer.
servers_kill() {
	for s in $started; do
		mariadb_kill "$s" 2>/dev/null
	done
	started=
}

# usage: trial VERSION    to its end, with servers anew where they are gone
trial() {
	rm -f "$T/so-far"
	while servers_start "$1" ""; do
		{
			python3 -B "$src/tests/random/trial.py" "$1" "$T" \
			    --seed "${RANDOM_SEED:-1}" \
			    --seeds "${RANDOM_SEEDS:-10}" \
			    --seconds "${RANDOM_SECONDS:-0}" \
			    --so-far "$T/so-far" \
			    --keep "${RANDOM_KEEP:-$T/kept}" 2>&1
			echo $? >"$T/status"
		} | tee "$T/told" | sed 's/^\(# \)\{0,1\}/# /'
		[ "$(cat "$T/status")" = 3 ] || return 0
		servers_kill
	done
	return 1
}

for version in $mariadb_versions; do
	if ! mariadb_have "$version"; then
		skip "$version" "no MariaDB $version here"
		continue
	fi
	trial "$version" || continue
	grep -q '^0 wrong$' "$T/told"
	result $? "$version: $(tail -n 1 "$T/told")"
	servers_stop
done
done_testing
