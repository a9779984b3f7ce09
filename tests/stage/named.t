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
	run_on "$T/shop" "$@" </dev/null
	exits 0 "$ran: goes through"
	err_like "warning: $option $text: nothing that was read has this name" \
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
unknown --exclude-table 'shop\\.order' cdc-tail "$one" --exclude-table 'shop\.order'
unknown --include-gtid 1-7 cdc-tail "$one" --include-gtid '1-7,1-1'
known cdc-tail "$one" -t 'shop\..*,shop\.orders' --exclude-table 'shop\.orders'
unknown --include-db shopp cdc-filter --include-db 'shop,shopp'
unknown --include-table orders cdc-filter -t orders
unknown --exclude-table 'shop\\.none' cdc-filter --exclude-table 'shop\.none'
unknown --exclude-column 'shop\\.customers\\.pasword' cdc-filter \
    --exclude-column 'shop\.customers\.pasword'
unknown --include-column email cdc-filter --include-column email
unknown --where nosuch cdc-filter --where nosuch=3
known cdc-filter --where order_id=99999
known cdc-filter -t 'shop\..*,shop\.orders' --exclude-column 'shop\.orders\..*'
unknown rule a cdc-route a b
known cdc-route 'mariadb\.(.*)' '$1' 'mariadb\.shop\.(.*)' '$1'
unknown --add-fields nosuch cdc-unwrap --add-fields op,nosuch
unknown --drop-fields pasword cdc-unwrap --drop-fields pasword
known cdc-unwrap --add-fields op,source.ts_ms --drop-fields order_id

# Nothing was read: nothing is known.
: >"$T/shop"
known cdc-filter -t orders --where nosuch=3
done_testing
