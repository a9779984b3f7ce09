#!/usr/bin/perl
# Compare our records with what Debezium printed for the same binlog.
#
# usage: compare.pl [--unwrapped] [--snapshot] [--known FILE --case NAME]
#     EXPECTED.gz <OURS
#
# Left out on both sides, because it cannot be equal: the times at which a
# record was made, the version, and source.pos (Debezium repeats that of the
# transaction, since 11.8 writes no other).  Numbers compare by value, never
# as doubles.  A missing member of source, transaction or headers is null.
#
# With --snapshot the position is left out, too: it is another server's.
#
# FILE holds what is known to differ: CASE TAB TABLE.COLUMN TAB REASON, with
# * in the first two; column (record) stands for a record that only Debezium
# has.  Exit status: 0 nothing but known differences, 1 others.
use strict;
use warnings;
no warnings 'utf8';
use JSON::PP;
use Math::BigFloat;

my ($unwrapped, $snapshot, $known_file, $case) = (0, 0, undef, '');
while (@ARGV && $ARGV[0] =~ /^--/) {
	my $option = shift;
	if ($option eq '--unwrapped') { $unwrapped = 1; }
	elsif ($option eq '--snapshot') { $snapshot = 1; }
	elsif ($option eq '--known') { $known_file = shift; }
	elsif ($option eq '--case') { $case = shift; }
	else { die "compare: unknown option $option\n"; }
}
binmode STDOUT, ":utf8";
my $json = JSON::PP->new->utf8->allow_bignum;
my $plain = JSON::PP->new->canonical->allow_bignum->allow_blessed
    ->convert_blessed;

my @known;
if ($known_file) {
	open my $in, '<', $known_file or die "compare: $known_file: $!\n";
	while (<$in>) {
		next if /^#/ || !/\S/;
		chomp;
		my ($where, $what) = split /\t/;
		for ($where, $what) {
			$_ = quotemeta;
			s/\\\*/.*/g;
		}
		push @known, [qr/^$where$/, qr/^$what$/];
	}
}

sub is_known {
	my ($name) = @_;
	return scalar grep { $case =~ $_->[0] && $name =~ $_->[1] } @known;
}

sub without_nulls {
	my ($h) = @_;
	return { map { $_ => $h->{$_} } grep { defined $h->{$_} } keys %$h };
}

sub normal {
	my ($r) = @_;
	my $p = exists $r->{value} ? $r->{value} : $r->{payload};
	if (ref $p eq 'HASH' && !$unwrapped) {
		delete @$p{qw(ts_ms ts_us ts_ns)};
		$p->{transaction} = undef unless exists $p->{transaction};
		if (ref $p->{source} eq 'HASH') {
			my $s = without_nulls($p->{source});
			delete @$s{qw(version pos thread ts_us ts_ns)};
			delete @$s{qw(ts_ms gtid file)} if $snapshot;
			$p->{source} = $s;
		}
	}
	my $h = without_nulls($r->{headers} || {});
	return { topic => $r->{topic}, key => $r->{key}, headers => $h,
	    payload => $p };
}

sub table_of {
	my ($r) = @_;
	my $s = ref $r->{payload} eq 'HASH' ? $r->{payload}{source} : undef;
	return ref $s eq 'HASH' ? "$s->{db}." . ($s->{table} // '') : $r->{topic};
}

# Paths at which two values differ, into @$found.
sub differences {
	my ($a, $b, $path, $found) = @_;
	if (ref $a eq 'HASH' && ref $b eq 'HASH') {
		my %all = (%$a, %$b);
		for (sort keys %all) {
			if (!exists $a->{$_} || !exists $b->{$_}) {
				push @$found, ["$path.$_", $a->{$_},
				    $b->{$_}];
				next;
			}
			differences($a->{$_}, $b->{$_}, "$path.$_", $found);
		}
	} elsif (ref $a eq 'ARRAY' && ref $b eq 'ARRAY' && @$a == @$b) {
		differences($a->[$_], $b->[$_], "$path\[$_]", $found)
		    for 0 .. $#$a;
	} elsif (!same($a, $b)) {
		push @$found, [$path, $a, $b];
	}
}

# A string has a string's flag in perl; JSON::PP tells it by encoding.
sub is_string { return $plain->encode([$_[0]]) =~ /^\["/; }

sub same {
	my ($a, $b) = @_;
	return !defined $a && !defined $b unless defined $a && defined $b;
	return 0 if !JSON::PP::is_bool($a) != !JSON::PP::is_bool($b);
	return $a == $b if JSON::PP::is_bool($a);
	my $strings = is_string($a) + is_string($b);
	return 0 if $strings == 1 || "$a$b" =~ /^(HASH|ARRAY)\(|(HASH|ARRAY)\(.*\)$/;
	return $a eq $b if $strings == 2;
	return Math::BigFloat->new("$a")->bcmp(Math::BigFloat->new("$b")) == 0;
}

sub show { return defined $_[0] ? $plain->encode([$_[0]]) : 'absent or null'; }

open my $expected, '-|', 'gzip', '-dc', $ARGV[0]
    or die "compare: $ARGV[0]: $!\n";
my @want = map { normal($json->decode($_)) } <$expected>;
my @got = map { normal($json->decode($_)) } <STDIN>;
my ($bad, $known) = (0, 0);

while (@want || @got) {
	my ($w, $g) = ($want[0], $got[0]);
	my @found;
	differences($w, $g, '', \@found) if $w && $g;
	my @unknown = $w && $g ? grep {
		my ($column) = $_->[0] =~ /([^.]*)$/;
		!is_known(table_of($w) . ".$column");
	} @found : (1);
	if ($w && @unknown && is_known(table_of($w) . '.(record)') &&
	    (!$g || @want > @got)) {
		$known++;
		shift @want;
		next;
	}
	shift @want;
	shift @got;
	if (!$w || !$g) {
		$bad++;
		print "only ", $w ? "Debezium" : "ours", ": ",
		    substr($plain->encode($w || $g), 0, 200), "\n";
		next;
	}
	$known += @found - @unknown;
	$bad += @unknown;
	print table_of($w), "$_->[0]: Debezium ", show($_->[1]), ", ours ",
	    show($_->[2]), "\n" for @unknown;
}
print "$bad differences, $known known\n";
exit($bad ? 1 : 0);
