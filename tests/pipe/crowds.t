#!/bin/sh
# LIMITS of cdc-tail(1) that only a log of many megabytes reaches; the others
# are limits.t's, and so is what the sanitizers say of few.
# not with sanitizers: a minute and a half of a processor
. "$(dirname "$0")/../lib.sh"

# usage: make_logs MANY REST ONE_MORE   a log at the limit; with one more instead
# of the rest, it is $T/log.beyond
make_logs() {
	make_log "$1"'; my $many = $log->{bytes}; '"$2"'
		my $within = $log->{bytes}; $log->{bytes} = $many; '"$3"'
		$log->write("$ARGV[0].beyond"); $log->{bytes} = $within'
}

# XA: prepared, and never decided.
make_logs '$log->xa_prepare(pack("V", $_), sub { $_[0]->map(1, "d", "t", "\3")
	->rows(1, 1, $row) }) for 1 .. 131072' '' \
    '$log->xa_prepare(pack("V", 131073), sub { });'
reads_log "131072 undecided XA transactions" 0
mv "$T/log.beyond" "$T/log"
refuses_log "131073" 'more than 131072 XA transactions'

make_logs '$log->gtid; $log->map($_, "d", "t", "\3") for 1 .. 1048576' \
    '$log->rows(1048576, 1, $row)->xid;' \
    '$log->map(1048577, "d", "t", "\3")->xid;'
reads_log "a transaction that maps 1048576 tables" 1
mv "$T/log.beyond" "$T/log"
refuses_log "one more" 'more than 1048576 tables'
done_testing
