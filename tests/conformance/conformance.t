#!/bin/sh
# What Debezium printed for these binlogs, and Maxwell, and what we do.  data/ was
# recorded from Debezium 3.5.0, Maxwell 1.22.6 and MariaDB 11.8.6; known.tsv has
# every difference, and what we print there.
. "$(dirname "$0")/../lib.sh"
here=$src/tests/conformance
cases=0

# usage: equal NAME EXPECTED [FLAG] < ours   to be compared in the end
equal() {
	cases=$((cases + 1))
	cat >"$T/case.$cases"
	printf '%s\t%s\t%s\t%s\n' "$1" "$here/data/$2.jsonl.gz" \
	    "$T/case.$cases" "${3-}" >>"$T/cases"
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
types_case ecommerce dec-precise-numeric --decimal numeric
tail_case ecommerce --skip-op t | grep -v '"payload":null}$' >"$T/ours"
equal ecommerce-notombstone ecommerce/notombstone <"$T/ours"
types_case ecommerce-xa main --xa prepare
types_case ecommerce-xa query --xa prepare --query

# The same workload as other servers log it.  Debezium prints 1 record where
# log_bin_compress=ON, and stops at FULL_NODUP.
for variant in compressed fullnodup checksum-none legacypos temporal55; do
	tail_case ecommerce-$variant >"$T/ours"
	equal ecommerce-skipops-none ecommerce/skipops-none <"$T/ours"
done
# without names in the log, from the schema records of another
tail_case ecommerce --control >"$T/schema"
for variant in meta-minimal meta-nolog; do
	tail_case ecommerce-$variant --schema "$T/schema" >"$T/ours"
	equal ecommerce-skipops-none ecommerce/skipops-none <"$T/ours"
done
# partial images: every value that is there is the right one, and no key is
# another
values='[.key, .payload.op, .payload.source.table,
    (.payload.before // {}), (.payload.after // {})]'
jq -c "$values" "$T/all" >"$T/whole"
for variant in image-minimal image-noblob; do
	tail_case ecommerce-$variant | jq -c "$values" >"$T/parts"
	paste "$T/whole" "$T/parts" | jq -c -s '.[]' | paste - - >"$T/pairs"
	is "$(jq -c -n '[inputs] | length' "$T/parts")" \
	    "$(jq -c -n '[inputs] | length' "$T/whole")" "$variant: all rows"
	is "$(jq -s -c '. as $all | [range(0; length; 2) |
	    select($all[.][0:3] != $all[. + 1][0:3] or
	    (. as $i | [3, 4] | any(. as $k | ($all[$i + 1][$k] |
	    to_entries) - ($all[$i][$k] | to_entries) != [])))] | length' \
	    "$T/pairs")" 0 "$variant: what the log holds"
done
# every type, likewise
rows='[.payload.source.table, .payload.op, .key, .payload.before,
    .payload.after]'
tail_case types-all-checksum-none --control >"$T/schema"
grep -v '"tableChanges"\|"beat"' "$T/schema" | jq -c "$rows" >"$T/whole"
is "$(wc -l <"$T/whole")" 409 "every type: all rows"
for variant in compress meta-minimal meta-nolog; do
	tail_case types-all-$variant --schema "$T/schema" | jq -c "$rows" \
	    >"$T/ours"
	same "$T/ours" "$T/whole" "every type: $variant"
done

