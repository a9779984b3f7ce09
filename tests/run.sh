#!/bin/sh
# Install what the tests need, build, and run all of them; those that need no
# server again with sanitizers.  The last line is the sum.
# usage: sh tests/run.sh
set -u
cd "$(dirname "$0")/.." || exit 1
top=$PWD

say() { printf '\n== %s\n' "$*"; }

SUDO=
[ "$(id -u)" -eq 0 ] || SUDO=sudo
export SUDO

say "installing what is missing"
. build-aux/packages.sh
install_packages $build_packages $test_packages || exit 1
. tests/mariadb.sh
if ! mariadb_have 11.8; then
	echo "making a Debian trixie root with MariaDB 11.8 in $mariadb_cache"
	mariadb_fetch 11.8 || echo "no MariaDB 11.8: its tests are skipped"
fi
src=$top
. tests/kafka.sh
kafka_fetch || echo "no Kafka from Maven Central: its test is skipped"
. tests/opensearch.sh
opensearch_fetch || echo "no OpenSearch from Maven Central: its test is skipped"

say "building: ./build, and ./build/asan with sanitizers"
[ -x configure ] || autoreconf -fi >/dev/null || exit 1
# usage: build DIR [configure's options]
build() {
	mkdir -p "$1" && (
		cd "$1" || exit 1
		shift
		[ -e Makefile ] || "$top/configure" -q "$@" || exit 1
		make -s -j"$(nproc)" && make -s -j"$(nproc)" check-build
	) || exit 1
}
build build || exit 1
build build/asan --enable-asan --enable-ubsan CFLAGS='-g -O1' || exit 1

logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
# usage: prove_in BUILD TEST…
prove_in() {
	CDC_BIN=$top/$1/src
	CDC_LOGS=$logs/$(echo "$1" | tr / -)
	shift
	mkdir -p "$CDC_LOGS"
	export CDC_BIN CDC_LOGS
	longest_first "$@" >"$logs/order"
	CDC_SRC=$top prove --timer -j"$jobs" --exec "sh $top/tests/run-tap" - \
	    <"$logs/order"
}

# A long one that begins last runs alone.  tests/longest has those of more than
# ten seconds by their length; the others follow.
longest_first() {
	for long in $(grep -v '^#' tests/longest); do
		for file in "$@"; do
			[ "$file" != "tests/$long.t" ] || echo "$file"
		done
	done
	printf '%s\n' "$@" | grep -vxF "$(sed 's|.*|tests/&.t|' tests/longest)"
}

units() {
	find "$1/tests/unit" -maxdepth 1 -type f -perm -100 | sort
}

# They wait as long as they compute: for servers, for what takes its time.
jobs=$(($(nproc) * 2))
failures=0
say "all tests"
prove_in build $(units build) tests/stage/*.t tests/pipe/*.t \
    tests/conformance/*.t tests/fault/*.t tests/fuzz/*.t tests/meta/*.t \
    tests/server/*.t ||
    failures=1
say "with AddressSanitizer and UndefinedBehaviorSanitizer"
# what lines and images hold is random: fewer show what sanitizers see
PROPERTY_LINES=12000
export PROPERTY_LINES
prove_in build/asan $(units build/asan) tests/stage/*.t \
    $(grep -L '^# not with sanitizers' tests/pipe/*.t) \
    tests/conformance/*.t tests/fuzz/*.t || failures=1

count() { cat "$logs"/*/*.tap | grep -ac "$1"; }
open=$(count '^not ok.*# TODO')
failed=$(($(count '^not ok') - open))
skipped=$(count '^ok.*# SKIP\|^1\.\.0 # SKIP')
passed=$(($(count '^ok') - $(count '^ok.*# SKIP')))
# A test that died before it could say so is a failure, too.
[ $failures -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
[ "$failed" -eq 0 ] || {
	say "what failed, and what it said"
	for tap in "$logs"/*/*.tap; do
		awk -v name="${tap#"$logs"/}" '
		    /^not ok.*# TODO/ { said = 0; next }
		    /^not ok/ { print name ": " $0; said = 1; next }
		    /^#/ { if (said) print; next }
		    { said = 0 }' "$tap"
	done
}
echo
[ "$open" -eq 0 ] || echo "$open known not to be right yet (TODO)"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
