#!/bin/sh
# Where the log does not say: --schema FILE, @1, @2, … and what contradicts.
. "$(dirname "$0")/../lib.sh"
data=$src/tests/conformance/data
nolog=$data/ecommerce-meta-nolog/binlog.000001
full=$data/ecommerce/binlog.000001
one() { cdc-tail -q --from 1-1-1 -t 'ecommerce\.carts' --count 1 "$@"; }

run cdc-tail -t 'zz_sentinel\.s' --count 5 "$nolog"
exits 0 "a log without names is read"
is "$(jq -c '.payload.after | keys' "$T/out" | sort -u)" '["@1"]' \
    "as mariadb-binlog names them"
is "$(jq -c .key "$T/out" | sort -u)" null "and no key is known"
is "$(grep -c 'does not name its columns' "$T/err")" 1 "said once"
err_like 'table zz_sentinel.s: .*--schema FILE' "which table, what to do"
run cdc-tail -q -t 'zz_sentinel\.s' --count 1 "$nolog"
is "$(cat "$T/err")" "" "not with -q"

cdc-tail -q --control --from 1-1-1 --count 50 "$full" >"$T/schema"
one "$full" | jq -c '[.key, .payload.after]' >"$T/want"
one "$nolog" | jq -c '[.key, .payload.after]' >"$T/got"
same "$T/got" "$T/want" "a table that the log itself creates is known"
one --schema "$T/schema" "$nolog" | jq -c '[.key, .payload.after]' >"$T/got"
same "$T/got" "$T/want" "records among other lines"
grep tableChanges "$T/schema" | jq -c '{schema: null, payload}' >"$T/debezium"
one --schema "$T/debezium" "$nolog" | jq -c '[.key, .payload.after]' >"$T/got"
same "$T/got" "$T/want" "Debezium's shape"
grep tableChanges "$T/schema" | jq -c '{topic, payload: (.payload | tostring)}' \
    >"$T/kcat"
one --schema "$T/kcat" "$nolog" | jq -c '[.key, .payload.after]' >"$T/got"
same "$T/got" "$T/want" "kcat -J's shape"
grep tableChanges "$T/schema" | jq -c .payload >"$T/bare"
one --schema "$T/bare" "$nolog" | jq -c '[.key, .payload.after]' >"$T/got"
same "$T/got" "$T/want" "a bare payload"

# a record is never taken for another table's shape
carts='select(.payload.source.table == "carts")'
columns='.payload.tableChanges[0].table.columns'
grep tableChanges "$T/schema" | jq -c "$carts | ${columns} |= .[1:]" >"$T/short"
run one --schema "$T/short" "$nolog"
exits 65 "a record of fewer columns: 65"
err_like "table ecommerce.carts: the log has 3 columns, its schema record 2" \
    "which table, how many"
grep tableChanges "$T/schema" |
    jq -c "$carts | ${columns}[2].typeName = \"DATE\"" >"$T/other"
run one --schema "$T/other" "$nolog"
exits 65 "a record of another type: 65"
err_like 'column 3 is INT in the log, DATE \(n\) in its schema record' "which"
grep tableChanges "$T/schema" |
    jq -c "$carts | ${columns}[1].length = 7" >"$T/length"
run one --schema "$T/length" "$nolog"
exits 65 "a record of another length: 65"
run one --schema "$T/short" "$full"
exits 0 "a log that has names needs no record"

# of two that agree, the one that was printed before the row
{
	cat "$T/bare"
	grep tableChanges "$T/schema" | jq -c "$carts | ${columns}[1].name =
	    \"later\" | .payload.source.pos = 999999999"
} >"$T/two"
is "$(one --schema "$T/two" "$nolog" | jq -c '.payload.after | keys[1]')" \
    "$(one --schema "$T/bare" "$nolog" | jq -c '.payload.after | keys[1]')" \
    "not the record of a later position"

