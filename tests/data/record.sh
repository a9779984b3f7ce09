#!/bin/sh
# Record the binlogs in examples/data again: a private MariaDB 11.8 with the
# configuration that the manual recommends executes ecommerce.sql.
# usage: tests/data/record.sh [DIR]     (default: examples/data)
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
. "$top/tests/mariadb.sh"
to=${1:-$top/examples/data}
work=$(mktemp -d)
trap 'mariadb_stop "$work/s"; rm -rf "$work"' EXIT
mariadb_fetch 11.8
mariadb_start 11.8 "$work/s"
mariadb_sql "$work/s" <"$top/tests/data/ecommerce.sql"
mariadb_stop "$work/s"
mkdir -p "$to"
install -m 644 "$work/s/mariadb-bin.000001" "$work/s/mariadb-bin.000002" "$to"
ls -l "$to"
