#!/bin/sh
# cdc-apply and lines that look like something else, or are no records.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { pair_stop; }

mariadb_have 11.8 || skip_all "no MariaDB 11.8 here"
mariadb_start 11.8 "$T/to" || skip_all "no server starts"
to=$T/to
# usage: apply FILE [options]
apply() {
	file=$1
	shift
	run_on "$file" cdc-apply -q -S "$to/sock" -u root --no-state "$@"
}
to_sql -e "CREATE DATABASE shop; USE shop;
    CREATE TABLE norm (id INT PRIMARY KEY, v INT, status VARCHAR(9),
	x VARCHAR(9), op VARCHAR(9));"

apply "$src/tests/data/lines/flat-status.jsonl"
apply "$src/tests/data/lines/kcat-flat-status.jsonl"
is "$(to_sql -N -e 'SELECT id, status FROM shop.norm' | tr '\t\n' '  ')" \
    "11 new 12 paid " "rows with a status are rows"
apply "$src/tests/data/lines/nan.jsonl"
exits 65 "NaN is no JSON"
marks='"source":{"db":"shop","table":"norm"},"op":"c"'
for op in d t m u r; do
	printf '{"topic":"m.shop.norm","key":{"id":5},%s,"payload":{"id":5,"v":1,"op":"%s"}}\n' \
	    "$marks" $op
done >"$T/ops"
apply "$T/ops"
exits 0 "a column called op"
is "$(to_sql -N -e 'SELECT COUNT(*), MAX(op) FROM shop.norm' | tr '\t' ' ')" \
    "3 r" "… deletes nothing, empties nothing"
printf '{"topic":"m.shop.norm","key":{"id":5},%s,"payload":{"id":5,"v":1,"v":2}}\n' \
    "$marks" >"$T/twice"
apply "$T/twice"
exits 65 "a column that is there twice"

{
	printf '{"topic":"m.shop.norm","key":{"id":7},%s,"payload":{"id":7,"v":NaN}}\n' \
	    "$marks"
	printf 'not \377 text\n'
	printf '{"topic":"m.shop.norm","key":{"id":8},%s,"payload":{"id":8,"v":8}}\n' \
	    "$marks"
	printf '{"topic":"m.shop.norm","key":{"id":9},%s,"payload":{"id":9,"v":"x"}}\n' \
	    "$marks"
} >"$T/bad"
apply "$T/bad" --dlq "$T/dlq"
exits 0 "lines that are no records go into the queue"
is "$(jq -c '[.error_type, (.original_event | type)]' "$T/dlq" | tr '\n' ' ')" \
    '["NotARecord","string"] ["NotARecord","null"] ["ValueError","object"] ' \
    "which stays JSON"
is "$(jq -r '.original_bytes // empty' "$T/dlq" | base64 -d | od -An -c |
    tr -d ' ')" 'not377text' "bytes that are no text, too"
is "$(to_sql -N -e 'SELECT v FROM shop.norm WHERE id = 8')" 8 \
    "and the rest is applied"
echo 'half an entr' >>"$T/dlq"
to_sql -e 'ALTER TABLE shop.norm MODIFY v VARCHAR(9)'
run cdc-apply -q -S "$to/sock" -u root --replay-dlq "$T/dlq"
exits 65 "a replay says that some stay"
is "$(to_sql -N -e 'SELECT v FROM shop.norm WHERE id = 9')" x \
    "and applies the others"
is "$(grep -c . "$T/dlq")" 3 "three stay"
# base64 of VARBINARY: what python's decoder takes, and nothing else
to_sql -e 'CREATE TABLE shop.bin (id INT PRIMARY KEY, b VARBINARY(9));'
bin_marks='"source":{"db":"shop","table":"bin"},"op":"c"'
for text in YQ== YQ YWI= YWI YWJj Y '=' ==== YQ= YR== YWJ= YWI== YWJj= \
    YWJj==== Y=Q=; do
	printf '{"topic":"m.shop.bin","key":{"id":1},%s,"payload":{"id":1,"b":"%s"}}\n' \
	    "$bin_marks" "$text" >"$T/bin"
	apply "$T/bin" --binary base64
	printf '%s %s %s\n' "$text" "$status" "$(to_sql -N -e 'SELECT HEX(b)
	    FROM shop.bin; DELETE FROM shop.bin')"
