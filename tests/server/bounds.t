#!/bin/sh
# --from and --until: every form with every other, of files and of a server.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { server_stop; }
sql() { mariadb_sql "$server" "$@"; }
files() { timeout 60 cdc-tail "$@" "$server"/mariadb-bin.0?????; }
live() { timeout 60 cdc-tail -S "$server/sock" "$@"; }
ids() { jq -r 'select(.payload.op).payload.after.n' | tr '\n' ' '; }

base=1700000000
last=8

# Rows 1 to 8, a transaction each, so far apart that times tell.
record() {
	{
		echo "SET timestamp=$base; CREATE DATABASE d;
		    CREATE TABLE d.t (n INT);"
		for n in $(seq $last); do
			echo "SET timestamp=$((base + n * 1000));
			    INSERT INTO d.t VALUES ($n);"
			[ "$n" -ne 4 ] || echo 'FLUSH BINARY LOGS;'
		done
	} | sql
	for log in mariadb-bin.000001 mariadb-bin.000002; do
		sql -N -e "SHOW BINLOG EVENTS IN '$log'" | awk -F '\t' \
		    '$3 == "Gtid" { sub(/.*GTID /, "", $6); sub(/ .*/, "", $6)
		    print $1 ":" $2, $6 }'
	done | tail -n $last >"$T/places"
}

# usage: place FORM N   behind row N
place() {
	case $1 in
	gtid) sed -n "$2s/.* //p" "$T/places" ;;
	offset) sed -n "$(($2 + 1))s/ .*//p" "$T/places" ;;
	time) date -u -d "@$((base + $2 * 1000 + 500))" +%FT%TZ ;;
	*) echo "$1" ;;
	esac
}

# usage: pair HOW ORDER FROM N UNTIL M
pair() {
	want=
	words=
	[ "$6" -le "$4" ] || want="$(seq -s ' ' $(($4 + 1)) "$6") "
	[ "$6" -ge "$4" ] || words=--until
	status=0
	"$1" --gtid-order "$2" --from "$(place "$3" "$4")" \
	    --until "$(place "$5" "$6")" >"$T/out" 2>"$T/err" || status=$?
	got=$(ids <"$T/out")
	said=$(grep -o 'warning: .*--until' "$T/err" | grep -o -e --until)
	[ "$6" -ne "$4" ] || said=	# nothing lies between them, or at all
	pairs=$((pairs + 1))
	[ "$status $got$said" = "0 $want$words" ] || {
		bad=$((bad + 1))
		echo "# $*: $status, $got$said; not $want$words"
		head -n 2 "$T/err" | sed 's/^/# /'
	}
}

all_pairs() {
	bad=0
	pairs=0
	for how in files live; do
		for order in ${orders:=strict arrival}; do
			for f in gtid offset time; do
				for u in gtid offset time; do
					pair $how $order $f 2 $u 6
					pair $how $order $f 6 $u 2
					pair $how $order $f 4 $u 4
				done
				pair $how $order $f 5 now $last
			done
			for u in gtid offset time; do
				pair $how $order earliest 0 $u 5
			done
			pair $how $order earliest 0 now $last
		done
	done
	for order in $orders; do
		for u in gtid offset time; do
			pair live $order now $last $u 3
		done
		pair live $order now $last now $last
	done
	result "$((bad + (pairs < 70)))" \
	    "$v: $pairs pairs of every form, and the word where they cross"
}

# usage: case_of STATUS REGEX ROWS HOW OPTION…
case_of() {
	want=$1
	regex=$2
	rows=$3
	shift 3
	run "$@"
	exits "$want" "$v: $*: $want"
	[ -z "$regex" ] || err_like "$regex" "$v: which is said"
	is "$(ids <"$T/out")" "$rows" "$v: and these rows"
}

# usage: both REST…   the same case for files and a server
both() {
	for how in files live; do
		case_of "$1" "$2" "$3" $how "$4" "$5" "$6" "$7"
	done
}

odd_ones() {
	two=$(place gtid 2)
	late=2030-01-01T00:00:00Z
	both 78 '--from 0-1-3: ' '' --from 0-1-3 --until now
	case_of 78 '--from 7-7-7: ' '' live --from "$two,7-7-7" --until now
	case_of 78 '--from 7-7-7: ' '3 4 5 6 7 8 ' files --from "$two,7-7-7"
	both 78 '1-1-999' '' --from 1-1-999 --until now
	for log in mariadb-bin.000009:4 mariadb-bin.000001:999999; do
		both 78 "--from $log: " '' --from $log --until now
		run live --from earliest --until $log
		exits 78 "$v: --until $log: 78"
		err_like "--until $log: " "$v: which is named"
		run files --from earliest --until $log
		exits 78 "$v: from files"
		err_like "--until $log: " "$v: named, too"
	done
	both 0 'warning: --from: everything that was read is before' '' \
	    --from $late --until now
	both 64 "is not a position" "" --from earlist --until now
	case_of 78 '--until 7-7-7: ' '1 2 3 4 5 6 7 8 ' files --until 7-7-7
	case_of 64 'now is for a server' '' files --from now
	case_of 64 'which log|LOG:OFFSET' '' live --from 4 --until now
	case_of 64 'LOG:OFFSET' '' live --from earliest --until 400
	case_of 64 '--from is missing' '' live --until now
	: >"$T/err"
	live --from now --until 7-7-7 >"$T/out" 2>"$T/err" &
	waiting=$!
	succeeds "$v: a domain that may never come is waited for, with a word" \
	    wait_for "$T/err" 'warning: --until 7-7-7: .* waiting for one'
	kill $waiting
	wait $waiting
}

# A GTID that the log has twice, as a restored server writes it: 9, 10, 11 and
# 9 again, 12.
twice() {
	sql <<-'SQL'
	SET GLOBAL gtid_strict_mode=0;
	SET server_id=7;
	SET gtid_seq_no=501; INSERT INTO d.t VALUES (9);
	SET gtid_seq_no=502; INSERT INTO d.t VALUES (10);
	SET gtid_seq_no=503; INSERT INTO d.t VALUES (11);
	SET gtid_seq_no=501; INSERT INTO d.t VALUES (12);
	SET gtid_seq_no=504; INSERT INTO d.t VALUES (13);
	SQL
	for how in files live; do
		run $how --gtid-order arrival --from 1-7-501 --until now
		exits 78 "$v: $how: --from a GTID that is there twice: 78"
		err_like '--from 1-7-501: it occurs twice' "$v: said"
		run $how --gtid-order arrival --from earliest --until 1-7-501
		exits 78 "$v: $how: --until such a one: 78"
		err_like '--until 1-7-501: it occurs twice' "$v: said"
		case_of 65 'sequence numbers do not increase' '11 ' $how --from 1-7-502 --until now
		case_of 65 'sequence numbers do not increase' '10 11 ' $how --from 1-7-501 --until now
		case_of 0 '' '11 12 13 ' $how --gtid-order arrival \
		    --from 1-7-502 --until now
	done
}

for v in 11.8 10.11; do
	mariadb_have $v || { skip "$v" "not installed"; continue; }
	server_start $v "$T/$v" || continue
	record
	all_pairs
	odd_ones
	twice
	orders=strict
	server_stop
done
done_testing
