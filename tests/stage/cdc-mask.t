#!/bin/sh
. "$(dirname "$0")/../lib.sh"

umask 077
printf 'CzQMA0cB5K' >"$T/salt"
printf '0123456789abcdef\n' >"$T/key"
stage_basics cdc-mask --null '.*\.x'

# Most of these lines come without schema records.
mask=$(command -v cdc-mask)
mkdir "$T/bin"
printf '#!/bin/sh\nexec "%s" --trust-types "$@"\n' "$mask" >"$T/bin/cdc-mask"
chmod +x "$T/bin/cdc-mask"
PATH=$T/bin:$PATH

# usage: row VALUE [MEMBERS]   an envelope of table d.t, whose column c has it
row() {
	printf '{"topic":"m.d.t","key":{"id":1},"payload":{"before":null,"after":{"id":1,"c":%s},"source":{"db":"d","table":"t"},"op":"c"%s}}\n' \
	    "$1" "$2"
}
# usage: becomes VALUE RULE… WANT NAME   what becomes of it
becomes() {
	row "$1" >"$T/row"
	shift
	name=$(eval "echo \${$#}")
	eval "want=\${$(($# - 1))}"
	run_on "$T/row" cdc-mask -q --salt-file "$T/salt" \
	    --key-file "$T/key" "$1" "$2"
	is "$(sed 's/.*"c":\(.*\)},"source".*/\1/' "$T/out")$(cat "$T/err")" \
	    "$want" "$name"
}
# usage: refuses VALUE KIND RULE WORDS
refuses() {
	row "$1" >"$T/row"
	run_on "$T/row" cdc-mask -q --salt-file "$T/salt" \
	    --key-file "$T/key" "$2" "$3"
	exits 65 "$2 of $1: 65"
	err_like "column d\.t\.c: .*$4" "by its name, and why"
}

# ---- Debezium's own cases (BinlogConnectorIT): column.mask.hash,
# column.mask.with.12.chars, column.truncate.to.7.chars
while read -r mail v1 cut; do
	becomes "\"$mail\"" --hash-v1 '.*\.c' "\"$v1\"" "hash-v1 of $mail"
	becomes "\"$mail\"" --truncate '.*\.c=7' "\"$cut\"" "its front"
	becomes "\"$mail\"" --mask '.*\.c=12' '"************"' "its mask"
	becomes "\"$mail\"" --hash '.*\.c' "\"$(printf 'CzQMA0cB5K%s' "$mail" |
	    openssl dgst -sha256 -r | cut -d' ' -f1)\"" "hash, as openssl has it"
done <<'END'
sally.thomas@acme.com d540e71abf15be8b51c7967397ba359db27d6f6ae85a297fe8d0d7005ffd0e82 sally.t
gbailey@foobar.com b1f1a1a63559c1d3a98bd7bb5c363d7e21a37463a7266bc2ff341eaef7ac8ef3 gbailey
ed@walker.com bbe1de7b1068bc8f86bbb19f432ce1d44fbd461339916f42544b3f7ebff674d6 ed@walk
annek@noanswer.org ff21be44fb224e57d822ea9a51d343d77e4c49ac3dedd3d144024ac2012af0a1 annek@n
END
for hash in MD5 SHA-1 SHA-224 SHA-256 SHA-384 SHA-512 SHA-512/224 \
    SHA-512/256 SHA3-224 SHA3-256 SHA3-384 SHA3-512; do
	name=$(echo "$hash" | tr 'A-Z/' 'a-z-' | sed 's/^sha-/sha/')
	becomes '"\u00e9"' --hash ".*\\.c=$hash" "\"$(printf 'CzQMA0cB5Ké' |
	    openssl dgst "-$name" -r | cut -d' ' -f1)\"" "$hash"
done
# Java's serialized string, by Python: NUL, half pairs, more than 65535 bytes
python3 - "$T" <<'END'
import hashlib, json, sys
java = lambda s: b''.join(
    (chr(u).encode('utf-8', 'surrogatepass') if u else b'\xc0\x80')
    for u in (int.from_bytes(s.encode('utf-16-be')[i:i + 2], 'big')
              for i in range(0, len(s.encode('utf-16-be')), 2)))
with open(sys.argv[1] + '/lines', 'w') as lines, \
        open(sys.argv[1] + '/want', 'w') as want:
    for s in ['', '\0', 'ab\0', '\U0001f600', 'Zoë 😀', '产品', 'x' * 65535,
              'x' * 65536, 'é' * 40000]:
        b = java(s)
        b = b'\xac\xed\0\5' + (b't' + len(b).to_bytes(2, 'big') if
            len(b) < 65536 else b'|' + len(b).to_bytes(8, 'big')) + b
        print(json.dumps({"topic": "m.d.t", "key": None, "payload": {
            "before": None, "after": {"c": s}, "source": {
            "db": "d", "table": "t"}, "op": "c"}}), file=lines)
        print(hashlib.sha256(b'CzQMA0cB5K' + b).hexdigest(), file=want)
END
cdc-mask --salt-file "$T/salt" --hash-v1 '.*\.c' <"$T/lines" |
    jq -r .payload.after.c >"$T/got"
same "$T/got" "$T/want" "hash-v1 of what Java writes otherwise"

# ---- values
becomes null --mask '.*\.c=3' '"***"' "mask: NULL too, as in Debezium"
becomes null --redact '.*\.c=no "value"' '"no \"value\""' "redact: NULL too"
becomes null --hash '.*\.c' null "hash: NULL stays"
becomes null --truncate '.*\.c=3' null "truncate: NULL stays"
becomes null --tokenize '.*\.c' null "tokenize: NULL stays"
becomes null --email '.*\.c' null "email: NULL stays"
becomes '"x"' --mask '.*\.c=0' '""' "mask of 0"
becomes '"x"' --null '.*\.c' null "null"
becomes '{"a":[1]}' --null '.*\.c' null "of an object"
becomes '[1,2]' --mask '.*\.c=2' '"**"' "mask of an array"
becomes true --redact '.*\.c=x' '"x"' "redact of a word"
becomes 1.10 --hash '.*\.c' "\"$(printf 'CzQMA0cB5K1.10' | openssl dgst \
    -sha256 -r | cut -d' ' -f1)\"" "hash of a number: of its digits"
