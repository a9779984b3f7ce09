#!/bin/sh
. "$(dirname "$0")/../lib.sh"
unset COLUMNS NO_COLOR TERM
log=$src/examples/data/mariadb-bin.000001
log2=$src/examples/data/mariadb-bin.000002

heartbeat_is='-- read up to 0-1-2, mariadb-bin.000001:256'
stage_basics cdc-show

# A block of the output: the lines from the one that begins with ID to the next
# empty one.
block() {
	awk -v id="$1" 'index($0, id "  ") == 1 { on = 1 } /^$/ { on = 0 } on' \
	    "$T/out"
}

cdc-tail --query --control "$log" >"$T/all"
run_on "$T/all" cdc-show
exits 0 "the shop"
is "$(block 1-1-15)" \
"1-1-15  2025-10-09 10:53:20 UTC  server 1  thread 5
  │ UPDATE orders SET status = 'shipped' WHERE order_id IN (1, 2)
  ~ shop.orders  order_id=1
      status      'processing'        → 'shipped'
      updated_at  2025-10-09 09:53:20 → 2025-10-09 10:53:20
  ~ shop.orders  order_id=2
      status      'pending'           → 'shipped'
      updated_at  2025-10-09 09:53:20 → 2025-10-09 10:53:20
  2 rows updated" "updates: what changed, from what to what"
is "$(block 1-1-9 | sed -n '7,12p')" \
"  + shop.products  product_id=1
      sku='SKU-1'  name='Widget'  price=19.9900
      attributes='{\"color\": \"red\", \"sizes\": [1, 2, 3]}'  tags='new,sale'
      in_stock=1  weight=0.1  picture=x'89504e47'
  + shop.products  product_id=2
      sku='SKU-2'  name='Gadget'  price=NULL  attributes=NULL  tags=''" \
    "inserts: the row, by its types; NULL is no text"
is "$(head -n 1 "$T/out")" "-- the stream begins after \
mariadb-bin.000001:256, 2026-11-23 00:34:18 UTC" "the first heartbeat"
is "$(tail -n 2 "$T/out")" "-- the stream ends here, after 1-1-18, \
mariadb-bin.000001:9522, 2026-11-23
        00:34:18 UTC" "the last one, in two lines"

# usage: too_wide WIDTH   lines of $T/out that are wider
too_wide() {
	perl -CSD -ne 'chomp; s/\e\[[0-9;]*m//g;
	    s/[\x{1100}-\x{115F}\x{2E80}-\x{A4CF}\x{AC00}-\x{D7A3}\x{1F300}-\x{1F64F}]/xx/g;
	    s/\pM//g; print "$_\n" if length > '"$1" "$T/out"
}
{
	cat "$T/all"
	cdc-tail -q --schema-changes "$src/tests/conformance/data/ddl/binlog.000001"
	cdc-tail -q --query --control \
	    "$src/tests/conformance/data/types-bin/binlog.000001"
} >"$T/much"
for width in 40 60 80; do
	for args in '' --oneline --stat '--stat --oneline' --summary \
	    '--color always' '--oneline --color always'; do
		run_on "$T/much" cdc-show $args --width $width
		is "$status $(too_wide $width | head -n 3)" "0 " \
		    "no line of $args is wider than $width"
	done
done

for args in '' '--oneline' '--full' '--stat' '--oneline --full' \
    '--oneline --stat'; do
	run_on "$T/all" cdc-show $args --color never
	exits 0 "cdc-show $args"
	[ -s "$T/out" ] && ! grep -q "$(printf '\033')" "$T/out"
	result $? "prints something, and no colours"
done

cdc-tail "$log" >"$T/plain"
run_on "$T/plain" cdc-show --oneline
is "$(wc -l <"$T/out")" $(($(wc -l <"$T/plain") - 1)) \
    "--oneline: a line for each change, and one of them is two records"
is "$(sed -n 10p "$T/out")" \
    "1-1-10  2025-10-09 09:53:20  ~ shop.products  product_id=1  in_stock=1→0" \
    "with id and time"
