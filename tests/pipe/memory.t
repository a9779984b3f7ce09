#!/bin/sh
# Memory does not grow with what comes; cdc-tail's and cdc-apply's:
# tests/server/apply-big.t.
# not with sanitizers: they need memory of their own
. "$(dirname "$0")/../lib.sh"

# Peak of a command's memory in KiB.
peak() {
	"$src/tests/peak" "$T/kib" "$@" >/dev/null
	cat "$T/kib"
}

log=$src/examples/data/mariadb-bin.000001
cdc-tail "$log" >"$T/lines"
perl -0777 -ne 'print $_ x 2000' "$T/lines" >"$T/many"
for stage in 'cdc-filter --exclude-table shop.orders' \
    'cdc-filter --exclude-column .*.email' cdc-unwrap 'cdc-route a b' \
    'cdc-mask --redact .*.email=x' 'cdc-outbox -t shop.x' \
    'cdc-format --to cloudevents --batch 100' \
    'cdc-format --to tsv --raw --columns @op,@source.table' \
    'cdc-format --to template --raw --template {op}{source.table}' \
    cdc-show 'cdc-show --oneline' \
    'cdc-exec --per batch -- cat' 'cdc-exec --keep-alive -- sed -u s/.*/ok/' \
    'cdc-show --summary --stat'; do
	kib=$(peak sh -c "exec $stage <'$T/many'")
	[ "$kib" -lt 16384 ]
	result $? "$stage: $kib KiB for $(wc -c <"$T/many") bytes"
done
# with schema records; updates of one event
cdc-tail --control -t 'shop\.orders' "$log" >"$T/lines"
{
	grep '"beat":"first"\|"tableChanges"' "$T/lines"
	grep '"op":"u"' "$T/lines" | head -n 1 |
	    perl -ne 'print $_ x 50000'
} >"$T/many"
for stage in 'cdc-format --to canal' 'cdc-format --to singer' \
    'cdc-format --to template --template {order_id}'; do
	kib=$(peak sh -c "exec $stage <'$T/many'")
	[ "$kib" -lt 16384 ]
	result $? "$stage: $kib KiB for $(wc -c <"$T/many") bytes"
done
done_testing