becomes '"a\u0062\n"' --truncate '.*\.c=2' '"ab"' "truncate: characters"
becomes '"a😀b"' --truncate '.*\.c=3' '"a😀"' "… two for one beyond U+FFFF"
becomes '"a😀b"' --truncate '.*\.c=2' '"a"' "… of which no half is left"
becomes '"ab"' --truncate '.*\.c=2' '"ab"' "… no more than there are"
becomes '"x"' --pass '.*\.c' '"x"' "pass"
for kind in --hash --tokenize --email; do
	refuses '{"a":1}' $kind '.*\.c' 'not a string, a number or a word'
	refuses '[1]' $kind '.*\.c' 'not a string, a number or a word'
done
refuses 12 --truncate '.*\.c=1' 'not a string'
refuses true --email '.*\.c' 'not a string'
refuses false --tokenize '.*\.c' 'true or false'
refuses 1e5 --tokenize '.*\.c' 'exponent'

# ---- tokens and addresses, by another implementation
python3 - >"$T/texts" <<'END'
import random
random.seed(18)
kinds = ['0123456789', 'abcdefghijklmnopqrstuvwxyz', 'ABCXYZ', ' .-@_/+()',
         'äöüÄÖÜßéè', 'čšžŁ', 'Ωμέγα', 'Жукжук', '産品名前', 'かなカナ', '한국',
         '😀🎉', '“”€', 'שלום', 'سلام']
for n in range(600):
    some = random.sample(kinds, random.randint(1, 3))
    print(''.join(random.choice(random.choice(some))
                  for _ in range(random.randint(1, 40))))
for n in range(300):
    print(random.choice(['', '-']) + str(random.randrange(
        10 ** random.randint(1, 20))) + random.choice(
        ['', '', '.%d' % random.randrange(10 ** random.randint(1, 9)), '.50']))
print('0'), print('-0'), print('0.00'), print('x' * 2000)
END
jq -cR '{topic: "m.d.t", key: null, payload: {before: null, after: {c: .},
    source: {db: "d", table: "t"}, op: "c"}}' "$T/texts" >"$T/lines"
cdc-mask --key-file "$T/key" --tokenize '.*\.c' <"$T/lines" |
    jq -r .payload.after.c >"$T/got"
python3 "$src/tests/stage/tokens.py" "$T/key" <"$T/texts" >"$T/want"
same "$T/got" "$T/want" "tokens of $(wc -l <"$T/texts") texts"
is "$(sort -u "$T/got" | wc -l)" "$(sort -u "$T/texts" | wc -l)" \
    "different ones for different texts"
cdc-mask --key-file "$T/key" --email '.*\.c=x.example' <"$T/lines" |
    jq -r .payload.after.c >"$T/got"
python3 "$src/tests/stage/tokens.py" --email "$T/key" x.example <"$T/texts" \
    >"$T/want"
same "$T/got" "$T/want" "addresses"
row 12345 >"$T/row"
row '"12345"' >>"$T/row"
run_on "$T/row" cdc-mask --key-file "$T/key" --tokenize '.*\.c'
is "$(jq -r .payload.after.c "$T/out" | uniq | wc -l) $(jq -c \
    '.payload.after.c | type' "$T/out" | tr '\n' ' ')" '1 "number" "string" ' \
    "a number and its text have one token"
printf 'another key, as long' >"$T/key2"
run_on "$T/row" cdc-mask --key-file "$T/key2" --tokenize '.*\.c'
cdc-mask --key-file "$T/key" --tokenize '.*\.c' <"$T/row" >"$T/got"
[ "$(cat "$T/got")" != "$(cat "$T/out")" ]
result $? "another key: other tokens"

# ---- wherever a value stands
told='"source":{"db":"d","table":"t","query":"UPDATE t SET c='\''secret'\''"}'
cat >"$T/all" <<END
{"topic":"m.d.t","key":{"c":"secret"},"headers":{"__debezium.newkey":{"c":"secret2"}},"payload":{"before":{"c":"secret","n":1},"after":null,$told,"op":"d"}}
{"topic":"m.d.t","key":{"c":"secret"},$told,"op":"d","payload":null}
{"topic":"m.d.t","key":{"c":"secret2"},"headers":{"__debezium.oldkey":"{\"c\":\"secret\"}"},"payload":{"before":null,"after":{"c":"secret2","n":1},$told,"op":"c"}}
{"topic":"m.d.t","key":{"c":"secret"},"payload":{"before":{"c":"secret","n":1},"after":{"c":"secret","n":2},$told,"op":"u"}}
{"topic":"m.d.t","key":{"c":"secret"},$told,"op":"c","payload":{"c":"secret","n":1}}
{"before":null,"after":{"c":"secret","n":1},$told,"op":"r"}
{"schema":{"fields":[{"default":"secret"}]},"payload":{"before":null,"after":{"c":"secret","n":1},$told,"op":"c"}}
{"topic":"m.d.t","partition":0,"offset":7,"headers":["__debezium.oldkey","{\"c\":\"secret\"}"],"key":"{\"schema\":{\"type\":\"struct\",\"fields\":[{\"default\":\"secret\"}]},\"payload\":{\"c\":\"secret\"}}","payload":"{\"schema\":{\"default\":\"secret\"},\"payload\":{\"before\":null,\"after\":{\"c\":\"secret\"},\"source\":{\"db\":\"d\",\"table\":\"t\"},\"op\":\"c\"}}"}
END
hash=$(printf 'CzQMA0cB5Ksecret' | openssl dgst -sha256 -r | cut -d' ' -f1)
hash2=$(printf 'CzQMA0cB5Ksecret2' | openssl dgst -sha256 -r | cut -d' ' -f1)
run_on "$T/all" cdc-mask --salt-file "$T/salt" --hash 'd\.t\.c'
is "$status $(cat "$T/err")" "0 " "every place of a value: 0"
sed -e "s/$hash2/secret2/g; s/$hash/secret/g" "$T/out" >"$T/back"
sed -e "s/\"query\":\"[^\"]*\"/\"query\":null/" \
    -e 's/"schema":{"fields":[^]]*]}/"schema":null/' \
    -e 's/\\"schema\\":{\\"type[^]]*]}/\\"schema\\":null/' \
    -e 's/\\"schema\\":{\\"default[^}]*}/\\"schema\\":null/' "$T/all" >"$T/want"