is "$(sed -n 7,9p "$T/out")" \
"1-1-10  2025-10-09 09:53:20  + shop.orders  order_id=1  customer_id=1  \
total_amount='0.00'  status='pending'  created_at=1760003600000  \
updated_at='2025-10-09T09:53:20Z'
1-1-10  2025-10-09 09:53:20  + shop.order_items  order_id=1, line_no=1  \
product_id=1  quantity=3  unit_price='19.99'
1-1-10  2025-10-09 09:53:20  + shop.order_items  order_id=1, line_no=2  \
product_id=3  quantity=1  unit_price='0.01'" "inserts with all their columns"
for args in '' '--width 0'; do
	run_on "$T/much" cdc-show --oneline $args
	is "$(grep -E '^[^ ]+  [0-9: -]+  [-+~=] ' "$T/out" | grep -c …)" 0 \
	    "--oneline $args: nothing is cut"
done
run_on "$T/plain" cdc-show --oneline --width 60
is "$(sed -n 5p "$T/out")" \
    "1-1-9  2025-10-09 08:53:20  + shop.products  product_id=2 …" \
    "cut where there is no more room"

cdc-tail "$log" "$log2" >"$T/both"
run_on "$T/both" cdc-show --summary
out_is "23 changes: 13 inserted, 7 updated, 2 deleted, 1 truncated
  first  2025-10-09 08:53:20 UTC  1-1-7
  last   2025-10-09 11:53:20 UTC  1-1-21
  shop.customers     3 inserted  2 updated
  shop.order_items   3 inserted  1 updated  1 deleted
  shop.orders        3 inserted  3 updated  1 deleted
  shop.products      3 inserted  1 updated
  shop.sessions      1 inserted                        1 truncated" "--summary"
run_on "$T/both" cdc-show --stat
is "$(block 1-1-10)" \
"1-1-10  2025-10-09 09:53:20 UTC  server 1  thread 5
  shop.order_items  2 inserted
  shop.orders       1 inserted  1 updated
  shop.products                 1 updated
  5 changes: 3 inserted, 2 updated" "--stat"

run_on "$T/both" cdc-show --stat --oneline
is "$(grep '^1-1-10 ' "$T/out")" \
"1-1-10  2025-10-09 09:53:20  shop.order_items  2 inserted
1-1-10  2025-10-09 09:53:20  shop.orders       1 inserted  1 updated
1-1-10  2025-10-09 09:53:20  shop.products                 1 updated" \
    "--stat --oneline: a line for each table of a transaction"
is "$(grep -c '^1-1-[0-9]*  ' "$T/out")" "$(wc -l <"$T/out")" \
    "each of which has its id"

run_on "$T/plain" cdc-show --color always
[ "$(grep -c "$(printf '\033\\[33m1-1-15')" "$T/out")" -eq 1 ]
result $? "--color always"
sed 's/\x1b\[[0-9;]*m//g' "$T/out" >"$T/without"
run_on "$T/plain" cdc-show
same "$T/without" "$T/out" "colours change nothing else"

# ---- time zones
run_on "$T/all" cdc-show --timezone America/New_York
is "$(block 1-1-15 | sed -n '1p;5p')" \
"1-1-15  2025-10-09 06:53:20 EDT  server 1  thread 5
      updated_at  2025-10-09 05:53:20 → 2025-10-09 06:53:20" \
    "--timezone: heads and TIMESTAMP values"
is "$(block 1-1-7 | tail -n 2 | head -n 1)" \
    "      created_at=2025-10-09 08:53:20" "not DATETIME values"
for zone in Nowhere/Land ../../etc/passwd /etc/localtime Europe ''; do
	run cdc-show --timezone "$zone"
	exits 64 "no such time zone, '$zone': 64"
done
err_like "no time zone is called ''" "it is named"

# ---- what the last lines say
xs() { printf "%$1s" '' | tr ' ' x; }
# usage: rec OP BEFORE AFTER [GTID [SNAPSHOT]]   a record, for shown
rec() {
	printf '{"topic":"m.s.t","key":{"id":1},"payload":{"before":%s,"after":%s,"source":{"ts_ms":1000,"snapshot":"%s","db":"s","table":"t","gtid":%s,"file":"b.1","pos":4},"op":"%s"}}\n' \
	    "$2" "$3" "${5:-false}" "${4:-\"0-1-2\"}" "$1" >"$T/in.jsonl"
}
shown() {
	run_on "$T/in.jsonl" cdc-show
	exits 0 "$1"
}
rec t null null
shown "a truncate"
out_is "0-1-2  1970-01-01 00:00:01 UTC
  ! s.t  id=1  truncated: all its rows are gone
  1 truncated" "is told in words"
