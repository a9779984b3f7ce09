#!/bin/sh
# cdc-format --to resp.  What a Redis server makes of it: tests/server/redis.t.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/format.sh"

resp_of() { python3 -c 'import json, sys
data, at = open(sys.argv[1], "rb").read(), 0
def line(kind):
    global at
    end = data.index(b"\r\n", at)
    assert data[at:at + 1] == kind
    n, at = int(data[at + 1:end]), end + 2
    return n
def word():
    global at
    n = line(b"$")
    at += n + 2
    assert data[at - 2:at] == b"\r\n"
    return data[at - n - 2:at - 2].decode("utf-8", "backslashreplace")
while at < len(data):
    print(json.dumps([word() for _ in range(line(b"*"))], ensure_ascii=False))
' "$1"; }
{
	varchar
	printf "$row" null '{"id":1,"v":"\r\n*1\r\n$8\r\nFLUSHALL\r\n\u0000ä"}' 0-1-1 null c
	printf "$row" '{"id":1,"v":"x"}' '{"id":1,"v":null}' 0-1-2 null u
	printf "$row" null '{"id":1,"v":"\uef81"}' 0-1-3 null r
	printf "$row" '{"id":1,"v":"x"}' null 0-1-4 null d
} >"$T/in"
run_on "$T/in" cdc-format --to resp
exits 0 "resp"
is "$(resp_of "$T/out")" '["HSET", "t:1", "id", "1", "v", "\r\n*1\r\n$8\r\nFLUSHALL\r\n\u0000ä"]
["HSET", "t:1", "id", "1"]
["HDEL", "t:1", "v"]
["HSET", "t:1", "id", "1", "v", "\\x81"]
["DEL", "t:1"]' "a hash for each row"
run_on "$T/in" cdc-format --to resp --expire 90s
is "$(resp_of "$T/out" | sed -n '2p;$p')" '["EXPIRE", "t:1", "90"]
["DEL", "t:1"]' "--expire"
run_on "$T/in" cdc-format --to resp --expire 1500ms
is "$(resp_of "$T/out" | sed -n 2p)" '["PEXPIRE", "t:1", "1500"]' \
    "of milliseconds"
run_on "$T/in" cdc-format --to csv --expire 1h
exits 64 "--expire is Redis's: 64"
cdc-unwrap --add-fields op <"$T/in" >"$T/rows"
run_on "$T/rows" cdc-format --to resp
is "$(resp_of "$T/out" | tail -n 1)" '["DEL", "t:1"]' \
    "rows of cdc-unwrap, and its tombstones"
{ varchar; printf "$row" null '{"v":"x"}' 0-1-1 null u; } >"$T/part"
run_on "$T/part" cdc-format --to resp
is "$(resp_of "$T/out")" '["HSET", "t:1", "v", "x"]' "a part of a row"
run_on "$T/part" cdc-format --to resp --expire 1h
exits 65 "which is none of an expired one: 65"
err_like 'line 2: table d.t: a row of which some .*--expire' "why"
err_like 'hint: set binlog_row_image=FULL' "what to do"
{ varchar; moved '{"id":2,"v":"y"}'; } >"$T/move"
run_on "$T/move" cdc-format --to resp
is "$(resp_of "$T/out" | paste -sd' ')" \
    '["DEL", "t:1"] ["HSET", "t:2", "id", "2", "v", "y"]' "a key that changes"
sed 's/"after":{"id":2,"v":"y"}/"after":{"id":2}/' "$T/move" >"$T/part"
cdc-unwrap --add-fields op <"$T/part" >"$T/rows"
jq -c 'del(.op, .source)' "$T/rows" | sed 's/,"__op":"."//' >"$T/bare"
for way in part rows bare; do
	run_on "$T/$way" cdc-format --to resp
	exits 65 "of which the rest is not known: 65 ($way)"
	err_like 'table d.t: a row of which some .* is not there yet' "why"
	err_like 'hint: set binlog_row_image=FULL' "what to do"
done
err_like 'FULL; a row that was updated .*cdc-unwrap --add-fields op' \
    "a row that does not say what it is"
for words in 'HSET m:{id} {*}' 'SET m:{id} {*|json}' '/c=SET m:{id} {*|json}' \
    '/d=XADD old {*}'; do
	sed 's/"before":{"id":1,"v":"x"}/"before":{"id":1}/' "$T/part" >"$T/half"
	run_on "$T/half" cdc-format --to resp --resp-command "$words"
	exits 65 "all of a row that is not whole: 65 ($words)"
	err_like 'table d.t: a row of which some .* for \{\*\}' "why"
done
run_on "$T/part" cdc-format --to resp --resp-command 'ZADD x {id} {id}'
exits 0 "words that need nothing else"
for change in 's/"key":{"id":1}/"key":null/' 's/"op":"c"/"op":"t"/' \
    's/"key":{"id":1}/"key":{"id":null}/'; do
	sed "$change" "$T/in" >"$T/bad"
	run_on "$T/bad" cdc-format --to resp
	exits 65 "resp: $change: 65"
	err_like 'line 2: .*d\.t' "which table"
	err_like '^cdc-format: hint: ' "what to do"
done
sed 's/"d"/"d2"/g; s/\\"d\\"/\\"d2\\"/' "$T/in" | cat "$T/in" - >"$T/two"
run_on "$T/two" cdc-format --to resp
exits 65 "two tables of one name: 65"
err_like 'tables d.t and d2.t would both have keys that begin with t:' "which"
two='{"topic":"m.d.t","key":{"id":%s,"v":"%s"},"payload":{"before":{"id":1,"v":"x"},"after":null,"source":{"db":"d","table":"a:%%"},"op":"d"}}\n'
{ printf "$two" 1 a:b%c; printf "$two" '"1:a"' b; } >"$T/in"
run_on "$T/in" cdc-format --to resp --raw
is "$(resp_of "$T/out")" '["DEL", "a%3A%25:1:a%3Ab%25c"]
["DEL", "a%3A%25:1%3Aa:b"]' "keys of several columns"

{
	varchar
	printf "$row" null '{"id":1,"v":"a b\"\r\n"}' 0-1-1 null c
	printf "$row" '{"id":1,"v":"x"}' '{"id":1,"v":"y"}' 0-1-2 null u
	printf "$row" '{"id":1,"v":"y"}' null 0-1-3 null d
	printf '{"topic":"m.d.t","key":{"id":2},"payload":null}\n'
} >"$T/in"
run_on "$T/in" cdc-format --to resp \
    --resp-command 'DEL {source.table}:{id} "x y\n" '\''{{"'\' \
    --resp-command 'D\.t/u,d=DEL v:{before.v}' \
    --resp-command '/c,u,d=DEL {after.v} {after.v|json}' \
    --resp-command 'd\.t/c=HSET {*}' --resp-command '/c=SET {*|json}' \
    --resp-command '/t=NO {nothing}' --resp-command 'other=NO'
exits 65 "a tombstone has no fields: 65"
err_like 'line 5: table d.t: source.table is NULL .--resp-command' "which"
err_like 'hint: --null TEXT' "what to do"
is "$(resp_of "$T/out")" '["DEL", "t:1", "x y\n", "{\""]
["DEL", "a b\"\r\n", "\"a b\\\"\\r\\n\""]
["HSET", "id", "1", "v", "a b\"\r\n"]
["SET", "{\"id\":1,\"v\":\"a b\\\"\\r\\n\"}"]
["DEL", "t:1", "x y\n", "{\""]
["DEL", "v:x"]
["DEL", "y", "\"y\""]
["DEL", "t:1", "x y\n", "{\""]
["DEL", "v:y"]' "--resp-command"
run_on "$T/in" cdc-format --to resp --resp-command '/d=DEL {key.id}:{id}' \
    --resp-command 'other=NO'
is "$(resp_of "$T/out" | paste -sd' ')" '["DEL", "1:1"] ["DEL", "2:2"]' \
    "the key is known of a tombstone"
err_like 'warning: --resp-command other: matched nothing' "a table that is none"
printf "$row" null '{"id":1,"v":null}' 0-1-1 null c >>"$T/in"
sed '/null}$/d' "$T/in" >"$T/nulls"
run_on "$T/nulls" cdc-format --to resp --resp-command '/c=SET x {v}'
exits 65 "NULL in a command: 65"
err_like 'line 5: table d.t: v is NULL' "which"
run_on "$T/nulls" cdc-format --to resp --null '' --resp-command '/c=S {v} {v|json}'
is "$(resp_of "$T/out" | tail -n 1)" '["S", "", "null"]' "--null"
cdc-unwrap <"$T/in" | grep -v 'null}$' >"$T/rows"
run_on "$T/rows" cdc-format --to resp --resp-command 'DEL {before.v}'
exits 65 "what was before rows of cdc-unwrap is not known: 65"
sed 's/"op":"c"/"op":"t"/; s/"after":{[^}]*}/"after":null/; 3q' "$T/in" |
    sed 3d >"$T/bad"
run_on "$T/bad" cdc-format --to resp --resp-command 'd\.t=X {id}'
exits 65 "a truncate without a command: 65"
err_like "line 2: a truncate of d.t, for which there is no command" "which"
run_on "$T/bad" cdc-format --to resp --resp-command 'other=X'
exits 0 "of a table without commands: nothing"
run_on "$T/bad" cdc-format --to resp --resp-command '/t=FLUSHDB'
is "$(resp_of "$T/out" | head -n 1)" '["FLUSHDB"]' "with one"
run_on "$T/in" cdc-format --to resp --resp-command '/c=DEL {nothing}'
exits 65 "a column that is not there: 65"
for command in '' '/u=' '[=X' '/x=X' "X 'a" 'X "a"b' "X 'a''b'" 'X {a' \
    'X {a|sql}' 'a/b/none,c=X' "''" '"" a' '{*}' '{*|json} x' 'h\.st='; do
	run cdc-format --to resp --resp-command "$command"
	exits 64 "--resp-command '$command': 64"
	err_like '^cdc-format: --resp-command: ' "whose it is"
done
run_on "$T/nulls" cdc-format --to resp --null '' --resp-command '/c={v} x'
exits 65 "a command without a name: 65"
err_like 'line 5: table d.t: the name of the command is empty' "which"
# what redis-cli makes of words
if command -v redis-server >/dev/null; then
	. "$src/tests/redis.sh"
	cleanup() { redis_stop; }
	redis_start "$T/redis"
	while IFS= read -r word; do
		printf 'SET k %s\n' "$word" | redis_ask >/dev/null
		{ varchar; printf "$row" null '{"id":1,"v":"x"}' 0-1-1 null c; } |
		    cdc-format --to resp --resp-command "X $word" >"$T/words"
		is "$(tail -n +4 "$T/words" | od -An -c)" \
		    "$({ redis_ask --raw STRLEN k | sed 's/^/$/; s/$/\r/' &&
		    redis_ask --raw GET k | head -c -1 && printf '\r\n'; } |
		    od -An -c)" "as redis-cli reads it: $word"
	done <<-'end'
	"\x41\x00\xfF\n\r\t\a\b\q\"\\\x4"
	'\n\x41\'"\\ '
	a\nb
	a"b c"
	a'b "c'
	"\xgg\x"
	end
	redis_stop
else
	skip "words as redis-cli reads them" "no Redis here"
fi
run cdc-format --to resp --resp-command X --expire 1h
exits 64 "--expire is of hashes: 64"
run cdc-format --to resp --null x
exits 64 "and --null of commands: 64"
done_testing