same "$T/back" "$T/want" "… the same hash in each, and nothing else changes"
is "$(grep -c secret "$T/out")" 0 "… and the value in none"
run_on "$T/all" cdc-mask --salt-file "$T/salt" --hash 'd\.u\.c' -q
is "$(sed 's/"query":null/"query":"UPDATE t SET c='\''secret'\''"/' "$T/out" |
    cmp - "$T/all" && echo same)" same "another table: only the query is gone"
for how in escape mix; do
	python3 "$src/tests/server/pipes.py" reshape $how <"$T/all" |
	    cdc-mask --salt-file "$T/salt" --hash 'd\.t\.c' >"$T/got"
	is "$(jq -c 'walk(if type == "string" then (fromjson? // .) else . end)' \
	    "$T/got" | grep -c "secret") $(grep -c . "$T/got")" "0 8" \
	    "$how: names and values that are escaped"
done

# lines that are alike but for their table, their key or the order of columns
for i in $(seq 60); do
	for table in t u v t; do
		printf '{"topic":"m.d.x","key":{"id":%d},"payload":{"before":{"id":%d,"c":"secret","n":%d},"after":{"id":%d,"c":"secret","n":%d},"source":{"db":"d","table":"%s"},"op":"u"}}\n' \
		    $i $i $i $i $i $table
		printf '{"topic":"m.d.x","key":{"c":"secret"},"payload":{"before":null,"after":{"id":%d,"n":%d,"c":"secret"},"source":{"db":"d","table":"%s"},"op":"c"}}\n' \
		    $i $i $table
	done
done >"$T/lines"
cdc-mask --key-file "$T/key" --tokenize 'd\.[tv]\.c' --pass 'd\.u\.c' \
    --fail-on-unlisted --pass 'd\..*\.(id|n)' <"$T/lines" >"$T/out"
is "$(grep -v '"table":"u"' "$T/out" | grep -c secret) $(grep '"table":"u"' \
    "$T/out" | grep -o secret | wc -l) $(grep -c . "$T/out")" "0 240 480" \
    "verdicts belong to tables, however alike their lines are"

# ---- what does not pass
# usage: keeps NAME STATUS WORDS [OPTION]…   the lines of $T/line do not pass a
# rule on d.t.c, and no message tells what is in them
keeps() {
	name=$1
	want=$2
	words=$3
	shift 3
	run_on "$T/line" cdc-mask -q --null 'd\.t\.c' "$@"
	exits "$want" "$name: $want"
	err_like "$words" "… and says why"
	is "$(cat "$T/out" "$T/err" | grep -c secret)" 0 "… without its value"
}
lets() {
	run_on "$T/line" cdc-mask -q --null 'd\.t\.c' "$@"
	is "$status $(cat "$T/err")" "0 " "$*: it passes"
}
# usage: line JSON
line() { printf '%s\n' "$1" >"$T/line"; }
images='"before":null,"after":{"n":1}'
from='"source":{"db":"d","table":"t"}'

line "{\"topic\":\"m.d.t\",\"key\":null,\"headers\":{\"h\":\"secret\"},\"payload\":{$images,$from,\"op\":\"c\"}}"
keeps "a header" 65 'header h: it may hold'
lets --pass-header h
line "{\"topic\":\"m.d.t\",\"key\":null,\"headers\":{\"__debezium.oldkey\":\"secret\"},\"payload\":{$images,$from,\"op\":\"c\"}}"
keeps "a key header that is none" 65 'not an object'
line "{\"topic\":\"m.d.t\",\"key\":\"secret\",\"payload\":{$images,$from,\"op\":\"c\"}}"
keeps "a key without names" 65 'does not name its columns'
lets --pass-unknown
line "{\"topic\":\"m.d.t\",\"key\":{\"payload\":{\"c\":\"secret\"}},\"payload\":{$images,$from,\"op\":\"c\"}}"
keeps "a key with an object in it" 65 'an object or an array in a key'
line "{\"topic\":\"m.d.t\",\"key\":{\"c\":\"secret\"},\"payload\":{$images,$from,\"op\":\"c\"}}"
keeps "a rule that makes keys the same" 65 'gives different rows one key'
err_like 'hint: --tokenize keeps keys different, and so does --hash' \
    "… and which would not"
line "{\"topic\":\"m.d.t\",\"key\":null,\"payload\":{$images,$from,\"op\":\"c\",\"data\":{\"c\":\"secret\"}}}"
keeps "an envelope of another make" 65 'its envelope has members' \
    --shape envelope
line "{\"topic\":\"m.d.t\",\"key\":null,\"payload\":{$images,$from,\"op\":\"c\",\"query\":\"secret\"}}"
keeps "… also of a name that we know" 65 'its envelope has members' \
    --shape envelope
for members in '"before":["secret"],"after":{"n":1}' \
    '"before":"secret","after":{"n":1}' "$images,\"ts_us\":{\"c\":\"secret\"}" \
    "$images,\"ts_ms\":\"secret\"" \
    "$images,\"transaction\":{\"id\":{\"c\":\"secret\"}}"; do
	line "{\"topic\":\"m.d.t\",\"key\":null,\"payload\":{$members,$from,\"op\":\"c\"}}"
	keeps "an envelope that is none of ours: $members" 65 'line 1: its' \
	    --shape envelope
