#!/usr/bin/perl
# See live.sh.
# usage: live.pl SERVER-DIR DIR-OF-TOOLS [PAIRS]
use strict;
use warnings;
use IO::Select;
use Time::HiRes qw(time sleep);

my ($server, $bin, $pairs) = @ARGV;
$pairs ||= 5;
my $tail = "$bin/cdc-tail -S $server/sock -u root";

sub median {
	my @v = sort { $a <=> $b } @_;
	return $v[@v / 2];
}

sub wall {
	my ($command) = @_;
	my $start = time;
	system($command) == 0 or die "live: failed: $command\n";
	return time - $start;
}

my @logs = glob "$server/mariadb-bin.0?????";
my $bytes = 0;
$bytes += -s $_ for @logs;
my (@ratio, @live, @files);
for (1 .. $pairs) {
	push @live, wall("$tail --from earliest --until now >/dev/null");
	push @files, wall("$bin/cdc-tail @logs >/dev/null");
	push @ratio, $files[-1] / $live[-1];
}
printf "catch-up of %.0f MB      %.2f s live, %.2f s from files: %.0f %% of " .
    "its rate (goal 70)\n", $bytes / 1e6, median(@live), median(@files),
    100 * median(@ratio);

for ("--raw --result-file=$server/../raw/", '-v --base64-output=decode-rows') {
	my $peer = wall("sh -c '$ENV{CDC_PEER} $_' >/dev/null");
	printf "  mariadb-binlog -R %-6.6s     %.2f s: %.1f times ours\n", $_,
	    $peer, $peer / median(@live);
}

my (@copy, @dump, @rows);
for (1 .. $pairs) {
	push @copy, wall("$bin/cdc-snapshot -q -S $server/sock -u root " .
	    "-t 'bench\\.salaries' >/dev/null");
	push @dump, wall("mariadb-dump --no-defaults --single-transaction " .
	    "-S $server/sock -u root bench salaries >/dev/null");
	push @rows, $dump[-1] / $copy[-1];
}
printf "snapshot of 3 M rows     %.2f s, mariadb-dump %.2f s: %.0f %% of its " .
    "rate (goal 60)\n", median(@copy), median(@dump), 100 * median(@rows);

# The same table again, inside a stream.
sub sql {
	my ($text) = @_;

	open my $client, '-|', qw(mariadb --no-defaults -u root -N -S),
	    "$server/sock", '-e', $text or die;
	my $got = join '', <$client>;
	close $client or die "live: failed: $text\n";
	chomp $got;
	return $got;
}

sql("CREATE TABLE bench.signals (id VARCHAR(42) PRIMARY KEY, type " .
    "VARCHAR(32) NOT NULL, data TEXT)");
for my $chunk (1024, 10240) {
	my @again;
	for (1 .. $pairs) {
		my $from = sql('SELECT @@gtid_binlog_pos');

		sql("INSERT INTO bench.signals VALUES ('$chunk-$_', " .
		    "'execute-snapshot', " .
		    "'{\"data-collections\": [\"bench.salaries\"]}')");
		push @again, wall("$tail --from $from --signal bench.signals " .
		    "--chunk-size $chunk --count 3000000 >/dev/null");
	}
	printf "again, in the stream     %.2f s, by chunks of %d: %.0f rows a " .
	    "second\n", median(@again), $chunk, 3e6 / median(@again);
}

# A statement is sent every millisecond, and writes the time at which the server
# begins it; the reader looks at its clock when the line comes.
my $reader = open my $lines, '-|', split(/ /, $tail), '--from', 'now', '-t',
    'bench\.latency' or die;
sleep 1;
open my $sql, '|-', "mariadb --no-defaults -S $server/sock -u root bench"
    or die;
$sql->autoflush;
my $ready = IO::Select->new($lines);
my ($sent, $seen, @latency, $rest) = (0, 0);
my $start = time;
while ($seen < 10000) {
	while ($sent < 10000 && time >= $start + $sent / 1000) {
		printf $sql "INSERT INTO latency VALUES (%d, " .
		    "UNIX_TIMESTAMP(SYSDATE(6)) * 1000000);\n", $sent++;
	}
	next unless $ready->can_read(0.0002);
	sysread $lines, my $chunk, 1 << 20 or die "live: the stream ended\n";
	my $now = time * 1e6;
	$rest .= $chunk;
	while ($rest =~ s/^(.*)\n//) {
		$1 =~ /"sent":(\d+)/ or die "live: $1\n";
		push @latency, $now - $1;
		$seen++;
	}
}
my $rate = $seen / (time - $start);
close $sql;
@latency = sort { $a <=> $b } @latency;
printf "latency at %.0f tx/s   median %.2f ms (goal 2), 99 %% %.2f ms " .
    "(goal 10), most %.2f ms, of %d\n", $rate, $latency[@latency / 2] / 1e3,
    $latency[@latency * 0.99] / 1e3, $latency[-1] / 1e3, scalar @latency;
kill 'TERM', $reader;