done >"$T/got"
python3 - >"$T/want" <<'PYTHON'
import base64, binascii
for text in ("YQ== YQ YWI= YWI YWJj Y = ==== YQ= YR== YWJ= YWI== YWJj= "
             "YWJj==== Y=Q=").split():
    whole = text if "=" in text else text + "=" * (-len(text) % 4)
    try:
        raw = base64.b64decode(whole, validate=True)
        good = base64.b64encode(raw).decode() == whole
    except binascii.Error:
        good = False
    print(text, 0 if good else 65, raw.hex().upper() if good else "")
PYTHON
same "$T/got" "$T/want" "base64 is whole, or refused"

# keys that a collation takes for one wait for each other
to_sql -e 'CREATE TABLE shop.vk (id VARCHAR(20) COLLATE latin1_swedish_ci
    PRIMARY KEY, n INT NOT NULL) CHARACTER SET latin1;'
keyed() {
	printf '{"topic":"m.shop.vk","key":{"id":"%s"},"source":{"db":"shop","table":"vk"},"op":"%s","payload":%s}\n' \
	    "$1" "$2" "$3"
}
for other in '1 ' '01' '1\u0001' ' 1'; do
	rm -f "$T/queue"
	{
		keyed 1 c '{"id":"1","n":"bad"}'
		keyed 1 d '{"id":"1","n":1}'
		keyed "$other" c "{\"id\":\"$other\",\"n\":3}"
	} >"$T/keys"
	apply "$T/keys" --dlq "$T/queue"
	jq -r '.error_type' "$T/queue" | tr '\n' ' '
done >"$T/got"
is "$(cat "$T/got")" "$(for i in 1 2 3 4; do
	printf 'ValueError KeyHeld KeyHeld '; done)" \
    "what some collation takes for the same key waits"

for session in '{"foreign_key_checks":0,"foreign_key_checks":1}' 0 '[]'; do
	keyed 1 c '{"id":"7","n":7}' |
	    sed 's/"table":"vk"/&,"session":'"$session"'/' >"$T/session"
	apply "$T/session"
	exits 65 "a session that is $session"
done

# a row with a key of its own, and the value of another's unique key
keys='int AUTO_INCREMENT|1|2
int|1|2
timestamp NOT NULL DEFAULT current_timestamp()|"2024-01-02 03:04:05"|"2024-01-02 03:04:06"
varchar(9)|"a"|"b"
uuid|"123e4567-e89b-12d3-a456-426655440000"|"123e4567-e89b-12d3-a456-426655440001"'
while IFS='|' read -r type there comes; do
	to_sql -e "CREATE OR REPLACE TABLE shop.u (id $type PRIMARY KEY,
	    e VARCHAR(9) UNIQUE, v INT); INSERT INTO shop.u VALUES
	    ($there, 'x', 1)"
	printf '{"topic":"m.shop.u","key":{"id":%s},"source":{"db":"shop","table":"u"},"op":"c","payload":{"id":%s,"e":"x","v":2}}\n' \
	    "$comes" "$comes" >"$T/clash"
	apply "$T/clash" --time string
	exits 65 "$type: the value of another row's unique key: 65" &&
	    err_like 'another row has the same value of a unique key' "said"
	sed 's/"e":"x"/"e":"y"/; s/"id":[^,}]*/"id":'"$there"'/g' "$T/clash" \
	    >"$T/again"
	apply "$T/again" --time string
	is "$status $(to_sql -N -e "SELECT id = $there, e, v FROM shop.u" |
	    tr '\t' ' ')" "0 1 y 2" "its own is overwritten"
done <<KEYS
$keys
KEYS
done_testing
