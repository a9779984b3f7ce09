#!/usr/bin/perl
# What a table holds after all records of standard input: "topic key row" a
# line, sorted, each digit as it was printed.  Rows of tables without a key are
# known by what they hold.
use strict;
use warnings;

my %rows;       # of a topic: of a key (or a row): how many, and the row

sub change {
	my ($topic, $key, $row, $n) = @_;
	my $name = $key eq 'null' ? $row : $key;
	my $entry = $rows{$topic}{$name} ||= [0, ''];
	$entry->[0] += $n;
	$entry->[1] = $row if $n > 0;
	delete $rows{$topic}{$name} if $entry->[0] <= 0;
}

while (<STDIN>) {
	my ($topic, $key, $before, $after, $op) = /^\{"topic":"([^"]*)",
	    "key":(.*?),(?:"headers":\{.*?\}\},)?"payload":\{"before":(.*),
	    "after":(.*),"source":\{"version".*\},"op":"(.)"/x or next;
	if ($op eq 't') {
		delete $rows{$topic};
		next;
	}
	change($topic, $key, $before, -1) if $before ne 'null';
	change($topic, $key, $after, 1) if $after ne 'null';
}
for my $topic (sort keys %rows) {
	for my $key (sort keys %{$rows{$topic}}) {
		my ($n, $row) = @{$rows{$topic}{$key}};
		print "$topic $key $row\n" for 1 .. $n;
	}
}
