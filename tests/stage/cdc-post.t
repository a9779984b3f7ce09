#!/bin/sh
# cdc-post: what a server is sent, what its answers mean, and that each record
# arrives at least once and in the order of its key, whatever is killed.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

tool_basics cdc-post
receivers=
cleanup() { [ -z "$receivers" ] || kill $receivers 2>/dev/null; }
# usage: receiver NAME [ARGUMENT]…: a server; $port is its port
receiver() {
	folder=$T/$1
	shift
	mkdir -p "$folder"
	python3 "$src/tests/stage/receiver.py" "$folder" "$@" 2>/dev/null &
	receivers="$receivers $!"
	eventually test -s "$folder/port"
	port=$(cat "$folder/port")
}
quick='--retries 2 --retry-delay 10ms --retry-delay-max 20ms'
shop=$src/tests/data/shop.jsonl
receiver web
url=http://127.0.0.1:$port
answers() { printf '%s\n' "$@" >"$T/web/answers"; }
got() { jq -r "$@" "$T/web/requests"; }
forget() { rm -f "$T/web/requests"; }

misused cdc-post "no URL" 'no URL'
misused cdc-post "two" "one URL, and no 'b'" http://a b
misused cdc-post "none of HTTP" "is not an http:// or https://" ftp://a/
misused cdc-post "a password" 'read by others' http://me:secret@a/
succeeds "which is not repeated" sh -c "! grep -q 'hint.*secret' $T/err"
misused cdc-post "a header without a name" "is not 'Name: value'" -H x http://a
misused cdc-post "a placeholder that would make another URL" 'needs \|url' \
    'http://a/{source.table}'
misused cdc-post "bulk, unseen" 'needs --bulk' --to es-bulk http://a
misused cdc-post "bulk of another format" 'and nothing else' --bulk --to maxwell http://a
misused cdc-post "bulk, one by one" 'not with --per record' --bulk --per record http://a
misused cdc-post "two ways to say who it is" 'choose one' --bearer "$T/a" --basic "$T/b" \
    http://a
misused cdc-post "a secret that is none" 'base64 of 24' --sign "$T/web/port" http://a

# ---- what is sent

run_on "$shop" cdc-post "$url/in"
exits 0 "a request for each record"
grep -e '"op":' -e '"payload":null' "$shop" >"$T/want"
got -j '.body + "\n"' >"$T/got"
same "$T/got" "$T/want" "its body is the record, byte for byte"
is "$(got '[.path, .headers["content-type"]] | join(" ")' | sort -u)" \
    "/in application/json" "path and type"
forget
run_on "$shop" cdc-post --per batch --batch 20 "$url/in"
is "$(got '.body | split("\n") | length - 1' | tr '\n' ' ')" "20 7 " \
    "lines of a batch"
forget
run_on "$shop" cdc-post --array "$url/in"
got -j .body | jq -c '.[]' >"$T/got"
jq -c . <"$T/want" >"$T/want2"
same "$T/got" "$T/want2" "--array: one JSON text"
forget
run_on "$shop" cdc-post --per transaction "$url/in"
is "$(got '.body | split("\n") | length - 1' | head -n 3 | tr '\n' ' ')" \
    "1 2 3 " "--per transaction"
forget
run_on "$shop" cdc-post --per batch -H 'X-Table: {source.table}' \
    "$url/{source.db|url}/{source.table|url}?k=1"
is "$(got '[.path, .headers["x-table"]] | join(" ")' | head -n 3 | tr '\n' ';')" \
    "/shop/customers?k=1 customers;/shop/products?k=1 products;/shop/orders?k=1 orders;" \
    "placeholders in URL and headers, and a request for each of them"
forget
printf '%s\n' '{"topic":"m.d.t","key":{"id":1},"payload":{"before":null,"after":{"id":1,"v":"a/../b?c=\r\nX: y"},"source":{"db":"d","table":"t"},"op":"c"}}' >"$T/evil"
run_on "$T/evil" cdc-post "$url/{v|url}"
is "$(got .path)" "/a%2F..%2Fb%3Fc%3D%0D%0AX%3A%20y" \
    "a value is part of a path, and nothing else"
run_on "$T/evil" cdc-post $quick -H 'X-V: {v}' "$url/"
exits 65 "a header has one line: 65"
rm -f "$T/q"
forget
sed 's/"id":1/"id":2/g; s/"v":"[^"]*"/"v":"good"/' "$T/evil" >"$T/mixed"
cat "$T/evil" >>"$T/mixed"
run_on "$T/mixed" cdc-post -q $quick --dlq "$T/q" --per batch -H 'X-V: {v}' "$url/"
is "$status $(jq -c .headers.key "$T/q") $(got '.headers["x-v"]')" \
    '0 {"id":1} good' "of a batch, that record alone is set aside"