done
line "{\"topic\":\"m.d.t\",\"key\":null,\"payload\":{$images,\"source\":{\"db\":\"d\",\"table\":\"t\",\"row\":{\"c\":\"secret\"}},\"op\":\"c\"}}"
keeps "an object in the source" 65 'its source or transaction has an object'
line "{\"topic\":\"m.d.t\",\"key\":null,\"timestamp\":{\"c\":\"secret\"},\"payload\":{$images,$from,\"op\":\"c\"}}"
keeps "an object as a timestamp" 65 'it has an object where there is none'
line '{"topic":"__debezium-heartbeat.m","key":{"serverName":"m"},"headers":{"__debezium.oldkey":{"c":"secret"}},"payload":{"ts_ms":1}}'
keeps "a header of a heartbeat" 65 'header __debezium.oldkey: it may hold'
line '{"topic":"m.d.t","key":null,"payload":{"c":"secret"}}'
keeps "a row that only its topic places" 65 'its topic alone names its table'
lets --trust-topics
is "$(jq -c .payload "$T/out")" '{"c":null}' "… masked"
line '{"topic":"m.d.t","key":{"n":"secret"},"payload":null}'
keeps "a tombstone that only its topic places" 65 'its topic alone'
line "{\"topic\":\"secret\",\"key\":null,$from,\"op\":\"c\",\"payload\":{\"c\":\"secret\"}}"
keeps "a topic that is a value" 65 'its topic is not that of its table'
line "{\"topic\":\"x.secret\",\"key\":null,$from,\"op\":\"d\",\"payload\":null}"
keeps "… of a tombstone" 65 'its topic is not that of its table'
line "{\"topic\":\"m.d.t\",\"key\":null,\"source\":{\"db\":\"d\",\"table\":\"t\",\"query\":\"secret\"},\"op\":\"c\",\"payload\":{\"n\":1,\"__query\":\"secret\"}}"
keeps "a statement that was added to a row" 65 'column d\.t\.__query: it was added'
line "{\"topic\":\"m.d.t\",\"key\":null,$from,\"op\":\"c\",\"payload\":{\"n\":1,\"__before\":{\"c\":\"secret\"}}}"
keeps "an image that was added" 65 'column d\.t\.__before: it was added'
line '{"c":"secret"}'
keeps "a row of no table" 65 'alone names its table|does not name its table'
line '{"topic":"x","key":null,"payload":"secret"}'
keeps "a payload that is no object" 65 'its payload is not a record'
lets --pass-unknown
line '{"topic":"m.d.t","key":{"c":"secret"'
keeps "a line that is cut" 65 'not a record: '
line '{"topic":"m.d.t","key":{"c":"secret"},"payload":[],"x":NaN}'
keeps "a line that is not JSON" 65 'not a record: '
line "{\"topic\":\"m.d.t\",\"key\":null,\"payload\":{\"before\":null,\"after\":{\"c\":\"secret\",\"\\u0063\":1},$from,\"op\":\"c\"}}"
keeps "a name that occurs twice" 65 'a name occurs twice'
line '{"topic":"t","partition":0,"offset":1,"key":null,"payload":"secret","payload_error":"secret"}'
keeps "what kcat could not read" 65 'could not be read' --pass-unknown

# ---- columns that nobody listed
line "{\"topic\":\"m.d.t\",\"key\":{\"n\":1},\"payload\":{\"before\":null,\"after\":{\"n\":1,\"c\":\"secret\",\"new\":\"secret\"},$from,\"op\":\"c\"}}"
keeps "--fail-on-unlisted" 65 'column d\.t\.new: no rule names it' \
    --fail-on-unlisted --pass 'd\.t\.n'
keeps "all columns without a rule" 65 'd\.t\.n: no rule names it, nor new$' \
    --fail-on-unlisted --pass 'd\.t\.c'
cdc-tail --control -t 'shop\.customers' \
    "$src/examples/data/mariadb-bin.000001" >"$T/shop"
run_on "$T/shop" cdc-mask -q --fail-on-unlisted \
    --pass 'shop\.customers\.(id|name)'
exits 65 "a schema record: 65"
err_like 'customers\.email: no rule names it, nor ' "the first and the rest"
is "$(sed -n 's/.*no rule names it, nor //p' "$T/err" | tr -d ' ' |
    tr , '\n')" "$(jq -r 'select(.payload.tableChanges) |
    .payload.tableChanges[].table.columns | map(.name) |
    select(index("email") and index("name")) | .[]' "$T/shop" |
    awk '!seen[$0]++' | grep -vxE 'id|name|email')" "all of the table"
line "{\"topic\":\"m.d.t\",\"key\":{\"n\":1},\"payload\":{\"before\":null,\"after\":{\"n\":1,$(
    seq -f '"column_%g":"secret"' -s , 900)},$from,\"op\":\"c\"}}"
keeps "hundreds of columns" 65 'column_1: no rule .* and 8[0-9][0-9] more$' \
    --fail-on-unlisted --pass 'd\.t\.n'
line "{\"topic\":\"m.d.t\",\"key\":{\"n\":1},\"payload\":{\"before\":null,\"after\":{\"n\":1,\"c\":\"secret\",\"new\":\"secret\"},$from,\"op\":\"c\"}}"
run_on "$T/line" cdc-mask -q --null 'd\.t\.(c|new)' --fail-on-unlisted \
    --pass 'd\.t\.n'
exits 0 "all are listed: 0"
run_on "$T/line" cdc-mask -q --fail-on-unlisted --pass '.*'
same "$T/out" "$T/line" "what passes leaves byte for byte"

# ---- heartbeats
beat='"ts_ms":1,"beat":"next","gtid":"0-1-2","file":"f","pos":1,"source_ts_ms":1,"modes":{},"filter":"x"'
# usage: beat MEMBERS
beat() { line "{\"topic\":\"__debezium-heartbeat.m\",\"key\":{\"serverName\":\"m\"},\"payload\":{$beat,$1}}"; }
beat '"snapshot":{"start":"","done":[],"table":"`d`.`t`","key":{"c":"secret"},"rows":1}'
keeps "the key of a snapshot" 65 'column d\.t\.c: a heartbeat tells its value'
lets --pass-copies
beat '"snapshot":{"start":"","done":[],"table":"`d`.`u`","key":{"c":"x"},"rows":1}'
lets
# usage: copy KEY MAX MOVED CONDITIONS
copy() {
	beat "\"incremental\":{\"paused\":false,\"window\":\"\",\"signals\":[],\"copies\":[{\"signal\":\"s\",\"tables\":[{\"db\":\"d\",\"table\":\"t\"}],\"conditions\":$4,\"key\":$1,\"max\":$2$3,\"rows\":1}]}"
}
copy '{"c":"secret"}' null '' null
keeps "the key of a copy" 65 'column d\.t\.c: a heartbeat tells'
copy null '{"c":"secret"}' '' null
keeps "its last key" 65 'column d\.t\.c: a heartbeat tells'
copy null null ',"moved":[{"n":1},{"c":"secret"}]' null
keeps "keys to read again" 65 'column d\.t\.c: a heartbeat tells'
copy '{"n":1}' null '' '[{"data-collection":"d.t","filter":"c = '\''secret'\''"}]'
keeps "the condition of a copy" 65 'condition of a copy'
copy '{"n":1}' '{"n":9}' ',"moved":[{"n":1}]' null
lets
beat '"incremental":{"paused":false,"window":"","signals":[{"id":"1","type":"execute-snapshot","data":{"data-collections":["d.t"],"additional-conditions":[{"data-collection":"d.t","filter":"secret"}]}}],"copies":[]}'
keeps "a signal that waits" 65 'condition of a copy'
lets --pass-copies

