#!/bin/sh
# Files as a shell's pattern gives them, and files that are none of ours.
. "$(dirname "$0")/../lib.sh"

one=$src/examples/data/mariadb-bin.000001
two=$src/examples/data/mariadb-bin.000002
logs=$T/logs
mkdir "$logs"
cp "$one" "$two" "$logs"
cdc-tail "$one" "$two" | still >"$T/want"

printf '%s\n%s\n' /var/log/mysql/mariadb-bin.000001 ./mariadb-bin.000002 \
    >"$logs/mariadb-bin.index"
printf '1-1-18\n' >"$logs/mariadb-bin.state"
printf '\376\376\014\001\001\000\000\000\000\020' \
    >"$logs/mariadb-bin.000001.idx"
: >"$logs/mariadb-bin.000002.idx"
run cdc-tail "$logs"/mariadb-bin.*
exits 0 "a pattern that matches all that a server keeps beside its logs"
still <"$T/out" >"$T/got"
same "$T/got" "$T/want" "the logs are read"
is "$(sed -n 's/.*bin\.\(.*\): skipped: .*/\1/p' "$T/err" | tr '\n' ' ')" \
    '000001.idx 000002.idx index state ' "what is none is said"
err_like 'mariadb-bin.index: skipped: it is not a log, but the list' \
    "and what it is"
for file in index state 000001.idx 000002.idx; do
	run cdc-tail "$logs/mariadb-bin.$file"
	exits 65 "$file alone: 65"
	err_like 'none of the files is a binlog' "said"
done
cp "$one" "$T/is.index"
run cdc-tail "$T/is.index"
exits 0 "a log by another name"
is "$(wc -l <"$T/out")" "$(cdc-tail "$one" | wc -l)" "is read"
printf 'no list\n' >"$T/b.index"
printf 'no state\n' >"$T/b.state"
printf 'no index\n' >"$T/b.idx"
for file in index state idx; do
	run cdc-tail "$one" "$T/b.$file"
	exits 65 "something else, called $file: 65"
	err_like "b\\.$file: not a binlog" "which"
done

mkdir "$T/million"
cp "$one" "$T/million/bin.999999"
cp "$two" "$T/million/bin.1000000"
run cdc-tail "$T"/million/bin.*
exits 0 "the millionth log"
is "$(grep -o '"id":"1-1-[0-9]*' "$T/out")" \
    "$(grep -o '"id":"1-1-[0-9]*' "$T/want")" "comes behind the one before it"
run cdc-tail "$two" "$one"
exits 65 "a wrong order that no shell makes: 65"

# A sequence with a hole: the third log begins after what none of them has.
make_log '$log->gtid->map(1, "d", "t", "\3")->rows(1, 1, $row)->xid'
mv "$T/log" "$T/bin.000001"
make_log '$log->event("gtid_list", pack "V V V Q<", 1, 0, 1, 5);
    $log->{seq} = 6; $log->gtid->map(1, "d", "t", "\3")->rows(1, 1, $row)->xid'
mv "$T/log" "$T/bin.000003"
run cdc-tail "$T/bin.000001" "$T/bin.000003"
exits 78 "a file of the sequence is missing: 78"
err_like 'begins after 0-1-5, but the one before it ends at 0-1-1' "which"

# Those of a replica, and behind a FLUSH RELAY LOGS.
for file in relay.000002 relay.000005; do
	run cdc-tail "$src/tests/data/relay/$file"
	exits 65 "a relay log: 65"
	out_is "" "nothing of it is printed"
	err_like "$file:[0-9]*: a relay log: its positions" "why"
	err_like "hint: read the source's binlogs" "what to do"
done
done_testing