head -c 20000000 /dev/zero | tr '\0' x >"$T/x"
printf '{"topic":"m.d.t","key":{"id":1},"payload":{"before":null,"after":{"id":1,"v":"%s"},"source":{"db":"d","table":"t"},"op":"c"}}\n' \
    "$(cat "$T/x")" >"$T/large"
forget
run_on "$T/large" cdc-post "$url/"
exits 0 "20 MB in a record"
succeeds "all of them" test "$(wc -c <"$T/web/requests")" -gt 20000000
forget
cdc-tail --control "$src/examples/data/mariadb-bin.000001" >"$T/typed"
run_on "$T/typed" cdc-post --to cloudevents "$url/"
is "$(got '[.headers["content-type"], (.body | fromjson | .specversion)] |
    join(" ")' | sort -u)" "application/cloudevents+json 1.0" "--to cloudevents"

# ---- who it is

echo 'secret-token' >"$T/token"
chmod 600 "$T/token"
forget
cdc-tail "$src/examples/data/mariadb-bin.000001" | head -n 1 >"$T/one"
run_on "$T/one" cdc-post --bearer "$T/token" "$url/"
is "$(got .headers.authorization)" "Bearer secret-token" "--bearer"
forget
echo 'me:pass word' >"$T/token"
run_on "$T/one" cdc-post --basic "$T/token" "$url/"
is "$(got .headers.authorization)" "Basic $(printf 'me:pass word' | base64)" \
    "--basic"
forget
secret="whsec_$(head -c 32 /dev/urandom | base64)"
echo "$secret" >"$T/token"
run_on "$T/one" cdc-post --sign "$T/token" "$url/"
run_on "$T/one" cdc-post --sign "$T/token" "$url/"
is "$(got '.headers["webhook-id"]' | uniq -c | awk '{ print $1, $2 }')" \
    "2 msg_$(jq -r '"\(.payload.source.gtid)-\(.payload.transaction.total_order)"' <"$T/one")" \
    "--sign: one id, whenever it comes"
cat >"$T/verify.py" <<'END'
import base64, hashlib, hmac, json, sys
key = base64.b64decode(sys.argv[1][6:])
for line in open(sys.argv[2]):
    r = json.loads(line)
    h = r['headers']
    signed = '.'.join((h['webhook-id'], h['webhook-timestamp'], r['body']))
    want = 'v1,' + base64.b64encode(hmac.new(key, signed.encode(),
        hashlib.sha256).digest()).decode()
    print(h['webhook-signature'] == want)
END
is "$(python3 "$T/verify.py" "$secret" "$T/web/requests" | sort | uniq -c |
    awk '{ print $1, $2 }')" "2 True" "and a signature"
self_signed web
self_signed other
receiver tls "$T/web"
tls_port=$port
run_on "$T/one" cdc-post $quick --cacert "$T/web.pem" "https://localhost:$tls_port/"
[ $status -eq 0 ] || run_on "$T/one" cdc-post $quick --cacert "$T/web.pem" \
    "https://127.0.0.1:$tls_port/"
exits 78 "a certificate of another name: 78"
certificate_of=127.0.0.1
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=127.0.0.1" \
    -addext subjectAltName=IP:127.0.0.1 -keyout "$T/ip.key" -out "$T/ip.pem" \
    2>/dev/null
receiver tls2 "$T/ip"
run_on "$T/one" cdc-post $quick --cacert "$T/ip.pem" "https://$certificate_of:$port/"
exits 0 "a trusted certificate"
run_on "$T/one" cdc-post $quick --cacert "$T/other.pem" "https://127.0.0.1:$port/"
exits 78 "one that is not: 78"
run_on "$T/one" cdc-post $quick --cacert "$T/nowhere.pem" "https://127.0.0.1:$port/"
exits 78 "no file of certificates: 78"

# ---- what an answer means

# usage: means STATUS NAME ANSWER…
means() {
	want=$1
	name=$2
	shift 2
	answers "$@"
	forget
	run_on "$T/one" cdc-post $quick "$url/"
	exits "$want" "$name: $want"
	: >"$T/web/answers"
}
means 0 "204" 204
means 0 "503, and then 200" 503 200
is "$(got .path | wc -l)" 2 "it is tried again"
means 75 "503 for long" 503 503 503
err_like 'answered 503' "… which"
means 0 "429 with Retry-After" '429 Retry-After:1'
err_like 'next in 1\.000 s' "… how long it waits"
means 65 "400" '400 - no such field'
err_like 'line 1 .*answered 400: no such field' "… and why"
is "$(grep -c attempt "$T/err")" 0 "it is not tried again"
means 78 "401" 401
means 78 "404" 404
means 78 "a redirect" '302 Location:/elsewhere'
run_on "$T/one" cdc-post $quick "http://127.0.0.1:1/"
exits 69 "nobody there: 69"
err_like '127\.0\.0\.1:1/: Failed to connect' "… where"
perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(Listen => 5,
    LocalAddr => "127.0.0.1"); open F, ">", $ARGV[0]; print F $s->sockport;
    close F; sleep 60' "$T/mute" &
