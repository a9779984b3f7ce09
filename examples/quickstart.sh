#!/bin/sh
# From a fresh Debian to the first records: install dependencies, build, and
# run each stage on the binlog in examples/data.
# usage: sh examples/quickstart.sh
set -eu
cd "$(dirname "$0")/.."

say() { printf '\n== %s\n' "$*"; }

SUDO=
[ "$(id -u)" -eq 0 ] || SUDO=sudo

say "installing missing packages"
. build-aux/packages.sh
install_packages $build_packages jq

say "building in ./build"
[ -x configure ] || autoreconf -fi >/dev/null 2>&1
mkdir -p build
(
	cd build
	[ -e Makefile ] || ../configure -q
	make -s -j"$(nproc)"
)
PATH=$PWD/build/src:$PATH

log=examples/data/mariadb-bin.000001

say "cdc-tail: one record for each committed change (the first of $(
    cdc-tail $log | wc -l))"
cdc-tail --count 1 $log | jq .

say "cdc-filter: only deleted orders"
cdc-tail $log | cdc-filter -t 'shop\.orders' --op d |
    jq -c '{topic, key, before: .payload.before}'

say "cdc-filter: without secret columns"
cdc-tail $log | cdc-filter -t 'shop\.customers' \
    --exclude-column '.*\.(password_hash|ssn)' | jq -c .payload.after |
    head -n 2

say "cdc-unwrap: flat rows, with the operation and the table"
cdc-tail $log | cdc-filter -t 'shop\.order_items' |
    cdc-unwrap --deletes rewrite --add-fields op,table | jq -c .payload

say "cdc-route: other topics"
cdc-tail $log | cdc-route '([^.]+)\.([^.]+)\.([^.]+)' '$1-$3' |
    jq -r .topic | sort | uniq -c

say "done: the programs are in ./build/src, their manual in ./man"
echo "try: mandoc man/cdc.7 | less      sudo make -C build install"
echo "to run them by name in this shell:"
echo 'PATH=$PWD/build/src:$PATH'
