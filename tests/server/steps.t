#!/bin/sh
# The reader of statements against the server: each statement of a corpus is
# executed, information_schema is asked what the tables are now, and that is
# what the schema records made of the log say, member by member; or nothing,
# with a warning.  tests/steps/corpus: our own statements, and a selection of
# those of MariaDB's own suites; tests/steps/random.py makes more.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { server_stop; }
steps() { python3 -B "$src/tests/steps/steps.py" "$@"; }

# usage: check NAME run|rows CORPUS…
check() {
	checked=$1
	mode=$2
	shift 2
	mariadb_sql "$server" -e 'RESET MASTER'
	succeeds "$checked: executed" steps "$mode" "$server/sock" "$T/seen" \
	    "$@"
	sed 's/^/# /' "$T/ok.out"
	mariadb_sql "$server" -e 'FLUSH LOGS'
	run cdc-tail --schema-changes --control --on-error warn \
	    "$server"/mariadb-bin.0*[0-9]
	exits 0 "$checked: the log is read"
	is "$(steps compare "$T/seen" "$T/out" "$T/err" | tee "$T/told" |
	    tail -n 1 | sed 's/.* \([0-9]* wrong\)/\1/')" "0 wrong" \
	    "$checked: no record is wrong"
	grep -q ' 0 wrong$' "$T/told" ||
	    head -n 40 "$T/told" | cut -c1-300 | sed 's/^/# /'
	tail -n 1 "$T/told" | sed 's/^/# /'
}

# Words that may be types: the server's own, and those of the table of types.
words() {
	mariadb_sql "$server" -BNe "SELECT WORD FROM information_schema.KEYWORDS
	    WHERE WORD REGEXP '^[A-Za-z0-9_]+\$' UNION SELECT UPPER(
	    PLUGIN_NAME) FROM information_schema.PLUGINS
	    WHERE PLUGIN_TYPE = 'DATA TYPE'"
	sed -nE 's/^(SQL_TYPE|HIDDEN_TYPE|	ROW)\(([A-Z0-9]+),.*/\2/p
	    s/^TYPE_NAME\("([^"]*)".*/\1/p' "$src/src/lib/value/types.def"
}

# Each in every form that some type has: what the server takes we know, and as
# it does.
check_types() {
	words | sort -u | awk '
	BEGIN { n = split("|(3)|(5,2)|(\047a\047,\047b\047)| UNSIGNED|" \
	    " CHARACTER SET latin1", forms, "|") }
	{ for (i = 1; i <= n; i++)
		print "CREATE OR REPLACE TABLE t (c " $0 forms[i] ");" }
	' >"$T/types.sql"
	check "$1" run "$T/types.sql"
	is "$(grep 'a type that is not known' "$T/err")" "" \
	    "$1: none that the server takes is not known"
}

for version in $mariadb_versions; do
	if ! mariadb_have $version; then
		skip "$version" "no MariaDB $version here"
		continue
	fi
	server_start $version "$T/$version" || continue
	corpus=$src/tests/steps/corpus
	check "$version, FULL" run "$corpus/own.sql" "$corpus/suites.sql"
	check_types "$version, types"
	for seed in ${STEPS_SEEDS:-1}; do
		python3 -B "$src/tests/steps/random_ddl.py" "$seed" 2000 \
		    >"$T/random.sql"
		check "$version, at random, seed $seed" run "$T/random.sql"
	done
	for metadata in FULL MINIMAL NO_LOG; do
		mariadb_sql "$server" \
		    -e "SET GLOBAL binlog_row_metadata=$metadata"
		check "$version, $metadata, with rows" rows \
		    "$corpus/own.sql" "$T/types.sql"
	done
	server_stop
done
done_testing
