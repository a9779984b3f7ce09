#!/bin/sh
# Logs that somebody made: no byte of one is obeyed, printed twice, or read
# where it is not.  What is in data/hostile was recorded or made once; the rest
# is made by Binlog.pm.
. "$(dirname "$0")/../lib.sh"
data=$src/tests/data/hostile

# Does every line of $T/out parse, in a parser that is not ours?
valid() {
	jq -e . "$T/out" >"$T/jq" 2>&1
	result $? "$1" || head -n 2 "$T/jq" | sed 's/^/# /'
}

# a row event in fragments whose last says a size that holds no row event
run cdc-tail -q "$data/frag-crash.bin"
exits 65 "fragments without a row event: 65"
is "$(grep -c . "$T/out")" 1 "and no row that is not there"
err_like 'frag-crash.bin:449: row event is cut short' "by place"

# fragments of a compressed event are inflated like any other
make_log '$log->gtid->map(1, "d", "t", "\3");
	my $rows = substr(Binlog::rows_body(1, 1, ""), 0) . "\x81\5" .
	    do { require Compress::Zlib; Compress::Zlib::compress($row) };
	my $ev = $log->raw(166, $rows);
	$log->event("fragment", pack "V V C Q< a*", 1, 2, 1, length $ev,
	    substr $ev, 0, 20);
	$log->event("fragment", pack "V V C a*", 2, 2, 0, substr $ev, 20)->xid'
run cdc-tail -q "$T/log"
exits 0 "a compressed row event in fragments"
is "$(jq -c .payload.after "$T/out")" '{"@1":1}' "is inflated"

# text that looks like JSON: NUL behind a backslash, in an escape
run cdc-tail --json embed "$data/embed-nul.bin"
exits 0 "JSON columns that hold none"
valid "are strings: every line is JSON"
is "$(jq -c '.payload.after.doc | type' "$T/out" | head -n 3 | tr '\n' ' ')" \
    '"string" "string" "object" ' "what is JSON is nested"

# names are whatever bytes a log says
run cdc-tail --schema-changes "$data/typename-inject.bin"
exits 0 "a type with quotes in its name"
valid "is a string"
is "$(jq -c '[paths | map(tostring) | join(".") | select(test("injected"))]' \
    "$T/out")" '[]' "and adds no member"
make_log '$log->gtid->map(1, "a\0\"\\\n", "b\e[2J\xFF", "\3", "",
	Binlog::names("c\0\"\x1F"))->rows(1, 1, $row)->xid'
run cdc-tail --schema-changes --control --transactions "$T/log"
exits 0 "names with NUL, quotes, escapes, bytes that are no UTF-8"
valid "every line is JSON"
is "$(jq -r 'select(.payload.op).topic' "$T/out")" "mariadb.a____.b__2J__" \
    "a topic has letters alone"

# words for people: no escape sequence, no second line
run cdc-tail "$data/esc-table.bin"
exits 65 "a table called like a command for terminals"
is "$(LC_ALL=C grep -c '[^ -~]' "$T/err")" 1 \
    "stderr: ASCII, but for our own ellipsis"
is "$(grep -vc '^cdc-tail: ' "$T/err")" 0 "every line is ours"
is "$(grep -c '^cdc-tail: hint: run' "$T/err")" 0 "no hint is forged"
err_like 'table a\\x1b\]0;x\\x07\.b\\x0acdc-tail: hint' "it is shown escaped"
make_log '$log->gtid->map(1, "a", "\xC2\x9B31m\xE2\x80\xAE\xC3\xA4\xE2\x80\xA8\x7F",
	"\3")->rows(1, 1, "\0\1")->xid'
run cdc-tail "$T/log"
err_like 'table a\.\\u009b31m\\u202eä\\u2028\\x7f: column 1' \
    "C1 controls, directions, line ends; not what is a letter"

# savepoints as the log's server compares their names (data: MariaDB 10.11,
# SAVEPOINT `a`, SAVEPOINT `á`, ROLLBACK TO `a`)
run cdc-tail -q "$data/savepoint-collation.bin"
exits 0 "savepoints whose names differ by an accent"
is "$(jq .payload.after.id "$T/out" | tr '\n' ' ')" "1 9 1 3 " \
    "are one before MariaDB 11.5: what stood in front of the second stays"
make_log 'my $id = 0;
	my $insert = sub { $log->map(1, "d", "t", "\3")->rows(1, 1,
	    pack "C V", 0, ++$id) };
	$log->gtid;
	for my $pair (["a", "A"], ["\xC3\xA9", "\xC3\x89"], ["n", "\xC3\xB1"],
	    ["\xC4\xB1", "i"], ["k", "\xE2\x84\xAA"], ["o", "o "]) {
		$log->query("SAVEPOINT `$pair->[0]`"); &$insert;
		$log->query("SAVEPOINT `$pair->[1]`"); &$insert;
		$log->query("ROLLBACK TO `$pair->[0]`");
	}
	&$insert; $log->xid'
run cdc-tail -q "$T/log"
is "$(jq '.payload.after."@1"' "$T/out" | tr '\n' ' ')" "1 3 7 13 " \
    "since then case counts as little, accents and blanks do"
make_log '$log->gtid->query("SAVEPOINT `" . "s" x 400 . "`")->xid'
run cdc-tail -q "$T/log"
exits 65 "a savepoint's name that no server takes: 65"

# a transaction of many tables, back and forth between the first and the last
make_log '$log->gtid;
	$log->map($_, "d", "t$_", "\3")->rows($_, 1, pack "C V", 0, $_)
	    for 1 .. 1500;
	$log->rows($_, 1, pack "C V", 0, $_) for 1, 1500, 2, 1499; $log->xid'
run cdc-tail -q --transactions "$T/log"
exits 0 "a transaction of 1,500 tables"
is "$(jq -s 'map(select(.payload.op) | .payload | .transaction.total_order as
    $n | select(.source.table == "t\(.after."@1")") | $n) | length' "$T/out")" \
    1504 "every row, in its table"
is "$(tail -n 5 "$T/out" | head -n 4 |
    jq .payload.transaction.data_collection_order | tr '\n' ' ')" "2 2 2 2 " \
    "counted on where a table comes again"
is "$(tail -n 1 "$T/out" | jq -c '[.payload.data_collections | length,
    .[0].event_count, .[1499].event_count, .[2].event_count]')" \
    "[1500,2,2,1]" "and once in the transaction's END"

done_testing
