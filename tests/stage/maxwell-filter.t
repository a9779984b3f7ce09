#!/bin/sh
# cdc-filter --maxwell-filter: the cases of Maxwell's documentation and of its
# own tests, and what else there is.
. "$(dirname "$0")/../lib.sh"

# usage: record DB TABLE ROW [OP [BEFORE]]
record() {
	printf '{"topic":"m.%s.%s","key":null,"payload":{"before":%s,"after":%s,"source":{"db":"%s","table":"%s"},"op":"%s"}}\n' \
	    "$1" "$2" "${5:-null}" "$3" "$1" "$2" "${4:-c}"
}
# usage: filters RULES DB TABLE ROW   yes or no
filters() {
	record "$2" "$3" "$4" | cdc-filter -q --maxwell-filter "$1" >"$T/out" \
	    2>"$T/err" || cat "$T/err"
	if [ -s "$T/out" ]; then echo yes; else echo no; fi
}
# usage: keeps RULES DB TABLE [ROW]; drops RULES …
keeps() { is "$(filters "$1" "$2" "$3" "${4:-{\}}")" yes "$1: $2.$3 ${4-}"; }
drops() { is "$(filters "$1" "$2" "$3" "${4:-{\}}")" no "$1: not $2.$3 ${4-}"; }

# ---- its documentation
rules='exclude: foodb.*, include: foodb.tbl, include: foodb./table_\d+/'
keeps "$rules" other t
keeps "$rules" foodb tbl
keeps "$rules" foodb table_12
keeps "$rules" foodb my_table_1x
drops "$rules" foodb table_x
drops "$rules" foodb tbl2
drops 'exclude: *.*, include: db1.*' db2 t
keeps 'exclude: *.*, include: db1.*' db1 t
drops 'exclude: db.tbl.col = reject' db tbl '{"col":"reject"}'
keeps 'exclude: db.tbl.col = reject' db tbl '{"col":"rejected"}'
keeps 'exclude: db.tbl.col = reject' db tbl '{"id":1}'
drops 'exclude: *.*.col_a = *' any t '{"col_a":1}'
keeps 'exclude: *.*.col_a = *' any t '{"col_b":1}'
drops 'blacklist: bad_db.*' bad_db t
keeps 'blacklist: bad_db.*' good t

# ---- its tests
keeps 'include:/foo.*/.bar' foo1 bar
drops 'exclude: *.*, include:/foo.*/.bar' foo1 bar2
for quoted in '`foo`' "'foo'" '"foo"' foo; do
	keeps "exclude: *.*, include:$quoted.*" foo t
	drops "exclude: *.*, include:$quoted.*" foo1 t
done
keeps 'exclude: *.*, include: 1foo.bar' 1foo bar
keeps 'exclude: *.*, include: _foo._bar' _foo _bar
keeps 'exclude: *.*, include: /\w+ \/[a-z]*1/.*' 'x /ab1' t
drops 'exclude: *.*, include: /\w+ \/[a-z]*1/.*' 'x ab1' t
keeps 'exclude: *.*, include: foo.bar' foo bar
drops 'exclude: *.*, include: foo.bar' anything else
drops 'blacklist: seria.*' seria var
drops 'exclude: *.*, include: foo.bar.col=val' foo bar '{"x":1}'
keeps 'exclude: *.*, include: foo.bar.col=val' foo bar '{"col":"val"}'
drops 'exclude: *.*, include: no.go.col=val' foo bar '{"col":"val"}'
nulls='exclude: *.*, include: foo.bar.col=null'
keeps "$nulls" foo bar '{"col":null}'
keeps "$nulls" foo bar '{"col":"null"}'
keeps "$nulls" foo bar '{"col":"NULL"}'
drops "$nulls" foo bar '{"col":"Null"}'
drops "$nulls" foo bar '{"x":null}'
keeps '' foo bar
accept='exclude: foo.bars.something=*, include: foo.bars.something=accept'
keeps "$accept" foo bars '{"something":"accept"}'
drops "$accept" foo bars '{"something":"reject"}'
drops "$accept" foo bars '{"something":null}'
drops 'exclude: /^foo_/.*' foo_1 t
keeps 'exclude: /^foo_/.*' a_foo_ t

# ---- the rest of the grammar
keeps 'EXCLUDE:*.* Include : a . b ,' a b
keeps 'exclude: *.*, include: a-b.ünï' a-b ünï
keeps "exclude: *.*, include: 'it\\'s'.\"a\\\\b\"" "it's" 'a\\b'
keeps 'exclude: *.*, include: a.b.`odd name` = "x y"' a b '{"odd name":"x y"}'
keeps 'exclude: *.*, include: a.b.c = /^[ab]$/' a b '{"c":"b"}'
drops 'exclude: *.*, include: a.b.c = /^[ab]$/' a b '{"c":null}'
keeps 'exclude: *.*, include: a.b.c = //' a b '{"c":null}'
keeps 'exclude: *.*, include: a.b.c = 5' a b '{"c":5}'
keeps 'exclude: *.*, include: a.b.c = "1.50"' a b '{"c":"1.50"}'
keeps 'exclude: *.*, include: a.b.c = é' a b '{"c":"\u00e9"}'
keeps 'exclude: *.*, include: a.b.c = 1' a b '{"\u0063":1}'
drops 'exclude: *.*, include: A.b' a b
drops 'include: *.*' mysql user
keeps 'include: mysql.user' mysql user
drops 'include: mysql.*' mysql ha_health_check
drops 'include: mysql.*' mysql rds_heartbeat2
drops 'include: *.*' d cdc_offsets
keeps 'include: d.cdc_offsets' d cdc_offsets

