#!/bin/sh
# cdc-format --to debezium: Kafka Connect's own JsonConverter reads each record
# by its schema, finds every value to be of it, and writes the same schema.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"
. "$src/tests/kafka.sh"

kafka_fetch 2>"$T/err" || skip_all "no Kafka here: $(tail -n 1 "$T/err")"
connect_fetch 2>"$T/err" || skip_all "no Connect here: $(tail -n 1 "$T/err")"

for case in ddl ecommerce names types-bin types-charsets types-geo \
    types-json types-num types-text types-uuid types-vector wide; do
	for modes in '' '--decimal precise --time connect' \
	    '--decimal double --time isostring --binary hex'; do
		# shellcheck disable=SC2086
		cdc-tail -q --on-error warn --tombstones --control \
		    --schema-changes --transactions --from 1-1-1 $modes \
		    --exclude-table 'zz_sentinel\..*' \
		    "$src/tests/conformance/data/$case/binlog.000001" |
		    sed 's/:18446744073709551615\([,}]\)/:1\1/g' |
		    cdc-format --to debezium >>"$T/lines" 2>"$T/err" ||
		    result 1 "$case: $(cat "$T/err")"
	done
done
lines=$(wc -l <"$T/lines")
connect_run "$src/tests/server/Typed.java" <"$T/lines" >"$T/out" 2>"$T/err"
is "$(tail -n 1 "$T/out")" "$lines lines, $lines the same" \
    "every line is of its schema" ||
    { grep "^not the same" "$T/out" | cut -c1-200; grep -v "^	at\|SLF4J" "$T/err"; } |
    head -n 4 | sed "s/^/# /"
done_testing