# usage: unwrap_case MODE [cdc-unwrap's options]
unwrap_case() {
	mode=$1
	shift
	cdc-unwrap "$@" <"$T/rows" >"$T/ours"
	equal "ecommerce-$mode" "ecommerce/$mode" unwrapped <"$T/ours"
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
equal ecommerce-unwrap-route ecommerce/unwrap-route unwrapped <"$T/ours"

# What ExtractChangedRecordState says of each record (of carts it has a row that
# was undone), and what HeaderToValue makes of that behind ExtractNewRecordState,
# of some of them.
cdc-unwrap --deletes rewrite --changed Changed --unchanged Unchanged \
    <"$T/rows" | jq -c 'select(.payload) |
    [.topic, .headers.Changed, .headers.Unchanged]' | grep -v 'carts"' \
    >"$T/ours"
gunzip -c "$here/data/transforms/changed.jsonl.gz" >"$T/theirs"
same "$T/ours" "$T/theirs" "columns that changed"
cdc-unwrap --deletes rewrite --changed Changed --add-headers op \
    --header-to-field Changed=changed,__op=operation <"$T/rows" >"$T/ours"
jq -c '[.topic, .payload]' "$T/ours" >"$T/all-chained"
gunzip -c "$here/data/transforms/chain.jsonl.gz" | jq -c . >"$T/theirs"
is "$(grep -cxF -f "$T/theirs" "$T/all-chained")" "$(wc -l <"$T/theirs")" \
    "headers that became fields"
is "$(jq -c '.headers // {} | keys | map(select(startswith("__debezium") | not))' \
    "$T/ours" | sort -u)" '[]' "none of them stays"

# Rows of an outbox table, without Debezium's schemas, and their events.
gunzip -c "$here/data/transforms/outbox.jsonl.gz" |
    jq -c 'def plain: if has("schema") then .payload else . end;
	{topic, key: .key | plain, payload: (.value // {payload: null} |
	if has("payload") then .payload else . end)}' >"$T/outbox"
# usage: outbox_case NAME [cdc-outbox's options]
outbox_case() {
	mode=$1
	shift
	cdc-outbox -q "$@" <"$T/outbox" >"$T/ours"
	equal outbox-$mode transforms/outbox-$mode unwrapped <"$T/ours"
}
outbox_case default
outbox_case additional --event-timestamp created:us --placement \
    type:header:eventType,ver:partition,ver:envelope:version
outbox_case route --route-by-field type --topic-replacement \
    'evt.${routedByValue}' --tombstone-on-empty
outbox_case expand --expand-json

# The partitions that PartitionRouting chose, of three fields by two hashes:
# [topic, key or null, java …, murmur …].  It stops at a delete of which it is to
# hash what is after (null here), and leaves tombstones to Kafka; ours go where
# their deletes went.  Of carts it has a row that was undone.
at=2
for hash in java debezium; do
	for by in after.name,source.table change.id source.db; do
		cdc-route -q --partition-by $by --partitions 7 --hash $hash \
		    <"$T/rows" >"$T/routed"
		jq -c --arg by $by 'select(.payload) | [.topic,
		    if .payload.op == "d" and ($by | startswith("after."))
		    then null else .partition end]' "$T/routed" |
		    grep -v carts >"$T/ours"
		gunzip -c "$here/data/transforms/partition.jsonl.gz" |
		    jq -c --argjson at $at '[.[0], .[$at]]' |
		    grep -v carts >"$T/theirs"
		same "$T/ours" "$T/theirs" "partitions: $by by $hash"
		is "$(jq -c -s '[.[] | [.payload, .partition]] as $r |
		    [range(1; length) | select($r[.][0] == null and
		    $r[.][1] != $r[. - 1][1])]' "$T/routed")" '[]' \
		    "those of tombstones"
		at=$((at + 1))
	done
done

# What the connector printed with message.key.columns: topic, key, headers, op,
# images, numbers, and what the ends of transactions count.
cdc-tail --tombstones --transactions --topic-prefix m --include-db k \
    --from 1-1-4 "$here/data/key-columns/binlog.000001" |
    cdc-route --tombstones --key-columns 'k.a:u,v;k.n:x' |
    jq -c 'select(.payload.status != "BEGIN") | [.topic, .key,
	(.headers // {}), .payload.op, .payload.before, .payload.after,
	(.payload.transaction | [.id, .total_order, .data_collection_order]),
	.payload.event_count, .payload.data_collections]' >"$T/ours"
gunzip -c "$here/data/key-columns/keys.jsonl.gz" >"$T/theirs"
same "$T/ours" "$T/theirs" "keys of other columns"

# What TimezoneConverter made of rows that have a DATETIME and a TIMESTAMP.
tail_case ecommerce --skip-op t --control |
    cdc-route --timestamp-zone Europe/Paris --datetime-zone Europe/Paris |
    jq -c 'select(.payload.source and (.payload | [.before, .after] |
	any(. and has("created_at")))) |
	[.topic, .payload.before, .payload.after]' >"$T/ours"
gunzip -c "$here/data/transforms/timezone.jsonl.gz" >"$T/theirs"
same "$T/ours" "$T/theirs" "rows in the time zone Europe/Paris"

for case in keys names wide types-int types-num types-time types-bin \
    types-enum types-text types-json types-geo; do
	types_case $case nodata-after-schema
done
for case in keys names wide types-json types-enum types-geo types-uuid \
    types-vector types-zerodate types-gen types-int types-num types-bin \
    types-text types-time types-charsets ddl; do
	types_case $case main
done
for case in types-uuid types-vector types-charsets types-zerodate types-gen \
    ddl; do
	types_case $case nodata-after-schema
done
types_case partition nodata-after-schema-skip
types_case types-invaliddate main-skip
types_case types-uuid bin-hex --binary hex
types_case types-zerodate time-connect --time connect
types_case types-zerodate time-isostring --time isostring
types_case types-time time-micro --time microseconds
types_case types-time time-nano --time nanoseconds
types_case types-num dec-precise-numeric --decimal numeric
types_case ddl query --query
types_case types-int ubig-precise --bigint-unsigned precise
types_case types-int bin-hex --binary hex
types_case types-num dec-double --decimal double
types_case types-num dec-precise --decimal precise
types_case types-time time-connect --time connect
types_case types-time time-isostring --time isostring
types_case types-bin bin-base64 --binary base64
types_case types-bin bin-base64url --binary base64-url-safe
types_case types-bin bin-hex --binary hex
for case in keys names ddl; do
	tail_case $case --skip-op t |
	    cdc-unwrap --deletes rewrite $fields >"$T/ours"
	equal $case-unwrap $case/unwrap unwrapped <"$T/ours"
