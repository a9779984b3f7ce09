#!/bin/sh
# Temporary tables in the log: what is on one is nobody else's, and what may be
# on one is not told as if it were on another.
. "$(dirname "$0")/../lib.sh"

# usage: log_of NAME STATEMENT…   a log of them; 4 in front of one: its flags,
# server 2 in front of one: whose it is; `started` first: its server was; `seq N`
# first: of its first transaction (`started2` with it)
log_of() {
	name=$1
	shift
	perl -I"$src/tests" -MBinlog -e 'my $path = shift;
	    my %how = map { /^seq (\d+)/ ? (seq => $1) : $_ eq "started" ?
	    (created => 1700000000, seq => 50) : $_ eq "started2" ?
	    (created => 1700000000) : () } @ARGV;
	    my $log = Binlog->new(%how);
	    for (grep { !/^(started2?|seq \d+)$/ } @ARGV) {
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
	err_like 'copy shop\.t again, .*start before' "… and what to do"
	run cdc-tail --schema-changes --exclude-table 'shop\.t' "$T/log"
	exits 0 "… it is left out by lists"
done
log_of log "4CREATE TEMPORARY TABLE t (a INT)" "RENAME TABLE t TO u, v TO t"
run cdc-tail --schema-changes "$T/log"
exits 78 "a RENAME of a temporary table and another"
err_like 'on a temporary table and on others' "… why is said"
err_like 'copy shop\.t, shop\.u, shop\.v again' "… and what to do"

# usage: goes_on COUNT NAME   log2 after $T/state tells so many times that a
# table was emptied
goes_on() {
	tells "$1" "$2" --state "$T/state" "$T/log2"
}

# usage: stops_at LOG   a state at its end
stops_at() {
	rm -f "$T/state"
	run cdc-tail --write-state "$T/state" "$T/$1"
	exits 0 "a state at the end of the log"
}

# What was there when a run ended is there for the next.
log_of log started "4CREATE TEMPORARY TABLE t (a INT)" \
    "4server 2 CREATE TEMPORARY TABLE v (a INT)"
stops_at log
is "$(jq -c .temporary "$T/state")" '{"server_id":1,"after":0,"tables":['\
'{"server_id":1,"thread":1,"db":"shop","table":"t"},'\
'{"server_id":2,"thread":1,"db":"shop","table":"v"}]}' \
    "the state has the tables, and that all are known"
log_of log2 "seq 52" "RENAME TABLE t TO u" "4TRUNCATE u" "TRUNCATE v" "4TRUNCATE x"
goes_on 2 "a temporary table of an earlier run"
run cdc-tail --schema-changes --state "$T/state" "$T/log2"
is "$(grep -c '"ddl":"RENAME' "$T/out")" 0 "… whose RENAME is not told"
run cdc-tail --control --state "$T/state" "$T/log2"
is "$(jq -c 'select(.payload.beat) | [.payload.temporary.tables[].table]' \
    "$T/out" | paste -sd ' ')" '["t","v"] ["u","v"] ["u","v"]' \
    "a sink is told of each change"
log_of log2 "seq 52" started2 "4TRUNCATE t" "TRUNCATE v"
goes_on 2 "the server was started since"
run cdc-tail --state "$T/state" "$T/log" "$T/log2"
exits 0 "… with the log that the state is in"
is "$(grep -c '"op":"t"' "$T/out")" 2 "… too"
log_of log2 "seq 52" "TRUNCATE x"
run cdc-tail --state "$T/state" --write-state "$T/state2" "$T/log" "$T/log2"
is "$(jq -c .temporary "$T/state2")" "$(jq -c .temporary "$T/state")" \
    "what is read again changes nothing"

log_of log "4CREATE TEMPORARY TABLE t (a INT)"
stops_at log
is "$(jq -c .temporary "$T/state")" \
    '{"tables":[{"server_id":1,"thread":1,"db":"shop","table":"t"}]}' \
    "not all are known where the start was not seen"
log_of log2 "seq 51" "4TRUNCATE x"
run cdc-tail --state "$T/state" "$T/log2"
exits 78 "… nor in the next run"

# By the numbers of sessions: those of the Binlog are 1.
for known in '"after":1' '"after":0' '"after":5'; do
	sed "s/.temporary.:{/&\"server_id\":1,$known,/" "$T/state" >"$T/state2"
	run cdc-tail --state "$T/state2" "$T/log2"
	case $known in
	*0) exits 0 "a session that is known: $known" ;;
	*) exits 78 "a session of before: $known" ;;
	esac
done
for bad in '{"tables":1}' '{"tables":[{"db":"x"}]}' '{"tables":[1]}' \
    '{"server_id":1,"tables":[]}' '{"server_id":1,"after":"x","tables":[]}' \
    '{}'; do
	jq -c ".temporary = $bad" "$T/state" >"$T/state2"
	run cdc-tail --state "$T/state2" "$T/log2"
	exits 65 "no such member: $bad"
	err_like '--state: its member temporary is not what a heartbeat says' \
	    "… which is said"
done

# One that is made inside a transaction does not commit it.
for words in "CREATE" "CREATE OR REPLACE" "DROP"; do
	for table in "TEMPORARY TABLE" "TABLE"; do
		perl -I"$src/tests" -MBinlog -e 'my $log = Binlog->new;
		    $log->gtid->map(1, "d", "t", "\3")
			->rows(1, 1, "\xFE" . pack "V", 7)
			->query(shift)->query("ROLLBACK")->write(shift)' \
		    "$words $table x" "$T/undone"
		run cdc-tail "$T/undone"
		exits 0 "rows, $words $table, ROLLBACK"
		want=0
		[ "$table" != TABLE ] || want=1
		is "$(grep -c '"op":"c"' "$T/out")" $want "… undoes them: $want left"
	done
done
done_testing
