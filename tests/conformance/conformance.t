#!/bin/sh
# What Debezium printed for these binlogs, and what we do.  data/ was recorded
# from Debezium 3.5.0 and MariaDB 11.8.6; known.tsv has every difference.
. "$(dirname "$0")/../lib.sh"
here=$src/tests/conformance

# usage: equal NAME EXPECTED [compare's options] < ours
equal() {
	name=$1
	expected=$2
	shift 2
	if perl "$here/compare.pl" --known "$here/known.tsv" --case "$name" \
	    "$@" "$here/data/$expected.jsonl.gz" >"$T/differences" 2>&1
	then
		result 0 "$name: $(tail -n 1 "$T/differences")"
	else
		result 1 "$name" || sed 's/^/# /' "$T/differences" |
		    cut -c1-300 | head -n 10
	fi
}

# usage: tail_case CASE [cdc-tail's options]
tail_case() {
	log=$here/data/$1/binlog.000001
	prefix=oracle
	case $1 in ecommerce*) prefix=ecommerce ;; esac
	shift
	cdc-tail -q --on-error warn --topic-prefix $prefix --tombstones \
	    --from 1-1-1 --exclude-table 'zz_sentinel\..*' "$@" "$log"
}

# usage: types_case CASE MODE [cdc-tail's options]
types_case() {
	case=$1
	mode=$2
	shift 2
	tail_case "$case" --skip-op t "$@" >"$T/ours"
	equal "$case-$mode" "$case/$mode" <"$T/ours"
}

tail_case ecommerce >"$T/all"
equal ecommerce-skipops-none ecommerce/skipops-none <"$T/all"
tail_case ecommerce --skip-op t >"$T/rows"
types_case ecommerce query --query
types_case ecommerce dec-double --decimal double
types_case ecommerce dec-precise --decimal precise

# the same workload with log_bin_compress=ON, of which Debezium prints 1 record
tail_case ecommerce-compressed >"$T/ours"
equal ecommerce-skipops-none ecommerce/skipops-none <"$T/ours"

# and with binlog_row_image=FULL_NODUP, which Debezium refuses
tail_case ecommerce-fullnodup >"$T/ours"
equal ecommerce-skipops-none ecommerce/skipops-none <"$T/ours"

# usage: unwrap_case MODE [cdc-unwrap's options]
unwrap_case() {
	mode=$1
	shift
	cdc-unwrap "$@" <"$T/rows" >"$T/ours"
	equal "ecommerce-$mode" "ecommerce/$mode" --unwrapped <"$T/ours"
}

fields='--add-fields op,table,source.ts_ms'
unwrap_case unwrap --deletes rewrite $fields
unwrap_case unwrap-rewrite-tombstone --deletes rewrite-with-tombstone $fields
unwrap_case unwrap-rewrite-tombstone --delete-handling-mode rewrite \
    --drop-tombstones false $fields
unwrap_case unwrap-legacy $fields
unwrap_case unwrap-default
unwrap_case unwrap-tombstone --deletes tombstone
unwrap_case unwrap-delete-to-tombstone --deletes delete-to-tombstone
unwrap_case unwrap-drop --deletes drop \
    --add-headers op,source.table,source.gtid
route() { cdc-route '([^.]+)\.([^.]+)\.([^.]+)' '$1-$3'; }
route <"$T/rows" >"$T/ours"
equal ecommerce-route ecommerce/route <"$T/ours"
cdc-unwrap --deletes rewrite $fields <"$T/rows" | route >"$T/ours"
equal ecommerce-unwrap-route ecommerce/unwrap-route --unwrapped <"$T/ours"

for case in keys names wide types-int types-num types-time types-bin \
    types-enum types-text types-json types-geo; do
	types_case $case nodata-after-schema
done
types_case types-int ubig-precise --bigint-unsigned precise
types_case types-int bin-hex --binary hex
types_case types-num dec-double --decimal double
types_case types-num dec-precise --decimal precise
types_case types-time time-connect --time connect
types_case types-time time-isostring --time isostring
types_case types-bin bin-base64 --binary base64
types_case types-bin bin-base64url --binary base64-url-safe
types_case types-bin bin-hex --binary hex
for case in keys names; do
	tail_case $case --skip-op t |
	    cdc-unwrap --deletes rewrite $fields >"$T/ours"
	equal $case-unwrap $case/unwrap --unwrapped <"$T/ours"
done
done_testing