# ---- schema records
# usage: column NAME TYPE JDBC LENGTH   as cdc-tail prints it
column() {
	printf '{"name":"%s","jdbcType":%s,"nativeType":null,"typeName":"%s","typeExpression":"%s","charsetName":"latin1","length":%s,"scale":null,"position":1,"optional":false,"autoIncremented":false,"generated":false,"comment":"secret","defaultValueExpression":"secret","enumValues":["'\''secret'\''"]}' \
	    "$1" "$3" "$2" "$2" "$4"
}
# usage: schema DDL COLUMNS [SESSION]
schema() {
	line "{\"topic\":\"m\",\"key\":{\"databaseName\":\"d\"},\"payload\":{$from,\"ts_ms\":1,\"databaseName\":\"d\",\"schemaName\":null,\"ddl\":$1,\"tableChanges\":[{\"type\":\"ALTER\",\"id\":\"\\\"d\\\".\\\"t\\\"\",\"table\":{\"defaultCharsetName\":\"latin1\",\"primaryKeyColumnNames\":[],\"columns\":[$2],\"comment\":\"secret\",\"attributes\":[{\"name\":\"defaultExpression\",\"value\":\"c\"}]}}]$3}}"
}
# usage: type_is RULE… TYPE JDBC LENGTH WANT   what a column's type becomes
type_is() {
	schema null "$(column c "$3" "$4" "$5")"
	run_on "$T/line" cdc-mask -q --salt-file "$T/salt" --key-file \
	    "$T/key" "$1" "$2"
	is "$(jq -r '.payload.tableChanges[0].table.columns[0] | [.typeName,
	    .jdbcType, .length, .charsetName, .optional] | map(tostring) |
	    join(" ")' "$T/out")" "$6" "$1 ${2#*=}: $3($5)"
	[ "$status" -ne 0 ] || is "$(grep -c secret "$T/out")" 0 \
	    "… without default, label and comment"
}
type_is --mask '.*\.c=4' INT 4 null 'VARCHAR 12 4 utf8mb4 false'
type_is --mask '.*\.c=60000' INT 4 null 'LONGTEXT 12 null utf8mb4 false'
type_is --redact '.*\.c=é' VARCHAR 12 40 'VARCHAR 12 1 utf8mb4 false'
type_is --null '.*\.c' INT 4 null 'INT 4 null latin1 true'
type_is --null '.*\.c' ENUM 1 1 'VARCHAR 12 255 utf8mb4 true'
type_is --truncate '.*\.c=5' VARCHAR 12 40 'VARCHAR 12 5 utf8mb4 false'
type_is --truncate '.*\.c=50' VARCHAR 12 40 'VARCHAR 12 40 utf8mb4 false'
type_is --hash '.*\.c' BIGINT -5 null 'VARCHAR 12 64 utf8mb4 false'
type_is --hash '.*\.c' VARCHAR 12 40 'VARCHAR 12 40 utf8mb4 false'
type_is --hash '.*\.c=MD5' VARCHAR 12 40 'VARCHAR 12 32 utf8mb4 false'
type_is --hash '.*\.c' BLOB 2004 20 'VARCHAR 12 64 utf8mb4 false'
type_is --email '.*\.c=x.y' VARCHAR 12 10 'VARCHAR 12 28 utf8mb4 false'
type_is --tokenize '.*\.c' VARCHAR 12 40 'VARCHAR 12 40 utf8mb4 false'
type_is --tokenize '.*\.c' 'TINYINT UNSIGNED' 5 null 'SMALLINT UNSIGNED 5 null null false'
type_is --tokenize '.*\.c' SMALLINT 5 null 'MEDIUMINT 4 null null false'
type_is --tokenize '.*\.c' MEDIUMINT 4 null 'INT 4 null null false'
type_is --tokenize '.*\.c' 'INT UNSIGNED' 4 null 'INT UNSIGNED 4 null latin1 false'
type_is --tokenize '.*\.c' DECIMAL 3 10 'DECIMAL 3 10 latin1 false'
type_is --tokenize '.*\.c' ENUM 1 1 'VARCHAR 12 255 utf8mb4 false'
type_is --tokenize '.*\.c' UUID 1111 null 'VARCHAR 12 36 utf8mb4 false'
type_is --tokenize '.*\.c' JSON 1111 null 'LONGTEXT 12 null utf8mb4 false'
for type in DATE DATETIME TIMESTAMP TIME YEAR BIT BLOB POINT VECTOR NEW; do
	schema null "$(column c $type 1111 null)"
	run_on "$T/line" cdc-mask -q --key-file "$T/key" --tokenize '.*\.c'
	exits 65 "--tokenize of $type: 65"
	err_like 'column d\.t\.c: --tokenize has no token' "… by name"
done
schema null "$(column n INT 4 null),$(column c INT 4 null)"
run_on "$T/line" cdc-mask -q --null '.*\.x'
same "$T/out" "$T/line" "a table without masked columns leaves byte for byte"
run_on "$T/line" cdc-mask -q --null '.*\.c'
is "$(jq -c '.payload.tableChanges[0].table | [.comment, .attributes,
    .columns[0].comment, .columns[1].comment]' "$T/out")" \
    '[null,[],"secret",null]' "what is told of the table, and of others"
run_on "$T/line" cdc-mask -q --null '.*\.c' --fail-on-unlisted
exits 65 "a column that nobody listed, in a schema: 65"
err_like 'column d\.t\.n: no rule names it' "… by name"

# a hash is as long as its column, once that is known
schema null "$(column c VARCHAR 12 40)"
{ cat "$T/line" && row '"secret"' && sed 's/"length":40/"length":7/' "$T/line" &&
    row '"secret"' && sed 's/"length":40/"length":255/' "$T/line" &&
    row '"secret"' && sed 's/VARCHAR/BLOB/g' "$T/line" && row '"secret"'
} >"$T/lines"
cdc-mask -q --salt-file "$T/salt" --hash '.*\.c' <"$T/lines" |
    jq -r '.payload.after | select(.) | .c' >"$T/got"