run_on "$T/in.jsonl" cdc-show --oneline
grep -q '  ! s.t  id=1  truncated$' "$T/out"
result $? "in --oneline as well"
rec u '{"id":1,"a":1}' '{"id":1,"a":1}'
shown "an update of nothing"
is "$(sed -n 3p "$T/out")" "      no column has another value" "says so"
rec r null '{"id":1,"a":"x"}' '"0-1-2"' last
shown "a row of a snapshot"
is "$(sed 1q "$T/out")" "snapshot  0-1-2  1970-01-01 00:00:01 UTC" "has its head"
rec c null '{"id":1}' null
shown "a record without GTID"
is "$(sed 1q "$T/out")" "1970-01-01 00:00:01 UTC  b.1:4" "tells its place"
echo '{"topic":"m","key":{"serverName":"m"},"payload":{"ts_ms":1,"end":{"status":65}}}' |
    sed 's/"m","key"/"__debezium-heartbeat.m","key"/' >"$T/in.jsonl"
shown "the end"
out_is "-- the stream is incomplete: a program before this one ended with \
status 65" "is told in words"
cat "$T/plain" "$T/in.jsonl" >"$T/short"
run_on "$T/short" cdc-show --summary
is "$(head -n 1 "$T/out")" "-- the stream is incomplete: a program before this \
one ended with status 65" "--summary tells as well that records are missing"
cdc-tail -q --schema-changes "$src/tests/conformance/data/ddl/binlog.000001" \
    >"$T/ddl"
run_on "$T/ddl" cdc-show --oneline
exits 0 "statements"
is "$(grep -c '  ! ' "$T/out")" "$(grep -c '"ddl":"\|"op":"t"' "$T/ddl")" \
    "each is told"
grep -q '  ! [^ ]*  table altered  ALTER TABLE ' "$T/out"
result $? "with its words"
# usage: says_of WORDS STATEMENT   what --oneline says that it did
says_of() {
	grep -F "  $2" "$T/out" | grep -q "  $1  "
	result $? "$2: $1"
}
says_of "table renamed" "RENAME TABLE d1 TO d2"
says_of "database created" "CREATE DATABASE oracle"
says_of "database altered" "ALTER DATABASE ddl_db"
says_of "database dropped" "DROP DATABASE ddl_db"
says_of "index created" "CREATE UNIQUE INDEX ux"
says_of "table created" "/* comment */ CREATE /* c2 */ TABLE"
sed -n 's/"ddl":"ALTER TABLE d1 DROP COLUMN after_id"/"ddl":"ALTER TABLE d1 TRUNCATE PARTITION p0"/p' "$T/ddl" >"$T/partition"
run_on "$T/partition" cdc-show --oneline
says_of "partition truncated: its rows are gone" "ALTER TABLE d1 TRUNC"
sed 's/TRUNCATE PARTITION p0/COMMENT '"'TRUNCATE PARTITION'"'/' \
    "$T/partition" >"$T/comment"
run_on "$T/comment" cdc-show --oneline
says_of "table altered" "ALTER TABLE d1 COMMENT"
cdc-unwrap <"$T/plain" >"$T/flat"
run_on "$T/flat" cdc-show
exits 0 "unwrapped rows"
is "$(block 1-1-14)" \
"1-1-14  2025-10-09 10:53:20 UTC  server 1  thread 5
  ~ shop.customers  id=1
      name='Ann Ärger'  email='ann@example.org'  status='vip'
      password_hash='\$2b\$12\$abcdefghijklmnopqrstuv'  ssn='123-45-6789'
      created_at=1760000000000
  1 row updated" "have the row after"

rec u '{"a":1,"b":"x","c":null}' '{"a":1,"b":"y","c":null}'
sed 's/"key":{"id":1}/"key":null/' "$T/in.jsonl" >"$T/keyless"
run_on "$T/keyless" cdc-show
is "$(sed -n '2,4p' "$T/out")" "  ~ s.t
      a=1  c=NULL
      b  'x' → 'y'" "an update without a key tells which row by its other columns"
echo '{"a":1,"b":"x"}' >"$T/in.jsonl"
shown "a row that does not say of which table it is"
out_is "  ? (a table that is not named)
      a=1  b='x'" "is shown as one"
