#!/bin/sh
# Names in options that nothing bears: a word at the end, with --strict an error.
. "$(dirname "$0")/../lib.sh"

one=$src/examples/data/mariadb-bin.000001
cdc-tail "$one" >"$T/shop"

# usage: unknown OPTION NAME TOOL …   it is given, and is not there
unknown() {
	option=$1
	text=$2
	shift 2
	echo "$1 $option" >>"$T/told"
	run_on "$T/shop" "$@" </dev/null
	exits 0 "$ran: goes through"
	err_like "warning: $option $text: matched nothing that was read" \
	    "with a warning"
	run_on "$T/shop" "$@" --strict
	exits 78 "--strict: 78"
	run_on "$T/shop" "$@" -q
	is "$status $(cat "$T/err")" "0 " "-q: no word"
}

# usage: known TOOL …   what is given is there
known() {
	run_on "$T/shop" "$@" --strict
	is "$status $(cat "$T/err")" "0 " "$*: no word"
}

unknown --include-table orders cdc-tail "$one" -t orders
run cdc-tail "$one" -t orders
err_like 'hint: a table is db.table: ' "a table's form"
run cdc-tail "$one" -t 'shop\.orders;shop\.customers'
err_like 'hint: separate several by commas only' "a list without commas"
run cdc-tail "$one" -t orders --strict
err_like '1 of the given names matched nothing' "what --strict says"
unknown --exclude-table 'shop\\.order' cdc-tail "$one" --exclude-table 'shop\.order'
unknown --include-db shopp cdc-tail "$one" --include-db shop,shopp
unknown --exclude-db nosuch cdc-tail "$one" --exclude-db nosuch
unknown --exclude-db nosuch cdc-filter --exclude-db nosuch
unknown --include-gtid 1-7 cdc-tail "$one" --include-gtid '1-7,1-1'
unknown --exclude-gtid 9-9 cdc-tail "$one" --exclude-gtid 9-9
unknown --include-server-id 77 cdc-tail "$one" --include-server-id 1,77
known cdc-tail "$one" --include-server-id 1
known cdc-tail "$one" -t 'shop\..*,shop\.orders' --exclude-table 'shop\.orders'
unknown --include-db shopp cdc-filter --include-db 'shop,shopp'
unknown --include-table orders cdc-filter -t orders
unknown --exclude-table 'shop\\.none' cdc-filter --exclude-table 'shop\.none'
unknown --exclude-column 'shop\\.customers\\.pasword' cdc-filter \
    --exclude-column 'shop\.customers\.pasword'
unknown --include-column email cdc-filter --include-column email
unknown --where nosuch cdc-filter --where nosuch=3
unknown --canal-filter 'shop\\.none' cdc-filter --canal-filter \
    'shop\.orders,shop\.none'
unknown --canal-black-filter 'no\\..\*' cdc-filter --canal-black-filter 'no\..*'
known cdc-filter --where order_id=99999
unknown --maxwell-filter shop.nosuch cdc-filter --maxwell-filter \
    'exclude: shop.nosuch, include: *.*'
unknown --maxwell-filter shop.orders.nosuch=1 cdc-filter --maxwell-filter \
    'exclude: shop.orders.nosuch=1'
known cdc-filter --maxwell-filter 'exclude: shop.orders.order_id=99999'
unknown --by nosuch cdc-filter -t 'shop\.orders' --sample 50% --by nosuch,order_id
unknown --op t cdc-filter --op t
unknown --op r,t cdc-filter --op r,t
known cdc-filter --op c,r
known cdc-filter -t 'shop\..*,shop\.orders' --exclude-column 'shop\.orders\..*'
unknown rule a cdc-route a b
known cdc-route 'mariadb\.(.*)' '$1' 'mariadb\.shop\.(.*)' '$1'
unknown --partition-by change.nosuch cdc-route --partitions 3 \
    --partition-by change.nosuch,source.table
unknown --key-columns 'shop\\.orders\\.nosuch.*' cdc-route \
    --key-columns 'shop\.orders:nosuch.*'
cdc-tail --control "$one" >"$T/control"
for option in --zone-include --zone-exclude; do
	unknown $option 'shop\\.nosuch' cdc-route --schema "$T/control" \
	    --timestamp-zone UTC --time connect $option 'shop\.nosuch,.*\..*'
done
unknown --add-fields nosuch cdc-unwrap --add-fields op,nosuch
unknown --header-to-field nosuch cdc-unwrap --add-headers op \
    --header-to-field __op=o,nosuch=n
unknown --drop-fields pasword cdc-unwrap --drop-fields pasword
unknown --add-headers nosuch cdc-unwrap --add-headers nosuch
unknown --drop-fields-header nosuch cdc-unwrap --drop-fields-header nosuch
unknown --route-by-field nosuch cdc-unwrap --route-by-field nosuch
known cdc-unwrap --route-by-field order_id
unknown --key-field-regex a cdc-route 'mariadb\.(.*)' '$1' --key-field k \
    --key-field-regex a --key-field-replacement b
known cdc-unwrap --add-fields op,source.ts_ms --drop-fields order_id
umask 077
printf 'a key of 16 bytes' >"$T/key"
for kind in hash hash-v1 null tokenize email pass; do
	unknown --$kind 'shop\\.a\\.b' cdc-mask --$kind 'shop\.a\.b' \
	    --key-file "$T/key" --salt-file "$T/key"
done
for kind in mask truncate redact; do
	unknown --$kind 'shop\\.a\\.b' cdc-mask --$kind 'shop\.a\.b=3'
done
unknown --include-db nosuch cdc-outbox --include-db nosuch
unknown --exclude-db nosuch cdc-outbox -t 'shop\.x' --exclude-db nosuch
unknown --include-table orders cdc-outbox -t orders
unknown --exclude-table 'x\\.y' cdc-outbox --exclude-table 'x\.y,shop\..*'
unknown --pass-header nosuch cdc-mask --null '.*\.name' --pass-header nosuch
known cdc-mask --null '.*\.name' --pass '.*\.name' --redact 'shop\..*\.name=x'

# Nothing was read: nothing is known.
: >"$T/shop"
known cdc-filter -t orders --where nosuch=3

# Whatever names something is told of, or there is a reason.
silent='cdc-tail --skip-op
cdc-tail --signal
cdc-tail --topic-prefix
cdc-tail --user
cdc-tail --socket
cdc-unwrap --add-fields-prefix
cdc-unwrap --changed
cdc-unwrap --unchanged
cdc-unwrap --diff
cdc-route --key-field
cdc-route --rules
cdc-mask --rules'
# --skip-op: operations are a closed set, and that none came is no mistake
# --signal: the server is asked for the table
# --topic-prefix, --add-fields-prefix, --changed, --unchanged, --diff,
# --key-field: names that are made
# --user, --socket: the connection fails;  --rules: its rules are told of
for tool in cdc-tail cdc-filter cdc-unwrap cdc-route cdc-mask; do
	"$tool" --list-options | awk -F '	' -v tool=$tool '
	    $3 ~ /REGEX|TABLE|COLUMN|NAME|FIELD|OPS|CONDITION|^N,|DB|USER/ &&
	    !seen[$4]++ { print tool, "--" $2 }'
done >"$T/naming"
echo "$silent" | cat - "$T/told" >"$T/accounted"
is "$(grep -vxFf "$T/accounted" "$T/naming" | tr '\n' ' ')" "" \
    "every option that names something is told of, or has a reason"
done_testing
