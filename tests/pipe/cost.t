#!/bin/sh
# What a log costs: time and memory grow with its length, and what no server
# writes is refused.  Limits are of CPU seconds (ulimit -t) and of memory
# (ulimit -d): what goes beyond is killed, or has no memory.
# not with sanitizers: they need memory of their own
. "$(dirname "$0")/../lib.sh"

# within SECONDS MEGABYTES NAME [OPTION]…
within() {
	seconds=$1
	megabytes=$2
	name=$3
	shift 3
	status=0
	# shellcheck disable=SC3045  # dash and bash have both
	( ulimit -t "$seconds" && ulimit -d $((megabytes << 10)) &&
	    exec cdc-tail -q "$@" "$T/log" ) >"$T/out" 2>"$T/err" || status=$?
	ran="cdc-tail $*"
	exits 0 "$name: $(($(wc -c <"$T/log") >> 10)) KiB, $seconds s, $megabytes MB"
}

make_log '$log->gtid; $log->query("SAVEPOINT `s$_`") for 1 .. 60000;
	$log->query("SAVEPOINT `s$_`") for 1 .. 20000;
	$log->map(1, "d", "t", "\3")->rows(1, 1, $row)->xid'
within 10 40 "80,000 savepoints"
is "$(wc -l <"$T/out")" 1 "and the row behind them"

make_log '$log->event("gtid_list", pack("V", 60000) .
	join "", map { pack "V V Q<", 60000 - $_, 1, 1 } 1 .. 60000)'
within 1 16 "a GTID list of 60,000 domains"
make_log '$log->event("gtid_list", pack("V", 70000) .
	join "", map { pack "V V Q<", $_, 1, 1 } 1 .. 70000)'
run cdc-tail "$T/log"
exits 65 "more domains than any server has: 65"
err_like 'GTIDs of more than 65536 domains' "and which limit it is"

make_log '$log->gtid->map(1, "d", "t", "\x0F" x 4000, "\x10\0" x 4000,
	Binlog::metadata(2, "\x2D" . (Binlog::lenenc(3999) . "\x21") x 500000))
	->xid'
within 3 24 "collations of 500,000 columns in a map"
make_log '$log->gtid->map(1, "d", "t", "\x0F", "\x10\0",
	Binlog::metadata(2, "\x2D") x 2)->xid'
run cdc-tail -q "$T/log"
exits 65 "metadata of a map that comes twice: 65"

make_log '$log->gtid; $log->map($_, "d", "t$_", "\3" x 4000) for 1 .. 600;
	$log->map(1, "d", "t1", "\3" x 4000)
	    ->rows(1, 4000, "\xFF" x 500)->xid'
within 10 28 "a transaction of 600 tables of 4,000 columns"
make_log '$log->gtid;
	$log->map($_, "d", "t", "\3")->rows($_, 1, $row) for 1 .. 60000;
	$log->xid'
within 10 40 "a transaction of 60,000 tables"
within 5 40 "the same, left out" -t 'x\.y'

make_log '$log->statement("CREATE TABLE t$_ (id INT PRIMARY KEY, v TEXT)")
	for 1 .. 60000; $log->statement("ALTER TABLE t7 ADD COLUMN u UUID");
	$log->gtid->map(1, "d", "t7", "\3\xFC\xFE", "\2\xFE\x10",
	    Binlog::names("id", "v", "u"))->rows(1, 3, "\2" . pack("V", 1) .
	    "\x10" . "\1" x 16)->xid'
within 10 14 "60,000 CREATE TABLE" --schema-changes
is "$(tail -n 1 "$T/out" | jq -r .payload.after.u)" \
    01010101-0101-0101-0101-010101010101 "and each is known at the end"
is "$(tail -n 2 "$T/out" | head -n 1 |
    jq -c '[.payload.tableChanges[0].table.columns[].typeName]')" \
    '["INT","TEXT","UUID"]' "whole"
make_log '$log->statement("CREATE DATABASE d$_ CHARACTER SET latin1")
	for 1 .. 40000; $log->statement("DROP DATABASE d$_") for 1 .. 40000'
within 6 16 "40,000 databases, created and dropped" --schema-changes

make_log '$log->statement("CREATE TABLE t (a INT " . "SIGNED " x 64000 . ")")'
within 1 16 "a column that is SIGNED 64,000 times" --schema-changes
make_log '$log->statement("CREATE TABLE t (a INT) COMMENT \x27" . "\\\x27" x 64000)'
within 1 16 "64,000 quotes that nothing ends" --schema-changes
make_log '$log->statement("CREATE TABLE t (" . join(",", map { "c$_ INT UNIQUE" }
	1 .. 60000) . ")")'
within 3 40 "a table of 60,000 columns" --schema-changes
make_log '$log->statement("DROP TABLE " . join ",", map { "t$_" } 1 .. 16000)'
within 3 24 "a DROP of 16,000 tables" --schema-changes
[ "$(wc -c <"$T/out")" -lt 20000000 ]
result $? "as records: $(($(wc -c <"$T/out") >> 20)) MB" ||
    echo "# $(wc -c <"$T/out")"

make_log 'for my $i (1 .. 4000) {
	$log->{domain} = $i;
	$log->{seq} = 1;
	$log->xa_prepare("x$i", sub { $_[0]->map(1, "d", "t", "\3")
	    ->rows(1, 1, $row) });
	}
	$log->{seq} = 2;
	($log->{domain} = $_, $log->xa_end("x$_", "COMMIT"), $log->{seq} = 2)
	    for 1 .. 4000'
within 5 20 "4,000 XA transactions in 4,000 domains" --control
is "$(grep -c '"op"' "$T/out")" 4000 "every row once"
# rows of five bytes, each of a column; what 3,999 others hold is not logged
make_log '$log->gtid->map(1, "d", "t", "\3" x 4000)->event("write",
	substr(Binlog::rows_body(1, 4000, ""), 0, 11) . "\1" . "\0" x 499 .
	$row x 20000)->xid'
run sh -c "exec cdc-tail -q --unavailable-value \
    __debezium_unavailable_value '$T/log' >/dev/null"
err_like 'table d\.t: an event whose rows are more than 11[0-9]* bytes' \
    "98 KiB that would be 1.9 GB of records: refused"
make_log '$log->gtid->map(1, "d", "t", "\3", "", Binlog::names("n" x 300))->xid'
run cdc-tail -q "$T/log"
exits 65 "a column whose name no server takes: 65"

make_log '$log->xa_prepare("x$_", sub { $_[0]->map(1, "d", "t", "\3")
	    ->rows(1, 1, $row x 20000) }) for 1 .. 200;
	$log->xa_end("x$_", $_ % 20 ? "ROLLBACK" : "COMMIT") for 1 .. 200'
# shellcheck disable=SC3045
( ulimit -n 32 && exec cdc-tail -q "$T/log" ) >"$T/out" 2>"$T/err"
is "$? $(wc -l <"$T/out")" "0 200000" \
    "200 undecided transactions of 100 kB, 32 open files"
done_testing