printf '%s\n' '{"topic":"m.transaction","key":{"id":"0-1-2"},"payload":{"status":"BEGIN","id":"0-1-2","event_count":null,"data_collections":null,"ts_ms":1}}' >"$T/in.jsonl"
rec_line=$(cat "$T/in.jsonl")
rec c null '{"id":1}'
{ echo "$rec_line"; sed 's/"op":"c"/"transaction":{"id":"0-1-2"},&/' "$T/in.jsonl"; } >"$T/begun"
run_on "$T/begun" cdc-show
is "$(tail -n 1 "$T/out")" \
    "  1 row inserted, and the end of the transaction did not come" \
    "a transaction whose end is not there"

# ---- values are the same, however they are written
types=$src/tests/conformance/data
values() { cdc-show --full --timezone UTC | grep '^      [a-z]' ; }
for log_of in types-time types-num types-int types-bin; do
	cdc-tail -q --control --time string "$types/$log_of/binlog.000001" |
	    values >"$T/want"
	[ "$(wc -l <"$T/want")" -gt 50 ]
	result $? "$log_of: values"
	for modes in '' '--time isostring' '--time microseconds' \
	    '--time nanoseconds' '--decimal precise' '--decimal numeric' \
	    '--bigint-unsigned precise' '--bigint string' '--binary hex' \
	    '--binary base64-url-safe'; do
		# a date that no calendar has is null, but as a string
		cdc-tail -q --control $modes "$types/$log_of/binlog.000001" |
		    values | paste "$T/want" - | awk -F '\t' '
			$1 != $2 && $2 !~ / NULL$/' >"$T/differ"
		is "$(head -n 3 "$T/differ")" "" "$log_of, $modes: the same"
	done
done
field() { printf '{"type":"%s","optional":true,"name":"%s","field":"%s"%s}' "$@"; }
fields=$(field int64 io.debezium.time.MicroTimestamp dt ''),$(field int32 \
    io.debezium.time.Date d ''),$(field bytes \
    org.apache.kafka.connect.data.Decimal n ',"parameters":{"scale":"2"}'),$(field \
    bytes io.debezium.data.Bits b ',"parameters":{"length":"10"}')
printf '{"schema":{"type":"struct","fields":[{"type":"struct","field":"after","fields":[%s]}]},"payload":{"before":null,"after":{"dt":1760000000123456,"d":20370,"n":"MDk=","b":"BQI="},"source":{"ts_ms":1,"db":"s","table":"t"},"op":"c"}}\n' \
    "$fields" >"$T/in.jsonl"
shown "a record with the schema of Debezium"
is "$(sed -n 3p "$T/out")" "      dt=2025-10-09 08:53:20.123456  d=2025-10-09\
  n=123.45  b=b'1000000101'" "has its types"

printf '{"schema":{"type":"struct","fields":[{"type":"struct","field":"after","fields":[{"type":"struct","name":"io.debezium.data.geometry.Point","field":"p"}]}]},"payload":{"before":null,"after":{"p":{"x":1.5,"y":-2,"wkb":"AA==","srid":4326}},"source":{"ts_ms":1,"db":"s","table":"t"},"op":"c"}}\n' >"$T/in.jsonl"
shown "a point"
is "$(sed -n 3p "$T/out")" "      p=POINT(1.5 -2) srid 4326" "with its system"

# ---- a terminal
cat >"$T/terminal.py" <<'EOF'
import fcntl, os, pty, struct, sys, termios
pid, fd = pty.fork()
if pid == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack('HHHH', 24, 60, 0, 0))
    os.dup2(os.open(sys.argv[1], os.O_RDONLY), 0)
    os.execvp('cdc-show', ['cdc-show'] + sys.argv[2:])
out = b''
try:
    while True:
        data = os.read(fd, 65536)
        if not data:
            break
        out += data
except OSError:
    pass
os.waitpid(pid, 0)
sys.stdout.buffer.write(out.replace(b'\r\n', b'\n'))
EOF
terminal() { python3 "$T/terminal.py" "$T/plain" "$@" >"$T/out"; }
colors() { grep -c "$(printf '\033')" "$T/out"; }
TERM=xterm terminal
[ "$(colors)" -gt 20 ]
result $? "on a terminal there are colours"
sed 's/\x1b\[[0-9;]*m//g' "$T/out" >"$T/shown"
cdc-show --width 60 <"$T/plain" >"$T/want"
same "$T/shown" "$T/want" "and its width"
NO_COLOR=1 TERM=xterm terminal
is "$(colors)" 0 "NO_COLOR"
TERM=dumb terminal --width 0
is "$(colors)" 0 "a dumb terminal"
COLUMNS=50 NO_COLOR=1 terminal
cdc-show --width 50 <"$T/plain" >"$T/want"
same "$T/out" "$T/want" "COLUMNS"