is "$(cat "$T/got")" "$(echo "$hash" | cut -c1-40)
$(echo "$hash" | cut -c1-7)
$hash
$hash" "a hash is as long as its column"
{ schema null "$(column c VARCHAR 12 31)" && cat "$T/line"
    row '"secret"' | sed 's/"key":{"id":1}/"key":{"c":"secret"}/'
} >"$T/lines"
run_on "$T/lines" cdc-mask -q --salt-file "$T/salt" --hash '.*\.c'
exits 65 "a hash that is cut, in a key: 65"
err_like 'its hash is cut to the length' "… and why"

# statements
# usage: ddl STATEMENT COLUMNS WANT NAME [OPTION]…
ddl() {
	schema "$(printf '%s' "$1" | jq -Rs .)" "$2" \
	    ',"session":{"sql_mode":0,"statement":"736563726574"}'
	name=$4
	want=$3
	shift 4
	run_on "$T/line" cdc-mask -q --null '.*\.c' "$@"
	is "$status $(jq -c '[.payload.ddl, .payload.session.sql_mode]' \
	    "$T/out")" "$want" "$name"
}
of_c=$(column c INT 4 null)
of_n=$(column n INT 4 null)
ddl 'ALTER TABLE t ADD c VARCHAR(20)' "$of_c" \
    '0 ["ALTER TABLE t ADD c VARCHAR(20)",0]' "a statement without values passes"
ddl "ALTER TABLE t ADD c INT DEFAULT 5" "$of_c" '0 [null,null]' \
    "a default of a masked column: no statement"
ddl "ALTER TABLE t ADD c INT DEFAULT 5" "$of_c" \
    '0 ["ALTER TABLE t ADD c INT DEFAULT 5",0]' "--pass-statements" \
    --pass-statements
ddl "ALTER TABLE t ADD n INT DEFAULT 5" "$of_n" \
    '0 ["ALTER TABLE t ADD n INT DEFAULT 5",0]' "another table's passes"
ddl "ALTER TABLE t ADD n INT /* secret */" "$of_n" '0 [null,null]' \
    "… but not its comments"
ddl "CREATE TABLE t AS SELECT 'secret' n" "$of_n" '0 [null,null]' \
    "… nor what it selects"
line "{\"topic\":\"m\",\"key\":{\"databaseName\":\"d\"},\"payload\":{\"source\":{\"db\":\"d\"},\"ts_ms\":1,\"databaseName\":\"d\",\"ddl\":\"CREATE VIEW v AS SELECT * FROM t WHERE c='secret'\",\"tableChanges\":[]}}"
keeps "a view with a value" 78 'a statement on d\.v whose values and comments'
lets --pass-statements
line '{"topic":"m","key":{"databaseName":"d"},"payload":{"source":{"db":"d"},"ts_ms":1,"databaseName":"d","ddl":"DROP TABLE t","tableChanges":[]}}'
lets
same "$T/out" "$T/line" "… byte for byte"

# statements by which masked values come under another name
# usage: change DDL TABLE COLUMN…   as cdc-tail prints it; no TABLE: undescribed
change() {
	jq -nc '$ARGS.positional as [$ddl, $table] | {topic: "m", key:
	    {databaseName: "d"}, payload: {source: {db: "d", gtid: "0-1-7"},
	    ts_ms: 1, databaseName: "d", ddl: $ddl, tableChanges: (if $table
	    then [{type: "ALTER", id: "\"d\".\"\($table)\"", table: {columns: [
	    $ARGS.positional[2:][] | {name: ., typeName: "INT"}]}}] else []
	    end)}}' --args "$@"
}
# usage: stops OLD NEW [OPTION]…   the change in $T/line does not pass d.t.c
# masked, unless there is a rule for the new name
stops() {
	old=$1
	new=$2
	shift 2
	keeps "$(jq -r .payload.ddl "$T/line")" 78 \
	    "^cdc-mask: line 1, GTID 0-1-7: a statement by which .*$old.*$new" \
	    "$@"
	err_like 'hint: add a rule for the new name.*--pass' "… what to do"
	lets --pass "$(echo "$new" | sed 's/^[^.]*\.[^.]*$/&\\..*/')" "$@"
	lets --redact "$(echo "$new" | sed 's/^[^.]*\.[^.]*$/&\\..*/')=x" "$@"
}
for ddl in 'RENAME COLUMN c TO b' 'CHANGE c b INT' 'CHANGE COLUMN `c` `b` INT' \
    'ADD n INT, RENAME COLUMN IF EXISTS C TO b'; do
	change "ALTER TABLE t $ddl" t n b >"$T/line"
	stops 'd\.t\.[cC]' 'd\.t\.b'
	change "ALTER TABLE d.t $ddl" >"$T/line"
	stops 'd\.t\.[cC]' 'd\.t\.b'
done
change 'ALTER TABLE t CHANGE c b INT, RENAME TO u' u b >"$T/line"
stops 'd\.t\.c' 'd\.u\.b'
for ddl in 'RENAME TABLE t TO u' 'ALTER TABLE t RENAME u' \
    'ALTER TABLE t ADD n INT, RENAME AS d.u' 'CREATE TABLE u LIKE t' \
    'CREATE TABLE IF NOT EXISTS u (LIKE d.t)' \
    'RENAME TABLE x TO y, t TO u' 'CREATE TABLE u UNION=(t) ENGINE=MERGE'; do
	change "$ddl" u n c >"$T/line"
	stops 'd\.t\.c' 'd\.u\.c'
	change "$ddl" >"$T/line"
	stops 'd\.t' 'd\.u'
	change "$ddl" u n >"$T/line"
	lets            # it has no masked column
done
for ddl in 'EXCHANGE PARTITION p WITH TABLE u' \
    'CONVERT PARTITION p TO TABLE u' 'UNION=(u)'; do
	change "ALTER TABLE t $ddl" t n c >"$T/line"
	stops 'd\.t\.c' 'd\.u\.c'