receivers="$receivers $!"
eventually test -s "$T/mute"
run_on "$T/one" cdc-post --retries 0 --timeout 200ms "http://127.0.0.1:$(cat "$T/mute")/"
exits 69 "no answer in time: 69"

# ---- bulk

cdc-tail --control -t 'shop\.customers' "$src/examples/data/mariadb-bin.000001" \
    >"$T/customers"
actions=$(cdc-format --to es-bulk <"$T/customers" | grep -c '^{"index"\|^{"delete"')
# usage: items STATUS…   an answer, for each action the next of these
items() {
	python3 - "$actions" "$@" <<-'END'
	import json, sys
	n, want = int(sys.argv[1]), sys.argv[2:]
	print(json.dumps({"errors": True, "items": [{"index": dict(
	    {"status": int(want[min(i, len(want) - 1)])},
	    **({"error": {"type": "mapper", "reason": "no"}}
	    if want[min(i, len(want) - 1)] == "400" else {}))}
	    for i in range(n)]}, separators=(',', ':')))
	END
}
answers "200 - $(items 201)"
forget
run_on "$T/customers" cdc-post --bulk "$url/_bulk"
exits 0 "--bulk"
got -j .body >"$T/got"
cdc-format --to es-bulk <"$T/customers" >"$T/want"
same "$T/got" "$T/want" "what cdc-format --to es-bulk writes"
answers "200 - $(items 409 404 200)"
run_on "$T/customers" cdc-post $quick --bulk "$url/_bulk"
exits 0 "conflicts, and what is not there to be deleted, are done"
answers "200 - $(items 400 200)"
rm -f "$T/dlq"
run_on "$T/customers" cdc-post $quick --bulk --dlq "$T/dlq" "$url/_bulk"
is "$status $(jq -r '[.error, .error_type] | join(" ")' "$T/dlq" | head -n 1)" \
    "0 mapper: no BulkError" "a bad item goes into the queue"
answers "200 - $(items 200 429)" "200 - $(items 200)"
forget
run_on "$T/customers" cdc-post $quick --bulk "$url/_bulk"
is "$status $(got .body | grep -c '^{"index"\|^{"delete"')" \
    "0 $((actions + actions - 1))" "those that may pass come again, alone"
answers '200 - {"took":1}'
run_on "$T/customers" cdc-post $quick --bulk "$url/_bulk"
exits 78 "an answer of something else: 78"
answers '200 - {"items":[]}'
run_on "$T/customers" cdc-post $quick --bulk "$url/_bulk"
exits 78 "too few items: 78"
: >"$T/web/answers"

# ---- at least once, in order

make_counting_log 400
mv "$T/log" "$T/stream"
cat >"$T/judge.py" <<'END'
import json, sys
top, early = {}, 0
for line in open(sys.argv[1]):
    for text in json.loads(line)['body'].split('\n'):
        if not text:
            continue
        row = json.loads(text)['payload']['after']
        k, v = row['k'], row['v']
        early += v > top.get(k, 0) + 1
        top[k] = max(v, top.get(k, 0))
print(early, 'early,', sum(top.values()), 'of them')
END
echo 10 >"$T/web/chance"
# usage: storm NAME [ARGUMENT]…
storm() {
	name=$1
	shift
	forget
	rm -f "$T/state" "$T/state.lock"
	kills=$(timeout 120 perl "$src/tests/pipeline.pl" 8 \
	    "exec cdc-tail -q --control --state $T/state --from earliest $T/stream 2>>$T/tail.err" \
	    sh -c 'exec cdc-post "$@" 2>>'"$T/post.err" - \
	    -q --state "$T/state" --retry-delay 1ms --retry-delay-max 5ms \
	    --retries 50 "$@")
	is "$? $(python3 "$T/judge.py" "$T/web/requests")" \
	    "0 0 early, 1200 of them" \
	    "$name: killed $kills times, none is lost, none overtakes" ||
	    tail -n 3 "$T/post.err" | sed 's/^/# /'
}
storm "records" -j 3 "$url/"
storm "batches" --per batch --batch 30 "$url/"
storm "batches, side by side" --per batch --batch 30 -j 4 "$url/"
done_testing
