#!/bin/sh
# LIMITS of cdc-tail(1), each reached and gone beyond: what no server writes is
# 65, by file and position, and what is just within is read.
. "$(dirname "$0")/../lib.sh"

make_log '$log->gtid->map(1, "d", "t", "\3" x 4096)
	->rows(1, 4096, "\xFF" x 512)->xid'
reads_log "a table of 4096 columns" 1
make_log '$log->gtid->map(1, "d", "t", "\3" x 4097)
	->rows(1, 4097, "\xFF" x 513)->xid'
refuses_log "a table of 4097" '4097 columns; no server has more than 4096'

make_log '$log->gtid->map(1, "d", "t", "\3", "",
	Binlog::names("\xE2\x82\xAC" x 64))->rows(1, 1, $row)->xid'
reads_log "a column's name of 64 characters" 1
make_log '$log->gtid->map(1, "d", "t", "\3", "", Binlog::names("n" x 257))
	->rows(1, 1, $row)->xid'
refuses_log "one of 257 bytes" 'metadata 4'

make_log '$log->gtid; $log->query("SAVEPOINT `" . "\xC3\xA4" x 64 . "`");
	$log->map(1, "d", "t", "\3")->rows(1, 1, $row)->xid'
reads_log "a savepoint's name of 64 characters" 1
make_log '$log->gtid; $log->query("SAVEPOINT `" . "s" x 400 . "`");
	$log->map(1, "d", "t", "\3")->rows(1, 1, $row)->xid'
refuses_log "one of 400 bytes" "a savepoint's name of 400 bytes"

# usage: labels N TYPE   of the simple character set of a column
labels='sub labels { my ($n, $type) = @_; my $each = Binlog::lenenc($n) .
	join "", map { Binlog::lenenc(length) . $_ } 1 .. $n;
	return Binlog::metadata(10, "\x2D") .
	Binlog::metadata($type, $each) }'
make_log "$labels"' $log->gtid->map(1, "d", "t", "\xFE", "\xF8\x08",
	labels(64, 5))->rows(1, 1, "\0" . "\1" x 8)->xid'
reads_log "a SET of 64 labels" 1
make_log "$labels"' $log->gtid->map(1, "d", "t", "\xFE", "\xF8\x08",
	labels(65, 5))->rows(1, 1, "\0" . "\1" x 8)->xid'
refuses_log "one of 65" 'metadata 5'
make_log "$labels"' $log->gtid->map(1, "d", "t", "\xFE", "\xF7\x02",
	labels(65535, 6))->rows(1, 1, "\0\1\0")->xid'
reads_log "an ENUM of 65535 labels" 1
make_log "$labels"' $log->gtid->map(1, "d", "t", "\xFE", "\xF7\x02",
	labels(65536, 6))->rows(1, 1, "\0\1\0")->xid'
refuses_log "one of 65536" 'metadata 6'

# Domains: of a list, and one after the other.
list='sub list { my ($n) = @_; return pack("V", $n) . join "",
	map { pack "V V Q<", $_, 1, 1 } 1 .. $n }'
make_log "$list"' $log->event("gtid_list", list(65536));
	$log->{domain} = 1; $log->{seq} = 2;
	$log->gtid->map(1, "d", "t", "\3")->rows(1, 1, $row)->xid'
reads_log "GTIDs of 65536 domains" 1
make_log "$list"' $log->event("gtid_list", list(65537))'
refuses_log "a list of 65537" 'GTIDs of more than 65536 domains'
make_log "$list"' $log->event("gtid_list", list(65536));
	$log->{domain} = 70000;
	$log->gtid->map(1, "d", "t", "\3")->rows(1, 1, $row)->xid'
refuses_log "and a transaction of one more" 'GTIDs of more than 65536 domains'

# Few of what crowds.t has to its limits.
make_log '$log->xa_prepare(pack("V", $_), sub { $_[0]->map(1, "d", "t", "\3")
	->rows(1, 1, $row) }) for 1 .. 2000'
reads_log "2000 undecided XA transactions" 0
make_log '$log->gtid; $log->map($_, "d", "t", "\3") for 1 .. 5000;
	$log->rows(5000, 1, $row)->xid'
reads_log "a transaction that maps 5000 tables" 1
done_testing