# usage: refused RULES MESSAGE
refused() {
	run cdc-filter --maxwell-filter "$1"
	exits 64 "$1: 64"
	err_like "maxwell-filter: .*$2" "and where"
	err_like "hint: .*MAXWELL'S FILTER" "and what there is"
}
refused 'bl: seria.*' "include, exclude or blacklist expected at 'bl: seria"
refused 'include seria.*' "':' expected at 'seria"
refused 'include: a' "'\.' expected at the end of 'include: a'"
refused 'include: a.' 'a table, .* expected at the end'
refused 'include: .b' "a database, .* expected at '\.b'"
refused 'include: a.b.c' "'=' expected at the end"
refused 'include: a.b.*=1' "a column's name expected at '\*=1'"
refused 'include: a.b.c=' 'a value, .* expected at the end'
refused 'include: a.b.c=1.5' "expected at '\.5'"
refused "include: 'a.b" "the end of the quotes expected at ''a\.b'"
refused 'include: "\x".b' "after the backslash expected at '.x"
refused 'include: /a.b' "the end of the regular expression expected at '/a"
refused 'include: a.b; include: c.d' "exclude or blacklist expected at '; incl"
run cdc-filter --maxwell-filter 'include: /(/.b'
exits 64 "a regular expression that is none: 64"

# ---- which row counts, and other options
{
	record d t '{"c":"y"}' u '{"c":"x"}'
	record d t '{"c":"x"}' u '{"c":"y"}'
	record d t null d '{"c":"x"}'
	record d t null d '{"c":"y"}'
	record d t null t
} >"$T/in"
rules='exclude: *.*, include: d.t.c=x'
run_on "$T/in" cdc-filter --maxwell-filter "$rules"
is "$(jq -c '[.payload.op, .payload.before.c, .payload.after.c]' "$T/out")" \
    '["u","y","x"]
["d","x",null]
["t",null,null]' "the row after an update, the row of a delete, a truncate"
run_on "$T/in" cdc-filter --maxwell-filter "$rules" --partition-moves
is "$(jq -c '[.payload.op, .payload.before.c, .payload.after.c]' "$T/out")" \
    '["d","x",null]
["c",null,"x"]
["d","x",null]
["t",null,null]' "--partition-moves"
run_on "$T/in" cdc-filter --maxwell-filter "$rules" --where c=y
is "$(jq -c '[.payload.op, .payload.before.c, .payload.after.c]' "$T/out")" \
    '["u","y","x"]
["t",null,null]' "with --where"
run_on "$T/in" cdc-filter --maxwell-filter 'exclude: *.*' \
    --maxwell-filter 'include: d.t' --op d
is "$(wc -l <"$T/out")" 2 "twice, and --op"
run_on "$T/in" cdc-filter --maxwell-filter 'include: *.*' -t 'd\.x'
out_is '' "the lists leave out, too"
record d t '{"c":"x","secret":1}' >"$T/in"
run_on "$T/in" cdc-filter --maxwell-filter "$rules" --exclude-column '.*\.c'
is "$(jq -c .payload.after "$T/out")" '{"secret":1}' \
    "a column that is left out still decides"
record d t '{"c":"x","c":"y"}' >"$T/in"
run_on "$T/in" cdc-filter --maxwell-filter "$rules"
exits 65 "a column that is there twice: 65"
printf '{"topic":null,"key":null,"payload":{"c":1}}\n' >"$T/in"
run_on "$T/in" cdc-filter --maxwell-filter "$rules"
exits 65 "a row of an unknown table: 65"

# ---- everything else of a table
shop --control --schema-changes --transactions --tombstones >"$T/in"
run_on "$T/in" cdc-filter -t 'shop\.(orders|customers)'
sed 's/"filter":"[^"]*"//; s/,"lists":{[^}]*}//' "$T/out" >"$T/want"
run_on "$T/in" cdc-filter --maxwell-filter \
    'exclude: *.*, include: shop./^(orders|customers)$/'
sed 's/"filter":"[^"]*"//; s/,"lists":{[^}]*}//' "$T/out" >"$T/got"
same "$T/got" "$T/want" "the same as lists: schemas, statements, tombstones"
is "$(grep -c '"tableChanges"' "$T/got")" \
    "$(grep -c '"tableChanges"' "$T/want")" "among them schema records"
is "$(grep -m 1 '"beat"' "$T/out" | jq -c '[.payload.lists[]] | flatten' |
    grep -c 'maxwell-filter=exclude')" 1 "heartbeats tell of it"
run_on "$T/in" cdc-filter --maxwell-filter \
    'exclude: *.*, include: shop.orders.status=paid'
is "$(grep -c '"tableChanges"' "$T/out")" "$(cdc-filter -t 'shop\.orders' \
    <"$T/in" | grep -c '"tableChanges"')" \
    "the schemas of a table of which rows may pass"
run_on "$T/in" cdc-filter --strict --maxwell-filter \
    'exclude: *.*, include: shop.nothing'
exits 78 "a rule that nothing matched, with --strict: 78"
err_like 'shop.nothing' "which"
done_testing
