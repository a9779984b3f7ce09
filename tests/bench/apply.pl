#!/usr/bin/perl
# See apply.sh.
# usage: apply.pl WORK PORT DIR-OF-TOOLS PEER [ROUNDS]
use strict;
use warnings;
use Time::HiRes qw(time sleep);

my ($work, $port, $bin, $peer, $rounds) = @ARGV;
$rounds ||= 3;
my $target = "mariadb --no-defaults -S $work/to/sock -u root";

sub median {
	my @v = sort { $a <=> $b } @_;
	return $v[@v / 2];
}

sub run {
	my ($command) = @_;
	my $out = `$command`;
	$? == 0 or die "apply: failed: $command\n";
	return $out;
}

sub sql { run("$target -N -e \"$_[0]\"") }

sub position {
	my ($file) = @_;
	return (split ' ', run("cat $work/$file"))[0, 1];
}

# The rows of a log as the peer reads them.
sub rows_of {
	my ($name) = @_;
	my ($log) = position("$name.start");
	open my $in, '-|', "$bin/cdc-tail $work/from/$log" or die;
	open my $out, '>', "$work/$name.rows" or die;
	my $n = 0;
	while (<$in>) {
		my ($op) = /"op":"([cud])"/ or next;
		my $image = $op eq 'd' ? 'before' : 'after';
		my ($table) = /"table":"sbtest(\d)"/ or die "apply: $_";
		my ($id, $k, $c, $pad) = /"$image":\{"id":(\d+),"k":(\d+),
		    "c":"([^"]*)","pad":"([^"]*)"/x or die "apply: $_";
		print $out join("\t", $op, $table, $id, $k, $c, $pad), "\n";
		$n++;
	}
	close $out;
	return $n;
}

# The target as the source was when the log began.
sub reset_target {
	my ($name) = @_;
	sql('DROP DATABASE IF EXISTS cdc; DROP DATABASE IF EXISTS sbtest; ' .
	    'CREATE DATABASE sbtest');
	run("$target sbtest <$work/$name.before");
	sleep 1;
}

sub check_target {
	my ($name, $way) = @_;
	my $sum = sql('CHECKSUM TABLE sbtest.sbtest1, sbtest.sbtest2, ' .
	    'sbtest.sbtest3, sbtest.sbtest4');
	$sum eq run("cat $work/$name.sum") or
	    die "apply: $way: the tables of $name differ\n";
}

sub ours {
	my ($name) = @_;
	my ($log) = position("$name.start");
	my $start = time;
	run("$bin/cdc-tail --control $work/from/$log | $bin/cdc-apply -q " .
	    "-S $work/to/sock -u root --name bench");
	return time - $start;
}

# One thread, as it is by default; both of its threads start here.
sub native {
	my ($name) = @_;
	my ($log, $pos) = position("$name.start");
	my ($last, $until) = position("$name.end");
	sql("CHANGE MASTER TO master_host='127.0.0.1', master_port=$port, " .
	    "master_user='root', master_ssl=0, master_use_gtid=no, " .
	    "master_log_file='$log', master_log_pos=$pos");
	my $start = time;
	sql("START SLAVE UNTIL master_log_file='$last', " .
	    "master_log_pos=$until");
	sleep 0.05 while run("$target -e 'SHOW SLAVE STATUS\\G'") =~
	    /Slave_SQL_Running: Yes/;
	my $took = time - $start;
	sql('STOP SLAVE; RESET SLAVE ALL');
	return $took;
}

sub loop {
	my ($name, $way) = @_;
	return 0 + run("$peer $way $work/to/sock sbtest <$work/$name.rows");
}

my %ways = (
	'cdc-tail | cdc-apply' => \&ours,
	'native replication' => \&native,
	'upserts, row by row' => sub { loop(@_, 'row') },
	'bare bulk loop' => sub { loop(@_, 'bulk') },
);

# Each way in each round, so that what disturbs one disturbs the others.
sub compare {
	my ($name, $title, %goals) = @_;
	my $rows = rows_of($name);
	my @ways = ('cdc-tail | cdc-apply', sort keys %goals);
	my %took;
	for (1 .. $rounds) {
		for my $way (@ways) {
			reset_target($name);
			push @{ $took{$way} }, $ways{$way}->($name);
			check_target($name, $way);
		}
	}
	printf "%s, %d rows\n", $title, $rows;
	for my $way (@ways) {
		printf "  %-22s %8.0f rows/s", $way, $rows / median(@{ $took{$way} });
		printf "   ours is %.2f of it (goal %s)",
		    median(map { $took{$way}[$_] / $took{$ways[0]}[$_] }
		    0 .. $rounds - 1), $goals{$way} if $goals{$way};
		print "\n";
	}
}

sub latency {
	sql('CREATE TABLE sbtest.latency (id INT PRIMARY KEY)');
	my $pid = fork // die;
	if (!$pid) {
		setpgrp;
		exec 'sh', '-c', "$bin/cdc-tail -q --control -S $work/from/sock -u root " .
		    "--from now -t 'sbtest\\.latency' | $bin/cdc-apply -q " .
		    "-S $work/to/sock -u root --name latency";
	}
	sleep 2;
	my ($median, $most99, $most) = split ' ',
	    run("$peer latency $work/from/sock $work/to/sock 500");
	kill 'TERM', -$pid;
	waitpid $pid, 0;
	print "a lone change, COMMIT to SELECT: median $median ms, " .
	    "99 % $most99 ms, most $most ms (goal 10)\n";
}

$| = 1;
compare('mixed', 'sysbench oltp_write_only', 'native replication' => 5,
    'upserts, row by row' => 10);
compare('inserts', 'sysbench oltp_insert', 'native replication' => 5,
    'upserts, row by row' => 10, 'bare bulk loop' => '0.7');
latency();