# ---- an update of the key is one change, of two records
cdc-tail --tombstones --transactions --from 1-1-15 --until 1-1-16 "$log" \
    >"$T/moved"
run_on "$T/moved" cdc-show
out_is "1-1-16  2025-10-09 10:53:20 UTC  server 1  thread 5
  ~ shop.order_items  order_id=1, line_no=2
      line_no  2 → 9
  · tombstone
  1 row updated" "an update of the key"
run_on "$T/moved" cdc-show --oneline
out_is "1-1-16  begin
1-1-16  2025-10-09 10:53:20  ~ shop.order_items  order_id=1, line_no=2  \
line_no=2→9
· tombstone
1-1-16  end: 2 records" "--oneline: the same"
grep -v '"op":"c"' "$T/moved" >"$T/half"
run_on "$T/half" cdc-show
is "$(sed -n '2,$p' "$T/out")" \
"  - shop.order_items  order_id=1, line_no=2
      product_id=3  quantity=1  unit_price='0.01'
  · tombstone
  1 row deleted, of 2 records in the transaction" "its first half alone is a delete"
grep '"op":"d"' "$T/moved" >"$T/half"
run_on "$T/half" cdc-show
is "$(sed -n '2p' "$T/out")" "  - shop.order_items  order_id=1, line_no=2" \
    "at the end of input as well"
grep '"op":"c"' "$T/moved" >"$T/half"
run_on "$T/half" cdc-show
is "$(sed -n '2p' "$T/out")" "  + shop.order_items  order_id=1, line_no=9" \
    "its second half alone is an insert"

sed 's/"gtid":"1-1-16"/"gtid":"1-1-17"/' "$T/half" >"$T/other"
grep '"op":"d"' "$T/moved" | cat - "$T/other" >"$T/two"
run_on "$T/two" cdc-show --oneline
is "$(awk '{ print $4 }' "$T/out" | tr -d '\n')" "-+" \
    "halves of two updates are not one"

# ---- texts for which there is no room
two='"before":{"id":1,"a":"'$(xs 300)'old'$(xs 300)'"},"after":{"id":1,"a":"'$(xs 300)'new'$(xs 300)'"}'
rec u null '{}'
sed "s/\"before\":null,\"after\":{}/$two/" "$T/in.jsonl" >"$T/long"
run_on "$T/long" cdc-show
is "$(sed -n '3,4p' "$T/out")" \
"      a  '…$(xs 12)old$(xs 40)…' (603 chars)
       → '…$(xs 12)new$(xs 40)…' (603 chars)" "are shown where they differ"
run_on "$T/long" cdc-show --oneline
grep -q "a='$(xs 300)old$(xs 300)'→'$(xs 300)new$(xs 300)'\$" "$T/out"
result $? "--oneline without a limit: nothing is cut"
run_on "$T/long" cdc-show --oneline --width 0
grep -q "'$(xs 300)new$(xs 300)'\$" "$T/out"
result $? "nor with --width 0"
run_on "$T/long" cdc-show --oneline --width 80
is "$(sed 's/.*id=1  //' "$T/out")" \
    "a='…xxold$(xs 9)…'→'…xxnew$(xs 9)…'" \
    "with one, they are shown where they differ"
# escapes and wide characters take more columns than they have bytes
for front in '\\n' '\\u0001' '日' 'é' '\\ud83d\\ude00' "'" '\\\\' '󠁁'; do
	rec u "{\"id\":1,\"a\":\"$(xs 99 | sed "s/x/$front/g")Q$(xs 99)\"}" \
	    "{\"id\":1,\"a\":\"$(xs 99 | sed "s/x/$front/g")Z$(xs 99)\"}"
	for width in 60 61 64 70 80 100 140; do
		cdc-show --oneline --width $width <"$T/in.jsonl" >"$T/out"
		grep -q "Q.*→.*Z\|a=…\|id=1 …" "$T/out" ||
		    echo "$width: $(cat "$T/out")"
	done >"$T/alike"
	is "$(cat "$T/alike")" "" "a difference after '$front' is seen"
	cdc-show --width 60 <"$T/in.jsonl" >"$T/out"
	[ "$(grep -c "Qx\|Zx" "$T/out")" -eq 2 ]
	result $? "by the block form too"
