#!/bin/sh
# cdc-format --to canal: Canal's own message class reads each line, and writes
# it again byte for byte; its own decoder reads the same in the log.  cdc-filter --canal-filter keeps
# the tables that Canal keeps.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"
. "$src/tests/jars.sh"

jars=$mariadb_cache/canal-1.1.8
canal_run() { java -Xmx256m -cp "$jars/*" "$@"; }

jars_fetch "$jars" "$src/tests/canal.jars" 2>"$T/err" ||
    skip_all "no Canal here: $(tail -n 1 "$T/err")"

for case in ddl ecommerce ecommerce-xa keys names partition sequence sysver \
    types-bin types-charsets types-compressed types-enum types-gen types-geo \
    types-inet types-int types-json types-num types-text types-time \
    types-uuid types-vector types-zerodate wide; do
	for modes in '--time string' '--decimal precise --time connect' \
	    '--decimal numeric --time isostring --binary hex --json embed'; do
		# shellcheck disable=SC2086
		cdc-tail -q --on-error warn --control --schema-changes $modes \
		    --exclude-table 'zz_sentinel\..*' \
		    "$src/tests/conformance/data/$case/binlog.000001" \
		    2>/dev/null |
		    cdc-format --to canal --schema-changes >>"$T/lines" \
		    2>"$T/err" || result 1 "$case: $(cat "$T/err")"
	done
done
lines=$(wc -l <"$T/lines")
[ "$lines" -gt 1000 ]
result $? "$lines messages"
canal_run "$src/tests/server/Flat.java" <"$T/lines" >"$T/out" 2>"$T/err"
is "$(tail -n 1 "$T/out")" "$lines lines, $lines the same" \
    "fastjson2 writes each as it is" ||
    { grep -A 1 "^not the same" "$T/out" | cut -c1-300; cat "$T/err"; } |
    head -n 4 | sed "s/^/# /"

# Not cases with other character sets than UTF-8, and with rows that were rolled
# back: its decoder knows neither.
set --
for case in keys types-bin types-enum types-geo types-int types-num types-time \
    types-zerodate wide; do
	log=$src/tests/conformance/data/$case/binlog.000001
	cdc-tail -q --on-error warn --control --time string "$log" 2>/dev/null |
	    cdc-format -q --to canal >"$T/$case"
	set -- "$@" "$log" "$T/$case"
done
TZ=UTC canal_run "$src/tests/server/Decoded.java" "$@" >"$T/out" 2>"$T/err"
is "$(grep -c ': [1-9][0-9]* messages, [1-9][0-9]* values, 0 differ$' \
    "$T/out")" 9 "its decoder reads these messages in the log" ||
    { cat "$T/out"; grep -v "^	at" "$T/err"; } | head -n 4 | cut -c1-300 |
    sed "s/^/# /"

# cdc-filter --canal-filter, with 150 random filters.
perl -e '
	srand 7;
	sub any { $_[rand @_] }
	sub name { any(qw(s1 S2 s12 shop a.b s . .. [sS]1 s\\d+ .* (s1|shop)
	    s[12]+ \\w+)) . any("\\.", ".") . any(qw(t T1 .* t\\d* order_.*
	    order_\\d+ (t|u) [^t].* .*_\\d+ t.? x\\$y \\w+ \\w+\\W\\w+)) }
	sub filter { join any(",", ",", ",,", ", "), map name(), 1 .. 1 + rand 4 }
	print filter(), "\t", rand() < .5 ? filter() : "", "\n" for 1 .. 150' \
    >"$T/filters"
for db in s1 S2 s12 shop äß; do
	for table in t t1 t12 T1 u order_1 order_42 order_123 'x$y' a-b Straße; do
		printf '{"before":null,"after":{"a":1},"source":{"db":"%s","table":"%s"},"op":"c"}\n' \
		    "$db" "$table"
	done
done >"$T/records"
names() { sed 's/.*"db":"\([^"]*\)","table":"\([^"]*\)".*/\1.\2/'; }
# usage: asked FILTERS   names, each after the filters
asked() { FRONT=$1 perl -pe 'print $ENV{FRONT}, "\t"'; }
tab=$(printf '\t')
while IFS= read -r filters; do
	names <"$T/records" | asked "$filters" >>"$T/asked"
	cdc-filter -q --canal-filter "${filters%%"$tab"*}" \
	    --canal-black-filter "${filters#*"$tab"}" <"$T/records" |
	    names | asked "$filters" >>"$T/got"
done <"$T/filters"
canal_run "$src/tests/server/Wanted.java" <"$T/asked" >"$T/want" 2>"$T/err"
same "$T/got" "$T/want" "$(wc -l <"$T/want") of $(wc -l <"$T/asked") tables kept"
done_testing