# what an ALTER of the log made of it goes before the record, which agrees, too
perl -I"$src/tests" -MBinlog -e 'my $log = Binlog->new;
    my $row = sub { $log->gtid->map(7, "d", "t", "\3")->rows(7, 1,
    "\0" . pack "V", shift)->xid };
    $log->statement("CREATE TABLE t (i INT)", "d");
    $log->write("$ARGV[0].made"); $row->(1); $log->statement("ALTER TABLE t CHANGE i renamed INT", "d");
    $row->(2); $log->write($ARGV[0])' "$T/renamed"
cdc-tail -q --control --schema-changes "$T/renamed.made" >"$T/made"
run cdc-tail -q --schema "$T/made" "$T/renamed"
is "$(jq -c .payload.after "$T/out" | paste -sd ' ')" \
    '{"i":1} {"renamed":2}' "a record, and a column that is renamed behind it"

printf '{"payload":{"tableChanges":[{"table":{"columns":[{}]}}]}}\n' \
    >"$T/malformed"
run one --schema "$T/malformed" "$nolog"
exits 65 "a malformed record: 65"
err_like "malformed:1: malformed schema record" "file and line"

# every member has its type, or the record is none: for cdc-tail, for lists
grep tableChanges "$T/schema" | head -n 1 >"$T/right"
c='.payload.tableChanges[0]'
while IFS='|' read -r path value; do
	jq -c "$path = $value" "$T/right" >"$T/wrong"
	run one --schema "$T/wrong" "$nolog"
	got=$status
	run_on "$T/wrong" cdc-filter -t '.*'
	is "$got,$status" 65,65 "$path = $value: 65"
	grep -q "malformed schema record" "$T/err" ||
	    is "$(cat "$T/err")" "malformed schema record" "and why"
done <<END
.payload.ddl|["DROP TABLE t"]
.payload.databaseName|5
.payload.source.db|["shop"]
.payload.source.table|7
.payload.source.file|1
.payload.source.pos|"4"
.payload.source.pos|1.5
.payload.tableChanges|[1]
$c.id|1
$c.table|"t"
$c.table.columns|{}
$c.table.columns|[1]
$c.table.primaryKeyColumnNames|"id"
$c.table.primaryKeyColumnNames|[1]
$c.table.attributes|[["rowStart"]]
$c.table.attributes|[{"name": 1}]
$c.table.defaultCharsetName|8
$c.table.comment|{}
$c.table.columns[0].name|1
$c.table.columns[0].typeName|["INT"]
$c.table.columns[0].charsetName|1
$c.table.columns[0].length|"5"
$c.table.columns[0].length|5.5
$c.table.columns[0].length|-1
$c.table.columns[0].scale|"2"
$c.table.columns[0].scale|true
$c.table.columns[0].scale|"2), DROP COLUMN precious, ADD z DECIMAL(3"
$c.table.columns[0].optional|"false"
$c.table.columns[0].autoIncremented|1
$c.table.columns[0].generated|"true"
$c.table.columns[0].comment|1
$c.table.columns[0].defaultValueExpression|0
$c.table.columns[0].enumValues|"a"
$c.table.columns[0].enumValues|[1,2]
$c.table.columns[0].enumValues|[["a"]]
END
err_like "enumValues of .* is \[\[\"a\"\]\], not an array of strings" \
    "which member of which column, what it is, what it must be"
jq -c "$c.table.columns[0].enumValues = [\"'a\\\\'\", \"', DROP\"]" \
    "$T/right" >"$T/wrong"
run one --schema "$T/wrong" "$nolog"
exits 65 "a label that begins as SQL and is none: 65"
run one --schema "$T/right" "$nolog"
exits 0 "the record itself is right"

