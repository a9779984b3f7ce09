#!/bin/sh
. "$(dirname "$0")/../lib.sh"

shop --tombstones --transactions --control >"$T/all"
stage_basics cdc-audit

run_on "$T/all" cdc-audit
exits 0 "the shop"
rows() { jq -c 'select(.payload.op) | .payload'; }
is "$(rows <"$T/out" | wc -l)" \
    "$(jq -c 'select(.payload.op)' "$T/all" | wc -l)" \
    "a row for each change"
is "$(grep -c '"beat"' "$T/out")" "$(grep -c '"beat"' "$T/all")" \
    "heartbeats pass"
is "$(grep -c 'tableChanges' "$T/out")" 0 "schema records do not"
is "$(jq -c 'select(.payload == null)' "$T/out" | wc -l)" 0 "nor tombstones"
rows <"$T/out" | jq -c 'select(.after.source_table == "orders" and
    .after.operation == "UPDATE") | [.op, .before, .after.source_database,
    .after.source_position, .after.record_key, .after.changed_fields,
    .source.db, .source.table, .source.gtid, .transaction.id]' |
    head -n 1 >"$T/got"
jq -c 'select(.payload.op == "u" and .payload.source.table == "orders") |
    .payload as $p | ["c", null, "shop",
    "\($p.source.file):\($p.source.pos)", (.key | tojson),
    ([$p.after | keys_unsorted[] | select($p.before[.] != $p.after[.])] |
    tojson), "audit", "audit_trail", $p.source.gtid, $p.transaction.id]' \
    "$T/all" | head -n 1 >"$T/want"
same "$T/got" "$T/want" "an update"
rows <"$T/out" | jq -c '[.after.operation, (.after.data_before // "null" |
    fromjson), (.after.data_after // "null" | fromjson)]' >"$T/got"
jq -c 'select(.payload.op) | .payload | [{c: "INSERT", u: "UPDATE",
    d: "DELETE", t: "DELETE"}[.op], .before, .after]' "$T/all" >"$T/want"
same "$T/got" "$T/want" "the rows before and after"
is "$(grep '"op"' "$T/out" | head -n 1 | jq -r '.topic, .key')" \
    "mariadb.audit.audit_trail
null" "topic and key"
is "$(rows <"$T/out" | jq -r '.after.event_timestamp' | head -n 1)" \
    "$(jq -r 'select(.payload.op).payload.source.ts_ms / 1000 |
    strftime("%Y-%m-%d %H:%M:%S.000000")' "$T/all" | head -n 1)" "the time"

run_on "$T/all" cdc-audit --table other.trail
is "$(rows <"$T/out" | head -n 1 | jq -c '[.source.db, .source.table]')" \
    '["other","trail"]' "--table"
run cdc-audit --table nodot
exits 64 "--table without a database: 64"
run cdc-audit operand
exits 64 "an operand: 64"
sed 's/"op":"c"/"op":"r"/' "$T/all" | grep '"op":"r"' >"$T/reads"
run_on "$T/reads" cdc-audit
out_is "" "rows of a snapshot are left out"
run_on "$T/reads" cdc-audit --reads
is "$(rows <"$T/out" | jq -r .after.operation | sort -u)" INSERT "--reads"
echo '{"topic":"a.b.c","key":null,"payload":{"before":null,"after":null,"source":{"db":"b","table":"c","ts_ms":1},"op":"t"}}' >"$T/one"
run_on "$T/one" cdc-audit
is "$(jq -c '.payload.after | [.operation, .record_key, .data_before]' \
    "$T/out")" '["DELETE","{}",null]' "a truncate"
cdc-unwrap <"$T/all" | grep '"op"' | head -n 3 >"$T/flat"
run_on "$T/flat" cdc-audit
exits 65 "rows without a before: 65"
printf '{"topic":"m.s.t","partition":0,"offset":7,"key":"{\\"id\\":1}","payload":"{\\"before\\":null,\\"after\\":{\\"id\\":1,\\"v\\":\\"a\\\\\\"b\\"},\\"source\\":{\\"db\\":\\"s\\",\\"table\\":\\"t\\",\\"ts_ms\\":1001},\\"op\\":\\"c\\"}"}\n' >"$T/one"
run_on "$T/one" cdc-audit
is "$(jq -r '[.offset, (.payload | fromjson | .after.data_after | fromjson |
    .v)] | join(" ")' "$T/out")" '7 a"b' "a line of kcat stays one"

run cdc-audit --ddl
exits 0 "--ddl"
is "$(head -n 1 "$T/out")" \
    'CREATE TABLE IF NOT EXISTS `audit`.`audit_trail` (' "creates the table"
run cdc-audit --partition-months 14
is "$(grep -c '^EXECUTE' "$T/out")" 15 "--partition-months"
is "$(grep -c '_13 \|-13-\|_00\|-00-' "$T/out")" 0 "months of a year"
# Wide rows cost what they are long, whatever the order of their columns.
perl -e '
	sub row { join ",", map { "\"c$_\":" . ($_ == 7 ? $_[0] : $_) } @_[1 ..
	    $#_] }
	my @c = (0 .. 3999);
	for my $i (1 .. 100) {
		my $after = row($i + 7, $i % 2 ? @c : reverse @c);
		print "{\"topic\":\"m.d.t\",\"key\":{\"c0\":0},\"payload\":{" .
		    "\"before\":{" . row(7, @c) . "},\"after\":{$after}," .
		    "\"source\":{\"version\":\"1\",\"db\":\"d\"," .
		    "\"table\":\"t\",\"ts_ms\":1},\"op\":\"u\",\"ts_ms\":1}}\n";
	}' >"$T/wide"
# seconds of CPU: others may have it, too
run_on "$T/wide" sh -c 'ulimit -t 2; exec cdc-audit'
exits 0 "100 rows of 4,000 columns, in two orders"
is "$(jq -r .payload.after.changed_fields "$T/out" | sort | uniq -c |
    tr -s ' ')" ' 100 ["c7"]' "what was changed"
done_testing
