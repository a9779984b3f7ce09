#!/bin/sh
# Records in the formats of other systems: what is the same for all of them.  A
# format has a file of its own, format-NAME.t.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/format.sh"

tool_basics cdc-format
shop_records

run cdc-format
exits 64 "without --to: 64"
run cdc-format --to nothing
exits 64 "an unknown format: 64"
run cdc-format --to sql x
exits 64 "an operand: 64"
run cdc-format --to sql --null x
exits 64 "an option of another format: 64"
err_like '\-\-null is not an option of --to sql, but of csv, tsv' "whose it is"
printf '{"topic":\n' >"$T/bad"
printf '{"topic":"t","key":null,"payload":{"a":"b' >"$T/cut"
for format in sql csv tsv debezium resp es-bulk; do
	run cdc-format --to $format
	exits 0 "$format: no input"
	run_on "$T/bad" cdc-format --to $format
	exits 65 "$format: a line that is no record: 65"
	run_on "$T/cut" cdc-format --to $format
	exits 75 "$format: a cut line: 75"
	run_on "$T/no-schemas" cdc-format --to $format
	exits 65 "$format: no schema records: 65"
	err_like 'line [0-9]+: no schema record describes table shop' "which"
	err_like 'hint: cdc-tail --control' "and what to do"
done
run_on "$T/no-schemas" cdc-format --to sql --schema "$T/schemas"
exits 0 "schema records from a file"
grep -v '"ddl":"ALTER' "$T/all" >"$T/in"
run_on "$T/in" cdc-format --to sql
mv "$T/out" "$T/sql"
run_on "$T/no-schemas" cdc-format --to sql --schema "$T/schemas"
same "$T/out" "$T/sql" "and nothing else is different"

# ---- no changes
echo '{"topic":"Made","key":"O","timestamp":9,"headers":{"id":"7"},"source":{"db":"d","table":"t","gtid":"0-1-1"},"op":"m","payload":"e1"}' >"$T/event"
for format in sql csv tsv debezium cloudevents resp es-bulk kcat; do
	run_on "$T/event" cdc-format --to $format
	exits 65 "$format: an outbox event: 65"
	err_like '^cdc-format: line 1: an outbox event' "what it is"
	err_like 'hint: .*cdc-filter --op c,u,d,r,t' "what to do"
done
run_on "$T/event" cdc-filter --op c,u,d,r,t
is "$(cat "$T/out")" '' "which leaves it out"

# ---- statements of which no record of a row tells
# usage: statement DDL [SNAPSHOT]   a schema record of it
statement() {
	varchar | sed "s/\"ddl\":null/\"ddl\":\"$1\",\"session\":{\"sql_mode\":0}/; s/\"source\":{/&\"snapshot\":\"${2:-false}\",/"
}
while read -r ddl; do
	statement "$ddl" >"$T/in"
	run_on "$T/in" cdc-format --to sql
	exits 78 "left out: 78: $ddl"
	err_like "line 1: a statement .*: $(echo "$ddl" | cut -c1-12)" "it is named"
	err_like 'hint: cdc-tail --schema-changes' "and what to do"
	run_on "$T/in" cdc-format --to sql --schema-changes
	is "$(grep -cF "$ddl;" "$T/out")" 1 "--schema-changes writes it"
	statement "$ddl" true >"$T/in"
	run_on "$T/in" cdc-format --to sql
	exits 0 "a copy begins with it"
done <<'end'
ALTER TABLE t TRUNCATE PARTITION p0
ALTER TABLE t DROP PARTITION p0
ALTER TABLE t EXCHANGE PARTITION p0 WITH TABLE u
ALTER TABLE t DROP COLUMN v
ALTER TABLE t ADD COLUMN w INT DEFAULT 3
ALTER TABLE t MODIFY v INT
ALTER IGNORE TABLE t ADD UNIQUE (v)
DROP TABLE t
RENAME TABLE t TO u
CREATE OR REPLACE TABLE t (id INT)
DROP DATABASE d
end
for ddl in 'CREATE TABLE t (id INT)' 'CREATE INDEX i ON t (v)' \
    'ALTER TABLE t ADD PARTITION (PARTITION p1 VALUES LESS THAN (5))'; do
	statement "$ddl" >"$T/in"
	run_on "$T/in" cdc-format --to sql
	exits 0 "no row changes: $ddl"
done
{
	statement 'ALTER TABLE t DROP PARTITION p0'
	statement 'DROP TABLE t'
} >"$T/in"
for format in csv tsv cloudevents resp es-bulk kcat; do
	run_on "$T/in" cdc-format --to $format
	exits 0 "$format: statements are no lines"
	err_like "line 1: a statement .* --to $format .*DROP PARTITION p0" \
	    "the first is named"
	is "$(wc -l <"$T/err")" 1 "once"
	run_on "$T/in" cdc-format -q --to $format
	is "$(cat "$T/err")" '' "-q: not at all"
done
grep '"ddl":"ALTER' "$T/all" >"$T/in"
run_on "$T/in" cdc-format --to debezium
exits 0 "debezium: statements are records"
is "$(grep -c 'ALTER' "$T/out") $(wc -l <"$T/err")" \
    "$(wc -l <"$T/in") 0" "all of them"
# what --control prints of a real log
cdc-tail -q --on-error warn --control \
    "$src/tests/conformance/data/partition/binlog.000001" >"$T/in" 2>"$T/log"
run_on "$T/in" cdc-format --to sql
exits 78 "the log of a server: 78"
err_like ': ALTER TABLE p_range TRUNCATE PARTITION pm' "its first such statement"

# ---- tombstones, names
# whose topic is not what the table is called
{
	varchar | sed 's/"t"/"t d"/g; s/\\"t\\"/\\"t d\\"/'
	printf "$row" '{"id":1,"v":"x"}' null 0-1-1 null d |
	    sed 's/"m.d.t"/"m.d.t_d"/; s/"table":"t"/"table":"t d"/'
	printf '{"topic":"m.d.t_d","key":{"id":1},"payload":null}\n'
} >"$T/in"
for format in csv sql maxwell maxscale resp; do
	run_on "$T/in" cdc-format --to $format
	exits 0 "$format: a tombstone of a table with a blank in its name"
done
# one column in two spellings
{
	varchar
	printf "$row" '{"id":1,"v":"x"}' '{"\u0069d":1,"\u0076":"y"}' 0-1-1 null u
} >"$T/in"
run_on "$T/in" cdc-format --to csv
is "$(tr -d '\r' <"$T/out")" '@op,id,v
u,1,y' "a column in two spellings is one"
run_on "$T/in" cdc-format --to maxwell
is "$(jq -c '[.data, .old]' "$T/out")" '[{"id":1,"v":"y"},{"v":"x"}]' \
    "in messages, too"

# ---- halves of a move
{ varchar; moved '{"id":2}'; } >"$T/in"
sed /newkey/d "$T/in" >"$T/half"
for format in sql canal maxwell maxscale resp singer; do
	run_on "$T/half" cdc-format --to $format
	exits 65 "$format: a part of a row is no new one: 65"
	err_like 'line 2: table d.t: ' "which"
	err_like 'hint: set binlog_row_image=FULL' "what to do"
done
done_testing
