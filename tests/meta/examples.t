#!/bin/sh
# The examples of README and manual run, and print something; those that need a
# server are in tests/server/examples.t.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/examples.sh"

# They may leave files behind.
mkdir "$T/here"
cd "$T/here" || exit 1
ln -s "$src/examples" "$src/README.md" "$src/man" .

run_blocks() {
	for block in "$2"/*; do
		[ -e "$block" ] || continue
		grep -q 'cdc-' "$block" || continue
		! needs_server "$block" || continue
		! grep -q 'run\.sh\|quickstart\|install' "$block" || continue
		status=0
		bash -o pipefail "$block" >"$T/out" 2>"$T/err" || status=$?
		# SIGPIPE in front of a program that has read enough is no
		# failure: --until, head.
		[ $status -ne 141 ] || status=0
		ran=$(cat "$block")
		exits 0 "$1: example $(basename "$block")"
		[ -s "$T/out" ]
		result $? "$1: it prints something"
	done
}

for page in man/*.[157]; do
	examples_of "$page" "$T/$page"
	run_blocks "$page" "$T/$page"
done
readme_blocks README.md "$T/readme"
run_blocks README "$T/readme"
done_testing
