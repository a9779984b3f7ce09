#!/bin/sh
# cdc-format --to template: what a shell, jq and Python read in a line is what
# the row has.  What servers read: tests/server/format-template.t.
. "$(dirname "$0")/../lib.sh"

to='cdc-format --to template'
table() {
	printf '{"topic":"m","key":{"databaseName":"d"},"payload":{"source":{"db":"d","table":"t"},"databaseName":"d","ddl":null,"tableChanges":[{"type":"CREATE","id":"\\"d\\".\\"t\\"","table":{"primaryKeyColumnNames":["id"],"columns":[{"name":"id","typeName":"INT","optional":false},{"name":"v","typeName":"VARCHAR","length":50,"charsetName":"utf8mb4","optional":true},{"name":"b","typeName":"BLOB","optional":true},{"name":"day","typeName":"DATE","optional":true},{"name":"op","typeName":"DECIMAL","length":5,"scale":2,"optional":true},{"name":"a`|{}","typeName":"INT","optional":true},{"name":"source.x","typeName":"INT","optional":true}]}}]}}\n'
}
# usage: row OP BEFORE AFTER   a record of d.t
row() {
	printf '{"topic":"m.d.t","key":{"id":1},"payload":{"before":%s,"after":%s,"source":{"db":"d","table":"t","ts_ms":1000,"gtid":"0-1-%s","query":null,"thread":7},"op":"%s","transaction":{"id":"0-1-1","total_order":1}}}\n' "$2" "$3" "${4:-1}" "$1"
}
one='{"id":1,"v":"it'\''s \"x\", 50% & $a `b`\nnext\tü","b":"AP8=","day":19000,"op":"1.50","a`|{}":3,"source.x":9}'
none='{"id":2,"v":null,"b":null,"day":null,"op":null,"a`|{}":null,"source.x":null}'
# usage: written TEMPLATE [ARG]…   of $T/in, to $T/out
written() {
	template=$1
	shift
	run_on "$T/in" $to --time adaptive_time_microseconds --binary base64 \
	    --template "$template" "$@"
}

{ table && row c null "$one" && row u "$one" "$none" 2 && row d "$none" null 3; } >"$T/in"
written '{op} {source.db}.{source.table} {source.gtid} {id} {day} {`op`} {b} {{}}'
exits 0 "a line for each change"
out_is 'c d.t 0-1-1 1 2022-01-08 1.50 00ff {}
u d.t 0-1-2 2    {}
d d.t 0-1-3 2    {}' "of its row after, of a delete before"
written '{before.id}>{after.id} {key.id} {source.thread} {transaction.total_order}{topic}'
out_is '>1 1 7 1m.d.t
1>2 1 7 1m.d.t
2> 1 7 1m.d.t' "rows before and after, key, fields"
written '{`a``|{}`} {`source.x`}{before.`a``|{}`|json}' --null '\N'
out_is '3 9null
\N \N3
\N \Nnull' "names that need quotes, --null"
written 'x'
out_is 'x
x
x' "no placeholder"
printf 'a={id}\nb={op|json}\n' >"$T/template"
run_on "$T/in" $to --template-file "$T/template"
is "$status $(head -n 2 "$T/out" | tr '\n' ' ')" '0 a=1 b="c" ' \
    "--template-file, of two lines"
printf 'a={id}\nb={op|json}' >"$T/template"
mv "$T/out" "$T/want"
run_on "$T/in" $to --template-file "$T/template"
same "$T/out" "$T/want" "with and without a newline at its end"

# ---- each form, and who reads it
value() { printf '%s' "it's \"x\", 50% & \$a \`b\`
next	ü"; }
{ table && row c null "$one"; } >"$T/in"
written '{v|sh} {b|sh} {id|sh} {source.query|sh} {source.gtid|sh}'
eval "set -- $(cat "$T/out")"
is "$#/$1/$2/$3/$4/$5" "5/$(value)/00ff/1//0-1-1" "|sh: words of a shell"
written '{{"v":{v|json},"b":{b|json},"i":{id|json},"q":{source.query|json},"d":{`op`|json},"t":{source.thread|json},"g":{source.gtid|json}}}'
is "$(jq -r .v "$T/out")" "$(value)" "|json: a string"
is "$(jq -c 'del(.v)' "$T/out")" \
    '{"b":"00ff","i":1,"q":null,"d":"1.50","t":7,"g":"0-1-1"}' \
    "a number where the record has one, null"
written '{v|csv},{source.query|csv},{b|csv}' --null NULL
is "$(python3 -c 'import csv, sys
print(repr(next(csv.reader(open(sys.argv[1], newline="")))))' "$T/out")" \
    "['it\\'s \"x\", 50% & \$a \`b\`\\nnext\\tü', 'NULL', '00ff']" \
    "|csv: fields for Python"