done

# ---- keys
key=$(printf '%032d' 7 | tr 0 a)$(printf '%032d' 8 | tr 0 b)
rec u '{"id":1,"a":1}' '{"id":1,"a":2}'
sed "s/\"id\":1/\"id\":\"$key\"/g" "$T/in.jsonl" >"$T/keyed"
for args in '--width 80' '--width 140' '--width 0' '' '--oneline' \
    '--oneline --width 0' '--oneline --width 140'; do
	run_on "$T/keyed" cdc-show $args
	grep -q "id='$key'" "$T/out"
	result $? "$args: a key for which there is room is whole"
done
run_on "$T/keyed" cdc-show --oneline --width 80
grep -q "id='aaaaaaaaaa.*…'  a=1→2\$" "$T/out"
result $? "--oneline: a key that has to be cut leaves room for what changed"

# ---- nothing that a record contains reaches the terminal but as text
nasty='\u001b]0;x\u0007\u001b[2J\r\n\t\u0000","b":"\u0085\u202e\u200b\u009b31m\ue000'
rec c null "{\"id\":1,\"a\\n+ b\":\"$nasty\",\"c\":\"é\\u0301\\u0301\\u0301\\u0301\\u0301\"}"
shown "controls in values and names"
is "$(sed -n '3,$p' "$T/out")" \
"      \`a\\n+ b\`='\\x1b]0;x\\x07\\x1b[2J\\r\\n\\t\\0'
      b='\\u0085\\u202e\\u200b\\u009b31m\\ue000'  c='é́́́́\\u0301'
  1 row inserted" "are escapes"
rec c null '{"id":1,"a":"\ueffe \uefe4 It'"'"'s \\n"}'
shown "bytes that are no characters"
is "$(sed -n 3p "$T/out")" "      a='\\xfe \\xe4 It\\'s \\\\n'" \
    "are bytes, and a backslash is told from an escape"
rec c null '{"id":1,"a":"日本語","b":"x"}'
shown "wide characters"
rec c null "{\"id\":1,\"a\":\"$(xs 3000)\"}"
shown "a long value"
is "$(sed -n 3p "$T/out")" \
    "      a='$(xs 44)…' (3000 chars)" "is cut, with its length"

# ---- what README and the manual show is what comes out

# usage: has_block FILE LINES NAME   are the lines together in the file?
has_block() {
	perl -0777 -e 'open my $f, "<", shift or die; my $all = <$f>;
	    exit(index("\n$all", "\n$ARGV[0]\n") < 0)' "$1" "$2"
	result $? "$3" || diff "$1" - <<-EOF | sed 's/^/# /'
	$2
	EOF
}
cdc-tail --control "$log" | cdc-show >"$T/out"
has_block "$T/out" "$(sed -n '/^1-1-10 /,/^…$/p' "$src/README.md" |
    sed '$d')" "README"
. "$src/tests/examples.sh"
examples_of "$src/man/cdc-show.1" "$T/manual"
cdc-tail --query --control -t 'shop\.orders' --from 1-1-13 "$log" |
    cdc-show --width 74 >"$T/out"
has_block "$T/out" "$(cat "$T/manual/2")" "the manual: a transaction"
cdc-show --summary <"$T/both" >"$T/out"
has_block "$T/out" "$(cat "$T/manual/5")" "the manual: --summary"

echo '{"topic":"t","key":null,"payload":7}' >"$T/odd"
run_on "$T/odd" cdc-show
exits 65 "a payload that is no record: 65"
run_on "$T/odd" cdc-show --pass-unknown
exits 0 "--pass-unknown"
is "$(cat "$T/out")" '? {"topic":"t","key":null,"payload":7}' "… as it is"
printf '{"topic":"o.Order","key":"7","timestamp":9,"source":{"ts_ms":5,"db":"d","table":"outbox","gtid":"0-1-2"},"op":"m","payload":"{\\"a\\":1}"}\n' >"$T/in.jsonl"
run_on "$T/in.jsonl" cdc-show
exits 0 "an event of cdc-outbox"
grep -qxF '  > message to o.Order  key 7  {"a":1}' "$T/out"
result $? "is a message"
run cdc-show operand
exits 64 "an operand: 64"
err_like 'hint: of a binlog: cdc-tail --control operand . cdc-show;' \
    "what prints its records"
done_testing
