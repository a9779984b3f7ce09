#!/bin/sh
# cdc-format --to sql: statements.  That servers have the same rows then:
# tests/server/format.t.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/format.sh"

# usage: statements   those of the rows, after the settings
statements() { grep -v '^SET\|^START\|^COMMIT\|^--\|^/\*' "$T/out"; }

{
	varchar
	printf "$row" null '{"id":1,"v":"it'\''s \"x\" %"}' 0-1-1 null c
	printf "$row" null '{"id":2,"v":null}' 0-1-1 null c
	printf "$row" null '{"id":3,"v":"a\\b\nc"}' 0-1-2 null c
	printf "$row" '{"id":1,"v":"x"}' '{"id":1,"v":"y"}' 0-1-3 null u
	printf "$row" '{"id":1,"v":"y"}' null 0-1-3 null d
} >"$T/in"
run_on "$T/in" cdc-format --to sql
exits 0 "sql"
is "$(statements)" 'INSERT INTO `d`.`t` (`id`, `v`) VALUES (1, '\''it'\'''\''s "x" %'\'');
INSERT INTO `d`.`t` (`id`, `v`) VALUES (2, NULL);
INSERT INTO `d`.`t` (`id`, `v`) VALUES (3, _utf8mb4 X'\''615C620A63'\'');
UPDATE `d`.`t` SET `v` = '\''y'\'' WHERE `id` = 1;
DELETE FROM `d`.`t` WHERE `id` = 1;' "each kind"
is "$(grep -c '^START' "$T/out") $(grep -c '^COMMIT' "$T/out")" "3 3" \
    "three transactions"
is "$(grep '^--' "$T/out" | head -n 1)" "-- 0-1-1, 1970-01-01 00:00:01 UTC" \
    "which it was"

{
	varchar
	printf "$row" null '{"id":1,"v":"x"}' 0-1-1 '"x\n*/; DROP TABLE t\r; \u0000 \u202e \\! ls\n"' c
} >"$T/in"
run_on "$T/in" cdc-format --to sql
is "$(grep -c DROP "$T/out")" 0 "no --query: no statement"
run_on "$T/in" cdc-format --to sql --query
is "$(grep -A 2 '^-- x' "$T/out")" '-- x
-- */; DROP TABLE t\x0d; \x00 \u202e \! ls
-- ' "a statement is a comment to its end"

{
	varchar
	printf "$row" '{"id":1,"v":"x"}' null 0-1-1 null d |
	    sed 's/,"payload"/,"headers":{"__debezium.newkey":{"id":2}}&/'
	printf '{"topic":"m.d.t","key":{"id":1},"payload":null}\n'
	printf "$row" null '{"id":2,"v":"x"}' 0-1-1 null c |
	    sed 's/,"payload"/,"headers":{"__debezium.oldkey":{"id":1}}&/'
} >"$T/in"
run_on "$T/in" cdc-format --to sql
is "$(statements)" 'UPDATE `d`.`t` SET `id` = 2 WHERE `id` = 1;' \
    "a key that changes is one update"
sed '/oldkey/d' "$T/in" >"$T/half"
run_on "$T/half" cdc-format --to sql
is "$(statements)" 'DELETE FROM `d`.`t` WHERE `id` = 1;' "half of it"
sed '/newkey/d' "$T/in" >"$T/half"
run_on "$T/half" cdc-format --to sql
is "$(statements)" 'INSERT INTO `d`.`t` (`id`, `v`) VALUES (2, '\''x'\'');' \
    "the other half"

{
	varchar latin1
	printf "$row" null '{"id":1,"v":"a\uef81"}' 0-1-1 null c
} >"$T/in"
run_on "$T/in" cdc-format --to sql
is "$(statements)" 'INSERT INTO `d`.`t` (`id`, `v`) VALUES (1, CONVERT(X'\''6181'\'' USING latin1));' \
    "bytes that are no characters"
{
	varchar
	printf "$row" '{"id":1,"v":"x"}' '{"id":1,"v":"y"}' 0-1-1 null u
	printf '{"topic":"__debezium-heartbeat.m","key":{"serverName":"m"},"payload":{"ts_ms":1,"end":{"status":69}}}\n'
} >"$T/in"
run_on "$T/in" cdc-format --to sql
is "$(grep -c COMMIT "$T/out")" 0 "a program that failed: no COMMIT"
head -n 2 "$T/in" >"$T/whole"
run_on "$T/whole" cdc-format --to sql
is "$(grep -c COMMIT "$T/out")" 1 "the end of the input: COMMIT"
for op in c u; do
	sed "s/\"op\":\"u\"/\"op\":\"$op\"/; s/\"v\":\"y\"/\"w\":1/" "$T/whole" >"$T/in"
	run_on "$T/in" cdc-format --to sql
	exits 65 "a column that is in no schema record: 65 ($op)"
done
err_like 'line 2: the schema record of table d.t has no column w' "it is named"
cdc-unwrap <"$T/whole" >"$T/in"
run_on "$T/in" cdc-format --to sql
exits 65 "unwrapped rows have no before: 65"
err_like 'hint: .*leave out cdc-unwrap' "what to do"
err_like '^cdc-format: line [0-9]+: a row' "its line, once"

# ---- zero dates, which are null unless --time string
numbers='--time adaptive_time_microseconds'
# usage: dated KEY   a table with or without a key
dated() {
	table ',{"name":"v","typeName":"INT","optional":true},{"name":"d","typeName":"DATE","optional":true},{"name":"dt","typeName":"DATETIME","length":0,"optional":true},{"name":"ts","typeName":"TIMESTAMP","length":0,"optional":false}' |
	    sed "s/\[\"id\"\]/[$1]/"
}
was='{"id":1,"v":1,"d":null,"dt":null,"ts":null}'
is_now='{"id":1,"v":2,"d":null,"dt":null,"ts":null}'
{
	dated '"id"'
	printf "$row" "$was" "$is_now" 0-1-1 null u
	printf "$row" "$was" "$was" 0-1-2 null u
	printf "$row" '{"id":1,"v":1,"d":1,"dt":null,"ts":null}' "$was" 0-1-3 null u
} >"$T/in"
run_on "$T/in" cdc-format --to sql $numbers
exits 0 "a date that does not exist, beside what changes"
is "$(statements)" 'UPDATE `d`.`t` SET `v` = 2, `dt` = `dt`, `ts` = `ts` WHERE `id` = 1;
UPDATE `d`.`t` SET `d` = NULL, `dt` = `dt`, `ts` = `ts` WHERE `id` = 1;' \
    "stays what it is"
for change in "\"$was\" null d" "\"$was\" \"$is_now\" u"; do
	eval "set -- $(echo "$change" | sed 's/"{/'\''{/g; s/}"/}'\''/g')"
	{
		dated ''
		printf "$row" "$1" "$2" 0-1-1 null "$3"
	} >"$T/in"
	run_on "$T/in" cdc-format --to sql $numbers
	exits 65 "without a key nothing finds its row: 65 ($3)"
	err_like 'line 2: table d.t, column d .*NULL or a zero date' "why"
	err_like 'hint: use cdc-tail --time string' "what to do"
	{
		dated ''
		printf "$row" "$1" "$2" 0-1-1 null "$3" |
		    sed 's/"ts":null/"ts":"0000-00-00 00:00:00"/g'
	} >"$T/in"
	run_on "$T/in" cdc-format --to sql --time string
	exits 0 "--time string tells NULL from it ($3)"
	is "$(statements | grep -c '`d` <=> NULL AND `dt` <=> NULL AND `ts` <=> '\''0000')" \
	    1 "and both are found"
done
done_testing
