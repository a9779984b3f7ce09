#!/usr/bin/perl
# Paired timings: each pair of commands runs A B A B …, and the median of the
# ratios counts, so that a busy machine disturbs both alike.
# usage: bench.pl DIR-OF-BINLOGS DIR-OF-TOOLS [PAIRS]
use strict;
use warnings;
use Time::HiRes qw(time);

my ($logs, $bin, $pairs) = @ARGV;
$pairs ||= 5;
$ENV{PATH} = "$bin:$ENV{PATH}";

# CPU seconds (all of a pipeline) and wall seconds of a shell command.
sub run {
	my ($command) = @_;
	my @before = times;
	my $start = time;
	system('bash', '-c', "set -o pipefail; $command") == 0
	    or die "bench: failed: $command\n";
	my @after = times;
	return ($after[2] + $after[3] - $before[2] - $before[3],
	    time - $start);
}

sub median {
	my @v = sort { $a <=> $b } @_;
	return @v % 2 ? $v[$#v / 2] : ($v[@v / 2 - 1] + $v[@v / 2]) / 2;
}

# ratio of theirs to ours (larger: we are faster), by 'cpu' or 'wall'
sub pair {
	my ($name, $by, $goal, $ours, $theirs) = @_;
	my (@ratio, @ours, @theirs);
	for (1 .. $pairs) {
		my @a = run($ours);
		my @b = run($theirs);
		push @ratio, $by eq 'cpu' ? $b[0] / ($a[0] || 1e-3) :
		    $b[1] / $a[1];
		push @ours, [@a];
		push @theirs, [@b];
	}
	my $ratio = median(@ratio);
	printf "%-26s %7.2f x (%s, goal %.2f)  ours %5.2f cpu %5.2f wall  " .
	    "theirs %5.2f cpu %5.2f wall  %s\n", $name, $ratio, $by, $goal,
	    median(map { $_->[0] } @ours), median(map { $_->[1] } @ours),
	    median(map { $_->[0] } @theirs), median(map { $_->[1] } @theirs),
	    $ratio >= $goal ? 'ok' : 'BELOW';
}

my $mb = 'mariadb-binlog -v --base64-output=decode-rows';
my %goal = (many => 3, single => 20, wide => 4);
for my $log (qw(many single wide)) {
	my $file = "$logs/$log.binlog";
	my $rows = `cdc-tail $file | wc -l`;
	chomp $rows;
	print "$log: $rows rows, ", -s $file, " bytes\n";
	pair("cdc-tail $log", 'cpu', $goal{$log},
	    "cdc-tail $file >/dev/null", "$mb $file >/dev/null");
}
pair('cdc-tail many | cat', 'wall', 1.5,
    "cdc-tail $logs/many.binlog | cat >/dev/null",
    "$mb $logs/many.binlog | cat >/dev/null");

my $records = "$logs/records.jsonl";
system("for i in 1 2 3 4; do cdc-tail $logs/single.binlog; done " .
    ">$records") == 0 or die "bench: no records\n" unless -s $records;
system("cat $records >/dev/null");
for my $case (
	['cdc-filter table', 0.15, q{cdc-filter --exclude-table 'bench\.x.*'}],
	['cdc-filter drop', 0.15, q{cdc-filter --exclude-table 'bench\..*'}],
	['cdc-route', 0.15,
	    q{cdc-route '([^.]+)\.([^.]+)\.([^.]+)' '$1-$3'}],
	['cdc-route partitions', 0.05,
	    'cdc-route --partition-by change.k --partitions 12'],
	['cdc-unwrap', 0.08, 'cdc-unwrap --add-fields op,table'],
	['cdc-unwrap diff', 0.03, 'cdc-unwrap --changed c --diff d'],
	['cdc-filter column', 0.08,
	    q{cdc-filter --exclude-column 'bench\..*\.pad'}],
) {
	pair("$case->[0] / wc -l", 'cpu', $case->[1],
	    "$case->[2] <$records >/dev/null", "wc -l <$records >/dev/null");
}
# with schema records, which tell types
my $typed = "$logs/typed.jsonl";
system("cdc-tail --control $logs/single.binlog >$typed") == 0
    or die "bench: no records\n" unless -s $typed;
for my $format (qw(sql csv tsv maxwell maxscale resp es-bulk kcat)) {
	pair("cdc-format $format / unwrap", 'cpu', 0.4,
	    "cdc-format --to $format <$typed >/dev/null",
	    "cdc-unwrap --add-fields op,table <$typed >/dev/null");
}
pair('cdc-format singer / unwrap', 'cpu', 0.2,
    "cdc-format --to singer <$typed >/dev/null",
    "cdc-unwrap --add-fields op,table <$typed >/dev/null");
pair('cdc-format canal / unwrap', 'cpu', 0.3,
    "cdc-format --to canal <$typed >/dev/null",
    "cdc-unwrap --add-fields op,table <$typed >/dev/null");
pair('cdc-format template / unwrap', 'cpu', 0.3,
    "cdc-format --to template --template '{op} {id|sql} {c|json} {pad|csv}' " .
    "<$typed >/dev/null",
    "cdc-unwrap --add-fields op,table <$typed >/dev/null");
pair('cdc-format maxwell / jq', 'cpu', 15,
    "cdc-format --to maxwell <$typed >/dev/null",
    q~jq -c 'select(.payload.op).payload | {database: .source.db, ~ .
    q~table: .source.table, type: {c: "insert", u: "update", ~ .
    q~d: "delete"}[.op], ts: (.source.ts_ms / 1000 | floor), ~ .
    "data: (.after // .before)}' <$typed >/dev/null");
pair('cdc-format es-bulk / jq', 'cpu', 15,
    "cdc-format --to es-bulk <$typed >/dev/null",
    q~jq -c 'select(.payload.op).payload | ("cdc-" + .source.table) as $i | ~ .
    q~if .op == "d" then {delete: {_index: $i, _id: (.before.id | tostring)}} ~ .
    q~else {index: {_index: $i, _id: (.after.id | tostring)}}, (.after + ~ .
    q~{_cdc_timestamp: (.source.ts_ms / 1000 | todate), ~ .
    "_cdc_operation: .op}) end' <$typed >/dev/null");
# What people read is made of the same records; a fifth of the speed is enough.
for my $case (['cdc-show', ''], ['cdc-show --full', '--full'],
	['cdc-show --oneline', '--oneline']) {
	pair("$case->[0] / cdc-unwrap", 'cpu', 0.2,
	    "cdc-show $case->[1] <$records >/dev/null",
	    "cdc-unwrap <$records >/dev/null");
}
# Beside cdc-unwrap, which also writes most of each line anew.
my $outbox = "$logs/outbox.jsonl";
system("jq -c '.payload.after |= {id: .k, aggregatetype: \"Order\", " .
    "aggregateid: .id, payload: .c}' $records >$outbox") == 0
    or die "bench: no outbox\n" unless -s $outbox;
system("head -c 32 /dev/urandom >$logs/key && chmod 600 $logs/key");
my $secrets = "--salt-file $logs/key --key-file $logs/key";
for my $case (
	['cdc-mask', 0.60, $records,
	    q{cdc-mask --trust-types --truncate 'bench\..*\.c=20' --mask '.*\.pad=4'}],
	['cdc-mask, hashes', 0.30, $records,
	    "cdc-mask $secrets --hash '.*\\.pad'"],
	['cdc-mask, tokens', 0.08, $records,
	    "cdc-mask $secrets --trust-types --tokenize '.*\\.k'"],
	['cdc-outbox', 0.80, $outbox, 'cdc-outbox'],
) {
	pair("$case->[0] / cdc-unwrap", 'cpu', $case->[1],
	    "$case->[3] <$case->[2] >/dev/null",
	    "cdc-unwrap --add-fields op,table <$case->[2] >/dev/null");
}
pair('cat | cdc-filter | cat', 'wall', 0.70,
    "cat $records | cdc-filter --exclude-table 'bench\\.x.*' | " .
    "cat >/dev/null", "cat $records | cat | cat >/dev/null");
print "peak memory of cdc-tail: ";
system("bash", "-c", "/usr/bin/time -f '%M KiB' cdc-tail " .
    "$logs/many.binlog 2>&1 >/dev/null");
