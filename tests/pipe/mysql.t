#!/bin/sh
# Logs of MySQL.  data/mysql holds logs that real servers wrote (5.1 to 9.7),
# and beside each what was done: transaction, GTID, operation, key, images.
. "$(dirname "$0")/../lib.sh"
data=$src/tests/data/mysql

rows() {
	perl -ne 'print "$5 $3 $4 $1 $2}\n" if /"key":(.*?)
	    (?:,"headers":.*?)?,"payload":(\{"before":.*),
	    "source":\{.*"gtid":(.*?),"file".*\},"op":"(.)"
	    .*"transaction":\{"id":(".*?")/x'
}

# json.binlog is of a table of mysql, which must be asked for
asked=".*,mysql"
for want in "$data"/*.txt; do
	log=${want%.txt}
	cdc-tail -q --on-error warn --include-db "$asked" "$log" 2>"$T/err" | rows >"$T/got"
	same "$T/got" "$want" "${log##*/}"
	cdc-tail -q --on-error warn --include-db "$asked" - <"$log" 2>"$T/err" | rows |
	    sed "s/\"file=[^,]*,/\"file=${log##*/},/" >"$T/got"
	same "$T/got" "$want" "${log##*/}, from a pipe"
done

run cdc-tail "$data/mysql-9.7.000003"
exits 65 "partial JSON is refused"
err_like "PARTIAL_UPDATE_ROWS event: partial JSON" "by name"
err_like "hint: set binlog_row_value_options=''" "with what turns it off"
run cdc-tail --json embed --include-db "$asked" --count 1 "$data/json.binlog.000001"
is "$(jq -c '.payload.after["@2"].age' "$T/out")" 24 "JSON, embedded"
run cdc-tail --from 0-1-1 "$data/mysql-5.1.000001"
exits 64 "a MariaDB GTID is no place in such a log"
err_like "use FILE:OFFSET or a time" "with what is"
pos=$(jq -r '.payload.transaction.id | split("pos=")[1]' <<-EOT | tail -n 1
	$(cdc-tail -q --count 9 "$data/mysql-5.1.000001")
EOT
)
is "$(cdc-tail -q --from "$pos" "$data/mysql-5.1.000001" | wc -l)" \
    "$(($(wc -l <"$data/mysql-5.1.000001.txt") - 8))" "from an offset"

# a payload that was cut, and one whose stream is damaged
payload=$data/transaction_compression.000001
at=$(perl -e 'local $/; open F, "<", shift; my $log = <F>;
	my $at = 4; while ($at < length $log) {
	my ($type, $size) = unpack "x4 C x4 V", substr $log, $at, 13;
	if ($type == 40) { print $at; exit }
	$at += $size }' "$payload")
cp "$payload" "$T/damaged"
printf '\377\377\377' |
    dd of="$T/damaged" bs=1 seek=$((at + 60)) conv=notrunc 2>/dev/null
run cdc-tail --no-verify-checksum "$T/damaged"
exits 65 "a damaged payload: 65"
err_like "damaged:$at: " "file and position"
done_testing
