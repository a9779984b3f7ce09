#!/bin/sh
# Hostile input is normal input: damaged logs and lines end in a documented
# exit status, never in a crash.
. "$(dirname "$0")/../lib.sh"

log=$src/examples/data/mariadb-bin.000001
size=$(wc -c <"$log")

# Each status that came up, once.
statuses() { sort -u "$T/statuses" | tr '\n' ' '; }

# usage: flip FIRST STEP   from FIRST on each STEPth byte becomes 0xFF, in a log of
# its own: $T/flipped.OFFSET
flip() {
	rm -f "$T"/flipped.*
	perl -0777 -e '($first, $step, $to) = splice @ARGV, 0, 3; $_ = <>;
	    for ($n = $first; $n < length; $n += $step) {
		open my $out, ">:raw", "$to.$n" or die; my $log = $_;
		substr($log, $n, 1) = "\xFF"; print $out $log;
	    }' "$1" "$2" "$T/flipped" "$log"
}

flip 0 53
offset=0
: >"$T/statuses"
while [ $offset -lt "$size" ]; do
	status=0
	cdc-tail -q "$T/flipped.$offset" >/dev/null 2>"$T/err" || status=$?
	echo $status >>"$T/statuses"
	offset=$((offset + 53))
done
is "$(statuses)" "65 " "a flipped byte is always noticed"

flip 97 31
offset=97
: >"$T/statuses"
while [ $offset -lt "$size" ]; do
	status=0
	cdc-tail -q --no-verify-checksum --gtid-order arrival \
	    "$T/flipped.$offset" >/dev/null 2>"$T/err" || status=$?
	case $status in
	0 | 65 | 78) echo good >>"$T/statuses" ;;
	*) echo "$status at $offset" >>"$T/statuses" ;;
	esac
	offset=$((offset + 31))
done
is "$(statuses)" "good " "without checksums: decoded or refused"

cut=0
: >"$T/statuses"
while [ $cut -lt "$size" ]; do
	head -c $cut "$log" >"$T/log"
	status=0
	cdc-tail -q "$T/log" >"$T/out" 2>"$T/err" || status=$?
	case $status in
	0 | 65) echo good >>"$T/statuses" ;;
	*) echo "$status at $cut" >>"$T/statuses" ;;
	esac
	cut=$((cut + 101))
done
is "$(statuses)" "good " "cut anywhere: whole transactions or refused"

# a whole event cut out, or there twice: its neighbours' checksums are right
mariadb-binlog --force-read --base64-output=never "$log" 2>/dev/null |
    sed -n 's/^# at \([0-9]*\)$/\1/p' | sort -nu >"$T/begins"
: >"$T/statuses"
cuts=0
while read -r begin && read -r end <&3; do
	[ "$begin" -gt 4 ] || continue
	for again in $end $begin; do
		from=$begin
		[ "$again" = "$end" ] || from=$end
		{
			head -c "$from" "$log"
			tail -c +$((again + 1)) "$log"
		} >"$T/log"
		status=0
		cdc-tail -q "$T/log" >"$T/out" 2>"$T/err" || status=$?
		echo $status >>"$T/statuses"
		cuts=$((cuts + 1))
	done
done <"$T/begins" 3<<ENDS
$(sed 1d "$T/begins")
ENDS
is "$(statuses) $([ $cuts -gt 40 ] && echo many)" "65  many" \
    "an event that was cut out, or is there twice"
err_like 'says that it ends at' "is told by the ends of the others"

line=$(cdc-tail "$log" | sed -n 5p)
length=$(printf '%s' "$line" | wc -c)
: >"$T/statuses"
cut=1
while [ $cut -lt "$length" ]; do
	printf '%s' "$line" | head -c $cut >"$T/line"
	for stage in 'cdc-filter --where x=1' cdc-unwrap 'cdc-route a b' \
	    'cdc-mask --null .*\.x' cdc-outbox \
	    'cdc-format --to cloudevents'; do
		status=0
		$stage <"$T/line" >/dev/null 2>"$T/err" || status=$?
		echo $status >>"$T/statuses"
	done
	cut=$((cut + 7))
done
is "$(statuses)" "75 " "a line cut anywhere: upstream ended early"

printf '%s' "$line" | tr '"{}[],:' '}"[{:],' >"$T/line"
echo >>"$T/line"
for stage in 'cdc-filter --where x=1' cdc-unwrap 'cdc-route a b' \
    'cdc-mask --null .*\.x' cdc-outbox 'cdc-format --to cloudevents'; do
	run_on "$T/line" $stage
	exits 65 "$stage: nonsense is refused"
done

# a length that claims four gigabytes
cp "$log" "$T/log"
printf '\377\377\377\377' | dd of="$T/log" bs=1 seek=$((4 + 9)) conv=notrunc \
    2>/dev/null
run cdc-tail "$T/log"
exits 65 "an event that claims 4 GB is a log that ends inside it"
err_like 'ends inside an event' "and it is said"

# deep nesting
awk 'BEGIN { printf "{\"payload\":"; for (i = 0; i < 100000; i++) printf "[";
    for (i = 0; i < 100000; i++) printf "]"; print "}" }' >"$T/deep"
run_on "$T/deep" cdc-unwrap
exits 65 "nesting beyond all measure is refused"
done_testing
