#!/bin/sh
# --schema-evolution in one run and in many: a stream of statements and rows,
# cut behind each of its transactions, comes to the same end as in one piece:
# the same tables and rows, or the same refusal at the same place.
#
# usage: sh tests/server/evolve-cut.t [SEED…]; EVOLVE_VERSIONS="11.8"
. "$(dirname "$0")/../lib.sh"
. "$src/tests/mariadb.sh"

cleanup() { pair_stop; }
versions=${EVOLVE_VERSIONS:-$mariadb_versions}
seeds=${*:-9}
base='CREATE OR REPLACE DATABASE t; USE t;
    CREATE TABLE a (id INT PRIMARY KEY, v INT, w VARCHAR(20));
    CREATE TABLE b (id INT PRIMARY KEY, v INT, w VARCHAR(20));
    INSERT INTO a VALUES (1, 10, "a1"), (2, 20, "a2");
    INSERT INTO b VALUES (1, 11, "b1"), (3, 30, "b3")'

# With add, a default is that of the source when the column was made, and rows do
# not depend on it.
facts() {
	{
		echo "SET @only='^t[.]';"
		cat "$src/tests/server/native-facts.sql"
	} | to_sql -N -r mysql 2>&1 | MODE=$mode perl -pe '
		next unless $ENV{MODE} eq "add";
		s/ DEFAULT (?:\x27[^\x27]*\x27|[^\s,]+)// if /^\s*`/;
		my @f = split /\t/, $_, -1;
		if ($f[0] eq "column") { $f[6] = "-"; $_ = join "\t", @f }'
}

# A target as it was before the stream.
begin() {
	to_sql -e "DROP DATABASE IF EXISTS cdc; $base"
}

# usage: apply_on TAIL-OPTION…   one run; $status, $T/err
apply_on() {
	cdc-tail -q -S "$from/sock" --control --time string $tail_options \
	    "$@" >"$T/stream" 2>"$T/tail.err" ||
	    result 1 "$what: cdc-tail: $(cat "$T/tail.err")"
	cdc-apply -q -S "$to/sock" --schema-evolution $mode $ways \
	    --state "$T/state" <"$T/stream" 2>"$T/err"
	status=$?
}

# How a run ended: a refusal in its words, without the line's number.
ending() {
	echo "$status"
	sed -n 's/line [0-9]* //; s/^cdc-apply: \(.*\)/\1/p' "$T/err" |
	    grep -v '^warning\|^hint' | head -n 1
}

in_one_run() {
	begin
	rm -f "$T/state"
	apply_on --from "$since" --until now
	ending >"$T/one.end"
	facts >"$T/one"
}

# From transaction to transaction, each by a cdc-tail and a cdc-apply of its
# own; what stops is tried again, and stops again.
in_pieces() {
	begin
	rm -f "$T/state"
	first="--from $since"
	for gtid in $gtids; do
		apply_on $first --state "$T/state" --until "$gtid"
		[ -e "$T/state" ] && first=
		[ $status -eq 0 ] || break
	done
	ending >"$T/many.end"
	if [ $status -ne 0 ]; then
		apply_on $first --state "$T/state" --until now
		ending >"$T/again.end"
	else
		cp "$T/many.end" "$T/again.end"
	fi
	facts >"$T/many"
}

# usage: rows SERVER   of the source's tables and columns
rows() {
	from_sql -N -r -e "SELECT CONCAT('SELECT \"', TABLE_NAME, '\", ',
	    GROUP_CONCAT(COLUMN_NAME ORDER BY ORDINAL_POSITION), ' FROM t.',
	    TABLE_NAME, ' ORDER BY id;') FROM information_schema.COLUMNS
	    WHERE TABLE_SCHEMA = 't' GROUP BY TABLE_NAME" >"$T/select"
	"$1"_sql -N <"$T/select" 2>&1
}

# Where all is followed, the rows are the source's.
check_rows() {
	[ "$status$ways" = 0 ] || return 0
	case $mode in none | check) return 0 ;; esac
	rows from >"$T/from.rows"
	rows to >"$T/to.rows"
	same "$T/to.rows" "$T/from.rows" "$what: which are the source's"
}

compare() {
	in_one_run
	check_rows
	in_pieces
	same "$T/many.end" "$T/one.end" "$what: the same end: $(
	    head -c 150 "$T/one.end" | tr '\n' ' ')"
	same "$T/again.end" "$T/one.end" "$what: and once more"
	same "$T/many" "$T/one" "$what: the same tables and rows"
}

# usage: stream SEED   statements that the source can execute
stream() {
	perl "$src/tests/server/evolve-cut.pl" "$1"
}

all_ways='add.column alter.column.type rename.column drop.column create.table
    drop.table truncate.table'

# usage: some_ways SEED   each action ignored or followed, by the seed
some_ways() {
	ways=
	n=$1
	for action in $all_ways; do
		n=$((n * 1103515245 % 2147483648 + 12345))
		case $((n / 65536 % 4)) in
		0) ways="$ways --evolve $action=ignore" ;;
		1) ways="$ways --evolve $action=follow" ;;
		esac
	done
}

trial() {
	from_sql -e "$base"
	since=$(from_sql -N -e 'SELECT @@gtid_binlog_pos')
	stream "$seed" | from_sql --force t 2>"$T/source.err"
	before=${since##*-}
	after=$(from_sql -N -e 'SELECT @@gtid_binlog_pos')
	gtids=$(seq -f "${since%-*}-%.0f" $((before + 1)) ${after##*-})
	for mode in none check add apply-ddl; do
		tail_options='' ways=''
		[ $mode != apply-ddl ] || tail_options=--schema-changes
		what="$v: seed $seed: $mode"
		compare
		case $mode in
		none | check) continue ;;
		esac
		some_ways "$seed"
		what="$v: seed $seed: $mode$ways"
		compare
	done
}

for v in $versions; do
	if ! mariadb_have $v; then
		skip "$v" "no MariaDB $v here"
		continue
	fi
	mariadb_start $v "$T/$v.from" && from=$T/$v.from
	mariadb_start $v "$T/$v.to" --server-id=2 && to=$T/$v.to
	for seed in $seeds; do
		trial
	done
	pair_stop
done
done_testing
