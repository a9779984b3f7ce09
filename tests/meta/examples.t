#!/bin/sh
# The examples of README and manual run, and print something.
. "$(dirname "$0")/../lib.sh"

# They may leave files behind.
mkdir "$T/here"
cd "$T/here" || exit 1
ln -s "$src/examples" "$src/README.md" "$src/man" .

# Examples are the displayed blocks under EXAMPLES, unescaped.
examples_of() {
	awk '/^\.Sh / { in_examples = /EXAMPLES/ }
	    in_examples && /^\.Bd -literal -offset/ { n++; take = 1; next }
	    /^\.Ed/ { take = 0 }
	    take { gsub(/\\e/, "\\"); print > (out "/" n) }' out="$2" "$1"
}

readme_blocks() {
	awk '/^```sh/ { n++; take = 1; next }
	    /^```/ { take = 0 }
	    take { print > (out "/" n) }' out="$2" "$1"
}

run_blocks() {
	for block in "$2"/*; do
		[ -e "$block" ] || continue
		grep -q 'cdc-' "$block" || continue
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
	mkdir -p "$T/$page"
	examples_of "$page" "$T/$page"
	run_blocks "$page" "$T/$page"
done
mkdir "$T/readme"
readme_blocks README.md "$T/readme"
run_blocks README "$T/readme"
done_testing