# defaults that are more than texts and numbers are told, and statements that
# alter columns, to every sink of ours
log() {
	perl -I"$src/tests" -MBinlog -e 'my $log = Binlog->new;
	    $log->statement("CREATE TABLE d (a INT DEFAULT -5, b CHAR(9) " .
	    "DEFAULT \"uuid()\", c CHAR(36) DEFAULT uuid(), d DATETIME DEFAULT " .
	    "NOW(), e BIT(3) DEFAULT b\x27101\x27, f BIT(9) DEFAULT 101)");
	    $log->statement("ALTER TABLE d ALTER b SET DEFAULT (lower(a))");
	    $log->statement("ALTER TABLE d ADD KEY (a)");
	    print $log->{bytes}' >"$1"
}
log "$T/defaults"
cdc-tail --schema-changes "$T/defaults" | jq -r '.payload.tableChanges[].table
    .attributes | map(select(.name == "defaultExpression").value) | join(" ")' \
    >"$T/out"
is "$(paste -sd, "$T/out")" "c d f,b c d f,b c d f" "defaults that are expressions"
is "$(cdc-tail --control "$T/defaults" | jq -r '.payload.ddl // empty')" \
    "ALTER TABLE d ALTER b SET DEFAULT (lower(a))" \
    "--control: statements on columns"

# what a statement calls by capitals, on a server that stores small letters
perl -I"$src/tests" -MBinlog -e 'my $log = Binlog->new;
    $log->statement("CREATE TABLE \xC3\x84B (u UUID)");
    $log->gtid->map(7, "d", "\xC3\xA4b", "\xFE", "\xFE\x10",
    Binlog::names("u"))->rows(7, 1, "\0\x10" . "\1" x 16)->xid;
    print $log->{bytes}' >"$T/small"
is "$(cdc-tail -q "$T/small" |
    jq -r ".payload.after.u // empty | length")" 16 \
    "another table, as far as a file tells"
is "$(cdc-tail -q --lower-case-names "$T/small" |
    jq -r ".payload.after.u // empty")" \
    01010101-0101-0101-0101-010101010101 "--lower-case-names: the same table"
is "$(cdc-tail -q --lower-case-names --schema-changes "$T/small" |
    jq -r 'select(.payload.ddl).payload.source.table')" äb \
    "… which is called so"
run cdc-tail --lower-case-names -S /none
exits 64 "--lower-case-names with a server: 64"
err_like 'is for files: a server is asked' "… why"

# kinds of servers to come: refused, and not because of who wrote them
perl -I"$src/tests" -MBinlog -e 'my $log = Binlog->new;
    $log->statement("CREATE OR REPLACE MOLECULE m (i INT)");
    $log->statement("CREATE TABLE t (i INT)"); print $log->{bytes}' >"$T/new"
run cdc-tail --schema-changes --control "$T/new"
exits 78 "a statement of an unknown kind: 78"
err_like 'a statement of an unknown kind: CREATE OR REPLACE MOLECULE' "… by name"
err_like 'hint: execute it by hand' "… with what to do"
run cdc-tail --schema-changes --control --on-error warn "$T/new"
exits 0 "… or left out"
err_like 'a statement of an unknown kind' "… which is said"
run cdc-tail "$T/new"
exits 0 "… of no interest where no statements are printed"

printf '{}\n{"payload"\n' >"$T/broken"
run one --schema "$T/broken" "$nolog"
err_like "broken:2: its JSON ends too early at byte 11" "likewise"
run one --schema "$T/none" "$nolog"
err_like "cannot open $T/none" "no such file"

# JSON is what CREATE TABLE says is JSON
cdc-tail -q --control --from 1-1-1 "$data/types-json/binlog.000001" |
    grep -o '"name":"[a-z]*","jdbcType":1111,"nativeType":null,"typeName":"JSON"' |
    grep -o '^"name":"[a-z]*"' | sort -u | tr '\n' ' ' >"$T/got"
is "$(cat "$T/got")" '"name":"j" "name":"jn" "name":"lt" ' "JSON columns"
done_testing
