#!/bin/sh
# Temporary tables in the log: what is on one is nobody else's, and what may be
# on one is not told as if it were on another.
. "$(dirname "$0")/../lib.sh"

# usage: log_of NAME STATEMENT…   a log of them; 4 in front of one: its flags,
# server 2 in front of one: whose it is; `started` first: its server was
log_of() {
	name=$1
	shift
	perl -I"$src/tests" -MBinlog -e 'my $path = shift;
	    my $log = Binlog->new(@ARGV && $ARGV[0] eq "started" ?
	    (created => 1700000000, seq => 50) : ());
	    for (grep { $_ ne "started" } @ARGV) {
		    my ($flags, $server, $text) = /^(4?)(?:server (\d) )?(.*)/s;
		    @$log{qw(flags server)} = ($flags || 0, $server || 1);
		    $log->statement($text, "shop");
	    }
	    $log->write($path)' "$T/$name" "$@" || result 1 "a log is written"
}

# usage: tells COUNT NAME OPTION…   so many times, that a table was emptied
tells() {
	want=$1
	name=$2
	shift 2
	run cdc-tail "$@"
	exits 0 "$name"
	is "$(grep -c '"op":"t"' "$T/out")" "$want" "… is told $want times"
}

log_of log "4CREATE TEMPORARY TABLE t (a INT)" "4TRUNCATE t" \
    "4ALTER TABLE t RENAME TO u" "TRUNCATE t" "4TRUNCATE shop.u" \
    "4DROP TEMPORARY TABLE \`u\`" "TRUNCATE u"
tells 2 "what is emptied beside temporary tables" "$T/log"
run cdc-tail --schema-changes "$T/log"
is "$(grep -c '"ddl":' "$T/out")" 0 "no schema record is of a temporary table"

log_of log "4CREATE TEMPORARY TABLE t (a INT)" "server 2 TRUNCATE t" \
    "4server 2 CREATE TEMPORARY TABLE u (a INT)" "TRUNCATE u"
tells 2 "a table of another session's name" "$T/log"

log_of log "4CREATE TEMPORARY TABLE t (a INT)"
log_of log2 started "TRUNCATE t"
tells 1 "a table, after its server was started" "$T/log" "$T/log2"

log_of log2 started "4TRUNCATE t"
tells 1 "one that is no temporary one: the log knows them all" "$T/log2"

for s in "4TRUNCATE t" "4ALTER TABLE t DROP COLUMN a" "4DROP INDEX i ON t"; do
	log_of log "$s"
	run cdc-tail --schema-changes "$T/log"
	exits 78 "a table of before the log: ${s#4}"
	err_like 'a table that may be a temporary one' "… why is said"
	err_like 'copy shop\.t anew.*begin in front of' "… and what to do"
	run cdc-tail --schema-changes --exclude-table 'shop\.t' "$T/log"
	exits 0 "… it is left out by lists"
done
log_of log "4CREATE TEMPORARY TABLE t (a INT)" "RENAME TABLE t TO u, v TO t"
run cdc-tail --schema-changes "$T/log"
exits 78 "a RENAME of a temporary table and another"
err_like 'on a temporary table and on others' "… why is said"
err_like 'copy shop\.t, shop\.u, shop\.v anew' "… and what to do"
done_testing
