#!/bin/sh
# LIMITS of cdc-tail(1), each reached and gone beyond: what no server writes is
# 65, by file and position, and what is just within is read.
. "$(dirname "$0")/../lib.sh"

# usage: within NAME LINES
within() {
	run cdc-tail -q "$T/log"
	exits 0 "$1"
	is "$(wc -l <"$T/out")" "$2" "its rows"
}

# usage: beyond NAME WORDS
beyond() {
	run cdc-tail -q "$T/log"
	exits 65 "$1: 65"
	err_like "^cdc-tail: $T/log:[0-9]*: (table d.t: )?.*$2" \
	    "by file and position, and which limit it is"
	out_is "" "and nothing of it is printed"
}

make_log '$log->gtid->map(1, "d", "t", "\3" x 4096)
	->rows(1, 4096, "\xFF" x 512)->xid'
within "a table of 4096 columns" 1
make_log '$log->gtid->map(1, "d", "t", "\3" x 4097)
	->rows(1, 4097, "\xFF" x 513)->xid'
beyond "a table of 4097" '4097 columns; no server has more than 4096'

make_log '$log->gtid->map(1, "d", "t", "\3", "",
	Binlog::names("\xE2\x82\xAC" x 64))->rows(1, 1, $row)->xid'
within "a column's name of 64 characters" 1
make_log '$log->gtid->map(1, "d", "t", "\3", "", Binlog::names("n" x 257))
	->rows(1, 1, $row)->xid'
beyond "one of 257 bytes" 'metadata 4'

make_log '$log->gtid; $log->query("SAVEPOINT `" . "\xC3\xA4" x 64 . "`");
	$log->map(1, "d", "t", "\3")->rows(1, 1, $row)->xid'
within "a savepoint's name of 64 characters" 1
make_log '$log->gtid; $log->query("SAVEPOINT `" . "s" x 400 . "`");
	$log->map(1, "d", "t", "\3")->rows(1, 1, $row)->xid'
beyond "one of 400 bytes" "a savepoint's name of 400 bytes"

# usage: labels N TYPE   of the simple character set of a column
labels='sub labels { my ($n, $type) = @_; my $each = Binlog::lenenc($n) .
	join "", map { Binlog::lenenc(length) . $_ } 1 .. $n;
	return Binlog::metadata(10, "\x2D") .
	Binlog::metadata($type, $each) }'
make_log "$labels"' $log->gtid->map(1, "d", "t", "\xFE", "\xF8\x08",
	labels(64, 5))->rows(1, 1, "\0" . "\1" x 8)->xid'
within "a SET of 64 labels" 1
make_log "$labels"' $log->gtid->map(1, "d", "t", "\xFE", "\xF8\x08",
	labels(65, 5))->rows(1, 1, "\0" . "\1" x 8)->xid'
beyond "one of 65" 'metadata 5'
make_log "$labels"' $log->gtid->map(1, "d", "t", "\xFE", "\xF7\x02",
	labels(65535, 6))->rows(1, 1, "\0\1\0")->xid'
within "an ENUM of 65535 labels" 1
make_log "$labels"' $log->gtid->map(1, "d", "t", "\xFE", "\xF7\x02",
	labels(65536, 6))->rows(1, 1, "\0\1\0")->xid'
beyond "one of 65536" 'metadata 6'

# Domains: of a list, and one after the other.
list='sub list { my ($n) = @_; return pack("V", $n) . join "",
	map { pack "V V Q<", $_, 1, 1 } 1 .. $n }'
make_log "$list"' $log->event("gtid_list", list(65536));
	$log->{domain} = 1; $log->{seq} = 2;
	$log->gtid->map(1, "d", "t", "\3")->rows(1, 1, $row)->xid'
within "GTIDs of 65536 domains" 1
make_log "$list"' $log->event("gtid_list", list(65537))'
beyond "a list of 65537" 'GTIDs of more than 65536 domains'
make_log "$list"' $log->event("gtid_list", list(65536));
	$log->{domain} = 70000;
	$log->gtid->map(1, "d", "t", "\3")->rows(1, 1, $row)->xid'
beyond "and a transaction of one more" 'GTIDs of more than 65536 domains'

# XA: prepared, and never decided.
make_log '$log->xa_prepare(pack("V", $_), sub { $_[0]->map(1, "d", "t", "\3")
	->rows(1, 1, $row) }) for 1 .. 131072'
within "131072 undecided XA transactions" 0
make_log '$log->xa_prepare(pack("V", $_), sub { }) for 1 .. 131073'
beyond "131073" 'more than 131072 XA transactions'

make_log '$log->gtid; $log->map($_, "d", "t", "\3") for 1 .. 1048576;
	$log->rows(1048576, 1, $row)->xid'
within "a transaction that maps 1048576 tables" 1
make_log '$log->gtid; $log->map($_, "d", "t", "\3") for 1 .. 1048577; $log->xid'
beyond "one more" 'more than 1048576 tables'
done_testing