done

# Schema changes, with what became of each table.
for case in ddl ecommerce keys names sysver wide types-bin types-charsets \
    types-enum types-gen types-geo types-int types-json types-num types-text \
    types-time types-uuid types-vector types-zerodate; do
	tail_case $case --schema-changes |
	    grep '"tableChanges"' >"$T/ours"
	equal $case-schema-changes $case/schema-changes <"$T/ours"
done

# With their schemas.  What no schema of theirs can say is refused: a BIGINT
# UNSIGNED above 2^63-1, the number of a label, a zero date that is NOT NULL.
# It becomes a value that can be said.
sayable() {
	perl -pe 's/:(\d{19,20})(?=[,}])/length $1 > 19 ||
	    $1 gt "9223372036854775807" ? ":9223372036854775807" : $&/gex;
	    s/"eu":0(?=[,}])/"eu":""/g; s/"(dn|yn)":null/"$1":0/g;
	    s/"tn":null/"tn":"1970-01-01T00:00:00Z"/g if /t_timestamp/'
}
for case in ddl ecommerce names types-enum types-gen types-geo types-int \
    types-json types-num types-time types-uuid types-vector; do
	tail_case $case --control --schema-changes --transactions --skip-op t |
	    sayable | cdc-format --to debezium >"$T/ours"
	equal $case-main-schemas $case/main-schemas schemas <"$T/ours"
done

tail_case ecommerce --skip-op t | cdc-format --to cloudevents >"$T/ours"
is "$(jq -r .id "$T/ours" | sort -u | wc -l)" "$(wc -l <"$T/ours")" \
    "cloudevents: no id is there twice"
equal ecommerce-cloudevents ecommerce/cloudevents cloudevents <"$T/ours"

# What Maxwell 1.22.6 printed for the same statements, until it stopped.
for case in ddl ecommerce ecommerce-xa keys names types-bin types-charsets \
    types-enum types-gen types-geo types-int types-json types-num types-text \
    types-time types-zerodate; do
	settings=server_id,primary_keys,primary_key_columns,xoffset
	! gunzip -c "$here/data/$case/maxwell.jsonl.gz" | grep -q '"table-' ||
	    settings=$settings,ddl
	tail_case $case --control --schema-changes --transactions \
	    --time string | cdc-format -q --to maxwell --maxwell $settings \
	    >"$T/ours"
	equal $case-maxwell $case/maxwell maxwell <"$T/ours"
done

cut -f1 "$T/cases" >"$T/names"
python3 "$here/compare.py" "$here/known.tsv" <"$T/cases" >"$T/compared" \
    2>"$T/err" || sed 's/^/# /' "$T/err"
is "$(grep -c '^ok\|^not ok' "$T/compared")" $cases "every case is compared"
while read -r line; do
	case $line in
	'#'*) echo "$line" | cut -c1-300 ;;
	ok*) result 0 "${line#ok }" ;;
	*) result 1 "${line#not ok }" ;;
	esac
done <"$T/compared"
grep '^types-charsets-main	' "$T/cases" >"$T/one"
sed -i 's/"v":"[^"]*"/"v":"GARBAGE"/' "$(cut -f3 "$T/one")"
python3 "$here/compare.py" "$here/known.tsv" <"$T/one" >"$T/compared"
is "$(grep -c '^# .*known to be.* but is .*GARBAGE' "$T/compared")" 8 \
    "what is known to differ is known, not left out"
is "$(cut -f1 "$here/known.tsv" | grep -v '^[#=]\|-initial$\|^$' | sort -u |
    grep -vxFf "$T/names")" '' "no difference is known of a case that is none"

# What Debezium stops at.  rows.jsonl is what dml.sql did: INET4 and INET6,
# COMPRESSED columns, sequences, the lives of system-versioned rows.
# usage: rows < records; table, operation, key and images, digit for digit
rows() {
	perl -ne 'print "$1 $4 $2 $3}\n" if /^\{"topic":"([^"]*)","key":(.*?)
	    (?:,"headers":.*?)?,"payload":(\{"before":.*),"source":\{.*\},
	    "op":"(.)"/x'
}
for case in types-inet types-compressed sequence sysver sysver-period; do
	tail_case $case --skip-op t | rows >"$T/ours"
	same "$T/ours" "$here/data/$case/rows.txt" "$case: what was done"
done
tail_case sysver --history | rows >"$T/ours"
same "$T/ours" "$here/data/sysver/history.txt" "sysver: --history"
done_testing