done
change 'ALTER TABLE u EXCHANGE PARTITION p WITH TABLE t' u n c >"$T/line"
stops 'd\.t\.c' 'd\.u\.c'
change 'CREATE TABLE u AS SELECT c b FROM t' u b >"$T/line"
stops 'fills' 'd\.u'
change 'CREATE TABLE u AS SELECT x.n FROM y x JOIN d.t' u b >"$T/line"
stops 'fills' 'd\.u'
change 'CREATE TABLE u AS SELECT c b FROM y' u b >"$T/line"
lets
# rows told what the table has, before it is moved
{ row 1 && change 'RENAME TABLE t TO u'; } >"$T/line"
run_on "$T/line" cdc-mask -q --null 'd\.t\.c'
exits 78 "a table of which only rows are known: 78"
err_like 'line 2, GTID 0-1-7: .*d\.t\.c becomes d\.u\.c' "… by its column"
# names that are covered, or are none
change 'RENAME TABLE t TO u' >"$T/line"
run_on "$T/line" cdc-mask -q --null '.*\.c'
is "$status" 0 "an expression for every table covers the new one"
run_on "$T/line" cdc-mask -q --null 'd\..*\.c' --pass-statements
is "$status" 0 "… and one for the database"
run_on "$T/line" cdc-mask -q --null 'd\.t\.c' --pass-statements
is "$status" 78 "--pass-statements does not"
change 'RENAME TABLE t TO e.t' >"$T/line"
stops 'd\.t' 'e\.t'
for ddl in 'ALTER TABLE t RENAME COLUMN n TO b' 'ALTER TABLE t CHANGE c c INT' \
    'ALTER TABLE t RENAME INDEX c TO b' 'ALTER TABLE t ADD (c INT, b INT)' \
    'ALTER TABLE t DROP c' 'RENAME TABLE x TO t' 'CREATE TABLE t LIKE x' \
    'ALTER TABLE x RENAME COLUMN c TO b' 'DROP TABLE t' 'TRUNCATE t' \
    'CREATE TABLE u (a INT REFERENCES t (c))'; do
	change "$ddl" >"$T/line"
	lets
done
change 'ALTER TABLE t RENAME a.b.c' >"$T/line"
keeps "what cannot be read" 78 'd\.t, of which it cannot be told'

# sequences have no columns
for ddl in 'CREATE OR REPLACE SEQUENCE s START WITH 777777' \
    'ALTER SEQUENCE s RESTART 7' 'CREATE SEQUENCE d.s INCREMENT BY 2'; do
	change "$ddl" >"$T/line"
	lets
	same "$T/out" "$T/line" "… byte for byte: $ddl"
done
change 'CREATE SEQUENCE s /* secret */' >"$T/line"
keeps "a comment in it" 78 'GTID 0-1-7: a statement on d\.s whose values and'
change "CREATE VIEW v AS SELECT c FROM t WHERE c = 'secret'" >"$T/line"
keeps "a view" 78 'line 1, GTID 0-1-7: a statement on d\.v whose values and'

# ---- rules and secrets
cat >"$T/rules" <<'END'
# comments and empty lines

   null  d\.t\.(a|b)
pass	d\.t\.c
redact d\.t\..*=with = and blanks  
END
line "{\"topic\":\"m.d.t\",\"key\":null,\"payload\":{\"before\":null,\"after\":{\"a\":1,\"b\":2,\"c\":3,\"e\":4},$from,\"op\":\"c\"}}"
run_on "$T/line" cdc-mask --rules "$T/rules"
is "$(jq -c .payload.after "$T/out")" \
    '{"a":null,"b":null,"c":3,"e":"with = and blanks"}' "rules of a file"
run_on "$T/line" cdc-mask --pass '.*\.a' --rules "$T/rules" --null '.*\.e'
is "$(jq -c .payload.after "$T/out")" \
    '{"a":1,"b":null,"c":3,"e":"with = and blanks"}' "the first rule applies"
# usage: usage NAME WORDS OPTION…
usage() {
	name=$1
	words=$2
	shift 2
	run_on "$T/line" cdc-mask "$@"
	exits 64 "$name: 64"
	err_like "$words" "… and why"
}
usage "no rule" 'no rule given'
usage "a salt is needed" 'needs --salt-file' --hash '.*\.c'
usage "a key is needed" 'need --key-file' --email '.*\.c'
err_like 'hint: make a key .*/dev/urandom . base64 >key' "how to make one"
usage "no such file" "--key-file: cannot open $T/none" --key-file "$T/none" \
    --email '.*\.c'
printf 'short\n' >"$T/short"
usage "a short key" '5 bytes, and needs at least 16' --key-file "$T/short" \
    --email '.*\.c'
: >"$T/empty"
usage "an empty salt" '0 bytes, and needs at least 1' --salt-file "$T/empty" \
    --hash '.*\.c'
usage "a salt without end" 'more than 4096 bytes' --salt-file /dev/zero \
    --hash '.*\.c'
usage "a rule that could match nothing" 'matches no column' --null c
usage "a rule without argument" 'has no argument' --mask '.*\.c'
printf 'null .*\\.c\nshred .*\\.d\n' >"$T/rules"
usage "a rule of no kind" "$T/rules:2: there is no rule 'shred'" \
    --rules "$T/rules"
printf 'null\n' >"$T/rules"
usage "a rule without column" "rules:1: null names no column" \
    --rules "$T/rules"
usage "an operand" "not from 'x'" --null '.*\.c' x
run_on "$T/line" cdc-mask --key-file /dev/fd/3 --email '.*\.c' 3<"$T/key"
refused=$status
run_on "$T/line" cdc-mask --key-file /dev/fd/3 --tokenize '.*\.c' 3<"$T/key"
is "$refused $status" "65 0" "a key from a descriptor"
chmod 644 "$T/key"
run_on "$T/line" cdc-mask --key-file "$T/key" --tokenize '.*\.c'
err_like 'warning: --key-file: others may read ' "a key that others may read"
run_on "$T/line" cdc-mask --null '.*\.none' --strict
exits 78 "--strict, and no such column: 78"

# ---- the shop: nothing of it is left that is masked
shop --control --query --tombstones --schema-changes >"$T/shop"
run_on "$T/shop" cdc-mask --salt-file "$T/salt" --hash '.*\.email' \
    --redact 'shop\.customers\.name=x' --mask '.*\.ssn=4'