written '{v|url}'
is "$(python3 -c 'import sys, urllib.parse
sys.stdout.write(urllib.parse.unquote(sys.stdin.read(), errors="strict"))' \
    <"$T/out")" "$(value)" "|url: percent signs"
is "$(tr -d '%0-9A-Za-z._~-' <"$T/out")" '' "and nothing else"
written '{id|sql}, {v|sql}, {b|sql}, {day|sql}, {`op`|sql}, {source.query|sql}, {op|sql}'
is "$(cat "$T/out")" "1, _utf8mb4 X'$(value | od -An -tx1 | tr -d ' \n' | tr a-f A-F)', X'00FF', '2022-01-08', 1.50, NULL, 'c'" \
    "|sql: literals"
{ table && row c null '{"id":1,"v":""}'; } >"$T/in"
written '{v|sql}|{v|sh}|{v|csv}|{v|json}|{source.query|csv}'
out_is "_utf8mb4 X''|''|\"\"|\"\"|" "an empty text is not NULL"
{ table && row c null "${one%%:*}:1,\"v\":\"a\\u0000\"}"; } >"$T/in"
written '{v|sh}'
exits 65 "a NUL is in no word: 65"
err_like 'line 2: table d.t, column v .*holds a NUL' "where"

# ---- what is not there
{ table && row u "$one" '{"id":1}'; } >"$T/in"
written '{v}'
exits 65 "a column that is not in the image: 65"
err_like 'line 2: table d.t: the record does not say what v is' "which"
written '{nothing}'
exits 65 "an unknown column: 65"
err_like 'line 2: table d.t has no column nothing' "which"
written '{V}'
exits 65 "a name in other letters: 65"
err_like 'line 2: table d.t has no column V ' "it is none"
err_like 'hint: it has v:' "and which is"
written '{V}' --raw
err_like 'hint: it has v:' "with --raw, too"
written '{before.nothing}'
exits 65 "of the row before: 65"
written '{key.v}'
exits 65 "a column that is not of the key: 65"
err_like 'line 2: table d.t: v is not in the key' "which"
{ table && row u null '{"id":1}'; } >"$T/in"
written '{before.id}'
exits 65 "an update without its row before: 65"
{ table && row c null "$one" | cdc-unwrap; } >"$T/in"
written '{id} {v|url}'
exits 0 "of unwrapped rows"
written '{before.id}'
exits 65 "which do not say what was before: 65"
err_like 'hint: .*leave out cdc-unwrap' "what to do"
{ table && row t null null; } >"$T/in"
written '{op} {id} {before.v|json}'
out_is 't  null' "a truncate has no row"
written '{op} {nothing}'
exits 65 "and still no unknown column: 65"
row c null "$one" >"$T/in"
written '{id}'
exits 65 "no schema records: 65"
written '{id} {day} {b|json} {`op`|json}' --raw
out_is '1 19000 "AP8=" "1.50"' "--raw: as the record has it"

# ---- usage
for bad in '{' '}' '{}' '{id' '{id|}' '{id|xml}' '{`id}' '{source.x}' \
    '{transaction.x|sql}' '{before.}' '{a{b}' '{"id": {id}}' 'x}y' '{id}}'; do
	written "$bad"
	exits 64 "no template: $bad"
	err_like "^cdc-format: --template: " "said so"
done
run $to
exits 64 "without --template: 64"
run $to --template x --template-file /dev/null
exits 64 "both: 64"
run $to --template "$(printf '\377')"
exits 64 "bytes that are no text: 64"
run $to --template-file "$T/nothing"
exits 78 "a file that is not there: 78"
run $to --template '{id|sql}' --raw
exits 64 "--raw knows no types for |sql: 64"
run $to --template '{id|csv}' --null 'a,b'
exits 64 "a NULL that |csv would quote: 64"
run cdc-format --to csv --template x
exits 64 "not an option of csv: 64"
done_testing