exits 0 "the shop goes through"
for value in $(jq -r '.payload | .after, .before | select(.) |
    (.email // empty), (.ssn // empty)' "$T/shop" | sort -u); do
	! grep -qF "$value" "$T/out"
	result $? "nothing tells $value"
done
is "$(grep -c Ärger "$T/out")" 0 "nor a name"
is "$(jq -c 'del(.payload.before, .payload.after, .payload.source.query,
    .source.query, .payload.tableChanges, .payload.ddl, .payload.session)' "$T/out" |
    cksum)" "$(jq -c 'del(.payload.before, .payload.after,
    .payload.source.query, .source.query, .payload.tableChanges, .payload.ddl,
    .payload.session)' "$T/shop" | cksum)" "and all else is as it was"

# A rename by other names on the way: what the table is called in the end.
statement() {
	printf '{"topic":"m","key":{"databaseName":"d"},"payload":{"source":{"db":"d","table":"t","gtid":"0-1-5"},"databaseName":"d","ddl":"%s","tableChanges":[]}}\n' "$1"
}
while read -r want text; do
	statement "$text" >"$T/row"
	run_on "$T/row" cdc-mask -q --null 'd\.(t|u)\.c'
	exits $want "$text: $want"
done <<'END'
0 RENAME TABLE t TO x, x TO t
0 RENAME TABLE t TO x, u TO t, x TO u
0 RENAME TABLE t TO x, x TO y, y TO u
0 RENAME TABLE s TO x, x TO s
78 RENAME TABLE t TO x, x TO y
78 RENAME TABLE t TO x, s TO t, x TO s
78 RENAME TABLE t TO u, u TO x
78 RENAME TABLE t TO X, x TO u
END
statement "RENAME TABLE t TO x0$(seq 0 70 | sed 's/.*/, x& TO y&/' | tr -d '\n')" >"$T/row"
run_on "$T/row" cdc-mask -q --null 'd\.(t|u)\.c'
exits 78 "a long one"

# A generated column may repeat what is masked.
generated() {
	printf '{"topic":"m","key":{"databaseName":"d"},"payload":{"source":{"db":"d","table":"t"},"databaseName":"d","ddl":null,"tableChanges":[{"type":"CREATE","id":"\\"d\\".\\"t\\"","table":{"primaryKeyColumnNames":["id"],"columns":[{"name":"id","typeName":"INT","autoIncremented":true,"generated":true},{"name":"c","typeName":"INT"},{"name":"g","typeName":"INT","autoIncremented":false,"generated":true}]}}]}}\n'
}
generated >"$T/row"
run_on "$T/row" cdc-mask --null '.*\.c'
exits 0 "a generated column beside a masked one"
is "$(cat "$T/err")" \
    'cdc-mask: warning: column d.t.g is generated and may repeat a masked value: no rule decides about it' \
    "is warned of"
run_on "$T/row" cdc-mask --null '.*\.c' --pass '.*\.g'
is "$(cat "$T/err")" '' "unless a rule decides"
run_on "$T/row" cdc-mask --null '.*\.x'
is "$(grep -c generated "$T/err")" 0 "or nothing is masked there"
run_on "$T/row" cdc-mask --null '.*\.c' --pass '.*\.id' --fail-on-unlisted
exits 65 "--fail-on-unlisted: 65"

# Types: without a schema record, a string may be base64, and a number a date.
typed() {
	printf '{"topic":"m","key":{"databaseName":"d"},"payload":{"source":{"db":"d","table":"t"},"databaseName":"d","ddl":null,"tableChanges":[{"type":"CREATE","id":"\\"d\\".\\"t\\"","table":{"primaryKeyColumnNames":["id"],"columns":[{"name":"c","jdbcType":12,"typeName":"%s","typeExpression":"%s","charsetName":null,"length":20,"scale":null,"optional":true}]}}]}}\n' "$1" "$1"
}
for rule in '--tokenize .*\.c' '--truncate .*\.c=2'; do
	row '"AQIDBAUG"' >"$T/row"
	run_on "$T/row" "$mask" --key-file "$T/key" $rule
	exits 65 "$rule of a column whose type nobody told: 65"
	err_like 'line 1: column d\.t\.c: no schema record tells its type' "why"
	err_like 'hint: cdc-tail --control prints schema records; --trust-types' "what to do"
	run_on "$T/row" "$mask" --key-file "$T/key" $rule --trust-types
	exits 0 "--trust-types: it is text"
	{ typed VARCHAR; cat "$T/row"; } >"$T/told"
	run_on "$T/told" "$mask" --key-file "$T/key" $rule
	exits 0 "as a schema record can tell"
	for type in BLOB VARBINARY BIT VECTOR; do
		{ typed $type; cat "$T/row"; } >"$T/told"
		run_on "$T/told" "$mask" --key-file "$T/key" $rule
		exits 65 "$rule of $type: 65"
		err_like "line 1: column d\.t\.c" "at its schema record"
	done
	row null >"$T/row"
	run_on "$T/row" "$mask" --key-file "$T/key" $rule
	same "$T/out" "$T/row" "NULL is NULL of any type"
done
row 1764201600000 >"$T/row"
run_on "$T/row" "$mask" --key-file "$T/key" --tokenize '.*\.c'
exits 65 "a DATETIME, or a BIGINT: 65"
{ typed DATETIME; cat "$T/row"; } >"$T/told"
run_on "$T/told" "$mask" --key-file "$T/key" --tokenize '.*\.c'
exits 65 "a DATETIME: 65"
{ typed BIGINT; cat "$T/row"; } >"$T/told"
run_on "$T/told" "$mask" --key-file "$T/key" --tokenize '.*\.c'
exits 0 "a BIGINT"
for rule in '--hash .*\.c' '--mask .*\.c=3' '--redact .*\.c=x' '--null .*\.c'; do
	run_on "$T/row" "$mask" --salt-file "$T/salt" $rule
	exits 0 "$rule needs no type"
done

# The statement in a row, also if the source's was hidden before.
while read -r source; do
	echo '{"topic":"m.d.t","key":null,"source":{'$source'"db":"d","table":"t"},"op":"c","payload":{"id":1,"__query":"INSERT INTO t VALUES (1)"}}' >"$T/one"
	run_on "$T/one" cdc-mask --redact 'd\.t\.s=x'
	exits 65 "a statement in the row, beside $source: 65"
	err_like 'column d\.t\.__query: it was added to the row' "which"
done <<'EOF'
"query":null,

"query":"X",
EOF
done_testing
